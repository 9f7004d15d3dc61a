import type { Generated, Migration } from '#platform/db/index.ts';

export type ClientAppRow = {
  id: Generated<number>;
  client_id: string;
  name: string;
  dialect: string;
  /** 1 or 2; null until something was approved. */
  generation: number | null;
  /** A JSON list. Empty until something was approved. */
  redirects: string;
  secret_hash: string | null;
  /** `owner` or `approval`. */
  origin: string;
  created_by: string;
  created_at: number;
  blocked_at: number | null;
};

export type AppGrantRow = {
  id: Generated<number>;
  app_id: number;
  person_id: number;
  generation: number;
  /** Words with a space between them. */
  scopes: string;
  flow: string;
  token_hash: string;
  token_until: number;
  refresh_hash: string | null;
  refresh_until: number | null;
  approved_by: string;
  created_at: number;
  last_used_at: number | null;
  revoked_at: number | null;
};

export type AppCodeRow = {
  code_hash: string;
  app_id: number;
  person_id: number;
  generation: number;
  redirect: string;
  challenge: string | null;
  challenge_method: string | null;
  scopes: string;
  approved_by: string;
  expires_at: number;
  used_at: number | null;
};

export type AppAskRow = {
  id: Generated<number>;
  flow: string;
  user_code_hash: string;
  device_code_hash: string | null;
  client_id: string;
  app_name: string;
  redirect: string | null;
  scopes: string;
  state: string;
  app_id: number | null;
  person_id: number | null;
  approved_by: string | null;
  interval_seconds: number;
  polled_at: number | null;
  created_at: number;
  expires_at: number;
};

export type AppRequestRow = { id_hash: string; request: string; expires_at: number };

export type AppGrantTables = {
  app_request: AppRequestRow;
  client_app: ClientAppRow;
  app_grant: AppGrantRow;
  app_code: AppCodeRow;
  app_ask: AppAskRow;
};

export const appGrantMigrations: readonly Migration[] = [
  {
    name: '0170-app-grants',
    up: ({ id, bigint, withoutRowid }) => [
      `create table client_app (
        id ${id},
        client_id text not null unique,
        name text not null,
        dialect text not null,
        generation integer,
        redirects text not null,
        secret_hash text,
        origin text not null,
        created_by text not null,
        created_at ${bigint} not null,
        blocked_at ${bigint}
      )`,
      `create table app_grant (
        id ${id},
        app_id ${bigint} not null references client_app (id) on delete cascade,
        person_id ${bigint} not null references person (id) on delete cascade,
        generation integer not null,
        scopes text not null,
        flow text not null,
        token_hash text not null unique,
        token_until ${bigint} not null,
        refresh_hash text unique,
        refresh_until ${bigint},
        approved_by text not null,
        created_at ${bigint} not null,
        last_used_at ${bigint},
        revoked_at ${bigint}
      )`,
      'create index app_grant_app on app_grant (app_id)',
      'create index app_grant_person on app_grant (person_id)',
      `create table app_code (
        code_hash text not null primary key,
        app_id ${bigint} not null references client_app (id) on delete cascade,
        person_id ${bigint} not null references person (id) on delete cascade,
        generation integer not null,
        redirect text not null,
        challenge text,
        challenge_method text,
        scopes text not null,
        approved_by text not null,
        expires_at ${bigint} not null,
        used_at ${bigint}
      ) ${withoutRowid}`,
      'create index app_code_expiry on app_code (expires_at)',
      `create table app_ask (
        id ${id},
        flow text not null,
        user_code_hash text not null unique,
        device_code_hash text unique,
        client_id text not null,
        app_name text not null,
        redirect text,
        scopes text not null,
        state text not null,
        app_id ${bigint} references client_app (id) on delete cascade,
        person_id ${bigint} references person (id) on delete cascade,
        approved_by text,
        interval_seconds integer not null,
        polled_at ${bigint},
        created_at ${bigint} not null,
        expires_at ${bigint} not null
      )`,
      'create index app_ask_expiry on app_ask (expires_at)',
    ],
  },
];

/** What apps asked browsers to ask. `id_hash` is of the id that the browser carries. */
export const appRequestMigrations: readonly Migration[] = [
  {
    name: '2026-11-26-app-requests',
    up: ({ bigint, withoutRowid }) => [
      `create table app_request (id_hash text not null primary key, request text not null, expires_at ${bigint} not null) ${withoutRowid}`,
      'create index app_request_expiry on app_request (expires_at)',
    ],
  },
];
