import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRecord } from '#kernel/json.ts';
import { API_KEY, type Household, startHousehold } from '#tests/support/household.ts';

const PASSWORD = 'a long enough password';

let house: Household;
let kim: Record<string, string>;
let accountId = 0;

type Answer = Readonly<{ status: number; body: unknown }>;
const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  house.send(method, `/api/v1${path}`, body, headers);
const bare = async (method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> => {
  const response = await fetch(`${house.address}${path}`, { method, headers });
  const text = await response.text();
  return { status: response.status, body: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text };
};
const member = (answer: Answer, name: string): unknown => (isRecord(answer.body) ? answer.body[name] : undefined);
const added = (extra: object = {}) => {
  const { baseUrl, owner } = house.fake('jellyfin');
  return { name: 'living_room', type: 'jellyfin', url: baseUrl, token: owner.token, user: owner.name, ...extra };
};
const verbs = async (): Promise<string[]> =>
  (member(await call('GET', '/activity?per_page=1000'), 'items') as { verb: string }[]).map((entry) => entry.verb);

beforeAll(async () => {
  house = await startHousehold({ servers: ['jellyfin'] });
  const library = house.fake('jellyfin').addLibrary({ name: 'Films', kind: 'movies' });
  house.fake('jellyfin').addTitle(library, { kind: 'movie', title: 'Heat', year: 1995, ids: { imdb: 'tt0113277' } });
  await call('POST', '/people', { name: 'kim', display_name: 'Kim' });
  await call('POST', '/logins', { username: 'kim', password: PASSWORD, role: 'person', person: 'kim' });
  const { body } = await call('POST', '/session', { username: 'kim', password: PASSWORD });
  kim = { 'x-apikey': '', authorization: `Bearer ${(body as { token: string }).token}` };
});
afterAll(() => house.close());

describe('who may come in', () => {
  it('asks for credentials everywhere but at set-up and sign-in', async () => {
    expect(await bare('GET', '/api/v1/setup')).toEqual({ status: 200, body: { has_owner: true, code_needed: false } });
    const paths = [
      '/health',
      '/session',
      '/accounts',
      '/people',
      '/plans',
      '/jobs',
      '/settings',
      '/keys',
      '/history',
      '/bin',
      '/nowhere-else',
    ];
    for (const path of paths.slice(0, -1)) {
      expect(await bare('GET', `/api/v1${path}`), path).toMatchObject({ status: 401, body: { error: { code: 'unauthenticated' } } });
    }
    expect(await bare('GET', '/metrics')).toMatchObject({ status: 401 });
    expect(await bare('GET', '/api/v1/nowhere')).toMatchObject({ status: 404, body: { error: { code: 'not-found' } } });
  });

  it.each([
    ['X-API-Key', { 'x-api-key': API_KEY }, 200],
    ['X-APIKEY', { 'x-apikey': API_KEY }, 200],
    ['a bearer key', { authorization: `Bearer ${API_KEY}` }, 200],
    ['a key as a user token', { authorization: `Token ${API_KEY}` }, 401],
    ['a wrong key', { 'x-api-key': 'wrong' }, 401],
  ])('reads credentials from headers: %s', async (_name, headers, status) => {
    expect((await bare('GET', '/api/v1/session', headers)).status).toBe(status);
  });

  it('takes no key from the address', async () => {
    expect((await bare('GET', `/api/v1/session?apikey=${API_KEY}`)).status).toBe(401);
  });

  it('says who is signed in, and ends every session of a login at sign-out', async () => {
    const first = (await call('POST', '/session', { username: 'owner', password: PASSWORD })).body as { token: string };
    const second = (await call('POST', '/session', { username: 'owner', password: PASSWORD })).body as { token: string };
    const signedIn = { 'x-apikey': '', authorization: `Bearer ${first.token}` };
    expect((await call('GET', '/session', undefined, signedIn)).body).toMatchObject({ name: 'owner', role: 'owner', person: 'main' });
    expect((await call('DELETE', '/session', undefined, signedIn)).status).toBe(204);
    const other = { 'x-apikey': '', authorization: `Bearer ${second.token}` };
    expect((await call('GET', '/session', undefined, other)).status).toBe(401);
    expect((await call('DELETE', '/session')).status).toBe(403);
  });

  it('refuses a second owner and a wrong password', async () => {
    const wish = { username: 'eve', password: PASSWORD, setup_code: 'AAAA-AAAA-AAAA' };
    expect(await call('POST', '/setup', wish)).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } });
    expect((await call('POST', '/session', { username: 'owner', password: 'wrong' })).status).toBe(401);
  });
});

