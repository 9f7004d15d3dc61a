import { randomUUID } from 'node:crypto';
import { jobId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Json, JsonObject } from '#kernel/json.ts';
import { type Handle, type Selectable, sql } from '#platform/db/index.ts';
import {
  JOB_STATUS_NUMBERS,
  type Job,
  type JobFault,
  type JobLogLine,
  type JobProgress,
  type JobStatus,
  type Lane,
  type NewJob,
} from './jobs.port.ts';
import type { JobTables } from './jobs.schema.store.ts';

export type JobRow = Omit<Selectable<JobTables['job']>, 'logs'>;

/** Everything but the logs, which would make a page of jobs megabytes long. */
export const JOB_COLUMNS = [
  'seq',
  'id',
  'name',
  'lane',
  'payload',
  'person',
  'reference',
  'status',
  'attempts',
  'max_attempts',
  'run_at',
  'progress',
  'result',
  'error',
  'cancel_requested',
  'owner',
  'created_at',
  'updated_at',
  'started_at',
  'finished_at',
  'heartbeat_at',
] as const satisfies readonly (keyof JobRow)[];

const STATUS_NAMES = Object.keys(JOB_STATUS_NUMBERS) as JobStatus[];

export const statusNumber = (status: JobStatus): number => JOB_STATUS_NUMBERS[status];
export const statusName = (number: number): JobStatus => {
  const name = STATUS_NAMES.find((each) => JOB_STATUS_NUMBERS[each] === number);
  if (!name) throw new Error(`A job has the unknown status ${number}.`);
  return name;
};

const fromText = <T>(text: string | null): T | undefined => (text === null ? undefined : (JSON.parse(text) as T));

export const jobOf = (row: JobRow): Job => ({
  id: jobId(row.id),
  name: row.name,
  lane: row.lane as Lane,
  payload: JSON.parse(row.payload) as JsonObject,
  person: row.person ?? undefined,
  reference: row.reference ?? undefined,
  status: statusName(row.status),
  attempts: row.attempts,
  maxAttempts: row.max_attempts,
  runAt: row.run_at,
  progress: fromText<JobProgress>(row.progress),
  result: fromText<Json>(row.result),
  error: fromText<JobFault>(row.error),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  startedAt: row.started_at ?? undefined,
  finishedAt: row.finished_at ?? undefined,
  heartbeatAt: row.heartbeat_at ?? undefined,
});

export const logsOf = (row: { logs: string }): JobLogLine[] => JSON.parse(row.logs) as JobLogLine[];

/** Adds a job, or updates the pending one of the same reference: one statement, so that two at once cannot both add. */
export async function insertJob(handle: Handle, job: NewJob, now: Instant): Promise<{ id: string; coalesced: boolean }> {
  const id = randomUUID();
  const row = await handle
    .tables<JobTables>()
    .insertInto('job')
    .values({
      id,
      name: job.name,
      lane: job.lane,
      payload: JSON.stringify(job.payload ?? {}),
      person: job.person ?? null,
      reference: job.reference ?? null,
      status: 0,
      attempts: 0,
      max_attempts: Math.max(1, job.maxAttempts ?? 1),
      run_at: job.runAt ?? now,
      logs: '[]',
      cancel_requested: 0,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .column('reference')
        .where('status', '=', sql.lit(0))
        .where('reference', 'is not', null)
        .doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          lane: eb.ref('excluded.lane'),
          payload: eb.ref('excluded.payload'),
          person: eb.ref('excluded.person'),
          max_attempts: eb.ref('excluded.max_attempts'),
          run_at: sql<number>`case when excluded.run_at < job.run_at then excluded.run_at else job.run_at end`,
          updated_at: eb.ref('excluded.updated_at'),
        })),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id: row.id, coalesced: row.id !== id };
}
