import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { createPlexFake } from '#integrations/plex/plex.fake.ts';
import { createSeerrFake, type FakeSeerr } from '#integrations/seerr/seerr.fake.ts';
import { eventually, type Household, type ServerKind, startHousehold } from '#tests/support/household.ts';

type Check = Readonly<{ check: string; state: string; code: string | null; message: string }>;
type Report = Readonly<{
  verdict: string;
  checks: readonly Check[];
  user: { name: string } | null;
  users: readonly unknown[];
  libraries: readonly { read: boolean }[];
}>;
type SignIn = Readonly<{ id: string; state: string; url: string | null; servers: readonly { addresses: readonly { url: string }[] }[] }>;

let house: Household;
let seerr: FakeSeerr;
let kim: Record<string, string>;
const KINDS: readonly ServerKind[] = ['plex', 'jellyfin', 'emby'];
const PASSWORD = 'a long enough password';

const call = async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const answer = await house.send(method, `/api/v1${path}`, body, headers);
  return { status: answer.status, body: answer.body as T };
};
const check = async (wish: object): Promise<Report> => {
  const { status, body } = await call<Report>('POST', '/connections/check', wish);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const lastOf = ({ checks }: Report) => checks.at(-1);
const form = (kind: ServerKind, extra: object = {}) => {
  const { baseUrl, owner } = house.fake(kind);
  return { kind, url: baseUrl, token: owner.token, user: owner.name, ...extra };
};
/** An address where nothing listens. */
async function silentAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

beforeAll(async () => {
  house = await startHousehold({});
  seerr = await createSeerrFake({});
  for (const kind of KINDS) {
    const fake = house.fake(kind);
    fake.addUser({ name: 'ben' });
    const films = fake.addLibrary({ name: 'Films', kind: 'movies' });
    for (const n of [1, 2]) fake.addTitle(films, { kind: 'movie', title: `Film ${n}`, year: 2000, ids: { imdb: `tt000000${n}` } });
  }
  await call('POST', '/people', { name: 'kim' });
  await call('POST', '/logins', { username: 'kim', password: PASSWORD, role: 'person', person: 'kim' });
  const { body } = await call<{ token: string }>('POST', '/session', { username: 'kim', password: PASSWORD });
  kim = { 'x-apikey': '', authorization: `Bearer ${body.token}` };
});
afterEach(() => {
  for (const kind of KINDS) house.fake(kind).setMood('fine');
});
afterAll(async () => {
  await house.close();
  await seerr.close();
});

describe('the check of a form', () => {
  it.each(KINDS)('goes through to the end where all is well, and changes nothing: %s', async (kind) => {
    const fake = house.fake(kind);
    fake.forgetCalls();
    const report = await check(form(kind));
    expect(report.verdict).toBe('ready');
    expect(report.checks.map((one) => one.check)).toEqual([
      'answers',
      'product',
      'key',
      'version',
      'rights',
      'user',
      'libraries',
      'watch-state',
      'notices',
    ]);
    expect(report.checks.every(({ state }) => state === 'passed' || state === 'noted')).toBe(true);
    expect(report).toMatchObject({ user: { name: fake.owner.name }, libraries: [{ name: 'Films', read: true }] });
    expect(fake.calls.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect((await call<unknown[]>('GET', '/accounts')).body).toEqual([]);
    expect(JSON.stringify(report)).not.toContain(fake.owner.token);
  });

  it.each([
    ['reset', 'answers', 'upstream-unreachable', 'silent'],
    ['html', 'product', 'upstream-unreadable', 'refused'],
    ['server-error', 'answers', 'upstream-rejected', 'silent'],
  ] as const)('ends at the first failure, and says what kind it is: %s', async (mood, name, code, verdict) => {
    for (const kind of KINDS) {
      house.fake(kind).setMood(mood);
      const report = await check(form(kind));
      expect([kind, lastOf(report)]).toMatchObject([kind, { check: name, state: 'failed', code }]);
      expect(report.verdict).toBe(verdict);
    }
  });

  it.each(KINDS)('tells a wrong key, an unknown user and a user who is still to be chosen apart: %s', async (kind) => {
    const wrong = await check(form(kind, { token: 'wrong' }));
    expect([wrong.verdict, lastOf(wrong)]).toMatchObject(['refused', { check: 'key', state: 'failed', code: 'upstream-unauthorized' }]);
    const nobody = await check(form(kind, { user: 'nobody' }));
    expect([nobody.verdict, lastOf(nobody)]).toMatchObject(['refused', { check: 'user', state: 'failed', code: 'invalid' }]);
    const open = await check(form(kind, { user: undefined }));
    expect([open.verdict, lastOf(open)]).toMatchObject(['asks', { check: 'user', state: 'asks' }]);
    expect(open.users).toHaveLength(2);
  });

  it('says that nobody answers at an address where nobody listens', async () => {
    const report = await check(form('jellyfin', { url: await silentAddress() }));
    expect([report.verdict, report.checks]).toMatchObject(['silent', [{ check: 'answers', code: 'upstream-unreachable' }]]);
  });

  it('takes what is left out from the connection that it changes, and notices another server there', async () => {
    const { body } = await call<{ id: number }>('POST', '/accounts', { ...without(form('emby'), 'kind'), name: 'emby', type: 'emby' });
    expect(await check({ kind: 'emby', account: body.id })).toMatchObject({ verdict: 'ready' });
    const moved = await check({ ...form('jellyfin'), kind: 'emby', account: body.id });
    expect([moved.verdict, lastOf(moved)]).toMatchObject(['refused', { state: 'failed' }]);
    const theft = await call('POST', '/connections/check', { kind: 'emby', account: body.id, url: 'http://127.0.0.1:9' }, kim);
    expect(theft.status).toBe(403);
    await call('DELETE', `/accounts/${body.id}`);
  });

  it('tries a request desk with its key, for whoever runs the house', async () => {
    const wish = { kind: 'seerr', url: seerr.baseUrl, token: seerr.apiKey() };
    const good = await check(wish);
    expect([good.verdict, good.checks.map((one) => one.check)]).toEqual([
      'ready',
      ['answers', 'product', 'key', 'version', 'rights', 'requests', 'notices'],
    ]);
    const wrong = await check({ ...wish, token: 'wrong' });
    expect([wrong.verdict, lastOf(wrong)]).toMatchObject(['refused', { check: 'key', code: 'upstream-unauthorized' }]);
    expect((await call('POST', '/connections/check', wish, kim)).status).toBe(403);
  });

  it.each([
    ['url', form0({ url: 'nowhere' })],
    ['token', form0({ token: '' })],
    ['type', form0({ kind: 'kodi' })],
  ])('names what is no form at all: %s', async (field, wish) => {
    const { status, body } = await call('POST', '/connections/check', wish);
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(`"field":"${field}"`)]);
  });
});

