import type { Generated, Migration } from '#platform/db/index.ts';

export type BinTables = {
  bin_entry: {
    id: Generated<number>;
    kind: string;
    person_id: number | null;
    title: string;
    payload: string;
    actor_kind: string;
    actor_id: string;
    actor_name: string;
    deleted_at: number;
    restore_until: number;
    restored_at: number | null;
  };
};

export const binMigrations: readonly Migration[] = [
  {
    name: '0070-bin',
    up: (words) => [
      `create table bin_entry (
        id ${words.id},
        kind text not null,
        person_id ${words.bigint},
        title text not null,
        payload text not null,
        actor_kind text not null,
        actor_id text not null,
        actor_name text not null,
        deleted_at ${words.bigint} not null,
        restore_until ${words.bigint} not null,
        restored_at ${words.bigint}
      )`,
      'create index bin_entry_restore_until on bin_entry (restore_until)',
      'create index bin_entry_person on bin_entry (person_id, deleted_at)',
    ],
  },
];
