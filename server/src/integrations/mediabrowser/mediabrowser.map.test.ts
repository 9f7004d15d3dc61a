import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NO_OWN_IDS } from '#core/media/index.ts';
import { isRecord } from '#kernel/json.ts';
import { type ItemPlace, mapItem, mapLibrary, mapSession, mapShelfItem, mapShow, mapState, mapUser } from './mediabrowser.map.ts';
import { instantOf, msOfTicks, readItemsReply, readListReply } from './mediabrowser.wire.ts';
import { idReaderOf } from './provider-ids.ts';

const ids = idReaderOf(NO_OWN_IDS, 'jellyfin');
const PLACE: ItemPlace = { libraryId: 'films', shows: new Map(), maxEpisodeRange: 5, ids };
const STATE = { Played: false, PlayCount: 0, PlaybackPositionTicks: 0 };
const MOVIE = { Id: 'a1', Name: 'Suzume', Type: 'Movie', UserData: STATE };
const EPISODE = { Id: 'e1', Name: 'The Naked Now', Type: 'Episode', SeriesId: 's1', SeriesName: 'TNG', UserData: STATE };

const itemOf = (raw: unknown, place = PLACE) => {
  const mapped = mapItem(raw, place);
  if (!('item' in mapped)) throw new Error(mapped.skipped.reason);
  return mapped.item;
};

describe('an item', () => {
  it('keeps what was said, and invents nothing that was not', () => {
    expect(itemOf(MOVIE)).toEqual({
      upstreamId: 'a1',
      libraryId: 'films',
      kind: 'movie',
      title: 'Suzume',
      ids: {},
      files: [],
      genres: [],
      state: { played: false, playCount: 0, positionMs: 0 },
    });
  });

  it.each([
    ['a folder', { ...MOVIE, IsFolder: true }],
    ['an episode without a file', { ...EPISODE, LocationType: 'Virtual' }],
    ['a series', { ...MOVIE, Type: 'Series' }],
    ['a song', { ...MOVIE, Type: 'Audio' }],
  ])('is left alone where it is %s', (_what, raw) => {
    expect(mapItem(raw, PLACE)).toMatchObject({ unreadable: false, skipped: { reason: expect.stringMatching(/.+/) } });
  });

  it.each([
    ['not an object', 7],
    ['without an id', { ...MOVIE, Id: undefined }],
    ['without a name', { ...MOVIE, Name: null }],
    ['without a state', { ...MOVIE, UserData: undefined }],
    ['without a word on whether it was played', { ...MOVIE, UserData: { PlayCount: 1 } }],
  ])('cannot be read where it is %s: that is never "unwatched"', (_what, raw) => {
    expect(mapItem(raw, PLACE)).toMatchObject({ unreadable: true, skipped: { reason: expect.stringMatching(/.+/) } });
  });

  it('survives members of a wrong type, which cost only themselves', () => {
    const odd = {
      ...MOVIE,
      ProductionYear: '2022',
      RunTimeTicks: 'long',
      Genres: null,
      DateCreated: 5,
      ProviderIds: 'tt1',
      PremiereDate: '',
    };
    expect(itemOf(odd)).toEqual(itemOf(MOVIE));
  });

  it.each([
    ['one episode', { IndexNumber: 3 }, [3]],
    ['a range', { IndexNumber: 1, IndexNumberEnd: 2 }, [1, 2]],
    ['a range of the limit', { IndexNumber: 1, IndexNumberEnd: 5 }, [1, 2, 3, 4, 5]],
    ['a range beyond it', { IndexNumber: 1, IndexNumberEnd: 6 }, [1]],
    ['a range backwards', { IndexNumber: 4, IndexNumberEnd: 2 }, [4]],
    ['an end equal to the start', { IndexNumber: 4, IndexNumberEnd: 4 }, [4]],
    ['no number', {}, undefined],
  ])('holds the episodes of %s', (_what, numbers, episodes) => {
    expect(itemOf({ ...EPISODE, ParentIndexNumber: 0, ...numbers })).toMatchObject({ season: 0 });
    expect(itemOf({ ...EPISODE, ...numbers }).episodes).toEqual(episodes);
  });

  it('names its series even where the series was not listed', () => {
    expect(itemOf(EPISODE).show).toEqual({ upstreamId: 's1', title: 'TNG', ids: {} });
    const show = { upstreamId: 's1', title: 'Star Trek: The Next Generation', ids: { tvdb: '71470' } };
    expect(itemOf(EPISODE, { ...PLACE, shows: new Map([['s1', show]]) }).show).toBe(show);
  });

  it('has one file for each of its versions', () => {
    const source = (path: string, width: number) => ({
      Path: path,
      Size: 5,
      MediaStreams: [{ Type: 'Audio' }, { Type: 'Video', Width: width }],
    });
    expect(itemOf({ ...MOVIE, Path: '/m/a.mkv', MediaSources: [source('/m/a.mkv', 3840), source('/m/b.mkv', 1920)] }).files).toEqual([
      { path: '/m/a.mkv', size: 5, resolution: '4k' },
      { path: '/m/b.mkv', size: 5, resolution: '1080' },
    ]);
  });
});

