import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { createWatchstateApi } from '#tests/support/watchstate-api.ts';

let home: Household;

const api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  createWatchstateApi(home).call(method, path, body, headers);
const wish: ReturnType<typeof createWatchstateApi>['wish'] = (kind, name, more) => createWatchstateApi(home).wish(kind, name, more);
const keyFor: ReturnType<typeof createWatchstateApi>['keyFor'] = (role, scopes) => createWatchstateApi(home).keyFor(role, scopes);

beforeAll(async () => {
  home = await startHousehold();
}, 30_000);
afterAll(() => home.close());

describe('adding a backend', () => {
  it.each(['plex', 'jellyfin', 'emby'] as const)('asks the %s server for its id and stores it, with the token masked', async (kind) => {
    const made = await api(
      'POST',
      '/backends',
      wish(kind, `${kind}_main`, { import: { enabled: 'on' }, options: { client: { timeout: 30 } } }),
    );
    expect(made.status).toBe(200);
    expect(made.json).toMatchObject({
      name: `${kind}_main`,
      type: kind,
      url: home.fake(kind).baseUrl,
      uuid: home.fake(kind).uuid,
      user: home.fake(kind).owner.id,
      token: '********',
      import: { enabled: true, lastSync: null },
      export: { enabled: false, lastSync: null },
      options: { client: { timeout: 30 } },
      health: { state: 'unknown', last_error: null, last_event_at: null },
    });
    expect(JSON.stringify(made.json)).not.toContain(home.fake(kind).owner.token);
    expect((await home.rooms.connections.get(MAIN_PERSON, `${kind}_main`)).consent).toBe('given');
  });

  it('finds the user by name', async () => {
    const made = await api('POST', '/backends', wish('jellyfin', 'by_name', { user: 'Owner' }));
    expect([made.status, made.json.user]).toEqual([200, home.fake('jellyfin').owner.id]);
    await api('DELETE', '/backend/by_name');
  });

  it('exchanges `name:password` for a token once, and keeps no password', async () => {
    const body = wish('jellyfin', 'by_password', { token: `${home.fake('jellyfin').owner.name}:open-sesame`, user: undefined });
    const made = await api('POST', '/backends', body);
    expect([made.status, made.json]).toMatchObject([200, { user: home.fake('jellyfin').owner.id }]);
    const account = await home.rooms.connections.get(MAIN_PERSON, 'by_password');
    expect(await home.rooms.connections.tokenOf(account)).not.toContain('sesame');
    expect((await api('GET', '/backend/by_password/info')).status).toBe(200);
    const wrong = await api('POST', '/backends', { ...body, name: 'wrong', token: `${home.fake('jellyfin').owner.name}:of-the-house` });
    expect([wrong.status, wrong.json]).toMatchObject([400, { error: { message: expect.stringMatching(/^token: .*password/) } }]);
    expect(JSON.stringify(wrong.json)).not.toContain('of-the-house');
    await api('DELETE', '/backend/by_password');
  });

  it('takes the only user where none is named', async () => {
    const made = await api('POST', '/backends', wish('emby', 'emby_only', { user: undefined }));
    expect([made.status, made.json.user]).toEqual([200, home.fake('emby').owner.id]);
    await api('DELETE', '/backend/emby_only');
  });

  it.each<[string, unknown, number, string | undefined]>([
    ['no type', { type: undefined }, 400, 'type'],
    ['an unknown type', { type: 'kodi' }, 400, 'type'],
    ['no name', { name: undefined }, 400, 'name'],
    ['a bad name', { name: 'My Plex' }, 400, 'name'],
    ['no address', { url: undefined }, 400, 'url'],
    ['an address that is none', { url: 'plex' }, 400, 'url'],
    ['an address where nothing answers', { url: 'http://127.0.0.1:9' }, 400, 'url'],
    ['no token', { token: undefined }, 400, 'token'],
    ['a wrong token', { token: 'wrong' }, 400, 'token'],
    ['a token that is no text', { token: 5 }, 400, 'token'],
    ['an unknown user', { user: '4711' }, 400, 'user'],
    ['another server id', { uuid: 'another' }, 400, 'uuid'],
    ['a switch that is none', { import: { enabled: 'perhaps' } }, 400, 'import.enabled'],
    ['options that are none', { options: 'fast' }, 400, 'options'],
    ['an option out of range', { options: { LIBRARY_SEGMENT: 5 } }, 400, 'options.LIBRARY_SEGMENT'],
    ['options of absurd depth', { options: { a: { b: { c: { d: { e: { f: 1 } } } } } } }, 400, 'options'],
    ['a name that is taken', { name: 'jellyfin_main' }, 409, undefined],
  ])('refuses %s', async (_, change, status, field) => {
    const reply = await api('POST', '/backends', { ...wish('jellyfin', 'another'), ...(change as object) });
    expect([reply.status, reply.fault.error.code]).toEqual([status, status]);
    expect(reply.fault.error.fields?.map((fault) => fault.field)).toEqual(field === undefined ? undefined : [field]);
  });

  it('names all that is missing, and refuses bodies that are none', async () => {
    const { fault } = await api('POST', '/backends', { type: 'plex' });
    expect(fault.error.fields?.map(({ field }) => field)).toEqual(['name', 'url', 'token']);
    for (const body of [undefined, [], 'plex', null]) expect((await api('POST', '/backends', body)).status).toBe(400);
    expect((await api('POST', '/backends', wish('plex', 'x'), { 'x-user': 'nobody' })).status).toBe(404);
  });
});

