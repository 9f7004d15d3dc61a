import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role, Scope } from '#core/access/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import { type Household, type ServerKind, startHousehold } from '#tests/support/household.ts';

type Row = Record<string, unknown> & { name: string; urls: { webhook: string }; options?: Record<string, unknown> };
type Fault = { error: { code: number; message: string; fields?: { field: string }[] } };

let home: Household;
let movies: string;
let alien: string;

const api = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const url = `/v1/api${path}`;
  const reply = method === 'GET' ? await home.get(url, headers) : await home.send(method, url, body, headers);
  return { ...reply, json: reply.body as Record<string, unknown>, rows: reply.body as Row[], fault: reply.body as Fault };
};

const wish = (kind: ServerKind, name: string, more: Record<string, unknown> = {}) => {
  const fake = home.fake(kind);
  return { name, type: kind, url: fake.baseUrl, token: fake.owner.token, user: fake.owner.id, ...more };
};
const keyFor = async (role: Role, scopes: readonly Scope[]): Promise<Record<string, string>> => {
  const found = await home.rooms.access.authenticate({ credential: 'household-owner-key', surface: 'watchstate' });
  const { key } = await home.rooms.access.keys.create(
    { name: 'key', role, scopes, ...(role === 'person' && { personId: MAIN_PERSON }) },
    found?.actor ?? expect.fail(),
  );
  return { 'x-apikey': key };
};

beforeAll(async () => {
  home = await startHousehold();
  const plex = home.fake('plex');
  movies = plex.addLibrary({ name: 'Movies', kind: 'movies' });
  plex.addLibrary({ name: 'Songs', kind: 'music' });
  alien = plex.addTitle(movies, { kind: 'movie', title: 'Alien', year: 1979, ids: { imdb: 'tt0078748' } });
  const jellyfin = home.fake('jellyfin');
  const shows = jellyfin.addLibrary({ name: 'Shows', kind: 'shows' });
  jellyfin.addTitle(shows, {
    kind: 'episode',
    title: 'Pilot',
    show: { title: 'Firefly', ids: { tvdb: '78874' } },
    season: 1,
    episodes: [1],
    ids: { tvdb: '297989' },
  });
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
});

