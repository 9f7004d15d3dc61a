import type { Account, Connections } from '#core/connections/index.ts';
import type { NewPlanChange, Plans } from '#core/plans/index.ts';
import type { JobId, PersonId } from '#kernel/ids.ts';
import type { Clock, Duration } from '#kernel/instant.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import type { Journal } from '#platform/journal/index.ts';
import type { PageMemory } from './page-memory.ts';
import type { WatchSyncStore } from './watch-sync.store.ts';

/** What a run is asked for and where it speaks; a job's context fits. */
export type RunRequest = Readonly<{
  jobId?: JobId;
  person?: PersonId;
  /** Only the account of that name. */
  backend?: string;
  /** Shows in the log what would change, and changes nothing. */
  dryRun?: boolean;
  signal: AbortSignal;
  log(level: 'debug' | 'info' | 'warn' | 'error', text: string): void;
  progress(done: number, total?: number, text?: string): void;
  breathe(): Promise<void>;
}>;

/** What else is read of an account along with what was watched. */
export type Alongside = Readonly<{
  imported(account: Account, run: RunRequest): Promise<void>;
  /** What would change if the account, whose first plan is not approved, were taken in. */
  planned(account: Account, run: RunRequest): Promise<readonly NewPlanChange[]>;
}>;

export type SyncParts = Readonly<{
  alongside?: Alongside;
  store: WatchSyncStore;
  connections: Connections;
  plans: Plans;
  jobs: JobQueue;
  journal: Journal;
  pages: PageMemory;
  clock: Clock;
  patienceMs: Duration;
  replay(): Promise<boolean>;
  targetsFor(person: PersonId): Promise<readonly Account[]>;
  pushSoon(targets: readonly Account[]): Promise<void>;
}>;
