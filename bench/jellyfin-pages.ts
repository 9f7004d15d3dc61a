import { type BenchEpisode, type BenchTitle, episodeAt, movieAt, type Shelf, showAt } from './library.ts';
import type { BenchPages } from './upstream.ts';

const SERVER = 'be9c4000000000000000000000000bea';
const USER = 'be9c4000000000000000000000000001';
const MOVIES = 'be9c4000000000000000000000000011';
const SHOWS = 'be9c4000000000000000000000000012';

/** Pages of a Jellyfin 10.10 and later: what it sends without being asked, and the fields that we ask for. */
export function jellyfinPages(shelf: Shelf): BenchPages {
  const lists: Readonly<Record<string, Readonly<{ total: number; at: (n: number) => object }>>> = {
    [`${MOVIES}/Movie`]: { total: shelf.movies, at: (n) => movie(movieAt(n)) },
    [`${SHOWS}/Series`]: { total: shelf.shows, at: (n) => series(showAt(n)) },
    [`${SHOWS}/Episode`]: { total: shelf.episodes, at: (n) => episode(episodeAt(n)) },
  };
  return {
    lists: Object.entries(lists).map(([name, { total }]) => ({ name, total })),
    page(name, offset, size) {
      const list = lists[name];
      if (list === undefined) throw new RangeError(`no list ${name}`);
      const Items = Array.from({ length: Math.max(0, Math.min(size, list.total - offset)) }, (_, index) => list.at(offset + index));
      return { Items, TotalRecordCount: list.total, StartIndex: offset };
    },
    find(url) {
      if (url.pathname !== '/Items') return { answer: SMALL[url.pathname] };
      const asked = (name: string): string => url.searchParams.get(name) ?? '';
      return { list: `${asked('parentId')}/${asked('includeItemTypes')}`, offset: Number(asked('startIndex')) };
    },
  };
}

const INFO = {
  LocalAddress: '',
  ServerName: 'Bench',
  Version: '10.10.7',
  ProductName: 'Jellyfin Server',
  Id: SERVER,
  StartupWizardCompleted: true,
};
const ME = { Name: 'bench', ServerId: SERVER, Id: USER, HasPassword: true, Policy: { IsAdministrator: true, IsDisabled: false } };
const view = (Id: string, Name: string, CollectionType: string) => ({
  Id,
  Name,
  ServerId: SERVER,
  CollectionType,
  Type: 'CollectionFolder',
  IsFolder: true,
});
const SMALL: Readonly<Record<string, object>> = {
  '/System/Info/Public': INFO,
  '/System/Info': INFO,
  '/Users': [ME],
  '/Users/Me': ME,
  [`/Users/${USER}`]: ME,
  '/Sessions': [],
  '/UserViews': { Items: [view(MOVIES, 'Movies', 'movies'), view(SHOWS, 'Shows', 'tvshows')], TotalRecordCount: 2, StartIndex: 0 },
};

const guid = (n: number): string => `be9c4${n.toString(16).padStart(27, '0')}`;
const iso = (seconds: number): string => `${new Date(seconds * 1_000).toISOString().slice(0, 19)}.0000000Z`;

const common = (title: BenchTitle, Type: string, Path: string) => ({
  Name: title.name,
  OriginalTitle: title.name,
  ServerId: SERVER,
  Id: guid(title.n),
  DateCreated: iso(title.addedAt),
  Container: 'mkv',
  PremiereDate: `${title.year}-0${1 + (title.n % 9)}-1${title.n % 10}T00:00:00.0000000Z`,
  CriticRating: 40 + (title.n % 60),
  OfficialRating: 'TV-14',
  Path,
  ChannelId: null,
  Overview: title.summary,
  Genres: title.genres,
  GenreItems: title.genres.map((Name, index) => ({ Name, Id: guid(index + 77) })),
  CommunityRating: 5 + (title.n % 50) / 10,
  RunTimeTicks: title.lengthMs * 10_000,
  ProductionYear: title.year,
  ProviderIds: { Tmdb: String(title.tmdb), Imdb: title.imdb, Tvdb: String(title.tvdb) },
  IsFolder: Type === 'Series',
  ParentId: guid(title.n + 6_000_000),
  Type,
  UserData: {
    PlaybackPositionTicks: 0,
    PlayCount: title.plays,
    IsFavorite: false,
    ...(title.plays > 0 && { LastPlayedDate: iso(title.playedAt) }),
    Played: title.plays > 0,
    Key: String(title.tmdb),
    ItemId: guid(title.n),
  },
  ImageTags: {},
  BackdropImageTags: [],
  LocationType: 'FileSystem',
});

const video = { VideoType: 'VideoFile', MediaType: 'Video', Width: 1920, Height: 1080 };

const movie = (title: BenchTitle) => ({
  ...common(title, 'Movie', `/data/media/movies/${title.name} (${title.year})/${title.name} (${title.year}) - 1080p.mkv`),
  ...video,
});

const series = (title: BenchTitle) => ({
  ...common(title, 'Series', `/data/media/tv/${title.name} (${title.year})`),
  Status: 'Ended',
  AirDays: ['Monday'],
  EndDate: `${title.year + 9}-01-01T00:00:00.0000000Z`,
});

const two = (n: number): string => String(n).padStart(2, '0');

function episode(title: BenchEpisode) {
  const { show, season, number } = title;
  const folder = `/data/media/tv/${show.name} (${show.year})/Season ${two(season)}`;
  return {
    ...common(title, 'Episode', `${folder}/${show.name} - S${two(season)}E${two(number)} - ${title.name}.mkv`),
    ...video,
    SeriesName: show.name,
    SeriesId: guid(show.n),
    SeasonId: guid(title.n + 6_000_000),
    SeasonName: `Season ${season}`,
    IndexNumber: number,
    ParentIndexNumber: season,
  };
}