describe('one backend', () => {
  it('is shown with its secrets masked, and in full to an owner who asks, which is noted', async () => {
    await api('PATCH', '/backend/plex_main', [{ key: 'options.PLEX_USER_PIN', value: '1234' }]);
    const masked = await api('GET', '/backend/plex_main');
    expect(masked.json).toMatchObject({ token: '********', options: { PLEX_USER_PIN: '********' } });
    const full = await api('GET', '/backend/plex_main?reveal=1');
    expect(full.json).toMatchObject({ token: home.fake('plex').owner.token, options: { PLEX_USER_PIN: '1234' } });
    const { entries } = await home.rooms.activity.list({ verb: 'account.revealed' }, { offset: 0, limit: 5 });
    expect(entries).toHaveLength(1);
    expect((await api('GET', '/backend/plex_main?reveal=1', undefined, await keyFor('person', ['read', 'write']))).status).toBe(403);
    expect((await api('GET', '/backend/nothing')).status).toBe(404);
  });

  it('keeps what a PUT leaves out or masks, and replaces its options', async () => {
    await api('PATCH', '/backend/plex_main', [
      { key: 'options.client.timeout', value: 20 },
      { key: 'export.enabled', value: 'yes' },
    ]);
    const stored = (await api('GET', '/backend/plex_main')).json;
    const same = await api('PUT', '/backend/plex_main', stored);
    expect([same.status, same.json.options]).toEqual([200, { client: { timeout: 20 }, PLEX_USER_PIN: '********' }]);
    const other = await api('PUT', '/backend/plex_main', { url: home.fake('plex').baseUrl, options: { DEBUG_TRACE: 'off' } });
    expect(other.json).toMatchObject({ export: { enabled: true }, options: { DEBUG_TRACE: false, PLEX_USER_PIN: '********' } });
    expect(other.json.options).not.toHaveProperty('client');
    const account = await home.rooms.connections.get(MAIN_PERSON, 'plex_main');
    expect(await home.rooms.connections.tokenOf(account)).toBe(home.fake('plex').owner.token);
  });

  it('takes "metadata only" away where import is switched on', async () => {
    const put = await api('PUT', '/backend/emby_main', { import: { enabled: true }, options: { IMPORT_METADATA_ONLY: true } });
    expect([put.status, put.json.options]).toEqual([200, {}]);
  });

  it.each<[unknown, number, string | undefined]>([
    [{ token: 'wrong' }, 400, 'token'],
    [{ url: 'http://127.0.0.1:9' }, 400, 'url'],
    [{ user: '4711' }, 400, 'user'],
    [{ type: 'plex' }, 400, 'type'],
    [{ name: 'renamed' }, 400, 'name'],
    [{ export: { enabled: 2 } }, 400, 'export.enabled'],
    [[], 400, 'body'],
    [undefined, 400, 'body'],
  ])('refuses PUT %j', async (body, status, field) => {
    const reply = await api('PUT', '/backend/jellyfin_main', body);
    expect([reply.status, reply.fault.error.fields?.[0]?.field]).toEqual([status, field]);
  });

  it.each<[unknown, string]>([
    [{ key: 'url', value: 'x' }, 'body'],
    [[], 'body'],
    [[{ value: 1 }], '0.key'],
    [[{ key: 'url' }], 'url'],
    [[{ key: 'url', value: 'nowhere' }], 'url'],
    [[{ key: 'token', value: '' }], 'token'],
    [[{ key: 'nonsense', value: 1 }], 'nonsense'],
    [[{ key: 'options.nonsense', value: 1 }], 'options.nonsense'],
    [[{ key: 'options.LIBRARY_SEGMENT', value: 5 }], 'options.LIBRARY_SEGMENT'],
    [[{ key: 'import.enabled', value: 'perhaps' }], 'import.enabled'],
    [[{ key: 'import.lastSync', value: 'yesterday' }], 'import.lastSync'],
    ...['name', 'type', 'options', 'import', 'export'].map((key): [unknown, string] => [[{ key, value: 'x' }], key]),
  ])('refuses PATCH %j', async (body, field) => {
    const before = (await api('GET', '/backend/jellyfin_main')).json;
    const reply = await api('PATCH', '/backend/jellyfin_main', body);
    expect([reply.status, reply.fault.error.fields?.[0]?.field]).toEqual([400, field]);
    expect((await api('GET', '/backend/jellyfin_main')).json).toEqual(before);
  });

  it('takes a list of changes, and none of it where one is refused', async () => {
    const changes = [
      { key: 'options.client.timeout', value: 30 },
      { key: 'import.enabled', value: true },
      { key: 'import.lastSync', value: 1_774_699_200 },
      { key: 'token', value: '********' },
    ];
    const made = await api('PATCH', '/backend/jellyfin_main', changes);
    expect(made.json).toMatchObject({
      options: { client: { timeout: 30 } },
      import: { enabled: true, lastSync: '2026-03-28T12:00:00+00:00' },
    });
    expect((await api('PATCH', '/backend/jellyfin_main', [{ key: 'import.lastSync', value: null }])).json.import).toEqual({
      enabled: true,
      lastSync: null,
    });
    expect((await api('PATCH', '/backend/nothing', changes)).status).toBe(404);
  });
});

