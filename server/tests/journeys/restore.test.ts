import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DATABASES } from '#tests/support/databases.ts';
import { type Household, inHousehold } from '#tests/support/journey.ts';
import { everything, moveIn } from '#tests/support/moving.ts';
import { fc } from '#tests/support/properties.ts';

const FIRST = 1_600_000_000;
type Item = Record<string, unknown> & { type: string; title: string };

/** Histories of titles that have nothing to do with each other but their series. `run` keeps those of different runs apart. */
function histories(run: number): fc.Arbitrary<Item[]> {
  const text = fc.string({ minLength: 1, maxLength: 20 }).filter((value) => value.trim() === value);
  const standing = fc.record({
    watched: fc.constantFrom(0, 1),
    updated: fc.integer({ min: FIRST, max: FIRST + 1e8 }),
    progress: fc.nat(9_000_000),
  });
  const movie = fc.record({ standing, title: text, year: fc.option(fc.integer({ min: 1_900, max: 2_026 })), both: fc.boolean() });
  const episode = fc.record({ standing, title: text, series: fc.nat(3), season: fc.nat(3), own: fc.boolean() });
  return fc.tuple(fc.array(movie, { maxLength: 12 }), fc.array(episode, { maxLength: 25 })).map(([movies, episodes]) => [
    ...movies.map(({ standing: stands, title, year, both }, index) => ({
      type: 'movie',
      ...stateOf(stands),
      title,
      ...(year !== null && { year }),
      guids: { guid_imdb: `tt${run}0${index + 1}`, ...(both && { guid_tmdb: `${run}0${index + 1}` }) },
    })),
    ...episodes.map(({ standing: stands, title, series, season, own }, index) => ({
      type: 'episode',
      ...stateOf(stands),
      show: `Series ${series}`,
      title,
      season,
      episode: index + 1,
      guids: own ? { guid_tvdb: `${run}7${index + 1}` } : {},
      parent: { guid_tvdb: `${run}9${series + 1}` },
    })),
  ]);
}

const stateOf = ({ watched, updated, progress }: { watched: number; updated: number; progress: number }) => ({
  watched,
  updated,
  ...(watched === 0 && progress > 0 && { progress }),
});

