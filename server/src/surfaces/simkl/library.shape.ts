import type { LibraryItem, LibraryType, Slot } from '#features/tracker/index.ts';
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

/** One title of a library as JSON, as an answer shows it. Anime lies under `show`, films among them too. */
export function libraryEntry(item: LibraryItem, view: LibraryView): JsonText {
  const { entry, media, rating } = item;
  const { type } = entry;
  const key = type === 'movies' ? 'movie' : 'show';
  if (view.ids === 'own') return `{"${key}":{"ids":{"simkl":${item.number},"slug":${quoted(slugOf(media.title))}}}}`;
  if (view.ids === 'all') return `{"${key}":{"ids":${idsOf(item)}}}`;
  const isFilm = media.kind === 'movie';
  let text = `{"added_to_watchlist_at":${shown(item.since)},"last_watched_at":${shown(entry.lastWatchedAt)}`;
  text += `,"user_rated_at":${shown(rating?.ratedAt)},"user_rating":${rating?.rating ?? null}`;
  text += `,"status":"${wordOfList(item.list, view.app)}"`;
  if (type !== 'movies') {
    text += `,"last_watched":${orNull(markerOf(entry.lastWatched, type))},"next_to_watch":${orNull(markerOf(entry.nextToWatch, type))}`;
  }
  text += countsOf(item);
  if (type === 'anime') text += `,"anime_type":${isFilm ? '"movie"' : null}`;
  text += `,"${key}":{"title":${quoted(media.title)},"poster":null,"year":${media.year ?? null}`;
  if (view.full) text += `,"runtime":${minutesOf(item.length)}`;
  text += `,"ids":${idsOf(item)}}`;
  if (!isFilm) text += detailsOf(item, view);
  if (view.memos) text += `,"memo":${memoOf(item)}`;
  return `${text}}`;
}

const memoOf = ({ memo }: LibraryItem): JsonText =>
  memo === undefined ? '{}' : `{"text":${quoted(memo.text)},"is_private":${memo.isPrivate}}`;

/** A film among the anime is its own one episode. */
function countsOf({ entry, media }: LibraryItem): JsonText {
  const isOne = entry.type === 'anime' && media.kind === 'movie';
  const [watched, total] = isOne ? [Number(entry.lastWatchedAt !== undefined), 1] : [entry.watched, entry.total];
  return `,"watched_episodes_count":${watched},"total_episodes_count":${total},"not_aired_episodes_count":${entry.notAired}`;
}

const BEGUN = new Set(['watching', 'plantowatch', 'hold']);

function detailsOf(item: LibraryItem, view: LibraryView): JsonText {
  const { entry, list } = item;
  let text = '';
  if (view.full && (view.allEpisodes !== 'no' || BEGUN.has(list))) text += `,"seasons":${seasonsOf(item, view)}`;
  if (view.tvdbSeasons && entry.type === 'anime')
    text += `,"mapped_tvdb_seasons":[${[...new Set(entry.episodes.map((one) => one.season))].join()}]`;
  if (view.nextInfo && list === 'watching' && entry.nextToWatch !== undefined)
    text += `,"next_to_watch_info":${nextInfo(item, entry.nextToWatch)}`;
  return text;
}

type Shown = Slot & Readonly<{ at?: Instant; mediaId?: LibraryItem['entry']['mediaId'] }>;

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
function seasonsOf(item: LibraryItem, view: LibraryView): JsonText {
  const seasons = new Map<number, JsonText>();
  const episodeOf = episodeWriter(item, view);
  for (const one of shownEpisodes(item, view)) {
    const before = seasons.get(one.season);
    seasons.set(one.season, before === undefined ? episodeOf(one) : `${before},${episodeOf(one)}`);
  }
  let text = '';
  for (const [number, episodes] of seasons) text += `${text === '' ? '' : ','}{"number":${number},"episodes":[${episodes}]}`;
  return `[${text}]`;
}

function episodeWriter(item: LibraryItem, view: LibraryView): (one: Shown) => JsonText {
  const numbers = view.tvdbSeasons && item.entry.type === 'anime';
  const ids = view.tvdbIds ? item.episodeIds : undefined;
  const lengths = view.runtimes ? new Map((item.known?.episodes ?? []).map((one) => [placeOf(one), one.runtimeMs])) : undefined;
  return (one) => {
    let text = `{"number":${one.number}`;
    if (view.watchedAt) text += `,"watched_at":${shown(one.at)}`;
    if (numbers) text += `,"tvdb":{"season":${one.season},"episode":${one.number}}`;
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