describe('accounts', () => {
  it('are added with the plan still to be approved, and never show a token', async () => {
    const made = await call('POST', '/accounts', added());
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'living_room', person: 'main', import: true, export: true, consent: 'pending', pushes: { waiting: 0, failed: 0 } },
    });
    accountId = Number(member(made, 'id'));
    expect(JSON.stringify([made.body, (await call('GET', '/accounts')).body])).not.toContain(house.fake('jellyfin').owner.token);
  });

  it('cannot be written to by a switch alone', async () => {
    const changed = await call('PATCH', `/accounts/${accountId}`, { export: true });
    expect(changed).toMatchObject({ status: 200, body: { export: true, consent: 'pending' } });
  });

  it.each([
    ['a missing member', {}, 400, 'name'],
    ['an unknown type', { type: 'kodi' }, 400, 'type'],
    ['an address that is none', { url: 'nowhere' }, 400, 'url'],
    ['an unknown member', { colour: 'red' }, 400, 'colour'],
    ['a wrong token', { name: 'other', token: 'wrong' }, 400, 'token'],
    ['an unknown person', { name: 'other', person: 'nobody' }, 404, 'person'],
  ])('name the field at fault: %s', async (_name, extra, status, field) => {
    const body = 'name' in extra || Object.keys(extra).length > 0 ? added(extra) : { type: 'jellyfin' };
    const answer = await call('POST', '/accounts', body);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(member(answer, 'error'))).toContain(`"field":"${field}"`);
  });

  it('refuse a name twice', async () => {
    expect(await call('POST', '/accounts', added())).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
  });

  it('can be tested, and a server that fails is not our fault', async () => {
    expect(await call('POST', `/accounts/${accountId}/test`)).toMatchObject({ status: 200, body: { uuid: house.fake('jellyfin').uuid } });
    house.fake('jellyfin').setMood('html');
    expect(await call('POST', `/accounts/${accountId}/test`)).toMatchObject({
      status: 502,
      body: { error: { code: 'upstream-unreadable' } },
    });
    house.fake('jellyfin').setMood('fine');
  });

  it('tell where events go, and a rotated address ends the former', async () => {
    const first = await call('GET', `/accounts/${accountId}/webhook`);
    expect(first).toMatchObject({
      status: 200,
      body: { last_event_at: null, url: expect.stringContaining(`${house.address.split('//')[1]?.split(':')[1]}/v1/api/webhook?apikey=`) },
    });
    const second = await call('POST', `/accounts/${accountId}/webhook/rotate`);
    expect(member(second, 'url')).not.toBe(member(first, 'url'));
    expect((member(second, 'steps') as string[]).join(' ')).toContain(String(member(second, 'url')));
  });
});

