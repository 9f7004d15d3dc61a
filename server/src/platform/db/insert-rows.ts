import { CompiledQuery, sql } from 'kysely';
import type { Handle } from './database.ts';
import { type ColumnKind, jsonRows, type RowValue } from './json-rows.ts';

/**
 * Inserts many rows in one call. On SQLite each row is bound to one prepared statement, which for wide rows takes a third
 * of the time of one JSON document; on PostgreSQL it is one statement. `skip` leaves rows out whose key is there already;
 * `update` says, in SQL that both databases know, what becomes of the row that is there.
 */
export async function insertRows(
  handle: Handle,
  table: string,
  columns: Readonly<Record<string, ColumnKind>>,
  rows: readonly (readonly RowValue[])[],
  onConflict: 'fail' | 'skip' | Readonly<{ update: string }> = 'fail',
): Promise<void> {
  if (rows.length === 0) return;
  const db = handle.tables<Record<string, never>>();
  const names = Object.keys(columns);
  if (handle.kind === 'sqlite') {
    const places = names.map(() => '?').join(', ');
    const text = `insert into "${table}" (${names.map((name) => `"${name}"`).join(', ')}) values (${places}) ${conflictOf(onConflict)}`;
    // The one parameter is the list of rows: see `run` in sqlite-dialect.ts.
    await db.executeQuery(CompiledQuery.raw(text, [rows]));
    return;
  }
  const list = sql.join(names.map((name) => sql.id(name)));
  await sql`insert into ${sql.id(table)} (${list}) select ${list} from ${jsonRows(handle.kind, columns, rows)} ${sql.raw(conflictOf(onConflict))}`.execute(
    db,
  );
}

function conflictOf(onConflict: 'fail' | 'skip' | Readonly<{ update: string }>): string {
  if (onConflict === 'fail') return '';
  return onConflict === 'skip' ? 'on conflict do nothing' : `on conflict ${onConflict.update}`;
}
