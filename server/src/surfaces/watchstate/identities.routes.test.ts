import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { API_KEY, type Household, startHousehold } from '#tests/support/household.ts';
import { ago, alien, DAY, shelve, sync } from '#tests/support/journey.ts';
import { createWatchstateApi } from '#tests/support/watchstate-api.ts';

let home: Household;
const tokens: Record<string, string> = {};
const api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  createWatchstateApi(home).call(method, `/identities${path}`, body, headers);
const put = (identity: string, text: string, type: string) =>
  fetch(`${home.address}/v1/api/identities/${identity}`, {
    method: 'PUT',
    headers: { 'x-apikey': API_KEY, 'content-type': type },
    body: text,
  });
const namesOf = (rows: unknown) =>
  (rows as { identity: string; members: { backend: string }[] }[]).map(({ identity, members }) => [
    identity,
    ...members.map(({ backend }) => backend),
  ]);

beforeAll(async () => {
  home = await startHousehold();
  for (const kind of ['plex', 'jellyfin', 'emby'] as const) {
    await home.addBackend(kind);
    const alice = home.fake(kind).addUser({ name: 'Alice' });
    tokens[kind] = alice.token;
    home.fake(kind).addUser({ name: `only ${kind}` });
  }
}, 30_000);
afterAll(() => home.close());

describe('who is who', () => {
  it('is shown before anything is made', async () => {
    const { json } = await api('GET', '/provision?force=1');
    expect(json).toMatchObject({ has_identities: false, has_mapping: false, backends: ['plex', 'jellyfin', 'emby'] });
    expect(namesOf(json.matched)).toEqual([['alice', 'plex', 'jellyfin', 'emby']]);
    expect((json.unmatched as { real_name: string }[]).map(({ real_name }) => real_name).toSorted()).toEqual([
      'only emby',
      'only jellyfin',
      'only plex',
    ]);
    expect(Date.parse(String(json.expires))).toBeGreaterThan(Date.now());
    expect((await home.rooms.people.list()).map(({ name }) => name)).toEqual(['main']);
  });

  it('is made in one go, each with accounts of their own', async () => {
    const dry = await api('POST', '/provision', { mode: 'create', dry_run: true });
    expect(dry).toMatchObject({ status: 200, json: { dry_run: true, count: 1 } });
    expect((await home.rooms.people.list()).length).toBe(1);
    const made = await api('POST', '/provision', { mode: 'create' });
    expect(made).toMatchObject({
      status: 201,
      json: { mode: 'create', count: 1, failed: [], identities: [{ identity: 'alice', backends: ['plex', 'jellyfin', 'emby'] }] },
    });
    const alice = await home.rooms.people.byName('alice');
    const accounts = await home.rooms.connections.list(alice?.id);
    expect(accounts.map(({ name, options }) => [name, options.ALT_NAME])).toEqual([
      ['plex', 'plex'],
      ['jellyfin', 'jellyfin'],
      ['emby', 'emby'],
    ]);
    const plex = accounts.find(({ name }) => name === 'plex');
    expect(plex && (await home.rooms.connections.tokenOf(plex))).toBe(tokens.plex);
    expect((await api('POST', '/provision', { mode: 'create' })).status).toBe(409);
    expect((await api('GET', '/provision')).json).toMatchObject({ has_identities: true });
  });

  it('is updated without touching what is right, and made anew without losing what was watched', async () => {
    const alice = await home.rooms.people.byName('alice');
    for (const kind of ['plex', 'emby'] as const) shelve(home, kind, alien);
    const id = shelve(home, 'jellyfin', alien);
    const user =
      home
        .fake('jellyfin')
        .users()
        .find(({ name }) => name === 'Alice')?.id ?? '';
    home.fake('jellyfin').setState(user, id, { played: true, playCount: 1, lastPlayedAt: ago(3 * DAY) });
    await sync(home);
    expect(await api('POST', '/provision', { mode: 'update', generate_backup: true })).toMatchObject({ status: 200, json: { failed: [] } });
    expect(await api('POST', '/provision', { mode: 'recreate' })).toMatchObject({ status: 201, json: { failed: [] } });
    const reply = await home.get('/v1/api/history', { 'x-user': 'alice' });
    expect(reply.body).toMatchObject({ history: [{ title: 'Alien', watched: 1, play_count: 1 }] });
    expect(await readdir(join(home.config.dataDir, 'backup'))).toContain('alice.jellyfin.json.zip');
    expect((await home.rooms.connections.list(alice?.id)).length).toBe(3);
  });

  it('follows the backends of main', async () => {
    expect((await api('POST', '/provision/sync-backends', { dry_run: true })).json).toMatchObject({
      updated_count: 0,
      skipped_count: 3,
      failed_count: 0,
    });
    const [jellyfin] = (await home.rooms.connections.list()).filter(({ name }) => name === 'jellyfin');
    if (jellyfin) await home.rooms.connections.update(jellyfin.id, { options: { ignore: '7' } }, { verify: false });
    const dry = await api('POST', '/provision/sync-backends', { dry_run: true });
    expect(dry.json).toMatchObject({ updated: [{ identity: 'alice', backend: 'jellyfin', source_backend: 'jellyfin' }] });
    expect((await api('POST', '/provision/sync-backends')).json).toMatchObject({ updated_count: 1 });
    expect((await api('POST', '/provision/sync-backends')).json).toMatchObject({ updated_count: 0 });
    const alice = await home.rooms.people.byName('alice');
    expect((await home.rooms.connections.list(alice?.id)).find(({ name }) => name === 'jellyfin')?.options.ignore).toBe('7');
  });

  it('is what the mapping says, whose PINs nobody sees', async () => {
    const mapping = {
      version: '1.6',
      identities: [
        {
          identity: 'Odd',
          members: [
            { backend: 'plex', username: 'only plex', options: { PLEX_USER_PIN: '4321' } },
            { backend: 'emby', username: 'only_emby' },
          ],
        },
      ],
    };
    expect((await api('PUT', '/provision/mapping', mapping)).json).toMatchObject({ info: { code: 200 }, version: '1.6' });
    const preview = await api('GET', '/provision');
    expect(namesOf(preview.json.matched)).toContainEqual(['odd', 'plex', 'emby']);
    expect(JSON.stringify(preview.json)).not.toContain('"4321"');
  });

  it.each([
    ['PUT', '/provision/mapping', { version: '1.4', identities: [{ identity: 'a', members: [{ backend: 'plex', username: 'x' }] }] }, 400],
    ['PUT', '/provision/mapping', { identities: [] }, 400],
    ['PUT', '/provision/mapping', {}, 400],
    ['POST', '/provision', { mode: 'guess' }, 400],
    ['POST', '/provision', { mode: 'update', allow_single_backend_identities: true }, 400],
  ])('%s %s %j is %i', async (method, path, body, status) => {
    expect((await api(method, path, body)).status).toBe(status);
  });

  it('is for owners and admins', async () => {
    const key = await createWatchstateApi(home).keyFor('person', ['read', 'write']);
    for (const [method, path, body] of [
      ['GET', '/provision', undefined],
      ['POST', '/provision', { mode: 'update' }],
      ['POST', '/provision/sync-backends', {}],
      ['PUT', '/alice', {}],
      ['GET', '/alice', undefined],
    ] as const) {
      expect([path, (await api(method, path, body, key)).status]).toEqual([path, 403]);
    }
  });
});

