import type { Instant } from '#kernel/instant.ts';
import { type Database, type Handle, sql } from '#platform/db/index.ts';
import type { DemoTables } from './demo.schema.store.ts';

export type { Database };

/**
 * What a house has before anything is connected, and what its owner sets up meanwhile: never emptied, and no reason against the demo. All
 * other tables, also those of rooms that do not exist yet, are to be empty when the demo comes, and are empty again when it has gone.
 */
const THE_HOUSE_S: ReadonlySet<string> = new Set([
  'access_mark',
  'activity',
  'anime_entry',
  'anime_entry_id',
  'anime_mapping',
  'anime_span',
  'api_key',
  'app_ask',
  'app_code',
  'app_grant',
  'client_app',
  'custom_link',
  'custom_provider',
  'demo',
  'id_counter',
  'job',
  'login',
  'metadata_day',
  'outbox',
  'outbox_delivery',
  'outbox_subscription',
  'person',
  'replication_revision',
  'schedule_mark',
  'schema_migration',
  'setting',
  'setting_history',
  'tracker_person',
]);

/** What the owner did meanwhile to the house itself stays on the record. */
const KEPT_VERBS = ['demo.', 'login.', 'key.', 'setting.', 'session.', 'app.'];

export type DemoMark = Readonly<{ startedAt: Instant; tables: readonly string[]; people: readonly string[] }>;

export function createDemoStore(handle: Handle) {
  const db = handle.tables<DemoTables>();
  const raw = handle.tables<Record<string, never>>();

  async function names(): Promise<readonly string[]> {
    const { rows } = await (handle.kind === 'sqlite'
      ? sql<{ name: string }>`select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite%'`
      : sql<{ name: string }>`select table_name as name from information_schema.tables
          where table_schema = current_schema() and table_type = 'BASE TABLE'`
    ).execute(raw);
    return rows
      .map(({ name }) => name)
      .filter((name) => !THE_HOUSE_S.has(name))
      .sort();
  }

  const isFilled = async (name: string): Promise<boolean> => {
    const { rows } = await sql`select 1 as one from ${sql.table(name)} limit 1`.execute(raw);
    return rows.length > 0;
  };

  return {
    async current(): Promise<DemoMark | undefined> {
      const row = await db.selectFrom('demo').selectAll().executeTakeFirst();
      return row && { startedAt: row.started_at, tables: JSON.parse(row.tables), people: JSON.parse(row.people) };
    },

    /** The tables that the demo would fill, and those of them that somebody else has filled. */
    async survey(): Promise<Readonly<{ tables: readonly string[]; filled: readonly string[] }>> {
      const tables = await names();
      const filled: string[] = [];
      for (const name of tables) if (await isFilled(name)) filled.push(name);
      return { tables, filled };
    },

    async mark({ startedAt, tables, people }: DemoMark): Promise<void> {
      const row = { id: 1, started_at: startedAt, tables: JSON.stringify(tables), people: JSON.stringify(people) };
      await db
        .insertInto('demo')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },

    /** Empties what was empty before, all or nothing. Numbers go on where they were, so that none of the demo's comes back. */
    async clear({ tables, startedAt }: DemoMark): Promise<void> {
      const known = new Set(await names());
      const those = tables.filter((name) => known.has(name));
      if (handle.kind === 'sqlite') {
        await sql`pragma defer_foreign_keys = on`.execute(raw);
        // Twice: counters are kept by triggers, which write while others are emptied.
        for (const name of [...those, ...those]) await sql`delete from ${sql.table(name)}`.execute(raw);
      } else if (those.length > 0) {
        await sql`truncate table ${sql.join(those.map((name) => sql.table(name)))}`.execute(raw);
      }
      await sql`delete from activity where at >= ${startedAt} and not (${sql.join(
        KEPT_VERBS.map((verb) => sql`verb like ${`${verb}%`}`),
        sql` or `,
      )})`.execute(raw);
      await db.deleteFrom('demo').execute();
    },
  };
}
