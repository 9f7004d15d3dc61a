import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minutes, systemClock } from '#kernel/instant.ts';
import { type Database, openDatabase } from '#platform/db/index.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { createJobs, type JobsDeps } from './embedded-jobs.ts';
import { createJobWorkStore } from './job-work.store.ts';
import { describeJobsContract, TEST_RETRY_MS } from './jobs.contract.ts';
import type { JobQueue } from './jobs.port.ts';
import { jobMigrations } from './jobs.schema.store.ts';

const INSTANCE = 'one-process';

for (const kind of DATABASES) {
  describeJobsContract(kind, async () => {
    const { database, file, url, close } = await openTestDatabase(kind, jobMigrations);
    const others: Database[] = [];
    return {
      // The second and later ones have connections of their own, as worker threads have.
      connect: async () => {
        others.push(await openDatabase({ file, ...(url !== undefined && { url }) }));
      },
      open: (options) => {
        const db = others.at(-1) ?? database;
        return createJobs({ db, clock: systemClock, instance: INSTANCE, pollMs: 50, retryDelay: () => TEST_RETRY_MS, ...options });
      },
      transaction: (work) => database.transaction(work),
      close: async () => {
        for (const other of others) await other.close();
        await close();
      },
    };
  });
}

/** The number of a process that has ended. */
const endedProcess = (): number => spawnSync(process.execPath, ['--version']).pid;

describe.each(DATABASES)('a crash with jobs on %s', (kind) => {
  let opened: TestDatabase;
  const queues: JobQueue[] = [];
  beforeEach(async () => {
    opened = await openTestDatabase(kind, jobMigrations);
  });
  afterEach(async () => {
    await Promise.all(queues.splice(0).map((queue) => queue.stop(200)));
    await opened.close();
  });

  const open = (more: Partial<JobsDeps> = {}): JobQueue => {
    const queue = createJobs({ db: opened.database, clock: systemClock, instance: INSTANCE, pollMs: 50, ...more });
    queue.handle('test:job', async (given) => given.attempts);
    queues.push(queue);
    return queue;
  };

  /** As a process leaves it that was killed while it ran the job. */
  const leaveRunning = async (owner: string, heartbeatAt: number, times = 1) => {
    const { id } = await open().enqueue({ name: 'test:job', lane: 'schedule' });
    const store = createJobWorkStore(opened.database);
    for (let n = 0; n < times; n += 1) {
      const row = await store.claim('schedule', owner, heartbeatAt + 1e9);
      if (!row) throw new Error('the job was not claimed');
      await store.heartbeat(owner, [row.seq], heartbeatAt);
      if (n < times - 1) for (const job of await store.listRunning()) await store.recover(job, heartbeatAt);
    }
    return id;
  };
  const settled = (queue: JobQueue, id: Awaited<ReturnType<typeof leaveRunning>>) => queue.settled(id, AbortSignal.timeout(5_000));

  it('starts the interrupted job again at once, its attempts kept', async () => {
    const id = await leaveRunning(`${hostname()} ${endedProcess()} before x`, Date.now());
    const queue = open();
    await queue.start();
    expect(await settled(queue, id)).toMatchObject({ status: 'completed', attempts: 2, result: 2 });
  });

  it('knows a process before it that had its own number, as in a container', async () => {
    const id = await leaveRunning(`${hostname()} ${process.pid} before x`, Date.now());
    const queue = open();
    await queue.start();
    expect(await settled(queue, id)).toMatchObject({ status: 'completed' });
  });

  it.each([
    ['another machine', 'elsewhere 1 other x'],
    ['a thread of this process', `${hostname()} ${process.pid} ${INSTANCE} x`],
    ['a living process of this machine', `${hostname()} ${process.ppid} other x`],
  ])('leaves alone what %s runs, until it has been silent for a minute', async (_where, owner) => {
    const id = await leaveRunning(owner, Date.now());
    const now = Date.now();
    const queue = open();
    await queue.start();
    expect(await queue.get(id)).toMatchObject({ status: 'running' });
    await queue.stop(100);
    const later = open({ clock: { now: () => now + minutes(2) } });
    await later.start();
    expect(await settled(later, id)).toMatchObject({ status: 'completed' });
  });

  it('gives a job up that has taken its process down again and again', async () => {
    const id = await leaveRunning(`${hostname()} ${endedProcess()} before x`, Date.now(), 21);
    const queue = open();
    await queue.start();
    expect(await settled(queue, id)).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('21 times') } });
  });

  it('drops the interrupted job where a newer one does the same work', async () => {
    const store = createJobWorkStore(opened.database);
    const queue = open();
    const older = await queue.enqueue({ name: 'test:job', lane: 'schedule', reference: 'r' });
    await store.claim('schedule', `${hostname()} ${endedProcess()} before x`, Date.now());
    const newer = await queue.enqueue({ name: 'test:job', lane: 'schedule', reference: 'r' });
    await queue.start();
    expect(await settled(queue, newer.id)).toMatchObject({ status: 'completed' });
    expect(await queue.get(older.id)).toMatchObject({ status: 'cancelled' });
  });

  it('ends a run whose job another process has taken over', async () => {
    let signal: AbortSignal | undefined;
    const queue = open();
    queue.handle('long', async (_job, context) => {
      signal = context.signal;
      await new Promise((_resolve, reject) => context.signal.addEventListener('abort', () => reject(context.signal.reason)));
    });
    await queue.start();
    const { id } = await queue.enqueue({ name: 'long', lane: 'bulk' });
    await expect.poll(() => signal, { timeout: 20_000 }).toBeDefined();
    const store = createJobWorkStore(opened.database);
    for (const job of await store.listRunning()) await store.recover(job, Date.now() + minutes(10));
    await expect.poll(() => signal?.aborted, { timeout: 20_000 }).toBe(true);
    expect(await queue.get(id)).toMatchObject({ status: 'pending' });
  });
});
