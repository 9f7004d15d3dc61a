import type { Generated, Migration } from '#platform/db/index.ts';

export type WaitingRow = {
  id: Generated<number>;
  person_id: number;
  kind: string;
  name: string;
  url: string;
  draft: string;
  tries: number;
  tried_at: number;
  error_code: string;
  error_message: string;
  created_at: number;
};

export type ConnectingTables = { waiting_connection: WaitingRow };

/** Connections to servers that have not answered yet. `draft` is encrypted: it holds the key that was entered. */
export const connectingMigrations: readonly Migration[] = [
  {
    name: '2026-11-26-waiting-connections',
    up: ({ id, bigint }) => [
      `create table waiting_connection (
        id ${id}, person_id ${bigint} not null references person (id) on delete cascade, kind text not null, name text not null,
        url text not null, draft text not null, tries integer not null, tried_at ${bigint} not null, error_code text not null,
        error_message text not null, created_at ${bigint} not null, unique (person_id, name))`,
    ],
  },
];
