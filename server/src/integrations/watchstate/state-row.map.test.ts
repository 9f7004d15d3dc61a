import { describe, expect, it } from 'vitest';
import { sharedItems } from './shared-items.ts';
import { recordOf } from './state-row.map.ts';
import type { ClaimRow, StateRow } from './state-row.wire.ts';

const NOW = Date.UTC(2026, 2, 1);
const LAST_RUN = Date.UTC(2026, 1, 1);
const context = (claims: readonly ClaimRow[] = []) => ({
  now: NOW,
  lastRuns: new Map([
    ['plex', LAST_RUN],
    ['jelly', undefined],
  ]),
  shared: sharedItems(claims),
});

const plex = {
  id: '4711',
  type: 'movie',
  watched: '1',
  title: 'Heat',
  guids: { guid_imdb: 'tt0113277' },
  added_at: '1700000000',
  played_at: '1760000000',
  progress: '0',
  rating: '7.5',
  library: '2',
  year: '1995',
  path: '/films/heat.mkv',
  multi: false,
  extra: { overview: 'A heist.', genres: ['crime'], date: '1995-12-15', favorite: 1 },
};
const movie: StateRow = {
  id: 7,
  type: 'movie',
  updated: 1_760_000_000,
  watched: 1,
  via: 'plex',
  title: 'Heat',
  year: 1995,
  season: null,
  episode: null,
  parent: '[]',
  guids: JSON.stringify({ guid_imdb: 'tt0113277', guid_tmdb: '949' }),
  metadata: JSON.stringify({ plex }),
  extra: JSON.stringify({ plex: { event: 'media.scrobble', received_at: '2025-10-09T09:00:00+00:00' } }),
  created_at: 1_700_000_500,
  updated_at: 1_760_000_100,
};
const peaks = {
  ...plex,
  type: 'episode',
  title: 'Twin Peaks',
  guids: { guid_tvdb: '127131' },
  show: '99',
  season: '1',
  episode: '2',
  parent: { guid_tvdb: '70533' },
  extra: { title: 'Traces to Nowhere' },
};
const episode: StateRow = {
  ...movie,
  id: 8,
  type: 'episode',
  title: 'Twin Peaks',
  season: 1,
  episode: 2,
  parent: JSON.stringify({ guid_tvdb: '70533' }),
  guids: JSON.stringify({ guid_tvdb: '127131' }),
  metadata: JSON.stringify({ plex: peaks }),
};
const told = (row: StateRow, claims?: readonly ClaimRow[]) => recordOf(row, context(claims));