describe('provider ids', () => {
  it.each([
    [
      'Jellyfin’s spelling',
      { Imdb: 'tt0092455', Tvdb: '71470', AniDB: '17617', AniList: '154587' },
      { imdb: 'tt0092455', tvdb: '71470', anidb: '17617', anilist: '154587' },
    ],
    ['Emby’s TVmaze', { 'Tv Maze': '491' }, { tvmaze: '491' }],
    [
      'plugins’ spellings',
      { MyAnimeList: '1575', Kitsu: '42', Simkl: '77', YTINFOREADER: 'dQw4w9WgXcQ' },
      { mal: '1575', kitsu: '42', simkl: '77', youtube: 'dQw4w9WgXcQ' },
    ],
    [
      'collections, web sites and encyclopedias',
      { TmdbCollection: '735', 'official website': 'http://x', Wikipedia: 'Suzume', EIDR: '10.5' },
      {},
    ],
    ['values that are no ids', { Imdb: '', Tmdb: '0', Tvdb: 'abc', TvRage: null }, {}],
    ['an object’s own names', { constructor: '1', __proto__: { Imdb: 'tt1' } }, {}],
    ['nothing', null, {}],
  ])('are read from %s', (_what, raw, ids) => {
    expect(itemOf({ ...MOVIE, ProviderIds: raw }).ids).toEqual(ids);
  });
});

describe('a state', () => {
  it('turns ticks into milliseconds and keeps future dates for whoever judges them', () => {
    expect(mapState({ Played: false, PlaybackPositionTicks: 6_000_009_999, LastPlayedDate: '2099-01-01T00:00:00Z', PlayCount: 1 })).toEqual(
      {
        played: false,
        playCount: 1,
        positionMs: 600_000,
        lastPlayedAt: Date.UTC(2099, 0, 1),
      },
    );
  });

  it('does not take "watched, never played" for a count: Emby’s listings leave it out so', () => {
    expect(mapState({ Played: true, PlayCount: 0 })).toEqual({ played: true, positionMs: 0 });
    expect(mapState({ Played: false, PlayCount: 0 })).toEqual({ played: false, playCount: 0, positionMs: 0 });
  });

  it('without a word on whether it was played is none', () => {
    expect(mapState({ PlayCount: 4 })).toBeUndefined();
    expect(mapState(null)).toBeUndefined();
  });

  it.each([
    ['2024-06-01T21:10:00.0000000Z', Date.UTC(2024, 5, 1, 21, 10)],
    ['2024-06-01T21:10:00', Date.UTC(2024, 5, 1, 21, 10)],
    ['2024-06-01T23:10:00+02:00', Date.UTC(2024, 5, 1, 21, 10)],
    ['0001-01-01T00:00:00.0000000Z', undefined],
    ['soon', undefined],
    [null, undefined],
  ])('reads the date %s', (text, instant) => {
    expect(instantOf(text)).toBe(instant);
  });

  it('has no negative position', () => {
    expect(msOfTicks(-5)).toBeUndefined();
    expect(mapState({ Played: false, PlaybackPositionTicks: -10_000 })?.positionMs).toBe(0);
  });
});

describe('a library', () => {
  it.each([
    ['movies', 'movies', true],
    ['tvshows', 'shows', true],
    [undefined, 'mixed', true],
    ['music', 'other', false],
    ['boxsets', 'other', false],
    ['homevideos', 'other', false],
    ['constructor', 'other', false],
  ])('of the collection type %s is of the kind %s', (CollectionType, kind, supported) => {
    expect(mapLibrary({ Id: 'l1', Name: 'L', Type: 'CollectionFolder', CollectionType })).toEqual({ id: 'l1', name: 'L', kind, supported });
  });
});

const FIXTURES = new URL('../../../../../shared/fixtures/', import.meta.url);
const present = ((): boolean => {
  try {
    return readdirSync(FIXTURES).length > 0;
  } catch {
    return false;
  }
})();

