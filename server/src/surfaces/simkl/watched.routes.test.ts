import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel/json.ts';
import { DARK_ITEM, HEAT, useSimklLibrary } from '#tests/support/simkl-library.ts';

const { call, history } = useSimklLibrary();

describe('what was watched', () => {
  it('answers in order, echoes, and has two names for the day', async () => {
    await history({ movies: [{ ...HEAT, watched_at: '2025-02-04T16:10:51Z' }] });
    const { status, body } = await call('POST', '/sync/watched', [{ tmdb: 949, type: 'movie' }, { imdb: 'tt0089881' }, { hulu: 764084 }]);
    expect([status, body]).toEqual([
      200,
      [
        {
          tmdb: 949,
          type: 'movie',
          result: true,
          list: 'completed',
          last_watched_at: '2025-02-04T16:10:51Z',
          last_watched: '2025-02-04T16:10:51Z',
        },
        { imdb: 'tt0089881', result: false },
        { hulu: 764084, result: 'not_found' },
      ],
    ]);
  });

  it('counts episodes where that is asked for, and answers for one episode', async () => {
    await history({
      shows: [
        {
          ...DARK_ITEM,
          watched_at: '2025-02-04T16:10:51Z',
          seasons: [
            { number: 1, episodes: [{ number: 1 }] },
            { number: 0, episodes: [{ number: 1 }] },
          ],
        },
      ],
    });
    const [counted] = (await call<JsonObject[]>('POST', '/sync/watched?extended=counters,episodes', [{ tvdb: '334824' }])).body;
    expect(counted).toMatchObject({
      result: true,
      list: 'watching',
      episodes_total: 3,
      episodes_aired: 3,
      episodes_to_be_aired: 0,
      episodes_watched: 1,
    });
    expect(counted?.seasons).toEqual([
      {
        number: 1,
        episodes_total: 3,
        episodes_aired: 3,
        episodes_to_be_aired: 0,
        episodes_watched: 1,
        episodes: [
          { number: 1, watched: true, aired: true, last_watched_at: '2025-02-04T16:10:51Z' },
          { number: 2, watched: false, aired: true, last_watched_at: null },
          { number: 3, watched: false, aired: true, last_watched_at: null },
        ],
      },
    ]);
    const [special] = (await call<{ seasons: JsonObject[] }[]>('POST', '/sync/watched?extended=specials', [{ tvdb: '334824' }])).body;
    expect(special?.seasons.map((one) => one.number)).toEqual([0, 1]);
    const asked = [1, 2, 99].map((number) => ({ tvdb: '334824', season: 1, episode: number }));
    expect((await call<JsonObject[]>('POST', '/sync/watched', asked)).body.map((one) => one.result)).toEqual([true, false, 'not_found']);
  });

  it('is at most a hundred titles with their episodes, and a list', async () => {
    const many = Array.from({ length: 101 }, (_, simkl) => ({ simkl: simkl + 1 }));
    expect((await call('POST', '/sync/watched?extended=episodes', many)).body).toMatchObject({ error: 'max_items', code: 400 });
    expect((await call<unknown[]>('POST', '/sync/watched', many)).body).toHaveLength(101);
    expect((await call('POST', '/sync/watched', [5])).body).toMatchObject({
      error: 'wrong_parameter',
      message: expect.stringContaining('[0]'),
    });
    expect((await call('POST', '/sync/watched', 'x')).status).toBe(400);
  });

  it('is told in the older way by an object', async () => {
    const { status, body } = await call('POST', '/sync/watched', { movies: [HEAT] });
    expect([status, body]).toEqual([201, expect.objectContaining({ added: expect.objectContaining({ movies: 1 }) })]);
  });
});
