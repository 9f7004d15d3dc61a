import type { AppErrorCode } from '#kernel/app-error.ts';
import type { JobId } from '#kernel/ids.ts';
import type { Duration, Instant } from '#kernel/instant.ts';
import type { Json, JsonObject } from '#kernel/json.ts';
import type { Handle } from '#platform/db/index.ts';

export type JobStatus = 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';

/** The numbers under which the statuses are stored, and by which some dialects name them. */
export const JOB_STATUS_NUMBERS: Readonly<Record<JobStatus, 0 | 1 | 2 | 3 | 4>> = {
  pending: 0,
  running: 1,
  completed: 2,
  failed: 3,
  cancelled: 4,
};

/**
 * What runs beside what. `interactive`: somebody waits. `hooks`: what a webhook asked for. `push:<server>`: changes on one server, each
 * server a lane of its own, so that a sick one holds up no other. `schedule`: what the clock asked for. `bulk`: long work that yields.
 */
export type Lane = 'interactive' | 'hooks' | 'schedule' | 'bulk' | `push:${string}`;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type JobLogLine = Readonly<{ at: Instant; level: LogLevel; text: string }>;
export type JobProgress = Readonly<{ done: number; total: number | undefined; text: string | undefined }>;
export type JobFault = Readonly<{ code: AppErrorCode | 'unknown'; message: string }>;

export type NewJob = Readonly<{
  /** What it is, and who handles it: `system:task`. */
  name: string;
  lane: Lane;
  payload?: JsonObject;
  /** The person that it is about. */
  person?: number | undefined;
  /**
   * Names work of which one pending job is enough: while one waits, enqueuing another updates its payload, keeps the earlier time, and
   * answers its id. Two jobs of one reference never run at the same time, and the newer always speaks last.
   */
  reference?: string | undefined;
  /** How often it may be tried; 1 unless told. */
  maxAttempts?: number;
  /** Not before this; at once unless told. */
  runAt?: Instant;
}>;

export type Job = Readonly<{
  id: JobId;
  name: string;
  lane: Lane;
  payload: JsonObject;
  person: number | undefined;
  reference: string | undefined;
  status: JobStatus;
  attempts: number;
  maxAttempts: number;
  runAt: Instant;
  progress: JobProgress | undefined;
  result: Json | undefined;
  error: JobFault | undefined;
  createdAt: Instant;
  updatedAt: Instant;
  startedAt: Instant | undefined;
  finishedAt: Instant | undefined;
  heartbeatAt: Instant | undefined;
}>;

export type JobWithLogs = Job & Readonly<{ logs: readonly JobLogLine[] }>;

/** What a handler gets besides its job. */
export type JobContext = Readonly<{
  /** Aborted when the job is cancelled, when this process stops, and when another process has taken the job over. */
  signal: AbortSignal;
  /** Adds a line to the job's own log, of which the last 500 are kept. */
  log(level: LogLevel, text: string): void;
  progress(done: number, total?: number, text?: string): void;
  /**
   * To be awaited between steps of bulk work: waits while jobs of the lanes `interactive` and `hooks` are due or running, two seconds at
   * most. In other lanes it returns at once. Throws where the job has been aborted.
   */
  breathe(): Promise<void>;
}>;

/** What it answers becomes the job's result. A thrown error fails the attempt. */
// biome-ignore lint/suspicious/noConfusingVoidType: a handler without a return statement is a good handler.
export type JobHandler = (job: Job, context: JobContext) => Promise<Json | void>;

export type JobFilter = Readonly<{
  statuses?: readonly JobStatus[];
  /** A part of the name, in any case. */
  nameContains?: string;
  name?: string;
  lane?: Lane;
  person?: number;
  /** Of any of these people, or of nobody in particular. */
  concerns?: readonly number[];
  reference?: string;
  /** The reference itself, and those that go on from it with `:` or `#`. */
  referenceFamily?: string;
  /** How the reference begins: any of these. */
  referenceStarts?: readonly string[];
  /** What stands in the payload, member by member; null is what stands there nowhere. Any of these. */
  payloadHas?: readonly Readonly<Record<string, string | null>>[];
}>;

export type JobChange = Readonly<{
  name?: string;
  payload?: JsonObject;
  /** What it has become by another payload. */
  reference?: string | undefined;
  /** `pending` runs it again. */
  status?: Exclude<JobStatus, 'running'>;
  resetLogs?: boolean;
}>;

/** A queue of work that survives the process. At least once: a job that a crash interrupted starts again at the next start. */
export type JobQueue = Readonly<{
  /** Within the transaction of the handle where one is given: then it is there if and only if the transaction is. */
  enqueue(job: NewJob, handle?: Handle): Promise<Readonly<{ id: JobId; coalesced: boolean }>>;
  /** One handler for each name, before `start`. A job whose name nobody handles fails and says so. */
  handle(name: string, handler: JobHandler): void;
  /** Brings back what dead processes left running, then takes jobs. */
  start(): Promise<void>;
  /**
   * Takes no more jobs, waits for the running ones, aborts them at half of the deadline, and gives back what has not ended by then: it
   * starts again at the next start, and the attempt is not counted.
   */
  stop(deadlineMs?: Duration): Promise<void>;
  /** Looks for due jobs now instead of at the next poll. */
  wake(): void;
  /** @throws AppError `not-found`; likewise all that take an id. */
  get(id: JobId): Promise<JobWithLogs>;
  /** Newest first; `page` counts from 1. */
  list(filter: JobFilter, page: number, perPage: number): Promise<Readonly<{ jobs: readonly Job[]; total: number }>>;
  /** How many there are of each status, of those that match. */
  stats(filter?: JobFilter): Promise<Readonly<Record<JobStatus, number>>>;
  /**
   * What runs, what is due or waits for its next attempt, and what was asked for since `after`, oldest first: for whoever shows work as it
   * goes. `mark` is what to ask with next time. Of what was asked for there are the last 200 at most.
   */
  watch(after?: number): Promise<Readonly<{ jobs: readonly Job[]; mark: number }>>;
  /** A pending job is cancelled at once, a running one is aborted. @throws AppError `conflict` where it has ended. */
  cancel(id: JobId): Promise<void>;
  /** Puts a pending job off. @throws AppError `conflict` where it is not pending. */
  delay(id: JobId, until: Instant): Promise<void>;
  /** @throws AppError `conflict` while it runs. */
  update(id: JobId, change: JobChange): Promise<JobWithLogs>;
  /** @throws AppError `conflict` while it runs. */
  delete(id: JobId): Promise<void>;
  /** Waits until the job has ended, however. @throws AppError `cancelled` when the signal is aborted before. */
  settled(id: JobId, signal: AbortSignal): Promise<JobWithLogs>;
  /** Forgets jobs that ended before the instant. Answers how many. */
  prune(before: Instant): Promise<number>;
}>;
