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

/** A list of whole numbers as one parameter: `where id in ${idList(kind, ids)}`. */
export function idList(kind: DatabaseKind, ids: readonly number[]): RawBuilder<number> {
  const document = JSON.stringify(ids);
  return kind === 'sqlite'
    ? sql<number>`(select value from json_each(${document}))`
    : sql<number>`(select value::bigint from json_array_elements_text(${document}::json))`;
}

/** A list of texts as one parameter. */
export function textList(kind: DatabaseKind, texts: readonly string[]): RawBuilder<string> {
  const document = JSON.stringify(texts);
  return kind === 'sqlite'
    ? sql<string>`(select value from json_each(${document}))`
    : sql<string>`(select value from json_array_elements_text(${document}::json))`;
}
