import type { Generated, Migration } from '#platform/db/index.ts';

export type ConnectionTables = {
  server: {
    id: Generated<number>;
    type: string;
    uuid: string;
    url: string;
    name: string;
    version: string;
    created_at: number;
    updated_at: number;
  };
  account: {
    id: Generated<number>;
    server_id: number;
    person_id: number;
    name: string;
    upstream_user_id: string;
    upstream_user_name: string | null;
    token: string;
    options: string;
    secret_options: string | null;
    import_enabled: number;
    export_enabled: number;
    metadata_only: number;
    never_unwatch: number;
    consent: string;
    import_last_sync: number | null;
    export_last_sync: number | null;
    webhook_token: string;
    webhook_token_hash: string;
    health_state: string;
    error_at: number | null;
    error_code: string | null;
    error_message: string | null;
    /** `push` where a change was not taken; null where a read failed. */
    error_from: string | null;
    last_event_at: number | null;
    last_event: string | null;
    created_at: number;
    updated_at: number;
  };
};

export const connectionMigrations: readonly Migration[] = [
  {
    name: '0015-connections',
    up: (words) => [
      `create table server (
        id ${words.id},
        type text not null,
        uuid text not null,
        url text not null,
        name text not null,
        version text not null,
        created_at ${words.bigint} not null,
        updated_at ${words.bigint} not null,
        unique (type, uuid, url)
      )`,
      `create table account (
        id ${words.id},
        server_id ${words.bigint} not null references server (id),
        person_id ${words.bigint} not null references person (id) on delete cascade,
        name text not null,
        upstream_user_id text not null,
        upstream_user_name text,
        token text not null,
        options text not null,
        secret_options text,
        import_enabled integer not null,
        export_enabled integer not null,
        metadata_only integer not null,
        never_unwatch integer not null,
        consent text not null,
        import_last_sync ${words.bigint},
        export_last_sync ${words.bigint},
        webhook_token text not null,
        webhook_token_hash text not null unique,
        health_state text not null,
        error_at ${words.bigint},
        error_code text,
        error_message text,
        last_event_at ${words.bigint},
        last_event text,
        created_at ${words.bigint} not null,
        updated_at ${words.bigint} not null,
        unique (person_id, name)
      )`,
      'create index account_server on account (server_id)',
    ],
  },
];

/** After all others that had landed by then. */
export const connectionHealthMigrations: readonly Migration[] = [
  { name: '0110-health-found-by', up: () => ['alter table account add column error_from text'] },
];
