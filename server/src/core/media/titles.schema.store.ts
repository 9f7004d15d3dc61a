import type { Handle, Migration } from '#platform/db/index.ts';

export type { Database, Handle } from '#platform/db/index.ts';

export type TitleTables = {
  title_number: { media_id: number; number: number; owner_id: number };
  title_anime: { media_id: number; anime: number; at: number; actor: string };
  plain_title: { media_id: number; kind: string; plain: string; year: number | null };
};

export const titleTablesOf = (handle: Handle) => handle.tables<TitleTables>();

/**
 * `title_number` holds what each title answered when an app asked; `owner_id` is the title that had the number first, and rows are never
 * deleted, so that no number comes to mean another title. `plain_title` is filled as it is asked for: an import writes nothing more than it
 * did, and the partial index makes the titles among half a million episodes cheap to find.
 */
export const titleNumberMigrations: readonly Migration[] = [
  {
    name: '0180-title-numbers',
    up: ({ bigint, withoutRowid }) => [
      `create table title_number (
        media_id ${bigint} not null primary key, number ${bigint} not null, owner_id ${bigint} not null) ${withoutRowid}`,
      `create index title_number_number on title_number (number)`,
      `create table title_anime (
        media_id ${bigint} not null primary key, anime integer not null, at ${bigint} not null, actor text not null) ${withoutRowid}`,
    ],
  },
  {
    name: '0181-plain-titles',
    up: ({ bigint, withoutRowid }) => [
      `create table plain_title (
        media_id ${bigint} not null primary key, kind text not null, plain text not null, year integer) ${withoutRowid}`,
      `create index plain_title_plain on plain_title (plain)`,
      `create index media_titles on media (id) where kind in ('movie', 'show')`,
    ],
  },
];
