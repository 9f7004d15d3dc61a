import { type MediaId, mediaId, type PersonId, personId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, idList, insertRows, sql } from '#platform/db/index.ts';
import type { TrackerTables } from './tracker.schema.store.ts';

/** A mark that an app took away, and that the person's servers have not been told of. */
export type OwedUnwatch = Readonly<{ mediaId: MediaId; client: string; removedAt: Instant; planId?: string }>;

export type Unwatches = ReturnType<typeof createUnwatches>;

/** What apps took away, until the servers are told. Takes part in the caller's transaction. */
export function createUnwatches(handle: Handle) {
  const db = handle.tables<TrackerTables>();
  const columns = { person_id: 'integer', media_id: 'integer', client: 'text', removed_at: 'integer' } as const;

  return {
    async owe(person: PersonId, media: readonly MediaId[], client: string, now: Instant): Promise<void> {
      await insertRows(
        handle,
        'tracker_unwatch',
        columns,
        media.map((id) => [person, id, client, now]),
        {
          update: `(person_id, media_id) do update set client = excluded.client, removed_at = excluded.removed_at,
            plan_id = null, done_at = null`,
        },
      );
    },

    /** Watched again, or brought back. */
    async forget(person: PersonId, media: readonly MediaId[]): Promise<void> {
      if (media.length === 0) return;
      await db.deleteFrom('tracker_unwatch').where('person_id', '=', person).where('media_id', 'in', idList(handle.kind, media)).execute();
    },

    /** Oldest first; those that wait for an answer among them. */
    async owed(person: PersonId): Promise<readonly OwedUnwatch[]> {
      const rows = await db
        .selectFrom('tracker_unwatch')
        .selectAll()
        .where('person_id', '=', person)
        .where('done_at', 'is', null)
        .orderBy('removed_at')
        .orderBy('media_id')
        .execute();
      return rows.map((row) => ({
        mediaId: mediaId(row.media_id),
        client: row.client,
        removedAt: row.removed_at,
        ...(row.plan_id !== null && { planId: row.plan_id }),
      }));
    },

    async personsOwed(): Promise<readonly PersonId[]> {
      const rows = await db.selectFrom('tracker_unwatch').select('person_id').distinct().where('done_at', 'is', null).execute();
      return rows.map((row) => personId(row.person_id));
    },

    /** How many the servers were told of since then. */
    async doneSince(person: PersonId, since: Instant): Promise<number> {
      const { count } = await db
        .selectFrom('tracker_unwatch')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('person_id', '=', person)
        .where('done_at', '>', since)
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async done(person: PersonId, media: readonly MediaId[], now: Instant): Promise<void> {
      await db
        .updateTable('tracker_unwatch')
        .set({ done_at: now, plan_id: null })
        .where('person_id', '=', person)
        .where('media_id', 'in', idList(handle.kind, media))
        .execute();
    },

    async holdFor(person: PersonId, media: readonly MediaId[], planId: string): Promise<void> {
      await db
        .updateTable('tracker_unwatch')
        .set({ plan_id: planId })
        .where('person_id', '=', person)
        .where('media_id', 'in', idList(handle.kind, media))
        .execute();
    },

    async heldFor(planId: string): Promise<readonly MediaId[]> {
      const rows = await db.selectFrom('tracker_unwatch').select('media_id').where('plan_id', '=', planId).orderBy('media_id').execute();
      return rows.map((row) => mediaId(row.media_id));
    },

    /** Told long enough ago not to count any more. */
    async prune(before: Instant): Promise<void> {
      await db.deleteFrom('tracker_unwatch').where('done_at', '<=', before).execute();
    },

    /**
     * Those of the titles that some account of the person shows as watched, and that are not back in the history: the servers would be
     * un-watched. Reads the tables of core/media, core/connections and core/viewing, as one statement.
     */
    async shownAsWatched(person: PersonId, media: readonly MediaId[]): Promise<readonly MediaId[]> {
      if (media.length === 0) return [];
      const { rows } = await sql<{ media_id: number }>`
        select distinct l.media_id from copy_media l
        join copy c on c.id = l.copy_id and c.gone_at is null
        join observation o on o.copy_id = c.id and o.played = 1
        join account a on a.id = o.account_id and a.person_id = ${person}
        where l.media_id in ${idList(handle.kind, media)} and not exists (
          select 1 from viewing v where v.person_id = ${person} and v.media_id = l.media_id and v.watched = 1)
        order by l.media_id`.execute(db);
      return rows.map((row) => mediaId(row.media_id));
    },
  };
}
