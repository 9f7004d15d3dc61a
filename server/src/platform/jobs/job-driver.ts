import type { Clock } from '#kernel/instant.ts';
import type { Logger } from '#platform/logging/index.ts';
import { jobOf } from './job-rows.store.ts';
import { type AbortCause, type JobRun, startRun } from './job-run.ts';
import type { JobWorkStore } from './job-work.store.ts';
import type { Job, JobHandler, Lane } from './jobs.port.ts';
import { isOrphan } from './owner.ts';

const TICK_MS = 1_000;
const TICKS_BETWEEN_RECOVERIES = 30;
/** How long the start of bulk work is put off while somebody waits. */
const LONGEST_HOLD_MS = 5_000;
/** A job that took its process down with it this often is not tried again. */
const MOST_INTERRUPTIONS = 20;

export type DriverDeps = Readonly<{
  store: JobWorkStore;
  clock: Clock;
  logger: Logger;
  owner: string;
  instance: string;
  runs: (lane: Lane) => boolean;
  concurrency: (lane: Lane) => number;
  handlers: ReadonlyMap<string, JobHandler>;
  pollMs: number;
  retryDelay?: ((attempt: number) => number) | undefined;
  fieldsOf?: ((job: Job) => Record<string, unknown>) | undefined;
  onEnded: () => void;
}>;

export type JobDriver = ReturnType<typeof createJobDriver>;

/** Claims due jobs, runs them, keeps them alive, and brings back those of dead processes. */
export function createJobDriver(deps: DriverDeps) {
  const { store, clock, logger, owner, instance } = deps;
  const running = new Map<number, JobRun>();
  let accepting = false;
  let sweeping: Promise<void> | undefined;
  let sweepAgain = false;
  let heldSince: number | undefined;
  let poll: NodeJS.Timeout | undefined;
  let ticker: NodeJS.Timeout | undefined;
  let ticks = 0;
  let ticking: Promise<void> = Promise.resolve();

  const isFree = (lane: Lane): boolean =>
    [...running.values()].filter((run) => run.job.lane === lane).length < Math.max(1, deps.concurrency(lane));

  const mustWait = async (lane: Lane): Promise<boolean> => {
    if (lane !== 'bulk') return false;
    const busy = await store.foregroundBusy(clock.now());
    if (busy) heldSince ??= performance.now();
    if (busy && heldSince !== undefined && performance.now() - heldSince < LONGEST_HOLD_MS) return true;
    heldSince = undefined;
    return false;
  };

  async function fill(lane: Lane): Promise<void> {
    while (accepting && isFree(lane)) {
      if (await mustWait(lane)) return;
      const row = await store.claim(lane, owner, clock.now());
      if (!row) return;
      const run = startRun(jobOf(row), row.seq, deps.handlers.get(row.name), deps);
      running.set(row.seq, run);
      void run.ended.then(() => {
        running.delete(row.seq);
        deps.onEnded();
        wake();
      });
    }
  }

  async function sweepOnce(): Promise<void> {
    const lanes = (await store.dueLanes(clock.now())) as readonly Lane[];
    // Bulk last: what somebody waits for is claimed first, and is then seen as running.
    const mine = lanes.filter(deps.runs).sort((one, other) => Number(one === 'bulk') - Number(other === 'bulk'));
    for (const lane of mine) await fill(lane);
  }

  async function sweep(): Promise<void> {
    clearTimeout(poll);
    do {
      sweepAgain = false;
      await sweepOnce().catch((err: unknown) => logger.error({ err }, 'Due jobs could not be looked for'));
    } while (sweepAgain && accepting);
  }

  function wake(): void {
    if (!accepting) return;
    if (sweeping !== undefined) {
      sweepAgain = true;
      return;
    }
    sweeping = sweep().finally(() => {
      sweeping = undefined;
      clearTimeout(poll);
      if (accepting) poll = setTimeout(wake, deps.pollMs);
    });
  }

  async function recover(): Promise<void> {
    const now = clock.now();
    for (const job of await store.listRunning()) {
      if (running.has(job.seq) || !isOrphan(job, instance, now)) continue;
      if (job.attempts >= job.maxAttempts + MOST_INTERRUPTIONS) {
        const message = `Usherr ended ${job.attempts} times while this job ran, so it is not tried again.`;
        await store.end(job.seq, job.owner, { status: 'failed', error: { code: 'unknown', message } }, now);
      } else {
        await store.recover(job, now);
      }
    }
  }

  async function tick(): Promise<void> {
    ticks += 1;
    if (ticks % TICKS_BETWEEN_RECOVERIES === 0) await recover();
    const mine = [...running.values()];
    if (mine.length === 0) return;
    for (const run of mine) await run.flush();
    const alive = new Map((await store.heartbeat(owner, [...running.keys()], clock.now())).map((each) => [each.seq, each]));
    for (const run of mine) {
      const state = alive.get(run.seq);
      // To one that has ended meanwhile an abort means nothing.
      if (!state) run.abort('lost');
      else if (state.cancelRequested) run.abort('cancelled');
    }
  }

  const beat = (): void => {
    ticking = ticking.then(tick).catch((err: unknown) => logger.error({ err }, 'Running jobs could not be kept alive'));
  };

  return {
    wake,

    async start(): Promise<void> {
      await recover();
      accepting = true;
      ticker = setInterval(beat, TICK_MS);
      wake();
    },

    abort(id: string, cause: AbortCause): void {
      for (const run of running.values()) if (run.job.id === id) run.abort(cause);
    },

    async stop(deadlineMs: number): Promise<void> {
      accepting = false;
      clearTimeout(poll);
      await sweeping;
      await allEnded(running, deadlineMs / 2);
      for (const run of running.values()) run.abort('stopping');
      await allEnded(running, deadlineMs / 2);
      clearInterval(ticker);
      await ticking;
      for (const run of running.values()) {
        await store.end(run.seq, owner, { status: 'pending', runAt: clock.now(), error: undefined, uncounted: true }, clock.now());
      }
    },
  };
}

async function allEnded(running: ReadonlyMap<number, JobRun>, withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, withinMs);
  });
  await Promise.race([Promise.all([...running.values()].map((run) => run.ended)), timeUp]);
  clearTimeout(timer);
}
