import type { Generated, Migration } from '#platform/db/index.ts';

export type ConnectionRow = {
  id: Generated<number>;
  person_id: number;
  name: string;
  vendor: string;
  client_id: string;
  client_secret: string | null;
  waiting: string | null;
  grant_sealed: string | null;
  account_id: string | null;
  account_name: string | null;
  account_plan: string | null;
  calls_per_day: number;
  takes: number;
  sends: number;
  lists: number;
  ratings: number;
  consent: string;
  stamps: string | null;
  read_at: number | null;
  synced_at: number | null;
  spent_on: string;
  spent: number;
  resume_at: number | null;
  error_at: number | null;
  error_code: string | null;
  error_message: string | null;
  created_at: number;
};

export type TitleRow = {
  connection_id: number;
  number: number;
  shelf: string;
  media_id: number | null;
  seen: string | null;
  list_here: string | null;
  list_there: string | null;
  rating_here: number | null;
  rating_there: number | null;
  dirty: number;
};

export type AgreedRow = {
  connection_id: number;
  media_id: number;
  title_id: number;
  number: number;
  season: number;
  episode: number;
  here_at: number | null;
  there_at: number | null;
};

export type OpenRow = {
  connection_id: number;
  media_id: number;
  title_id: number;
  what: string;
  state: string;
  reason: string;
  at: number;
};

export type TrackerSyncTables = {
  remote_tracker: ConnectionRow;
  remote_title: TitleRow;
  remote_agreed: AgreedRow;
  remote_open: OpenRow;
};

/**
 * `remote_title` is what the tracker had when it was read last (`seen` is null for what is gone there), and where both sides stood when they
 * last agreed on list and rating; `dirty` until a run has dealt with what was read. `remote_agreed` are the movies and episodes that both had as watched, and by which number there.
 * `remote_open` is what was sent and not seen there yet, or what the tracker would not take.
 */
export const trackerSyncMigrations: readonly Migration[] = [
  {
    name: '0200-tracker-sync',
    up: ({ id, bigint, withoutRowid }) => {
      const of = `connection_id ${bigint} not null references remote_tracker (id) on delete cascade`;
      return [
        `create table remote_tracker (
          id ${id}, person_id ${bigint} not null, name text not null unique, vendor text not null, client_id text not null, client_secret text,
          waiting text, grant_sealed text, account_id text, account_name text, account_plan text, calls_per_day integer not null,
          takes integer not null, sends integer not null, lists integer not null, ratings integer not null, consent text not null,
          stamps text, read_at ${bigint}, synced_at ${bigint}, spent_on text not null, spent integer not null, resume_at ${bigint},
          error_at ${bigint}, error_code text, error_message text, created_at ${bigint} not null)`,
        'create index remote_tracker_person on remote_tracker (person_id)',
        `create table remote_title (
          ${of}, number ${bigint} not null, shelf text not null, media_id ${bigint}, seen text, list_here text, list_there text,
          rating_here integer, rating_there integer, dirty integer not null, primary key (connection_id, number)) ${withoutRowid}`,
        'create index remote_title_media on remote_title (connection_id, media_id)',
        `create table remote_agreed (
          ${of}, media_id ${bigint} not null, title_id ${bigint} not null, number ${bigint} not null, season integer not null,
          episode integer not null, here_at ${bigint}, there_at ${bigint}, primary key (connection_id, media_id)) ${withoutRowid}`,
        'create index remote_agreed_title on remote_agreed (connection_id, title_id)',
        `create table remote_open (
          ${of}, media_id ${bigint} not null, title_id ${bigint} not null, what text not null, state text not null, reason text not null,
          at ${bigint} not null, primary key (connection_id, media_id, what)) ${withoutRowid}`,
      ];
    },
  },
];
