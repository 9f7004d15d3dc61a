import { describe, expect, it } from 'vitest';
import { namedPlay, progressIn } from './scrobble-input.ts';

describe('what a player names', () => {
  it.each([
    [
      'a movie',
      { movie: { title: 'Heat', year: '1995', ids: { imdb: 'tt1' } } },
      { title: { kind: 'movie', title: 'Heat', year: 1995, ids: { imdb: 'tt1' } } },
    ],
    ['a movie beside empty places', { movie: { ids: { tmdb: 1 } }, show: null }, { title: { kind: 'movie', ids: { tmdb: 1 } } }],
    [
      'an episode beside its series',
      { show: { ids: { tvdb: 2 } }, episode: { season: '1', number: 3 } },
      { title: { kind: 'show', ids: { tvdb: 2 } }, episode: { season: 1, number: 3 } },
    ],
    [
      'an episode in its series, under its other name',
      { show: { ids: { tvdb: 2 }, episode: { season: 1, episode: 3 } } },
      { title: { kind: 'show', ids: { tvdb: 2 } }, episode: { season: 1, number: 3 } },
    ],
    [
      'an episode by an id of its own',
      { show: { title: 'Lost' }, episode: { ids: { tvdb: 9 } } },
      { title: { kind: 'show', title: 'Lost' }, episode: { ids: { tvdb: 9 } } },
    ],
    ['a series alone', { show: { title: 'Lost' }, episode: {} }, { title: { kind: 'show', title: 'Lost' } }],
    [
      'an episode of anime',
      { anime: { ids: { mal: 1 } }, episode: { number: 5 } },
      { title: { kind: 'any', madeAs: 'show', ids: { mal: 1 } }, episode: { number: 5 }, native: true },
    ],
    ['a movie that is anime', { anime: { ids: { mal: 47 } } }, { title: { kind: 'any', madeAs: 'movie', ids: { mal: 47 } } }],
  ])('is %s', (_, body, expected) => {
    expect(namedPlay(body)).toEqual(expected);
  });

  it.each([
    [undefined, 'movie: is missing'],
    [[], 'movie: is missing'],
    [{ progress: 5, movie: null }, 'movie: is missing'],
    [{ movie: 'Heat' }, 'movie: must be an object.'],
    [{ show: [] }, 'show: must be an object.'],
    [{ movie: {}, show: {} }, 'show: cannot be told beside movie.'],
  ])('is refused with the field: %j', (body, message) => {
    expect(() => namedPlay(body)).toThrow(message);
  });
});

describe('how far it has come', () => {
  it.each([
    [0, 0],
    [100, 100],
    [45.678, 45.68],
    ['80', 80],
    [' 79.999 ', 80],
  ])('%j is %s', (progress, expected) => {
    expect(progressIn({ progress }, false)).toBe(expected);
  });

  it.each([-1, 100.01, 'half', '1e2', {}, true, Number.NaN, '-5'])('%j is refused', (progress) => {
    expect(() => progressIn({ progress }, false)).toThrow('progress: must be from 0 to 100.');
  });

  it('may be left out where a person only checks in', () => {
    expect(progressIn({}, true)).toBe(0);
    expect(() => progressIn({}, false)).toThrow('progress: is missing');
    expect(() => progressIn(undefined, false)).toThrow('progress: is missing');
  });
});
