import type { Restorer } from '#core/bin/index.ts';
import { createLists, createRatings, createTakenTitles, type ListName } from '#core/viewing/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { noteRated } from './library.store.ts';
import { createMemos } from './memos.store.ts';
import type { Projection } from './project.ts';
import type { TakenFromLibrary } from './remove-history.ts';
import type { StampedTx, Stamps } from './stamps.store.ts';
import { createTitleTypes, touchPlayback } from './title-types.store.ts';
import { createUnwatches } from './unwatches.store.ts';

/** Puts back what an app removed: plays, place, list, rating and memo. What has come back meanwhile stands. */
export const restoreRemoved =
  ({ clock, stamps, projection }: Readonly<{ clock: Clock; stamps: Stamps; projection: Projection }>): Restorer =>
  async (handle, { personId, payload }) => {
    if (personId === undefined) throw new RangeError('a title in the bin belongs to nobody');
    const taken = payload as unknown as TakenFromLibrary;
    await stamps.within(handle, personId, async (tx) => {
      const ids = taken.titles.map((title) => title.mediaId);
      await createUnwatches(handle).forget(personId, ids);
      for (const title of taken.titles) await createTakenTitles(handle).putBack(personId, title);
      const isRated = await putWordsBack(tx, taken);
      const all = [taken.mediaId, ...ids];
      const shows = (await createTitleTypes(handle, clock).behind(all)).filter((title) => title.kind === 'show');
      const lists = listsThatStand(await projection.listsOf(tx, shows));
      const standings = await projection.project(tx, all, { lists, changed: new Set([taken.mediaId]) });
      const begun = taken.titles.filter((title) => title.viewing.position_ms > 0).map((title) => title.mediaId);
      await touchPlayback(tx, begun, clock);
      const standing = standings.get(taken.mediaId);
      if (isRated && standing) await noteRated(tx, [standing.title]);
    });
  };

/** What comes back is no news: it does not move a show from where somebody had put it aside. */
const listsThatStand = (lists: ReadonlyMap<MediaId, ListName>): ReadonlyMap<MediaId, ListName> =>
  new Map([...lists].filter(([, list]) => list === 'hold' || list === 'plantowatch'));

/** Answers whether a rating came back. */
async function putWordsBack({ handle, person, at }: StampedTx, { mediaId, list, rating, memo }: TakenFromLibrary): Promise<boolean> {
  const [lists, ratings, memos] = [createLists(handle), createRatings(handle), createMemos(handle)];
  const only = [mediaId];
  if (list && (await lists.of(person, only)).size === 0) await lists.put(person, [{ ...list, changedAt: at }]);
  if (memo && (await memos.of(person, only)).size === 0) await memos.put(person, new Map([[mediaId, memo]]), at);
  if (!rating || (await ratings.of(person, only)).size > 0) return false;
  await ratings.put(person, [rating]);
  return true;
}
