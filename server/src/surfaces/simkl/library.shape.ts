import type { KeptRewatch, LibraryItem, LibraryType, Slot } from '#features/tracker/index.ts';
import { type Instant, toAtom } from '#kernel/instant.ts';
import { wordOfList } from './list-words.ts';
import type { SimklApp } from './simkl.auth.ts';
import { slugOf } from './title-object.ts';
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

/** A whole library is some fifty megabytes of this: it is written as JSON at once, since objects on the way would take most of the time. */
type JsonText = string;

const quoted = (text: string): JsonText => JSON.stringify(text);
const shown = (at: Instant | undefined): JsonText => (at === undefined ? 'null' : `"${secondsOf(at)}"`);
const minutesOf = (ms: number | undefined): JsonText => (ms === undefined ? 'null' : String(Math.round(ms / 60_000)));
const orNull = (text: string | null): JsonText => (text === null ? 'null' : quoted(text));
const two = (number: number): string => String(number).padStart(2, '0');

/** `S01E02`; of anime, which has no seasons of its own, `E2`, unless a server counts in seasons. */
export const markerOf = (slot: Slot | undefined, type: LibraryType): string | null => {
  if (slot === undefined) return null;
  return type === 'anime' && slot.season === 1 ? `E${slot.number}` : `S${two(slot.season)}E${two(slot.number)}`;
};

/** The number as a number, everything else as text. */
function idsOf({ number, media }: LibraryItem): JsonText {
  let text = `{"simkl":${number},"slug":${quoted(slugOf(media.title))}`;
  for (const provider in media.ids) {
    const id = media.ids[provider];
    if (id !== undefined && provider !== 'simkl' && provider !== 'slug') text += `,${quoted(provider)}:${quoted(id)}`;
  }
  return `${text}}`;
}

type Episode = LibraryItem['entry']['episodes'][number];
type Shown = Slot & Readonly<{ at?: Instant; mediaId?: Episode['mediaId'] }>;

/** A time that somebody went through a title, as far as it is another one than the others. */
type Time = Readonly<{
  lastWatchedAt: Instant | undefined;
  lastWatched: Slot | undefined;
  nextToWatch: Slot | undefined;
  watched: number;
  /** Undefined where they are not shown. */
  episodes: readonly Shown[] | undefined;
  /** What only apps read that know of rewatches. */
  marks: JsonText;
}>;

/** One title of a library as JSON, and behind it its rewatches where the app knows of such. */
export function libraryEntries(item: LibraryItem, view: LibraryView): JsonText {
  const key = item.entry.type === 'movies' ? 'movie' : 'show';
  if (view.ids === 'own') return `{"${key}":{"ids":{"simkl":${item.number},"slug":${quoted(slugOf(item.media.title))}}}}`;
  if (view.ids === 'all') return `{"${key}":{"ids":${idsOf(item)}}}`;
  let text = entryText(item, view, ownTime(item, view));
  if (view.rewatches) for (const one of item.rewatches ?? []) text += `,${entryText(item, view, timeAgain(item, one, view))}`;
  return text;
}

function ownTime(item: LibraryItem, view: LibraryView): Time {
  const { lastWatchedAt, lastWatched, nextToWatch } = item.entry;
  return {
    lastWatchedAt,
    lastWatched,
    nextToWatch,
    watched: isOwnEpisode(item) ? Number(lastWatchedAt !== undefined) : item.entry.watched,
    episodes: view.full && (view.allEpisodes !== 'no' || BEGUN.has(item.list)) ? shownEpisodes(item, view) : undefined,
    marks: view.rewatches ? ',"is_rewatch":false' : '',
  };
}

/** Of a rewatch its episodes are shown whatever the title's list is: apps take its progress from them. */
function timeAgain(item: LibraryItem, { id, status, plays }: KeptRewatch, view: LibraryView): Time {
  const { entry, media } = item;
  const at = new Map(plays.map((play) => [play.mediaId, play.at]));
  const days = [...at.values()];
  const time = {
    ...ownTime(item, view),
    lastWatchedAt: days.length === 0 ? undefined : Math.max(...days),
    marks: `,"is_rewatch":true,"rewatch_id":${id},"rewatch_status":"${status}"`,
  };
  if (media.kind !== 'show') return time;
  const episodes = entry.episodes.flatMap((one) => (at.has(one.mediaId) ? [{ ...one, at: at.get(one.mediaId) ?? one.at }] : []));
  const regular = episodes.filter((one) => one.season > 0);
  const last = regular.toSorted((one, other) => one.at - other.at || placeOf(one) - placeOf(other)).at(-1);
  const isNext = (one: Episode): boolean => one.season > 0 && !at.has(one.mediaId) && (!last || placeOf(one) > placeOf(last));
  return {
    ...time,
    lastWatched: last,
    nextToWatch: entry.episodes.find(isNext),
    watched: regular.length,
    episodes: view.full ? episodes : undefined,
  };
}

