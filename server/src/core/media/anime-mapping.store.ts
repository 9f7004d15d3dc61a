import { type Handle, insertRows, jsonRows, sql, textList } from '#platform/db/index.ts';
import type { AnimeMappingTables } from './anime-mapping.schema.store.ts';
import type { AnimeMapping, AnimeSpan, MappedAnime } from './anime-mapping.ts';

/** An entry under its format and its number in the file. */
export type StoredAnime = MappedAnime & Readonly<{ format: string; number: number }>;
type Key = Readonly<{ format: string; number: number }>;

const ENTRY = { format: 'text', number: 'integer', tvdb_id: 'text', title: 'text', kind: 'text' } as const;
const ID = { provider: 'text', value: 'text', format: 'text', number: 'integer' } as const;
const SPAN = {
  format: 'text',
  number: 'integer',
  place: 'integer',
  special: 'integer',
  first: 'integer',
  last: 'integer',
  season: 'integer',
  shift: 'integer',
  rank: 'integer',
} as const;
const TABLES = ['anime_entry', 'anime_entry_id', 'anime_span', 'anime_mapping'] as const;

export const keyOf = ({ format, number }: Key): string => `${format} ${number}`;

export function createAnimeMappingStore(handle: Handle) {
  const db = handle.tables<AnimeMappingTables>();
  const { kind } = handle;

  async function drop(format: string): Promise<void> {
    for (const table of TABLES) await db.deleteFrom(table).where('format', '=', format).execute();
  }

  /** With all that belongs to them. Without keys: all of the format. */
  async function entries(which: readonly Key[] | string): Promise<readonly StoredAnime[]> {
    if (which.length === 0) return [];
    const given =
      typeof which === 'string'
        ? undefined
        : jsonRows(
            kind,
            { format: 'text', number: 'integer' },
            which.map((key) => [key.format, key.number]),
          );
    const from = (table: 'anime_entry' | 'anime_entry_id' | 'anime_span') =>
      given === undefined
        ? sql`select t.* from ${sql.table(table)} t where t.format = ${which}`
        : sql`select t.* from ${given} join ${sql.table(table)} t on t.format = given.format and t.number = given.number`;
    const rows = (await sql`${from('anime_entry')}`.execute(db)).rows as AnimeMappingTables['anime_entry'][];
    const ids = Map.groupBy((await sql`${from('anime_entry_id')}`.execute(db)).rows as AnimeMappingTables['anime_entry_id'][], keyOf);
    const spans = Map.groupBy((await sql`${from('anime_span')}`.execute(db)).rows as AnimeMappingTables['anime_span'][], keyOf);
    return rows.map((row) => ({
      format: row.format,
      number: row.number,
      ids: Object.fromEntries((ids.get(keyOf(row)) ?? []).map(({ provider, value }) => [provider, value])),
      ...(row.title !== null && { title: row.title }),
      ...(row.kind !== null && { kind: row.kind }),
      ...(row.tvdb_id !== null && { tvdb: row.tvdb_id }),
      spans: (spans.get(keyOf(row)) ?? []).toSorted((one, other) => one.place - other.place).map(spanOf),
    }));
  }

  return {
    drop,
    entries,

    async loaded() {
      const rows = await db.selectFrom('anime_mapping').selectAll().orderBy('format').execute();
      return rows.map((row) => ({
        format: row.format,
        digest: row.digest,
        entries: row.entries,
        spans: row.spans,
        importedAt: row.imported_at,
      }));
    },

    /** Takes the place of the whole mapping of its format. */
    async replace({ format, entries: list }: AnimeMapping, digest: string, now: number): Promise<void> {
      await drop(format);
      const spans = list.flatMap((entry, number) => entry.spans.map((span, place) => spanRow(format, number, place, span)));
      await insertRows(
        handle,
        'anime_entry',
        ENTRY,
        list.map((entry, number) => [format, number, entry.tvdb ?? null, entry.title ?? null, entry.kind ?? null]),
      );
      await insertRows(
        handle,
        'anime_entry_id',
        ID,
        list.flatMap((entry, number) => Object.entries(entry.ids).map(([provider, value]) => [provider, value, format, number])),
      );
      await insertRows(handle, 'anime_span', SPAN, spans);
      const counted = { format, digest, entries: list.length, spans: spans.length, imported_at: now };
      await db.insertInto('anime_mapping').values(counted).execute();
    },

    /** Which entries have one of these ids. */
    async byIds(ids: readonly (readonly [provider: string, value: string])[]): Promise<readonly Key[]> {
      if (ids.length === 0) return [];
      const given = jsonRows(kind, { provider: 'text', value: 'text' }, ids);
      const { rows } = await sql<Key>`
        select distinct t.format, t.number from ${given}
        join anime_entry_id t on t.provider = given.provider and t.value = given.value`.execute(db);
      return rows;
    },

    async bySeries(tvdb: readonly string[]): Promise<readonly Key[]> {
      if (tvdb.length === 0) return [];
      const { rows } = await sql<Key>`select format, number from anime_entry where tvdb_id in ${textList(kind, tvdb)}`.execute(db);
      return rows;
    },
  };
}

const spanRow = (format: string, number: number, place: number, span: AnimeSpan) => {
  const shift = span.shift === 'nowhere' ? null : span.shift;
  return [format, number, place, span.special ? 1 : 0, span.first, span.last ?? null, span.season, shift, span.rank];
};

const spanOf = (row: AnimeMappingTables['anime_span']): AnimeSpan => ({
  special: row.special === 1,
  first: row.first,
  ...(row.last !== null && { last: row.last }),
  season: row.season,
  shift: row.shift ?? 'nowhere',
  rank: row.rank as AnimeSpan['rank'],
});
