import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { createTmdbFake, type FakeTmdb } from '#integrations/tmdb/tmdb.fake.ts';
import type { MediaId } from '#kernel/ids.ts';
import { runCli } from '#tests/support/command-line.ts';
import { DATABASES } from '#tests/support/databases.ts';
import { eventually, type Household } from '#tests/support/household.ts';
import { alien, connectAll, episodeOf, heat, importNow, inHousehold, settled, shelve } from '#tests/support/journey.ts';

const KEY = 'metadata.tmdb-key';

async function withTmdb(work: (tmdb: FakeTmdb) => Promise<void>): Promise<void> {
  const tmdb = await createTmdbFake();
  try {
    tmdb.addMovie({
      id: 949,
      title: 'Heat',
      imdb: 'tt0113277',
      releaseDate: '1995-12-15',
      runtime: 170,
      overview: 'A thief.',
      status: 'Released',
    });
    tmdb.addShow({
      id: 1920,
      name: 'Twin Peaks',
      imdb: 'tt0098936',
      tvdb: 70533,
      status: 'Ended',
      firstAirDate: '1990-04-08',
      seasons: [{ number: 1, episodes: [1, 2, 3].map((number) => ({ number, airDate: `1990-04-0${number}`, runtime: 47 })) }],
    });
    await work(tmdb);
  } finally {
    await tmdb.close();
  }
}

/** Heat and an episode of Twin Peaks were watched, Alien was not. */
async function watchSome(home: Household): Promise<void> {
  const [film, episode] = [shelve(home, 'jellyfin', heat), shelve(home, 'jellyfin', episodeOf(1))];
  shelve(home, 'jellyfin', alien);
  const jellyfin = home.fake('jellyfin');
  for (const id of [film, episode])
    jellyfin.setState(jellyfin.owner.id, id, { played: true, playCount: 1, lastPlayedAt: Date.UTC(2026, 0, 2) });
  await connectAll(home, ['jellyfin']);
  await importNow(home);
  await settled(home);
}

async function showIn(home: Household): Promise<MediaId> {
  const [show] = await createMediaGraph(home.rooms.database, { clock: home.rooms.clock }).find({ kind: 'show', ids: { tvdb: '70533' } });
  return show as MediaId;
}

const runTask = async (home: Household): Promise<void> => {
  await home.send('POST', '/api/v1/tasks/metadata/run', {});
  await settled(home);
};

describe.each(DATABASES)('metadata, on %s', (database) => {
  it('fills in what the servers do not say, once there is a key, and nothing before', () =>
    withTmdb((tmdb) =>
      inHousehold({ database, servers: ['jellyfin'], house: { tmdbUrl: tmdb.baseUrl } }, async (home) => {
        await watchSome(home);
        await runTask(home);
        expect(tmdb.calls).toEqual([]);
        expect((await home.get('/api/v1/metadata')).body).toMatchObject({ source: 'tmdb', has_key: false, due: 2, titles: { told: 0 } });
        expect((await home.send('POST', '/api/v1/metadata/check', {})).status).toBe(409);

        await home.send('PUT', `/api/v1/settings/${KEY}`, { value: 'wrong' });
        const refused = await home.send('POST', '/api/v1/metadata/check');
        expect([refused.status, JSON.stringify(refused.body)]).toEqual([502, expect.stringContaining(KEY)]);
        await home.send('PUT', `/api/v1/settings/${KEY}`, { value: tmdb.accessToken });
        expect((await home.send('POST', '/api/v1/metadata/check')).body).toEqual({ accepted: true });
        await runTask(home);
        expect((await home.get('/api/v1/metadata')).body).toMatchObject({ has_key: true, due: 0, titles: { told: 2, failed: 0 } });

        const show = await showIn(home);
        const { titleFacts } = home.rooms;
        expect((await titleFacts.of([show])).get(show)).toMatchObject({ status: 'ended', sources: ['servers', 'tmdb'] });
        expect((await titleFacts.episodesOf([show])).get(show)).toMatchObject({
          complete: true,
          episodes: [{ number: 1 }, { number: 2 }, { number: 3 }],
        });
        expect(tmdb.calls.filter(({ path }) => path.includes('348'))).toEqual([]);

        tmdb.forgetCalls();
        await home.restart();
        await runTask(home);
        expect(tmdb.calls).toEqual([]);
        const said = [...home.logLines, JSON.stringify((await home.get('/api/v1/settings')).body)].join('\n');
        expect(said).not.toContain(tmdb.accessToken);
      }),
    ));

  it('is asked soon about what somebody watches now', () =>
    withTmdb((tmdb) =>
      inHousehold({ database, servers: ['jellyfin'], house: { tmdbUrl: tmdb.baseUrl } }, async (home) => {
        const film = shelve(home, 'jellyfin', heat);
        const { jellyfin: account } = await connectAll(home, ['jellyfin']);
        await importNow(home);
        await home.hook('jellyfin', account);
        await home.send('PUT', `/api/v1/settings/${KEY}`, { value: tmdb.apiKey });
        await home.fake('jellyfin').finish(home.fake('jellyfin').owner.id, film);
        await eventually(async () => expect((await home.get('/api/v1/metadata')).body).toMatchObject({ titles: { told: 1 } }));
      }),
    ));
});

