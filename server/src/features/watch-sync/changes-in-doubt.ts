import type { UpstreamItem } from '#core/upstreams/index.ts';
import type { CopyId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import type { Journal, JournalEntry } from '#platform/journal/index.ts';

/** The journal's name for the changes that watch-sync makes. */
export const PUSH_KIND = 'watch-sync.push';

/** A call whose answer never came may still be carried out: its copy is left alone until the call's own deadline has passed. */
export class CallUnderWay extends Error {
  readonly until: Instant;
  constructor(until: Instant) {
    super('An earlier call may still take effect there; it is looked at when its time is over.');
    this.until = until;
  }
}

export type Doubt = Readonly<{ due: readonly JournalEntry[]; waitUntil?: Instant }>;

/** The name under which the journal keeps what is done to one copy. */
export const targetOf = (account: Readonly<{ id: number }>, copyId: CopyId): string => `account ${account.id} copy ${copyId}`;

/** Changes of this copy whose outcome nobody has heard: a crash or a lost answer came in between. */
export async function openChange(journal: Journal, account: Readonly<{ id: number }>, copyId: CopyId): Promise<Doubt> {
  const { due, pending } = await journal.open({ kind: PUSH_KIND, target: targetOf(account, copyId) });
  const waitUntil = pending.length === 0 ? undefined : Math.max(...pending.map((entry) => entry.deadlineAt));
  return { due, ...(waitUntil !== undefined && { waitUntil }) };
}

/** The item as it is now tells whether the change took place. An item that is gone cannot tell, and people are shown that. */
export async function settleDoubt(journal: Journal, due: readonly JournalEntry[], item: UpstreamItem | undefined): Promise<void> {
  for (const entry of due) {
    if (item === undefined) await journal.unconfirmed(entry.id, 'The server has no such item any more, so nobody can tell.');
    else if (tookPlace(entry, item)) await journal.confirm(entry.id, { seenAfterwards: true });
    else await journal.fail(entry.id, { seenAfterwards: false });
  }
}

const SAME_POSITION_MS = 2_000;

function tookPlace({ payload }: JournalEntry, { state }: UpstreamItem): boolean {
  if (!isRecord(payload)) return false;
  if (payload.action === 'mark') return state.played;
  if (payload.action === 'unmark') return !state.played;
  return typeof payload.positionMs === 'number' && Math.abs(state.positionMs - payload.positionMs) <= SAME_POSITION_MS;
}
