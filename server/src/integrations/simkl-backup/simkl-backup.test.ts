import { describe, expect, it } from 'vitest';
import { simklBackup } from './simkl-backup.ts';

const at = (text: string): number => Date.parse(text);
const read = (value: unknown) => simklBackup.read([{ name: 'SimklBackup.json', text: JSON.stringify(value) }]);

describe('a backup of Simkl', () => {
  it('tells movies with their day, list, rating and memo', () => {
    const { records, leftOut } = read({
      movies: [
        {
          added_to_watchlist_at: '2020-01-01T00:00:00Z',
          last_watched_at: '2020-02-01T00:00:00Z',
          user_rated_at: '2020-03-01T00:00:00Z',
          user_rating: 9,
          status: 'completed',
          memo: { text: 'again!', is_private: false },
          movie: { title: 'Alien', year: 1979, ids: { simkl: 53_992, slug: 'alien', imdb: 'tt0078748', tmdb: '348', traktmslug: 'x' } },
        },
        { status: 'notinteresting', last_watched_at: '1970-01-01T00:00:01Z', movie: { title: 'Odd', ids: { simkl: 1 } } },
        { status: 'lent', movie: { title: 'Lent', ids: { simkl: 2 } } },
        { status: 'completed', movie: {} },
      ],
    });
    expect(records).toEqual([
      {
        title: { kind: 'movie', title: 'Alien', year: 1979, ids: { simkl: '53992', imdb: 'tt0078748', tmdb: '348' } },
        place: 'SimklBackup.json, movies 1',
        watches: [{ at: at('2020-02-01T00:00:00Z') }],
        list: { name: 'completed', at: at('2020-01-01T00:00:00Z') },
        rating: { value: 9, at: at('2020-03-01T00:00:00Z') },
        memo: { text: 'again!', isPrivate: false },
        standings: [],
      },
      expect.objectContaining({ watches: [], list: { name: 'dropped' } }),
    ]);
    expect(leftOut.map(({ reason }) => reason)).toEqual(['the list "lent" is unknown', 'it names no title']);
  });

  it('tells episodes by their numbers, those of anime by their series’ where it knows them, and says which it only counts', () => {
    const { records, leftOut } = read({
      shows: [
        {
          status: 'watching',
          watched_episodes_count: 2,
          show: { title: 'Shark Tank', year: '2009', ids: { simkl: 16_051, tvdb: '100981' } },
          seasons: [{ number: 12, episodes: [{ number: 1, watched_at: '2021-12-25T23:51:00Z', ids: { tvdb_id: 77 } }, { number: 2 }] }],
        },
        { status: 'completed', watched_episodes_count: 8, show: { title: 'Counted', ids: { simkl: 3 } } },
      ],
      anime: [
        {
          status: 'watching',
          anime_type: 'tv',
          watched_episodes_count: 1,
          show: { title: 'Second Cour', ids: { simkl: 4, mal: '5' } },
          seasons: [{ number: 1, episodes: [{ number: 3, watched_at: '2022-01-01T00:00:00Z', tvdb: { season: 2, episode: 15 } }] }],
        },
        {
          status: 'completed',
          anime_type: 'movie',
          last_watched_at: '2022-01-01T00:00:00Z',
          show: { title: 'Spirited Away', ids: { simkl: 6 } },
        },
      ],
    });
    expect(records.map(({ title, watches }) => [title.kind, title.title, title.year, watches])).toEqual([
      [
        'show',
        'Shark Tank',
        2009,
        [
          { at: at('2021-12-25T23:51:00Z'), episode: { season: 12, number: 1, ids: { tvdb: '77' } } },
          { episode: { season: 12, number: 2, ids: {} } },
        ],
      ],
      ['show', 'Counted', undefined, []],
      ['show', 'Second Cour', undefined, [{ at: at('2022-01-01T00:00:00Z'), episode: { season: 2, number: 15, ids: {} } }]],
      ['movie', 'Spirited Away', undefined, [{ at: at('2022-01-01T00:00:00Z') }]],
    ]);
    expect(leftOut).toEqual([
      { place: 'SimklBackup.json, shows 2', reason: 'it counts 8 watched episodes and names 0: a backup with episodes names them all' },
    ]);
  });

  it('takes a second round for more watches, and for nothing else', () => {
    const movie = { title: 'Alien', ids: { simkl: 53_992 } };
    const { records } = read({
      movies: [
        { status: 'completed', is_rewatch: false, last_watched_at: '2020-02-01T00:00:00Z', movie },
        { status: 'watching', is_rewatch: true, last_watched_at: '2021-02-01T00:00:00Z', movie },
      ],
    });
    expect(records).toMatchObject([{ list: { name: 'completed' }, watches: [{ at: at('2020-02-01') }, { at: at('2021-02-01') }] }]);
  });

  it('is known by what it holds', () => {
    expect(simklBackup.recognises([{ name: 'x', text: '{"movies":[]}' }])).toBe(true);
    for (const text of ['{"movies":1}', '[]', 'null', 'x']) expect(simklBackup.recognises([{ name: 'x', text }])).toBe(false);
    expect(() => simklBackup.read([{ name: 'x', text: 'null' }])).toThrow('None of these files is a backup of Simkl.');
  });
});
