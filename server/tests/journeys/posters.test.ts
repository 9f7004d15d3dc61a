import { describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { createTmdbFake } from '#integrations/tmdb/tmdb.fake.ts';
import { API_KEY, type Household } from '#tests/support/household.ts';
import { alien, connectAll, episodeOf, heat, importNow, inHousehold, settled, shelve } from '#tests/support/journey.ts';

const at = (home: Household, path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${home.address}/api/v1${path}`, { headers: { 'x-api-key': API_KEY, ...headers } });
const idOf = async (home: Household, kind: 'movie' | 'show' | 'episode', ids: Record<string, string>): Promise<number> => {
  const [id] = await createMediaGraph(home.rooms.database, { clock: home.rooms.clock }).find({ kind, ids });
  return Number(id);
};

describe('posters', () => {
  it('come from the household’s servers, of an episode that of its series, and are kept', () =>
    inHousehold({ servers: ['plex', 'jellyfin', 'emby'] }, async (home) => {
      shelve(home, 'plex', heat);
      shelve(home, 'jellyfin', alien);
      shelve(home, 'emby', episodeOf(1));
      await connectAll(home);
      await importNow(home);
      await settled(home);
      const titles = {
        heat: await idOf(home, 'movie', { imdb: 'tt0113277' }),
        alien: await idOf(home, 'movie', { imdb: 'tt0078748' }),
        show: await idOf(home, 'show', { tvdb: '70533' }),
        episode: await idOf(home, 'episode', { tvdb: '127131' }),
      };
      for (const [name, id] of Object.entries(titles)) {
        const reply = await at(home, `/titles/${id}/poster?width=200`);
        expect([name, reply.status, reply.headers.get('content-type')]).toEqual([name, 200, 'image/png']);
        expect(reply.headers.get('cache-control')).toMatch(/^private, max-age=\d+/);
        const etag = reply.headers.get('etag') ?? '';
        expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
        for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*'])
          expect((await at(home, `/titles/${id}/poster`, { 'if-none-match': known })).status).toBe(304);
        expect((await at(home, `/titles/${id}/poster`, { 'if-none-match': '"other"' })).status).toBe(200);
      }
      const emby = home.fake('emby').calls.filter(({ path }) => /images/i.test(path));
      expect(emby.map(({ path, query }) => [/primary$/i.test(path), query])).toEqual([[true, { MaxWidth: '342' }]]);

      // The token goes nowhere but in the header.
      for (const server of home.fakes)
        expect(JSON.stringify(server.calls.map(({ path, query }) => [path, query]))).not.toContain(server.owner.token);
      for (const server of home.fakes) server.forgetCalls();
      await home.restart();
      for (const id of Object.values(titles)) expect((await at(home, `/titles/${id}/poster`)).status).toBe(200);
      for (const server of home.fakes) expect(server.calls.filter(({ path }) => /photo|thumb|images/i.test(path))).toEqual([]);
    }));

  it('come from the source of metadata where no server has the title, with a key', async () => {
    const tmdb = await createTmdbFake();
    tmdb.addMovie({ id: 949, title: 'Heat', imdb: 'tt0113277', poster: '/heat.jpg' });
    tmdb.addMovie({ id: 348, title: 'Alien', imdb: 'tt0078748', poster: '/../../3/movie/348' });
    try {
      await inHousehold({ servers: [], house: { tmdbUrl: tmdb.baseUrl } }, async (home) => {
        const { database, clock, titleFacts } = home.rooms;
        const graph = createMediaGraph(database, { clock });
        await database.transaction((handle) =>
          createMediaGraph(handle, { clock }).know([heat, alien].map(({ title, ids = {} }) => ({ kind: 'movie' as const, title, ids }))),
        );
        const [[film = 0 as never], [other = 0 as never]] = await Promise.all([
          graph.find({ kind: 'movie', ids: { imdb: 'tt0113277' } }),
          graph.find({ kind: 'movie', ids: { imdb: 'tt0078748' } }),
        ]);
        await titleFacts.tell('tmdb', [
          { media: film, facts: { poster: '/heat.jpg' } },
          { media: other, facts: { poster: '/../../3/movie/348' } },
        ]);
        const none = await at(home, `/titles/${film}/poster`);
        expect([none.status, none.headers.get('cache-control')]).toEqual([404, 'private, max-age=300']);
        expect(await none.json()).toMatchObject({ error: { code: 'not-found' } });
        expect(tmdb.calls).toEqual([]);

        await home.send('PUT', '/api/v1/settings/metadata.tmdb-key', { value: tmdb.accessToken });
        await fetch(`${home.address}/v1/api/system/cache`, { method: 'DELETE', headers: { 'x-apikey': API_KEY } });
        const reply = await at(home, `/titles/${film}/poster?width=500`);
        expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'image/png']);
        expect(tmdb.calls.map(({ path }) => path)).toEqual(['/3/configuration', '/t/p/w500/heat.jpg']);
        expect((await at(home, `/titles/${other}/poster`)).status).toBe(404);
        expect(tmdb.calls.length).toBe(2);
      });
    } finally {
      await tmdb.close();
    }
  });

  it('are for those who sign in, of titles that there are, and never of an address', () =>
    inHousehold({ servers: ['plex'] }, async (home) => {
      shelve(home, 'plex', heat);
      await connectAll(home, ['plex']);
      await importNow(home);
      await settled(home);
      const id = await idOf(home, 'movie', { imdb: 'tt0113277' });
      expect((await fetch(`${home.address}/api/v1/titles/${id}/poster`)).status).toBe(401);
      expect((await at(home, '/titles/999999/poster')).status).toBe(404);
      const bad = [
        '/titles/0/poster',
        '/titles/x/poster',
        '/titles/http%3A%2F%2F127.0.0.1%2Fa.png/poster',
        `/titles/${id}/poster?width=0`,
        `/titles/${id}/poster?width=4001`,
      ];
      for (const path of bad) {
        const reply = await at(home, path);
        expect([path, reply.status]).toEqual([path, 400]);
        expect(await reply.json()).toMatchObject({ error: { fields: [{ field: path.includes('width') ? '?width' : 'id' }] } });
      }
      home.fake('plex').setMood('reset');
      expect((await at(home, `/titles/${id}/poster`)).status).toBe(502);
      home.fake('plex').setMood('fine');
    }));
});
