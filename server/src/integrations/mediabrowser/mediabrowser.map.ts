import type {
  ServerIdentity,
  SkippedItem,
  UpstreamFile,
  UpstreamItem,
  UpstreamLibrary,
  UpstreamSession,
  UpstreamShelfItem,
  UpstreamShow,
  UpstreamState,
  UpstreamUser,
} from '#core/upstreams/index.ts';
import { isRecord } from '#kernel/json.ts';
import { instantOf, msOfTicks, number, text, type WireObject, whole } from './mediabrowser.wire.ts';
import type { IdReader } from './provider-ids.ts';

export type ItemPlace = Readonly<{ libraryId: string; shows: ReadonlyMap<string, UpstreamShow>; maxEpisodeRange: number; ids: IdReader }>;

/** `unreadable` tells an item whose state was not said from one that is simply none of ours. */
export type MappedItem = Readonly<{ item: UpstreamItem }> | Readonly<{ skipped: SkippedItem; unreadable: boolean }>;

type Draft<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** The state in the server's words, or undefined where it does not say whether the item was played. */
export function mapState(raw: unknown): UpstreamState | undefined {
  if (!isRecord(raw) || typeof raw.Played !== 'boolean') return undefined;
  const state: Draft<UpstreamState> = {
    played: raw.Played,
    positionMs: msOfTicks(raw.PlaybackPositionTicks) ?? 0,
  };
  const count = whole(raw.PlayCount);
  // "Watched, never played" is how Emby's listings leave the count out: nothing was said of it.
  if (count !== undefined && !(state.played && count === 0)) state.playCount = count;
  const at = instantOf(raw.LastPlayedDate);
  if (at !== undefined) state.lastPlayedAt = at;
  const rating = number(raw.Rating);
  if (rating !== undefined && rating >= 0 && rating <= 10) state.rating = rating;
  if (typeof raw.IsFavorite === 'boolean') state.favorite = raw.IsFavorite;
  return state;
}

export function mapShow(raw: unknown, ids: IdReader): UpstreamShow | undefined {
  if (!isRecord(raw)) return undefined;
  const upstreamId = text(raw.Id);
  if (upstreamId === undefined) return undefined;
  const year = whole(raw.ProductionYear);
  return {
    upstreamId,
    title: text(raw.Name) ?? '',
    ...(year !== undefined && year > 0 && { year }),
    ids: ids(raw.ProviderIds),
  };
}

const SHELF_KINDS: Readonly<Record<string, UpstreamShelfItem['kind']>> = { Movie: 'movie', Series: 'show' };

/** A movie or a series with what the user thinks of it; undefined for anything else. What was not said of it stays away. */
export function mapShelfItem(raw: unknown, ids: IdReader): UpstreamShelfItem | undefined {
  const named = mapShow(raw, ids);
  if (named === undefined || !isRecord(raw)) return undefined;
  const type = text(raw.Type) ?? '';
  const kind = Object.hasOwn(SHELF_KINDS, type) ? SHELF_KINDS[type] : undefined;
  if (kind === undefined || !isRecord(raw.UserData) || typeof raw.UserData.IsFavorite !== 'boolean') return undefined;
  return { ...named, kind, favorite: raw.UserData.IsFavorite };
}

const KINDS: Readonly<Record<string, UpstreamItem['kind']>> = { Movie: 'movie', Episode: 'episode' };

export function mapItem(raw: unknown, place: ItemPlace): MappedItem {
  if (!isRecord(raw)) return { skipped: { reason: 'The server listed something that is not an item.' }, unreadable: true };
  const upstreamId = text(raw.Id);
  const title = text(raw.Name) ?? text(raw.OriginalTitle);
  const skip = (reason: string, unreadable: boolean): MappedItem => ({
    skipped: { ...(upstreamId !== undefined && { upstreamId }), ...(title !== undefined && { title }), reason },
    unreadable,
  });
  const notOurs = reasonToSkip(raw);
  if (notOurs !== undefined) return skip(notOurs, false);
  const kind = kindOf(raw);
  const state = mapState(raw.UserData);
  if (upstreamId === undefined || kind === undefined) return skip('The server listed an item without an id.', true);
  if (title === undefined) return skip('The server gives it no name.', true);
  if (state === undefined) return skip('The server did not say whether it was played.', true);
  const item: Draft<UpstreamItem> = {
    upstreamId,
    libraryId: place.libraryId,
    kind,
    title,
    ids: place.ids(raw.ProviderIds),
    files: mapFiles(raw),
    genres: Array.isArray(raw.Genres) ? raw.Genres.filter((genre) => typeof genre === 'string') : [],
    state,
  };
  addDetails(item, raw);
  if (kind === 'episode') addEpisode(item, raw, place);
  return { item };
}

function kindOf(raw: WireObject): UpstreamItem['kind'] | undefined {
  const type = text(raw.Type) ?? '';
  return Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
}

function reasonToSkip(raw: WireObject): string | undefined {
  if (kindOf(raw) === undefined) return `Items of type ${text(raw.Type) ?? 'unknown'} are not synchronised.`;
  if (raw.IsFolder === true) return 'This is a folder, not a title.';
  return raw.LocationType === 'Virtual' ? 'The server lists it without having a file for it.' : undefined;
}

const DATE = /^(?!0001)\d{4}-\d\d-\d\d/;

