import type { Instant } from '#kernel/instant.ts';
import type { Json } from '#kernel/json.ts';
import { type Database, sql } from '#platform/db/index.ts';
import { JOB_COLUMNS, type JobRow, logsOf, statusNumber } from './job-rows.store.ts';
import type { JobFault, JobLogLine, JobProgress } from './jobs.port.ts';
import type { JobTables } from './jobs.schema.store.ts';

/** What a driver writes while a job runs. */
export type JobNote = Readonly<{ progress: JobProgress | undefined; logs: readonly JobLogLine[] }>;

export type JobEnd =
  | Readonly<{ status: 'completed'; result: Json | undefined }>
  | Readonly<{ status: 'failed' | 'cancelled'; error: JobFault }>
  /** Back among the waiting; `error` is what the attempt ended with, and an interrupted one is not counted. */
  | Readonly<{ status: 'pending'; runAt: Instant; error: JobFault | undefined; uncounted: boolean }>;

export type RunningJob = Readonly<{ seq: number; owner: string; heartbeatAt: Instant | undefined; attempts: number; maxAttempts: number }>;

const PENDING = statusNumber('pending');
const RUNNING = statusNumber('running');
const CANCELLED = statusNumber('cancelled');

export type JobWorkStore = ReturnType<typeof createJobWorkStore>;

/** The statements of a driver: what it claims, keeps alive and ends. Each names the owner, so that a job taken over is left alone. */
export function createJobWorkStore(database: Database) {
  const db = database.tables<JobTables>();

  /** Another pending job with the reference of this one: its newer payload says it all. */
  const superseded = sql<boolean>`job.reference is not null and exists (
    select 1 from job as newer where newer.reference = job.reference and newer.status = ${sql.lit(PENDING)})`;

  const putBack = (seq: number, owner: string, now: Instant, back: { runAt: Instant; error: string | null; attempts: number }) =>
    db
      .updateTable('job')
      .set({
        status: sql<number>`case when ${superseded} then ${sql.lit(CANCELLED)} else ${sql.lit(PENDING)} end`,
        finished_at: sql<number | null>`case when ${superseded} then ${sql.lit(now)} else null end`,
        error: sql<
          string | null
        >`case when ${superseded} then ${JSON.stringify({ code: 'cancelled', message: 'A newer job does the same work.' })} else ${back.error} end`,
        attempts: sql<number>`attempts + ${back.attempts}`,
        run_at: back.runAt,
        owner: null,
        heartbeat_at: null,
        updated_at: now,
      })
      .where('seq', '=', seq)
      .where('owner', '=', owner)
      .where('status', '=', RUNNING)
      .executeTakeFirst();

  return {
    /** The lanes in which a job is due. */
    async dueLanes(now: Instant): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('job')
        .select('lane')
        .distinct()
        .where('status', '=', sql.lit(PENDING))
        .where('run_at', '<=', now)
        .execute();
      return rows.map((row) => row.lane);
    },

    /** The oldest due job of the lane, now running for this owner. */
    async claim(lane: string, owner: string, now: Instant): Promise<JobRow | undefined> {
      const locked = database.kind === 'postgres' ? sql`for update of candidate skip locked` : sql``;
      const next = sql<number>`(
        select candidate.seq from job as candidate
        where candidate.status = ${sql.lit(PENDING)} and candidate.lane = ${lane} and candidate.run_at <= ${now}
          and not exists (
            select 1 from job as other where other.status = ${sql.lit(RUNNING)} and other.reference = candidate.reference)
        order by candidate.run_at, candidate.seq limit 1 ${locked})`;
      return db
        .updateTable('job')
        .set({
          status: RUNNING,
          owner,
          attempts: sql<number>`attempts + 1`,
          cancel_requested: 0,
          progress: null,
          error: null,
          finished_at: null,
          started_at: now,
          heartbeat_at: now,
          updated_at: now,
        })
        .where('seq', '=', next)
        .where('status', '=', sql.lit(PENDING))
        .returning(JOB_COLUMNS)
        .executeTakeFirst();
    },

    /** Whether a person or a webhook waits: what bulk work yields to. */
    async foregroundBusy(now: Instant): Promise<boolean> {
      const row = await db
        .selectFrom('job')
        .select('seq')
        .where('lane', 'in', ['interactive', 'hooks'])
        .where((eb) => eb.or([eb('status', '=', sql.lit(RUNNING)), eb.and([eb('status', '=', sql.lit(PENDING)), eb('run_at', '<=', now)])]))
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Says that these still run. One that is gone from the answer has ended, or another has taken it over. */
    async heartbeat(owner: string, seqs: readonly number[], now: Instant): Promise<readonly { seq: number; cancelRequested: boolean }[]> {
      const rows = await db
        .updateTable('job')
        .set({ heartbeat_at: now })
        .where('seq', 'in', seqs.length > 0 ? [...seqs] : [-1])
        .where('status', '=', sql.lit(RUNNING))
        .where('owner', '=', owner)
        .returning(['seq', 'cancel_requested'])
        .execute();
      return rows.map((row) => ({ seq: row.seq, cancelRequested: row.cancel_requested === 1 }));
    },

    async note(seq: number, owner: string, note: JobNote, now: Instant): Promise<void> {
      await db
        .updateTable('job')
        .set({
          progress: note.progress === undefined ? null : JSON.stringify(note.progress),
          logs: JSON.stringify(note.logs),
          updated_at: now,
        })
        .where('seq', '=', seq)
        .where('owner', '=', owner)
        .execute();
    },

    async readLogs(seq: number): Promise<JobLogLine[]> {
      return logsOf(await db.selectFrom('job').select('logs').where('seq', '=', seq).executeTakeFirstOrThrow());
    },

    async end(seq: number, owner: string, end: JobEnd, now: Instant): Promise<void> {
      if (end.status === 'pending') {
        const error = end.error === undefined ? null : JSON.stringify(end.error);
        await putBack(seq, owner, now, { runAt: end.runAt, error, attempts: end.uncounted ? -1 : 0 });
        return;
      }
      const result = end.status === 'completed' && end.result !== undefined ? JSON.stringify(end.result) : null;
      await db
        .updateTable('job')
        .set({
          status: statusNumber(end.status),
          result,
          error: end.status === 'completed' ? null : JSON.stringify(end.error),
          owner: null,
          heartbeat_at: null,
          finished_at: now,
          updated_at: now,
        })
        .where('seq', '=', seq)
        .where('owner', '=', owner)
        .where('status', '=', RUNNING)
        .execute();
    },

    async listRunning(): Promise<readonly RunningJob[]> {
      const rows = await db
        .selectFrom('job')
        .select(['seq', 'owner', 'heartbeat_at', 'attempts', 'max_attempts'])
        .where('status', '=', sql.lit(RUNNING))
        .execute();
      return rows.map((row) => ({
        seq: row.seq,
        owner: row.owner ?? '',
        heartbeatAt: row.heartbeat_at ?? undefined,
        attempts: row.attempts,
        maxAttempts: row.max_attempts,
      }));
    },

    /** What a dead owner left: waiting again, its attempts kept. */
    async recover(job: RunningJob, now: Instant): Promise<void> {
      await putBack(job.seq, job.owner, now, { runAt: now, error: null, attempts: 0 });
    },
  };
}
