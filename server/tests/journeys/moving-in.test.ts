import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { awkwardRows, type FakeFolder, manyRows, metadataOf } from '#integrations/watchstate/watchstate-folder.fake.ts';
import { DATABASES } from '#tests/support/databases.ts';
import {
  ago,
  alien,
  changesMade,
  DAY,
  episodeOf,
  eventually,
  type Household,
  heat,
  importNow,
  inHousehold,
  movieNumber,
  proposeNow,
  settled,
  shelveAll,
} from '#tests/support/journey.ts';
import { everything, layFolder, moveIn } from '#tests/support/moving.ts';

const OWNER = { kind: 'login', id: '1', name: 'owner' } as const;
const KINDS = ['plex', 'jellyfin'] as const;
const unix = (instant: number): number => Math.floor(instant / 1_000);
const WATCHED = unix(ago(100 * DAY));
const LAST_RUN = unix(ago(2 * DAY));
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

type Row = {
  updated: number;
  title: string;
  type: string;
  season: number | null;
  episode: number | null;
  watched: number;
  progress: number | null;
  via: string;
  reported_by: string[];
  play_count: number;
  plays: { at: number | null; how: string }[];
};
async function historyOf(home: Household, user = 'main'): Promise<Row[]> {
  const { body } = await home.get('/v1/api/history?perpage=100&sort=title&sort=episode', { 'x-user': user });
  return (body as { history: Row[] }).history;
}
const shown = (rows: readonly Row[]) =>
  rows
    .map((row) => [
      row.type === 'movie' ? row.title : `${row.title} ${row.season}x${row.episode}`,
      row.watched,
      row.updated,
      row.play_count,
    ])
    .sort();

