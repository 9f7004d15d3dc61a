import { type BenchEpisode, type BenchTitle, episodeAt, movieAt, type Shelf, showAt } from './library.ts';
import type { BenchPages } from './upstream.ts';

/** Pages of a Plex Media Server of 2024 and later, with every member that such a server sends in a list with `includeGuids=1`. */
export function plexPages(shelf: Shelf): BenchPages {
  const lists: Readonly<Record<string, Readonly<{ total: number; section: number; at: (n: number) => object }>>> = {
    '1/1': { total: shelf.movies, section: 1, at: (n) => movie(movieAt(n)) },
    '2/2': { total: shelf.shows, section: 2, at: (n) => show(showAt(n)) },
    '2/4': { total: shelf.episodes, section: 2, at: (n) => episode(episodeAt(n)) },
  };
  return {
    lists: Object.entries(lists).map(([name, { total }]) => ({ name, total })),
    page(name, offset, size) {
      const list = lists[name];
      if (list === undefined) throw new RangeError(`no list ${name}`);
      const items = Array.from({ length: Math.max(0, Math.min(size, list.total - offset)) }, (_, index) => list.at(offset + index));
      return { MediaContainer: { ...container(list.section, offset, items.length, list.total), Metadata: items } };
    },
    /** Which prepared list a request asks for, or an answer of its own. */
    find(url) {
      const list = /^\/library\/sections\/(\d+)\/all$/.exec(url.pathname);
      const name = `${list?.[1] ?? ''}/${url.searchParams.get('type') ?? ''}`;
      if (list) return { list: name, offset: Number(url.searchParams.get('X-Plex-Container-Start') ?? 0) };
      return { answer: SMALL[url.pathname] };
    },
  };
}

const UUID = 'be9c40000000000000000000000000000000bead';
const SMALL: Readonly<Record<string, object>> = {
  '/identity': { MediaContainer: { size: 0, claimed: true, machineIdentifier: UUID, version: '1.41.3.9314-a0bfb8370' } },
  '/': { MediaContainer: { size: 0, friendlyName: 'Bench', machineIdentifier: UUID, version: '1.41.3.9314-a0bfb8370' } },
  '/accounts': { MediaContainer: { size: 1, Account: [{ id: 1, key: '/accounts/1', name: 'bench', defaultAudioLanguage: 'en' }] } },
  '/status/sessions': { MediaContainer: { size: 0 } },
  '/library/sections': {
    MediaContainer: {
      size: 2,
      Directory: [
        { key: '1', type: 'movie', title: 'Movies', agent: 'tv.plex.agents.movie', scanner: 'Plex Movie', language: 'en-US' },
        { key: '2', type: 'show', title: 'TV Shows', agent: 'tv.plex.agents.series', scanner: 'Plex TV Series', language: 'en-US' },
      ],
    },
  },
};

const container = (section: number, offset: number, size: number, totalSize: number) => ({
  size,
  totalSize,
  offset,
  allowSync: true,
  art: '/:/resources/movie-fanart.jpg',
  content: 'secondary',
  identifier: 'com.plexapp.plugins.library',
  librarySectionID: section,
  librarySectionTitle: section === 1 ? 'Movies' : 'TV Shows',
  librarySectionUUID: `be9c4000-0000-0000-0000-00000000000${section}`,
  mediaTagPrefix: '/system/bundle/media/flags/',
  mediaTagVersion: 1_734_362_201,
  thumb: '/:/resources/movie.png',
  title1: section === 1 ? 'Movies' : 'TV Shows',
  title2: section === 1 ? 'All Movies' : 'All Shows',
  viewGroup: section === 1 ? 'movie' : 'show',
});

const tags = (names: readonly string[]) => names.map((tag) => ({ tag }));
const hex = (n: number, length: number): string => (n >>> 0).toString(16).padStart(length, '0').slice(0, length);
const day = (title: BenchTitle): string => `${title.year}-0${1 + (title.n % 9)}-1${title.n % 10}`;
const key = (title: BenchTitle): string => `/library/metadata/${title.n}`;
const picture = (title: BenchTitle, what: string): string => `${key(title)}/${what}/${title.addedAt + 7}`;
const slug = (title: BenchTitle): string => title.name.toLowerCase().replaceAll(' ', '-');
const plexGuid = (kind: string, title: BenchTitle): string => `plex://${kind}/5d77682${hex(title.n * 2_654_435, 8)}${hex(title.n, 9)}`;

