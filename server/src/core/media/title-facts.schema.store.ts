import type { Handle, Migration } from '#platform/db/index.ts';

/** Named for the verbs of this room, which do not know the database. */
export type { Database, Handle } from '#platform/db/index.ts';

export type TitleFactRow = {
  media_id: number;
  source: string;
  runtime_ms: number | null;
  status: string | null;
  released_on: string | null;
  last_aired_on: string | null;
  /** 1 where the source told every episode of the show. */
  complete: number;
  detail: string;
  told_at: number;
};

export type EpisodeFactRow = {
  show_id: number;
  source: string;
  season: number;
  number: number;
  title: string | null;
  aired_on: string | null;
  runtime_ms: number | null;
  detail: string | null;
};

export type TitleFactTables = { title_fact: TitleFactRow; episode_fact: EpisodeFactRow };

export const factTablesOf = (handle: Handle) => handle.tables<TitleFactTables>();

/**
 * What metadata sources told, each beside the others, under the title that was asked about: after a merge it is found through what that
 * title became, so that a split has nothing to give back. What copies tell is not here: it is read from them.
 */
export const titleFactMigrations: readonly Migration[] = [
  {
    name: '0190-title-facts',
    up: ({ bigint, withoutRowid }) => [
      `create table title_fact (
        media_id ${bigint} not null, source text not null, runtime_ms ${bigint}, status text, released_on text, last_aired_on text,
        complete integer not null, detail text not null, told_at ${bigint} not null, primary key (media_id, source)) ${withoutRowid}`,
      `create table episode_fact (
        show_id ${bigint} not null, source text not null, season integer not null, number integer not null, title text, aired_on text,
        runtime_ms ${bigint}, detail text, primary key (show_id, source, season, number)) ${withoutRowid}`,
      'create index media_merged on media (merged_into) where merged_into is not null',
    ],
  },
];
