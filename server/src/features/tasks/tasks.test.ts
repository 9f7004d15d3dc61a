import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, jobActor } from '#core/access/index.ts';
import { type Connections, createConnections } from '#core/connections/index.ts';
import { createFakeDriver, fakeUser } from '#core/connections/media-server-driver.fake.ts';
import { createPeople, MAIN_PERSON, type People, type Person } from '#core/people/index.ts';
import { createSettings, type Settings } from '#core/settings/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { type JobId, jobId } from '#kernel/ids.ts';
import { hours, minutes, seconds } from '#kernel/instant.ts';
import { createJobs, createSchedules, type JobQueue, type Schedules } from '#platform/jobs/index.ts';
import { createSecrets } from '#platform/secrets/index.ts';
import { openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { HOUSE_TASKS } from './house-tasks.ts';
import { createJobDesk, type JobDesk } from './job-desk.ts';
import type { TaskDefinition, TaskRequest } from './task-definition.ts';
import { taskSettings } from './task-settings.ts';
import { createTasks, type Tasks } from './tasks.ts';

const owner = jobActor('owner');
const URL = 'http://attic.test';

let now: number;
const clock = { now: () => now };
let folder: string;
let test: TestDatabase;
let people: People;
let alice: Person;
let connections: Connections;
let settings: Settings;
let jobs: JobQueue;
let schedules: Schedules;
let tasks: Tasks;
let desk: JobDesk;
let ran: TaskRequest[];
let work: (request: TaskRequest) => Promise<void>;

const definitions: readonly TaskDefinition[] = Object.values(HOUSE_TASKS).map((spec) => ({
  ...spec,
  async run(request) {
    ran.push(request);
    await work(request);
    return { of: spec.name };
  },
}));

const bound = (person: Person): Actor => ({
  kind: 'api-key',
  id: '9',
  name: 'her key',
  role: 'person',
  personId: person.id,
  scopes: ['read', 'sync', 'write'],
});
const faultOf = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'nothing was thrown',
    (error: unknown) => (isAppError(error) ? [error.code, error.faults[0]?.field] : error),
  );
const addAccount = (name: string, more: object = {}) =>
  connections.create({ personId: MAIN_PERSON, name, type: 'jellyfin', url: URL, token: 't', user: 'u1', importEnabled: true, ...more });
const ended = (id: string) => jobs.settled(jobId(id), AbortSignal.timeout(5_000));
const jobsNamed = async () => (await jobs.list({ name: 'system:task' }, 1, 100)).jobs;