const common = (title: BenchTitle, kind: string) => ({
  ratingKey: String(title.n),
  key: key(title),
  guid: plexGuid(kind, title),
  slug: slug(title),
  type: kind,
  title: title.name,
  titleSort: title.name.slice(4),
  contentRating: 'TV-14',
  summary: title.summary,
  audienceRating: 5 + (title.n % 50) / 10,
  year: title.year,
  thumb: picture(title, 'thumb'),
  art: picture(title, 'art'),
  duration: title.lengthMs,
  originallyAvailableAt: day(title),
  addedAt: title.addedAt,
  updatedAt: title.addedAt + 7,
  audienceRatingImage: 'themoviedb://image.rating',
});

const images = (title: BenchTitle) => ({
  Image: [
    { alt: title.name, type: 'coverPoster', url: picture(title, 'thumb') },
    { alt: title.name, type: 'background', url: picture(title, 'art') },
    { alt: title.name, type: 'clearLogo', url: picture(title, 'clearLogo') },
  ],
  UltraBlurColors: { topLeft: hex(title.n * 31, 6), topRight: hex(title.n * 37, 6), bottomRight: hex(title.n, 6), bottomLeft: '2b1d12' },
});

const people = (title: BenchTitle) => ({
  Guid: [{ id: `imdb://${title.imdb}` }, { id: `tmdb://${title.tmdb}` }, { id: `tvdb://${title.tvdb}` }],
  Director: tags(title.people.slice(0, 1)),
  Writer: tags(title.people.slice(1, 3)),
  Role: tags(title.people.slice(3)),
});

const state = (title: BenchTitle) =>
  title.plays === 0 ? {} : { viewCount: title.plays, lastViewedAt: title.playedAt, skipCount: title.n % 2 };

const media = (title: BenchTitle, file: string) => [
  {
    id: title.n + 500_000,
    duration: title.lengthMs,
    bitrate: 4_000 + (title.n % 6_000),
    width: 1920,
    height: 1080,
    aspectRatio: 1.78,
    audioChannels: 6,
    audioCodec: 'eac3',
    videoCodec: 'hevc',
    videoResolution: '1080',
    container: 'mkv',
    videoFrameRate: '24p',
    videoProfile: 'main 10',
    hasVoiceActivity: false,
    Part: [
      {
        id: title.n + 700_000,
        key: `/library/parts/${title.n + 700_000}/${title.addedAt}/file.mkv`,
        duration: title.lengthMs,
        file,
        size: title.size,
        container: 'mkv',
        videoProfile: 'main 10',
      },
    ],
  },
];

const movie = (title: BenchTitle) => ({
  ...common(title, 'movie'),
  studio: 'Lantern Harbour Pictures',
  tagline: title.summary.slice(0, 48),
  rating: 4 + (title.n % 60) / 10,
  ratingImage: 'rottentomatoes://image.rating.ripe',
  chapterSource: 'media',
  primaryExtraKey: `/library/metadata/${title.n + 900_000}`,
  hasPremiumPrimaryExtra: '1',
  ...state(title),
  Media: media(title, `/data/media/movies/${title.name} (${title.year})/${title.name} (${title.year}) - 1080p.mkv`),
  ...images(title),
  Genre: tags(title.genres),
  Country: tags(['United States of America']),
  ...people(title),
});

const show = (title: BenchTitle) => ({
  ...common(title, 'show'),
  studio: 'Copper River Television',
  index: 1,
  leafCount: 100,
  viewedLeafCount: 33,
  childCount: 10,
  theme: picture(title, 'theme'),
  ...images(title),
  Genre: tags(title.genres),
  Country: tags(['United States of America']),
  ...people(title),
});

function episode(title: BenchEpisode) {
  const { show: series, season, number } = title;
  const seasonKey = `/library/metadata/${title.n + 6_000_000}`;
  const number2 = (n: number): string => String(n).padStart(2, '0');
  return {
    ...common(title, 'episode'),
    parentRatingKey: String(title.n + 6_000_000),
    grandparentRatingKey: String(series.n),
    parentGuid: plexGuid('season', series),
    grandparentGuid: plexGuid('show', series),
    grandparentSlug: slug(series),
    grandparentKey: key(series),
    parentKey: seasonKey,
    grandparentTitle: series.name,
    parentTitle: `Season ${season}`,
    index: number,
    parentIndex: season,
    parentYear: series.year,
    parentThumb: `${seasonKey}/thumb/${title.addedAt}`,
    grandparentThumb: picture(series, 'thumb'),
    grandparentArt: picture(series, 'art'),
    grandparentTheme: picture(series, 'theme'),
    chapterSource: 'media',
    ...state(title),
    Media: media(
      title,
      `/data/media/tv/${series.name} (${series.year})/Season ${number2(season)}/${series.name} - S${number2(season)}E${number2(number)} - ${title.name}.mkv`,
    ),
    ...images(title),
    ...people(title),
  };
}
