import type { Generated, Migration } from '#platform/db/index.ts';

export type LoginRow = {
  id: Generated<number>;
  username: string;
  /** The username as it is compared: NFKC, lower case. */
  username_key: string;
  password_hash: string;
  role: string;
  person_id: number;
  token_version: number;
  /** A JSON list; null is all that the role may. */
  scopes: string | null;
  created_at: number;
  last_used_at: number | null;
};

export type ApiKeyRow = {
  id: Generated<number>;
  name: string;
  key_hash: string;
  role: string;
  /** A JSON list. */
  scopes: string;
  surface: string;
  person_id: number | null;
  /** Who made it: `person`, `environment` or `first-start`. */
  origin: string;
  created_by: string;
  /** The login that made it, itself or by a key of its own. */
  made_by_login: number | null;
  created_at: number;
  last_used_at: number | null;
  revoked_at: number | null;
};

export type AccessTables = {
  login: LoginRow;
  api_key: ApiKeyRow;
  access_mark: { name: string; at: number };
};

export const accessMigrations: readonly Migration[] = [
  {
    name: '0020-access',
    up: (words) => [
      `create table login (
        id ${words.id},
        username text not null,
        username_key text not null unique,
        password_hash text not null,
        role text not null,
        person_id ${words.bigint} not null references person (id) on delete cascade,
        token_version ${words.bigint} not null,
        created_at ${words.bigint} not null,
        last_used_at ${words.bigint}
      )`,
      'create index login_person on login (person_id)',
      `create table api_key (
        id ${words.id},
        name text not null,
        key_hash text not null unique,
        role text not null,
        scopes text not null,
        surface text not null,
        person_id ${words.bigint} references person (id) on delete cascade,
        origin text not null,
        created_by text not null,
        created_at ${words.bigint} not null,
        last_used_at ${words.bigint},
        revoked_at ${words.bigint}
      )`,
      'create index api_key_person on api_key (person_id)',
      // Things that may happen once in the life of a house; the primary key is what makes two of them at once impossible.
      `create table access_mark (name text primary key, at ${words.bigint} not null)`,
    ],
  },
];

/** Keys go when the login that made them goes; a name alone could mean a later login too. */
export const keyMakerMigrations: readonly Migration[] = [
  {
    name: '0090-key-makers',
    up: (words) => [
      `alter table api_key add column made_by_login ${words.bigint}`,
      `update api_key set made_by_login = (select id from login where login.username = api_key.created_by) where origin = 'person'`,
      // Whoever made these is gone already.
      `update api_key set revoked_at = created_at where origin = 'person' and person_id is null and made_by_login is null and revoked_at is null
        and created_by <> 'start' and created_by not in (select name from api_key)`,
      'create index api_key_maker on api_key (made_by_login)',
    ],
  },
];

/** Some members of a household may less than their role. */
export const loginScopeMigrations: readonly Migration[] = [
  { name: '2026-11-26-login-scopes', up: () => ['alter table login add column scopes text'] },
];
