import { describe, expect, it } from 'vitest';
import type { TrackerItem } from '#core/upstreams/index.ts';
import { idsIn, rowsIn, SHELVES, stampsIn, toReply, toTitle, toWire } from './simkl.map.ts';

const DAY = Date.UTC(2026, 4, 15, 0, 13, 9);
const heat = { title: 'Heat', year: '1995', ids: { simkl: '53992', slug: 'heat', imdb: 'tt0113277', tmdb: 949 } };
const movie = (more: object = {}) => ({ status: 'completed', last_watched_at: '2026-05-15T00:13:09Z', movie: heat, ...more });
const show = (more: object = {}) => ({
  status: 'watching',
  watched_episodes_count: 1,
  show: { title: 'Twin Peaks', year: 1990, ids: { simkl: 2090, tvdb: '70533' } },
  seasons: [{ number: 1, episodes: [{ number: 1, watched_at: '2026-05-15T00:13:09Z' }] }],
  ...more,
});
const title = (raw: unknown, shelf: (typeof SHELVES)[number]) => {
  const read = toTitle(raw, shelf);
  if (read === undefined || read === 'rewatch') throw new Error('that was to be a title');
  return read;
};

describe('the rows of an answer', () => {
  it.each([null, {}, [], { movies: [] }, { shows: [{}] }, { movies: null }])('are none in %j', (answer) => {
    expect(rowsIn(answer, 'movies')).toEqual([]);
  });

  it.each(['text', 7, [1], { error: 'something' }, { movies: {} }])('cannot be read in %j', (answer) => {
    expect(rowsIn(answer, 'movies')).toBeUndefined();
  });
});

describe('a title', () => {
  it('has numbers as numbers and ids as text, however they were sent', () => {
    expect(title(movie({ user_rating: '9', user_rated_at: '2026-05-15T00:13:09.000Z' }), 'movies')).toEqual({
      kind: 'movie',
      number: 53_992,
      shelf: 'movies',
      ids: { imdb: 'tt0113277', tmdb: '949' },
      title: 'Heat',
      year: 1995,
      list: 'completed',
      rating: 9,
      ratedAt: DAY,
      watched: true,
      watchedAt: DAY,
      episodes: [],
      complete: true,
      numbering: 'aired',
    });
  });

  it.each<[string, object, boolean]>([
    ['on the list of what is planned', { status: 'plantowatch', last_watched_at: null }, false],
    ['dropped after it was watched', { status: 'dropped' }, true],
    ['dropped without having been watched', { status: 'dropped', last_watched_at: null }, false],
    ['completed on a day that nobody knows', { last_watched_at: '1970-01-01T00:00:01Z' }, true],
    ['completed, and no word of a day', { last_watched_at: undefined }, true],
  ])('that is a movie %s counts as watched: %s', (_name, more, watched) => {
    expect(title(movie(more), 'movies').watched).toBe(watched);
  });

  it.each<[string, object, boolean]>([
    ['lists as many as it counts', {}, true],
    ['lists fewer than it counts', { watched_episodes_count: 2 }, false],
    ['lists none', { seasons: undefined }, false],
    ['lists none, and counts none', { seasons: undefined, watched_episodes_count: 0 }, true],
    ['does not count', { watched_episodes_count: undefined }, false],
    ['lists a special in the place of an episode', { seasons: [{ number: 0, episodes: [{ number: 1 }] }] }, false],
  ])('whose episodes %s is complete: %s', (_name, more, complete) => {
    expect(title(show(more), 'shows').complete).toBe(complete);
  });

  it('that is anime counts in its own way, and tells where servers have its episodes', () => {
    const read = title(show({ seasons: [{ number: 1, episodes: [{ number: 3, tvdb: { season: 4, episode: 19 } }] }] }), 'anime');
    expect(read).toMatchObject({ kind: 'show', numbering: 'own', episodes: [{ season: 1, number: 3, aired: { season: 4, number: 19 } }] });
  });

  it('that is an anime movie is a movie', () => {
    const read = title({ ...show(), anime_type: 'movie', status: 'completed' }, 'anime');
    expect(read).toMatchObject({ kind: 'movie', shelf: 'anime', watched: true, numbering: 'aired' });
  });

  it('has the old word for what was dropped', () => {
    expect(title(movie({ status: 'notinteresting' }), 'movies').list).toBe('dropped');
  });

  it('is none where it has no number, and nothing where the row is of a repeat', () => {
    expect(toTitle({ movie: { title: 'Heat', ids: {} } }, 'movies')).toBeUndefined();
    expect(toTitle('Heat', 'movies')).toBeUndefined();
    expect(toTitle(movie({ is_rewatch: true }), 'movies')).toBe('rewatch');
  });

  it('is read, or is not, whatever it is made of', () => {
    const odd = [null, undefined, 0, '', [], {}, { ids: null }, Number.NaN];
    for (const value of odd) {
      for (const key of Object.keys(movie()))
        for (const shelf of SHELVES) expect(() => toTitle(movie({ [key]: value }), shelf)).not.toThrow();
      for (const key of Object.keys(show()))
        for (const shelf of SHELVES) expect(() => toTitle(show({ [key]: value }), shelf)).not.toThrow();
    }
  });
});