describe('the list', () => {
  it('hides options but the one that matters, and tokens from whoever only reads', async () => {
    await api('PATCH', '/backend/emby_main', [
      { key: 'options.IMPORT_METADATA_ONLY', value: true },
      { key: 'import.enabled', value: false },
    ]);
    const { rows } = await api('GET', '/backends');
    expect(rows.map(({ name, options }) => [name, options])).toEqual([
      ['plex_main', undefined],
      ['jellyfin_main', undefined],
      ['emby_main', { IMPORT_METADATA_ONLY: true }],
    ]);
    for (const row of rows) {
      expect(row).not.toHaveProperty('token');
      expect(row.urls.webhook).toMatch(/^\/v1\/api\/webhook\?apikey=[\w-]{20,}$/);
    }
    const read = await api('GET', '/backends', undefined, await keyFor('owner', ['read']));
    expect(read.rows.map(({ urls }) => urls.webhook)).toEqual(Array(3).fill('/v1/api/webhook'));
    expect((await api('GET', '/backends', undefined, { 'x-apikey': 'wrong' })).status).toBe(401);
    expect((await api('POST', '/backends', wish('plex', 'x'), await keyFor('owner', ['read']))).status).toBe(403);
  });

  it('shows dates as the page spells them', async () => {
    const account = await home.rooms.connections.get(MAIN_PERSON, 'plex_main');
    await home.rooms.connections.setImportSync(account.id, Date.UTC(2026, 2, 28, 12));
    expect((await api('GET', '/backend/plex_main')).json.import).toEqual({ enabled: true, lastSync: '2026-03-28T12:00:00+00:00' });
  });

  it('gives the specification of every key', async () => {
    const { rows } = await api('GET', '/backends/spec');
    const byKey = new Map(rows.map((row) => [row.key, row]));
    expect(byKey.get('options.client.timeout')).toMatchObject({ type: 'float', description: expect.any(String) });
    expect(byKey.get('type')).toMatchObject({ choices: ['plex', 'jellyfin', 'emby'], immutable: true });
    for (const key of [
      'name',
      'url',
      'token',
      'uuid',
      'user',
      'import.enabled',
      'export.lastSync',
      'options.ignore',
      'options.ADMIN_TOKEN',
    ])
      expect(byKey.has(key), key).toBe(true);
    expect(byKey.size).toBe(rows.length);
  });

  it('says of the version of HTTP, there and where it is set, that it changes nothing', async () => {
    const key = 'options.client.http_version';
    const { rows } = await api('GET', '/backends/spec');
    const description = rows.find((row) => row.key === key)?.description;
    expect(description).toMatch(/HTTP\/1\.1 whatever it says/);
    const set = await api('POST', `/backend/plex_main/option/${key}`, { value: 1.0 });
    expect(set.json).toMatchObject({ value: 1, description });
    await api('DELETE', `/backend/plex_main/option/${key}`);
  });
});