/** A household of two, as WatchState kept it: watched on one server, and marked by it on the other some days later. */
async function aHousehold(home: Household) {
  const titles = {
    alien,
    heat,
    one: episodeOf(1),
    two: episodeOf(2),
    double: episodeOf(4, { title: 'Episode 4', episodes: [4, 5] }),
    late: movieNumber(7),
  };
  const ids = shelveAll(home, titles, KINDS);
  const [plex, jellyfin] = [home.fake('plex'), home.fake('jellyfin')];
  const anna = jellyfin.addUser({ name: 'anna' });
  const [marked, other] = [ago(97 * DAY), ago(49 * DAY)];
  for (const name of ['alien', 'double'] as const) {
    plex.setState('1', ids.plex[name], { played: true, playCount: 1, lastPlayedAt: ago(100 * DAY) });
    jellyfin.setState(jellyfin.owner.id, ids.jellyfin[name], { played: true, playCount: 1, lastPlayedAt: marked });
  }
  jellyfin.setState(jellyfin.owner.id, ids.jellyfin.one, { played: true, playCount: 1, lastPlayedAt: ago(50 * DAY) });
  // Marked there by the other program, which never looked again.
  plex.setState('1', ids.plex.one, { played: true, playCount: 1, lastPlayedAt: other });
  plex.setState('1', ids.plex.heat, { played: false, positionMs: 600_000, lastPlayedAt: ago(20 * DAY) });
  // Since the other program has last looked, somebody watched this, and un-watched nothing.
  plex.setState('1', ids.plex.late, { played: true, playCount: 1, lastPlayedAt: ago(DAY) });

  const server = (kind: 'plex' | 'jellyfin', token: string, user: string) => ({
    type: kind,
    url: home.fake(kind).baseUrl,
    token,
    uuid: home.fake(kind).uuid,
    user,
    import: { enabled: true, lastSync: LAST_RUN },
    export: { enabled: true, lastSync: LAST_RUN },
    options: kind === 'plex' ? { ignore: '99', ADMIN_TOKEN: token } : {},
  });
  const of = (title: typeof alien) => ({
    type: title.kind,
    title: title.show?.title ?? title.title,
    ...(title.year !== undefined && { year: title.year }),
    ...(title.kind === 'episode' && {
      season: title.season ?? 1,
      name: title.title,
      parent: { guid_tvdb: '70533', guid_imdb: 'tt0098936' },
    }),
    guids: Object.fromEntries(Object.entries(title.ids ?? {}).map(([provider, id]) => [`guid_${provider}`, id])),
  });
  type Shown = Partial<Record<'plex' | 'jellyfin', { playedAt?: number; progress?: number }>>;
  const row = (
    name: keyof typeof titles,
    state: { watched: number; updated: number; via?: string; episode?: number; multi?: boolean },
    on: Shown,
  ) => {
    const { episode = titles[name].episodes?.[0], multi = false, ...standing } = state;
    const title = { ...of(titles[name]), ...(episode !== undefined && { episode }) };
    const shows = { plex: ids.plex.one, jellyfin: ids.jellyfin.one };
    return {
      ...title,
      via: 'plex',
      ...standing,
      metadata: Object.fromEntries(
        Object.entries(on).map(([kind, said]) => [
          kind,
          { ...metadataOf(title, { id: ids[kind as 'plex'][name], show: `show-of-${shows.plex}`, ...said }), multi },
        ]),
      ),
      extra: Object.fromEntries(Object.keys(on).map((kind) => [kind, { event: 'task.import', received_at: standing.updated + 60 }])),
      created_at: unix(ago(300 * DAY)),
      updated_at: standing.updated + 60,
    };
  };
  const bothSaw = { plex: { playedAt: WATCHED }, jellyfin: { playedAt: unix(marked) } };
  const content: FakeFolder = {
    main: {
      servers: {
        plex: server('plex', plex.owner.token, plex.owner.id),
        jellyfin: server('jellyfin', jellyfin.owner.token, jellyfin.owner.id),
        old: { type: 'kodi', url: 'http://old' },
      },
      ignore: { 'movie://tmdb:5@plex': 1_700_000_000, 'song://x:1@plex': 1 },
      rows: [
        row('alien', { watched: 1, updated: WATCHED }, bothSaw),
        row('heat', { watched: 0, updated: unix(ago(400 * DAY)) }, { plex: { progress: 600_000 }, jellyfin: {} }),
        row(
          'one',
          { watched: 1, updated: unix(ago(50 * DAY)), via: 'jellyfin' },
          { plex: {}, jellyfin: { playedAt: unix(ago(50 * DAY)) } },
        ),
        row('two', { watched: 0, updated: unix(ago(400 * DAY)) }, { plex: {}, jellyfin: {} }),
        row('double', { watched: 1, updated: WATCHED, multi: true }, bothSaw),
        row('double', { watched: 1, updated: WATCHED, episode: 5, multi: true }, bothSaw),
        row('late', { watched: 0, updated: unix(ago(400 * DAY)) }, { plex: {}, jellyfin: {} }),
        // What is on no server any more, and what nobody can take.
        {
          type: 'movie',
          title: 'Lost Film',
          year: 1930,
          watched: 1,
          updated: '1500000000',
          via: 'old',
          guids: { guid_imdb: 'tt0000042' },
          metadata: { old: { id: '1', watched: '1' } },
        },
        { type: 'movie', title: 'Home Video', watched: 1, updated: 1_500_000_000, guids: {} },
        { type: 'show', title: 'Twin Peaks' },
      ],
    },
    users: {
      anna: {
        servers: { jellyfin_anna: server('jellyfin', anna.token, anna.id) },
        rows: [
          {
            ...of(alien),
            watched: 0,
            updated: unix(ago(400 * DAY)),
            via: 'jellyfin_anna',
            metadata: { jellyfin_anna: metadataOf(of(alien), { id: ids.jellyfin.alien }) },
          },
        ],
      },
    },
    config: { 'guid.yaml': { guids: [{ id: 'x', name: 'guid_mine', type: 'string' }] } },
    backups: { 'main.plex.json': '[]', 'main.bad.json': '{' },
  };
  const folder = await layFolder(content);
  folders.push(folder);
  return { folder, ids, plex, jellyfin };
}

