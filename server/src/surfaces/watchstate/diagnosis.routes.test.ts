import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PATH_MAPPINGS } from '#core/connections/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { ago, alien, DAY, heat, shelve, sync } from '#tests/support/journey.ts';
import { createWatchstateApi } from '#tests/support/watchstate-api.ts';

let home: Household;
let folder: string;
const ids: Record<string, string> = {};

const api = (method: string, path: string, body?: unknown) => createWatchstateApi(home).call(method, path, body);
const rowsOf = (reply: { json: Record<string, unknown> }) => reply.json.items as { id: number; title: string; [name: string]: unknown }[];
const owner = (kind: 'plex' | 'jellyfin') => home.fake(kind).owner.id;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usherr-media-'));
  await mkdir(join(folder, 'Heat (1995)'));
  await writeFile(join(folder, 'Heat (1995)', 'Heat.mkv'), 'x');
  home = await startHousehold({ servers: ['plex', 'jellyfin'] });
  ids.heat = shelve(home, 'plex', { ...heat, path: '/media/Heat (1995)/Heat.mkv' });
  ids.alien = shelve(home, 'plex', { ...alien, path: '/media/Alien (1979)/Alien.mkv' });
  ids.wrong = shelve(home, 'plex', {
    ...heat,
    title: 'Ronin',
    year: 1998,
    ids: { imdb: 'tt0122690' },
    path: '/media/x/Paddington 2 (2017).mkv',
  });
  ids.bare = shelve(home, 'plex', { ...heat, title: 'Home video', ids: {}, path: '/media/home/Home video.mkv' });
  ids.jellyHeat = shelve(home, 'jellyfin', heat);
  home.fake('plex').setState(owner('plex'), ids.heat, { played: true, playCount: 1, lastPlayedAt: ago(9 * DAY) });
  await home.addBackend('plex');
  await home.addBackend('jellyfin');
  await sync(home);
}, 30_000);
afterAll(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

describe('what a server lists badly', () => {
  it('is what has no id that another server would know', async () => {
    const all = await api('GET', '/backend/plex/unmatched');
    expect(all.rows).toEqual([
      {
        id: ids.bare,
        title: 'Home video',
        type: 'movie',
        webUrl: expect.stringContaining('http'),
        library: expect.any(String),
        path: '/media/home/Home video.mkv',
      },
    ]);
    const [{ library }] = all.rows as unknown as [{ library: string }];
    const one = await api('GET', `/backend/plex/unmatched/${library}?raw=1&timeout=30`);
    expect(one.rows).toEqual([expect.objectContaining({ raw: expect.objectContaining({ ratingKey: expect.anything() }) })]);
    expect((await api('GET', '/backend/plex/unmatched/999')).status).toBe(404);
    expect((await api('GET', '/backend/nobody/unmatched')).status).toBe(404);
  });

  it.each(['similarity', 'levenshtein'])('is what its file calls something else, by %s', async (method) => {
    const { rows } = await api('GET', `/backend/plex/mismatched?method=${method}`);
    expect(rows).toEqual([
      expect.objectContaining({
        title: 'Ronin',
        percent: expect.any(Number),
        matches: expect.arrayContaining([
          {
            path: 'paddington 2 2017',
            title: 'ronin',
            methods: { similarity: expect.any(Number), levenshtein: expect.any(Number), startWith: false },
          },
        ]),
      }),
    ]);
    expect((await api('GET', '/backend/plex/mismatched?percentage=0')).rows).toEqual([]);
    expect((await api('GET', '/backend/plex/mismatched?method=guess')).status).toBe(400);
  });

  it('shows the server’s own words where they are asked for', async () => {
    expect((await api('GET', `/backend/plex/search/${ids.heat}?raw=1`)).rows[0]).toMatchObject({
      title: 'Heat',
      raw: { title: 'Heat', guid: expect.any(String) },
    });
    expect((await api('GET', '/backend/jellyfin/search?q=Heat&raw=1')).rows[0]).toMatchObject({ raw: { Name: 'Heat' } });
    expect((await api('GET', `/backend/plex/search/${ids.heat}`)).rows[0]).not.toHaveProperty('raw');
    expect((await api('GET', '/backend/jellyfin/info?raw=1')).json.raw).toMatchObject({ Id: home.fake('jellyfin').uuid });
    expect((await api('GET', '/backend/jellyfin/users?raw=1')).rows[0]).toMatchObject({ raw: { Name: expect.any(String) } });
    home.fake('plex').startSession(owner('plex'), ids.heat ?? '');
    expect((await api('GET', '/backend/plex/sessions?raw=1')).rows[0]).toMatchObject({ raw: { ratingKey: expect.anything() } });
    home.fake('plex').endSession(owner('plex'));
  });
});

describe('files', () => {
  it('that are not there are told, those on a disk that is not mounted are not', async () => {
    const first = await api('GET', '/system/integrity');
    expect(first.json).toMatchObject({ total: 0, fromCache: false });
    const account = await home.rooms.connections.get(MAIN_PERSON, 'plex');
    const actor = { kind: 'login', id: '1', name: 'owner' } as const;
    await home.rooms.settings.set(PATH_MAPPINGS, [{ from: '/media', to: folder }], { actor, subject: account.id });
    expect((await api('GET', '/system/integrity')).json).toMatchObject({ total: 0, fromCache: true });
    expect((await api('DELETE', '/system/integrity')).status).toBe(200);
    const looked = await api('GET', '/system/integrity?limit=1');
    expect(looked.json).toMatchObject({ total: 2, fromCache: false });
    expect(rowsOf(looked)).toHaveLength(1);
    const all = rowsOf(await api('GET', '/system/integrity'));
    expect(all.map(({ title, integrity }) => [title, integrity])).toEqual(
      expect.arrayContaining([
        [
          'Alien',
          [
            {
              backend: 'plex',
              path: '/media/Alien (1979)/Alien.mkv',
              status: false,
              message: `Folder does not exist: ${join(folder, 'Alien (1979)')}`,
            },
          ],
        ],
      ]),
    );
    expect((await api('GET', '/system/integrity?limit=0')).status).toBe(400);
  });
});

describe('parity', () => {
  it('lists what some backends do not tell of, and takes it into the bin', async () => {
    const all = await api('GET', '/system/parity');
    expect(
      rowsOf(all)
        .map(({ title }) => title)
        .toSorted(),
    ).toEqual(['Alien', 'Ronin']);
    expect(all.json.paging).toMatchObject({ total: 2, params: { min: 0 } });
    expect(rowsOf(await api('GET', '/system/parity?min=1'))).toEqual([]);
    expect((await api('GET', '/system/parity?min=3')).status).toBe(400);
    expect((await api('GET', '/system/parity?page=9')).status).toBe(404);
    expect((await api('DELETE', '/system/parity')).status).toBe(400);
    expect((await api('DELETE', '/system/parity?min=3')).status).toBe(400);
    expect((await api('DELETE', '/system/parity', { min: 2 })).json).toEqual({ deleted_records: 2 });
    const { total } = await home.rooms.bin.list({ personId: MAIN_PERSON }, { offset: 0, limit: 10 });
    expect(total).toBe(2);
    const history = await api('GET', '/history');
    expect((history.json.history as { title: string }[]).map(({ title }) => title)).toEqual(['Heat']);
  });
});

describe('duplicates', () => {
  it('are merged into the fullest record, and only after they were looked for', async () => {
    expect((await api('DELETE', '/system/duplicate')).status).toBe(404);
    const path = '/media/Heat (1995)/Heat.mkv';
    shelve(home, 'jellyfin', { ...heat, title: 'Heat again', year: 1990, ids: { imdb: 'tt7777777' }, path });
    await sync(home);
    const found = await api('GET', '/system/duplicate?no_cache=1');
    expect(
      rowsOf(found)
        .map(({ title }) => title)
        .toSorted(),
    ).toEqual(['Heat', 'Heat again']);
    const [one, other] = rowsOf(found);
    expect(one?.duplicate_reference_ids).toEqual([other?.id]);
    expect((await api('DELETE', '/system/duplicate')).json).toEqual({ deleted_records: 1 });
    const { history } = (await api('GET', '/history?title=Heat')).json as { history: { title: string; watched: number }[] };
    expect(history).toEqual([expect.objectContaining({ title: 'Heat', watched: 1 })]);
    expect((await api('DELETE', '/system/duplicate')).status).toBe(404);
    expect((await api('GET', '/system/duplicate?page=0')).status).toBe(400);
  });
});

describe('duplicates on the servers of one person', () => {
  it('are merged by those who act for everybody alone: the titles are everybody’s', async () => {
    const mia = await home.rooms.people.create('mia');
    const as = home.fake('jellyfin').addUser({ name: 'mia' });
    const path = '/media/Solaris/Solaris.mkv';
    shelve(home, 'jellyfin', { ...heat, title: 'Solaris', year: 1972, ids: { imdb: 'tt0069293' }, path });
    shelve(home, 'jellyfin', { ...heat, title: 'Stalker', year: 1979, ids: { imdb: 'tt0079944' }, path });
    await home.addBackend('jellyfin', { as, personId: mia.id });
    await sync(home);
    const { body } = await home.send('POST', '/api/v1/keys', { name: 'mia', role: 'person', scopes: ['read', 'write'], person: 'mia' });
    const hers = { 'x-apikey': (body as { key: string }).key };
    const found = await home.get('/v1/api/system/duplicate?no_cache=1', hers);
    expect(rowsOf({ json: found.body as Record<string, unknown> })).toHaveLength(2);
    expect((await home.send('DELETE', '/v1/api/system/duplicate', undefined, hers)).status).toBe(403);
  });
});

describe('stale references', () => {
  it('are what a library does not list any more; removing them takes the backend’s word into the bin', async () => {
    const account = await home.rooms.connections.get(MAIN_PERSON, 'plex');
    const [library] = (await api('GET', '/backend/plex/library')).rows as unknown as { id: string; name: string }[];
    const id = library?.id ?? '';
    expect((await api('GET', `/backend/plex/stale/${id}`)).json).toMatchObject({
      backend: { name: 'plex', library: { id, name: library?.name } },
      counts: { stale: 0 },
      items: [],
    });
    home.fake('plex').removeTitle(ids.heat ?? '');
    expect((await api('GET', `/backend/plex/stale/${id}`)).json).toMatchObject({ counts: { stale: 0 } });
    const anew = await api('GET', `/backend/plex/stale/${id}?ignore=1`);
    expect(anew.json).toMatchObject({ counts: { stale: 1 } });
    const [row] = rowsOf(anew);
    expect(row?.title).toBe('Heat');
    expect((await api('DELETE', `/backend/plex/stale/${id}`, { ids: [] })).status).toBe(400);
    const other = await api('DELETE', `/backend/plex/stale/${id}`, { ids: [999_999] });
    expect(other).toMatchObject({ status: 200, json: { info: { code: 200, message: expect.stringContaining('nothing was removed') } } });
    expect((await api('DELETE', `/backend/plex/stale/${id}`, { ids: [row?.id] })).json).toEqual({
      info: { code: 200, message: 'Removed stale references.' },
    });
    expect((await api('DELETE', `/backend/plex/stale/${id}`, { ids: [row?.id] })).status).toBe(200);
    expect((await api('DELETE', '/backend/plex/stale/999', { ids: [row?.id] })).status).toBe(404);
    expect((await api('GET', `/history/${row?.id}`)).json).toMatchObject({ watched: 1, reported_by: ['jellyfin'] });
    expect((await api('GET', '/backend/plex/stale/999')).status).toBe(404);
    expect(account.name).toBe('plex');
  });
});
