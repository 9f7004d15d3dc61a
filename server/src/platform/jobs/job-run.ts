import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, isAppError, messageOf } from '#kernel/app-error.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Logger } from '#platform/logging/index.ts';
import type { JobEnd, JobWorkStore } from './job-work.store.ts';
import type { Job, JobContext, JobFault, JobHandler, JobLogLine, JobProgress } from './jobs.port.ts';
import { isFinal, retryDelay } from './retry-delay.ts';

const MOST_LOG_LINES = 500;
const BREATH_MS = 50;
const LONGEST_BREATH_MS = 2_000;

export type RunDeps = Readonly<{
  store: JobWorkStore;
  owner: string;
  clock: Clock;
  logger: Logger;
  retryDelay?: ((attempt: number) => number) | undefined;
  fieldsOf?: ((job: Job) => Record<string, unknown>) | undefined;
}>;

/** Why a run was aborted: a person, the end of this process, or another process that has taken the job over. */
export type AbortCause = 'cancelled' | 'stopping' | 'lost';

export type JobRun = Readonly<{
  job: Job;
  seq: number;
  abort(cause: AbortCause): void;
  /** Writes log and progress where they have changed. */
  flush(): Promise<void>;
  /** Ends when the outcome is stored; never rejects. */
  ended: Promise<void>;
}>;

const ABORT_TEXTS: Readonly<Record<AbortCause, string>> = {
  cancelled: 'The job was cancelled.',
  stopping: 'Usherr is stopping; the job goes on at the next start.',
  lost: 'Another process has taken the job over.',
};

const faultOf = (error: unknown): JobFault => ({ code: isAppError(error) ? error.code : 'unknown', message: messageOf(error) });

/** Runs one claimed job to its end and stores what became of it. */
export function startRun(job: Job, seq: number, handler: JobHandler | undefined, deps: RunDeps): JobRun {
  const { store, owner, clock } = deps;
  const logger = deps.logger.child({ job: job.id, name: job.name, ...deps.fieldsOf?.(job) });
  const controller = new AbortController();
  let aborted: AbortCause | undefined;
  let logs: JobLogLine[] = [];
  let progress: JobProgress | undefined;
  let dirty = false;

  const log: JobContext['log'] = (level, text) => {
    logs.push({ at: clock.now(), level, text });
    if (logs.length > MOST_LOG_LINES) logs = logs.slice(-MOST_LOG_LINES);
    dirty = true;
    logger[level](text);
  };

  const breathe = async (): Promise<void> => {
    controller.signal.throwIfAborted();
    if (job.lane !== 'bulk') return;
    const until = performance.now() + LONGEST_BREATH_MS;
    while (performance.now() < until && (await store.foregroundBusy(clock.now()))) await sleep(BREATH_MS);
    controller.signal.throwIfAborted();
  };

  const flush = async (): Promise<void> => {
    if (!dirty) return;
    dirty = false;
    await store.note(seq, owner, { progress, logs }, clock.now());
  };

  const failed = (error: unknown): JobEnd => {
    log('error', messageOf(error));
    if (!isAppError(error)) logger.error({ err: error }, 'The job failed with a fault of our own');
    if (job.attempts >= job.maxAttempts || isFinal(error)) return { status: 'failed', error: faultOf(error) };
    const pause = (deps.retryDelay ?? retryDelay)(job.attempts);
    const asked = isAppError(error) ? (error.retryAfterMs ?? 0) : 0;
    return { status: 'pending', runAt: clock.now() + Math.max(pause, asked), error: faultOf(error), uncounted: false };
  };

  const thrown = (error: unknown): JobEnd | undefined => {
    if (aborted === 'lost') return undefined;
    if (aborted === 'stopping') return { status: 'pending', runAt: clock.now(), error: undefined, uncounted: true };
    if (aborted === 'cancelled' || isAppError(error, 'cancelled')) return { status: 'cancelled', error: faultOf(error) };
    return failed(error);
  };

  const attempt = async (): Promise<JobEnd | undefined> => {
    try {
      if (!handler) throw new AppError('misconfigured', `Nothing here does jobs of the name ${job.name}.`);
      logs = await store.readLogs(seq);
      const result = await handler(job, {
        signal: controller.signal,
        log,
        breathe,
        progress: (done, total, text) => {
          progress = { done, total, text };
          dirty = true;
        },
      });
      return { status: 'completed', result: result ?? undefined };
    } catch (error) {
      return thrown(error);
    }
  };

  const ended = (async () => {
    const end = await attempt();
    if (!end) return;
    await persistently(async () => {
      await flush();
      await store.end(seq, owner, end, clock.now());
    }, logger);
  })();

  return {
    job,
    seq,
    flush,
    ended,
    abort: (cause) => {
      if (aborted !== undefined) return;
      aborted = cause;
      controller.abort(new AppError('cancelled', ABORT_TEXTS[cause]));
    },
  };
}

const PAUSES_MS = [50, 250, 1_000, 5_000];

/** A job that has been done must not be done again because the database was busy at its end. */
async function persistently(write: () => Promise<void>, logger: Logger): Promise<void> {
  for (const pause of PAUSES_MS) {
    try {
      return await write();
    } catch (err) {
      logger.warn({ err }, 'The outcome of a job could not be stored; trying again');
      await sleep(pause);
    }
  }
  await write().catch((err: unknown) => logger.error({ err }, 'The outcome of a job could not be stored; it will run again in a minute'));
}