describe.each(DATABASES)('moving in from WatchState, on %s', (database) => {
  it('is shown, done, and done again without a change; the servers then add what is new, and nothing wrong', () =>
    inHousehold({ database, servers: [...KINDS] }, async (home) => {
      const { folder, ids, plex, jellyfin } = await aHousehold(home);
      const wish = { program: 'watchstate', folder };
      const empty = await everything(home.rooms.database);
      const rehearsed = await moveIn(home, wish);
      expect(await everything(home.rooms.database)).toEqual(empty);
      expect(existsSync(join(home.config.dataDir, 'backup'))).toBe(false);

      const done = await moveIn(home, { ...wish, apply: true });
      const { applied: _, copy, ...report } = done;
      expect(copy).toContain('before');
      const { applied: __, ...would } = rehearsed;
      expect(would).toEqual(report);
      expect(report.people.map(({ name, is, history }) => [name, is, history])).toEqual([
        ['main', 'there', { records: 10, taken: 8, changed: 0, there: 0, refused: 2 }],
        ['anna', 'new', { records: 1, taken: 1, changed: 0, there: 0, refused: 0 }],
      ]);
      expect(report.people[0]?.backends.map(({ name, is, items }) => [name, is, items])).toEqual([
        ['plex', 'new', { taken: 7, there: 0, refused: 0 }],
        ['jellyfin', 'new', { taken: 7, there: 0, refused: 0 }],
        ['old', 'refused', { taken: 0, there: 0, refused: 1 }],
      ]);
      expect(report.refused.map(({ kind, what }) => [kind, what])).toEqual([
        ['custom-id', 'guid.yaml: guid guid_mine'],
        ['backend', 'old'],
        ['ignore-rule', 'song://x:1@plex'],
        ['record', 'row 9: Home Video'],
        ['record', 'row 10: Twin Peaks'],
        ['backup', 'main.bad.json'],
      ]);
      for (const { reason } of report.refused) expect(reason).not.toBe('');
      expect(report.backups).toEqual({ taken: 1, there: 0, refused: 1 });
      expect(await readdir(join(home.config.dataDir, 'backup'))).toEqual(['main.plex.json']);
      expect(JSON.stringify(done)).not.toContain(plex.owner.token);

      const arrived = await everything(home.rooms.database);
      const again = await moveIn(home, { ...wish, apply: true });
      expect(again.people.map(({ history }) => history.there)).toEqual([8, 1]);
      expect(await everything(home.rooms.database)).toEqual(arrived);

      const told = [
        ['Alien', 1, WATCHED, 1],
        ['Heat', 0, unix(ago(400 * DAY)), 0],
        ['Lost Film', 1, 1_500_000_000, 1],
        ['Movie 7', 0, unix(ago(400 * DAY)), 0],
        ['Twin Peaks 1x1', 1, unix(ago(50 * DAY)), 1],
        ['Twin Peaks 1x2', 0, unix(ago(400 * DAY)), 0],
        ['Twin Peaks 1x4', 1, WATCHED, 1],
        ['Twin Peaks 1x5', 1, WATCHED, 1],
      ];
      const rows = await historyOf(home);
      expect(shown(rows)).toEqual(told);
      expect(rows.find((one) => one.title === 'Heat')?.progress).toBe(600_000);
      expect(rows.find((one) => one.title === 'Alien')).toMatchObject({
        via: 'plex',
        reported_by: ['plex', 'jellyfin'],
        plays: [{ at: WATCHED, how: 'migration' }],
      });
      expect(shown(await historyOf(home, 'anna'))).toEqual([['Alien', 0, unix(ago(400 * DAY)), 0]]);
      const accounts = await home.rooms.connections.list(MAIN_PERSON);
      expect(accounts.map(({ name, importEnabled, exportEnabled, consent }) => [name, importEnabled, exportEnabled, consent])).toEqual([
        ['plex', true, true, 'pending'],
        ['jellyfin', true, true, 'pending'],
      ]);
      expect(await home.rooms.connections.tokenOf(accounts[0] ?? expect.fail())).toBe(plex.owner.token);

      // The clock reads them meanwhile, and nothing of it enters the history before somebody agrees.
      await importNow(home);
      expect(shown(await historyOf(home))).toEqual(told);
      for (const fake of home.fakes) fake.forgetCalls();
      const plan = await proposeNow(home);
      const { changes } = await home.rooms.plans.changes(plan.id, {}, { offset: 0, limit: 100 });
      expect(changes.map(({ kind, subject }) => [kind, subject.title]).sort()).toEqual([
        ['learn-position', 'Heat'],
        ['learn-watched', 'Movie 7'],
        ['mark-played', 'Movie 7'],
        ['set-position', 'Heat'],
      ]);
      await home.rooms.plans.approve(plan.id, OWNER);
      await eventually(async () => expect((await home.rooms.plans.get(plan.id)).state).toBe('applied'));
      await settled(home);
      const news = told.map((one) => (one[0] === 'Movie 7' ? ['Movie 7', 1, unix(ago(DAY)), 1] : one));
      expect(shown(await historyOf(home))).toEqual(news);
      expect(changesMade(home, 'plex')).toEqual([]);
      // The mark of what was watched since, and the position of Heat, which was begun on Plex.
      const changed = changesMade(home, 'jellyfin').map(({ path }) =>
        (['late', 'heat'] as const).find((name) => path.includes(ids.jellyfin[name])),
      );
      expect(changed.sort()).toEqual(['heat', 'late']);
      expect(jellyfin.stateOf(jellyfin.owner.id, ids.jellyfin.heat)).toMatchObject({ played: false, positionMs: 600_000 });

      const settledNow = await everything(home.rooms.database, ['viewing', 'play', 'evidence', 'observation', 'copy', 'copy_media']);
      await moveIn(home, { ...wish, apply: true });
      expect(await everything(home.rooms.database, Object.keys(settledNow))).toEqual(settledNow);
      await importNow(home);
      expect(shown(await historyOf(home))).toEqual(news);
    }));
});

