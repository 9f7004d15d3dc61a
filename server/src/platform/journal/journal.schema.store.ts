import type { Generated, Migration } from '#platform/db/index.ts';

export type JournalTables = {
  journal: {
    id: Generated<number>;
    kind: string;
    target: string;
    subject: string;
    payload: string;
    before: string | null;
    repeatable: number;
    deadline_at: number;
    state: string;
    outcome: string | null;
    created_at: number;
    finished_at: number | null;
  };
};

export const journalMigrations: readonly Migration[] = [
  {
    name: '0001-journal',
    up: ({ id, bigint }) => [
      `create table journal (
        id ${id},
        kind text not null,
        target text not null,
        subject text not null,
        payload text not null,
        before text,
        repeatable integer not null,
        deadline_at ${bigint} not null,
        state text not null,
        outcome text,
        created_at ${bigint} not null,
        finished_at ${bigint}
      )`,
      // Nearly every entry is finished: what is open must be found without reading the others.
      `create index journal_open on journal (deadline_at) where state = 'intended'`,
      'create index journal_target on journal (target, id)',
      'create index journal_finished on journal (finished_at) where finished_at is not null',
    ],
  },
];
