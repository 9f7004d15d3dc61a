import { AppError } from '#kernel/app-error.ts';
import { type Clock, type Instant, minutes, seconds } from '#kernel/instant.ts';
import type { Database } from '#platform/db/index.ts';
import { type Logger, silentLogger } from '#platform/logging/index.ts';
import { type CronTimes, parseCron } from './cron.ts';
import type { JobQueue, NewJob } from './jobs.port.ts';
import { createScheduleStore } from './schedules.store.ts';

export type ScheduledTask = Readonly<{
  id: string;
  /** Five fields, read in the zone of the installation. */
  cron: string;
  enabled: boolean;
  /** What is enqueued; its reference is `schedule:<id>` unless it has one, so that a run that still waits is not joined by another. */
  job: NewJob;
  /** Asked when the task is due; where it says no, this time is passed over. */
  ready?: () => Promise<boolean>;
}>;

export type ScheduleView = Readonly<{
  id: string;
  cron: string;
  enabled: boolean;
  /** By the expression, whether or not it is enabled. */
  next: Instant | undefined;
  previous: Instant | undefined;
}>;

export type SchedulesDeps = Readonly<{ db: Database; jobs: Pick<JobQueue, 'enqueue'>; clock: Clock; timeZone: string; logger?: Logger }>;

export type Schedules = Readonly<{
  /** Defines a task, or changes it. A task that is changed or enabled while we run is next due by its new expression, not at once. @throws AppError `invalid` naming `cron`. */
  set(task: ScheduledTask): Promise<void>;
  list(): readonly ScheduleView[];
  /** @throws AppError `not-found` */
  get(id: string): ScheduleView;
  /** Enqueues once what was due while we were down, and from then on what becomes due. */
  start(): Promise<void>;
  stop(): Promise<void>;
  running(): boolean;
}>;

/** Never sleeps longer, since the clock of the machine may be set meanwhile. */
const LONGEST_SLEEP = seconds(20);

type Known = Readonly<{ task: ScheduledTask; times: CronTimes }>;

/** Tasks by cron, each enqueued as a job: once for each time, whatever the number of processes. */
export function createSchedules({ db, jobs, clock, timeZone, logger = silentLogger }: SchedulesDeps): Schedules {
  const store = createScheduleStore(db);
  const tasks = new Map<string, Known>();
  let started = false;
  let timer: NodeJS.Timeout | undefined;
  let ticking: Promise<void> = Promise.resolve();

  const viewOf = ({ task, times }: Known): ScheduleView => {
    const now = clock.now();
    return { id: task.id, cron: task.cron, enabled: task.enabled, next: times.after(now), previous: times.before(now) };
  };

  const enqueue = async (task: ScheduledTask, dueAt: Instant, now: Instant): Promise<void> => {
    if (task.ready && !(await task.ready())) {
      await store.setMark(task.id, now);
      return;
    }
    await store.fire(task.id, dueAt, now, (handle) => jobs.enqueue({ reference: `schedule:${task.id}`, ...task.job }, handle));
  };

  const look = async ({ task, times }: Known, mark: Instant | undefined): Promise<void> => {
    const now = clock.now();
    // Never seen before, switched off, or seen by a clock that was ahead: nothing was missed.
    if (mark === undefined || mark > now + minutes(1)) return store.setMark(task.id, now);
    if (!task.enabled) return;
    const first = times.after(mark);
    if (first === undefined || first > now) return;
    const last = times.before(now + 1) ?? first;
    await enqueue(task, Math.max(first, last), now);
  };

  const tick = async (): Promise<void> => {
    const marks = await store.readMarks();
    for (const known of [...tasks.values()]) {
      await look(known, marks.get(known.task.id)).catch((err: unknown) =>
        logger.error({ err, task: known.task.id }, 'A task that was due could not be enqueued; it is tried again'),
      );
    }
  };

  const sleepTime = (): number => {
    const now = clock.now();
    const next = [...tasks.values()].filter(({ task }) => task.enabled).map(({ times }) => times.after(now) ?? Number.POSITIVE_INFINITY);
    return Math.max(1, Math.min(LONGEST_SLEEP, ...next.map((instant) => instant - now)));
  };

  const arm = (): void => {
    clearTimeout(timer);
    if (started) timer = setTimeout(wake, sleepTime());
  };

  function wake(): void {
    ticking = ticking
      .then(tick)
      .catch((err: unknown) => logger.error({ err }, 'The schedule could not be read'))
      .then(arm);
  }

  return {
    async set(task) {
      const known = { task, times: parseCron(task.cron, timeZone) };
      const former = tasks.get(task.id)?.task;
      tasks.set(task.id, known);
      const changed = former?.cron !== task.cron || (task.enabled && !former.enabled);
      if (started && changed) await store.setMark(task.id, clock.now());
      arm();
    },
    list: () => [...tasks.values()].map(viewOf),
    get: (id) => {
      const known = tasks.get(id);
      if (!known) throw new AppError('not-found', `There is no task ${id}.`);
      return viewOf(known);
    },
    async start() {
      await tick();
      started = true;
      arm();
    },
    async stop() {
      started = false;
      clearTimeout(timer);
      await ticking;
    },
    running: () => started,
  };
}
