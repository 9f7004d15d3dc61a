import type { ActorRef } from '#core/activity/index.ts';
import { createLists, createRatings, type ShelfWord } from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { createLibraryStore, noteRated } from './library.store.ts';
import { createMemos } from './memos.store.ts';
import type { Projection } from './project.ts';
import type { createRater } from './rate.ts';
import type { createHistoryRemover } from './remove-history.ts';
import type { Database, StampedTx, Stamps } from './stamps.store.ts';
import { createTitleTypes, type LibraryTitle } from './title-types.store.ts';

export type WordTakerDeps = Readonly<{
  database: Database;
  clock: Clock;
  stamps: Stamps;
  projection: Projection;
  rater: Pick<ReturnType<typeof createRater>, 'listsFor'>;
  remover: Pick<ReturnType<typeof createHistoryRemover>, 'keep'>;
}>;

/** Titles in one transaction: whoever waits for the history waits no longer than they take. */
const AT_ONCE = 250;

type RatingWord = Extract<ShelfWord, { what: 'rating' }>;
type ListWord = Extract<ShelfWord, { what: 'list' }>;
type Known = ReadonlyMap<MediaId, LibraryTitle>;

/**
 * Takes in what somebody said on a media server, as an app's word is taken in: days, lists and deltas move alike. A word that was decided
 * from another standing than today's is left out.
 */
export function createWordTaker({ database, clock, stamps, projection, rater, remover }: WordTakerDeps) {
  async function takeRatings(tx: StampedTx, words: readonly RatingWord[], known: Known): Promise<readonly RatingWord[]> {
    const ratings = createRatings(tx.handle);
    const now = await ratings.of(
      tx.person,
      words.map((word) => word.mediaId),
    );
    const meant = words.filter((word) => known.has(word.mediaId) && (now.get(word.mediaId)?.rating ?? null) === word.was);
    await ratings.put(
      tx.person,
      meant.flatMap(({ mediaId, value, at }) => (value === null ? [] : { mediaId, rating: value, ratedAt: at ?? tx.at })),
    );
    await ratings.take(
      tx.person,
      meant.flatMap(({ mediaId, value }) => (value === null ? mediaId : [])),
    );
    return meant;
  }

  /** What was watched of a title stays, and keeps it in the library. */
  async function takeOff(tx: StampedTx, words: readonly ListWord[], by: ActorRef): Promise<void> {
    const ids = words.map((word) => word.mediaId);
    const memos = await createMemos(tx.handle).of(tx.person, ids);
    const gone = await createLists(tx.handle).take(tx.person, ids);
    const back = await projection.project(tx, ids);
    const left = gone.filter((entry) => !back.has(entry.mediaId));
    for (const list of left) {
      const memo = memos.get(list.mediaId);
      await createMemos(tx.handle).take(tx.person, [list.mediaId]);
      await remover.keep(tx, { mediaId: list.mediaId, titles: [], list, ...(memo && { memo }) }, { client: by.name, actor: by });
    }
    const dropped = await createLibraryStore(tx.handle).drop(
      tx.person,
      left.map((entry) => entry.mediaId),
    );
    for (const { type } of dropped) tx.touch(type, 'removed_from_list');
    tx.shelved(gone.map((entry) => entry.mediaId));
  }

  async function takeLists(tx: StampedTx, words: readonly ListWord[], by: ActorRef): Promise<readonly ListWord[]> {
    const now = await createLists(tx.handle).of(
      tx.person,
      words.map((word) => word.mediaId),
    );
    const meant = words.filter((word) => (now.get(word.mediaId)?.list ?? null) === word.was);
    await takeOff(
      tx,
      meant.filter((word) => word.value === null),
      by,
    );
    const put = meant.flatMap(({ mediaId, value }) => (value === null ? [] : [[mediaId, value] as const]));
    const standings = await projection.project(
      tx,
      put.map(([mediaId]) => mediaId),
      { lists: new Map(put) },
    );
    // What airs is not completed, and a movie is on hold nowhere: such words have moved the title to another list than they say.
    return meant.filter(({ mediaId, value }) => value === null || standings.get(mediaId)?.list === value);
  }

  return async function takeWords(person: PersonId, words: readonly ShelfWord[], by: ActorRef): Promise<ReadonlySet<ShelfWord>> {
    const done = new Set<ShelfWord>();
    for (let from = 0; from < words.length; from += AT_ONCE) {
      const some = words.slice(from, from + AT_ONCE);
      const titles = await createTitleTypes(database, clock).behind(some.map((word) => word.mediaId));
      const known = new Map(titles.map((title) => [title.mediaId, title]));
      const rated = some.filter((word): word is RatingWord => word.what === 'rating');
      const listed = some.filter((word): word is ListWord => word.what === 'list' && known.has(word.mediaId));
      const newly = new Set(rated.flatMap((word) => (word.value === null ? [] : word.mediaId)));
      const wishes = await rater.listsFor(
        person,
        titles.filter((title) => newly.has(title.mediaId)),
      );
      const took = await stamps.withinStamp(person, async (tx) => {
        const ratings = await takeRatings(tx, rated, known);
        const isTaken = new Set(ratings.map((word) => word.mediaId));
        const lists = new Map([...wishes].filter(([id]) => isTaken.has(id)));
        if (lists.size > 0) await projection.project(tx, [...lists.keys()], { lists });
        await noteRated(
          tx,
          ratings.flatMap((word) => known.get(word.mediaId) ?? []),
        );
        return [...ratings, ...(await takeLists(tx, listed, by))];
      });
      for (const word of took) done.add(word);
    }
    return done;
  };
}
