import { sql } from '#platform/db/index.ts';
import type { Household } from './household.ts';

/** Names of the tables in which there is something. */
export async function tablesWithRows({ rooms }: Household): Promise<readonly string[]> {
  const { database } = rooms;
  const raw = database.tables<Record<string, never>>();
  const { rows } = await (database.kind === 'sqlite'
    ? sql<{
        name: string;
      }>`select name from pragma_table_list where schema = 'main' and type in ('table', 'virtual') and name not like 'sqlite%'`
    : sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = current_schema()
        and table_type = 'BASE TABLE'`
  ).execute(raw);
  const filled: string[] = [];
  for (const { name } of rows) {
    const some = await sql`select 1 as one from ${sql.table(name)} limit 1`.execute(raw);
    if (some.rows.length > 0) filled.push(name);
  }
  return filled.sort();
}
