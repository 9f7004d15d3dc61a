import { describe, expect, it } from 'vitest';
import { createTmdbFake } from '#integrations/tmdb/tmdb.fake.ts';
import { DATABASES } from '#tests/support/databases.ts';
import { connectAll, heat, importNow, inHousehold, settled, shelve } from '#tests/support/journey.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { createSimklCalls } from '#tests/support/simkl-calls.ts';

type Hit = { title: string; year: number | null; ids: { simkl_id: number; tmdb?: string } };

describe.each(DATABASES)('a search by name, on %s', (database) => {
  it('has what the house has first, then what a source has, each once, and whatever becomes of the source', async () => {
    const tmdb = await createTmdbFake();
    try {
      tmdb.addMovie({ id: 949, title: 'Heat', imdb: 'tt0113277', releaseDate: '1995-12-15', status: 'Released' });
      tmdb.addMovie({ id: 950, title: 'Heat Wave', releaseDate: '2011-01-01', status: 'Released' });
      tmdb.addMovie({ id: 951, title: 'In the Heat of the Night', releaseDate: '1967-01-01', status: 'Released' });
      await inHousehold({ database, servers: ['jellyfin'], house: { tmdbUrl: tmdb.baseUrl } }, async (home) => {
        shelve(home, 'jellyfin', heat);
        await connectAll(home, ['jellyfin']);
        await importNow(home);
        await settled(home);
        const app = await letAppIn(home.rooms.appGrants);
        const call = createSimklCalls(() => home.address, app);
        const search = async (query: string) => (await call<Hit[]>('GET', `/search/movie?${query}`)).body;
        const titles = async (query: string) => (await search(query)).map((hit) => hit.title);
        expect(await titles('q=heat')).toEqual(['Heat']);
        expect(tmdb.calls).toEqual([]);

        await home.send('PUT', '/api/v1/settings/metadata.tmdb-key', { value: tmdb.accessToken });
        const nobody = createSimklCalls(() => home.address, { headers: { 'simkl-api-key': app.clientId } });
        expect((await nobody<Hit[]>('GET', '/search/movie?q=heat')).body).toHaveLength(1);
        expect(tmdb.calls).toEqual([]);

        const first = await search('q=heat');
        expect(first.map((hit) => hit.title)).toEqual(['Heat', 'Heat Wave', 'In the Heat of the Night']);
        expect(first.map((hit) => hit.ids.tmdb)).toEqual(['949', '950', '951']);
        const calls = tmdb.calls.length;
        expect(await search('q=heat')).toEqual(first);
        expect(await titles('q=Heat%20')).toHaveLength(3);
        expect(tmdb.calls).toHaveLength(calls);
        const wave = first[1]?.ids.simkl_id ?? 0;
        const added = await call('POST', '/sync/add-to-list', { movies: [{ ids: { simkl: wave }, to: 'plantowatch' }] });
        expect(added.body).toMatchObject({ added: { movies: [{ to: 'plantowatch' }] } });

        await tmdb.close();
        expect(await titles('q=heat')).toEqual(['Heat', 'Heat Wave', 'In the Heat of the Night']);
        expect(await titles('q=wave')).toEqual(['Heat Wave']);
        expect(await titles('q=nothing')).toEqual([]);
      });
    } finally {
      await tmdb.close().catch(() => undefined);
    }
  });
});