describe.skipIf(!present)(
  `payloads of real servers${present ? '' : ' (skipped: the folder ../shared/fixtures is not beside this repository)'}`,
  () => {
    const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, FIXTURES), 'utf8'));
    const mapAll = (name: string, place = PLACE) => readItemsReply(read(name), 'Test', 'list').items.map((raw) => mapItem(raw, place));
    const readable = (name: string, place = PLACE) =>
      mapAll(name, place).map((mapped) => {
        if (!('item' in mapped)) throw new Error(mapped.skipped.reason);
        return mapped.item;
      });

    it('Jellyfin’s movies', () => {
      const items = readable('jellyfin/response-items-movies-mixed.json');
      expect(items.map((item) => [item.ids, item.state.played, item.files.length])).toEqual([
        [{ tmdb: '194', imdb: 'tt0211915' }, true, 1],
        [{ tmdb: '335984', imdb: 'tt1856101' }, false, 2],
        [{ tmdb: '129', imdb: 'tt0245429', anidb: '112', anilist: '199' }, true, 1],
        [{}, false, 1],
      ]);
      expect(items[1]?.state.positionMs).toBe(3_600_000);
      expect(items[1]?.files.map((file) => file.resolution)).toEqual(['4k', '1080']);
    });

    it('Jellyfin’s episodes, with the ids of their series', () => {
      const series = readItemsReply(read('jellyfin/response-items-series.json'), 'Test', 'list').items.map((raw) => mapShow(raw, ids));
      const shows = new Map(series.flatMap((show) => (show ? [[show.upstreamId, show] as const] : [])));
      const items = readable('jellyfin/response-items-episodes-mixed.json', { ...PLACE, shows });
      expect(items.map((item) => [item.season, item.episodes, item.show?.ids.tvdb])).toEqual([
        [1, [1, 2], '71470'],
        [1, [3], '71470'],
        [0, [1], '71470'],
        [1, [1], '424536'],
      ]);
    });

    it('Jellyfin’s missing episode is left alone', () => {
      expect(mapAll('jellyfin/response-items-virtual-missing-episode.json')).toMatchObject([{ unreadable: false }]);
    });

    it('Emby’s movies', () => {
      const items = readable('emby/response-user-items-movies.json');
      expect(items.map((item) => [item.ids, item.state.played, item.state.positionMs])).toEqual([
        [{ imdb: 'tt16116174', tvdb: '318407', tmdb: '899082' }, true, 0],
        [{ imdb: 'tt0359013', tvdb: '1700', tmdb: '36648' }, false, 1_800_000],
        [{}, false, 0],
      ]);
      expect(items[2]?.files).toEqual([{ path: 'D:\\movie\\铃芽之旅.mp4' }]);
    });

    it('states after a mark', () => {
      for (const name of ['jellyfin', 'emby']) {
        expect(mapState(read(`${name}/response-userdata-after-mark-played.json`))).toMatchObject({
          played: true,
          playCount: 1,
          positionMs: 0,
        });
      }
    });

    it('libraries, users and sessions', () => {
      const views = readItemsReply(read('jellyfin/response-user-views-minimal.json'), 'Test', 'list').items.map(mapLibrary);
      expect(views.map((library) => library?.kind)).toEqual(['movies', 'shows']);
      const users = readItemsReply(read('emby/response-users-query.json'), 'Test', 'list').items.map(mapUser);
      expect(users).toMatchObject([
        { admin: true, disabled: false },
        { admin: false, disabled: true },
      ]);
      const playing = readListReply(read('emby/response-sessions-minimal.json'), 'Test', 'list').map(mapSession);
      expect(playing).toEqual([
        { userId: 'user-1', userName: 'user-bravo1', upstreamId: 'item-1', title: 'Test Movie', paused: false, positionMs: 90_000 },
        undefined,
      ]);
      expect(readListReply(read('jellyfin/response-sessions-music-playing.json'), 'Test', 'list').map(mapSession)).toEqual([undefined]);
    });

    it('every list of items of both vendors maps, or says why an item does not', () => {
      const names = ['jellyfin', 'emby'].flatMap((vendor) =>
        readdirSync(new URL(`${vendor}/`, FIXTURES)).map((name) => `${vendor}/${name}`),
      );
      const lists = names.map(read).filter((reply): reply is { Items: unknown[] } => isRecord(reply) && Array.isArray(reply.Items));
      expect(lists.length).toBeGreaterThanOrEqual(6);
      for (const mapped of lists.flatMap((reply) => reply.Items.map((raw) => mapItem(raw, PLACE)))) {
        if (!('item' in mapped)) expect(mapped.skipped.reason).toMatch(/\.$/);
      }
    });
  },
);

describe('what a user likes', () => {
  const SERIES = { Id: 's1', Name: 'Babylon 5', Type: 'Series', ProductionYear: 1993, ProviderIds: { Tvdb: '70726' } };

  it.each([true, false])('is a favourite or none, as the server says: %s', (IsFavorite) => {
    expect(mapShelfItem({ ...SERIES, UserData: { ...STATE, IsFavorite } }, ids)).toEqual({
      upstreamId: 's1',
      kind: 'show',
      title: 'Babylon 5',
      year: 1993,
      ids: { tvdb: '70726' },
      favorite: IsFavorite,
    });
    expect(mapShelfItem({ ...MOVIE, UserData: { ...STATE, IsFavorite } }, ids)).toMatchObject({ kind: 'movie', favorite: IsFavorite });
  });

  it.each([
    ['an episode', { ...EPISODE, UserData: { ...STATE, IsFavorite: true } }],
    ['something whose state was not said', SERIES],
    ['something of which only plays were said', MOVIE],
    ['no item', 5],
  ])('is not known of %s', (_what, raw) => {
    expect(mapShelfItem(raw, ids)).toBeUndefined();
  });
});