describe('the server behind a backend', () => {
  it('tells what it is, with the steps for its webhook', async () => {
    const { json } = await api('GET', '/backend/plex_main/info');
    expect(json).toMatchObject({ type: 'plex', identifier: home.fake('plex').uuid, webhook: { last_event_at: null } });
    const { url, steps } = json.webhook as { url: string; steps: string[] };
    expect(steps.join(' ')).toContain(url);
    expect((await api('GET', '/backend/jellyfin_main/version')).json).toEqual({ version: expect.stringMatching(/^\d+\.\d+/) });
  });

  it('lists users, with their tokens for owners alone', async () => {
    home.fake('plex').addUser({ name: 'anna' });
    const { rows } = await api('GET', '/backend/plex_main/users');
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['owner', 'anna']));
    expect(rows.every((row) => !('token' in row))).toBe(true);
    const [anna] = (await api('GET', '/backend/plex_main/users?tokens=1&target_user=anna')).rows;
    expect(anna).toMatchObject({ name: 'anna', token: expect.any(String) });
    const person = await keyFor('person', ['read', 'write']);
    expect((await api('GET', '/backend/plex_main/users?tokens=true', undefined, person)).status).toBe(403);
    expect((await api('POST', '/backend/plex_main/accesstoken', { id: anna?.id }, person)).status).toBe(403);
    const issued = await api('POST', '/backend/plex_main/accesstoken', { id: anna?.id, username: 'anna' });
    expect(issued.json).toEqual({ token: anna?.token, username: 'anna' });
    expect((await api('POST', '/backend/plex_main/accesstoken', {})).fault.error.fields?.[0]?.field).toBe('id');
  });

  it('lists what plays', async () => {
    const plex = home.fake('plex');
    plex.startSession(plex.owner.id, alien);
    const { rows } = await api('GET', '/backend/plex_main/sessions');
    expect(rows).toEqual([expect.objectContaining({ id: alien, user: 'owner', state: 'playing' })]);
    plex.endSession(plex.owner.id);
  });

  it('lists the servers that Plex knows of, and of no other', async () => {
    expect((await api('GET', '/backend/emby_main/discover')).status).toBe(400);
    expect((await api('GET', '/backend/plex_main/discover')).rows).toEqual([
      expect.objectContaining({ name: expect.any(String), uri: home.fake('plex').baseUrl, identifier: home.fake('plex').uuid }),
    ]);
    expect((await api('GET', '/backend/nothing/discover')).status).toBe(404);
  });

  it('ignores libraries and heeds them again', async () => {
    expect((await api('GET', '/backend/plex_main/library')).rows).toEqual([
      expect.objectContaining({ id: movies, name: 'Movies', supported: true, ignored: false }),
      expect.objectContaining({ name: 'Songs', supported: false, ignored: false }),
    ]);
    expect((await api('DELETE', `/backend/plex_main/library/${movies}`)).status).toBe(409);
    expect((await api('POST', `/backend/plex_main/library/${movies}`)).rows[0]).toMatchObject({ id: movies, ignored: true });
    expect((await api('POST', `/backend/plex_main/library/${movies}`)).status).toBe(409);
    expect((await api('GET', '/backend/plex_main/option/options.ignore')).json).toMatchObject({ value: movies });
    expect((await api('POST', '/backend/plex_main/library/4711')).status).toBe(404);
    expect((await api('DELETE', `/backend/plex_main/library/${movies}`)).rows[0]).toMatchObject({ ignored: false });
    expect((await api('GET', '/backend/nothing/library')).status).toBe(404);
  });

  it('is searched by text and by id', async () => {
    const byText = await api('GET', '/backend/plex_main/search?q=alie');
    expect(byText.rows).toEqual([
      expect.objectContaining({
        id: null,
        title: 'Alien',
        type: 'movie',
        via: 'plex_main',
        guids: { guid_imdb: 'tt0078748' },
        webUrl: expect.any(String),
      }),
    ]);
    for (const path of [`/search/${alien}`, `/search?id=${alien}`])
      expect((await api('GET', `/backend/plex_main${path}`)).rows).toHaveLength(1);
    expect((await api('GET', '/backend/jellyfin_main/search?q=pilot')).rows).toEqual([
      expect.objectContaining({ title: 'Firefly', content_title: 'Pilot', season: 1, episode: 1, parent: { guid_tvdb: '78874' } }),
    ]);
    for (const [path, status] of [
      ['/search', 400],
      ['/search?q=', 400],
      ['/search?q=x&limit=0', 400],
      ['/search?q=nothing+like+it', 404],
      ['/search/4711', 404],
    ] as const)
      expect([path, (await api('GET', `/backend/plex_main${path}`)).status]).toEqual([path, status]);
  });

  it.each(['info', 'version', 'users', 'sessions', 'library', 'search?q=x'])('answers 500 where it fails: %s', async (path) => {
    home.fake('jellyfin').setMood('server-error');
    const reply = await api('GET', `/backend/jellyfin_main/${path}`);
    home.fake('jellyfin').setMood('fine');
    expect([reply.status, reply.fault.error.code]).toEqual([500, 500]);
  });
});

