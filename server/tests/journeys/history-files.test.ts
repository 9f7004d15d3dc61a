import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createTmdbFake } from '#integrations/tmdb/tmdb.fake.ts';
import { runUsherr, talkTo } from '#tests/support/command-line.ts';
import { DATABASES } from '#tests/support/databases.ts';
import {
  ago,
  alien,
  connectAll,
  DAY,
  episodeOf,
  eventually,
  heat,
  inHousehold,
  settled,
  shelveAll,
  standing,
  sync,
} from '#tests/support/journey.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { createSimklCalls } from '#tests/support/simkl-calls.ts';

type Listed = Readonly<Partial<Record<'movie' | 'show', Readonly<{ title: string }>>> & { status: string; last_watched_at: string | null }>;

type Stopped = Readonly<Partial<Record<'movie' | 'show', Readonly<{ title: string }>>> & { progress: number; paused_at: string }>;

const SERVERS = ['plex', 'jellyfin'] as const;
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const WATCHED = '2024-09-10T13:52:56.000Z';
const EXPORT = {
  'watched-history-1.json': [
    { watched_at: WATCHED, movie: { title: 'Alien', year: 1979, ids: { imdb: 'tt0078748' } } },
    { watched_at: WATCHED, movie: { title: 'Elsewhere', year: 2001, ids: { imdb: 'tt7777777' } } },
  ],
  'ratings-movies.json': [{ rated_at: WATCHED, rating: 9, movie: { title: 'Heat', year: 1995, ids: { imdb: 'tt0113277' } } }],
};

async function folderWith(name: string, bytes: Uint8Array | string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'usherr-export-'));
  folders.push(folder);
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
}

