import type { ActorRef } from '#core/activity/index.ts';
import { createMediaGraph, type Media } from '#core/media/index.ts';
import { createLists, createRatings, type ListName, type ShelfWord } from '#core/viewing/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { createLibraryStore } from './library.store.ts';
import { createMemos, type Memo } from './memos.store.ts';
import type { Slot } from './plan-entry.ts';
import type { Projection } from './project.ts';
import type { createRater } from './rate.ts';
import type { Database, Stamps } from './stamps.store.ts';
import type { createWordTaker } from './take-words.ts';
import { createTitleTypes, type LibraryTitle } from './title-types.store.ts';

/** How one movie or show stands with one person. What nobody said is absent. */
export type TitleStanding = Readonly<{
  title: LibraryTitle;
  list?: Readonly<{ name: ListName; since: Instant; changedAt: Instant }>;
  rating?: Readonly<{ rating: number; ratedAt: Instant }>;
  memo?: Memo;
  /** What is counted of it; absent where it is in no library. `watched` and the rest are of regular episodes. */
  counts?: Readonly<{ watched: number; total: number; notAired: number; lastWatchedAt?: Instant; next?: Slot }>;
}>;

export type OwnWordsDeps = Readonly<{
  database: Database;
  clock: Clock;
  stamps: Stamps;
  projection: Projection;
  rater: Pick<ReturnType<typeof createRater>, 'listsFor'>;
  takeWords: ReturnType<typeof createWordTaker>;
}>;

export type OwnWords = ReturnType<typeof createOwnWords>;

/** A movie is watched in one sitting: it is not on what is being watched, nor on what was put aside. */
const LISTS_OF_MOVIES: readonly ListName[] = ['plantowatch', 'completed', 'dropped'];

/** Somebody else may say the same at the same time; whoever comes later stands. */
const TRIES = 3;

/**
 * What a person says of a title by its id here: a list, a rating, a memo. A list is only a list: nothing is marked as watched by it, and no
 * mark goes. @throws AppError `not-found`, `invalid`
 */
export function createOwnWords({ database, clock, stamps, projection, rater, takeWords }: OwnWordsDeps) {
  async function titleOf(asked: MediaId): Promise<LibraryTitle> {
    const media: Media | undefined = (await createMediaGraph(database, { clock }).describe([asked])).get(asked);
    if (media === undefined) throw new AppError('not-found', `There is no title ${asked} here.`);
    if (media.kind !== 'movie' && media.kind !== 'show') throw invalid('id', 'must be that of a movie or a show');
    const [title] = await createTitleTypes(database, clock).behind([media.id]);
    if (title === undefined) throw new AppError('not-found', `There is no title ${asked} here.`);
    return title;
  }

  async function standingOf(person: PersonId, title: LibraryTitle): Promise<TitleStanding> {
    const ids = [title.mediaId];
    const [lists, ratings, memos, entries] = await Promise.all([
      createLists(database).of(person, ids),
      createRatings(database).of(person, ids),
      createMemos(database).of(person, ids),
      createLibraryStore(database).entries(person, ids),
    ]);
    const [list, rating, memo] = [lists.get(title.mediaId), ratings.get(title.mediaId), memos.get(title.mediaId)];
    const entry = entries.get(title.mediaId);
    return {
      title,
      ...(list && { list: { name: list.list, since: list.since, changedAt: list.changedAt } }),
      ...(rating && { rating: { rating: rating.rating, ratedAt: rating.ratedAt } }),
      ...(memo && { memo }),
      ...(entry && {
        counts: {
          watched: entry.watched,
          total: entry.total,
          notAired: entry.notAired,
          ...(entry.lastWatchedAt !== undefined && { lastWatchedAt: entry.lastWatchedAt }),
          ...(entry.nextToWatch && { next: entry.nextToWatch }),
        },
      }),
    };
  }

  /** A word holds for the standing that it was said of: where that has moved meanwhile, it is said again. */
  async function say(
    person: PersonId,
    asked: MediaId,
    by: ActorRef,
    wordOn: (standing: TitleStanding) => ShelfWord | undefined,
  ): Promise<TitleStanding> {
    const title = await titleOf(asked);
    for (let n = 0; n < TRIES; n += 1) {
      const word = wordOn(await standingOf(person, title));
      if (word === undefined || (await takeWords(person, [word], by)).has(word)) break;
    }
    return standingOf(person, title);
  }

  return {
    standing: async (person: PersonId, media: MediaId): Promise<TitleStanding> => standingOf(person, await titleOf(media)),

    /** From 1 to 10; null takes it back. A title that is on no list comes on one. */
    rateTitle: (person: PersonId, media: MediaId, rating: number | null, by: ActorRef): Promise<TitleStanding> =>
      say(person, media, by, ({ title, rating: before }) => {
        const was = before?.rating ?? null;
        return was === rating ? undefined : { what: 'rating', mediaId: title.mediaId, value: rating, was };
      }),

    /** Null takes it off; what was watched of it keeps it in the library. What is still to air is not completed: it stays on `watching`. */
    listTitle: (person: PersonId, media: MediaId, list: ListName | null, by: ActorRef): Promise<TitleStanding> =>
      say(person, media, by, ({ title, list: before }) => {
        if (list !== null && title.kind === 'movie' && !LISTS_OF_MOVIES.includes(list)) {
          throw invalid('list', `must be one of ${LISTS_OF_MOVIES.join(', ')} for a movie`);
        }
        const was = before?.name ?? null;
        return was === list ? undefined : { what: 'list', mediaId: title.mediaId, value: list, was };
      }),

    /** Null takes it away. A title that is on no list comes on one, since somebody who writes about it knows it. */
    async noteTitle(person: PersonId, media: MediaId, memo: Memo | null): Promise<TitleStanding> {
      const title = await titleOf(media);
      const lists = memo === null ? new Map<MediaId, ListName>() : await rater.listsFor(person, [title]);
      await stamps.withinStamp(person, async (tx) => {
        const memos = createMemos(tx.handle);
        if (memo === null) await memos.take(person, [title.mediaId]);
        else await memos.put(person, new Map([[title.mediaId, memo]]), tx.at);
        await projection.project(tx, [title.mediaId], { lists, changed: new Set([title.mediaId]) });
      });
      return standingOf(person, title);
    },
  };
}