describe('servers that are no backends yet', () => {
  it('tell their id and their users', async () => {
    const { url, token } = wish('jellyfin', 'x');
    expect((await api('POST', '/backends/uuid/jellyfin', { url, token })).json).toEqual({
      type: 'jellyfin',
      identifier: home.fake('jellyfin').uuid,
    });
    const query = new URLSearchParams({ url, token, user: home.fake('jellyfin').owner.id });
    expect((await api('GET', `/backends/uuid/jellyfin?${query}`)).status).toBe(200);
    expect((await api('GET', `/backends/users/jellyfin?${query}`)).rows).toEqual([expect.objectContaining({ name: 'owner' })]);
    const withTokens = await api('POST', '/backends/users/jellyfin', { url, token, tokens: true, target_user: 'owner' });
    expect(withTokens.rows).toEqual([expect.objectContaining({ token })]);
  });

  it('tell the tokens of their users without being told which server they are', async () => {
    const { url, token } = wish('plex', 'x');
    const anna = home.fake('plex').addUser({ name: 'anna' });
    for (const ask of [
      () => api('POST', '/backends/users/plex', { url, token, tokens: true }),
      () => api('GET', `/backends/users/plex?${new URLSearchParams({ url, token, tokens: '1' })}`),
    ]) {
      expect((await ask()).rows).toEqual([
        expect.objectContaining({ name: 'owner', token }),
        expect.objectContaining({ name: 'anna', token: anna.token }),
      ]);
    }
  });

  it('give a token for a password, but not Plex', async () => {
    const { url } = wish('emby', 'x');
    const login = { url, username: 'owner', password: 'open-sesame' };
    expect((await api('POST', '/backends/accesstoken/emby', login)).json).toMatchObject({ AccessToken: expect.any(String) });
    expect((await api('POST', '/backends/accesstoken/plex', login)).status).toBe(400);
    expect((await api('POST', '/backends/accesstoken/emby', { url })).status).toBe(400);
    expect((await api('POST', '/backends/accesstoken/emby', { ...login, url: 'nowhere' })).status).toBe(400);
    expect((await api('POST', '/backends/accesstoken/emby', { ...login, password: 'wrong' })).status).toBe(500);
  });

  it.each<[string, string, unknown, number]>([
    ['POST', '/backends/uuid/kodi', {}, 400],
    ['POST', '/backends/uuid/plex', {}, 400],
    ['GET', '/backends/uuid/plex', undefined, 400],
    ['POST', '/backends/uuid/plex', { url: 'http://127.0.0.1:9', token: 't' }, 500],
    ['POST', '/backends/users/emby', { url: 'x', token: 't' }, 400],
    ['POST', '/backends/users/emby', undefined, 400],
    ['POST', '/backends/discover/emby', { url: 'http://127.0.0.1:9', token: 't' }, 400],
    ['POST', '/backends/discover/plex', { url: 'http://127.0.0.1:9' }, 400],
    ['POST', '/backends/validate/token/emby', { token: 't' }, 400],
    ['POST', '/backends/validate/token/plex', {}, 400],
    ['POST', '/backends/validate/token/plex', { token: 'wrong' }, 401],
  ])('%s %s %j', async (method, path, body, status) => {
    expect((await api(method, path, body)).status).toBe(status);
  });

  it('are not asked for somebody who may only read', async () => {
    expect(
      (await api('GET', '/backends/uuid/plex?url=http://127.0.0.1:9&token=t', undefined, await keyFor('owner', ['read']))).status,
    ).toBe(403);
  });
});

