import type { Plans } from '#core/plans/index.ts';
import type { Desk, Desks, Requests } from '#core/requests/index.ts';
import type { RequestDesk } from '#core/upstreams/index.ts';
import type { Clock, Duration } from '#kernel/instant.ts';
import type { Journal } from '#platform/journal/index.ts';
import type { DeskUsers } from './facts.ts';
import type { ReplicationStores } from './replication.store.ts';
import type { ReplicationConfig } from './replication-settings.ts';

/** What every verb of this room is built from. */
export type ReplicationParts = Readonly<{
  stores: ReplicationStores;
  desks: Desks;
  requests: Requests;
  plans: Plans;
  journal: Journal;
  clock: Clock;
  config(): Promise<ReplicationConfig>;
  /** For a read of a desk, and for a change there. */
  callDeadlineMs: Duration;
}>;

/** Where a run speaks; a job's context fits. */
export type RunContext = Readonly<{
  signal: AbortSignal;
  log(level: 'debug' | 'info' | 'warn' | 'error', text: string): void;
  progress(done: number, total?: number, text?: string): void;
}>;

export type Tally = {
  asked: number;
  adopted: number;
  approved: number;
  declined: number;
  edited: number;
  deleted: number;
  failed: number;
  faultsInARow: number;
};

export const emptyTally = (): Tally => ({
  asked: 0,
  adopted: 0,
  approved: 0,
  declined: 0,
  edited: 0,
  deleted: 0,
  failed: 0,
  faultsInARow: 0,
});

/** One subordinate in one run. */
export type DeskRun = Readonly<{
  desk: Desk;
  label: string;
  client: RequestDesk;
  config: ReplicationConfig;
  signal: AbortSignal;
  log: RunContext['log'];
  /** The users there, as soon as somebody had to know them. */
  known: { users?: DeskUsers };
  tally: Tally;
}>;
