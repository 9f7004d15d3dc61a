import type { Migration } from '#platform/db/index.ts';

export type SessionRow = {
  person_id: number;
  media_id: number;
  state: string;
  progress: number;
  at: number;
  started_at: number;
  due_at: number | null;
  client: string;
};

export type ScrobblingTables = { scrobble_session: SessionRow };

/** What an app said last of a title that it plays. The position itself is the history's; `progress` is as it was told, in percent. */
export const scrobblingMigrations: readonly Migration[] = [
  {
    name: '0183-scrobble-sessions',
    up: ({ bigint, withoutRowid }) => [
      `create table scrobble_session (
        person_id ${bigint} not null, media_id ${bigint} not null, state text not null, progress double precision not null,
        at ${bigint} not null, started_at ${bigint} not null, due_at ${bigint}, client text not null,
        primary key (person_id, media_id)) ${withoutRowid}`,
    ],
  },
];
