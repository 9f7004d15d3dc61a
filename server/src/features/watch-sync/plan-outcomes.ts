import type { PlanChange } from '#core/plans/index.ts';
import { type AccountId, copyId, type PlanId } from '#kernel/ids.ts';
import { PUSH_KIND, targetOf } from './changes-in-doubt.ts';
import type { SyncParts } from './sync-parts.ts';

const IN_DOUBT = 'The server was told, and its answer did not come. It is looked at whether it took place.';

const isTold = ({ kind, state, accountId }: PlanChange): boolean =>
  state !== 'left-out' && accountId !== undefined && !kind.startsWith('learn-');

/** What became of the changes that servers were to be told, where it is not well: refused, or told and not answered. */
export async function noteOutcomes(parts: SyncParts, plan: PlanId, changes: readonly PlanChange[]): Promise<void> {
  const { due, pending } = await parts.journal.open({ kind: PUSH_KIND });
  const doubts = new Set([...due, ...pending].map(({ target }) => target));
  for (const [account, some] of Map.groupBy(changes.filter(isTold), ({ accountId }) => accountId)) {
    if (account !== undefined) await noteAccount(parts, { plan, account, changes: some, doubts });
  }
}

type AccountChanges = Readonly<{ plan: PlanId; account: AccountId; changes: readonly PlanChange[]; doubts: ReadonlySet<string> }>;

async function noteAccount({ store, plans }: SyncParts, { plan, account, changes, doubts }: AccountChanges): Promise<void> {
  const faults = new Map<number, string>((await store.read.queue.failed(account)).map(({ copyId: copy, message }) => [copy, message]));
  const wordOn = ({ subject }: PlanChange): string | undefined => {
    const copy = copyId(Number(subject.copyId));
    return doubts.has(targetOf({ id: account }, copy)) ? IN_DOUBT : faults.get(copy);
  };
  for (const [word, some] of Map.groupBy(changes, wordOn)) {
    if (word === undefined) continue;
    const seqs = some.map(({ seq }) => seq);
    await plans.markChanges(plan, seqs, word === IN_DOUBT ? 'unconfirmed' : 'failed', word);
  }
}
