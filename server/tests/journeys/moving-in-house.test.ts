import { describe, expect, it } from 'vitest';
import { MAPPING } from '#features/provisioning/index.ts';
import { metadataOf } from '#integrations/watchstate/watchstate-folder.fake.ts';
import { DATABASES } from '#tests/support/databases.ts';
import { ago, DAY, eventually, type Household, heat, importNow, inHousehold, settled, shelve } from '#tests/support/journey.ts';
import { everything, layFolderForTest, moveIn, unix } from '#tests/support/moving.ts';

const PLAYED = unix(ago(100 * DAY));

type Row = { id: number; title: string; guids: Record<string, string>; play_count: number };
const rowsOf = async (home: Household, query = ''): Promise<readonly Row[]> =>
  ((await home.get(`/v1/api/history?perpage=100&${query}`)).body as { history?: Row[] }).history ?? [];

const GUIDS = {
  version: '0.0',
  guids: [
    {
      id: '6f1c1a52-1c1f-4a58-9c53-0d9f3c6c0001',
      type: 'string',
      name: 'guid_letterboxd',
      description: 'Letterboxd',
      validator: { pattern: '/^[0-9a-z-]+$/i', example: '(slug)', tests: { valid: ['heat', 1995], invalid: ['a b', ''] } },
    },
    { id: 'b', type: 'string', name: 'guid_broken', validator: { pattern: '/(a)\\1/', example: '', tests: { valid: [], invalid: [] } } },
    { id: 'c', type: 'string', name: 'guid_fails', validator: { pattern: '/^a$/', tests: { valid: ['b'] } } },
  ],
  links: [
    {
      id: '6f1c1a52-1c1f-4a58-9c53-0d9f3c6c0002',
      type: 'plex',
      map: { from: 'com.plexapp.agents.letterboxd', to: 'guid_letterboxd' },
      options: { legacy: true, replace: { from: 'com.plexapp.agents.boxd://', to: 'com.plexapp.agents.letterboxd://' } },
    },
    { id: 'd', type: 'jellyfin', map: { from: 'Letterboxd', to: 'guid_letterboxd' } },
    { id: 'e', type: 'kodi', map: { from: 'x', to: 'guid_letterboxd' } },
    { id: 'f', type: 'emby', map: { from: 'x', to: 'guid_broken' } },
  ],
};

const CONFIG = {
  'guid.yaml': GUIDS,
  'suppress.yaml': {
    S1234567890: { type: 'contains', rule: 'healthcheck', example: 'GET /healthcheck' },
    S1234567891: { type: 'regex', rule: '/^noise \\d+$/i', example: 'Noise 7' },
    S1234567892: { type: 'contains', rule: 'elsewhere', example: 'here' },
    S1234567893: { type: 'glob', rule: '*', example: 'x' },
  },
  'mapper.yaml': {
    version: '1.6',
    map: [
      { plex: { name: 'Ann Lee', options: { PLEX_USER_PIN: 1234 } }, jellyfin: { name: 'ann', replace_with: 'Ann Lee' } },
      { plex: { name: 'alone' } },
    ],
  },
};

/** A film that only its own id names, one that a rule about such ids is about, and what else was kept. */
async function aHousehold(home: Household) {
  const own = { ...heat, ids: { letterboxd: 'heat' } };
  const id = shelve(home, 'plex', own);
  const plex = home.fake('plex');
  plex.setState('1', id, { played: true, playCount: 1, lastPlayedAt: ago(100 * DAY) });
  const told = { type: 'movie', title: 'Heat', year: 1995, guids: { guid_letterboxd: 'heat' } };
  const server = { type: 'plex', url: plex.baseUrl, token: plex.owner.token, uuid: plex.uuid, user: plex.owner.id };
  return layFolderForTest({
    main: {
      servers: { plex: { ...server, import: { enabled: true, lastSync: unix(ago(DAY)) }, export: { enabled: false } } },
      ignore: { 'movie://letterboxd:spam@plex': 1_700_000_000 },
      rows: [
        { ...told, watched: 1, updated: PLAYED, via: 'plex', metadata: { plex: metadataOf(told, { id, playedAt: PLAYED }) } },
        { ...told, title: 'Gone Film', guids: { guid_letterboxd: 'gone-film' }, watched: 1, updated: PLAYED, via: 'plex' },
      ],
    },
    config: CONFIG,
  });
}

