import type { Generated, Migration } from '#platform/db/index.ts';

export type PlanTables = {
  plan: {
    id: string;
    feature: string;
    person_id: number | null;
    title: string;
    state: string;
    reason: string;
    summary: string;
    job_id: string | null;
    created_at: number;
    expires_at: number | null;
    decided_at: number | null;
    decided_by: string | null;
    finished_at: number | null;
    outcome: string | null;
  };
  plan_change: {
    id: Generated<number>;
    plan_id: string;
    seq: number;
    kind: string;
    account_id: number | null;
    subject: string;
    before: string;
    after: string;
    reason: string;
    asked_by: string;
    state: string;
    outcome: string | null;
    rule: string;
    row_key: string;
    may_leave_out: number;
  };
};

export const planMigrations: readonly Migration[] = [
  {
    name: '0060-plans',
    // No reference to account or person: a plan says what was meant, also after they are gone.
    up: (words) => [
      `create table plan (
        id text primary key,
        feature text not null,
        person_id ${words.bigint},
        title text not null,
        state text not null,
        reason text not null,
        summary text not null,
        job_id text,
        created_at ${words.bigint} not null,
        expires_at ${words.bigint},
        decided_at ${words.bigint},
        decided_by text,
        finished_at ${words.bigint},
        outcome text
      )`,
      'create index plan_state on plan (state, created_at)',
      `create table plan_change (
        id ${words.id},
        plan_id text not null references plan (id) on delete cascade,
        seq integer not null,
        kind text not null,
        account_id ${words.bigint},
        subject text not null,
        before text not null,
        after text not null,
        reason text not null,
        asked_by text not null,
        state text not null,
        outcome text,
        unique (plan_id, seq)
      )`,
    ],
  },
];

export const planReviewMigrations: readonly Migration[] = [
  {
    name: '2026-11-26-plan-review',
    // Of plans that are there already each change is a row of its own, and none may be left out.
    up: () => [
      "alter table plan_change add column rule text not null default ''",
      "alter table plan_change add column row_key text not null default ''",
      'alter table plan_change add column may_leave_out integer not null default 0',
      "update plan_change set row_key = 'change ' || seq",
      'create index plan_change_row on plan_change (plan_id, row_key)',
    ],
  },
];
