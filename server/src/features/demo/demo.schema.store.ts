import type { Migration } from '#platform/db/index.ts';

export type DemoTables = { demo: { id: number; started_at: number; tables: string; people: string } };

/** That the demo household is here: since when, which tables were empty before it, and the people that came with it. One row at most. */
export const demoMigrations: readonly Migration[] = [
  {
    name: '2026-11-26-demo-household',
    up: ({ bigint }) => [
      `create table demo (id integer primary key check (id = 1), started_at ${bigint} not null, tables text not null, people text not null)`,
    ],
  },
];
