import { describe, expect, it } from 'vitest';
import {
  type Added,
  BEBOP_ITEM,
  DARK_ITEM,
  HEAT,
  type Library,
  LOST_ITEM,
  marks,
  shown,
  useSimklLibrary,
} from '#tests/support/simkl-library.ts';

const house = useSimklLibrary();
const { call, history, later, now, only } = house;

describe('what others think of what is on a list', () => {
  type Told = { id: number; release_status?: string | null; simkl?: null };
  const told = async (path: string) => (await call<Told[]>('GET', `/ratings/${path}`)).body;

  it('is one flat list of a kind, of the lists and with the fields that are asked for', async () => {
    await history({
      movies: [
        { ...HEAT, status: 'completed' },
        { ids: { imdb: 'tt0089881' }, status: 'plantowatch' },
      ],
      shows: [marks(1)],
    });
    await history({ anime: [{ ...BEBOP_ITEM, status: 'dropped' }] });
    expect(await told('movies?user_watchlist=completed&fields=simkl,release_status')).toEqual([
      { id: 53992, link: expect.stringContaining('/movies/53992/'), simkl: null, release_status: 'released' },
    ]);
    for (const query of ['', '?user_watchlist=all', '?user_watchlist=completed,plantowatch', '?user_watchlist=plan_to_watch,completed']) {
      expect(await told(`movies${query}`)).toHaveLength(2);
    }
    for (const type of ['shows', 'tv']) expect(await told(`${type}?user_watchlist=watching&fields=rank`)).toMatchObject([{ rank: null }]);
    expect(await told('anime?user_watchlist=notinteresting')).toHaveLength(1);
    for (const nothing of ['anime?user_watchlist=watching', 'movies?user_watchlist=nonsense']) expect(await told(nothing)).toEqual([]);
  });

  it('is told of movies, shows and anime, and of nobody without a person', async () => {
    expect((await call('GET', '/ratings/people')).body).toMatchObject({ error: 'url_failed', code: 404 });
    const nobody = await fetch(`${house.home.address}/ratings/movies?client_id=newer`);
    expect(nobody.status).toBe(401);
  });
});

describe('ratings', () => {
  const rate = (body: unknown) => call<Added>('POST', '/sync/ratings', body);

  it('are told, overwritten, and bring titles in', async () => {
    const { status, body } = await rate({
      movies: [{ ...HEAT, rating: 5 }],
      shows: [
        { ...DARK_ITEM, rating: '8', rated_at: '2020-01-01T00:00:00Z' },
        { ...LOST_ITEM, rating: 11 },
      ],
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      added: {
        movies: 1,
        shows: 1,
        statuses: [
          { request: { ...HEAT, rating: 5, type: 'movie' }, response: { status: 'completed', simkl_type: 'movie', anime_type: null } },
          {
            request: { ...DARK_ITEM, rating: '8', rated_at: '2020-01-01T00:00:00Z', type: 'show' },
            response: { status: 'watching', simkl_type: 'tv', anime_type: null },
          },
        ],
      },
      not_found: { movies: [], shows: [{ ...LOST_ITEM, rating: 11 }] },
    });
    await rate({ movies: [{ ...HEAT, rating: 6 }] });
    expect(await only('/movies')).toMatchObject({ user_rating: 6, user_rated_at: shown(now()), last_watched_at: null });
    expect(await only('/shows')).toMatchObject({ user_rating: 8, user_rated_at: '2020-01-01T00:00:00Z' });
  });

  it('are read by kind and by rating, with GET and with POST', async () => {
    await rate({ movies: [{ ...HEAT, rating: 5 }], shows: [{ ...DARK_ITEM, rating: 8 }] });
    await history({ shows: [{ ...LOST_ITEM, status: 'plantowatch' }] });
    const names = (body: Library) => Object.entries(body).map(([type, rows]) => `${type}:${rows.length}`);
    for (const method of ['GET', 'POST']) {
      const read = async (path: string) => names((await call<Library>(method, `/sync/ratings${path}`)).body);
      expect(await read('')).toEqual(['shows:2', 'movies:1']);
      expect(await read('/shows')).toEqual(['shows:2']);
      expect(await read('/shows/8,9')).toEqual(['shows:1']);
      expect(await read('/all/5')).toEqual(['movies:1']);
      expect(await read('/movies/9')).toEqual([]);
    }
  });

  it('that were taken back are told as none, and their titles stay', async () => {
    await rate({ movies: [{ ...HEAT, rating: 5 }], shows: [{ ...DARK_ITEM, rating: 8 }] });
    later(5_000);
    const { status, body } = await call('POST', '/sync/ratings/remove', {
      movies: [{ ...HEAT, rating: 0 }],
      shows: [{ ids: { tvdb: 1 } }],
    });
    expect([status, body]).toEqual([201, { deleted: { movies: 1, shows: 0 }, not_found: { movies: [], shows: [{ ids: { tvdb: 1 } }] } }]);
    const delta = (await call<Library>('GET', `/sync/ratings?date_from=${shown(now() - 1_000)}`)).body;
    expect(delta).toEqual({ movies: [expect.objectContaining({ user_rating: null, status: 'completed' })] });
  });
});
