import type { PlanChange } from '#core/plans/index.ts';
import { type AccountId, accountId, type CopyId, copyId, type MediaId, mediaId, type PersonId } from '#kernel/ids.ts';
import { hours, type Instant } from '#kernel/instant.ts';
import type { DisputedCopy } from './first-plan.ts';
import { SMALLEST_POSITION } from './plan-push.ts';
import type { SyncParts } from './sync-parts.ts';

/** What the run itself learns may be dated by its own time: until it has read all, nothing counts as later. */
const RUN_TIME = hours(6);

/** What somebody left out of a first plan, as accounts and their copies. */
export type LeftOut = Readonly<{
  /** Not to be told. */
  told: ReadonlyMap<AccountId, readonly CopyId[]>;
  /** Not to be learned from: all copies that would teach the same. */
  learned: ReadonlyMap<AccountId, readonly CopyId[]>;
}>;

/** Pure. */
export function leftOutOf(changes: readonly PlanChange[], disputed: readonly DisputedCopy[]): LeftOut {
  const own = changes.filter(({ kind }) => kind.startsWith('learn-'));
  const told = changes.filter((change) => !own.includes(change) && change.accountId !== undefined);
  const titles = new Set(own.map(({ subject }) => mediaId(Number(subject.mediaId))));
  const teachers = disputed.filter((copy) => titles.has(copy.mediaId) && (copy.played || copy.positionMs >= SMALLEST_POSITION));
  return {
    told: byAccount(
      told.map((change) => ({ accountId: accountId(Number(change.accountId)), copyId: copyId(Number(change.subject.copyId)) })),
    ),
    learned: byAccount(teachers),
  };
}

const byAccount = (copies: readonly Pick<DisputedCopy, 'accountId' | 'copyId'>[]): ReadonlyMap<AccountId, readonly CopyId[]> =>
  new Map([...Map.groupBy(copies, (one) => one.accountId)].map(([id, some]) => [id, some.map((one) => one.copyId)]));

/**
 * What these copies say now is not learned, and what is known now is not told there; what comes later is both. Called before the accounts are
 * listened to, and may be called again.
 */
export async function holdLeftOut({ store, clock }: SyncParts, person: PersonId, { told, learned }: LeftOut): Promise<void> {
  await store.transaction(async ({ viewing, queue }) => {
    await viewing.lock(person);
    for (const [account, copies] of learned) {
      const words = await viewing.observations(account, copies);
      // As if it had been heard before: only what it says otherwise is news.
      const heard = [...words.values()].filter((word) => !word.heard).map(({ pushed: _, ...word }) => ({ ...word, heard: true }));
      await viewing.saveObservations(account, heard);
    }
    const until = clock.now() + RUN_TIME;
    for (const [account, copies] of told)
      await queue.hold(
        account,
        copies.map((id) => ({ copyId: id, until })),
      );
  });
}

/** Once all was learned that there is to learn: it is that which is held back, and whatever comes to it is told. */
export async function holdWhatIsKnown({ store }: SyncParts, person: PersonId, { told }: LeftOut): Promise<void> {
  await store.transaction(async ({ viewing, media, queue }) => {
    await viewing.lock(person);
    for (const [account, ids] of told) {
      const copies = await media.copies(ids);
      const known = await viewing.viewings(
        person,
        copies.flatMap((copy) => copy.mediaIds),
      );
      const latest = (id: MediaId): Instant => {
        const { changedAt = 0, unwatchedAt = 0, positionAt = 0 } = known.get(id) ?? {};
        return Math.max(changedAt, unwatchedAt, positionAt);
      };
      await queue.hold(
        account,
        copies.map(({ id, mediaIds }) => ({ copyId: id, until: Math.max(0, ...mediaIds.map(latest)) })),
      );
    }
  });
}
