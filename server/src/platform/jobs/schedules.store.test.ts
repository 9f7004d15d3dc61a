import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { days, hours, minutes } from '#kernel/instant.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { createJobs } from './embedded-jobs.ts';
import type { JobQueue } from './jobs.port.ts';
import { jobMigrations } from './jobs.schema.store.ts';
import { createSchedules, type ScheduledTask, type Schedules } from './schedules.ts';

const HOURLY: ScheduledTask = { id: 'import', cron: '0 * * * *', enabled: true, job: { name: 'system:task', lane: 'schedule' } };

describe.each(DATABASES)('schedules on %s', (kind) => {
  let opened: TestDatabase;
  let now: number;
  let jobs: JobQueue;
  const made: Schedules[] = [];
  const clock = { now: () => now };

  beforeEach(async () => {
    now = Date.parse('2026-01-10T05:30:00Z');
    opened = await openTestDatabase(kind, jobMigrations);
    jobs = createJobs({ db: opened.database, clock });
  });
  afterEach(async () => {
    for (const schedules of made.splice(0)) await schedules.stop();
    await opened.close();
  });

  /** A process that starts now, and ends at once or with the test. */
  const startUp = async (task: ScheduledTask = HOURLY): Promise<Schedules> => {
    const schedules = createSchedules({ db: opened.database, jobs, clock, timeZone: 'UTC' });
    made.push(schedules);
    await schedules.set(task);
    await schedules.start();
    return schedules;
  };
  const enqueued = async (): Promise<number> => (await jobs.list({ reference: 'schedule:import' }, 1, 10)).total;
  /** Ends what waits, so that the next run is a job of its own. */
  const clear = async (): Promise<void> => {
    for (const job of (await jobs.list({ statuses: ['pending'] }, 1, 10)).jobs) await jobs.cancel(job.id);
  };

  it('run nothing when they are first seen', async () => {
    await startUp();
    expect(await enqueued()).toBe(0);
  });

  it('run at their time while the process is up', async () => {
    now = Date.parse('2026-01-10T05:59:58.500Z');
    const began = Date.now();
    const moving = { now: () => now + (Date.now() - began) };
    const schedules = createSchedules({ db: opened.database, jobs, clock: moving, timeZone: 'UTC' });
    made.push(schedules);
    await schedules.set(HOURLY);
    await schedules.start();
    expect(await enqueued()).toBe(0);
    await expect.poll(enqueued, { timeout: 20_000 }).toBe(1);
  });

  it('run once at the start for all that was missed', async () => {
    await (await startUp()).stop();
    now += hours(7);
    await (await startUp()).stop();
    expect(await enqueued()).toBe(1);
    await clear();
    await startUp();
    expect(await enqueued()).toBe(1);
  });

  it('never run twice for the same minute, not even after a restart within it', async () => {
    await (await startUp()).stop();
    now = Date.parse('2026-01-10T06:00:00.010Z');
    await (await startUp()).stop();
    await clear();
    now = Date.parse('2026-01-10T06:00:40Z');
    await (await startUp()).stop();
    expect(await enqueued()).toBe(1);
    now = Date.parse('2026-01-10T07:00:00Z');
    await startUp();
    expect(await enqueued()).toBe(2);
  });

  it('run once where two processes are up', async () => {
    await (await startUp()).stop();
    now += hours(1);
    await Promise.all([startUp(), startUp(), startUp()]);
    expect(await enqueued()).toBe(1);
  });

  it('do not run while they are off, nor make it up when they are on again', async () => {
    const schedules = await startUp({ ...HOURLY, enabled: false });
    now += hours(3);
    await (await startUp({ ...HOURLY, enabled: false })).stop();
    expect(await enqueued()).toBe(0);
    await schedules.set(HOURLY);
    await schedules.stop();
    await startUp();
    expect(await enqueued()).toBe(0);
    now += hours(1);
    await startUp();
    expect(await enqueued()).toBe(1);
  });

  it('pass a time over where the task is not ready', async () => {
    let ready = false;
    const task = { ...HOURLY, ready: async () => ready };
    await (await startUp(task)).stop();
    now += hours(1);
    await (await startUp(task)).stop();
    ready = true;
    await (await startUp(task)).stop();
    expect(await enqueued()).toBe(0);
    now += hours(1);
    await startUp(task);
    expect(await enqueued()).toBe(1);
  });

  it('go on after a clock that was ahead', async () => {
    now += days(400);
    await (await startUp()).stop();
    now -= days(400);
    await (await startUp()).stop();
    now += hours(1);
    await startUp();
    expect(await enqueued()).toBe(1);
  });

  it('tell the next and the previous time', async () => {
    const schedules = await startUp();
    expect(schedules.list()).toEqual([
      { id: 'import', cron: '0 * * * *', enabled: true, next: now + minutes(30), previous: now - minutes(30) },
    ]);
    expect(schedules.get('import').next).toBe(now + minutes(30));
    expect(() => schedules.get('export')).toThrow('export');
  });

  it('refuse an expression that is none, and keep the former', async () => {
    const schedules = await startUp();
    await expect(schedules.set({ ...HOURLY, cron: 'often' })).rejects.toSatisfy((error) => isAppError(error, 'invalid'));
    expect(schedules.get('import').cron).toBe('0 * * * *');
  });
});
