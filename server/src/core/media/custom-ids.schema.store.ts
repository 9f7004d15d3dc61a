import type { Migration } from '#platform/db/index.ts';

export type CustomIdTables = {
  custom_provider: {
    id: string;
    name: string;
    type: string;
    description: string;
    pattern: string;
    example: string;
    tests: string;
    created_at: number;
  };
  custom_link: {
    id: string;
    type: string;
    source: string;
    provider: string;
    legacy: number | null;
    replace_from: string | null;
    replace_to: string | null;
    created_at: number;
    /** In the order in which they came. */
    position: number;
  };
  custom_id_binned: { bin_id: number; kind: string; provider: string; value: string; media_id: number };
};

/** Ids of a provider that was removed wait beside the bin, and go with its entry. */
export const customIdMigrations: readonly Migration[] = [
  {
    name: '0140-custom-ids',
    up: ({ bigint, withoutRowid }) => [
      `create table custom_provider (
        id text primary key, name text not null unique, type text not null, description text not null, pattern text not null,
        example text not null, tests text not null, created_at ${bigint} not null)`,
      `create table custom_link (
        id text primary key, type text not null, source text not null, provider text not null, legacy integer, replace_from text,
        replace_to text, created_at ${bigint} not null, position integer not null, unique (type, source))`,
      `create table custom_id_binned (
        bin_id ${bigint} not null references bin_entry (id) on delete cascade, kind text not null, provider text not null,
        value text not null, media_id ${bigint} not null, primary key (bin_id, kind, provider, value)) ${withoutRowid}`,
    ],
  },
];