describe.each(DATABASES)('what a household said to WatchState beside its history, on %s', (database) => {
  it('is shown, taken, in force at once, and taken once', () =>
    inHousehold({ database, servers: ['plex'] }, async (home) => {
      const wish = { program: 'watchstate', folder: await aHousehold(home) };
      const empty = await everything(home.rooms.database);
      const rehearsed = await moveIn(home, wish);
      expect(await everything(home.rooms.database)).toEqual(empty);
      expect(home.rooms.matching.current().customProviders).toEqual([]);

      const { copy: _, ...done } = await moveIn(home, { ...wish, apply: true });
      expect({ ...rehearsed, applied: true }).toEqual(done);
      expect([done.custom_ids, done.suppressions, done.mapping]).toEqual([
        { taken: 3, there: 0, refused: 4 },
        { taken: 2, there: 0, refused: 2 },
        { taken: 1, there: 0, refused: 1 },
      ]);
      expect(done.people[0]).toMatchObject({ ignore_rules: { taken: 1, refused: 0 }, history: { taken: 2, refused: 0 } });
      const reasons = Object.fromEntries(done.refused.map(({ what, reason }) => [what, reason]));
      expect(reasons).toEqual({
        'guid.yaml: guid guid_broken': expect.stringContaining('validator.pattern: repeats a group'),
        'guid.yaml: guid guid_fails': expect.stringContaining('validator.tests.valid.0'),
        'guid.yaml: link e': expect.stringContaining('"kodi"'),
        'guid.yaml: link f': expect.stringContaining('map.to'),
        'suppress.yaml: S1234567892': expect.stringContaining('example'),
        'suppress.yaml: S1234567893': expect.stringContaining('type'),
        'mapper.yaml: row 2': expect.stringContaining('fewer than two'),
      });

      const document = (await home.get('/v1/api/system/guids/custom')).body as typeof GUIDS;
      expect(document.guids).toEqual([
        { ...GUIDS.guids[0], validator: { ...GUIDS.guids[0]?.validator, tests: { valid: ['heat', '1995'], invalid: ['a b', ''] } } },
      ]);
      expect(document.links.map(({ type, map }) => [type, map.to])).toEqual([
        ['plex', 'guid_letterboxd'],
        ['jellyfin', 'guid_letterboxd'],
      ]);
      const suppressed = (await home.get('/v1/api/system/suppressor')).body as { items: { id: string }[] };
      expect(suppressed.items.map(({ id }) => id)).toEqual(['S1234567890', 'S1234567891']);
      expect((await home.rooms.settings.get(MAPPING)).identities).toEqual([
        {
          identity: 'ann_lee',
          members: [
            { backend: 'plex', username: 'Ann Lee', options: { PLEX_USER_PIN: '1234' } },
            { backend: 'jellyfin', username: 'ann', options: {} },
          ],
        },
      ]);

      const arrived = await everything(home.rooms.database);
      const again = await moveIn(home, { ...wish, apply: true });
      expect([again.custom_ids, again.suppressions, again.mapping]).toEqual([
        { taken: 0, there: 3, refused: 4 },
        { taken: 0, there: 2, refused: 2 },
        { taken: 0, there: 1, refused: 1 },
      ]);
      expect(await everything(home.rooms.database)).toEqual(arrived);

      // The server's own word of it is about the same title, by its own id.
      expect((await rowsOf(home, 'guids=letterboxd://heat')).map((row) => [row.title, row.play_count])).toEqual([['Heat', 1]]);
      expect((await rowsOf(home, 'guids=letterboxd://gone-film')).map((row) => row.title)).toEqual(['Gone Film']);
      await importNow(home);
      await settled(home);
      expect(await rowsOf(home)).toHaveLength(2);
    }));

  it('leaves what is said here already as it is, and tells what it left', () =>
    inHousehold({ database, servers: [] }, async (home) => {
      const folder = await layFolderForTest({
        main: { servers: {}, rows: [] },
        users: { anna: { servers: {}, rows: [] } },
        config: CONFIG,
      });
      const here = { valid: ['1'], invalid: [] };
      const guid = { name: 'letterboxd', type: 'emby', description: 'Ours', validator: { pattern: '/^\\d+$/', example: '1', tests: here } };
      expect((await home.send('PUT', '/v1/api/system/guids/custom', guid)).status).toBe(200);
      const link = { map: { from: 'Letterboxd', to: 'imdb' } };
      expect((await home.send('PUT', '/v1/api/system/guids/custom/jellyfin', link)).status).toBe(200);
      const mapping = { version: '1.6', identities: [{ identity: 'lee', members: [{ backend: 'plex', username: 'Ann Lee' }] }] };
      expect((await home.send('PUT', '/v1/api/identities/provision/mapping', mapping)).status).toBe(200);
      const report = await moveIn(home, { program: 'watchstate', folder, apply: true });
      expect([report.custom_ids, report.mapping]).toEqual([
        { taken: 1, there: 0, refused: 6 },
        { taken: 0, there: 0, refused: 2 },
      ]);
      expect(report.refused.map(({ reason }) => reason)).toEqual(
        expect.arrayContaining([
          'a custom GUID guid_letterboxd with another pattern is here already',
          'a link from there to guid_imdb is here already',
          'somebody that it names is mapped to lee here',
        ]),
      );
    }));
});