describe('moving in from WatchState', () => {
  it('adds to a house that knows the servers already, without a second play and without touching their accounts', () =>
    inHousehold({ servers: [...KINDS] }, async (home) => {
      const { folder, ids } = await aHousehold(home);
      const plexAccount = await home.addBackend('plex', { exportEnabled: false });
      await home.addBackend('jellyfin', { name: 'jf', exportEnabled: false });
      await importNow(home);
      const before = shown(await historyOf(home));
      expect(before.find(([title]) => title === 'Alien')?.[3]).toBe(2);
      const report = await moveIn(home, { program: 'watchstate', folder, apply: true });
      expect(report.people[0]?.backends.slice(0, 2)).toMatchObject([
        { name: 'plex', is: 'there', items: { taken: 0, there: 7 } },
        { name: 'jellyfin', is: 'there', known_as: 'jf', items: { taken: 0, there: 7 } },
      ]);
      const after = shown(await historyOf(home));
      expect(after.filter(([title]) => title !== 'Lost Film')).toEqual(before);
      expect(await home.rooms.connections.byId(plexAccount.id)).toEqual(await home.rooms.connections.get(MAIN_PERSON, 'plex'));
      expect(ids.plex.alien).toBeTruthy();
    }));

  it('respects what was done here since: an un-watched title, and one that lies in the bin', () =>
    inHousehold({ servers: [...KINDS] }, async (home) => {
      const { folder } = await aHousehold(home);
      await moveIn(home, { program: 'watchstate', folder, apply: true });
      const idOf = async (title: string) =>
        ((await home.get(`/v1/api/history?title=${encodeURIComponent(title)}`)).body as { history: { id: number }[] }).history[0]?.id;
      expect((await home.send('DELETE', `/v1/api/history/${await idOf('Alien')}/watch`)).status).toBe(200);
      expect((await home.send('DELETE', `/v1/api/history/${await idOf('Lost Film')}`)).status).toBe(200);
      const before = await everything(home.rooms.database);
      const report = await moveIn(home, { program: 'watchstate', folder, apply: true });
      expect(report.refused.filter(({ kind }) => kind === 'record').map(({ what }) => what)).toContain('row 8: Lost Film (1930)');
      expect(await everything(home.rooms.database)).toEqual(before);
    }));

  it('takes a few thousand records twice with the same result, the awkward ones too', { timeout: 60_000 }, () =>
    inHousehold({ servers: [] }, async (home) => {
      const server = (name: string, type: string) => ({
        type,
        url: `http://${name}.invalid`,
        token: 't',
        uuid: name,
        user: 'u',
        import: { enabled: true, lastSync: 1_700_000_000 },
      });
      const backends = ['attic', 'barn'] as const;
      const awkward = awkwardRows(backends);
      const folder = await layFolder({
        main: {
          servers: { attic: server('attic', 'jellyfin'), barn: server('barn', 'emby') },
          rows: [...manyRows(3_000, backends), ...awkward],
        },
      });
      folders.push(folder);
      const wish = { program: 'watchstate', folder };
      const shown = await moveIn(home, wish);
      const first = await moveIn(home, { ...wish, apply: true });
      expect({ ...first, applied: false, copy: undefined }).toEqual({ ...shown, copy: undefined });
      const refused = ['Nobody Knows - 01x001', 'Own Ids', 'Home Video', 'Twin Peaks', '??'];
      expect(first.refused.map(({ what }) => what.replace(/^row \d+: /, ''))).toEqual(refused);
      const { taken, changed, there, records } = first.people[0]?.history ?? expect.fail();
      expect([records, taken + changed + there + refused.length]).toEqual([3_000 + awkward.length, 3_000 + awkward.length]);
      expect(first.left.map(({ reason, count }) => [reason, count])).toEqual(
        expect.arrayContaining([
          ['another row claims the same item, and was changed later', 1],
          ['its backends do not agree on what it is: the state goes to the title that most of them have', 1],
          ['its backend is not among those that are taken', 1],
          ['a part of the record cannot be read, and was left out', 2],
        ]),
      );
      const arrived = await everything(home.rooms.database);
      const second = await moveIn(home, { ...wish, apply: true });
      expect(second.people[0]?.history).toEqual({
        records,
        taken: 0,
        changed: 0,
        there: records - refused.length,
        refused: refused.length,
      });
      expect(second.refused).toEqual(first.refused);
      expect(await everything(home.rooms.database)).toEqual(arrived);

      const rows = async (title: string) =>
        ((await home.get(`/v1/api/history?perpage=100&title=${encodeURIComponent(title)}`)).body as { history: Row[] }).history.map(
          (row) => [row.title, row.watched, row.updated, row.play_count],
        );
      expect(await rows('Heat')).toEqual([['Heat', 1, 1_690_000_000, 2]]);
      expect(await rows('Twin Peaks')).toEqual([
        ['Twin Peaks', 1, 1_650_000_000, 1],
        ['Twin Peaks', 1, 1_650_000_000, 1],
      ]);
      expect([...(await rows('Two Films')), ...(await rows('Another'))]).toEqual([
        ['Two Films', 1, 1_660_000_000, 1],
        ['Another', 1, 1_661_000_000, 1],
      ]);
      expect([...(await rows('Wrong')), ...(await rows('Right'))]).toEqual([
        ['Wrong', 1, 1_400_000_000, 1],
        ['Right', 0, 1_410_000_000, 0],
      ]);
      expect((await rows('No Date'))[0]?.[1]).toBe(1);
    }),
  );

  it.each<[string, object, string]>([
    ['a program that nobody knows', { program: 'nothing', folder: '/' }, 'program'],
    ['a folder that is not there', { program: 'watchstate', folder: '/no/such/folder' }, 'folder'],
    ['a part of a path', { program: 'watchstate', folder: 'config' }, 'folder'],
    ['nothing', {}, 'program'],
  ])('refuses %s by name', async (_, body, field) => {
    await inHousehold({ servers: [] }, async (home) => {
      const { status, body: answer } = await home.send('POST', '/api/v1/moving-in', body, { 'x-api-key': home.config.apiKey ?? '' });
      expect([status, (answer as { error: { fields: { field: string }[] } }).error.fields[0]?.field]).toEqual([400, field]);
    });
  });

  it('is for those who may do everything', () =>
    inHousehold({ servers: [] }, async (home) => {
      const owner = await home.rooms.access.authenticate({ credential: home.config.apiKey ?? '', surface: 'app' });
      const { key } = await home.rooms.access.keys.create(
        { name: 'k', role: 'person', personId: MAIN_PERSON },
        owner?.actor ?? expect.fail(),
      );
      const { status } = await home.send(
        'POST',
        '/api/v1/moving-in',
        { program: 'watchstate', folder: '/tmp' },
        { 'x-api-key': key, 'x-apikey': key },
      );
      expect(status).toBe(403);
    }));
});
