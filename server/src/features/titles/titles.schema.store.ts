import type { Migration } from '#platform/db/index.ts';

export type CardRow = {
  media_id: number;
  kind: string;
  title: string;
  sort_title: string;
  plain: string;
  year: number | null;
  added_at: number;
  servers: number;
  parts: number;
  has_ids: number;
};

export type StandRow = {
  person_id: number;
  media_id: number;
  state: number;
  watched: number;
  last_watched_at: number | null;
  rating: number | null;
  list: string | null;
  differs: number;
};

export type TitleTables = {
  title_card: CardRow;
  title_place: { media_id: number; server_id: number; parts: number };
  title_stand: StandRow;
  title_due: { media_id: number };
};

/**
 * What a list of titles is cut from, so that no page of it has to count episodes: a card for each movie and show, where it is, and how each
 * person stands with it. All of it is made anew from the graph and the histories for whole titles at a time; `title_due` are those that have
 * moved since. Every title that there is when the tables come is due.
 */
export const titleMigrations: readonly Migration[] = [
  {
    name: '2026-11-26-title-cards',
    up: ({ kind, bigint, withoutRowid }) => [
      `create table title_card (
        media_id ${bigint} not null primary key, kind text not null, title text not null,
        sort_title text ${kind === 'postgres' ? 'collate "C"' : ''} not null, plain text not null, year integer, added_at ${bigint} not null,
        servers integer not null, parts integer not null, has_ids integer not null)`,
      'create index title_card_sort on title_card (sort_title, media_id)',
      'create index title_card_added on title_card (added_at, media_id)',
      'create index title_card_year on title_card (coalesce(year, -1), media_id)',
      `create table title_place (
        media_id ${bigint} not null, server_id ${bigint} not null, parts integer not null, primary key (media_id, server_id)) ${withoutRowid}`,
      'create index title_place_server on title_place (server_id, media_id)',
      `create table title_stand (
        person_id ${bigint} not null references person (id) on delete cascade, media_id ${bigint} not null, state integer not null,
        watched integer not null, last_watched_at ${bigint}, rating integer, list text, differs integer not null,
        primary key (person_id, media_id)) ${withoutRowid}`,
      'create index title_stand_media on title_stand (media_id)',
      `create table title_due (media_id ${bigint} not null primary key) ${withoutRowid}`,
      "insert into title_due (media_id) select id from media where kind in ('movie', 'show') and merged_into is null",
    ],
  },
];