it('keeps of the days of changes what there is, by shelf', () => {
  expect(stampsIn({ all: 'a', tv_shows: { all: 'b', hold: null }, movies: { all: 'c' }, custom_lists: { lists: { all: 'd' } } })).toEqual({
    all: 'a',
    'shows.all': 'b',
    'movies.all': 'c',
  });
});

it('leaves ids out that mean nothing to others', () => {
  expect(idsIn({ simkl_id: 7, slug: 'x', letterslug: 'y', tvdb: 0, mal: 5 })).toEqual({ number: 7, ids: { mal: '5' } });
});

describe('an item on its way', () => {
  const peaks: TrackerItem = { kind: 'show', number: 2_090, ids: { tvdb: '70533', mal: '1' }, title: 'Twin Peaks', year: 1990 };

  it('never carries a number of the household', () => {
    expect(JSON.stringify(toWire('list', { ...peaks, number: 2_000_000_000, list: 'hold' }))).not.toContain('2000000000');
    expect(toWire('list', { ...peaks, number: 1_999_999_999, list: 'hold' })).toMatchObject({ ids: { simkl: 1_999_999_999 }, to: 'hold' });
  });

  it('has its episodes by season, with a day of long ago where nobody knows one', () => {
    const episodes = [
      { season: 1, number: 1, at: DAY },
      { season: 2, number: 1 },
      { season: 1, number: 2 },
    ];
    expect(toWire('watched', { ...peaks, episodes }).seasons).toEqual([
      {
        number: 1,
        episodes: [
          { number: 1, watched_at: '2026-05-15T00:13:09Z' },
          { number: 2, watched_at: '1970-01-01T00:00:01Z' },
        ],
      },
      { number: 2, episodes: [{ number: 1, watched_at: '1970-01-01T00:00:01Z' }] },
    ]);
  });

  it('that is anime by the numbers of media servers says so, and goes by the ids of these alone', () => {
    const wire = toWire('watched', { ...peaks, airedNumbers: true, episodes: [{ season: 2, number: 1 }] });
    expect(wire).toMatchObject({ use_tvdb_anime_seasons: true, ids: { tvdb: '70533', simkl: 2_090 } });
    expect(wire.ids).not.toHaveProperty('mal');
  });

  it('that was not found is told by its place, with its episodes where only these were not', () => {
    const film: TrackerItem = { kind: 'movie', ids: { imdb: 'tt1' }, title: 'Film' };
    const answer = {
      added: { movies: 1 },
      not_found: {
        movies: [toWire('watched', film)],
        shows: [{ ...toWire('watched', peaks), seasons: [{ number: 1, episodes: [{ number: 9 }] }] }],
      },
    };
    expect(toReply(answer, 'watched', [peaks, film])?.misses).toEqual([{ index: 1 }, { index: 0, episodes: [{ season: 1, number: 9 }] }]);
    const part = { ...toWire('watched', peaks), seasons: [{ number: 1, episodes: [{ number: 9 }] }] };
    const underEpisodes = { added: {}, not_found: { movies: [], shows: [], episodes: ['?', { ids: { tvdb: 70533 } }, part] } };
    expect(toReply(underEpisodes, 'watched', [film, peaks])?.misses).toEqual([{ index: 1, episodes: [{ season: 1, number: 9 }] }]);
    expect(toReply('<html>', 'watched', [peaks])).toBeUndefined();
  });

  it('that was put on another list than it was to be is told so', () => {
    const answer = { added: { shows: [{ ...toWire('list', { ...peaks, list: 'completed' }), to: 'watching' }] } };
    expect(toReply(answer, 'list', [peaks])?.lists).toEqual(new Map([[0, 'watching']]));
  });
});