describe('a stored token', () => {
  it('is sent to no other address by somebody who may not see it', async () => {
    const created = await api('POST', '/backends', wish('jellyfin', 'guarded'));
    expect(created.status).toBe(200);
    const { baseUrl, owner } = home.fake('jellyfin');
    const heard: string[] = [];
    const trap = createServer((request, reply) => {
      heard.push(JSON.stringify(request.headers) + request.url);
      reply.end('{}');
    }).listen(0, '127.0.0.1');
    await once(trap, 'listening');
    const elsewhere = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
    const admin = await keyFor('admin', ['read', 'write']);
    const { id } = await home.rooms.connections.get(MAIN_PERSON, 'guarded');
    try {
      for (const [method, path, body] of [
        ['PUT', '/backend/guarded', { url: elsewhere, token: '********' }],
        ['PUT', '/backend/guarded', { url: elsewhere }],
        ['PATCH', '/backend/guarded', [{ key: 'url', value: elsewhere }]],
      ] as const)
        expect([method, (await api(method, path, body, admin)).status]).toEqual([method, 403]);
      expect((await home.send('PATCH', `/api/v1/accounts/${id}`, { url: elsewhere }, admin)).status).toBe(403);
      expect((await api('PATCH', '/backend/guarded', [{ key: 'url', value: `${baseUrl}/` }], admin)).status).toBe(200);
      const both = [
        { key: 'url', value: elsewhere },
        { key: 'token', value: 'another' },
      ];
      expect((await api('PATCH', '/backend/guarded', both, admin)).status).toBe(200);
      expect((await api('PATCH', '/backend/guarded', [{ key: 'url', value: baseUrl }])).status).toBe(200);
      expect(heard.join()).not.toContain(owner.token);
    } finally {
      trap.close();
      await api('DELETE', '/backend/guarded');
    }
  });
});

describe('the sign-in with Plex', () => {
  const open = (path: string, body?: unknown) => api('POST', `/backends/plex/${path}`, body, { 'x-apikey': '' });

  it('needs no credentials, passes the refusals on, and is limited', async () => {
    const pin = (await open('generate')).json;
    expect(pin).toMatchObject({ id: expect.any(Number), code: expect.any(String), 'x-plex-client-identifier': expect.any(String) });
    const checked = await open('check', { id: pin.id, code: pin.code });
    expect([checked.status, checked.json.authToken]).toEqual([200, null]);
    (home.fake('plex') as unknown as { approvePin(code: string): void }).approvePin(String(pin.code));
    const { authToken } = (await open('check', { id: pin.id, code: pin.code })).json;
    expect(authToken).toEqual(expect.any(String));
    expect((await api('POST', '/backends/validate/token/plex', { token: authToken })).json).toEqual({
      info: { code: 200, message: 'Token is valid.' },
    });
    expect((await api('POST', '/backends/discover/plex', { url: home.fake('plex').baseUrl, token: authToken })).rows).toEqual([
      expect.objectContaining({ identifier: home.fake('plex').uuid, uri: expect.any(String) }),
    ]);
    expect((await open('check', { id: pin.id })).status).toBe(400);
    expect((await open('check', { id: 1, code: 'wrong' })).status).toBe(404);
    const replies = await Promise.all(Array.from({ length: 12 }, () => open('generate')));
    const limited = replies.find(({ status }) => status === 429);
    expect(limited?.headers.get('retry-after')).toMatch(/^\d+$/);
  });
});

describe('identities', () => {
  it('are listed with their backends, made and removed', async () => {
    expect((await api('POST', '/identities', { identity: 'Family' })).status).toBe(201);
    expect((await api('GET', '/identities')).json).toEqual({
      identities: [
        { identity: 'main', backends: ['plex_main', 'jellyfin_main', 'emby_main'] },
        { identity: 'family', backends: [] },
      ],
    });
    const mine = await api('GET', '/identities', undefined, await keyFor('person', ['read']));
    expect((mine.json.identities as { identity: string }[]).map(({ identity }) => identity)).toEqual(['main']);
    const made = await api('POST', '/backends', wish('jellyfin', 'jellyfin_main'), { 'x-user': 'family' });
    expect(made.status).toBe(200);
    expect((await api('DELETE', '/identities/family')).status).toBe(200);
    expect((await api('GET', '/backends', undefined, { 'x-user': 'family' })).status).toBe(404);
  });

  it.each<[string, string, unknown, number]>([
    ['POST', '', {}, 400],
    ['POST', '', { identity: 'a b' }, 400],
    ['POST', '', { identity: 'main' }, 409],
    ['DELETE', '/main', undefined, 403],
    ['DELETE', '/nobody', undefined, 404],
    ['DELETE', '/no%20body', undefined, 400],
  ])('%s %s %j', async (method, path, body, status) => {
    const reply = await api(method, `/identities${path}`, body);
    expect([reply.status, reply.fault.error.code]).toEqual([status, status]);
  });
});
