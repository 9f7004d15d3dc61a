import { type EpisodeRange, type ExternalIds, listEpisodes, type OwnIds, parseEpisodeRange } from '#core/media/index.ts';
import type {
  UpstreamFile,
  UpstreamItem,
  UpstreamLibrary,
  UpstreamSession,
  UpstreamShelfItem,
  UpstreamShow,
  UpstreamState,
} from '#core/upstreams/index.ts';
import type { Instant } from '#kernel/instant.ts';
import type { PlexItem } from './plex.wire.ts';
import { readPlexGuids } from './plex-guids.ts';

type Numeric = number | string | undefined;

/** A count or an offset that arrived as a number or as its text. */
export const numberOf = (value: Numeric): number | undefined => {
  if (typeof value === 'number') return value;
  return value === undefined ? undefined : Number(value);
};

/** Plex dates are seconds. */
export const instantOf = (seconds: Numeric): Instant | undefined => {
  const value = numberOf(seconds);
  return value === undefined ? undefined : value * 1_000;
};

export function toState(item: PlexItem): UpstreamState {
  const playCount = numberOf(item.viewCount) ?? 0;
  const lastPlayedAt = instantOf(item.lastViewedAt);
  const rating = numberOf(item.userRating);
  return {
    played: playCount > 0,
    playCount,
    positionMs: numberOf(item.viewOffset) ?? 0,
    ...(lastPlayedAt !== undefined && { lastPlayedAt }),
    ...(rating !== undefined && { rating }),
  };
}

export function toShow(item: PlexItem, ownIds: OwnIds): UpstreamShow {
  const year = numberOf(item.year);
  const { own } = readPlexGuids({ kind: 'show', guid: guidOf(item), list: guidListOf(item) }, ownIds);
  return { upstreamId: String(item.ratingKey), title: item.title ?? '', ids: own, ...(year !== undefined && { year }) };
}

/** What the user thinks of a movie or a series; undefined for whatever else Plex keeps. No stars at all is no rating. */
export function toShelfItem(item: PlexItem, ownIds: OwnIds): UpstreamShelfItem | undefined {
  if (item.type !== 'movie' && item.type !== 'show') return undefined;
  const year = numberOf(item.year);
  const rating = numberOf(item.userRating);
  const ratedAt = instantOf(item.lastRatedAt);
  return {
    upstreamId: String(item.ratingKey),
    kind: item.type,
    title: item.title ?? '',
    ids: readPlexGuids({ kind: item.type, guid: guidOf(item), list: guidListOf(item) }, ownIds).own,
    ...(year !== undefined && { year }),
    ...(rating !== undefined && rating > 0 && { rating, ...(ratedAt !== undefined && { ratedAt }) }),
  };
}

/** Which of an item's numbers to take: `alone` where another item stands for a further episode of the same file. */
export type Episodes = 'range' | 'alone';
export type MapOptions = Readonly<{
  libraryId: string;
  show?: UpstreamShow | undefined;
  maxEpisodeRange: number;
  episodes: Episodes;
  ownIds: OwnIds;
}>;

/** A movie or an episode; undefined for whatever else Plex keeps (tracks, clips, photos, series, collections). */
export function toItem(item: PlexItem, options: MapOptions): UpstreamItem | undefined {
  if (item.type !== 'movie' && item.type !== 'episode') return undefined;
  const kind = item.type;
  const { own, show: ofShow } = readPlexGuids({ kind, guid: guidOf(item), list: guidListOf(item) }, options.ownIds);
  const year = numberOf(item.year);
  const addedAt = instantOf(item.addedAt);
  const runtimeMs = numberOf(item.duration);
  const releasedOn = item.originallyAvailableAt?.slice(0, 10);
  return {
    upstreamId: String(item.ratingKey),
    libraryId: item.librarySectionID === undefined ? options.libraryId : String(item.librarySectionID),
    kind,
    title: item.title ?? '',
    ...(year !== undefined && { year }),
    ids: own,
    ...(kind === 'episode' && episodeMembers(item, options, ofShow)),
    ...(addedAt !== undefined && { addedAt }),
    files: filesOf(item),
    ...(item.summary && { overview: item.summary }),
    genres: genresOf(item),
    ...(releasedOn !== undefined && DATE.test(releasedOn) && { releasedOn }),
    ...(runtimeMs !== undefined && { runtimeMs }),
    state: toState(item),
  };
}

const DATE = /^\d{4}-\d\d-\d\d$/;

