import type { TitleClaim } from '#core/media/index.ts';
import { createRatings, type ListName } from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { createLibraryStore, noteRated } from './library.store.ts';
import { hasAired } from './plan-entry.ts';
import type { Projection } from './project.ts';
import type { Words } from './read-words.ts';
import type { Database, Stamps } from './stamps.store.ts';
import type { LibraryTitle } from './title-types.store.ts';

/** From 1 to 10. A day that has not come yet is now: it would win over every later word. */
export type RatingWord = Readonly<{ claim: TitleClaim; rating: number; ratedAt?: Instant }>;

/** Absent where nobody knows the title. */
export type RatingOutcome = Readonly<{ title: LibraryTitle; list?: ListName }> | undefined;

export type RaterDeps = Readonly<{
  database: Database;
  clock: Clock;
  stamps: Stamps;
  projection: Projection;
  words: Words;
}>;

/** What persons think of titles. A title that is on no list comes on one, since somebody who rates it knows it. */
export function createRater({ database, clock, stamps, projection, words }: RaterDeps) {
  /** Nobody is said to have watched it: a rating tells no day. */
  async function listsFor(person: PersonId, titles: readonly LibraryTitle[]): Promise<ReadonlyMap<MediaId, ListName>> {
    const kept = await createLibraryStore(database).entries(
      person,
      titles.map((title) => title.mediaId),
    );
    const unlisted = titles.filter((title) => !kept.has(title.mediaId));
    if (unlisted.length === 0) return new Map();
    const shows = await words.shows(unlisted);
    const facts = await words.factsOf(unlisted.map((title) => title.mediaId));
    const now = clock.now();
    return new Map(
      unlisted.map(({ mediaId, kind }): [MediaId, ListName] => {
        const known = facts.get(mediaId);
        if (kind === 'movie') {
          const isOut = known?.status !== 'upcoming' && (known?.releasedAt ?? 0) <= now;
          return [mediaId, isOut ? 'completed' : 'plantowatch'];
        }
        const { complete, episodes } = words.episodesOf(shows, mediaId);
        const regular = episodes.filter((one) => one.season > 0);
        const isSingle = complete && regular.length === 1 && regular.every((one) => hasAired(one, { now, status: known?.status }));
        return [mediaId, isSingle ? 'completed' : 'watching'];
      }),
    );
  }

  return {
    listsFor,

    /** In the order given. What is rated again has the newer rating. */
    async rate(person: PersonId, wish: readonly RatingWord[]): Promise<readonly RatingOutcome[]> {
      const titles = await words.titles(wish, words.MAKE);
      const known = titles.flatMap((title) => title ?? []);
      const lists = await listsFor(person, known);
      return stamps.withinStamp(person, async (tx) => {
        const ratings = wish.flatMap(({ rating, ratedAt }, index) => {
          const title = titles[index];
          return title ? [{ mediaId: title.mediaId, rating, ratedAt: Math.min(ratedAt ?? tx.at, tx.at) }] : [];
        });
        await createRatings(tx.handle).put(tx.person, ratings);
        const standings = await projection.project(tx, [...lists.keys()], { lists });
        await noteRated(tx, known);
        const kept = await projection.listsOf(tx, known);
        return titles.map((title): RatingOutcome => {
          const list = title && (standings.get(title.mediaId)?.list ?? kept.get(title.mediaId));
          return title && { title, ...(list !== undefined && { list }) };
        });
      });
    },

    /** The titles stay on their lists. */
    async unrate(person: PersonId, claims: readonly TitleClaim[]): Promise<readonly RatingOutcome[]> {
      const titles = await words.titles(
        claims.map((claim) => ({ claim })),
        words.FIND,
      );
      return stamps.withinStamp(person, async (tx) => {
        const known = titles.flatMap((title) => title ?? []);
        const taken = new Set(
          (
            await createRatings(tx.handle).take(
              person,
              known.map((title) => title.mediaId),
            )
          ).map((rating) => rating.mediaId),
        );
        await noteRated(
          tx,
          known.filter((title) => taken.has(title.mediaId)),
        );
        return titles.map((title): RatingOutcome => title && { title });
      });
    },
  };
}
