import { describe, expect, it } from 'vitest';
import { type Activities, BEBOP_ITEM, DARK_ITEM, HEAT, marks, useSimklLibrary } from '#tests/support/simkl-library.ts';

const { activities, call, history, later, old } = useSimklLibrary();

describe('activities', () => {
  it('answer GET and POST, and name what never happened null', async () => {
    const lists = { watching: null, hold: null };
    const post = await call<Activities>('POST', '/sync/activities');
    expect(post.status).toBe(201);
    const got = await call<Activities>('GET', '/sync/activities/');
    expect([got.status, got.body]).toEqual([200, post.body]);
    expect(Object.keys(got.body)).toEqual(['all', 'settings', 'tv_shows', 'anime', 'movies', 'custom_lists']);
    expect(got.body.movies).not.toHaveProperty('watching');
    expect(got.body.movies).not.toHaveProperty('hold');
    expect(got.body.anime).toMatchObject(lists);
    expect(got.body.settings).toEqual({ all: null });
  });

  it('have a word of their own for what was dropped, by dialect', async () => {
    expect(Object.keys((await activities()).movies)).toContain('dropped');
    const { body } = await old<Activities>('GET', '/sync/activities');
    expect(Object.keys(body.tv_shows)).toContain('notinteresting');
    expect(body.tv_shows).not.toHaveProperty('dropped');
  });

  it('move with what happened, and with nothing else', async () => {
    const moved = async (work: () => Promise<unknown>): Promise<string[]> => {
      const before = await activities();
      later(1_000);
      await work();
      const after = await activities();
      return (['tv_shows', 'anime', 'movies'] as const).flatMap((type) =>
        Object.keys(after[type])
          .filter((key) => after[type][key] !== before[type][key])
          .map((key) => `${type}.${key}`),
      );
    };
    expect(await moved(() => history({ movies: [HEAT] }))).toEqual(['movies.all', 'movies.completed']);
    expect(await moved(() => history({ movies: [HEAT] }))).toEqual([]);
    expect(await moved(() => history({ shows: [marks(1)] }))).toEqual(['tv_shows.all', 'tv_shows.watching']);
    expect(await moved(() => call('POST', '/sync/add-to-list', { shows: [{ ...DARK_ITEM, to: 'hold' }] }))).toEqual([
      'tv_shows.all',
      'tv_shows.watching',
      'tv_shows.hold',
    ]);
    expect(await moved(() => call('POST', '/sync/history/remove', { shows: [marks(1)] }))).toEqual(['tv_shows.all', 'tv_shows.hold']);
    expect(await moved(() => call('POST', '/sync/ratings', { shows: [{ ...DARK_ITEM, rating: 7 }] }))).toEqual([
      'tv_shows.all',
      'tv_shows.rated_at',
    ]);
    expect(await moved(() => call('POST', '/sync/ratings/remove', { shows: [DARK_ITEM] }))).toEqual(['tv_shows.all', 'tv_shows.rated_at']);
    expect(await moved(() => call('POST', '/sync/ratings', { anime: [{ ...BEBOP_ITEM, rating: 7 }] }))).toEqual([
      'anime.all',
      'anime.rated_at',
      'anime.watching',
    ]);
    expect(await moved(() => call('POST', '/sync/history/remove', { anime: [BEBOP_ITEM] }))).toEqual([
      'anime.all',
      'anime.rated_at',
      'anime.removed_from_list',
    ]);
    expect(await moved(() => call('POST', '/sync/history/remove', { movies: [HEAT] }))).toEqual(['movies.all', 'movies.removed_from_list']);
  });
});
