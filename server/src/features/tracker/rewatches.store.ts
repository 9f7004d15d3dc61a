import { type MediaId, mediaId, type PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, idList, insertRows, sql } from '#platform/db/index.ts';
import type { Rewatch, RewatchPlay, RewatchStatus } from './plan-rewatches.ts';
import type { TrackerTables } from './tracker.schema.store.ts';

/** A rewatch that is kept. */
export type KeptRewatch = Rewatch & Readonly<{ id: number }>;

const PLAY = { rewatch_id: 'integer', media_id: 'integer', at: 'integer' } as const;

/** The times that persons went through titles again. Takes part in the caller's transaction. */
export function createRewatchStore(handle: Handle) {
  const db = handle.tables<TrackerTables>();
  const list = (ids: readonly number[]) => idList(handle.kind, ids);

  async function withPlays(
    rows: readonly Readonly<{ id: number; media_id: number; status: RewatchStatus; started_at: number }>[],
  ): Promise<readonly KeptRewatch[]> {
    if (rows.length === 0) return [];
    const plays = await db
      .selectFrom('tracker_rewatch_play')
      .selectAll()
      .where('rewatch_id', 'in', list(rows.map((row) => row.id))) // biome-ignore format: one condition
      .orderBy('at')
      .orderBy('media_id')
      .execute();
    const byRewatch = Map.groupBy(plays, (play) => play.rewatch_id);
    return rows.map((row) => ({
      id: row.id,
      mediaId: mediaId(row.media_id),
      status: row.status,
      startedAt: row.started_at,
      plays: (byRewatch.get(row.id) ?? []).map((play) => ({ mediaId: mediaId(play.media_id), at: play.at })),
    }));
  }

  return {
    /** By title, the oldest first. */
    async of(person: PersonId, titles: readonly MediaId[]): Promise<ReadonlyMap<MediaId, readonly KeptRewatch[]>> {
      if (titles.length === 0) return new Map();
      const rows = await db
        .selectFrom('tracker_rewatch')
        .selectAll()
        .where('person_id', '=', person)
        .where('media_id', 'in', list(titles))
        .orderBy('started_at')
        .orderBy('id')
        .execute();
      return Map.groupBy(await withPlays(rows), (one) => one.mediaId);
    },

    /** With the id that it has from then on. */
    async save(person: PersonId, rewatch: Rewatch): Promise<KeptRewatch> {
      const { status } = rewatch;
      const row = { person_id: person, media_id: rewatch.mediaId, status, started_at: rewatch.startedAt };
      const id = rewatch.id ?? (await db.insertInto('tracker_rewatch').values(row).returning('id').executeTakeFirstOrThrow()).id;
      if (rewatch.id !== undefined) await db.updateTable('tracker_rewatch').set({ status }).where('id', '=', id).execute();
      await this.addPlays(id, rewatch.plays);
      return { ...rewatch, id };
    },

    addPlays: (id: number, plays: readonly RewatchPlay[]): Promise<void> =>
      insertRows(handle, 'tracker_rewatch_play', PLAY, plays.map((play) => [id, play.mediaId, play.at]), 'skip'), // biome-ignore format: one call

    /** Days of plays of what was watched more than once. */
    async repeated(person: PersonId, media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, readonly Instant[]>> {
      if (media.length === 0) return new Map();
      const { rows } = await sql<{ media_id: number; at: number }>`
        select media_id, at from play where person_id = ${person} and at is not null and media_id in (
          select media_id from play where person_id = ${person} and at is not null and media_id in ${list(media)}
          group by media_id having count(*) > 1)`.execute(db);
      const byTitle = Map.groupBy(rows, (row) => mediaId(row.media_id));
      return new Map([...byTitle].map(([id, own]) => [id, own.map((row) => row.at)]));
    },

    /** Of a title or an episode that became another. */
    async follow(person: PersonId, from: MediaId, into: MediaId): Promise<void> {
      await db
        .updateTable('tracker_rewatch')
        .set({ media_id: into })
        .where('person_id', '=', person)
        .where('media_id', '=', from)
        .execute();
      await sql`update tracker_rewatch_play set media_id = ${into} where media_id = ${from}
        and rewatch_id in (select id from tracker_rewatch where person_id = ${person})
        and not exists (select 1 from tracker_rewatch_play o where o.rewatch_id = tracker_rewatch_play.rewatch_id and o.media_id = ${into})`.execute(
        db,
      );
    },

    async takeAll(person: PersonId): Promise<readonly KeptRewatch[]> {
      const rows = await db.selectFrom('tracker_rewatch').selectAll().where('person_id', '=', person).orderBy('id').execute();
      const kept = await withPlays(rows);
      await this.forget(person);
      return kept;
    },

    async forget(person: PersonId): Promise<void> {
      await sql`delete from tracker_rewatch_play where rewatch_id in (select id from tracker_rewatch where person_id = ${person})`.execute(
        db,
      );
      await db.deleteFrom('tracker_rewatch').where('person_id', '=', person).execute();
    },
  };
}
