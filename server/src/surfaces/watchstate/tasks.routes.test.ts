import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, eventually, type Household, startHousehold } from '#tests/support/household.ts';

type Event = Readonly<{
  id: string;
  event: string;
  status: number;
  status_name: string;
  event_data: Record<string, unknown>;
  logs: string[];
}>;
type Failure = Readonly<{ error: { code: number; message: string; fields?: { field: string }[] } }>;

const HOUR = 3_600;
/** A clock that stands still asks for nothing by itself. */
const NOW = Date.parse('2026-03-28T12:10:00Z');

let house: Household;
beforeAll(async () => {
  house = await startHousehold({ servers: ['jellyfin'], clock: { now: () => NOW } });
}, 30_000);
afterAll(() => house.close());

const call = async <Body>(method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }> => {
  const reply = await house.send(method, `/v1/api${path}`, body);
  return { status: reply.status, body: reply.body as Body };
};
const fieldsOf = ({ status, body }: { status: number; body: Failure }) => [status, body.error.fields?.map((fault) => fault.field)];
const queue = (body: object) => call<Event & Failure>('POST', '/system/events', body);
const later = async (name: string, more: object = {}) =>
  (await queue({ event: 'system:task', event_data: { name }, DELAY_BY: HOUR, ...more })).body.id;
const ended = async (id: string): Promise<Event> => {
  await eventually(async () => expect((await call<Event>('GET', `/system/events/${id}`)).body.status).toBeGreaterThan(1));
  return (await call<Event>('GET', `/system/events/${id}`)).body;
};

describe('tasks', () => {
  it('are listed without the hidden ones, each with its times', async () => {
    const { status, body } = await call<{ tasks: { name: string }[]; queued: string[] }>('GET', '/tasks');
    expect([status, body.queued]).toEqual([200, []]);
    expect(body.tasks.map((task) => task.name)).toEqual(['import', 'export', 'backup', 'metadata', 'indexes', 'validate']);
    expect(body.tasks[0]).toEqual({
      name: 'import',
      description: expect.any(String),
      enabled: true,
      timer: '0 */1 * * *',
      next_run: '2026-03-28T13:00:00+00:00',
      prev_run: '2026-03-28T12:00:00+00:00',
      command: 'state:import',
      args: [],
      hide: false,
      allow_disable: true,
      queued: false,
    });
    expect((await call('GET', '/tasks/prune')).body).toMatchObject({ name: 'prune', hide: true, allow_disable: false });
    expect((await call('GET', '/tasks/validate')).body).toMatchObject({ enabled: false, next_run: null });
  });

  it('are not run with a flag that is none, whichever way it comes', async () => {
    const asked = await queue({ event: 'system:task', event_data: { name: 'import', args: ['--force-full', '--no-such-flag'] } });
    expect(fieldsOf(asked)).toEqual([400, ['event_data.args']]);
    expect(asked.body.error.message).toContain('--no-such-flag');
    const key = '/system/env/WS_CRON_IMPORT_ARGS';
    expect(fieldsOf(await call<Failure>('POST', key, { value: '-v --no-such-flag' }))).toEqual([400, ['value']]);
    const setting = await house.send('PUT', '/api/v1/settings/tasks.import.args', { value: ['--dryrun'] });
    expect(fieldsOf({ ...setting, body: setting.body as Failure })).toEqual([400, ['tasks.import.args']]);
    expect((await call('POST', key, { value: '-v --timeout 300 --sync-requests --show-messages --logfile=x' })).status).toBe(200);
    expect((await call('POST', '/tasks/import/queue')).status).toBe(202);
    await eventually(async () => expect((await call<{ queued: string[] }>('GET', '/tasks')).body.queued).toEqual([]));
    expect((await call('DELETE', key)).status).toBe(200);
  });

  it.each([
    ['GET', '/tasks/nonsense'],
    ['GET', '/tasks/nonsense/queue'],
    ['POST', '/tasks/nonsense/queue'],
    ['DELETE', '/tasks/nonsense/queue'],
    ['POST', '/tasks/x%00y/queue'],
    ['DELETE', '/tasks/import/queue'],
  ])('%s %s is 404', async (method, path) => {
    expect(await call(method, path)).toMatchObject({ status: 404, body: { error: { code: 404 } } });
  });

  it('are queued once, and taken back', async () => {
    const id = await later('import');
    expect((await call('GET', '/tasks/import/queue')).body).toEqual({ task: 'import', is_queued: true });
    expect((await call('GET', '/tasks')).body).toMatchObject({ queued: ['import'] });
    expect((await call('GET', '/tasks/import')).body).toMatchObject({ queued: true });
    expect(await call('POST', '/tasks/import/queue')).toMatchObject({ status: 409, body: { error: { code: 409 } } });
    expect(await call('DELETE', '/tasks/import/queue')).toEqual({ status: 200, body: '' });
    expect((await call('GET', '/tasks/import/queue')).body).toEqual({ task: 'import', is_queued: false });
    expect((await call('GET', `/system/events/${id}`)).body).toMatchObject({ status: 4, status_name: 'Cancelled' });
  });

  it('run when they are queued, and end Completed', async () => {
    const { status, body } = await call<Event>('POST', '/tasks/indexes/queue');
    expect(status).toBe(202);
    expect(body).toMatchObject({
      event: 'system:task',
      status: 0,
      event_data: { name: 'indexes', args: [] },
      reference: 'task:indexes',
      attempts: 0,
    });
    expect(await ended(body.id)).toMatchObject({ status: 2, status_name: 'Completed', attempts: 1 });
  });

  it('prune and dispatch run with the real rooms', async () => {
    for (const name of ['prune', 'dispatch', 'backup', 'validate', 'import', 'export']) {
      const { body } = await call<Event>('POST', `/tasks/${name}/queue`);
      expect([name, (await ended(body.id)).status]).toEqual([name, 2]);
    }
  });
});