const inOrder = (items: readonly object[]): string[] =>
  items.map((item) => JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();

async function layBackup(home: Household, name: string, content: string | Uint8Array): Promise<void> {
  await mkdir(join(home.config.dataDir, 'backup'), { recursive: true });
  await writeFile(join(home.config.dataDir, 'backup', name), content);
}

describe.each(DATABASES)('a portable backup, on %s', (database) => {
  it('brings back all that it says, and says all that it brought back', { timeout: 60_000 }, () =>
    inHousehold({ database, servers: [] }, async (home) => {
      let run = 10;
      const numbered = fc.constant(undefined).chain(() => histories(++run).map((items) => ({ run, items })));
      await fc.assert(
        fc.asyncProperty(numbered, async ({ run: number, items }) => {
          const name = `p${number}_${Math.random().toString(36).slice(2, 8)}`;
          const person = await home.rooms.people.create(name);
          await layBackup(home, `${name}.plex.json`, JSON.stringify(items));
          const report = await moveIn(home, { file: `${name}.plex.json`, person: name, apply: true }, '/restore');
          expect(report.people[0]?.history).toMatchObject({ records: items.length, taken: items.length, refused: 0 });
          const [{ file } = { file: undefined }] = Object.values(
            (await home.rooms.upkeep.backup({
              person: person.id,
              flags: new Set(['keep', 'no-compress']),
              signal: AbortSignal.timeout(10_000),
              log: () => undefined,
              progress: () => undefined,
              breathe: async () => undefined,
            })) as Record<string, { file?: string }>,
          );
          const written = file === undefined ? [] : ((await (await home.get(`/v1/api/system/backup/${file}`)).body) as Item[]);
          expect(inOrder(written)).toEqual(inOrder(items));
        }),
        { numRuns: 12, endOnFailure: true },
      );
    }),
  );

  it('of WatchState comes back packed or plain, shown first, and twice without a change', () =>
    inHousehold({ database, servers: [] }, async (home) => {
      const items = [
        {
          type: 'movie',
          watched: 1,
          updated: 1_700_000_000,
          title: 'Heat',
          year: 1995,
          guids: { guid_imdb: 'tt0113277', guid_tmdb: '949' },
        },
        {
          type: 'movie',
          watched: 0,
          updated: 1_690_000_000,
          title: 'Alien',
          year: 1979,
          guids: { guid_imdb: 'tt0078748' },
          progress: 600_000,
        },
        {
          type: 'episode',
          watched: '1',
          updated: '1700000001',
          show: 'Twin Peaks',
          title: 'Pilot',
          season: 1,
          episode: 1,
          guids: [],
          parent: { guid_tvdb: '70533' },
        },
        { type: 'movie', watched: 1, updated: 1_700_000_000, title: 'Nameless', guids: [] },
        { type: 'show', title: 'Twin Peaks' },
      ];
      await layBackup(home, 'main.plex.20260328.json.zip', zipSync({ 'main.plex.20260328.json': strToU8(JSON.stringify(items)) }));
      const empty = await everything(home.rooms.database);
      const shown = await moveIn(home, { file: 'main.plex.20260328.json.zip' }, '/restore');
      expect(await everything(home.rooms.database)).toEqual(empty);
      const done = await moveIn(home, { file: 'main.plex.20260328.json.zip', apply: true }, '/restore');
      expect({ ...done, applied: false, copy: undefined }).toEqual({ ...shown, copy: undefined });
      expect(done.people[0]?.history).toEqual({ records: 5, taken: 3, changed: 0, there: 0, refused: 2 });
      expect(done.refused.map(({ what }) => what)).toEqual(['entry 4: Nameless', 'entry 5: Twin Peaks']);
      const arrived = await everything(home.rooms.database);
      await moveIn(home, { file: join(home.config.dataDir, 'backup', 'main.plex.20260328.json.zip'), apply: true }, '/restore');
      expect(await everything(home.rooms.database)).toEqual(arrived);
      const { body } = await home.get('/v1/api/history?sort=title');
      expect(
        (
          body as { history: { title: string; watched: number; updated: number; progress: number | null; play_count: number }[] }
        ).history.map(({ title, watched, updated, progress, play_count }) => [title, watched, updated, progress, play_count]),
      ).toEqual([
        ['Alien', 0, 1_690_000_000, 600_000, 0],
        ['Heat', 1, 1_700_000_000, null, 1],
        ['Twin Peaks', 1, 1_700_000_001, null, 1],
      ]);
    }));
});

describe('a portable backup', () => {
  it.each<[string, object, string]>([
    ['that is not there', { file: 'main.none.json' }, 'file'],
    ['outside of the folder', { file: '../usherr.db' }, 'file'],
    ['that is no backup but a path', { file: '/no/such.json' }, 'file'],
    ['of nobody', { file: 'main.plex.json', person: 'nobody' }, 'person'],
  ])('%s is refused by name', async (_, body, field) => {
    await inHousehold({ servers: [] }, async (home) => {
      await layBackup(home, 'main.plex.json', '[]');
      const { status, body: answer } = await home.send('POST', '/api/v1/restore', body, { 'x-api-key': home.config.apiKey ?? '' });
      expect([status === 202, (answer as { error: { fields?: { field: string }[] } }).error.fields?.[0]?.field]).toEqual([false, field]);
    });
  });

  it('says what is wrong with it, and changes nothing', () =>
    inHousehold({ servers: [] }, async (home) => {
      await layBackup(
        home,
        'main.plex.json',
        '[{"type":"movie","watched":1,"updated":1700000000,"title":"Heat","guids":{"guid_imdb":"tt1"}}',
      );
      await expect(moveIn(home, { file: 'main.plex.json', apply: false }, '/restore')).rejects.toThrow('it ends too early');
    }));

  it('belongs to its person, on either API', () =>
    inHousehold({ servers: [] }, async (home) => {
      const anna = await home.rooms.people.create('anna');
      for (const name of ['main.plex.json', 'anna.plex.20260101.json.zip']) await layBackup(home, name, '[]');
      const owner = await home.rooms.access.authenticate({ credential: home.config.apiKey ?? '', surface: 'app' });
      const { key } = await home.rooms.access.keys.create({ name: 'k', role: 'person', personId: anna.id }, owner?.actor ?? expect.fail());
      const hers = { 'x-api-key': key, 'x-apikey': key };
      const names = async (path: string, headers: Record<string, string>) =>
        ((await home.get(path, headers)).body as { filename?: string; name?: string }[]).map((one) => one.filename ?? one.name);
      expect((await names('/v1/api/system/backup', {})).sort()).toEqual(['anna.plex.20260101.json.zip', 'main.plex.json']);
      expect(await names('/v1/api/system/backup', hers)).toEqual(['anna.plex.20260101.json.zip']);
      expect(await names('/api/v1/backups', hers)).toEqual(['anna.plex.20260101.json.zip']);
      expect((await home.get('/v1/api/system/backup/main.plex.json', hers)).status).toBe(404);
      expect((await home.send('DELETE', '/v1/api/system/backup/main.plex.json', undefined, hers)).status).toBe(404);
      const restore = (file: string, person: string) => home.send('POST', '/api/v1/restore', { file, person }, hers);
      expect([(await restore('main.plex.json', 'anna')).status, (await restore('anna.plex.20260101.json.zip', 'main')).status]).toEqual([
        403, 403,
      ]);
      expect((await restore(join(home.config.dataDir, 'backup', 'main.plex.json'), 'anna')).status).toBe(403);
      expect((await restore('anna.plex.20260101.json.zip', 'anna')).status).toBe(202);
    }));

  it('is listed, sent and deleted as the page has it, and no path leads out of the folder', () =>
    inHousehold({ servers: [] }, async (home) => {
      await layBackup(home, 'main.plex.20260328.json.zip', zipSync({ 'a.json': strToU8('[]') }));
      await layBackup(home, 'main.plex.json', '[]');
      await writeFile(join(home.config.dataDir, 'outside.json'), '[]');
      const list = (await home.get('/v1/api/system/backup')).body as object[];
      expect(list).toContainEqual({
        filename: 'main.plex.20260328.json.zip',
        type: 'automatic',
        size: expect.any(Number),
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\+00:00$/),
      });
      expect(list).toContainEqual(expect.objectContaining({ filename: 'main.plex.json', type: 'manual', size: 2 }));
      const zip = await home.get('/v1/api/system/backup/main.plex.20260328.json.zip');
      expect([zip.status, zip.headers.get('content-type'), String(zip.body).slice(0, 2)]).toEqual([200, 'application/zip', 'PK']);
      const plain = await home.get('/v1/api/system/backup/main.plex.json');
      expect([plain.status, plain.headers.get('content-type'), plain.body]).toEqual([200, 'application/json', []]);
      for (const spelling of [
        '..%2foutside.json',
        '%2e%2e%2foutside.json',
        '..%5coutside.json',
        'x%2f..%2f..%2foutside.json',
        '%2fetc%2fpasswd',
        '..%252foutside.json',
        'main.plex.json%00',
        '.json',
      ]) {
        for (const method of ['GET', 'DELETE']) {
          const { status, body } = await home.send(method, `/v1/api/system/backup/${spelling}`);
          expect([spelling, status, (body as { error: { fields: { field: string }[] } }).error.fields[0]?.field]).toEqual([
            spelling,
            400,
            'filename',
          ]);
        }
      }
      expect((await home.get('/v1/api/system/backup/../outside.json')).status).toBe(404);
      for (const name of ['main.none.json', 'nothing.zip', 'watchstate.20260328.json.gz', 'a backup']) {
        for (const method of ['GET', 'DELETE']) expect((await home.send(method, `/v1/api/system/backup/${name}`)).status, name).toBe(404);
      }
      const gone = await home.send('DELETE', '/v1/api/system/backup/main.plex.json');
      expect([gone.status, gone.body]).toEqual([200, '']);
      expect(await readdir(join(home.config.dataDir, 'backup'))).toEqual(['main.plex.20260328.json.zip']);
      const { entries } = await home.rooms.activity.list({ verb: 'backup.removed' }, { offset: 0, limit: 5 });
      expect(entries.map(({ subject }) => subject)).toEqual(['main.plex.json']);
      expect((await fetch(`${home.address}/v1/api/system/backup`)).status).toBe(401);
      await rm(join(home.config.dataDir, 'backup'), { recursive: true });
      expect((await home.get('/v1/api/system/backup')).body).toEqual([]);
    }));
});