describe('the mapping of anime', () => {
  const xml = (shift: number): string =>
    `<anime-list><anime anidbid="14444" tvdbid="267440" defaulttvdbseason="3" episodeoffset="${shift}"><name>Titans</name></anime></anime-list>`;

  it('is shown, loaded, looked into and forgotten, by the API and by the command line', () =>
    inHousehold({ servers: [] }, async (home) => {
      const where = async (query: string) => (await home.get(`/api/v1/anime/coordinates?${query}`)).body;
      expect(await where('provider=anidb&id=14444&number=1')).toEqual({ outcome: 'no-mapping', places: [] });

      const folder = join(home.config.dataDir, 'files of somebody');
      await mkdir(folder);
      const file = join(folder, 'anime-list.xml');
      await writeFile(file, xml(12));
      const shown = await runCli(home, ['anime', 'import', file]);
      expect([shown.code, shown.out]).toEqual([0, expect.stringContaining('1 would be added, 0 would be changed, 0 would be removed.')]);
      expect((await home.get('/api/v1/anime/mappings')).body).toEqual([]);
      expect((await runCli(home, ['anime', 'import', file, '--apply'])).out).toContain('1 added, 0 changed, 0 removed.');
      expect((await runCli(home, ['anime', 'import', file, '--apply'])).out).toContain('nothing to do');
      expect((await runCli(home, ['anime', 'list', '--json'])).json()).toMatchObject([{ format: 'anime-lists', entries: 1, spans: 1 }]);
      const there = { tvdb: '267440', ids: {}, title: null, season: 3, number: 13, special: false };
      expect(await where('provider=anidb&id=14444&number=1')).toEqual({ outcome: 'mapped', places: [there] });
      const back = { tvdb: null, ids: { anidb: '14444' }, title: 'Titans', season: null, number: 1, special: false };
      expect(await where('provider=tvdb&id=267440&season=3&number=13')).toEqual({ outcome: 'mapped', places: [back] });
      expect(await where('provider=mal&id=1&number=1')).toEqual({ outcome: 'unmapped', places: [] });

      await writeFile(file, `${xml(12)}<anime/>`);
      const refused = await runCli(home, ['anime', 'import', file, '--apply']);
      expect([refused.code === 0, refused.err]).toEqual([false, expect.stringContaining('line 1')]);
      expect(await where('provider=anidb&id=14444&number=1')).toMatchObject({ outcome: 'mapped' });
      expect((await runCli(home, ['anime', 'forget', 'anime-lists'])).code).toBe(0);
      expect(await where('provider=anidb&id=14444&number=1')).toEqual({ outcome: 'no-mapping', places: [] });
      expect(await readdir(join(home.config.dataDir, 'uploads'))).toEqual([]);
      expect((await runCli(home, ['metadata'])).out).toContain('usherr settings set metadata.tmdb-key');
    }));

  it.each([
    ['POST', '/api/v1/anime/mappings', { content: 'anidb,mal' }, 'content'],
    ['POST', '/api/v1/anime/mappings', { content: '' }, 'content'],
    ['POST', '/api/v1/anime/mappings', {}, 'content'],
    ['POST', '/api/v1/anime/mappings', { content: '[]', apply: 'perhaps' }, 'apply'],
    ['GET', '/api/v1/anime/coordinates?provider=imdb&id=1&number=1', undefined, 'provider'],
    ['GET', '/api/v1/anime/coordinates?provider=mal&id=1&number=0', undefined, 'number'],
    ['PUT', `/api/v1/settings/${KEY}`, { value: 'two words' }, KEY],
    ['PUT', '/api/v1/settings/metadata.language', { value: 'english' }, 'metadata.language'],
    ['PUT', '/api/v1/settings/metadata.calls-a-day', { value: -1 }, 'metadata.calls-a-day'],
  ])('%s %s refuses bad input and names the field', (method, path, body, field) =>
    inHousehold({ servers: [] }, async (home) => {
      const answer = await home.send(method, path, body);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(JSON.stringify(answer.body)).toContain(field);
    }),
  );
});