describe('events', () => {
  it('take a wish with its delay, and show it', async () => {
    const { status, body } = await queue({ event: 'system:task', event_data: { name: 'index' }, DELAY_BY: 30 });
    expect([status, body]).toEqual([
      202,
      expect.objectContaining({
        info: { code: 202, message: "Event 'system:task' was queued." },
        event: 'system:task',
        status: 0,
        status_name: 'Pending',
        options: { DELAY_BY: 30 },
      }),
    ]);
    expect((await call('GET', `/system/events/${body.id}`)).body).toEqual({
      id: body.id,
      event: 'system:task',
      status: 0,
      status_name: 'Pending',
      event_data: { name: 'indexes', args: [] },
      options: { DELAY_BY: 30 },
      attempts: 0,
      logs: [],
      reference: 'task:indexes',
      created_at: '2026-03-28T12:10:00+00:00',
      updated_at: '2026-03-28T12:10:00+00:00',
      progress: null,
      result: null,
      error: null,
    });
    await call('DELETE', `/system/events/${body.id}`);
  });

  it.each([
    [{}, 'event'],
    [{ event: '' }, 'event'],
    [{ event: 7 }, 'event'],
    [{ event: 'on_dream' }, 'event'],
    [{ event: 'toString' }, 'event'],
    [{ event: 'system:task' }, 'event_data.name'],
    [{ event: 'system:task', event_data: null }, 'event_data.name'],
    [{ event: 'system:task', event_data: { name: 'nonsense' } }, 'event_data.name'],
    [{ event: 'system:task', event_data: { name: 'import', identity: 'nobody' } }, 'event_data.identity'],
    [{ event: 'system:task', event_data: { name: 'import', backend: 'nothing' } }, 'event_data.backend'],
    [{ event: 'system:task', event_data: { name: 'import', args: [1] } }, 'event_data.args'],
    [{ event: 'system:task', event_data: { name: 'import' }, DELAY_BY: -1 }, 'DELAY_BY'],
    [{ event: 'system:task', event_data: { name: 'import' }, DELAY_BY: 1e12 }, 'DELAY_BY'],
  ])('refuse %j', async (body, field) => {
    expect(fieldsOf(await queue(body))).toEqual([400, [field]]);
  });

  it('are paged, filtered and counted', async () => {
    const ids = [await later('import'), await later('export'), await later('backup')];
    const { body } = await call<{ items: Event[]; paging: object; statuses: object[] }>('GET', '/system/events?perpage=2&filter=SYSTEM:T');
    expect(body.items.map((item) => item.id)).toEqual([ids[2], ids[1]]);
    expect(body.items[0]).not.toHaveProperty('logs');
    expect(body.paging).toMatchObject({ page: 1, perpage: 2, next: 2, previous: null });
    expect(body.statuses).toContainEqual({ id: 3, name: 'Failed' });
    const second = await call<{ items: Event[]; paging: object }>('GET', '/system/events?perpage=2&page=2');
    expect([second.body.items[0]?.id, second.body.paging]).toEqual([ids[0], expect.objectContaining({ page: 2, previous: 1 })]);
    expect((await call('GET', '/system/events?filter=nothing')).body).toMatchObject({ items: [], paging: { total: 0, next: null } });
    expect((await call('GET', '/system/events/stats?only=Pending,failed')).body).toEqual({ pending: 3, failed: 0 });
    expect(Object.keys((await call<object>('GET', '/system/events/stats')).body).sort()).toEqual([
      'cancelled',
      'completed',
      'failed',
      'pending',
      'running',
    ]);
    expect(await call('DELETE', '/system/events')).toEqual({ status: 200, body: '' });
    expect((await call('GET', '/system/events')).body).toMatchObject({ paging: { total: 3 } });
    for (const id of ids) await call('DELETE', `/system/events/${id}`);
  });

  it.each([
    ['GET', '/system/events?page=0', '?page'],
    ['GET', '/system/events?perpage=x', '?perpage'],
    ['GET', '/system/events?filter=%00', '?filter'],
    ['GET', '/system/events/stats?only=asleep', '?only'],
  ])('%s %s is 400 and names what is wrong', async (method, path, field) => {
    expect(fieldsOf(await call<Failure>(method, path))).toEqual([400, [field]]);
  });

  it('can be changed and run again', async () => {
    const id = await later('import');
    const patch = (body: object) => call<Event & Failure>('PATCH', `/system/events/${id}`, body);
    expect((await patch({ event_data: { name: 'indexes' } })).body).toMatchObject({
      info: { code: 200, message: 'Updated' },
      status_name: 'Pending',
      event_data: { name: 'indexes', args: [] },
    });
    expect((await patch({ status: 3 })).body).toMatchObject({ status: 3, status_name: 'Failed' });
    expect((await patch({ status: 0, reset_logs: true })).status).toBe(200);
    expect(await ended(id)).toMatchObject({ status: 2, event_data: { name: 'indexes' } });
    for (const [body, field] of [
      [{ status: 1 }, 'status'],
      [{ status: 9 }, 'status'],
      [{ status: 'x' }, 'status'],
      [{ event: 'on_dream' }, 'event'],
      [{ event_data: { name: 'nonsense' } }, 'event_data.name'],
    ] as const)
      expect(fieldsOf(await patch(body))).toEqual([400, [field]]);
    expect((await call('DELETE', `/system/events/${id}`)).body).toMatchObject({ id, event: 'system:task', status_name: 'Completed' });
  });

  it('run again only for who may ask for runs', async () => {
    const id = await later('indexes');
    const owner = (await house.rooms.access.authenticate({ credential: API_KEY, surface: 'watchstate' }))?.actor ?? expect.fail();
    const { key } = await house.rooms.access.keys.create({ name: 'writes', role: 'admin', scopes: ['read', 'write'] }, owner);
    expect((await house.send('PATCH', `/v1/api/system/events/${id}`, { status: 0 }, { 'x-apikey': key })).status).toBe(403);
    await call('DELETE', `/system/events/${id}`);
  });

  it('tell that a waiting one was cancelled by its deletion, and are then gone', async () => {
    const id = await later('import');
    expect((await call('DELETE', `/system/events/${id}`)).body).toMatchObject({ id, status_name: 'Cancelled' });
    for (const method of ['GET', 'DELETE']) expect((await call(method, `/system/events/${id}`)).status).toBe(404);
    expect((await call('PATCH', `/system/events/${id}`, { status: 0 })).status).toBe(404);
    expect((await call('GET', '/system/events/x%00y')).status).toBe(404);
  });

  it('are counted for a person as they are listed: theirs alone', async () => {
    await house.send('POST', '/api/v1/people', { name: 'kim' });
    const { body } = await house.send('POST', '/api/v1/keys', { name: 'kim', role: 'person', person: 'kim' });
    const hers = { 'x-apikey': (body as { key: string }).key };
    const id = await later('import');
    expect((await house.get('/v1/api/system/events', hers)).body).toMatchObject({ paging: { total: 0 } });
    expect((await house.get('/v1/api/system/events/stats?only=pending', hers)).body).toEqual({ pending: 0 });
    expect((await call<{ pending: number }>('GET', '/system/events/stats')).body.pending).toBeGreaterThan(0);
    await call('DELETE', `/system/events/${id}`);
    await house.send('DELETE', '/api/v1/people/kim');
  });

  it('are none of the business of whoever has no key', async () => {
    const reply = await fetch(`${house.address}/v1/api/system/events`);
    expect(reply.status).toBe(401);
    expect((await fetch(`${house.address}/v1/api/tasks?apikey=${API_KEY}`)).status).toBe(200);
  });
});