describe('somebody of the household', () => {
  it('sees and changes only what is theirs', async () => {
    const asKim = (method: string, path: string, body?: unknown) => call(method, path, body, kim);
    expect((await asKim('GET', '/accounts')).body).toEqual([]);
    expect((await asKim('GET', '/people')).body).toMatchObject([{ name: 'kim' }]);
    for (const [method, path] of [
      ['GET', `/accounts/${accountId}`],
      ['GET', `/accounts/${accountId}/webhook`],
      ['DELETE', `/accounts/${accountId}`],
      ['GET', '/accounts?person=main'],
      ['GET', '/history?person=main'],
      ['GET', '/settings'],
      ['GET', '/servers'],
      ['GET', '/changes-in-doubt'],
      ['GET', '/conflicts'],
      ['POST', '/conflicts/1/settle'],
      ['DELETE', '/people/main'],
    ] as const) {
      const body = path.endsWith('settle') ? { choice: 'leave' } : undefined;
      expect((await asKim(method, path, body)).status, `${method} ${path}`).toBe(403);
    }
    expect((await asKim('POST', '/people', { name: 'eve' })).status).toBe(403);
    expect((await asKim('POST', '/accounts', added({ name: 'mine', person: 'main' }))).status).toBe(403);
    expect(await asKim('POST', '/keys', { name: 'too much', role: 'owner' })).toMatchObject({ status: 403 });
    const { key } = (await asKim('POST', '/keys', { name: 'phone' })).body as { key: string };
    expect((await bare('GET', '/api/v1/session', { 'x-api-key': key })).body).toMatchObject({ person: 'kim', role: 'person' });
    expect((await bare('GET', '/metrics', { 'x-api-key': key })).status).toBe(403);
  });

  it('cannot set what is the house’s by naming it as their own', async () => {
    const path = '/settings/watch-sync.replay';
    for (const [method, to, body] of [
      ['PUT', `${path}?person=kim`, { value: true }],
      ['DELETE', `${path}?person=kim`, undefined],
      ['GET', `${path}/history?person=kim`, undefined],
    ] as const) {
      expect((await call(method, to, body, kim)).status, `${method} ${to}`).toBe(404);
    }
    const shown = (await call('GET', '/settings')).body as { key: string; source: string }[];
    expect(shown.find((setting) => setting.key === 'watch-sync.replay')).toMatchObject({ source: 'default' });
  });
});

describe('plans and jobs', () => {
  it('propose, show and apply the plan of a new server', async () => {
    const { job_id } = (await call('POST', '/plans')).body as { job_id: string };
    await expect
      .poll(async () => (await call('GET', `/jobs/${job_id}`)).body, { timeout: 20_000 })
      .toMatchObject({ job: { status: 'completed', error: null } });
    const { job } = (await call('GET', `/jobs/${job_id}`)).body as { job: { result: { planId: string } } };
    const { planId } = job.result;
    expect(await call('GET', `/plans/${planId}?per_page=1`)).toMatchObject({
      status: 200,
      body: { plan: { state: 'proposed', person: 'main' }, changes: { page: 1, per_page: 1 } },
    });
    expect((await call('POST', `/plans/${planId}/approve`, undefined, kim)).status).toBe(403);
    expect(await call('POST', `/plans/${planId}/approve`)).toMatchObject({
      status: 200,
      body: { state: 'approved', decided_by: 'USHERR_API_KEY' },
    });
    expect((await call('POST', `/plans/${planId}/reject`)).status).toBe(409);
    await expect
      .poll(async () => (await call('GET', `/accounts/${accountId}`)).body, { timeout: 20_000 })
      .toMatchObject({ consent: 'given', export: true });
    expect((await call('GET', '/plans/not-a-plan')).status).toBe(404);
  });

  it('run tasks by name, and refuse what no task is', async () => {
    expect((await call('POST', '/tasks/import/run', { account: 'living_room' })).status).toBe(202);
    expect((await call('POST', '/tasks/nothing/run')).status).toBe(404);
    expect((await call('POST', '/tasks/import/run', { account: 'nothing' })).status).toBe(400);
    expect((await call('POST', '/tasks/indexes/run', undefined, kim)).status).toBe(403);
    expect((await call('GET', '/jobs?status=sleeping')).status).toBe(400);
    expect((await call('POST', '/jobs/00000000-0000-4000-8000-000000000000/cancel')).status).toBe(404);
  });
});

