import { describe, expect, it } from 'vitest';
import { NO_OWN_IDS } from '#core/media/index.ts';
import { toItem, toLibrary, toShelfItem, toState } from './plex.map.ts';
import { type PlexItem, plexItem } from './plex.wire.ts';

const options = { libraryId: '2', maxEpisodeRange: 5, episodes: 'range', ownIds: NO_OWN_IDS } as const;
const episode = (more: Partial<PlexItem> = {}, ...files: string[]): PlexItem => ({
  ratingKey: '5101',
  type: 'episode',
  title: 'Encounter at Farpoint (1)',
  parentIndex: 1,
  index: 1,
  grandparentRatingKey: '5000',
  grandparentTitle: 'The Next Generation',
  Media: files.map((file) => ({ Part: [{ file }] })),
  ...more,
});

describe('what Plex says of an item', () => {
  it('is taken in our units, and nothing is made up', () => {
    expect(toItem({ ratingKey: 7, type: 'movie' }, options)).toEqual({
      upstreamId: '7',
      libraryId: '2',
      kind: 'movie',
      title: '',
      ids: {},
      files: [],
      genres: [],
      state: { played: false, playCount: 0, positionMs: 0 },
    });
  });

  it('may say its numbers as text, as attributes of XML are', () => {
    const raw: unknown = {
      ratingKey: 7,
      type: 'movie',
      year: '2001',
      addedAt: '1700000000',
      viewCount: '2',
      lastViewedAt: '1700000005',
      duration: '60000',
    };
    if (!plexItem.Check(raw)) throw new Error('it is readable');
    expect(toItem(raw, options)).toMatchObject({
      year: 2001,
      addedAt: 1_700_000_000_000,
      runtimeMs: 60_000,
      state: { played: true, playCount: 2, lastPlayedAt: 1_700_000_005_000 },
    });
  });

  it.each([
    ['watched', { viewCount: 2, lastViewedAt: 5 }, { played: true, playCount: 2, lastPlayedAt: 5_000, positionMs: 0 }],
    ['begun', { viewOffset: 9_000, lastViewedAt: 5 }, { played: false, playCount: 0, lastPlayedAt: 5_000, positionMs: 9_000 }],
    ['watched and begun again', { viewCount: 1, viewOffset: 9 }, { played: true, playCount: 1, positionMs: 9 }],
    ['rated', { userRating: 8.5 }, { played: false, playCount: 0, positionMs: 0, rating: 8.5 }],
  ])('%s', (_name, wire, expected) => {
    expect(toState({ ratingKey: '1', type: 'movie', ...wire })).toEqual(expected);
  });

  it.each(['track', 'clip', 'photo', 'show', 'season', 'collection'])('a %s is none of ours', (type) => {
    expect(toItem({ ratingKey: '1', type }, options)).toBeUndefined();
  });
});

describe('the episodes of an item', () => {
  it.each<[string, PlexItem, readonly number[] | undefined]>([
    ['are those of its file, where both agree', episode({}, '/tv/S01E01-E02.mkv'), [1, 2]],
    ['are its own where the file names one', episode({}, '/tv/S01E01.mkv'), [1]],
    ['are its own where the file begins elsewhere', episode({ index: 2 }, '/tv/S01E01-E02.mkv'), [2]],
    ['are its own where the file is of another season', episode({ parentIndex: 2 }, '/tv/S01E01-E02.mkv'), [1]],
    ['are its own where the range is too long', episode({}, '/tv/S01E01-E06.mkv'), [1]],
    ['are its own where another version holds less', episode({}, '/tv/S01E01-E02.mkv', '/tv/4k/S01E01.mkv'), [1]],
    ['are those of all its versions, where they agree', episode({}, '/tv/S01E01-E02.mkv', '/tv/4k/S01E01-E02.mkv'), [1, 2]],
    ['are its own without a file', episode(), [1]],
    ['are those of a name without a season', episode({}, '/tv/E01-E02.mkv'), [1, 2]],
  ])('%s', (_name, raw, expected) => {
    expect(toItem(raw, options)?.episodes).toEqual(expected);
  });

  it('are its own where another item stands for the rest', () => {
    expect(toItem(episode({}, '/tv/S01E01-E02.mkv'), { ...options, episodes: 'alone' })?.episodes).toEqual([1]);
  });

  it('are not said where Plex numbers none', () => {
    const { index: _, parentIndex: __, ...dated } = episode({}, '/tv/2023-03-22.mkv');
    const item = toItem(dated, options);
    expect(item).not.toHaveProperty('episodes');
    expect(item).not.toHaveProperty('season');
  });
});

describe('the series of an episode', () => {
  it('is what was read of it', () => {
    const show = { upstreamId: '5000', title: 'TNG', year: 1987, ids: { tvdb: '71470' } };
    expect(toItem(episode(), { ...options, show })?.show).toEqual(show);
  });

  it('takes the ids of the episode’s own guid where it has none', () => {
    const guid = 'com.plexapp.agents.hama://anidb-17/1/1?lang=en';
    expect(toItem(episode({ guid }), { ...options, show: { upstreamId: '5000', title: 'TNG', ids: {} } })?.show?.ids).toEqual({
      anidb: '17',
    });
    expect(toItem(episode({ guid }), options)?.show).toEqual({ upstreamId: '5000', title: 'The Next Generation', ids: { anidb: '17' } });
  });
});

it('music and photos are libraries that are not read', () => {
  expect(['movie', 'show', 'artist', 'photo'].map((type) => toLibrary({ key: 1, type }).supported)).toEqual([true, true, false, false]);
});

describe('what a user thinks of a movie or a series', () => {
  const rated = (more: Partial<PlexItem>) => toShelfItem({ ratingKey: 7, type: 'show', title: 'Babylon 5', ...more }, NO_OWN_IDS);

  it('is its stars in halves, with their day', () => {
    expect(rated({ userRating: '7.5', lastRatedAt: 1_700_000_000, year: 1993, Guid: [{ id: 'tvdb://70726' }] })).toEqual({
      upstreamId: '7',
      kind: 'show',
      title: 'Babylon 5',
      year: 1993,
      ids: { tvdb: '70726' },
      rating: 7.5,
      ratedAt: 1_700_000_000_000,
    });
  });

  it.each([[{}], [{ userRating: 0 }], [{ userRating: 0, lastRatedAt: 1_700_000_000 }], [{ userRating: -1 }]])(
    'is nothing where it says %o',
    (more) => {
      expect(rated(more)).toEqual({ upstreamId: '7', kind: 'show', title: 'Babylon 5', ids: {} });
    },
  );

  it.each(['episode', 'season', 'track', 'collection'])('is not asked of a %s', (type) => {
    expect(rated({ type, userRating: 8 })).toBeUndefined();
  });
});
