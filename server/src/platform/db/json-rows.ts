import { type RawBuilder, sql } from 'kysely';
import type { DatabaseKind } from './database.ts';

export type ColumnKind = 'integer' | 'text' | 'real';
export type RowValue = string | number | null;

/**
 * Many rows as one parameter, to be selected from: `sql`insert into t (a, b) select a, b from ${jsonRows(…)}``. One text
 * that stays the same for any number of rows, so that it is prepared once; a page of a thousand items is one statement.
 * The rows come in the order given, with `position` from 0.
 */
export function jsonRows<Column extends string>(
  kind: DatabaseKind,
  columns: Readonly<Record<Column, ColumnKind>>,
  rows: readonly (readonly RowValue[])[],
): RawBuilder<Record<Column, RowValue>> {
  const names = Object.keys(columns) as Column[];
  const document = JSON.stringify(rows);
  if (kind === 'sqlite') {
    const picked = names.map((name, index) => sql`json_extract(value, ${sql.lit(`$[${index}]`)}) as ${sql.id(name)}`);
    return sql`(select key as position, ${sql.join(picked)} from json_each(${document})) as given`;
  }
  const picked = names.map((name, index) => sql`(value->>${sql.lit(index)})::${sql.raw(POSTGRES_TYPES[columns[name]])} as ${sql.id(name)}`);
  return sql`(select ordinality - 1 as position, ${sql.join(picked)} from json_array_elements(${document}::json) with ordinality) as given`;
}

const POSTGRES_TYPES: Readonly<Record<ColumnKind, string>> = { integer: 'bigint', text: 'text', real: 'double precision' };
