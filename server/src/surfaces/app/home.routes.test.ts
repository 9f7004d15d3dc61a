import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppError } from '#kernel/app-error.ts';
import { personId } from '#kernel/ids.ts';
import { type DeskHousehold, startDesks } from '#tests/support/desks.ts';

const PASSWORD = 'a long enough password';

type Decision = Readonly<{
  kind: string;
  id: string;
  since: string;
  subject: string;
  values: Record<string, unknown>;
  person: string | null;
}>;
type View = Readonly<{
  decisions: Decision[];
  totals: Record<string, number>;
  capabilities: { id: string; on: boolean; next: string | null; last: { state: string; counts: object } | null }[];
  sources: { name: string; state: string; trouble: { message: string } | null }[];
  unreadable: { part: string }[];
}>;

let house: DeskHousehold;
let kim: Record<string, string>;
const home = async (headers?: Record<string, string>): Promise<View> => (await house.home.get('/api/v1/home', headers)).body as View;
const kinds = ({ decisions }: View): string[] => [...new Set(decisions.map(({ kind }) => kind))];

beforeAll(async () => {
  house = await startDesks({ subordinates: ['Cabin'], household: { servers: ['jellyfin'] } });
  const { home: house_ } = house;
  await house_.send('POST', '/api/v1/people', { name: 'kim' });
  await house_.send('POST', '/api/v1/logins', { username: 'kim', password: PASSWORD, role: 'person', person: 'kim' });
  const { body } = await house_.send('POST', '/api/v1/session', { username: 'kim', password: PASSWORD });
  kim = { 'x-apikey': '', authorization: `Bearer ${(body as { token: string }).token}` };
  const users = house.person('kim');
  const others = house.person('lee');
  for (const [tmdbId, user] of [
    [42, users],
    [43, others],
  ] as const) {
    house.primary.addRequest({ kind: 'movie', tmdbId, status: 'approved', requestedBy: user.primary ?? 0 });
    house.sub('Cabin').blocklist('movie', tmdbId);
  }
  await house.cycle();
  const people = await house_.rooms.people.list();
  const me = people.find(({ name }) => name === 'kim');
  for (const { deskId, user } of await house_.rooms.requests.users()) {
    if (user.displayName === 'kim') await house_.rooms.requests.setPerson(deskId, user.id, personId(me?.id ?? 0));
  }
}, 60_000);
afterAll(() => house?.close());

describe('the first page', () => {
  it('has what waits for a decision, the most pressing kind first and the oldest first within it', async () => {
    const view = await home();
    expect(kinds(view)).toEqual(['request-failed', 'person-unmatched']);
    const failed = view.decisions.filter(({ kind }) => kind === 'request-failed');
    expect(failed[0]).toMatchObject({
      values: {
        subordinate: 'internal:Cabin',
        error: 'This media is blocklisted.',
        fingerprint: expect.stringMatching(/^movie:4[23]:False$/),
      },
    });
    expect(view.totals).toMatchObject({ 'request-failed': 2 });
    expect(failed.map(({ since }) => since)).toEqual(failed.map(({ since }) => since).toSorted());
    expect(view.unreadable).toEqual([]);
  });

  it('shows a person what is theirs, and nothing of the house', async () => {
    const view = await home(kim);
    expect(view.decisions.map(({ kind, person }) => [kind, person])).toEqual([['request-failed', 'kim']]);
    expect(view.capabilities.map(({ id }) => id)).toEqual(['import', 'export', 'requests']);
    expect(JSON.stringify(view.capabilities.map(({ last }) => last?.counts ?? {}))).not.toMatch(/\d/);
    expect(view.sources).toEqual([]);
  });

  it('says how places stand, with what is wrong with them', async () => {
    const account = await house.home.addBackend('jellyfin');
    house.home.fake('jellyfin').setMood('unauthorized');
    await house.home.rooms.connections.confirm(account, { signal: AbortSignal.timeout(5_000) }).catch(async (error: AppError) => {
      await house.home.rooms.connections.noteError(account.id, error);
    });
    const view = await home();
    expect(view.sources).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'jellyfin', state: 'refused', trouble: expect.objectContaining({ message: expect.any(String) }) }),
        expect.objectContaining({ name: 'Cabin', state: 'known' }),
      ]),
    );
    expect(view.decisions.find(({ kind }) => kind === 'place-refused')).toMatchObject({
      subject: 'jellyfin',
      values: { place: 'jellyfin' },
    });
  });
});

