import type { Account } from '#core/connections/index.ts';
import type { Copy } from '#core/media/index.ts';
import type { CopyId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import type { JournalEntry, JournalState } from '#platform/journal/index.ts';
import { PUSH_KIND, targetOf } from './changes-in-doubt.ts';
import type { SyncParts } from './sync-parts.ts';

/** A change that was made on a server, or was to be. */
export type ToldChange = Readonly<{
  account: Account;
  copyId: CopyId;
  action: 'mark' | 'unmark' | 'position';
  reason: string;
  positionMs?: number;
  /** What the server said right before. */
  before: Readonly<{ watched: boolean; positionMs: number }>;
  state: JournalState;
  fault?: string;
  at: Instant;
  finishedAt?: Instant;
}>;

/** What still has to be told, and since when; `nextAt` is when it is tried. */
export type WaitingChange = Readonly<{
  account: Account;
  copyId: CopyId;
  reason: string;
  since: Instant;
  nextAt: Instant;
  attempts: number;
  fault?: string;
}>;

export type TitleTellings = Readonly<{ told: readonly ToldChange[]; waiting: readonly WaitingChange[] }>;

/** Of one title no more than these are shown: a story is read by people. */
const MOST = 5_000;

/** What these accounts were told of these copies, and what they still have to be. */
export async function tellingsOf(
  { store, journal }: Pick<SyncParts, 'store' | 'journal'>,
  accounts: readonly Account[],
  copies: readonly Copy[],
): Promise<TitleTellings> {
  const targets = new Map<string, Readonly<{ account: Account; copyId: CopyId }>>();
  for (const account of accounts) {
    for (const copy of copies) {
      if (copy.serverId === account.server.id) targets.set(targetOf(account, copy.id), { account, copyId: copy.id });
    }
  }
  if (targets.size === 0) return { told: [], waiting: [] };
  const { entries } = await journal.list({ kind: PUSH_KIND, targets: [...targets.keys()] }, 1, MOST);
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const waiting = await store.read.queue.waitingOn(
    accounts.map((account) => account.id),
    copies.map((copy) => copy.id),
  );
  return {
    told: entries.flatMap((entry) => toldOf(entry, targets.get(entry.target)) ?? []),
    waiting: waiting.flatMap((one): WaitingChange[] => {
      const account = byId.get(one.accountId);
      if (account === undefined) return [];
      const { copyId, reason, queuedAt: since, nextAt, attempts, fault } = one;
      return [{ account, copyId, reason, since, nextAt, attempts, ...(fault !== undefined && { fault }) }];
    }),
  };
}

type Target = Readonly<{ account: Account; copyId: CopyId }>;

function toldOf(
  { payload, before, outcome, state, createdAt: at, finishedAt }: JournalEntry,
  target: Target | undefined,
): ToldChange | undefined {
  if (target === undefined || !isRecord(payload)) return undefined;
  const { action, reason, positionMs } = payload;
  if (action !== 'mark' && action !== 'unmark' && action !== 'position') return undefined;
  const was = isRecord(before) ? before : {};
  const fault = faultOf(outcome);
  return {
    ...target,
    action,
    reason: String(reason ?? ''),
    ...(typeof positionMs === 'number' && { positionMs }),
    before: { watched: was.played === true, positionMs: Number(was.positionMs ?? 0) },
    state,
    ...(fault !== undefined && { fault }),
    at,
    ...(finishedAt !== undefined && { finishedAt }),
  };
}

function faultOf(outcome: unknown): string | undefined {
  const said = isRecord(outcome) ? (outcome.message ?? outcome.reason) : undefined;
  return typeof said === 'string' ? said : undefined;
}
