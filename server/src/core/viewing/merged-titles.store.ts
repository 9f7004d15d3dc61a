import type { Instant } from '#kernel/instant.ts';
import { type Handle, type Kysely, sql } from '#platform/db/index.ts';
import { createMergedShelves, type MergedTitles } from './merged-shelves.store.ts';
import type { ViewingRow, ViewingTables } from './viewing.schema.store.ts';

/**
 * Lets histories follow when two titles turn out to be one, and part again when they are split. Plays remember the title
 * that they were recorded for, so nothing is guessed on the way back; the standing of the title that went is kept aside.
 */
export function createMergedTitles(handle: Handle) {
  const db = handle.tables<ViewingTables>();
  const shelves = createMergedShelves(handle);
  /** Histories are kept person by person: without a word of whose, every play that there is would be walked for each pair. */
  const everybody = sql<number>`(select id from person)`;

  async function mergeOne({ from, into }: MergedTitles, now: Instant): Promise<void> {
    await db.updateTable('play').set({ media_id: into }).where('person_id', 'in', everybody).where('media_id', '=', from).execute();
    const rows = await db
      .selectFrom('viewing')
      .selectAll()
      .where('person_id', 'in', everybody)
      .where('media_id', 'in', [from, into])
      .execute();
    for (const [person, ofPerson] of Map.groupBy(rows, (row) => row.person_id)) {
      const gone = ofPerson.find((row) => row.media_id === from);
      if (gone === undefined) continue;
      await keepAside(db, gone);
      const kept = ofPerson.find((row) => row.media_id === into);
      if (kept) await keepAside(db, kept);
      const joined = kept === undefined ? gone : join(kept, gone);
      await db.deleteFrom('viewing').where('person_id', '=', person).where('media_id', 'in', [from, into]).execute();
      await db
        .insertInto('viewing')
        .values({ ...joined, media_id: into, updated_at: now })
        .execute();
    }
  }

  async function splitOne({ from, into }: MergedTitles, now: Instant): Promise<void> {
    await db
      .updateTable('play')
      .set({ media_id: from })
      .where('person_id', 'in', everybody)
      .where('media_id', '=', into)
      .where('recorded_as', '=', from)
      .execute();
    const aside = await db.deleteFrom('viewing_aside').where('media_id', '=', from).returningAll().execute();
    for (const row of aside) {
      await standAgain(row, into, now);
      await db
        .insertInto('viewing')
        .values({ ...row, updated_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  }

  /** Where the standing of both was that of the one that goes, and nothing has happened since, the other stands as it did before. */
  async function standAgain(gone: ViewingRow, into: number, now: Instant): Promise<void> {
    const { person_id: person } = gone;
    const before = await db
      .deleteFrom('viewing_aside')
      .where('person_id', '=', person)
      .where('media_id', '=', into)
      .returningAll()
      .executeTakeFirst();
    const current = await db
      .selectFrom('viewing')
      .selectAll()
      .where('person_id', '=', person)
      .where('media_id', '=', into)
      .executeTakeFirst();
    if (current === undefined || current.watched !== gone.watched || current.changed_at !== gone.changed_at) return;
    await db.deleteFrom('viewing').where('person_id', '=', person).where('media_id', '=', into).execute();
    if (before)
      await db
        .insertInto('viewing')
        .values({ ...before, updated_at: now })
        .execute();
  }

  return {
    async merged(pairs: readonly MergedTitles[], now: Instant): Promise<void> {
      for (const pair of pairs) {
        await mergeOne(pair, now);
        await shelves.merged(pair);
      }
    },
    async split(pairs: readonly MergedTitles[], now: Instant): Promise<void> {
      for (const pair of pairs) {
        await splitOne(pair, now);
        await shelves.split(pair);
      }
    },
  };
}

/** Watched wins; among equals the newer word stands. */
function join(kept: ViewingRow, gone: ViewingRow): ViewingRow {
  if (kept.watched !== gone.watched) return kept.watched > gone.watched ? kept : gone;
  return kept.changed_at >= gone.changed_at ? kept : gone;
}

async function keepAside(db: Kysely<ViewingTables>, row: ViewingRow): Promise<void> {
  await sql`delete from viewing_aside where person_id = ${row.person_id} and media_id = ${row.media_id}`.execute(db);
  await db.insertInto('viewing_aside').values(row).execute();
}
