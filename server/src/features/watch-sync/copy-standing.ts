import type { Account } from '#core/connections/index.ts';
import type { StoredObservation, StoredViewing } from '#core/viewing/index.ts';
import type { CopyId } from '#kernel/ids.ts';
import type { SyncStores } from './watch-sync.store.ts';

export type CopyStanding = Readonly<{
  viewings: readonly StoredViewing[];
  titles: number;
  /** How many plays are known of each of its titles. */
  plays: number;
  target: StoredObservation;
  partOfRange: boolean;
}>;

/** All that a push of one copy is decided from, but for what the server says right now. Undefined where the account never spoke of it. */
export async function standingOf(
  { media, viewing }: Pick<SyncStores, 'media' | 'viewing'>,
  account: Pick<Account, 'id' | 'personId'>,
  copyId: CopyId,
): Promise<CopyStanding | undefined> {
  const [copy] = await media.copies([copyId]);
  const mediaIds = copy?.mediaIds ?? [];
  const target = (await viewing.observations(account.id, [copyId])).get(copyId);
  if (target === undefined) return undefined;
  const viewings = [...(await viewing.viewings(account.personId, mediaIds)).values()];
  const [first] = viewings;
  // A position in a file of several episodes is written down with each of them.
  const beside = (await media.copiesOf(mediaIds)).flatMap((other) => other.mediaIds).filter((id) => !mediaIds.includes(id));
  const neighbours = first === undefined || first.positionMs === 0 ? [] : (await viewing.viewings(account.personId, beside)).values();
  const partOfRange = [...neighbours].some(
    (other) =>
      other.positionMs === first?.positionMs &&
      other.positionAt === first.positionAt &&
      other.positionAccountId === first.positionAccountId,
  );
  const counts = await viewing.playCounts(account.personId, mediaIds);
  const plays = Math.min(...mediaIds.map((id) => counts.get(id) ?? 0));
  return { viewings, titles: mediaIds.length, plays: Number.isFinite(plays) ? plays : 0, target, partOfRange };
}