/** Anime lies under `show`, films among them too. */
function entryText(item: LibraryItem, view: LibraryView, time: Time): JsonText {
  const { entry, media, rating } = item;
  const { type } = entry;
  const isFilm = media.kind === 'movie';
  let text = `{"added_to_watchlist_at":${shown(item.since)},"last_watched_at":${shown(time.lastWatchedAt)}`;
  text += `,"user_rated_at":${shown(rating?.ratedAt)},"user_rating":${rating?.rating ?? null}`;
  text += `,"status":"${wordOfList(item.list, view.app)}"`;
  if (type !== 'movies') {
    text += `,"last_watched":${orNull(markerOf(time.lastWatched, type))},"next_to_watch":${orNull(markerOf(time.nextToWatch, type))}`;
  }
  text += `,"watched_episodes_count":${time.watched},"total_episodes_count":${isOwnEpisode(item) ? 1 : entry.total}`;
  text += `,"not_aired_episodes_count":${entry.notAired}`;
  if (type === 'anime') text += `,"anime_type":${isFilm ? '"movie"' : orNull(item.animeType ?? null)}`;
  text += `,"${type === 'movies' ? 'movie' : 'show'}":{"title":${quoted(media.title)},"poster":null,"year":${media.year ?? null}`;
  if (view.full) text += `,"runtime":${minutesOf(item.length)}`;
  text += `,"ids":${idsOf(item)}}`;
  if (!isFilm) text += detailsOf(item, view, time);
  if (view.memos) text += `,"memo":${memoOf(item)}`;
  return `${text}${time.marks}}`;
}

const memoOf = ({ memo }: LibraryItem): JsonText =>
  memo === undefined ? '{}' : `{"text":${quoted(memo.text)},"is_private":${memo.isPrivate}}`;

/** A film among the anime is its own one episode. */
const isOwnEpisode = ({ entry, media }: LibraryItem): boolean => entry.type === 'anime' && media.kind === 'movie';

const BEGUN = new Set(['watching', 'plantowatch', 'hold']);

function detailsOf(item: LibraryItem, view: LibraryView, { episodes }: Time): JsonText {
  const { entry, list } = item;
  let text = '';
  if (episodes !== undefined) text += `,"seasons":${seasonsOf(item, episodes, view)}`;
  if (view.tvdbSeasons && entry.type === 'anime') text += `,"mapped_tvdb_seasons":[${tvdbSeasonsOf(item).join()}]`;
  if (view.nextInfo && list === 'watching' && entry.nextToWatch !== undefined)
    text += `,"next_to_watch_info":${nextInfo(item, entry.nextToWatch)}`;
  return text;
}

const tvdbSeasonsOf = ({ tvdbPlaces }: LibraryItem): number[] =>
  [...new Set([...(tvdbPlaces?.values() ?? [])].map((place) => place.season))].sort((one, other) => one - other);

const placeOf = ({ season, number }: Slot): number => season * 100_000 + number;

/** Of what somebody called completed as a whole, every episode that is out was watched when the last one was. */
function shownEpisodes({ entry, known, list }: LibraryItem, view: LibraryView): readonly Shown[] {
  if (view.allEpisodes !== 'yes' || list !== 'completed' || known === undefined) return entry.episodes;
  const seen = new Set(entry.episodes.map(placeOf));
  const at = entry.lastWatchedAt === undefined ? {} : { at: entry.lastWatchedAt };
  const rest = known.episodes.filter((one) => one.season > 0 && !seen.has(placeOf(one)));
  return [...entry.episodes, ...rest.map(({ season, number }) => ({ season, number, ...at }))].sort(
    (one, other) => one.season - other.season || one.number - other.number,
  );
}

/** Seasons in the order in which their first episodes come, as their episodes do. */
function seasonsOf(item: LibraryItem, episodesShown: readonly Shown[], view: LibraryView): JsonText {
  const seasons = new Map<number, JsonText>();
  const episodeOf = episodeWriter(item, view);
  for (const one of episodesShown) {
    const before = seasons.get(one.season);
    seasons.set(one.season, before === undefined ? episodeOf(one) : `${before},${episodeOf(one)}`);
  }
  let text = '';
  for (const [number, episodes] of seasons) text += `${text === '' ? '' : ','}{"number":${number},"episodes":[${episodes}]}`;
  return `[${text}]`;
}

function episodeWriter(item: LibraryItem, view: LibraryView): (one: Shown) => JsonText {
  const places = view.tvdbSeasons ? item.tvdbPlaces : undefined;
  const ids = view.tvdbIds ? item.episodeIds : undefined;
  const lengths = view.runtimes ? new Map((item.known?.episodes ?? []).map((one) => [placeOf(one), one.runtimeMs])) : undefined;
  return (one) => {
    let text = `{"number":${one.number}`;
    if (view.watchedAt) text += `,"watched_at":${shown(one.at)}`;
    const place = places?.get(`${one.season} ${one.number}`);
    if (place) text += `,"tvdb":{"season":${place.season},"episode":${place.number}}`;
    const id = ids && one.mediaId !== undefined ? ids.get(one.mediaId) : undefined;
    if (id !== undefined) text += `,"ids":{"tvdb_id":${Number(id)}}`;
    if (lengths) text += `,"runtime":${minutesOf(lengths.get(placeOf(one)))}`;
    return `${text}}`;
  };
}

function nextInfo({ entry, known }: LibraryItem, next: Slot): JsonText {
  const episode = known?.episodes.find((one) => one.season === next.season && one.number === next.number);
  const season = entry.type === 'anime' ? '' : `,"season":${next.season}`;
  const date = episode?.airedAt === undefined ? null : `"${toAtom(episode.airedAt)}"`;
  return `{"title":${quoted(episode?.title ?? `Episode ${next.number}`)}${season},"episode":${next.number},"date":${date}}`;
}
