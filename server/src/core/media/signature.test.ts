import { describe, expect, it } from 'vitest';
import { pathKey, plainTitle, unitsOf } from './signature.ts';

const options = { customProviders: new Set(['mydb']), matchByPath: false };
const episode = { kind: 'episode', title: 'E', season: 1, episodes: [3] } as const;
const show = { upstreamId: 's', title: 'S', ids: { imdb: 'tt7', tvdb: '5' } };

describe('the titles of an item', () => {
  it('gives the ids of a file of several episodes to the first', () => {
    expect(unitsOf({ ...episode, episodes: [3, 4], ids: { tvdb: '9' } }, options)).toEqual([
      { ids: { tvdb: '9' }, season: 1, number: 3 },
      { ids: {}, season: 1, number: 4 },
    ]);
  });
  it('does not take the imdb id of the series for one of the episode, and leaves equal numbers of other providers alone', () => {
    expect(unitsOf({ ...episode, ids: { imdb: 'tt7', tvdb: '5' }, show }, options)[0]?.ids).toEqual({ tvdb: '5' });
  });
  it('knows custom providers by name, and no others', () => {
    expect(unitsOf({ kind: 'movie', title: 'M', ids: { mydb: 'x', otherdb: 'y', path: 'z' } }, options)[0]?.ids).toEqual({ mydb: 'x' });
  });
  it('has a title for an episode without a number', () => {
    expect(unitsOf({ kind: 'episode', title: 'E', ids: { tvdb: '9' } }, options)).toEqual([{ ids: { tvdb: '9' } }]);
  });
});

describe('the end of a path as an id', () => {
  it.each([
    ['movie', '/data/Movies/Heat (1995)/Heat.mkv', undefined, 'heat (1995)/heat.mkv'],
    ['movie', 'D:\\Films\\Heat (1995)\\HEAT.mkv', undefined, 'heat (1995)/heat.mkv'],
    ['movie', 'Heat.mkv', undefined, undefined],
    ['movie', '/data/Heat (1995)/folder', undefined, undefined],
    ['episode', '/tv/Lost/Season 1/Lost S01E03.mkv', 3, 'lost/season 1/lost s01e03.mkv/1/3'],
    ['episode', '/tv/Lost/Season 1/Lost S01E03.mkv', undefined, undefined],
  ] as const)('%s %s', (kind, path, number, expected) => {
    expect(pathKey({ kind, title: '', ids: {}, path, season: 1 }, number)).toBe(expected);
  });
});

it('compares titles without articles, accents and punctuation, in any script', () => {
  expect(plainTitle('The Amélie: 2!')).toBe(plainTitle('amelie 2'));
  expect(plainTitle('進撃の巨人')).not.toBe('');
});