describe('moving in', () => {
  it('holds by the end of paths where the household asks for it, in the rehearsal too', () =>
    inHousehold({ servers: ['jellyfin'] }, async (home) => {
      const bare = { ...heat, title: 'Holiday 2019', ids: {}, path: '/mnt/films/Holiday 2019/Holiday 2019.mkv' };
      shelve(home, 'jellyfin', bare);
      await home.addBackend('jellyfin', { exportEnabled: false });
      expect((await home.send('PUT', '/api/v1/settings/matching.by-path', { value: true })).status).toBe(204);
      await importNow(home);
      const [before] = await rowsOf(home);
      // The other program knew the item of another server by the same end of its path.
      const told = { type: 'movie', title: 'Our Holiday', guids: {} };
      const said = { ...metadataOf(told, { id: 'old-item', playedAt: PLAYED }), path: '/data/home/Holiday 2019/Holiday 2019.mkv' };
      const folder = await layFolderForTest({
        main: {
          servers: { attic: { type: 'emby', url: 'http://attic.invalid', token: 't', uuid: 'attic', user: 'u' } },
          rows: [{ ...told, watched: 1, updated: PLAYED, via: 'attic', metadata: { attic: said } }],
        },
      });
      const wish = { program: 'watchstate', folder };
      const shown = await moveIn(home, wish);
      const { copy: _, ...done } = await moveIn(home, { ...wish, apply: true });
      expect({ ...shown, applied: true }).toEqual(done);
      expect(done.refused).toEqual([]);
      expect((await rowsOf(home)).map((row) => [row.id, row.play_count])).toEqual([[before?.id, 1]]);
    }));

  it('brings what the thread of people has to know as well, though long work has a thread of its own', { timeout: 60_000 }, () =>
    inHousehold({ servers: [], house: { role: 'front' } }, async (home) => {
      const folder = await layFolderForTest({
        main: { servers: {}, rows: [] },
        users: { anna: { servers: {}, rows: [] } },
        config: CONFIG,
      });
      await moveIn(home, { program: 'watchstate', folder, apply: true });
      await eventually(async () => {
        expect(home.rooms.matching.current().customProviders).toEqual(['letterboxd']);
      }, 20_000);
    }),
  );
});
