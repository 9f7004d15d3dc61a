import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel/json.ts';
import { type Added, BEBOP_ITEM, DARK_ITEM, HEAT, type Library, LOST_ITEM, shown, useSimklLibrary } from '#tests/support/simkl-library.ts';

const { call, library, now, old, only } = useSimklLibrary();

describe('lists', () => {
  const put = (body: unknown) => call<{ added: Record<string, JsonObject[]>; not_found: JsonObject }>('POST', '/sync/add-to-list', body);

  it('answer each title with the list that it is on now', async () => {
    const unknown = { to: 'watching', ids: { imdb: 'tt0000222' } };
    const { status, body } = await put({
      movies: [{ ...HEAT, to: 'watching' }, unknown],
      shows: [{ ...LOST_ITEM, to: 'completed' }],
      anime: [{ ...BEBOP_ITEM, to: 'plan_to_watch' }],
    });
    expect([status, body]).toEqual([
      201,
      {
        added: {
          movies: [{ ...HEAT, to: 'completed', type: 'movie', anime_type: null }],
          shows: [
            { ...LOST_ITEM, to: 'watching', type: 'show', anime_type: null },
            { ...BEBOP_ITEM, to: 'plantowatch', type: 'show', anime_type: null },
          ],
        },
        not_found: { movies: [unknown], shows: [] },
      },
    ]);
    expect((await only('/movies')).last_watched_at).toBe(shown(now()));
  });

  it('take one list for all, and words by dialect', async () => {
    const { body } = await put({ to: 'dropped', movies: [HEAT], shows: [DARK_ITEM] });
    expect(body.added).toMatchObject({ movies: [{ to: 'dropped' }], shows: [{ to: 'dropped' }] });
    const { body: older } = await old<{ added: Record<string, JsonObject[]> }>('POST', '/sync/add-to-list', {
      movies: [{ ...HEAT, to: 'notinteresting' }],
    });
    expect(older.added.movies?.[0]?.to).toBe('notinteresting');
    expect((await old<Library>('GET', '/sync/all-items/movies/notinteresting')).body.movies?.[0]?.status).toBe('notinteresting');
    expect((await library('/movies/notinteresting')).movies?.[0]?.status).toBe('dropped');
  });

  it('keep the day on which a title was added, and no memo', async () => {
    await put({ movies: [{ ...HEAT, to: 'plantowatch', added_at: '2014-09-01T09:10:11Z', memo: { text: 'x', is_private: false } }] });
    expect(await only('/movies', '?memos=yes')).toMatchObject({
      added_to_watchlist_at: '2014-09-01T09:10:11Z',
      last_watched_at: null,
      memo: {},
    });
    await put({ movies: [{ ...HEAT, to: 'completed', watched_at: '2014-10-10T22:10:00Z' }] });
    expect(await only('/movies')).toMatchObject({ added_to_watchlist_at: '2014-09-01T09:10:11Z', last_watched_at: '2014-10-10T22:10:00Z' });
  });

  it('and ratings take a day that has not come yet for now', async () => {
    await put({ movies: [{ ...HEAT, to: 'plantowatch', added_at: '2099-01-01T00:00:00Z' }] });
    await call('POST', '/sync/ratings', { movies: [{ ...HEAT, rating: 8, rated_at: '2099-01-01T00:00:00Z' }] });
    expect(await only('/movies')).toMatchObject({ added_to_watchlist_at: shown(now()), user_rating: 8, user_rated_at: shown(now()) });
  });

  it('and ratings tell episodes by themselves as not found, since these have neither', async () => {
    const episodes = [{ title: 'Dark', season: 1, episode: 1, ids: { tvdb: 6101 }, to: 'hold', rating: 7 }];
    for (const path of ['/sync/add-to-list', '/sync/ratings', '/sync/ratings/remove']) {
      const { status, body } = await call<Added>('POST', path, { episodes });
      expect([path, status, body.not_found]).toEqual([path, 201, { movies: [], shows: episodes }]);
    }
    expect(await library()).toEqual({});
  });

  it('can be left', async () => {
    await put({ movies: [{ ...HEAT, to: 'plantowatch' }] });
    expect((await put({ movies: [{ ...HEAT, to: 'remove' }] })).body.added.movies).toEqual([
      { ...HEAT, to: 'remove', type: 'movie', anime_type: null },
    ]);
    expect(await library()).toEqual({});
    await put({ movies: ['plantowatch', 'remove', 'dropped'].map((to) => ({ ...HEAT, to })) });
    expect(await only('/movies')).toMatchObject({ status: 'dropped' });
    await put({ movies: ['plantowatch', 'remove'].map((to) => ({ ...HEAT, to })) });
    expect(await library()).toEqual({});
  });

  it('are named, or it is told which item has none', async () => {
    expect((await put({ movies: [HEAT] })).body).toMatchObject({
      error: 'empty_field',
      code: 400,
      message: expect.stringContaining('Missed "to" parameter'),
    });
    expect((await put({ movies: [{ ...HEAT, to: 'liked' }] })).body).toMatchObject({
      error: 'wrong_parameter',
      code: 400,
      message: expect.stringContaining('movies[0].to'),
    });
  });
});
