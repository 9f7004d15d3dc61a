import { CompiledQuery, sql } from 'kysely';
import type { Handle } from './database.ts';
import { type ColumnKind, jsonRows, type RowValue } from './json-rows.ts';

/**
 * Inserts many rows in one call. On SQLite the rows are bound to one prepared statement, some at a time, which for wide rows takes a
 * quarter of the time of one JSON document; on PostgreSQL it is one statement. `skip` leaves rows out whose key is there already;
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
    const places = `(${names.map(() => '?').join(', ')})`;
    const into = `insert into "${table}" (${names.map((name) => `"${name}"`).join(', ')}) values`;
    const insert = async (bound: readonly (readonly RowValue[])[], each: number): Promise<void> => {
      const text = `${into} ${Array(each).fill(places).join(', ')} ${conflictOf(onConflict)}`;
      // The one parameter is the list of what is bound, time after time: see `run` in sqlite-dialect.ts.
      if (bound.length > 0) await db.executeQuery(CompiledQuery.raw(text, [bound]));
    };
    const whole = rows.length - (rows.length % ROWS_AT_ONCE);
    await insert(inGroups(rows, whole), ROWS_AT_ONCE);
    await insert(rows.slice(whole), 1);
    return;
  }
  const list = sql.join(names.map((name) => sql.id(name)));
  await sql`insert into ${sql.id(table)} (${list}) select ${list} from ${jsonRows(handle.kind, columns, rows)} ${sql.raw(conflictOf(onConflict))}`.execute(
    db,
  );
}

/** More at once are no quicker; one at a time takes half as long again. */
const ROWS_AT_ONCE = 16;

function inGroups(rows: readonly (readonly RowValue[])[], count: number): readonly (readonly RowValue[])[] {
  const groups: RowValue[][] = [];
  for (let start = 0; start < count; start += ROWS_AT_ONCE) {
    const group: RowValue[] = [];
    for (let index = start; index < start + ROWS_AT_ONCE; index += 1) {
      const row = rows[index] ?? [];
      for (let column = 0; column < row.length; column += 1) group.push(row[column] ?? null);
    }
    groups.push(group);
  }
  return groups;
}

function conflictOf(onConflict: 'fail' | 'skip' | Readonly<{ update: string }>): string {
  if (onConflict === 'fail') return '';
  return onConflict === 'skip' ? 'on conflict do nothing' : `on conflict ${onConflict.update}`;
}
