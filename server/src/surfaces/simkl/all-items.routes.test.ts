import { describe, expect, it } from 'vitest';
import { BEBOP_ITEM, DARK_ITEM, HEAT, LOST_ITEM, marks, shown, useSimklLibrary } from '#tests/support/simkl-library.ts';

const { activities, call, history, later, library, now, old, only } = useSimklLibrary();

describe('the library', () => {
  it('of nobody is empty, as each dialect says it', async () => {
    for (const [path, empty] of [
      ['', {}],
      ['/', {}],
      ['/anime', { anime: [] }],
      ['/movies/watching', { movies: [] }],
      ['/watching', {}],
      ['/nonsense', {}],
      ['/shows/nonsense', { shows: [] }],
    ] as const) {
      expect([path, await library(path)]).toEqual([path, empty]);
      expect((await old('GET', `/sync/all-items${path}`)).body).toBeNull();
    }
  });

  it('is null at an address at which the original has nothing', async () => {
    await history({ anime: [BEBOP_ITEM] });
    const { status, body } = await call('GET', '/sync/anime');
    expect([status, body]).toEqual([200, null]);
  });

  it('has one list of one kind, a list of every kind, and everything', async () => {
    await history({ movies: [{ ...HEAT, status: 'dropped' }], shows: [marks(1), { ...LOST_ITEM, status: 'dropped' }] });
    expect(Object.keys(await library('/dropped'))).toEqual(['shows', 'movies']);
    expect((await library('/shows/dropped')).shows).toHaveLength(1);
    expect((await library('/shows/all/')).shows).toHaveLength(2);
    expect((await library('/all/watching')).shows).toHaveLength(1);
    expect(Object.keys(await library('', '?'))).toEqual(['shows', 'movies']);
  });

  it('shows episodes where they are asked for, of what was begun', async () => {
    await history({ shows: [{ ...marks(1, 2), watched_at: '2025-12-01T20:00:00Z' }] });
    expect((await only('/shows', '?extended=full')).seasons).toEqual([{ number: 1, episodes: [{ number: 1 }, { number: 2 }] }]);
    const full = await only('/shows', '?extended=full&episode_watched_at=yes&episode_tvdb_id=yes&episode_runtime=yes&next_watch_info=yes');
    expect(full.seasons?.[0]?.episodes[0]).toEqual({ number: 1, watched_at: '2025-12-01T20:00:00Z', ids: { tvdb_id: 6101 }, runtime: 50 });
    expect(full).toMatchObject({
      show: { runtime: 50 },
      next_to_watch_info: { title: 'Part 3', season: 1, episode: 3, date: '2017-12-01T00:00:00+00:00' },
    });
    expect(await only('/shows', '?episode_watched_at=yes')).not.toHaveProperty('seasons');
    await history({ shows: [marks(3)] });
    expect(await only('/shows', '?extended=full')).not.toHaveProperty('seasons');
    expect((await only('/shows', '?extended=full&include_all_episodes=original')).seasons?.[0]?.episodes).toHaveLength(3);
  });

  it('shows every episode of what was completed as a whole', async () => {
    await call('POST', '/sync/ratings', { shows: [{ ...DARK_ITEM, rating: 8 }] });
    await history({ shows: [{ ...DARK_ITEM, status: 'completed' }] });
    const all = await only('/shows', '?extended=full&include_all_episodes=yes&episode_watched_at=yes');
    expect(all.seasons).toEqual([{ number: 1, episodes: [1, 2, 3].map((number) => ({ number, watched_at: shown(now()) })) }]);
  });

  it('is ids alone where that is asked for', async () => {
    await history({ movies: [HEAT], shows: [marks(1)] });
    const { shows, movies } = await library('', '?extended=simkl_ids_only');
    expect(movies).toEqual([{ movie: { ids: { simkl: 53992, slug: 'heat' } } }]);
    expect(Object.keys(shows?.[0]?.show?.ids ?? {})).toEqual(['simkl', 'slug']);
    expect((await library('', '?extended=ids_only')).movies).toEqual([
      { movie: { ids: { simkl: 53992, slug: 'heat', imdb: 'tt0113277', tmdb: '949' } } },
    ]);
  });

  it('tells what changed after a day, and after the epoch everything', async () => {
    await history({ movies: [HEAT] });
    const { all } = await activities();
    later(60_000);
    await history({ shows: [{ ...marks(1), watched_at: '2001-01-01T00:00:00Z' }] });
    expect(Object.keys(await library('', `?date_from=${all}`))).toEqual(['shows', 'movies']);
    expect(Object.keys(await library('', `?date_from=${shown(now() - 1_000)}`))).toEqual(['shows']);
    expect(await library('', `?date_from=${shown(now() + 1_000)}`)).toEqual({});
    for (const early of ['1900-01-01T00:00:00Z', '1970-01-01', '1970-01-01T00:00:00.000Z'])
      expect(Object.keys(await library('', `?date_from=${early}`))).toHaveLength(2);
    expect((await call('GET', '/sync/all-items?date_from=soon')).body).toMatchObject({
      error: 'wrong_parameter',
      message: expect.stringContaining('date_from'),
    });
  });

  it('asked for what changed after a title was watched, has that title', async () => {
    await history({ movies: [HEAT] });
    const { last_watched_at: at } = await only('/movies');
    later(500);
    await history({ movies: [{ ids: { imdb: 'tt0089881' } }] });
    expect((await library('/movies', `?date_from=${at}`)).movies).toHaveLength(2);
  });

  it('does not tell of ratings again, but of a title that a rating brought in', async () => {
    await history({ movies: [HEAT] });
    later(5_000);
    const since = shown(now() - 1_000);
    await call('POST', '/sync/ratings', { movies: [{ ...HEAT, rating: 9 }], shows: [{ ...DARK_ITEM, rating: 3 }] });
    expect(Object.keys(await library('', `?date_from=${since}`))).toEqual(['shows']);
  });
});