describe.each(DATABASES)('an export of another service, on %s', (database) => {
  it('is shown, taken, told to the servers, and comes out again with everything', { timeout: 90_000 }, () =>
    inHousehold({ database, servers: [...SERVERS] }, async (home) => {
      const ids = shelveAll(home, { alien, heat }, SERVERS);
      const accounts = await connectAll(home, SERVERS);
      await sync(home);
      const file = await folderWith(
        'trakt.zip',
        zipSync(Object.fromEntries(Object.entries(EXPORT).map(([name, value]) => [name, strToU8(JSON.stringify(value))]))),
      );

      const shown = await runUsherr(home, ['import-history', file]);
      expect(shown, shown.err).toMatchObject({
        code: 0,
        out: expect.stringContaining('Nothing was changed. To take it: usherr import-history'),
      });
      expect((await standing(home, accounts.plex, ids.plex.alien)).viewing?.watched).toBe(false);

      const taken = await runUsherr(home, ['import-history', file, '--apply', '--json']);
      expect(JSON.parse(taken.out)).toMatchObject({ applied: true, titles: 3, plays: 2, marks: 2, ratings: 1, left_total: 0 });
      await settled(home);
      for (const kind of SERVERS) expect(home.fake(kind).stateOf(home.fake(kind).owner.id, ids[kind].alien).played).toBe(true);
      const { plays, viewing } = await standing(home, accounts.plex, ids.plex.alien);
      expect([plays.map((play) => play.at), viewing?.changedAt]).toEqual([[Date.parse(WATCHED)], Date.parse(WATCHED)]);
      // The tracker follows, as if an app had told it.
      await eventually(async () => expect((await home.rooms.tracker.activities(MAIN_PERSON)).all).toBeDefined());

      const out = join(file, '..', 'mine.json');
      expect(await runUsherr(home, ['export-history', '--output', out])).toMatchObject({ code: 0 });
      expect((await stat(out)).mode & 0o777).toBe(0o600);
      const { titles } = JSON.parse(await readFile(out, 'utf8')) as { titles: { title: string; rating?: { value: number } }[] };
      expect(titles.map(({ title, rating }) => [title, rating?.value]).sort()).toEqual([
        ['Alien', undefined],
        ['Elsewhere', undefined],
        ['Heat', 9],
      ]);
      expect((await runUsherr(home, ['export-history', '--output', out])).code).toBe(2);
      const csv = await runUsherr(home, ['export-history', '--format', 'csv']);
      expect(csv.out.split('\n')[0]).toContain('what,kind,title');
      const again = await runUsherr(home, ['import-history', await folderWith('mine.csv', csv.out), '--apply', '--json']);
      expect(JSON.parse(again.out)).toMatchObject({ format: 'usherr-csv', there: 3, plays: 0, marks: 0, ratings: 0 });
    }),
  );

  it.each(['json', 'csv'])(
    'of our own has every list as it was, also beside what was watched of it, as %s',
    { timeout: 90_000 },
    (format) =>
      inHousehold({ database, servers: [] }, (home) =>
        inHousehold({ database, servers: [] }, async (other) => {
          const at = async (house: typeof home) => createSimklCalls(() => house.address, await letAppIn(house.rooms.appGrants));
          const [app, otherApp] = [await at(home), await at(other)];
          const listed = async (call: typeof app) =>
            Object.values((await call<Record<string, Listed[]>>('GET', '/sync/all-items')).body)
              .flat()
              .map(({ movie, show, status, last_watched_at: day }) => [(movie ?? show)?.title, status, day])
              .sort();
          const seen = { watched_at: '2024-09-10T13:52:56Z' };
          const shows = ['hold', 'plantowatch', 'dropped'].map((to, at) => ({ title: to, ids: { tvdb: 9_000 + at }, to }));
          const movies = ['plantowatch', 'dropped'].map((to, at) => ({ title: `film ${to}`, ids: { tmdb: 9_000 + at }, to }));
          await app('POST', '/sync/history', {
            movies: movies.map(({ to: _, ...movie }) => ({ ...movie, ...seen })),
            shows: shows.map(({ to: _, ...show }) => ({ ...show, episodes: [{ number: 1, ...seen }] })),
          });
          await app('POST', '/sync/add-to-list', { movies, shows });
          // Nobody knows how long these are: that they were stopped is known in percent alone.
          const stopped = { title: 'film of no length', ids: { tmdb: 9_100 } };
          await app('POST', '/scrobble/pause', { progress: 12.5, movie: stopped });
          const [show] = shows.map(({ to: _, ...named }) => named);
          await app('POST', '/scrobble/pause', { progress: 33.33, show, episode: { season: 1, number: 2 } });
          const places = async (call: typeof app) =>
            (await call<Stopped[]>('GET', '/sync/playback')).body.map((one) => [
              one.progress,
              one.paused_at,
              (one.movie ?? one.show)?.title,
            ]);
          const file = await folderWith(`mine.${format}`, (await talkTo(home, ['export-history', '--format', format])).out);
          expect(await talkTo(other, ['import-history', file, '--apply'])).toMatchObject({ code: 0 });
          await eventually(async () => expect(await listed(otherApp)).toEqual(await listed(app)));
          await settled(other);
          expect(await listed(otherApp)).toEqual(await listed(app));
          expect(await places(app)).toMatchObject([
            [33.33, expect.any(String), 'hold'],
            [12.5, expect.any(String), stopped.title],
          ]);
          expect(await places(otherApp)).toEqual(await places(app));
          expect((await listed(app)).map(([title, status]) => String(title).endsWith(String(status)))).toEqual(Array(5).fill(true));
        }),
      ),
  );

  it.each(['json', 'csv'])('of our own has also what no other service knows, as %s', { timeout: 90_000 }, async (format) => {
    const tmdb = await createTmdbFake();
    try {
      await inHousehold({ database, servers: ['jellyfin'] }, (home) =>
        inHousehold({ database, servers: [], house: { tmdbUrl: tmdb.baseUrl } }, (other) =>
          inHousehold({ database, servers: [] }, async (third) => {
            for (const house of [home, other, third])
              await house.rooms.customIds.addProvider(
                { name: 'shelf', type: 'jellyfin', description: '', pattern: '/^s\\d+$/', example: 's1', valid: ['s1'], invalid: ['x'] },
                { kind: 'login', id: '1', name: 'owner' },
              );
            await other.send('PUT', '/api/v1/settings/metadata.tmdb-key', { value: tmdb.accessToken });
            await home.rooms.customIds.addLink({ type: 'jellyfin', from: 'Shelf', to: 'shelf' }, { kind: 'login', id: '1', name: 'owner' });
            const ofNoSeries = (episode: number) => episodeOf(episode, { show: { title: 'Street: Films', year: 1999, ids: {} } });
            const ids = shelveAll(
              home,
              {
                unknown: { ...alien, title: 'Unknown to sources', ids: { imdb: 'tt7777777' } },
                own: { ...heat, title: 'Ours alone', ids: { shelf: 's1' } },
                first: ofNoSeries(1),
                second: ofNoSeries(2),
              },
              ['jellyfin'],
            );
            for (const id of Object.values(ids.jellyfin))
              home.fake('jellyfin').setState(home.fake('jellyfin').owner.id, id, { played: true, playCount: 2, lastPlayedAt: ago(DAY) });
            await connectAll(home, ['jellyfin']);
            await sync(home);
            const written = async (house: typeof home) => (await talkTo(house, ['export-history', '--format', format])).out;
            const watched = async (house: typeof home) =>
              (JSON.parse((await talkTo(house, ['export-history'])).out) as { titles: { watches: object[]; standings: object[] }[] }).titles
                .flatMap(({ watches, standings }) => [...watches, ...standings])
                .map((one) => JSON.stringify({ ...one, title: undefined }))
                .sort();
            const take = async (house: typeof home, text: string) =>
              JSON.parse((await talkTo(house, ['import-history', await folderWith(`mine.${format}`, text), '--apply', '--json'])).out);
            expect(await watched(home)).toHaveLength(12);
            expect(await take(other, await written(home))).toMatchObject({ plays: 8, marks: 4, left_total: 0 });
            expect(await watched(other)).toEqual(await watched(home));
            expect(await take(third, await written(other))).toMatchObject({ plays: 8, marks: 4, left_total: 0 });
            const lines = (text: string) =>
              text
                .split('\n')
                .slice(1)
                .map((line) => line.replace(/,$/, ''))
                .sort();
            expect(lines(await written(third))).toEqual(lines(await written(other)));
            for (const house of [home, other, third]) expect(await take(house, await written(home))).toMatchObject({ plays: 0, marks: 0 });
          }),
        ),
      );
    } finally {
      await tmdb.close();
    }
  });

  it('of our own takes no place within a title that the same file tells was watched since', () =>
    inHousehold({ database, servers: [] }, async (home) => {
      const title = { kind: 'movie', title: 'film of no length', ids: { tmdb: '9100' }, playbacks: [{ percent: 12.5, at: WATCHED }] };
      const take = async (watched: object) => {
        const file = await folderWith(
          'mine.json',
          JSON.stringify({ format: 'usherr.history', version: 1, titles: [{ ...title, ...watched }] }),
        );
        return JSON.parse((await talkTo(home, ['import-history', file, '--apply', '--json'])).out) as object;
      };
      const at = '2024-10-10T13:52:56.000Z';
      expect(await take({ watches: [{ at }], standings: [{ watched: true, at }] })).toMatchObject({ marks: 1, positions: 0 });
      expect(await take({ ids: { tmdb: '9101' } })).toMatchObject({ marks: 0, positions: 1 });
    }));

  it('is looked up where it names films alone, and what the source of metadata does not know is not made', {
    timeout: 90_000,
  }, async () => {
    const tmdb = await createTmdbFake();
    tmdb.addMovie({ id: 949, title: 'Heat', imdb: 'tt0113277', releaseDate: '1995-12-15' });
    for (const id of [1, 2]) tmdb.addMovie({ id, title: 'Twins', releaseDate: '1988-12-09' });
    try {
      await inHousehold({ database, servers: [], house: { tmdbUrl: tmdb.baseUrl } }, async (home) => {
        const rows = ['Heat,1995', 'Twins,1988', 'Nowhere,2001'].map((film) => `2021-02-01,${film},https://boxd.it/a\n`);
        const films = await folderWith('watched.csv', `Date,Name,Year,Letterboxd URI\n${rows.join('')}`);
        const take = async (file: string) => JSON.parse((await runUsherr(home, ['import-history', file, '--apply', '--json'])).out);
        expect(await take(films)).toMatchObject({ titles: 3, marks: 0, left_total: 3, unasked: 0 });
        expect(tmdb.calls).toEqual([]);

        await home.send('PUT', '/api/v1/settings/metadata.tmdb-key', { value: tmdb.accessToken });
        const report = await take(films);
        expect(report).toMatchObject({ titles: 3, marks: 1, left_total: 2, unasked: 0 });
        const reasons = Object.fromEntries(report.left.map(({ title, reason }: Record<string, string>) => [title, reason]));
        expect(reasons).toEqual({
          Twins: expect.stringContaining('several films'),
          Nowhere: expect.stringContaining('no film of exactly'),
        });

        const [known, unknown] = ['tt0113277', 'tt7777777'].map((imdb) => ({
          watched_at: WATCHED,
          movie: { title: 'Some', year: 1995, ids: { imdb } },
        }));
        const trakt = await folderWith('trakt.zip', zipSync({ 'watched-history-1.json': strToU8(JSON.stringify([known, unknown])) }));
        expect(await take(trakt)).toMatchObject({ titles: 2, left_total: 1 });
      });
    } finally {
      await tmdb.close();
    }
  });

  it('that is none is refused, in words', () =>
    inHousehold({ database, servers: [] }, async (home) => {
      const refused = await runUsherr(home, ['import-history', await folderWith('a.json', '{}')]);
      expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('is no history that this house can read') });
      expect(await runUsherr(home, ['import-history', '/nowhere/a.json'])).toMatchObject({
        code: 2,
        err: expect.stringContaining('There is no file'),
      });
      const key = { 'x-api-key': home.config.apiKey ?? '' };
      const empty = await home.send('POST', '/api/v1/history-files', {}, key);
      expect(empty.status).toBe(400);
      expect(JSON.stringify(empty.body)).toContain('file');
      expect((await home.send('POST', '/api/v1/history-files/none/apply', undefined, key)).status).toBe(404);
      expect((await home.get('/api/v1/history-files/none/report', key)).status).toBe(404);
      expect((await home.get('/api/v1/history-files/formats', key)).body).toContainEqual({ format: 'letterboxd', title: 'Letterboxd' });
    }));
});
