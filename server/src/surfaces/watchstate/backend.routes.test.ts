import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createEmbyFake } from '#integrations/emby/emby.fake.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { createWatchstateApi } from '#tests/support/watchstate-api.ts';

let home: Household;
let movies: string;
let alien: string;

const api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  createWatchstateApi(home).call(method, path, body, headers);
const wish: ReturnType<typeof createWatchstateApi>['wish'] = (kind, name, more) => createWatchstateApi(home).wish(kind, name, more);
const keyFor: ReturnType<typeof createWatchstateApi>['keyFor'] = (role, scopes) => createWatchstateApi(home).keyFor(role, scopes);

beforeAll(async () => {
  home = await startHousehold();
  const plex = home.fake('plex');
  movies = plex.addLibrary({ name: 'Movies', kind: 'movies' });
  plex.addLibrary({ name: 'Songs', kind: 'music' });
  alien = plex.addTitle(movies, { kind: 'movie', title: 'Alien', year: 1979, ids: { imdb: 'tt0078748' }, genres: ['Sci-Fi'] });
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
  for (const kind of ['plex', 'jellyfin', 'emby'] as const) {
    await api('POST', '/backends', wish(kind, `${kind}_main`, { import: { enabled: true } }));
  }
}, 30_000);
afterAll(() => home.close());

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

  it('refuses an address that another server answers at, and believes one that nobody answers at', async () => {
    const { baseUrl, uuid } = home.fake('emby');
    const before = (await api('GET', '/backend/emby_main')).json;
    const other = await createEmbyFake();
    const token = { key: 'token', value: other.owner.token };
    const url = { key: 'url', value: other.baseUrl };
    for (const [changes, field] of [
      [[url, token], 'url'],
      [[url, token, { key: 'uuid', value: uuid }], 'uuid'],
      [[{ key: 'uuid', value: other.uuid }], 'uuid'],
    ] as const) {
      const reply = await api('PATCH', '/backend/emby_main', changes);
      expect([reply.status, reply.fault.error.fields?.[0]?.field]).toEqual([400, field]);
    }
    expect((await api('GET', '/backend/emby_main')).json).toEqual(before);
    await other.close();
    const gone = await api('PATCH', '/backend/emby_main', [url, { key: 'uuid', value: 'unknown' }]);
    expect([gone.status, gone.json]).toMatchObject([200, { url: other.baseUrl, uuid: 'unknown' }]);
    const changes = [
      { key: 'url', value: baseUrl },
      { key: 'uuid', value: uuid },
    ];
    expect((await api('PATCH', '/backend/emby_main', changes)).json).toMatchObject({ url: baseUrl, uuid });
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
    expect(url).toMatch(/^https?:\/\//);
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

  it.each(['plex', 'jellyfin', 'emby'] as const)('gives no token for somebody whom %s does not know: 404', async (kind) => {
    const reply = await api('POST', `/backend/${kind}_main/accesstoken`, { id: '4711' });
    expect([reply.status, reply.fault.error.fields?.[0]?.field]).toEqual([404, 'id']);
    home.fake(kind).setMood('server-error');
    const failing = await api('POST', `/backend/${kind}_main/accesstoken`, { id: '4711' });
    home.fake(kind).setMood('fine');
    expect(failing.status).toBe(500);
  });

  it('gives the token of whoever has a PIN where the option has it, and names the option where not', async () => {
    const kid = home.fake('plex').addUser({ name: 'kid', pin: '1234' });
    home.fake('plex').addUser({ name: 'guarded', pin: '9876' });
    const token = () => api('POST', '/backend/plex_main/accesstoken', { id: kid.id });
    const pin = (value: string) => api('PATCH', '/backend/plex_main', [{ key: 'options.PLEX_USER_PIN', value }]);
    await api('DELETE', '/backend/plex_main/option/options.PLEX_USER_PIN');
    for (const prepare of [async () => undefined, () => pin('9999')]) {
      await prepare();
      const refused = await token();
      expect([refused.status, refused.fault.error.fields?.[0]?.field]).toEqual([400, 'options.PLEX_USER_PIN']);
    }
    await pin('1234');
    expect((await token()).json).toMatchObject({ token: kid.token });
    expect((await api('GET', '/backend/plex_main/users?tokens=1&target_user=kid')).rows).toMatchObject([{ token: kid.token }]);
    home.fake('plex').forgetCalls();
    const all = (await api('GET', '/backend/plex_main/users?tokens=1')).rows;
    expect(all.filter(({ protected: has }) => has).map(({ token }) => token)).toEqual([null, null]);
    expect(home.fake('plex').calls.filter((call) => 'pin' in call.query)).toEqual([]);
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
        content_genres: ['sci-fi'],
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
