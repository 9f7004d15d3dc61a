import type { Generated, Migration } from '#platform/db/index.ts';
import type { RewatchStatus } from './plan-rewatches.ts';

export type EntryRow = {
  person_id: number;
  media_id: number;
  type: string;
  modified_at: number;
  watched: number;
  total: number;
  not_aired: number;
  last_watched_at: number | null;
  last_season: number | null;
  last_episode: number | null;
  next_season: number | null;
  next_episode: number | null;
  next_air_at: number | null;
  episodes: string;
  rating_changed_at: number | null;
};

export type MemoRow = { person_id: number; media_id: number; recorded_as: number; text: string; is_private: number; changed_at: number };

export type UnwatchRow = {
  person_id: number;
  media_id: number;
  client: string;
  removed_at: number;
  plan_id: string | null;
  done_at: number | null;
};

export type TrackerTables = {
  tracker_person: {
    person_id: number;
    started_at: number;
    filled_at: number | null;
    last_stamp: number;
    /** The newest day that an app was told. */
    told_stamp: Generated<number>;
    /** The time zone that apps were last shown. */
    time_zone: string | null;
  };
  tracker_stamp: { person_id: number; type: string; kind: string; at: number };
  tracker_entry: EntryRow;
  tracker_memo: MemoRow;
  tracker_unwatch: UnwatchRow;
  tracker_rewatch: { id: Generated<number>; person_id: number; media_id: number; status: RewatchStatus; started_at: number };
  tracker_rewatch_play: { rewatch_id: number; media_id: number; at: number };
};

/**
 * `tracker_entry` is a title of a person's library as apps see it: made from the history, with its counts and its watched episodes, so that
 * no answer has to count. `last_watched_at` 1000 is a day that nobody knows. `next_air_at` says when its counts change by themselves.
 */
export const trackerMigrations: readonly Migration[] = [
  {
    name: '0161-tracker',
    up: ({ bigint, withoutRowid }) => [
      `create table tracker_person (
        person_id ${bigint} primary key, started_at ${bigint} not null, filled_at ${bigint}, last_stamp ${bigint} not null)`,
      `create table tracker_stamp (
        person_id ${bigint} not null, type text not null, kind text not null, at ${bigint} not null,
        primary key (person_id, type, kind)) ${withoutRowid}`,
      `create table tracker_entry (
        person_id ${bigint} not null, media_id ${bigint} not null, type text not null, modified_at ${bigint} not null,
        watched integer not null, total integer not null, not_aired integer not null, last_watched_at ${bigint},
        last_season integer, last_episode integer, next_season integer, next_episode integer, next_air_at ${bigint},
        episodes text not null, rating_changed_at ${bigint}, primary key (person_id, media_id))`,
      'create index tracker_entry_changes on tracker_entry (person_id, type, modified_at, media_id)',
      'create index tracker_entry_rated on tracker_entry (person_id, type, rating_changed_at)',
      'create index tracker_entry_media on tracker_entry (media_id)',
      'create index tracker_entry_airs on tracker_entry (next_air_at)',
      `create table tracker_memo (
        person_id ${bigint} not null, media_id ${bigint} not null, recorded_as ${bigint} not null, text text not null,
        is_private integer not null, changed_at ${bigint} not null, primary key (person_id, recorded_as)) ${withoutRowid}`,
      'create index tracker_memo_media on tracker_memo (media_id)',
      `create table tracker_unwatch (
        person_id ${bigint} not null, media_id ${bigint} not null, client text not null, removed_at ${bigint} not null,
        plan_id text, done_at ${bigint}, primary key (person_id, media_id)) ${withoutRowid}`,
      'create index tracker_unwatch_plan on tracker_unwatch (plan_id)',
    ],
  },
];

/**
 * `told_stamp` is the newest day that an app was told: what changes later gets a day of a later second. `time_zone` is the one that apps
 * were last shown for the person; none before somebody looked.
 */
export const trackerToldMigrations: readonly Migration[] = [
  {
    name: '20261126-tracker-told',
    up: ({ bigint }) => [
      `alter table tracker_person add column told_stamp ${bigint} not null default 0`,
      'alter table tracker_person add column time_zone text',
    ],
  },
];

/** The times that somebody went through a title again. The plays are those of the history; these rows say which of them belong together. */
export const trackerRewatchMigrations: readonly Migration[] = [
  {
    name: '20261126-tracker-rewatches',
    up: ({ id, bigint, withoutRowid }) => [
      `create table tracker_rewatch (
        id ${id}, person_id ${bigint} not null, media_id ${bigint} not null, status text not null, started_at ${bigint} not null)`,
      'create index tracker_rewatch_title on tracker_rewatch (person_id, media_id)',
      `create table tracker_rewatch_play (
        rewatch_id ${bigint} not null, media_id ${bigint} not null, at ${bigint} not null, primary key (rewatch_id, media_id)) ${withoutRowid}`,
      'create index tracker_rewatch_play_media on tracker_rewatch_play (media_id)',
    ],
  },
];
