import { describe, expect, it } from 'vitest';
import { NO_OWN_IDS, ownIdsOf } from '#core/media/index.ts';
import { idReaderOf } from './provider-ids.ts';

const provider = (name: string, pattern: string) => ({
  id: name,
  name,
  type: 'emby',
  description: '',
  pattern,
  example: '',
  valid: [],
  invalid: [],
});
const own = ownIdsOf(
  [provider('boxd', '/^[a-z-]+$/')],
  [
    { id: '1', type: 'emby', from: 'Letterboxd', to: 'boxd', replace: { from: 'https://letterboxd.com/film/', to: '' } },
    { id: '2', type: 'emby', from: 'moviedb', to: 'tmdb' },
  ],
);

describe('what a server writes among its provider ids', () => {
  it.each<[string, object, object]>([
    ['a name that is linked', { 'Letter Boxd': 'heat', Imdb: 'tt1' }, { imdb: 'tt1', boxd: 'heat' }],
    ['an address in which the id lies', { letterboxd: 'https://letterboxd.com/film/heat' }, { boxd: 'heat' }],
    ['another name of a provider that everybody knows', { MovieDb: '0949' }, { tmdb: '949' }],
    ['a value that is no id', { Letterboxd: 'Heat 1995' }, {}],
    ['a number', { Letterboxd: 7, Tmdb: 949 }, { tmdb: '949' }],
  ])('is read: %s', (_, told, ids) => {
    expect(idReaderOf(own, 'emby')(told)).toEqual(ids);
  });

  it('means nothing where nobody has linked it for that kind of server', () => {
    for (const read of [idReaderOf(own, 'jellyfin'), idReaderOf(NO_OWN_IDS, 'emby')]) expect(read({ Letterboxd: 'heat' })).toEqual({});
  });
});
