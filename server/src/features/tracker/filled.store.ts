import { type PersonId, personId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, sql } from '#platform/db/index.ts';
import type { TrackerTables } from './tracker.schema.store.ts';

/** Whose library was made from the whole of their history. */
export function createFilled(handle: Handle) {
  const db = handle.tables<TrackerTables>();

  return {
    async unfilled(): Promise<readonly PersonId[]> {
      const { rows } = await sql<{ id: number }>`
        select p.id from person p left join tracker_person t on t.person_id = p.id where t.filled_at is null order by p.id`.execute(db);
      return rows.map((row) => personId(row.id));
    },

    async filled(person: PersonId, at: Instant): Promise<void> {
      await db
        .insertInto('tracker_person')
        .values({ person_id: person, started_at: at, filled_at: at, last_stamp: 0 })
        .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ filled_at: at }))
        .execute();
    },
  };
}