describe('the matrix of requests', () => {
  type Matrix = Readonly<{
    primary: { name: string };
    subordinates: { id: number; name: string; label: string | null }[];
    items: { id: number; cells: { desk_id: number; state: string; error: string | null }[]; requested_by: { name: string } }[];
    total: number;
    needs_look: number;
  }>;
  const matrix = async (query = '', headers?: Record<string, string>): Promise<Matrix> =>
    (await house.home.get(`/api/v1/requests/matrix${query}`, headers)).body as Matrix;

  it('has a row for each request and a cell for each instance, with its reason', async () => {
    const all = await matrix();
    expect(all).toMatchObject({
      primary: { name: 'Primary' },
      subordinates: [{ name: 'Cabin', label: 'internal:Cabin' }],
      total: 2,
      needs_look: 2,
    });
    expect(all.items[0]?.cells).toMatchObject([{ desk_id: all.subordinates[0]?.id, state: 'failed', error: 'This media is blocklisted.' }]);
    expect((await matrix('?needs_look=true&per_page=1')).items).toHaveLength(1);
  });

  it('shows a person their own, by the names of the instances alone', async () => {
    const own = await matrix('', kim);
    expect(own.items.map((item) => item.requested_by.name)).toEqual(['kim']);
    expect(own).toMatchObject({ total: 1, needs_look: 1, subordinates: [{ name: 'Cabin', label: null }] });
    const other = (await matrix()).items.find((item) => item.requested_by.name === 'lee');
    expect((await house.home.get(`/api/v1/requests/${other?.id}`, kim)).status).toBe(403);
    expect((await house.home.get(`/api/v1/requests/${own.items[0]?.id}`, kim)).status).toBe(200);
    expect((await house.home.get('/api/v1/requests/999999')).status).toBe(404);
    expect((await house.home.send('POST', '/api/v1/request-replication/run', undefined, kim)).status).toBe(403);
  });
});

describe('tasks', () => {
  it('tell when they ran, how long it took, what came of it, and which runs there were', async () => {
    const send = (method: string, path: string, body?: unknown) => house.home.send(method, `/api/v1${path}`, body);
    const { body } = await send('POST', '/tasks/indexes/run', {});
    const id = (body as { job_id: string }).job_id;
    await house.home.rooms.jobs.settled(id as never, AbortSignal.timeout(20_000));
    const task = (await house.home.get('/api/v1/tasks/indexes')).body;
    expect(task).toMatchObject({
      room: 'upkeep',
      open: [],
      last: { job_id: id, state: 'completed', took_ms: expect.any(Number), for_everybody: true },
    });
    expect((await house.home.get('/api/v1/tasks/indexes/runs')).body).toMatchObject({ total: 1, items: [{ id, status: 'completed' }] });
    expect((await send('PATCH', '/tasks/indexes', { enabled: false })).body).toMatchObject({ enabled: false, next_run: null });
    expect((await send('PATCH', '/tasks/indexes', { cron: 'whenever' })).status).toBe(400);
    expect((await send('PATCH', '/tasks/prune', { enabled: false })).status).toBe(403);
    expect((await house.home.get('/api/v1/tasks/nothing')).status).toBe(404);
  }, 30_000);
});

describe('events', () => {
  it('show what happened, and what nobody could take', async () => {
    const { body } = await house.home.get('/api/v1/events?topic=person.added');
    expect(body).toMatchObject({ items: [{ topic: 'person.added', payload: { name: 'kim' }, waiting: [] }] });
    expect((await house.home.get('/api/v1/events/dead-letters')).body).toEqual([]);
    expect((await house.home.send('POST', '/api/v1/events/dead-letters/revive', { subscriber: 'plans', event: 1 })).status).toBe(404);
    expect((await house.home.get('/api/v1/changes?state=failed')).body).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ state: 'failed' })]),
    });
    for (const path of ['/events', '/changes', '/diagnostics/duplicates'])
      expect((await house.home.get(`/api/v1${path}`, kim)).status).toBe(403);
  });
});
