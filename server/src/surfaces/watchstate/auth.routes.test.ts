import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InjectOptions } from 'fastify';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Access, type Actor, createAccess, type KeyWish, type Role } from '#core/access/index.ts';
import { createActivity } from '#core/activity/index.ts';
import { createConnections } from '#core/connections/index.ts';
import { createPeople, type People } from '#core/people/index.ts';
import { accountId, personId } from '#kernel/ids.ts';
import { hours, minutes } from '#kernel/instant.ts';
import { createHttpServer, type HttpServer } from '#platform/http-server/index.ts';
import { createSecrets, type Secrets } from '#platform/secrets/index.ts';
import { openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { watchstateSurface } from './index.ts';

const PASSWORD = 'a good password';
const RELEASE = { version: '1.2.3', build: 'test', sha: 'abc', branch: 'main', container: false };

/** What these tests never come to. */
const notHere = async (): Promise<never> => {
  throw new Error('This is not part of this test.');
};

let now = 0;
let folder: string;
let secrets: Secrets;
let test: TestDatabase;
let people: People;
let access: Access;
let server: HttpServer;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'usherr-watchstate-'));
  secrets = createSecrets({ dataDir: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = async (trustedProxies: readonly string[] = []): Promise<void> => {
  now = Date.UTC(2026, 2, 28, 12);
  const clock = { now: () => now };
  test = await openTestDatabase('sqlite');
  people = createPeople({ database: test.database, clock });
  const webhookAccountOf = async (token: string) =>
    token === 'hook' ? { id: accountId(7), personId: personId(1), name: 'plex_main' } : undefined;
  access = createAccess({ database: test.database, clock, secrets, people, webhookAccountOf });
  server = createHttpServer({ logger: pino({ level: 'silent' }), trustedProxies, publicUrl: undefined, clock });
  const connections = createConnections({ database: test.database, clock, secrets, drivers: {} });
  const surface = watchstateSurface({
    access,
    people,
    release: RELEASE,
    serverTypes: ['plex', 'jellyfin', 'emby'],
    connections,
    activity: createActivity({ database: test.database, clock }),
    watchSync: { forgetAccount: notHere, receiveWebhook: notHere, titlesOf: notHere, markByHand: notHere, removeFromHistory: notHere },
    plexSignIn: { generatePin: notHere, checkPin: notHere },
    tasks: { list: notHere, get: notHere, queued: notHere, queue: notHere, dequeue: notHere },
    jobDesk: { list: notHere, stats: notHere, get: notHere, queue: notHere, change: notHere, remove: notHere, clear: notHere },
    history: { list: notHere, get: notHere, removeReports: notHere },
    historyBin: { keepTitle: () => notHere, keepReports: () => notHere },
    ignoreRules: { list: notHere, add: notHere, remove: notHere, forAccount: notHere },
    references: { check: notHere },
    localFiles: { locate: notHere, look: notHere },
    player: {
      sign: notHere,
      grant: () => expect.fail('This is not part of this test.'),
      masterPlaylist: notHere,
      mediaPlaylist: notHere,
      segment: notHere,
      subtitlePlaylist: notHere,
      subtitle: notHere,
      describeFiles: notHere,
      describeHardware: notHere,
    },
    basePath: '',
    publicUrl: undefined,
    clock,
  });
  await server.register(surface, { prefix: '/v1/api' });
};
const close = async (): Promise<void> => {
  await server.close();
  await test.close();
};

const call = (method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE', path: string, given: Omit<InjectOptions, 'method' | 'url'> = {}) =>
  server.inject({ method, url: `/v1/api${path}`, ...given });
const login = (password = PASSWORD, username = 'mo', given: Omit<InjectOptions, 'method' | 'url'> = {}) =>
  call('POST', '/system/auth/login', { payload: { username, password }, ...given });
const tokenOf = async (username = 'mo'): Promise<string> => (await login(PASSWORD, username)).json<{ token: string }>().token;
const actorOf = async (credential: string): Promise<Actor> =>
  (await access.authenticate({ credential, surface: 'watchstate' }))?.actor ?? expect.fail('the credential is refused');
const keyOf = async (wish: Partial<KeyWish>): Promise<string> =>
  (await access.keys.create({ name: 'a key', ...wish }, await actorOf(await tokenOf()))).key;
const newPerson = async (name: string, role: Role): Promise<string> => {
  const person = await people.create(name);
  await access.logins.create({ username: name, password: PASSWORD, role, personId: person.id }, await actorOf(await tokenOf()));
  return tokenOf(name);
};
const owned = async (): Promise<void> => {
  await access.start({ apiKey: 'the-owner-key', admin: { username: 'mo', password: PASSWORD } });
};

describe('setting up', () => {
  beforeEach(() => open());
  afterEach(close);
  const account = { username: 'mo', password: PASSWORD };

  it('says 204 until there is an owner, lets the printed code in by header or member, and once', async () => {
    const { setupCode = '' } = await access.start({ apiKey: undefined, admin: undefined });
    expect((await call('GET', '/system/auth/has_user')).statusCode).toBe(204);
    const signup = (payload: object, headers = {}) => call('POST', '/system/auth/signup', { payload, headers });
    expect((await signup(account)).json()).toMatchObject({ error: { code: 403, message: expect.stringContaining('X-Setup-Code') } });
    expect((await signup({ ...account, setup_code: 'wrong' })).statusCode).toBe(403);
    expect((await signup({ username: 'mo' }, { 'x-setup-code': setupCode })).json()).toMatchObject({
      error: { code: 400, fields: [{ field: 'password' }] },
    });
    expect((await signup({ ...account, password: 'short' }, { 'x-setup-code': setupCode })).json()).toMatchObject({
      error: { code: 400, fields: [{ field: 'password', message: 'must be at least 8 characters' }] },
    });
    const made = await signup(account, { 'x-setup-code': setupCode });
    expect([made.statusCode, made.body]).toEqual([201, '']);
    const has = await call('GET', '/system/auth/has_user');
    expect([has.statusCode, has.body]).toEqual([200, '']);
    expect((await signup({ ...account, setup_code: setupCode })).statusCode).toBe(403);
    expect((await login()).statusCode).toBe(200);
  });

  it('takes the code as a member of the body', async () => {
    const { setupCode = '' } = await access.start({ apiKey: undefined, admin: undefined });
    expect((await call('POST', '/system/auth/signup', { payload: { ...account, setup_code: setupCode } })).statusCode).toBe(201);
  });

  it('throttles who guesses the code', async () => {
    const { setupCode } = await access.start({ apiKey: undefined, admin: undefined });
    const guess = (setup_code: unknown) => call('POST', '/system/auth/signup', { payload: { ...account, setup_code } });
    for (let tried = 0; tried < 5; tried += 1) expect((await guess(`AAAA-AAAA-AAA${tried}`)).statusCode).toBe(403);
    const refused = await guess(setupCode);
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '900']);
  });

  it('signs nobody in where nobody is set up', async () => {
    expect((await login()).statusCode).toBe(401);
  });
});

describe('signing in', () => {
  beforeEach(async () => {
    await open();
    await owned();
  });
  afterEach(close);

  it('gives a token that shows whose it is and since when', async () => {
    const token = await tokenOf();
    now += hours(1);
    const reply = await call('GET', '/system/auth/user', { headers: { authorization: `Token ${token}` } });
    expect(reply.json()).toEqual({ username: 'mo', created_at: '2026-03-28T12:00:00+00:00' });
    expect(reply.headers['cache-control']).toBe('no-store');
    now += hours(47);
    expect((await call('GET', '/system/auth/user', { headers: { authorization: `Token ${token}` } })).statusCode).toBe(401);
  });

  it.each([
    [{}, ['username', 'password']],
    [{ username: 'mo' }, ['password']],
    [{ username: '', password: PASSWORD }, ['username']],
    [{ username: 1, password: [] }, ['username', 'password']],
    [undefined, ['body']],
    ['"mo"', ['body']],
    ['{', ['body']],
  ])('answers %j with 400 and the fields', async (payload, fields) => {
    const reply = await call('POST', '/system/auth/login', {
      ...(payload !== undefined && { payload }),
      headers: { 'content-type': 'application/json' },
    });
    expect(reply.statusCode).toBe(400);
    expect(reply.json<{ error: { fields: { field: string }[] } }>().error.fields.map(({ field }) => field)).toEqual(fields);
  });

  it('answers a wrong password and an unknown name alike', async () => {
    const [wrong, unknown] = [await login('a wrong password'), await login(PASSWORD, 'nobody')];
    expect(wrong.statusCode).toBe(401);
    expect(wrong.json()).toEqual(unknown.json());
  });

  it('answers 429 with the time to wait after five failures', async () => {
    for (let tried = 0; tried < 5; tried += 1) expect((await login('a wrong password')).statusCode).toBe(401);
    now += minutes(5);
    const refused = await login();
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '600']);
    expect(refused.json()).toMatchObject({ error: { code: 429 } });
    now += minutes(10);
    expect((await login()).statusCode).toBe(200);
  });

  it('throttles the socket, whatever it says about itself', async () => {
    for (let tried = 0; tried < 5; tried += 1) {
      const headers = {
        'x-forwarded-for': `198.51.100.${tried}`,
        forwarded: `for=198.51.100.${tried}`,
        'x-real-ip': `198.51.100.${tried}`,
      };
      expect((await login(PASSWORD, `guess${tried}`, { remoteAddress: '203.0.113.9', headers })).statusCode).toBe(401);
    }
    expect(
      (await login(PASSWORD, 'mo', { remoteAddress: '203.0.113.9', headers: { 'x-forwarded-for': '198.51.100.99' } })).statusCode,
    ).toBe(429);
    expect((await login(PASSWORD, 'mo', { remoteAddress: '203.0.113.10' })).statusCode).toBe(200);
  });

  it('changes the password, which ends every session', async () => {
    const token = await tokenOf();
    const change = (payload: object) =>
      call('PUT', '/system/auth/change_password', { payload, headers: { authorization: `Bearer ${token}` } });
    expect((await change({ current_password: PASSWORD })).json()).toMatchObject({
      error: { code: 400, fields: [{ field: 'new_password' }] },
    });
    expect((await change({ current_password: PASSWORD, new_password: 'short' })).json()).toMatchObject({
      error: { code: 400, fields: [{ field: 'new_password', message: 'must be at least 8 characters' }] },
    });
    expect((await change({ current_password: 'wrong', new_password: 'another password' })).json()).toMatchObject({
      error: { code: 401, message: 'The current password is wrong.' },
    });
    expect((await change({ current_password: PASSWORD, new_password: 'another password' })).json()).toEqual({
      info: { code: 200, message: 'Password changed successfully.' },
    });
    expect((await change({ current_password: 'another password', new_password: PASSWORD })).statusCode).toBe(401);
    expect([(await login()).statusCode, (await login('another password')).statusCode]).toEqual([401, 200]);
  });

  it('ends the sessions of this login and of no other', async () => {
    const anna = await newPerson('anna', 'person');
    const token = await tokenOf();
    const reply = await call('DELETE', '/system/auth/sessions', {
      headers: { authorization: `Token ${token}`, 'content-type': 'application/json' },
    });
    expect(reply.json()).toEqual({ info: { code: 200, message: 'Sessions invalidated successfully.' } });
    expect((await call('GET', '/system/auth/user', { headers: { authorization: `Token ${token}` } })).statusCode).toBe(401);
    expect((await call('GET', '/system/auth/user', { headers: { authorization: `Token ${anna}` } })).statusCode).toBe(200);
  });
});

