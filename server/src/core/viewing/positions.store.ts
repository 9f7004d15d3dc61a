import { type MediaId, mediaId, type PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, idList, sql } from '#platform/db/index.ts';
import type { ViewingTables } from './viewing.schema.store.ts';

/** A title in which a person has stopped. `watchedAt`: when its watched state last changed, where it is watched. */
export type Begun = Readonly<{ mediaId: MediaId; positionMs: number; at: Instant; watchedAt?: Instant }>;

/** Both ends are part of the span. */
export type BegunFilter = Readonly<{ kind?: 'movie' | 'episode'; from?: Instant; until?: Instant; limit: number }>;

/** In which titles a person has stopped, whoever told it: servers, apps, themselves. */
export function createPositions(handle: Handle) {
  const db = handle.tables<ViewingTables>();

  return {
    /** The last one first. */
    async begun(person: PersonId, { kind, from, until, limit }: BegunFilter): Promise<readonly Begun[]> {
      const { rows } = await sql<{ media_id: number; position_ms: number; position_at: number; watched: number; changed_at: number }>`
        select v.media_id, v.position_ms, v.position_at, v.watched, v.changed_at from viewing v join media m on m.id = v.media_id
        where v.person_id = ${person} and v.position_ms > 0 and v.position_at is not null
        ${kind === undefined ? sql`and m.kind in ('movie', 'episode')` : sql`and m.kind = ${kind}`}
        ${from === undefined ? sql`` : sql`and v.position_at >= ${from}`}
        ${until === undefined ? sql`` : sql`and v.position_at <= ${until}`}
        order by v.position_at desc, v.media_id desc limit ${limit}`.execute(db);
      return rows.map((row) => ({
        mediaId: mediaId(row.media_id),
        positionMs: row.position_ms,
        at: row.position_at,
        ...(row.watched === 1 && { watchedAt: row.changed_at }),
      }));
    },

    /** The last play of each of these titles whose day is known and not before `since`. */
    async lastPlays(person: PersonId, media: readonly MediaId[], since: Instant): Promise<ReadonlyMap<MediaId, Instant>> {
      const { rows } = await sql<{ media_id: number; at: number }>`
        select media_id, max(at) as at from play
        where person_id = ${person} and media_id in ${idList(handle.kind, media)} and at >= ${since} group by media_id`.execute(db);
      return new Map(rows.map((row) => [mediaId(row.media_id), Number(row.at)]));
    },
  };
}