function episodeMembers(item: PlexItem, options: MapOptions, ofShow: ExternalIds): Pick<UpstreamItem, 'show' | 'season' | 'episodes'> {
  const season = numberOf(item.parentIndex);
  const index = numberOf(item.index);
  const range = options.episodes === 'range' ? believableRange(item, options.maxEpisodeRange) : undefined;
  const show = showOf(item, options.show, ofShow);
  return {
    ...(show !== undefined && { show }),
    ...(season !== undefined && { season }),
    ...(index !== undefined && { episodes: range === undefined ? [index] : listEpisodes(range, options.maxEpisodeRange) }),
  };
}

/** The series as it was read, else what the episode itself says of it. */
function showOf(item: PlexItem, show: UpstreamShow | undefined, ofShow: ExternalIds): UpstreamShow | undefined {
  if (show !== undefined) return hasIds(show.ids) || !hasIds(ofShow) ? show : { ...show, ids: ofShow };
  if (item.grandparentRatingKey === undefined) return undefined;
  const year = numberOf(item.grandparentYear);
  return {
    upstreamId: String(item.grandparentRatingKey),
    title: item.grandparentTitle ?? '',
    ids: ofShow,
    ...(year !== undefined && { year }),
  };
}

const hasIds = (ids: ExternalIds): boolean => {
  for (const _ in ids) return true;
  return false;
};

/**
 * The several episodes of an item, where the names of all its files agree on them and on Plex's own numbers. One version that holds
 * less is enough to speak of one episode: the others are not claimed by guesswork.
 */
export function believableRange(item: PlexItem, maxEpisodeRange: number): EpisodeRange | undefined {
  const season = numberOf(item.parentIndex);
  const index = numberOf(item.index);
  let agreed: EpisodeRange | undefined;
  for (const path of pathsOf(item)) {
    const range = parseEpisodeRange(path);
    if (range === undefined || range.first !== index || (range.season ?? season) !== season) return undefined;
    if (agreed !== undefined && agreed.last !== range.last) return undefined;
    agreed = range;
  }
  return agreed !== undefined && agreed.last > agreed.first && agreed.last - agreed.first < maxEpisodeRange ? agreed : undefined;
}

/** True where some file of the item is named after several episodes, whether or not this item is the first of them. */
export function sharesItsName(item: PlexItem): boolean {
  for (const path of pathsOf(item)) {
    const range = parseEpisodeRange(path);
    if (range !== undefined && range.last > range.first) return true;
  }
  return false;
}

export function* pathsOf(item: PlexItem): Generator<string> {
  if (item.Media === undefined) return;
  for (const media of item.Media) {
    if (media.Part === undefined) continue;
    for (const part of media.Part) if (part.file !== undefined && part.file !== '') yield part.file;
  }
}

function filesOf(item: PlexItem): readonly UpstreamFile[] {
  const files: UpstreamFile[] = [];
  for (const media of item.Media ?? []) {
    for (const part of media.Part ?? []) {
      if (part.file === undefined || part.file === '') continue;
      const size = numberOf(part.size);
      files.push({
        path: part.file,
        ...(size !== undefined && { size }),
        ...(media.videoResolution !== undefined && { resolution: media.videoResolution }),
      });
    }
  }
  return files;
}

function genresOf(item: PlexItem): readonly string[] {
  const genres: string[] = [];
  for (const genre of item.Genre ?? []) if (genre.tag) genres.push(genre.tag);
  return genres;
}

const guidOf = (item: PlexItem): string | undefined => (typeof item.guid === 'string' ? item.guid : undefined);
const guidListOf = (item: PlexItem): readonly Readonly<{ id?: string }>[] | undefined =>
  item.Guid ?? (typeof item.guid === 'object' ? item.guid : undefined);

export function toLibrary(section: Readonly<{ key: string | number; title?: string; type: string; agent?: string }>): UpstreamLibrary {
  const kind = section.type === 'movie' ? 'movies' : section.type === 'show' ? 'shows' : 'other';
  return {
    id: String(section.key),
    name: section.title ?? '',
    kind,
    supported: kind !== 'other',
    ...(section.agent !== undefined && { agent: section.agent }),
  };
}

export function toSession(
  session: Readonly<{
    ratingKey: string | number;
    title?: string;
    viewOffset?: string | number;
    User: Readonly<{ id: string | number; title?: string }>;
    Player?: Readonly<{ state?: string }>;
  }>,
): UpstreamSession {
  const positionMs = numberOf(session.viewOffset);
  return {
    userId: String(session.User.id),
    upstreamId: String(session.ratingKey),
    paused: session.Player?.state === 'paused',
    ...(session.User.title !== undefined && { userName: session.User.title }),
    ...(session.title !== undefined && { title: session.title }),
    ...(positionMs !== undefined && { positionMs }),
  };
}
