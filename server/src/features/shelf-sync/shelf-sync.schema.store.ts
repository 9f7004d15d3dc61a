import type { Migration } from '#platform/db/index.ts';

export type ShelfWordRow = {
  account_id: number;
  what: string;
  upstream_id: string;
  media_id: number;
  title: string;
  theirs: number | null;
  ours: number | null;
  mode: string;
  seen_at: number;
  due: number;
};

export type WishSearchRow = { account_id: number; media_id: number; due: number; searched_at: number | null };

export type ShelfSyncTables = { shelf_word: ShelfWordRow; wish_search: WishSearchRow };

/** What an account and we said of a title when we were last compared. */
export const shelfSyncMigrations: readonly Migration[] = [
  {
    name: '0210-shelf-words',
    up: ({ bigint, withoutRowid }) => [
      `create table shelf_word (
        account_id ${bigint} not null references account (id) on delete cascade,
        what text not null,
        upstream_id text not null,
        media_id ${bigint} not null,
        title text not null,
        theirs real,
        ours real,
        mode text not null,
        seen_at ${bigint} not null,
        due integer not null default 0,
        primary key (account_id, what, upstream_id)
      ) ${withoutRowid}`,
      'create index shelf_word_media on shelf_word (media_id)',
      'create index shelf_word_due on shelf_word (account_id) where due > 0',
    ],
  },
];

/** Titles that are to come on an account's watchlist, for which the vendor's id is not known yet, or was not found. */
export const wishSearchMigrations: readonly Migration[] = [
  {
    name: '2026-11-26-wish-searches',
    up: ({ bigint, withoutRowid }) => [
      `create table wish_search (
        account_id ${bigint} not null references account (id) on delete cascade,
        media_id ${bigint} not null,
        due integer not null default 1,
        searched_at ${bigint},
        primary key (account_id, media_id)
      ) ${withoutRowid}`,
      'create index wish_search_due on wish_search (account_id) where due > 0',
    ],
  },
];
