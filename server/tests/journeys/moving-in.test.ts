import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { DATABASES } from '#tests/support/databases.ts';
import { ago, changesMade, DAY, eventually, importNow, inHousehold, proposeNow, settled } from '#tests/support/journey.ts';
import { everything, type HistoryRow, historyOf, moveIn, unix } from '#tests/support/moving.ts';
import { aHousehold, KINDS, WATCHED } from '#tests/support/watchstate-household.ts';

const OWNER = { kind: 'login', id: '1', name: 'owner' } as const;

const shown = (rows: readonly HistoryRow[]) =>
  rows
    .map((row) => [
      row.type === 'movie' ? row.title : `${row.title} ${row.season}x${row.episode}`,
      row.watched,
      row.updated,
      row.play_count,
    ])
    .sort();

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

      await settled(home);
      const arrived = await everything(home.rooms.database);
      const again = await moveIn(home, { ...wish, apply: true });
      expect(again.people.map(({ history }) => history.there)).toEqual([8, 1]);
      await settled(home);
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
