import { describe, expect, it } from 'vitest';
import { traktExport } from './trakt-export.ts';

const batman = { title: 'Batman Begins', year: 2005, ids: { trakt: 1, slug: 'batman', imdb: 'tt0372784', tmdb: 272 } };
const southPark = { title: 'South Park', year: 1997, ids: { trakt: 2177, tvdb: 75897, imdb: 'tt0121955', tmdb: 2190, tvrage: null } };
const first = { season: 1, number: 1, title: 'Cartman Gets', ids: { trakt: 9, tvdb: 5 } };
const file = (name: string, value: unknown) => ({ name: `export/${name}`, text: JSON.stringify(value) });
const at = (text: string): number => Date.parse(text);

const history = [
  { id: 1, watched_at: '2024-09-10T13:52:56.000Z', action: 'scrobble', type: 'movie', movie: batman },
  { id: 2, watched_at: '2024-09-11T13:52:56.000Z', action: 'watch', type: 'episode', episode: first, show: southPark },
  { id: 3, watched_at: null, action: 'checkin', type: 'episode', episode: first, show: southPark },
  { id: 4, watched_at: '2024-09-10T13:52:56.000Z', type: 'person' },
];

describe('an export of Trakt', () => {
  it('tells every watch, part after part, and what names nothing', () => {
    const { records, leftOut } = traktExport.read([
      file('watched-history-10.json', [{ watched_at: '2026-01-01T00:00:00.000Z', movie: batman }]),
      file('watched-history-2.json', history),
    ]);
    const episode = { season: 1, number: 1, title: 'Cartman Gets', ids: { tvdb: '5' } };
    expect(records).toEqual([
      {
        title: { kind: 'movie', title: 'Batman Begins', year: 2005, ids: { imdb: 'tt0372784', tmdb: '272' } },
        place: 'export/watched-history-2.json, entry 1',
        watches: [{ at: at('2024-09-10T13:52:56Z') }, { at: at('2026-01-01T00:00:00Z') }],
        standings: [],
      },
      {
        title: { kind: 'show', title: 'South Park', year: 1997, ids: { tvdb: '75897', imdb: 'tt0121955', tmdb: '2190' } },
        place: 'export/watched-history-2.json, entry 2',
        watches: [{ episode, at: at('2024-09-11T13:52:56Z') }, { episode }],
        standings: [],
      },
    ]);
    expect(leftOut).toEqual([
      { place: 'export/watched-history-2.json, entry 4', reason: 'it names neither a movie nor an episode of a series' },
    ]);
  });

  it('adds what is only counted, on no day but for the last', () => {
    const counted = [
      file('watched-movies.json', [{ plays: 3, last_watched_at: '2024-09-10T13:52:56.000Z', movie: batman }]),
      file('watched-shows.json', [
        {
          plays: 5,
          show: southPark,
          seasons: [
            {
              number: 1,
              episodes: [
                { number: 1, plays: 3, last_watched_at: '2024-09-11T13:52:56.000Z' },
                { number: 2, plays: 2, last_watched_at: '2024-09-12T13:52:56.000Z' },
              ],
            },
          ],
        },
      ]),
    ];
    const { records } = traktExport.read([...counted, file('watched-history-1.json', history.slice(1, 3))]);
    const [show, movie] = records;
    expect(movie?.watches).toEqual([{ at: at('2024-09-10T13:52:56Z') }, {}, {}]);
    expect(show?.watches.map(({ at: day, episode }) => [episode?.number, day])).toEqual([
      [1, at('2024-09-11T13:52:56Z')],
      [1, undefined],
      [1, undefined],
      [2, at('2024-09-12T13:52:56Z')],
      [2, undefined],
    ]);
  });

  it('takes one play where the count of them is none', () => {
    const { records, leftOut } = traktExport.read([file('watched-movies.json', [{ plays: 2_000_000_000, movie: batman }])]);
    expect(records.map(({ watches }) => watches)).toEqual([[{}]]);
    expect(leftOut).toEqual([expect.objectContaining({ reason: 'it counts 2000000000 plays of one title, of which one is taken' })]);
  });

  it('tells ratings and lists, and says what has no place', () => {
    const rated = { rated_at: '2024-01-20T00:00:00.000Z' };
    const { records, leftOut, unread } = traktExport.read([
      file('ratings-movies.json', [
        { ...rated, rating: 8, movie: batman },
        { ...rated, rating: 0, movie: batman },
      ]),
      file('ratings-shows.json', [{ ...rated, rating: 7, show: southPark }]),
      file('ratings-seasons.json', [{ ...rated, rating: 6, season: { number: 1 }, show: southPark }]),
      file('ratings-episodes.json', [{ ...rated, rating: 9, episode: first, show: southPark }]),
      file('lists-watchlist.json', [{ listed_at: '2024-01-20T00:00:00.000Z', type: 'movie', movie: batman }]),
      file('hidden-dropped.json', [{ hidden_at: '2024-01-21T00:00:00.000Z', type: 'show', show: southPark }]),
      file('collection-movies.json', [{}]),
      file('comments-movies.json', []),
      file('user-settings.json', {}),
    ]);
    expect(records).toMatchObject([
      { rating: { value: 8, at: at('2024-01-20T00:00:00Z') }, list: { name: 'plantowatch', at: at('2024-01-20T00:00:00Z') } },
      { rating: { value: 7 }, list: { name: 'dropped' } },
    ]);
    expect(leftOut.map(({ reason }) => reason)).toEqual([
      'its rating is none from 1 to 10',
      'ratings of seasons and episodes have no place here',
      'ratings of seasons and episodes have no place here',
      'what somebody owns is told by their servers',
    ]);
    expect(unread).toEqual(['export/user-settings.json']);
  });

  it.each([
    ['{', 'is no JSON file'],
    ['{}', 'holds no list'],
  ])('refuses a file that is %s', (text, said) => {
    expect(() => traktExport.read([{ name: 'watched-history.json', text }])).toThrow(said);
  });
});
