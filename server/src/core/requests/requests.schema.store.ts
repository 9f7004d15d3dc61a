import type { Generated, Migration } from '#platform/db/index.ts';

export type RequestTables = {
  request_desk: {
    id: Generated<number>;
    name: string;
    place: string;
    vendor: string;
    url: string;
    api_key: string | null;
    role: string;
    label: string | null;
    version: string | null;
    proven_at: number | null;
    listed_at: number | null;
    error_at: number | null;
    error_code: string | null;
    error_message: string | null;
    faults_in_a_row: number;
    webhook_token: string;
    webhook_token_hash: string;
    created_at: number;
    updated_at: number;
  };
  desk_user: {
    desk_id: number;
    user_id: number;
    display_name: string;
    email: string | null;
    plex_id: string | null;
    plex_username: string | null;
    jellyfin_user_id: string | null;
    jellyfin_username: string | null;
    person_id: number | null;
    person_by: string | null;
  };
  request: {
    id: Generated<number>;
    desk_id: number;
    upstream_id: number;
    kind: string;
    tmdb_id: number;
    tvdb_id: number | null;
    imdb_id: string | null;
    is4k: number;
    status: string;
    media_status: string;
    seasons: string;
    user_id: number;
    created_at: number;
    first_seen_at: number;
    last_seen_at: number | null;
    look_at: number | null;
    hidden_at: number | null;
    gone_at: number | null;
  };
};

export const requestMigrations: readonly Migration[] = [
  {
    name: '0120-requests',
    up: ({ id, bigint, withoutRowid }) => [
      `create table request_desk (
        id ${id},
        name text not null unique,
        place text not null,
        vendor text not null,
        url text not null,
        api_key text,
        role text not null,
        label text,
        version text,
        proven_at ${bigint},
        listed_at ${bigint},
        error_at ${bigint},
        error_code text,
        error_message text,
        faults_in_a_row integer not null,
        webhook_token text not null,
        webhook_token_hash text not null unique,
        created_at ${bigint} not null,
        updated_at ${bigint} not null
      )`,
      `create table desk_user (
        desk_id ${bigint} not null references request_desk (id) on delete cascade,
        user_id ${bigint} not null,
        display_name text not null,
        email text,
        plex_id text,
        plex_username text,
        jellyfin_user_id text,
        jellyfin_username text,
        person_id ${bigint} references person (id) on delete set null,
        person_by text,
        primary key (desk_id, user_id)
      ) ${withoutRowid}`,
      'create index desk_user_person on desk_user (person_id)',
      // last_seen_at is written where a request stops being listed; until then it was last seen when its desk was last listed.
      `create table request (
        id ${id},
        desk_id ${bigint} not null references request_desk (id) on delete cascade,
        upstream_id ${bigint} not null,
        kind text not null,
        tmdb_id ${bigint} not null,
        tvdb_id ${bigint},
        imdb_id text,
        is4k integer not null,
        status text not null,
        media_status text not null,
        seasons text not null,
        user_id ${bigint} not null,
        created_at ${bigint} not null,
        first_seen_at ${bigint} not null,
        last_seen_at ${bigint},
        look_at ${bigint},
        hidden_at ${bigint},
        gone_at ${bigint},
        unique (desk_id, upstream_id)
      )`,
      'create index request_tmdb on request (kind, tmdb_id)',
      'create index request_tvdb on request (kind, tvdb_id) where tvdb_id is not null',
      'create index request_imdb on request (kind, imdb_id) where imdb_id is not null',
      'create index request_user on request (desk_id, user_id)',
    ],
  },
];