function addDetails(item: Draft<UpstreamItem>, raw: WireObject): void {
  const year = whole(raw.ProductionYear);
  if (year) item.year = year;
  const addedAt = instantOf(raw.DateCreated);
  if (addedAt !== undefined) item.addedAt = addedAt;
  const overview = text(raw.Overview);
  if (overview !== undefined) item.overview = overview;
  const released = DATE.exec(text(raw.PremiereDate) ?? '')?.[0];
  if (released !== undefined) item.releasedOn = released;
  const runtimeMs = msOfTicks(raw.RunTimeTicks);
  if (runtimeMs) item.runtimeMs = runtimeMs;
}

function addEpisode(item: Draft<UpstreamItem>, raw: WireObject, place: ItemPlace): void {
  const showId = text(raw.SeriesId);
  if (showId !== undefined) item.show = place.shows.get(showId) ?? { upstreamId: showId, title: text(raw.SeriesName) ?? '', ids: {} };
  const season = whole(raw.ParentIndexNumber);
  if (season !== undefined) item.season = season;
  const first = whole(raw.IndexNumber);
  if (first !== undefined) item.episodes = episodesFrom(first, whole(raw.IndexNumberEnd), place.maxEpisodeRange);
}

/** A range that is backwards or longer than the limit is a mistake of the file's name far more often than a very long file. */
function episodesFrom(first: number, last: number | undefined, limit: number): readonly number[] {
  if (last === undefined || last <= first || last - first + 1 > limit) return [first];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function mapFiles(raw: WireObject): readonly UpstreamFile[] {
  const sources = raw.MediaSources;
  if (Array.isArray(sources) && sources.length > 0) {
    const files = sources.flatMap((source): readonly UpstreamFile[] => {
      if (!isRecord(source)) return [];
      const streams = Array.isArray(source.MediaStreams) ? source.MediaStreams : [];
      const video: unknown = streams.find((stream) => isRecord(stream) && stream.Type === 'Video');
      return fileOf(source, isRecord(video) ? video : source);
    });
    if (files.length > 0) return files;
  }
  return fileOf(raw, raw);
}

function fileOf(source: WireObject, picture: WireObject): readonly UpstreamFile[] {
  const path = text(source.Path);
  if (path === undefined) return [];
  const size = whole(source.Size);
  const resolution = resolutionOf(whole(picture.Width), whole(picture.Height));
  return [{ path, ...(size !== undefined && { size }), ...(resolution !== undefined && { resolution }) }];
}

/** By width first: a wide film's height is that of its picture, without the bars. */
function resolutionOf(width = 0, height = 0): string | undefined {
  if (width === 0 && height === 0) return undefined;
  if (width > 2_600 || height > 1_440) return '4k';
  if (width > 1_400 || height > 800) return '1080';
  if (width > 1_000 || height > 600) return '720';
  return height > 480 ? '576' : '480';
}

const LIBRARY_KINDS: Readonly<Record<string, UpstreamLibrary['kind']>> = { movies: 'movies', tvshows: 'shows', mixed: 'mixed' };

/** A collection folder without a type holds movies and shows alike. */
export function mapLibrary(raw: unknown): UpstreamLibrary | undefined {
  if (!isRecord(raw)) return undefined;
  const id = text(raw.Id);
  const type = text(raw.CollectionType) ?? (raw.Type === 'CollectionFolder' ? 'mixed' : 'unknown');
  if (id === undefined) return undefined;
  const kind = (Object.hasOwn(LIBRARY_KINDS, type) ? LIBRARY_KINDS[type] : undefined) ?? 'other';
  return { id, name: text(raw.Name) ?? id, kind, supported: kind !== 'other' };
}

export function mapUser(raw: unknown): UpstreamUser | undefined {
  if (!isRecord(raw)) return undefined;
  const id = text(raw.Id);
  if (id === undefined) return undefined;
  const policy = isRecord(raw.Policy) ? raw.Policy : {};
  const updatedAt = instantOf(raw.LastActivityDate);
  return {
    id,
    name: text(raw.Name) ?? id,
    admin: policy.IsAdministrator === true,
    disabled: policy.IsDisabled === true,
    ...(updatedAt !== undefined && { updatedAt }),
  };
}

/** Undefined for sessions that play nothing of ours: nothing at all, music, live TV. */
export function mapSession(raw: WireObject): UpstreamSession | undefined {
  const playing = raw.NowPlayingItem;
  const userId = text(raw.UserId);
  if (!isRecord(playing) || userId === undefined) return undefined;
  const upstreamId = text(playing.Id);
  if (upstreamId === undefined || !Object.hasOwn(KINDS, text(playing.Type) ?? '')) return undefined;
  const play = isRecord(raw.PlayState) ? raw.PlayState : {};
  const userName = text(raw.UserName);
  const title = text(playing.Name);
  const positionMs = msOfTicks(play.PositionTicks);
  return {
    userId,
    ...(userName !== undefined && { userName }),
    upstreamId,
    ...(title !== undefined && { title }),
    paused: play.IsPaused === true,
    ...(positionMs !== undefined && { positionMs }),
  };
}

/** Undefined where the reply names no server. */
export function mapIdentity(raw: WireObject): ServerIdentity | undefined {
  const uuid = text(raw.Id);
  if (uuid === undefined) return undefined;
  return { uuid, name: text(raw.ServerName) ?? '', version: text(raw.Version) ?? '' };
}
