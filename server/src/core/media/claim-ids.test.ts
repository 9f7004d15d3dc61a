import { describe, expect, it } from 'vitest';
import { claimedIds } from './claim-ids.ts';
import { normaliseExternalId } from './external-ids.ts';

describe('ids as apps write them', () => {
  it.each([
    ['nothing', undefined, { ids: {} }],
    ['a list', ['tt1'], { ids: {} }],
    ['whole numbers and text alike', { tmdb: 1399, tvdb: '121361' }, { ids: { tmdb: '1399', tvdb: '121361' } }],
    ['imdb by itself', { imdb: 'TT0944947' }, { ids: { imdb: 'tt0944947' } }],
    ['imdb as an address', { imdb: 'https://www.imdb.com/title/tt0944947/?ref_=nv' }, { ids: { imdb: 'tt0944947' } }],
    ['imdb as the address of another language', { imdb: 'm.imdb.com/de/title/tt0944947' }, { ids: { imdb: 'tt0944947' } }],
    ['slugs, and providers that nobody knows', { slug: 'game-of-thrones', tvdbslug: 'x', tvdb: 'game-of-thrones', hulu: 5 }, { ids: {} }],
    [
      'ids of anime',
      { mal: 5114, anidb: '6107', anilist: 5114, kitsu: '3936' },
      { ids: { mal: '5114', anidb: '6107', anilist: '5114', kitsu: '3936' } },
    ],
    ['a Simkl id', { simkl: 17465 }, { number: 17465, ids: { simkl: '17465' } }],
    ['a Simkl id under its other name, as text', { simkl_id: '17465' }, { number: 17465, ids: { simkl: '17465' } }],
    ['a number of the household, which is no Simkl id', { simkl: 2_000_000_005 }, { number: 2_000_000_005, ids: {} }],
    ['a number that no app can hold', { simkl: 2_147_483_648, tmdb: 1 }, { ids: { tmdb: '1' } }],
    ['zero, nothing and broken values', { simkl: 0, tmdb: null, tvdb: 1.5, imdb: {}, mal: -3 }, { ids: {} }],
  ])('reads %s', (_, given, expected) => {
    expect(claimedIds(given)).toEqual(expected);
  });

  it('never takes a number of the household for an id of Simkl', () => {
    expect(normaliseExternalId('simkl', 1_999_999_999)).toBe('1999999999');
    expect(normaliseExternalId('simkl', '2000000000')).toBeUndefined();
  });
});
