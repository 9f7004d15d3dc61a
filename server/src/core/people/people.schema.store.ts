import type { Generated, Migration } from '#platform/db/index.ts';

export type PeopleTables = {
  person: { id: Generated<number>; name: string; display_name: string; created_at: number };
};

export const peopleMigrations: readonly Migration[] = [
  {
    name: '0010-people',
    // 'main' comes first into an empty table, so that it has the id 1 everywhere without moving a sequence by hand.
    up: (words) => [
      `create table person (
        id ${words.id},
        name text not null unique,
        display_name text not null,
        created_at ${words.bigint} not null
      )`,
      "insert into person (name, display_name, created_at) values ('main', 'Main', 0)",
    ],
  },
];
