import type { KeptRewatch, LibraryItem, LibraryType, Slot } from '#features/tracker/index.ts';
import { type Instant, toAtom } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import { wordOfList } from './list-words.ts';
import type { SimklApp } from './simkl.auth.ts';
import { idsOf, slugOf } from './title-object.ts';
import { secondsOf } from './told-title.ts';

/** What an app asked to be shown of each title. */
export type LibraryView = Readonly<{
  app: Pick<SimklApp, 'dialect'>;
  ids?: 'all' | 'own';
  full: boolean;
  /** The episodes of each anime by TVDB's numbers beside its own. */
  tvdbSeasons: boolean;
  watchedAt: boolean;
  /** Also of what was completed or dropped; `yes` also those that were never marked one by one. */
  allEpisodes: 'no' | 'yes' | 'original';
  tvdbIds: boolean;
  runtimes: boolean;
  nextInfo: boolean;
  memos: boolean;
  /** The times that the person went through a title again, each as an entry beside its own. */
  rewatches: boolean;
}>;

const shown = (at: Instant | undefined): string | null => (at === undefined ? null : secondsOf(at));
const minutesOf = (ms: number | undefined): number | null => (ms === undefined ? null : Math.round(ms / 60_000));
const two = (number: number): string => String(number).padStart(2, '0');

/** `S01E02`; of anime, which has no seasons of its own, `E2`, unless a server counts in seasons. */
export const markerOf = (slot: Slot | undefined, type: LibraryType): string | null => {
  if (slot === undefined) return null;
  return type === 'anime' && slot.season === 1 ? `E${slot.number}` : `S${two(slot.season)}E${two(slot.number)}`;
};

const keyOf = (type: LibraryType): 'movie' | 'show' => (type === 'movies' ? 'movie' : 'show');

/** One title of a library with its rewatches, where the app knows of such. */
export function libraryEntries(item: LibraryItem, view: LibraryView): readonly JsonObject[] {
  const own = libraryEntry(item, view);
  if (!view.rewatches || view.ids !== undefined) return [own];
  return [{ ...own, is_rewatch: false }, ...(item.rewatches ?? []).map((one) => ({ ...own, ...rewatchOf(item, one, view) }))];
}

/** What of an entry is another in one of its rewatches. */
function rewatchOf(item: LibraryItem, { id, status, plays }: KeptRewatch, view: LibraryView): JsonObject {
  const { entry, media } = item;
  const at = new Map(plays.map((play) => [play.mediaId, play.at]));
  const episodes = entry.episodes.flatMap((one) => (at.has(one.mediaId) ? [{ ...one, at: at.get(one.mediaId) ?? one.at }] : []));
  const regular = episodes.filter((one) => one.season > 0);
  const last = regular.toSorted((one, other) => one.at - other.at || one.season - other.season || one.number - other.number).at(-1);
  const next = entry.episodes.find(
    (one) =>
      one.season > 0 &&
      !at.has(one.mediaId) &&
      (!last || one.season > last.season || (one.season === last.season && one.number > last.number)),
  );
  const days = [...at.values()];
  return {
    is_rewatch: true,
    rewatch_id: id,
    rewatch_status: status,
    last_watched_at: days.length === 0 ? null : secondsOf(Math.max(...days)),
    ...(media.kind === 'show' && {
      watched_episodes_count: regular.length,
      last_watched: markerOf(last, entry.type),
      next_to_watch: markerOf(next, entry.type),
    }),
    ...(media.kind === 'show' && view.full && { seasons: seasonsOf({ ...item, entry: { ...entry, episodes }, list: 'watching' }, view) }),
  };
}

/** One title of a library, as an answer shows it. Anime lies under `show`, films among them too. */
export function libraryEntry(item: LibraryItem, view: LibraryView): JsonObject {
  const { entry, media } = item;
  const key = keyOf(entry.type);
  if (view.ids === 'own') return { [key]: { ids: { simkl: item.number, slug: slugOf(media.title) } } };
  if (view.ids === 'all') return { [key]: { ids: idsOf(item) } };
  const isMovie = entry.type === 'movies';
  const isFilm = media.kind === 'movie';
  return {
    added_to_watchlist_at: secondsOf(item.since),
    last_watched_at: shown(entry.lastWatchedAt),
    user_rated_at: shown(item.rating?.ratedAt),
    user_rating: item.rating?.rating ?? null,
    status: wordOfList(item.list, view.app),
    ...(!isMovie && { last_watched: markerOf(entry.lastWatched, entry.type), next_to_watch: markerOf(entry.nextToWatch, entry.type) }),
    ...countsOf(item),
    ...(entry.type === 'anime' && { anime_type: isFilm ? 'movie' : (item.animeType ?? null) }),
    [key]: {
      title: media.title,
      poster: null,
      year: media.year ?? null,
      ...(view.full && { runtime: minutesOf(item.facts?.runtimeMs) }),
      ids: idsOf(item),
    },
    ...(!isFilm && detailsOf(item, view)),
    ...(view.memos && { memo: item.memo === undefined ? {} : { text: item.memo.text, is_private: item.memo.isPrivate } }),
  };
}