describe('behind a proxy', () => {
  beforeEach(async () => {
    await open(['10.0.0.0/8']);
    await owned();
  });
  afterEach(close);
  const from = (address: string, username: string) =>
    login(PASSWORD, username, { remoteAddress: '10.0.0.2', headers: { 'x-forwarded-for': address } });

  it('throttles whom the proxy names, and not what they put before it', async () => {
    for (let tried = 0; tried < 5; tried += 1)
      expect((await from(`198.51.100.${tried}, 203.0.113.9`, `guess${tried}`)).statusCode).toBe(401);
    expect((await from('203.0.113.9', 'mo')).statusCode).toBe(429);
    expect((await from('203.0.113.10', 'mo')).statusCode).toBe(200);
  });
});

describe('credentials', () => {
  beforeAll(async () => {
    await open();
    await owned();
  });
  afterAll(close);

  const OPEN = [
    ['GET', '/system/healthcheck'],
    ['GET', '/system/auth/test'],
    ['GET', '/system/auth/has_user'],
  ] as const;
  const READING = [
    ['GET', '/system/version'],
    ['GET', '/system/supported'],
  ] as const;
  const SIGNED_IN = [
    ['GET', '/system/auth/user'],
    ['PUT', '/system/auth/change_password'],
    ['DELETE', '/system/auth/sessions'],
  ] as const;
  const statusOf = async (method: 'GET' | 'PUT' | 'DELETE', path: string, query: string, headers: Record<string, string>) =>
    (await call(method, `${path}${query}`, { headers, ...(method === 'PUT' && { payload: {} }) })).statusCode;

  type Sent = Readonly<{ headers?: Record<string, string>; query?: string }>;
  const cases: readonly (readonly [string, () => Promise<Sent>, number, number])[] = [
    ['nothing', async () => ({}), 401, 401],
    ['the owner key as X-APIKEY', async () => ({ headers: { 'x-apikey': 'the-owner-key' } }), 200, 401],
    ['the owner key as ?apikey', async () => ({ query: '?apikey=the-owner-key' }), 200, 401],
    ['the owner key as Bearer', async () => ({ headers: { authorization: 'Bearer the-owner-key' } }), 200, 401],
    ['the owner key as bearer', async () => ({ headers: { authorization: 'bearer  the-owner-key ' } }), 200, 401],
    ['the owner key as Token', async () => ({ headers: { authorization: 'Token the-owner-key' } }), 401, 401],
    ['the owner key as ?ws_token', async () => ({ query: '?ws_token=the-owner-key' }), 401, 401],
    ['the owner key as Basic', async () => ({ headers: { authorization: 'Basic the-owner-key' } }), 401, 401],
    ['the owner key with nothing before it', async () => ({ headers: { authorization: 'the-owner-key' } }), 401, 401],
    ['a wrong key', async () => ({ headers: { 'x-apikey': 'the-owner-kez' } }), 401, 401],
    ['an empty key', async () => ({ headers: { 'x-apikey': '' }, query: '?apikey=&ws_token=' }), 401, 401],
    ['a key that is sent twice', async () => ({ query: '?apikey=the-owner-key&apikey=the-owner-key' }), 401, 401],
    ['a key of absurd length', async () => ({ headers: { authorization: `Bearer ${'x'.repeat(5_000)}` } }), 401, 401],
    ['a wrong key beside a right one', async () => ({ headers: { 'x-apikey': 'wrong', authorization: 'Bearer the-owner-key' } }), 200, 401],
    ['a key that may read', async () => ({ headers: { 'x-apikey': await keyOf({ scopes: ['read'] }) } }), 200, 401],
    ['a key that may not read', async () => ({ headers: { 'x-apikey': await keyOf({ scopes: ['sync'] }) } }), 403, 401],
    ['a key of another surface', async () => ({ headers: { 'x-apikey': await keyOf({ surface: 'huntarr' }) } }), 401, 401],
    ['a webhook token', async () => ({ query: '?apikey=hook' }), 403, 401],
    ['a user token as Token', async () => ({ headers: { authorization: `Token ${await tokenOf()}` } }), 200, 200],
    ['a user token as Bearer', async () => ({ headers: { authorization: `Bearer ${await tokenOf()}` } }), 200, 200],
    ['a user token as ?ws_token', async () => ({ query: `?ws_token=${await tokenOf()}` }), 200, 200],
    ['a user token as X-APIKEY', async () => ({ headers: { 'x-apikey': await tokenOf() } }), 401, 401],
    [
      'a user token beside a key',
      async () => ({ headers: { 'x-apikey': 'the-owner-key' }, query: `?ws_token=${await tokenOf()}` }),
      200,
      200,
    ],
    ['a changed user token', async () => ({ headers: { authorization: `Token ${(await tokenOf()).replace(/.$/, 'x')}` } }), 401, 401],
  ];

  it.each(cases)('%s', async (_, make, reading, signedIn) => {
    const { headers = {}, query = '' } = await make();
    for (const [method, path] of OPEN)
      expect([path, [200, 204].includes(await statusOf(method, path, query, headers))]).toEqual([path, true]);
    for (const [method, path] of READING) expect([path, await statusOf(method, path, query, headers)]).toEqual([path, reading]);
    for (const [method, path] of SIGNED_IN) {
      // The change comes without its fields: whoever may ask at all is told so, and nobody else.
      const expected = method === 'PUT' && signedIn === 200 ? 400 : signedIn;
      expect([path, await statusOf(method, path, query, headers)]).toEqual([path, expected]);
    }
  });

  it('answers 401 on every path but the open ones, whatever is appended to it', async () => {
    for (const path of [
      '/system/version/',
      '/system/version?x=/system/healthcheck',
      '/system/auth/sessions/',
      '/system/auth/user?x=/auth/test',
    ]) {
      expect([path, (await call(path.includes('sessions') ? 'DELETE' : 'GET', path)).statusCode]).toEqual([path, 401]);
    }
    expect((await call('HEAD', '/system/version')).statusCode).toBe(401);
    expect((await call('HEAD', '/system/healthcheck')).statusCode).toBe(200);
  });
});

