import type { Generated, Migration } from '#platform/db/index.ts';

export type JobTables = {
  job: {
    seq: Generated<number>;
    id: string;
    name: string;
    lane: string;
    payload: string;
    person: number | null;
    reference: string | null;
    status: number;
    attempts: number;
    max_attempts: number;
    run_at: number;
    progress: string | null;
    logs: string;
    result: string | null;
    error: string | null;
    cancel_requested: number;
    owner: string | null;
    created_at: number;
    updated_at: number;
    started_at: number | null;
    finished_at: number | null;
    heartbeat_at: number | null;
  };
  schedule_mark: { task: string; fired_for: number };
};

export const jobMigrations: readonly Migration[] = [
  {
    name: '0001-jobs',
    up: ({ id, bigint, withoutRowid }) => [
      `create table job (
        seq ${id},
        id text not null unique,
        name text not null,
        lane text not null,
        payload text not null,
        person ${bigint},
        reference text,
        status integer not null,
        attempts integer not null,
        max_attempts integer not null,
        run_at ${bigint} not null,
        progress text,
        logs text not null,
        result text,
        error text,
        cancel_requested integer not null,
        owner text,
        created_at ${bigint} not null,
        updated_at ${bigint} not null,
        started_at ${bigint},
        finished_at ${bigint},
        heartbeat_at ${bigint}
      )`,
      // What waits and what runs is a handful among thousands that have ended; the poll reads these indexes and nothing else.
      'create index job_due on job (lane, run_at, seq) where status = 0',
      'create index job_running on job (lane, reference) where status = 1',
      'create unique index job_pending_reference on job (reference) where status = 0 and reference is not null',
      'create index job_status on job (status, seq)',
      `create table schedule_mark (
        task text not null primary key,
        fired_for ${bigint} not null
      ) ${withoutRowid}`,
    ],
  },
];
