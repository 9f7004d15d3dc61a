import { type MediaId, mediaId, type PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, idList, insertRows } from '#platform/db/index.ts';
import type { ListTables } from './lists.schema.store.ts';

/** From 1 to 10, of a movie or a show. */
export type Rating = Readonly<{ mediaId: MediaId; rating: number; ratedAt: Instant }>;

export const isRating = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 10;

export type Ratings = ReturnType<typeof createRatings>;

/** What persons think of titles. Takes part in the caller's transaction; who changes them holds the person's history. */
export function createRatings(handle: Handle) {
  const db = handle.tables<ListTables>();

  return {
    async of(person: PersonId, media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, Rating>> {
      if (media.length === 0) return new Map();
      const rows = await db
        .selectFrom('rating')
        .selectAll()
        .where('person_id', '=', person)
        .where('media_id', 'in', idList(handle.kind, media))
        .execute();
      return new Map(
        rows.map((row) => [mediaId(row.media_id), { mediaId: mediaId(row.media_id), rating: row.rating, ratedAt: row.rated_at }]),
      );
    },

    /** Replaces what was said of a title before. */
    async put(person: PersonId, ratings: readonly Rating[]): Promise<void> {
      const columns = { person_id: 'integer', media_id: 'integer', rating: 'integer', rated_at: 'integer' } as const;
      const rows = ratings.map((one) => [person, one.mediaId, one.rating, one.ratedAt]);
      await insertRows(handle, 'rating', columns, rows, {
        update: '(person_id, media_id) do update set rating = excluded.rating, rated_at = excluded.rated_at',
      });
    },

    /** Takes ratings back; answers those that there were. */
    async take(person: PersonId, media: readonly MediaId[]): Promise<readonly Rating[]> {
      const taken = await this.of(person, media);
      if (taken.size === 0) return [];
      await db
        .deleteFrom('rating')
        .where('person_id', '=', person)
        .where('media_id', 'in', idList(handle.kind, [...taken.keys()]))
        .execute();
      return [...taken.values()];
    },
  };
}