beforeEach(async () => {
  now = Date.parse('2026-01-10T05:30:00Z');
  ran = [];
  work = async () => undefined;
  folder = mkdtempSync(join(tmpdir(), 'usherr-tasks-'));
  test = await openTestDatabase('sqlite');
  const { database } = test;
  const secrets = createSecrets({ dataDir: folder, secret: 'a secret of this test' });
  const driver = createFakeDriver('jellyfin');
  driver.hosts.set(URL, {
    uuid: 'a',
    name: 'Attic',
    version: '10.11.0',
    token: 't',
    users: [fakeUser('u1', 'One'), fakeUser('u2', 'Two')],
  });
  people = createPeople({ database, clock });
  alice = await people.create('alice');
  connections = createConnections({ database, clock, secrets, drivers: { jellyfin: driver } });
  settings = createSettings({ database, clock, secrets, definitions: taskSettings() });
  jobs = createJobs({ db: database, clock, pollMs: 20 });
  schedules = createSchedules({ db: database, jobs, clock, timeZone: 'UTC' });
  const isInUse = async () => (await connections.list()).length > 0;
  tasks = createTasks({ jobs, schedules, settings, people, connections, definitions, isInUse });
  desk = createJobDesk({ jobs, tasks, clock });
  tasks.registerJobs();
  await tasks.start();
});
afterEach(async () => {
  await schedules.stop();
  await jobs.stop(1_000);
  await test.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('tasks', () => {
  it('show when they run, and nothing is next for one that is off', async () => {
    expect(await tasks.get('import')).toMatchObject({
      cron: '0 */1 * * *',
      enabled: true,
      nextRun: Date.parse('2026-01-10T06:00:00Z'),
      previousRun: Date.parse('2026-01-10T05:00:00Z'),
    });
    expect(await tasks.get('validate')).toMatchObject({ enabled: false, nextRun: undefined });
    expect((await tasks.list()).filter((task) => task.hidden).map((task) => task.name)).toEqual(['prune', 'trackers', 'dispatch']);
    expect((await tasks.get('index')).name).toBe('indexes');
    expect(await faultOf(tasks.get('nonsense'))).toEqual(['not-found', undefined]);
    expect(await faultOf(tasks.get('__proto__'))).toEqual(['not-found', undefined]);
  });

  it('run once when asked for, and are queued meanwhile', async () => {
    const { id, payload } = await tasks.queue('import', owner);
    expect(payload).toEqual({ name: 'import', args: [] });
    expect(await tasks.queued(owner)).toEqual(['import']);
    expect(await faultOf(tasks.queue('import', owner))).toEqual(['conflict', undefined]);
    await jobs.start();
    expect(await ended(id)).toMatchObject({ status: 'completed', result: { of: 'import' } });
    expect(ran.map((one) => [one.person, one.backend, one.jobId])).toEqual([[undefined, undefined, id]]);
    expect(await tasks.queued(owner)).toEqual([]);
  });

  it('can be taken back while they wait, and not while they run', async () => {
    expect(await tasks.dequeue('import', owner)).toBe('not-queued');
    const { id } = await tasks.queue('import', owner);
    expect(await tasks.dequeue('import', owner)).toBe('cancelled');
    expect((await jobs.get(id)).status).toBe('cancelled');
    const { promise, resolve } = Promise.withResolvers<void>();
    work = () => promise;
    const running = await tasks.queue('import', owner);
    await jobs.start();
    await expect.poll(() => ran.length).toBe(1);
    expect(await tasks.dequeue('import', owner)).toBe('running');
    expect(await faultOf(tasks.queue('import', owner))).toEqual(['conflict', undefined]);
    resolve();
    expect((await ended(running.id)).status).toBe('completed');
  });

  it('are the fault of whatever failed, with its words in the log', async () => {
    work = async () => {
      throw new AppError('upstream-timeout', 'attic brought nothing for 120 s.');
    };
    const { id } = await tasks.queue('import', owner);
    await jobs.start();
    const job = await ended(id);
    expect([job.status, job.error?.code, job.logs.at(-1)?.text]).toEqual([
      'failed',
      'upstream-timeout',
      'attic brought nothing for 120 s.',
    ]);
  });

  it('run again at the next start when a crash has interrupted them', async () => {
    const interrupted = createJobs({ db: test.database, clock, pollMs: 20, instance: 'another' });
    interrupted.handle('system:task', () => new Promise(() => undefined));
    const { id } = await tasks.queue('import', owner);
    await interrupted.start();
    await expect.poll(async () => (await jobs.get(id)).status).toBe('running');
    await interrupted.stop(10);
    await jobs.start();
    expect((await ended(id)).status).toBe('completed');
    expect(ran).toHaveLength(1);
  });

  it('are done for one person and backend, and for several backends one by one', async () => {
    await addAccount('attic', { personId: alice.id });
    await addAccount('barn', { personId: alice.id, user: 'u2' });
    const queue = async (data: object) => (await desk.queue({ name: 'system:task', data: { name: 'import', ...data } }, owner)).id;
    const ids = [
      await queue({ identity: 'alice', backend: 'barn' }),
      await queue({ args: ['-u', 'alice', '-s', 'attic', '-s', 'barn'] }),
      await queue({ args: ['-e', 'attic', '-f', '--sync-requests'], identity: 'alice' }),
    ];
    await jobs.start();
    for (const id of ids) expect((await ended(id)).status).toBe('completed');
    expect(ran.map((one) => [one.person, one.backend, [...one.flags]])).toEqual([
      [alice.id, 'barn', []],
      [alice.id, 'attic', []],
      [alice.id, 'barn', []],
      [alice.id, 'barn', ['force-full']],
    ]);
    expect((await jobs.get(ids[2] as JobId)).logs[0]?.text).toContain('--sync-requests');
  });

  it('go on with the other backends when one fails, and fail in the end', async () => {
    await addAccount('attic');
    await addAccount('barn', { user: 'u2' });
    work = async ({ backend }) => {
      if (backend === 'attic') throw new AppError('upstream-unreachable', 'attic does not answer.');
    };
    const { id } = await desk.queue({ name: 'system:task', data: { name: 'import', args: ['-s', 'attic,barn'] } }, owner);
    await jobs.start();
    const job = await ended(id);
    expect([job.status, job.error?.message]).toEqual(['failed', 'attic does not answer.']);
    expect(ran.map((one) => one.backend)).toEqual(['attic', 'barn']);
  });

  it.each([
    [{}, 'name'],
    [{ name: 5 }, 'name'],
    [{ name: 'nonsense' }, 'name'],
    [{ name: 'import', identity: 'nobody' }, 'identity'],
    [{ name: 'import', backend: 'nothing' }, 'backend'],
    [{ name: 'import', args: { f: true } }, 'args'],
    [{ name: 'import', args: ['-s', 'nothing'] }, 'args'],
    [{ name: 'import', args: ['--metadata-only'] }, 'args'],
    [{ name: 'import', args: ['-u', 'alice'], identity: 'main' }, 'args'],
    [{ name: 'prune', identity: 'alice' }, 'identity'],
  ])('refuse %j and name the member', async (data, field) => {
    expect(await faultOf(desk.queue({ name: 'system:task', data }, owner))).toEqual(['invalid', field]);
    expect(await jobsNamed()).toEqual([]);
  });

  it('keep apart what was told something from what was not', async () => {
    const { id } = await desk.queue({ name: 'system:task', data: { name: 'backup', args: ['--dry-run'] }, delay: seconds(60) }, owner);
    const again = await desk.queue({ name: 'system:task', data: { name: 'backup' } }, owner);
    expect(again.id).not.toBe(id);
    expect((await jobs.get(id)).payload).toEqual({ name: 'backup', args: ['--dry-run'] });
  });
});

describe('the clock', () => {
  it('asks no backend for anything before there is one, and for both runs once there is', async () => {
    await schedules.start();
    now += hours(2);
    await schedules.stop();
    await schedules.start();
    expect(await jobsNamed()).toEqual([]);
    await addAccount('attic', { exportEnabled: true, consent: 'given' });
    now += hours(2);
    await schedules.stop();
    await schedules.start();
    expect((await jobsNamed()).map((job) => job.payload.name).sort()).toEqual([
      'dispatch',
      'export',
      'import',
      'metadata',
      'prune',
      'trackers',
    ]);
  });

  it('follows the settings, and a bad expression is refused before it is stored', async () => {
    expect(await tasks.change('import', { cron: '15 4 * * *', args: ['-f'] }, owner)).toMatchObject({
      cron: '15 4 * * *',
      args: ['-f'],
      nextRun: Date.parse('2026-01-11T04:15:00Z'),
    });
    expect(await faultOf(tasks.change('import', { cron: '99 4 * * *' }, owner))).toEqual(['invalid', 'cron']);
    await expect(settings.set('tasks.import.cron', '99 4 * * *', { actor: owner })).rejects.toThrow('must be a cron expression');
    expect((await tasks.get('import')).cron).toBe('15 4 * * *');
    expect(await tasks.change('import', { enabled: false }, owner)).toMatchObject({ enabled: false, nextRun: undefined });
    expect(await faultOf(tasks.change('prune', { enabled: false }, owner))).toEqual(['forbidden', undefined]);
    expect(await faultOf(tasks.change('import', { enabled: true }, bound(alice)))).toEqual(['forbidden', undefined]);
    expect((await tasks.queue('import', owner)).payload).toEqual({ name: 'import', args: ['-f'] });
  });

  it('keeps only the last good run of a hidden task', async () => {
    await jobs.start();
    for (let round = 0; round < 3; round += 1) {
      now += minutes(5);
      expect((await ended((await tasks.queue('prune', owner)).id)).status).toBe('completed');
    }
    expect(await jobsNamed()).toHaveLength(1);
  });
});

describe('the desk', () => {
  it('lets somebody who acts for one person ask for that person alone, and see no more', async () => {
    const hers = await tasks.queue('import', bound(alice));
    expect(hers.payload).toEqual({ name: 'import', args: [], identity: 'alice' });
    const all = await tasks.queue('import', owner);
    expect(await faultOf(tasks.queue('import', bound(alice)))).toEqual(['conflict', undefined]);
    expect(await faultOf(tasks.queue('prune', bound(alice)))).toEqual(['forbidden', undefined]);
    expect(await faultOf(desk.queue({ name: 'system:task', data: { name: 'import', identity: 'main' } }, bound(alice)))).toEqual([
      'forbidden',
      undefined,
    ]);
    const page = { page: 1, perPage: 10 };
    expect((await desk.list({}, page, bound(alice))).jobs.map((job) => job.id)).toEqual([hers.id]);
    expect((await desk.list({}, page, owner)).total).toBe(2);
    expect(await faultOf(desk.get(all.id, bound(alice)))).toEqual(['not-found', undefined]);
    expect(await faultOf(desk.remove(all.id, bound(alice)))).toEqual(['not-found', undefined]);
    expect(await faultOf(desk.clear(bound(alice)))).toEqual(['forbidden', undefined]);
    expect(await tasks.queued(bound(alice))).toEqual(['import']);
    expect(await tasks.dequeue('import', bound(alice))).toBe('cancelled');
    expect((await jobs.get(all.id)).status).toBe('pending');
  });

  it('gives a changed run the reference of what it has become', async () => {
    const { id } = await desk.queue({ name: 'system:task', data: { name: 'import' }, delay: hours(1) }, owner);
    const changed = await desk.change(id, { data: { name: 'backup', args: ['-k'] } }, owner);
    expect([changed.payload, changed.reference]).toEqual([{ name: 'backup', args: ['-k'] }, 'task:backup#-k']);
    expect((await tasks.queue('import', owner)).id).not.toBe(id);
    expect(await faultOf(desk.change(id, { data: { name: 'import' } }, owner))).toEqual(['conflict', undefined]);
    expect(await faultOf(desk.change(id, { name: 'on_dream' }, owner))).toEqual(['invalid', 'job']);
    expect(await faultOf(desk.change(id, { data: {} }, owner))).toEqual(['invalid', 'name']);
  });

  it('clears what has ended and leaves what waits', async () => {
    const { id } = await desk.queue({ name: 'system:task', data: { name: 'import' }, delay: hours(1) }, owner);
    await tasks.queue('backup', owner);
    await tasks.dequeue('backup', owner);
    expect(await desk.clear(owner)).toBe(1);
    expect((await jobsNamed()).map((job) => job.id)).toEqual([id]);
  });

  it.each(['', 'x\u0000y', '../1', 'nope'])('knows no job %j', async (id) => {
    expect(await faultOf(desk.get(id, owner))).toEqual(['not-found', undefined]);
  });
});