describe('single options', () => {
  const option = (method: string, path: string, body?: unknown) => api(method, `/backend/emby_main/option${path}`, body);

  it('are set, read and taken away', async () => {
    expect((await option('POST', '', { key: 'options.client.timeout', value: '30' })).json).toEqual({
      key: 'options.client.timeout',
      value: 30,
      real_val: '30',
      type: 'float',
      description: expect.any(String),
    });
    expect((await option('PATCH', '/options.client.verify_host', { value: 'no' })).json).toMatchObject({ value: false, real_val: 'false' });
    expect((await option('GET', '?key=options.client.timeout')).json).toMatchObject({ value: 30 });
    expect((await option('DELETE', '', { key: 'options.client.timeout' })).json).toMatchObject({ value: null, real_val: null });
    expect((await option('GET', '/options.client.timeout')).status).toBe(404);
    expect((await option('DELETE', '/options.client.timeout')).status).toBe(404);
    expect((await option('POST', '/options.ADMIN_TOKEN', { value: 'secret-of-anna' })).json).toMatchObject({ value: '********' });
    expect(JSON.stringify((await option('GET', '/options.ADMIN_TOKEN')).json)).not.toContain('secret-of-anna');
  });

  it('come as a form too', async () => {
    const reply = await fetch(`${home.address}/v1/api/backend/emby_main/option?apikey=household-owner-key`, {
      method: 'POST',
      body: new URLSearchParams({ key: 'options.DEBUG_TRACE', value: 'on' }),
    });
    expect([reply.status, await reply.json()]).toEqual([200, expect.objectContaining({ value: true })]);
  });

  it.each<[string, string, unknown, number]>([
    ['GET', '', undefined, 400],
    ['GET', '/import.enabled', undefined, 400],
    ['GET', '/options.nonsense', undefined, 400],
    ['POST', '/options.LIBRARY_SEGMENT', { value: 1 }, 400],
    ['POST', '/options.LIBRARY_SEGMENT', {}, 400],
    ['POST', '/options.LIBRARY_SEGMENT', undefined, 400],
    ['PATCH', '', { key: 'token', value: 'x' }, 400],
    ['DELETE', '', undefined, 400],
  ])('are refused: %s %s %j', async (method, path, body, status) => {
    expect((await option(method, path, body)).status).toBe(status);
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

describe('removing a backend', () => {
  it('forgets what it said, drops what was never watched and keeps what was', async () => {
    const plex = home.fake('plex');
    plex.setState(plex.owner.id, alien, { played: true, playCount: 1, lastPlayedAt: Date.UTC(2026, 0, 5) });
    plex.addTitle(movies, { kind: 'movie', title: 'Stalker', year: 1979, ids: { imdb: 'tt0079944' } });
    await home.rooms.watchSync.runImport({
      person: MAIN_PERSON,
      backend: 'plex_main',
      signal: AbortSignal.timeout(9_000),
      log: () => undefined,
      progress: () => undefined,
      breathe: async () => undefined,
    });
    const gone = await api('DELETE', '/backend/plex_main');
    expect([gone.status, gone.json]).toEqual([
      200,
      { deleted: { references: 2, records: 1 }, backend: expect.objectContaining({ name: 'plex_main' }) },
    ]);
    expect(JSON.stringify(gone.json)).not.toContain(plex.owner.token);
    expect((await api('DELETE', '/backend/plex_main')).status).toBe(404);
  });
});