describe('the identity', () => {
  const READER = '/system/version';
  beforeAll(async () => {
    await open();
    await owned();
  });
  afterAll(close);

  it('is checked for every kind of caller', async () => {
    const [anna, bert] = [await newPerson('anna', 'admin'), await newPerson('bert', 'person')];
    const bertId = (await people.byName('bert'))?.id ?? expect.fail();
    const bound = await keyOf({ role: 'admin', personId: bertId });
    const callers: readonly (readonly [string, string, readonly [number, number, number, number]])[] = [
      // without a name, as main, as bert, as nobody
      ['an owner', await tokenOf(), [200, 200, 200, 404]],
      ['an admin', anna, [200, 200, 200, 404]],
      ['a person', bert, [200, 403, 200, 404]],
      ['the owner key', 'the-owner-key', [200, 200, 200, 404]],
      ['a key bound to bert', bound, [200, 403, 200, 404]],
    ];
    for (const [name, credential, statuses] of callers) {
      const authorization = `Bearer ${credential}`;
      const ask = async (query: string, headers = {}) =>
        (await call('GET', `${READER}${query}`, { headers: { authorization, ...headers } })).statusCode;
      const byQuery = [await ask(''), await ask('?user=main'), await ask('?user=Bert'), await ask('?user=nobody')];
      const byHeader = [
        await ask('', { 'x-user': '' }),
        await ask('?user=bert', { 'x-user': 'main' }),
        await ask('?user=main', { 'x-user': 'bert' }),
        await ask('', { 'x-user': 'nobody' }),
      ];
      expect([name, byQuery, byHeader]).toEqual([name, statuses, statuses]);
    }
    const twice = await call('GET', `${READER}?user=bert&user=bert`, { headers: { authorization: 'Bearer the-owner-key' } });
    expect([twice.statusCode, twice.json<{ error: object }>().error]).toEqual([
      400,
      expect.objectContaining({ fields: [{ field: '?user', message: 'must be given once' }] }),
    ]);
  });
});

describe('every answer', () => {
  beforeAll(async () => {
    await open();
    await owned();
  });
  afterAll(close);

  it('names the version, with the page in its envelope where it is an error', async () => {
    for (const path of ['/system/healthcheck', '/system/version', '/nowhere', '/system/auth/nowhere/']) {
      const reply = await call('GET', path);
      expect([path, reply.headers['x-application-version']]).toEqual([path, '1.2.3']);
      if (reply.statusCode >= 400) expect(reply.json()).toMatchObject({ error: { code: reply.statusCode, message: expect.any(String) } });
    }
  });

  it('of the system routes is as on the page, with a slash at the end or without', async () => {
    const headers = { 'x-apikey': 'the-owner-key' };
    expect((await call('GET', '/system/healthcheck/')).json()).toEqual({ status: 'ok', message: 'System is healthy' });
    expect((await call('GET', '/system/version/', { headers })).json()).toEqual(RELEASE);
    expect((await call('GET', '/system/supported', { headers })).json()).toEqual(['plex', 'jellyfin', 'emby']);
    const reachable = await call('GET', '/system/auth/test/');
    expect([reachable.statusCode, reachable.body]).toEqual([200, '']);
  });
});