describe('a run', () => {
  it('is Failed where a backend failed, names it in its logs, and cannot be touched while it runs', async () => {
    const jellyfin = house.fake('jellyfin');
    jellyfin.addTitle(jellyfin.addLibrary({ name: 'Films', kind: 'movies' }), {
      kind: 'movie',
      title: 'Alien',
      year: 1979,
      ids: { imdb: 'tt0078748' },
    });
    await house.addBackend('jellyfin', { name: 'attic' });
    const full = { event: 'system:task', event_data: { name: 'import', args: ['--force-full'], identity: 'main', backend: 'attic' } };
    expect(await ended((await queue(full)).body.id)).toMatchObject({ status: 2, event_data: full.event_data });

    jellyfin.setMood('unauthorized');
    const failed = await ended((await call<Event>('POST', '/tasks/import/queue')).body.id);
    expect(failed).toMatchObject({ status: 3, status_name: 'Failed' });
    expect(failed.logs.join('\n')).toContain('attic');

    jellyfin.setMood('slow', { delayMs: 700 });
    const { body } = await call<Event>('POST', '/tasks/import/queue');
    await eventually(async () => expect((await call<Event>('GET', `/system/events/${body.id}`)).body.status).toBe(1));
    expect(await call('DELETE', '/tasks/import/queue')).toMatchObject({ status: 400, body: { error: { code: 400 } } });
    expect((await call('PATCH', `/system/events/${body.id}`, { status: 4 })).status).toBe(400);
    expect((await call('DELETE', `/system/events/${body.id}`)).status).toBe(400);
    jellyfin.setMood('fine');
    expect((await ended(body.id)).status).toBe(2);
  });
});