describe('settings, keys and records', () => {
  it('set, show and reset a setting with its history', async () => {
    const path = '/settings/watch-sync.replay';
    expect((await call('PUT', path, { value: 'perhaps' })).status).toBe(400);
    expect((await call('PUT', path, { value: true })).status).toBe(204);
    const shown = (await call('GET', '/settings')).body as { key: string; value: unknown; source: string }[];
    expect(shown.find((setting) => setting.key === 'watch-sync.replay')).toMatchObject({ value: true, source: 'stored' });
    expect((await call('DELETE', path)).status).toBe(204);
    expect(await call('GET', `${path}/history`)).toMatchObject({
      body: { total: 2, items: [{ reset: true }, { value: true, by: 'USHERR_API_KEY' }] },
    });
    expect((await call('PUT', '/settings/no.such', { value: 1 })).status).toBe(404);
  });

  it('makes a key that works until it is revoked', async () => {
    const made = (await call('POST', '/keys', { name: 'script', role: 'admin', scopes: ['read'] })).body as {
      key: string;
      record: { id: number };
    };
    const headers = { 'x-api-key': made.key };
    expect((await bare('GET', '/api/v1/accounts', headers)).status).toBe(200);
    expect((await bare('POST', '/api/v1/plans', headers)).status).toBe(403);
    expect(JSON.stringify((await call('GET', '/keys')).body)).not.toContain(made.key);
    expect((await call('DELETE', `/keys/${made.record.id}`)).status).toBe(204);
    expect((await bare('GET', '/api/v1/accounts', headers)).status).toBe(401);
  });

  it.each([
    ['/keys', { name: 'x', role: 'person' }, 'person'],
    ['/people', { name: 'joe', display_name: '\t' }, 'display_name'],
  ])('names what was sent to %s as it was sent', async (path, body, field) => {
    expect(await call('POST', path, body)).toMatchObject({ status: 400, body: { error: { fields: [{ field }] } } });
  });

  it('removes an account, keeps a record of all that was done, and answers empty lists as such', async () => {
    expect(await call('DELETE', `/accounts/${accountId}`)).toMatchObject({ status: 200, body: { references: 1, records: 1 } });
    expect((await call('GET', `/accounts/${accountId}`)).status).toBe(404);
    expect(await verbs()).toEqual(
      expect.arrayContaining([
        'account.added',
        'account.changed',
        'account.removed',
        'plan.approved',
        'setting.changed',
        'setting.reset',
        'key.added',
        'key.revoked',
        'person.added',
        'login.added',
      ]),
    );
    expect((await call('GET', '/bin')).body).toEqual({ items: [], total: 0, page: 1, per_page: 50 });
    expect((await call('POST', '/bin/1/restore')).status).toBe(404);
    expect((await call('GET', '/conflicts')).body).toEqual({ items: [], open: 0 });
    expect((await call('POST', '/conflicts/1/settle', { choice: 'leave' })).status).toBe(404);
    expect((await call('POST', '/conflicts/1/settle', { choice: 'leave', media: 3 })).status).toBe(400);
    expect((await call('GET', '/history?page=0')).status).toBe(400);
    expect((await call('GET', '/history/999')).status).toBe(404);
  });
});

describe('what belongs to no API', () => {
  it('answers probes and figures', async () => {
    expect(await bare('GET', '/livez')).toEqual({ status: 200, body: 'ok\n' });
    expect(await bare('GET', '/readyz')).toEqual({ status: 200, body: 'ok\n' });
    const { body } = await bare('GET', '/metrics', { authorization: `Bearer ${API_KEY}` });
    expect(body).toMatch(/^usherr_jobs\{status="completed"\} [1-9]/m);
    expect(body).toMatch(/^process_resident_memory_bytes \d{7,}/m);
  });

  it('describes every API, each of our routes by an operation of its own', async () => {
    const { body } = await bare('GET', '/api/openapi/app.json');
    const { openapi, paths } = body as { openapi: string; paths: Record<string, Record<string, { operationId?: string }>> };
    expect(openapi).toBe('3.1.0');
    const operations = Object.values(paths).flatMap((path) => Object.values(path).map((operation) => operation.operationId ?? ''));
    expect(operations.length).toBeGreaterThan(40);
    expect(operations.filter((id) => !id.startsWith('app.'))).toEqual([]);
    expect(new Set(operations).size).toBe(operations.length);
    const all = (await bare('GET', '/api/openapi.json')).body as { paths: object };
    expect(Object.keys(all.paths)).toEqual(expect.arrayContaining(['/api/v1/plans', '/v1/api/system/healthcheck']));
    expect((await bare('GET', '/api/openapi/nothing.json')).status).toBe(404);
  });

  it('serves its documentation and its page from itself alone', async () => {
    for (const path of ['/api/docs', '/']) {
      const response = await fetch(`${house.address}${path}`);
      expect(response.status).toBe(200);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/https?:/);
      expect(await response.text()).not.toMatch(/(src|href)="https?:/);
    }
  });
});
