import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediaServer } from './media-server.port.ts';
import { libraryOf, type MediaServerBench, MOVIE, options } from './media-server-bench.contract.ts';
import type { UpstreamShelfItem } from './shelf.port.ts';

const SHOW = { upstreamId: '7100', title: 'Babylon 5', year: 1993, ids: { tvdb: '70726', imdb: 'tt0105946' } };
const EPISODE = { kind: 'episode', title: 'Midnight on the Firing Line', show: SHOW, season: 1, episodes: [1] } as const;

/** What servers keep of movies and series beside watching, by every vendor that keeps any of it. */
export function describeShelfContract(name: string, open: () => Promise<MediaServerBench>): void {
  describe(`what ${name} keeps of movies and series`, () => {
    let bench: MediaServerBench;
    let server: MediaServer;
    let movies: string;
    let shows: string;
    let movie: string;

    beforeEach(async () => {
      bench = await open();
      const { fake, driver } = bench;
      movies = fake.addLibrary({ name: 'Movies', kind: 'movies' });
      shows = fake.addLibrary({ name: 'Shows', kind: 'shows' });
      movie = fake.addTitle(movies, MOVIE);
      fake.addTitle(shows, EPISODE);
      server = driver.connect(bench.connection(fake.owner));
    });
    afterEach(() => bench.close());

    async function shelfOf(libraryId: string, pageSize = 2): Promise<readonly UpstreamShelfItem[]> {
      const items: UpstreamShelfItem[] = [];
      for await (const page of server.readShelf?.(await libraryOf(server, libraryId), { ...options(), pageSize }) ?? [])
        items.push(...page);
      return items;
    }

    it('is read of a whole library, over its pages, with ids and without episodes', async () => {
      const more = [1, 2, 3].map((number) => bench.fake.addTitle(movies, { kind: 'movie', title: `Movie ${number}`, year: 1990 + number }));
      expect((await shelfOf(movies)).map((item) => item.upstreamId).toSorted()).toEqual([movie, ...more].toSorted());
      expect(await shelfOf(shows)).toEqual([
        expect.objectContaining({ upstreamId: '7100', kind: 'show', title: 'Babylon 5', year: 1993, ids: SHOW.ids }),
      ]);
      expect((await shelfOf(movies)).find((item) => item.upstreamId === movie)).toMatchObject({ kind: 'movie', title: MOVIE.title });
    });

    it('is an error where the library does not come whole', async () => {
      for (const number of [1, 2, 3]) bench.fake.addTitle(movies, { kind: 'movie', title: `Movie ${number}`, year: 1990 + number });
      bench.fake.setMood('short-library');
      await expect(shelfOf(movies)).rejects.toMatchObject({ code: 'upstream-unreadable' });
    });

    it('of an item that is gone is nothing', async () => {
      bench.fake.removeTitle(movie);
      expect(await server.readShelfItem?.(movie, options())).toBeUndefined();
    });

    it.each(['movie', 'series'])('takes a rating of a %s, and takes it away again, where the vendor has ratings', async (what) => {
      const id = what === 'movie' ? movie : '7100';
      if (!server.rate) return expect((await server.readShelfItem?.(id, options()))?.rating).toBeUndefined();
      await server.rate(id, 7, options());
      expect(await server.readShelfItem?.(id, options())).toMatchObject({ rating: 7, ratedAt: expect.any(Number) });
      expect(bench.fake.stateOf(bench.fake.owner.id, id).rating).toBe(7);
      await server.rate(id, undefined, options());
      expect((await server.readShelfItem?.(id, options()))?.rating).toBeUndefined();
    });

    it.each(['movie', 'series'])('takes a %s for a favourite, and back, where the vendor has favourites', async (what) => {
      const id = what === 'movie' ? movie : '7100';
      if (!server.setFavourite) return expect((await server.readShelfItem?.(id, options()))?.favorite).toBeUndefined();
      expect((await server.readShelfItem?.(id, options()))?.favorite).toBe(false);
      await server.setFavourite(id, true, options());
      expect((await server.readShelfItem?.(id, options()))?.favorite).toBe(true);
      expect((await shelfOf(what === 'movie' ? movies : shows)).map((item) => item.favorite)).toEqual([true]);
      await server.setFavourite(id, false, options());
      expect((await server.readShelfItem?.(id, options()))?.favorite).toBe(false);
    });
  });
}