describe('the whole configuration of an identity', () => {
  beforeEach(async () => {
    if (!(await home.rooms.people.byName('family'))) await api('POST', '', { identity: 'family' });
  });
  const wish = (kind: 'jellyfin' | 'emby') => ({
    type: kind,
    url: home.fake(kind).baseUrl,
    token: home.fake(kind).owner.token,
    user: home.fake(kind).owner.id,
    import: { enabled: true },
    export: { enabled: false },
  });

  it('is replaced as JSON and as YAML, and comes back with its secrets masked', async () => {
    expect((await api('GET', '/family')).json).toEqual({});
    const made = await api('PUT', '/family', { jelly: wish('jellyfin'), em: wish('emby') });
    expect(made.json).toMatchObject({ jelly: { type: 'jellyfin', token: '********' }, em: { type: 'emby' } });
    const { url, token, user } = wish('emby');
    const yaml = `em:\n  type: emby\n  url: ${url}\n  token: ${token}\n  user: ${user}\n  import: { enabled: false }\n`;
    const reply = await put('family', yaml, 'application/yaml');
    expect(reply.status).toBe(200);
    expect(Object.keys((await reply.json()) as object)).toEqual(['em']);
    expect((await api('GET', '/family?reveal=1')).json).toMatchObject({ em: { token } });
    // What is shown can be sent back: the mask means keep.
    expect((await api('PUT', '/family', (await api('GET', '/family')).json)).json).not.toHaveProperty('errors');
    expect((await api('GET', '/family?reveal=1')).json).toMatchObject({ em: { token } });
  });

  it.each<[string, string, string, RegExp]>([
    ['no YAML', 'a: [', 'text/yaml', /no YAML/],
    ['no JSON', '{', 'application/json', /no JSON/],
    ['a list', '[1]', 'application/json', /must be an object/],
    ['a backend that is no object', 'em: 1', 'text/plain', /must be an object/],
    ['a name that is none', '"Em Main": { type: emby }', 'text/yaml', /small letters/],
    ['what lacks its address', 'fresh: { type: emby, token: x }', 'text/yaml', /is missing/],
    ['another type for the same name', 'em: { type: plex }', 'text/yaml', /cannot be changed/],
  ])('is not replaced by %s', async (_what, text, type, message) => {
    const before = (await api('GET', '/family')).json;
    const reply = await put('family', text, type);
    expect(reply.status).toBe(400);
    expect(JSON.stringify(await reply.json())).toMatch(message);
    expect((await api('GET', '/family')).json).toEqual(before);
  });

  it('names each fault', async () => {
    const reply = await put('family', 'em: { type: plex }\nBad: 1\n', 'text/yaml');
    expect(await reply.json()).toMatchObject({ errors: [expect.stringContaining('Bad')] });
    expect((await put('nobody', '{}', 'application/json')).status).toBe(404);
    expect((await api('GET', '/nobody')).status).toBe(404);
    expect((await api('GET', '/a-b')).status).toBe(400);
  });
});
