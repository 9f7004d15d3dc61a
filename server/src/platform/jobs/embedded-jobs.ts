import { AppError } from '#kernel/app-error.ts';
import { type JobId, jobId } from '#kernel/ids.ts';
import { type Clock, type Duration, seconds } from '#kernel/instant.ts';
import type { Database } from '#platform/db/index.ts';
import { type Logger, silentLogger } from '#platform/logging/index.ts';
import { createJobDriver } from './job-driver.ts';
import { createJobListStore } from './job-list.store.ts';
import { insertJob } from './job-rows.store.ts';
import { createJobWorkStore } from './job-work.store.ts';
import type { Job, JobHandler, JobQueue, JobStatus, JobWithLogs, Lane } from './jobs.port.ts';
import { newInstance, ownerOf } from './owner.ts';

export type JobsDeps = Readonly<{
  db: Database;
  clock: Clock;
  logger?: Logger;
  /**
   * Names this process; the same for all its threads, so that a worker thread's jobs are not taken for those of a process that has died
   * and left its number behind. Threads without a common one must not share a database.
   */
  instance?: string;
  /** Which lanes this driver runs; all unless told. `(lane) => lane === 'bulk'` in a worker thread, the opposite in the main one. */
  runs?: (lane: Lane) => boolean;
  /** How many jobs of a lane run at once in this driver: 4 for `interactive`, 1 for any other unless told. */
  concurrency?: Readonly<Partial<Record<Lane, number>>>;
  /** Longest time between looks for due jobs. */
  pollMs?: Duration;
  /** The pause before the next attempt, after the attempt of this number (from 1). */
  retryDelay?: (attempt: number) => Duration;
  /** Called when something is to be done, which another driver may have to do. */
  onEnqueued?: () => void;
  /** What each line of a job's log says besides its id and name. */
  fieldsOf?: (job: Job) => Record<string, unknown>;
}>;

const DEFAULT_CONCURRENCY: Readonly<Partial<Record<Lane, number>>> = { interactive: 4 };
const POLL_MS = 500;
const SETTLED_POLL_MS = 250;
/** A job of somebody else's transaction is there when that has committed; on PostgreSQL nothing tells us when. */
const AFTER_COMMIT_MS = [20, 100];

const ENDED: readonly JobStatus[] = ['completed', 'failed', 'cancelled'];

const missing = (id: JobId): AppError => new AppError('not-found', `There is no job ${id}.`);

/** The queue on our own database. */
export function createJobs(deps: JobsDeps): JobQueue {
  const { db, clock, logger = silentLogger, instance = newInstance() } = deps;
  const work = createJobWorkStore(db);
  const list = createJobListStore(db);
  const handlers = new Map<string, JobHandler>();
  const listeners = new Set<() => void>();
  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  const driver = createJobDriver({
    store: work,
    clock,
    logger,
    instance,
    handlers,
    owner: ownerOf(instance),
    runs: deps.runs ?? (() => true),
    concurrency: (lane) => deps.concurrency?.[lane] ?? DEFAULT_CONCURRENCY[lane] ?? 1,
    pollMs: deps.pollMs ?? POLL_MS,
    retryDelay: deps.retryDelay,
    fieldsOf: deps.fieldsOf,
    onEnded: notify,
  });

  const get = async (id: JobId): Promise<JobWithLogs> => {
    const job = await list.find(id);
    if (!job) throw missing(id);
    return job;
  };

  /** There is something to do, here or elsewhere. */
  const awaken = (): void => {
    driver.wake();
    deps.onEnqueued?.();
  };

  /** Throws what stands against a change that did not happen. */
  const refuse = async (id: JobId, wish: string): Promise<never> => {
    const { status } = await get(id);
    throw new AppError('conflict', `The job ${id} is ${status}, so it cannot be ${wish}.`);
  };

  const nextEnd = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const finish = (settle: () => void) => () => {
        clearTimeout(timer);
        listeners.delete(ended);
        signal.removeEventListener('abort', aborted);
        settle();
      };
      const ended = finish(resolve);
      const aborted = finish(() => reject(new AppError('cancelled', 'The wait for the job was ended.')));
      const timer = setTimeout(ended, SETTLED_POLL_MS);
      listeners.add(ended);
      signal.addEventListener('abort', aborted);
      if (signal.aborted) aborted();
    });

  return {
    async enqueue(job, handle) {
      const { id, coalesced } = await insertJob(handle ?? db, job, clock.now());
      awaken();
      if (handle && db.kind === 'postgres') for (const pause of AFTER_COMMIT_MS) setTimeout(driver.wake, pause).unref();
      return { id: jobId(id), coalesced };
    },
    handle(name, handler) {
      if (handlers.has(name)) throw new AppError('conflict', `Jobs of the name ${name} have a handler already.`);
      handlers.set(name, handler);
    },
    start: driver.start,
    stop: (deadlineMs = seconds(10)) => driver.stop(deadlineMs),
    wake: driver.wake,
    get,
    list: (filter, page, perPage) => list.page(filter, page, perPage),
    stats: list.countByStatus,
    watch: list.openAndSince,
    async cancel(id) {
      const now = clock.now();
      if (await list.cancelPending(id, now)) notify();
      else if (await list.requestCancel(id, now)) driver.abort(id, 'cancelled');
      else await refuse(id, 'cancelled');
    },
    async delay(id, until) {
      if (!(await list.delayPending(id, until, clock.now()))) await refuse(id, 'put off');
    },
    async update(id, change) {
      const current = await get(id);
      const reference = change.reference ?? current.reference;
      const waits = (change.status ?? current.status) === 'pending';
      const rival = waits && reference !== undefined ? await list.pendingWith(reference, id) : undefined;
      if (rival) throw new AppError('conflict', `The job ${rival} does the same work and is waiting already.`);
      if (!(await list.change(id, change, clock.now()))) await refuse(id, 'changed');
      awaken();
      return get(id);
    },
    async delete(id) {
      if (!(await list.remove(id))) await refuse(id, 'deleted');
    },
    async settled(id, signal) {
      for (;;) {
        const job = await get(id);
        if (ENDED.includes(job.status)) return job;
        await nextEnd(signal);
      }
    },
    prune: list.deleteEndedBefore,
  };
}