describe('a row', () => {
  it('of a movie tells the title, where the person stands, and what each backend showed', () => {
    expect(told(movie)).toEqual({
      what: 'row 7: Heat (1995)',
      title: {
        kind: 'movie',
        title: 'Heat',
        year: 1995,
        ids: { imdb: 'tt0113277', tmdb: '949' },
        watched: true,
        changedAt: 1_760_000_000_000,
        createdAt: 1_700_000_500_000,
        updatedAt: 1_760_000_100_000,
        event: 'media.scrobble',
        via: 'plex',
        copies: [
          {
            account: 'plex',
            item: {
              upstreamId: '4711',
              libraryId: '2',
              kind: 'movie',
              title: 'Heat',
              year: 1995,
              ids: { imdb: 'tt0113277' },
              files: [{ path: '/films/heat.mkv' }],
              overview: 'A heist.',
              genres: ['crime'],
              releasedOn: '1995-12-15',
              state: { played: true, lastPlayedAt: 1_760_000_000_000, positionMs: 0, rating: 7.5, favorite: true },
            },
            addedAt: 1_700_000_000_000,
            seenAt: LAST_RUN,
            event: 'media.scrobble',
          },
        ],
      },
    });
  });

  it('of an episode tells its own title, its series and its numbers', () => {
    expect(told(episode)).toMatchObject({
      what: 'row 8: Twin Peaks (1995) - 01x002',
      title: {
        kind: 'episode',
        title: 'Traces to Nowhere',
        ids: { tvdb: '127131' },
        show: { title: 'Twin Peaks', ids: { tvdb: '70533' } },
        season: 1,
        episode: 2,
        copies: [
          {
            item: {
              title: 'Traces to Nowhere',
              show: { upstreamId: '99', title: 'Twin Peaks', ids: { tvdb: '70533' } },
              season: 1,
              episodes: [2],
            },
          },
        ],
      },
    });
  });

  it.each<[string, Partial<StateRow>, object]>([
    [
      'numbers as texts',
      { updated: '1760000000', watched: '1', year: '1995', created_at: '1700000500', updated_at: '1760000100' },
      told(movie).title ?? {},
    ],
    ['objects that were read already', { guids: { guid_imdb: 'tt0113277', guid_tmdb: 949 }, metadata: { plex } }, told(movie).title ?? {}],
    ['no dates at all', { created_at: 0, updated_at: null }, { watched: true, changedAt: 1_760_000_000_000 }],
    ['a date in the future, which is none', { updated: 4_000_000_000 }, { watched: true, createdAt: 1_700_000_500_000 }],
    ['a zero date, which is none', { updated: 0 }, { watched: true }],
    ['no year', { year: '0000' }, { title: 'Heat' }],
    ['no title', { title: null }, { title: '??' }],
    ['the special season', { type: 'episode', season: '0', episode: '1' }, { season: 0, episode: 1 }],
    ['an episode number that is none', { type: 'episode', season: 1, episode: 0 }, { season: 1 }],
  ])('may have %s', (_, change, expected) => {
    const { title } = told({ ...movie, ...change });
    expect(title).toMatchObject(expected);
    if (change.updated === 0 || change.updated === 4_000_000_000) expect(title).not.toHaveProperty('changedAt');
    if (change.episode === 0) expect(title).not.toHaveProperty('episode');
  });

  it.each(['show', 'mixed', '', null, 7])('of the type %j is refused, and named', (type) => {
    const record = told({ ...movie, type });
    expect(record).toEqual({ what: 'row 7: Heat (1995)', reason: `its type "${String(type)}" is neither movie nor episode` });
  });

  it.each<[string, Partial<StateRow>, string, object]>([
    [
      'ids that are none',
      { guids: '{"guid_imdb":"nm123","guid_tmdb":"949"}' },
      'its external id is none of its provider',
      { ids: { tmdb: '949' } },
    ],
    [
      'ids made of paths',
      { guids: '{"guid_path":"0cc175b9c0f1b6a831c399e269772661"}' },
      'ids made of paths have no meaning here, since servers tell the paths themselves',
      { ids: {} },
    ],
    ['ids that are not readable', { guids: '{"guid_imdb":' }, 'a part of the record cannot be read, and was left out', { ids: {} }],
    ['a list instead of ids', { guids: '[1]' }, 'a part of the record cannot be read, and was left out', { ids: {} }],
    ['metadata that is cut off', { metadata: '{"plex":{"id"' }, 'a part of the record cannot be read, and was left out', { copies: [] }],
    ['a backend without anything', { metadata: '{"plex":[]}' }, 'a part of the record cannot be read, and was left out', { copies: [] }],
    ['an item without an id', { metadata: '{"plex":{"watched":"1"}}' }, 'it has no id on its server', { copies: [] }],
    [
      'a position beyond any title',
      { watched: 0, metadata: '{"plex":{"id":"1","watched":"0","progress":"999999999999"}}' },
      'no title is that long',
      { watched: false },
    ],
  ])('with %s is taken without them, and says so', (_, change, reason, expected) => {
    const record = told({ ...movie, ...change });
    expect(record.title).toMatchObject(expected);
    expect(record.left?.map((one) => one.reason)).toEqual([reason]);
  });

  it("keeps ids of the household's own providers, and takes those of the row where the backend told none", () => {
    const { title } = told({ ...movie, guids: '{"guid_mine":"a-1"}', metadata: '{"plex":{"id":4711,"guids":[]}}' });
    expect(title?.ids).toEqual({ mine: 'a-1' });
    expect(title?.copies[0]?.item).toMatchObject({
      upstreamId: '4711',
      libraryId: '',
      ids: { mine: 'a-1' },
      files: [],
      state: { played: false, positionMs: 0 },
    });
  });

  it('that is not watched stands at the latest position that a backend showed', () => {
    const metadata = {
      plex: { ...plex, watched: '0', progress: '600000' },
      jelly: { ...plex, id: 'j', watched: 0, progress: 900_000 },
      other: { ...plex, id: 'o', watched: '1', progress: '1200000' },
    };
    const extra = { plex: { received_at: 1_759_000_000 }, jelly: { received_at: '2025-09-01T00:00:00Z' } };
    const { title } = told({ ...movie, watched: 0, metadata, extra });
    expect(title?.position).toEqual({ ms: 600_000, at: 1_759_000_000_000, account: 'plex' });
    expect(told({ ...movie, metadata, extra }).title?.position).toBeUndefined();
  });
});

describe('an item that several rows claim', () => {
  const claim = (id: number, number: number, more: Partial<ClaimRow> = {}): ClaimRow => ({
    backend: 'plex',
    item: '4711',
    id,
    type: 'episode',
    season: 1,
    episode: number,
    updated_at: 10,
    multi: 1,
    ...more,
  });

  it('is one file of several episodes, and stands for all of them', () => {
    const claims = [claim(9, 3), claim(8, 2)];
    const second = told(episode, claims);
    expect(second.title?.copies[0]?.item.episodes).toEqual([2, 3]);
    expect(told({ ...episode, id: 9, episode: 3 }, claims).title?.copies[0]?.item.episodes).toEqual([2, 3]);
  });

  it.each<[string, ClaimRow[]]>([
    ['was changed last', [claim(8, 2, { multi: 0 }), claim(12, 2, { multi: 0, updated_at: '99' })]],
    ['came last, where both were changed at once', [claim(8, 2, { multi: 0 }), claim(12, 2, { multi: 0 })]],
    ['is of the same season', [claim(8, 2), claim(12, 3, { season: 2, updated_at: 99 })]],
    ['is an episode too', [claim(8, 2), claim(12, 3, { type: 'movie', updated_at: 99 })]],
  ])('belongs otherwise to the row that %s', (_, claims) => {
    const record = told(episode, claims);
    expect(record.title?.copies).toEqual([]);
    expect(record.left).toEqual([
      { what: `${record.what}, the item of plex`, reason: 'another row claims the same item, and was changed later' },
    ]);
    expect(told({ ...episode, id: 12 }, claims).title?.copies).toHaveLength(1);
  });
});