/** A film among the anime is its own one episode. */
function countsOf({ entry, media }: LibraryItem): JsonObject {
  const isOne = entry.type === 'anime' && media.kind === 'movie';
  return {
    watched_episodes_count: isOne ? Number(entry.lastWatchedAt !== undefined) : entry.watched,
    total_episodes_count: isOne ? 1 : entry.total,
    not_aired_episodes_count: entry.notAired,
  };
}

const BEGUN = new Set(['watching', 'plantowatch', 'hold']);

function detailsOf(item: LibraryItem, view: LibraryView): JsonObject {
  const seasons = view.full && (view.allEpisodes !== 'no' || BEGUN.has(item.list)) ? seasonsOf(item, view) : undefined;
  const next = view.nextInfo && item.list === 'watching' ? nextInfo(item) : undefined;
  return {
    ...(seasons && { seasons }),
    ...(view.tvdbSeasons && item.entry.type === 'anime' && { mapped_tvdb_seasons: tvdbSeasonsOf(item) }),
    ...(next && { next_to_watch_info: next }),
  };
}

const tvdbSeasonsOf = ({ tvdbPlaces }: LibraryItem): number[] =>
  [...new Set([...(tvdbPlaces?.values() ?? [])].map((place) => place.season))].sort((one, other) => one - other);

type Shown = Slot & Readonly<{ at?: Instant; mediaId?: LibraryItem['entry']['mediaId'] }>;

/** Of what somebody called completed as a whole, every episode that is out was watched when the last one was. */
function shownEpisodes({ entry, known, list }: LibraryItem, view: LibraryView): readonly Shown[] {
  if (view.allEpisodes !== 'yes' || list !== 'completed') return entry.episodes;
  const seen = new Set(entry.episodes.map((one) => `${one.season} ${one.number}`));
  const at = entry.lastWatchedAt === undefined ? {} : { at: entry.lastWatchedAt };
  const rest = (known?.episodes ?? []).filter((one) => one.season > 0 && !seen.has(`${one.season} ${one.number}`));
  return [...entry.episodes, ...rest.map(({ season, number }) => ({ season, number, ...at }))].sort(
    (one, other) => one.season - other.season || one.number - other.number,
  );
}

function seasonsOf(item: LibraryItem, view: LibraryView): JsonObject['seasons'] {
  const runtimes = view.runtimes
    ? new Map((item.known?.episodes ?? []).map((one) => [`${one.season} ${one.number}`, one.runtimeMs]))
    : undefined;
  const episodeOf = (one: Shown): JsonObject => {
    const place = view.tvdbSeasons ? item.tvdbPlaces?.get(`${one.season} ${one.number}`) : undefined;
    const id = one.mediaId === undefined ? undefined : item.episodeIds?.get(one.mediaId);
    return {
      number: one.number,
      ...(view.watchedAt && { watched_at: shown(one.at) }),
      ...(place && { tvdb: { season: place.season, episode: place.number } }),
      ...(view.tvdbIds && id !== undefined && { ids: { tvdb_id: Number(id) } }),
      ...(runtimes && { runtime: minutesOf(runtimes.get(`${one.season} ${one.number}`)) }),
    };
  };
  return [...Map.groupBy(shownEpisodes(item, view), (one) => one.season)].map(([number, episodes]) => ({
    number,
    episodes: episodes.map(episodeOf),
  }));
}

function nextInfo({ entry, known }: LibraryItem): JsonObject | undefined {
  const { nextToWatch: next } = entry;
  if (next === undefined) return undefined;
  const episode = known?.episodes.find((one) => one.season === next.season && one.number === next.number);
  return {
    title: episode?.title ?? `Episode ${next.number}`,
    ...(entry.type !== 'anime' && { season: next.season }),
    episode: next.number,
    date: episode?.airedAt === undefined ? null : toAtom(episode.airedAt),
  };
}
