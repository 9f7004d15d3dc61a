import { afterEach, beforeEach } from 'vitest';
import { type AppErrorCode, isAppError } from '#kernel/app-error.ts';
import type { Handle } from '#platform/db/index.ts';
import type { JobQueue, JobWithLogs, Lane, NewJob } from './jobs.port.ts';

/** What a driver's tests hand to the suite: queues on one and the same empty store. */
export type JobsBench = Readonly<{
  /** Gives the queues that are opened from now on a connection of their own. */
  connect(): Promise<void>;
  /** Another queue, as another process or thread would have it. */
  open(options?: { runs?: (lane: Lane) => boolean }): JobQueue;
  transaction<T>(work: (handle: Handle) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}>;

/** The pause that a driver under test makes between attempts. */
export const TEST_RETRY_MS = 20;

/** Something that a test holds shut until it has looked. */
export const gate = (): { readonly opened: Promise<void>; open(): void } => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
};

export const within = (ms = 8_000): AbortSignal => AbortSignal.timeout(ms);
export const hasCode = (code: AppErrorCode) => (error: unknown) => isAppError(error, code);
export const job = (more: Partial<NewJob> = {}): NewJob => ({ name: 'test:job', lane: 'schedule', ...more });

export type Desk = {
  bench: JobsBench;
  queue: JobQueue;
  open(options?: { runs?: (lane: Lane) => boolean }): JobQueue;
  run(more?: Partial<NewJob>): Promise<JobWithLogs>;
};

/** A queue for each test of the calling block, with everything that it opens closed at its end. */
export function useDesk(openBench: () => Promise<JobsBench>): Desk {
  const opened: JobQueue[] = [];
  const desk = {
    open: (options) => {
      const made = desk.bench.open(options);
      opened.push(made);
      return made;
    },
    run: async (more) => desk.queue.settled((await desk.queue.enqueue(job(more))).id, within()),
  } as Desk;
  beforeEach(async () => {
    desk.bench = await openBench();
    desk.queue = desk.open();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.stop(200)));
    await desk.bench.close();
  });
  return desk;
}
