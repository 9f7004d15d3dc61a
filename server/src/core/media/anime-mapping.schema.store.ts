import type { Migration } from '#platform/db/index.ts';

/** Named for the verbs of this room, which do not know the database. */
export type { Database, Handle } from '#platform/db/index.ts';

export type AnimeMappingTables = {
  anime_mapping: { format: string; digest: string; entries: number; spans: number; imported_at: number };
  anime_entry: { format: string; number: number; tvdb_id: string | null; title: string | null; kind: string | null };
  anime_entry_id: { provider: string; value: string; format: string; number: number };
  anime_span: {
    format: string;
    number: number;
    place: number;
    special: number;
    first: number;
    last: number | null;
    season: number;
    shift: number | null;
    rank: number;
  };
};

/** One mapping of each format. `number` is the place of an entry in its file; a `shift` that is null leads nowhere. */
export const animeMappingMigrations: readonly Migration[] = [
  {
    name: '0192-anime-mapping',
    up: ({ bigint, withoutRowid }) => [
      `create table anime_mapping (
        format text primary key, digest text not null, entries integer not null, spans integer not null, imported_at ${bigint} not null)`,
      `create table anime_entry (
        format text not null, number integer not null, tvdb_id text, title text, kind text, primary key (format, number)) ${withoutRowid}`,
      'create index anime_entry_tvdb on anime_entry (tvdb_id)',
      `create table anime_entry_id (
        provider text not null, value text not null, format text not null, number integer not null,
        primary key (provider, value, format, number)) ${withoutRowid}`,
      'create index anime_entry_id_entry on anime_entry_id (format, number)',
      `create table anime_span (
        format text not null, number integer not null, place integer not null, special integer not null, first integer not null,
        last integer, season integer not null, shift integer, rank integer not null, primary key (format, number, place)) ${withoutRowid}`,
    ],
  },
];