function form0(extra: object) {
  return { kind: 'jellyfin', url: 'http://127.0.0.1:9', token: 'x', ...extra };
}
function without<T extends object>(whole: T, name: string): object {
  return Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name));
}

describe('signing in for a connection', () => {
  it('by name and password: the token stays in the house, and opens the connection', async () => {
    for (const kind of ['jellyfin', 'emby'] as const) {
      const { baseUrl } = house.fake(kind);
      const wish = { kind, way: 'password', url: baseUrl, username: 'ben', password: 'open-sesame' };
      const begun = await call<SignIn & { user: { name: string } }>('POST', '/connections/sign-ins', wish);
      expect(begun).toMatchObject({ status: 201, body: { state: 'signed-in', user: { name: 'ben' }, url: null, code: null } });
      expect(Object.keys(begun.body)).not.toContain('token');
      const sign_in = begun.body.id;
      expect(await check({ kind, url: baseUrl, sign_in })).toMatchObject({ verdict: 'ready', user: { name: 'ben' } });
      const added = await call<{ id: number }>('POST', '/accounts', { name: `${kind}_ben`, type: kind, url: baseUrl, sign_in });
      expect(added).toMatchObject({ status: 201, body: { user: { name: 'ben' }, consent: 'pending' } });
      await call('DELETE', `/accounts/${added.body.id}`);
    }
  });

  it('leaves the token of a connection that works alone, though the same user signs in once more', async () => {
    const { baseUrl } = house.fake('jellyfin');
    const wish = { kind: 'jellyfin', way: 'password', url: baseUrl, username: 'ben', password: 'open-sesame' };
    const { body: first } = await call<SignIn>('POST', '/connections/sign-ins', wish);
    const account = { name: 'ben', type: 'jellyfin', url: baseUrl, sign_in: first.id };
    const added = await call<{ id: number }>('POST', '/accounts', account);
    await call('POST', '/connections/sign-ins', wish);
    expect((await call('POST', `/accounts/${added.body.id}/test`)).status).toBe(200);
    await call('DELETE', `/accounts/${added.body.id}`);
  });

  it('refuses a wrong password by its field, and a way that the vendor does not have', async () => {
    const { baseUrl } = house.fake('jellyfin');
    const wrong = await call('POST', '/connections/sign-ins', {
      kind: 'jellyfin',
      way: 'password',
      url: baseUrl,
      username: 'ben',
      password: 'wrong',
    });
    expect([wrong.status, JSON.stringify(wrong.body)]).toEqual([400, expect.stringContaining('"field":"password"')]);
    expect((await call('POST', '/connections/sign-ins', { kind: 'plex', way: 'password', url: baseUrl, username: 'x' })).status).toBe(400);
    expect((await call('POST', '/connections/sign-ins', { kind: 'emby', way: 'device', url: baseUrl })).status).toBe(400);
  });

  it('by agreeing elsewhere: waits, then lists the servers of the account, and one of them is added', async () => {
    const fake = house.fake('plex') as Awaited<ReturnType<typeof createPlexFake>>;
    const { status, body } = await call<SignIn>('POST', '/connections/sign-ins', { kind: 'plex', way: 'device' });
    expect([status, body.state, body.url]).toEqual([201, 'waiting', expect.stringMatching(/^https:\/\/app\.plex\.tv\/auth#/)]);
    const path = `/connections/sign-ins/${body.id}`;
    expect((await call<SignIn>('GET', path)).body.state).toBe('waiting');
    expect((await call('POST', '/accounts', { name: 'early', type: 'plex', url: fake.baseUrl, sign_in: body.id })).status).toBe(409);
    fake.approvePin(new URLSearchParams(new URL(String(body.url)).hash.slice(2)).get('code') ?? '', fake.owner.id);
    const signedIn = (await call<SignIn>('GET', path)).body;
    expect(signedIn).toMatchObject({ state: 'signed-in', servers: [{ uuid: fake.uuid, owned: true }] });
    const url = signedIn.servers[0]?.addresses[0]?.url ?? '';
    const wish = { url, sign_in: body.id, user: fake.owner.name };
    expect(await check({ kind: 'plex', ...wish })).toMatchObject({ verdict: 'ready' });
    const added = await call<{ id: number }>('POST', '/accounts', { name: 'plex', type: 'plex', ...wish });
    expect(added).toMatchObject({ status: 201, body: { server: { uuid: fake.uuid } } });
    await call('DELETE', `/accounts/${added.body.id}`);
  });

  it('is seen and used by nobody but whoever began it', async () => {
    const { baseUrl } = house.fake('jellyfin');
    const wish = { kind: 'jellyfin', way: 'password', url: baseUrl, username: 'ben', password: 'open-sesame' };
    const { body } = await call<SignIn>('POST', '/connections/sign-ins', wish);
    expect((await call('GET', `/connections/sign-ins/${body.id}`, undefined, kim)).status).toBe(404);
    const stolen = await call('POST', '/accounts', { name: 'mine', type: 'jellyfin', url: baseUrl, sign_in: body.id }, kim);
    expect(stolen.status).toBe(404);
  });
});

describe('a server that is silent', () => {
  it('is kept with what was entered, and added once it answers; its key is told to nobody', async () => {
    const fake = house.fake('emby');
    fake.setMood('reset');
    const wish = { ...without(form('emby'), 'kind'), name: 'cabin', type: 'emby' };
    const kept = await call<{ waiting: { id: number } }>('POST', '/connections/waiting', wish);
    expect(kept).toMatchObject({
      status: 202,
      body: { account: null, waiting: { name: 'cabin', tries: 1, fault: { code: 'upstream-unreachable' } } },
    });
    const listed = await call('GET', '/connections/waiting');
    expect(listed.body).toMatchObject([{ name: 'cabin', person: 'main' }]);
    expect(JSON.stringify([kept.body, listed.body])).not.toContain(fake.owner.token);
    expect((await call('GET', '/connections/waiting', undefined, kim)).body).toEqual([]);
    expect((await call('DELETE', `/connections/waiting/${kept.body.waiting.id}`, undefined, kim)).status).toBe(403);
    const again = await call('POST', `/connections/waiting/${kept.body.waiting.id}/try`);
    expect(again).toMatchObject({ status: 200, body: { account: null, waiting: { tries: 2 } } });
    fake.setMood('fine');
    const added = await call('POST', `/connections/waiting/${kept.body.waiting.id}/try`);
    expect(added).toMatchObject({ status: 200, body: { account: { name: 'cabin', consent: 'pending' }, waiting: null } });
    expect((await call('GET', '/connections/waiting')).body).toEqual([]);
  });

  it('is tried by the clock, and told as an account that was added', async () => {
    house.fake('jellyfin').setMood('reset');
    await call('POST', '/connections/waiting', { ...without(form('jellyfin'), 'kind'), name: 'attic', type: 'jellyfin' });
    house.fake('jellyfin').setMood('fine');
    expect(await house.rooms.connecting.waiting.tryDue()).toBe(0);
    await eventually(async () => {
      const names = (await call<{ name: string }[]>('GET', '/connections/waiting')).body.map(({ name }) => name);
      expect(names).toEqual(['attic']);
    });
    await call('DELETE', `/connections/waiting/2`);
  });

  it('is not what a refused key is: that one is not kept', async () => {
    const wish = { ...without(form('jellyfin'), 'kind'), name: 'other', type: 'jellyfin', token: 'wrong' };
    const { status, body } = await call('POST', '/connections/waiting', wish);
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('"field":"token"')]);
    expect((await call<unknown[]>('GET', '/connections/waiting')).body).toEqual([]);
  });
});
