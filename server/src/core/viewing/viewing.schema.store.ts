import type { Generated, Migration } from '#platform/db/index.ts';

export type ObservationRow = {
  account_id: number;
  copy_id: number;
  played: number;
  play_count: number | null;
  last_played_at: number | null;
  position_ms: number;
  rating: number | null;
  favorite: number | null;
  added_at: number | null;
  observed_at: number;
  event: string | null;
  heard: number;
  pushed_played: number | null;
  pushed_at: number | null;
  pushed_played_at: number | null;
  pushed_count: number | null;
};

export type ViewingRow = {
  person_id: number;
  media_id: number;
  watched: number;
  changed_at: number;
  unwatched_at: number | null;
  via_account_id: number | null;
  position_ms: number;
  position_at: number | null;
  position_account_id: number | null;
  event: string | null;
  created_at: number;
  updated_at: number;
};

/** `recorded_as` is the title that the play was recorded for: it differs after a merge of two titles, and a split goes by it. */
export type PlayRow = { id: number; person_id: number; media_id: number; recorded_as: number; at: number | null; created_at: number };

export type EvidenceRow = {
  id: Generated<number>;
  play_id: number;
  account_id: number | null;
  copy_id: number | null;
  how: string;
  event: string | null;
  at: number | null;
  received_at: number;
};

export type ViewingTables = {
  observation: ObservationRow;
  viewing: ViewingRow;
  play: PlayRow;
  evidence: EvidenceRow;
  viewing_aside: ViewingRow;
  hidden_title: { person_id: number; media_id: number };
  id_counter: { name: string; next: number };
  viewing_binned: ViewingRow & { bin_id: number };
  play_binned: PlayRow & { bin_id: number };
  evidence_binned: Omit<EvidenceRow, 'id'> & { bin_id: number };
  hidden_binned: { bin_id: number; person_id: number; media_id: number };
};

const viewingColumns = (bigint: string): string => `(
        person_id ${bigint} not null,
        media_id ${bigint} not null,
        watched integer not null,
        changed_at ${bigint} not null,
        unwatched_at ${bigint},
        via_account_id ${bigint},
        position_ms ${bigint} not null,
        position_at ${bigint},
        position_account_id ${bigint},
        event text,
        created_at ${bigint} not null,
        updated_at ${bigint} not null,
        primary key (person_id, media_id)
      )`;

export const viewingMigrations: readonly Migration[] = [
  {
    name: '0035-viewing',
    up: ({ id, bigint, withoutRowid }) => [
      `create table observation (
        account_id ${bigint} not null,
        copy_id ${bigint} not null,
        played integer not null,
        play_count integer,
        last_played_at ${bigint},
        position_ms ${bigint} not null,
        rating real,
        favorite integer,
        added_at ${bigint},
        observed_at ${bigint} not null,
        event text,
        heard integer not null,
        pushed_played integer,
        pushed_at ${bigint},
        pushed_played_at ${bigint},
        primary key (account_id, copy_id)
      ) ${withoutRowid}`,
      'create index observation_copy on observation (copy_id)',
      `create table viewing ${viewingColumns(bigint)} ${withoutRowid}`,
      `create table viewing_aside ${viewingColumns(bigint)} ${withoutRowid}`,
      `create table hidden_title (person_id ${bigint} not null, media_id ${bigint} not null, primary key (person_id, media_id)) ${withoutRowid}`,
      'create index viewing_changed on viewing (person_id, changed_at, media_id)',
      'create index viewing_updated on viewing (person_id, updated_at, media_id)',
      `create table play (
        id ${bigint} primary key,
        person_id ${bigint} not null,
        media_id ${bigint} not null,
        recorded_as ${bigint} not null,
        at ${bigint},
        created_at ${bigint} not null
      )`,
      'create index play_title on play (person_id, media_id)',
      `create table evidence (
        id ${id},
        play_id ${bigint} not null,
        account_id ${bigint},
        copy_id ${bigint},
        how text not null,
        event text,
        at ${bigint},
        received_at ${bigint} not null
      )`,
      'create index evidence_play on evidence (play_id)',
      'create table id_counter (name text primary key, next bigint not null)',
      "insert into id_counter (name, next) values ('play', 1)",
    ],
  },
];

/** Whole histories in the bin: they go with the bin's entry. */
export const binnedHistoryMigrations: readonly Migration[] = [
  {
    name: '0100-binned-histories',
    up: ({ bigint }) => {
      const binned = `bin_id ${bigint} not null references bin_entry (id) on delete cascade`;
      return [
        `create table viewing_binned (${binned}, person_id ${bigint} not null, media_id ${bigint} not null, watched integer not null,
          changed_at ${bigint} not null, unwatched_at ${bigint}, via_account_id ${bigint}, position_ms ${bigint} not null, position_at ${bigint},
          position_account_id ${bigint}, event text, created_at ${bigint} not null, updated_at ${bigint} not null)`,
        'create index viewing_binned_bin on viewing_binned (bin_id, media_id)',
        `create table play_binned (${binned}, id ${bigint} not null, person_id ${bigint} not null, media_id ${bigint} not null,
          recorded_as ${bigint} not null, at ${bigint}, created_at ${bigint} not null)`,
        'create index play_binned_bin on play_binned (bin_id, media_id)',
        `create table evidence_binned (${binned}, play_id ${bigint} not null, account_id ${bigint}, copy_id ${bigint}, how text not null, event text,
          at ${bigint}, received_at ${bigint} not null)`,
        'create index evidence_binned_play on evidence_binned (bin_id, play_id)',
        `create table hidden_binned (${binned}, person_id ${bigint} not null, media_id ${bigint} not null)`,
        'create index hidden_binned_bin on hidden_binned (bin_id)',
      ];
    },
  },
];

/** After all others that had landed by then. Dates that were noted before did not say whether the server dates marks as it is told. */
export const viewingPushMigrations: readonly Migration[] = [
  {
    name: '0111-pushed-count',
    up: () => ['alter table observation add column pushed_count integer', 'update observation set pushed_played_at = null'],
  },
];

/** Few titles are begun and not finished, among all that were watched. */
export const begunTitleMigrations: readonly Migration[] = [
  {
    name: '0182-begun-titles',
    up: () => ['create index viewing_begun on viewing (person_id, position_at) where position_ms > 0'],
  },
];

/** For diaries and for sums over days. */
export const playDayMigrations: readonly Migration[] = [
  { name: '2026-11-26-play-days', up: () => ['create index play_days on play (person_id, at, id)'] },
];
