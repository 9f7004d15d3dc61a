import type {
  TrackedEpisode,
  TrackedList,
  TrackedSlot,
  TrackedTitle,
  TrackerItem,
  TrackerMiss,
  TrackerReply,
  TrackerStamps,
  TrackerVerb,
} from '#core/upstreams/index.ts';
import { fromIso, type Instant, toIso } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import { type SimklEcho, type SimklEntry, type SimklMedia, simklEcho, simklEntry, simklIdEntry, simklWritten } from './simkl.wire.ts';

export const SHELVES = ['shows', 'anime', 'movies'] as const;
export type Shelf = (typeof SHELVES)[number];

/** What Simkl writes, and takes, for a day that nobody knows. */
const UNKNOWN_DAY = '1970-01-01T00:00:01Z';
/** Days before it mean that nobody knows. */
const FIRST_DAY = Date.UTC(2000, 0, 1);
/** From here on numbers are those of a household's own server, which the real one must never see. */
export const FIRST_HOUSEHOLD_NUMBER = 2_000_000_000;

const LISTS: Readonly<Record<string, TrackedList>> = {
  watching: 'watching',
  plantowatch: 'plantowatch',
  plan_to_watch: 'plantowatch',
  hold: 'hold',
  completed: 'completed',
  dropped: 'dropped',
  notinteresting: 'dropped',
};

/** The external ids that both sides know by the same name. */
const PROVIDERS: ReadonlySet<string> = new Set(['imdb', 'tmdb', 'tvdb', 'mal', 'anidb', 'anilist', 'kitsu']);
/** Those by which media servers know shows; an anime shares them with the other seasons of its franchise. */
const SHARED: ReadonlySet<string> = new Set(['imdb', 'tmdb', 'tvdb']);

const numberIn = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
};

const set = <Key extends string, T>(key: Key, value: T | undefined): { readonly [K in Key]?: T } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: T };

const dayIn = (text: string | null | undefined): Instant | undefined => {
  const at = fromIso(text?.replace(' ', 'T'));
  return at !== undefined && at >= FIRST_DAY ? at : undefined;
};

/** The tracker's own number and the ids that others know too. */
export function idsIn(ids: Readonly<Record<string, unknown>>): Readonly<{ number: number | undefined; ids: Record<string, string> }> {
  const known: Record<string, string> = {};
  for (const [provider, value] of Object.entries(ids)) {
    const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
    if (PROVIDERS.has(provider) && text !== '' && text !== '0') known[provider] = text;
  }
  return { number: numberIn(ids.simkl) || numberIn(ids.simkl_id) || undefined, ids: known };
}

/** The rows of one shelf in an answer of all items; none in `null`, `{}` and `[]`. Undefined where it is no such answer. */
export function rowsIn(answer: unknown, shelf: Shelf): readonly unknown[] | undefined {
  if (answer === null || (Array.isArray(answer) && answer.length === 0)) return [];
  if (!isRecord(answer)) return undefined;
  const rows = answer[shelf];
  if (rows === undefined || rows === null)
    return Object.keys(answer).every((key) => (SHELVES as readonly string[]).includes(key)) ? [] : undefined;
  return Array.isArray(rows) ? rows : undefined;
}

/** A title as Simkl sends it; `rewatch` for the extra rows of repeats, undefined for what cannot be read. Pure and total. */
export function toTitle(raw: unknown, shelf: Shelf): TrackedTitle | 'rewatch' | undefined {
  if (!simklEntry.Check(raw)) return undefined;
  if (raw.is_rewatch === true) return 'rewatch';
  const media = raw.movie ?? raw.show ?? raw.anime;
  return media ? titleOf(raw, media, shelf) : undefined;
}

function titleOf(raw: SimklEntry, media: SimklMedia, shelf: Shelf): TrackedTitle | undefined {
  const { number, ids } = idsIn(media.ids);
  if (number === undefined) return undefined;
  const isMovie = shelf === 'movies' || (shelf === 'anime' && raw.anime_type === 'movie');
  const list = LISTS[raw.status ?? ''];
  const episodes = isMovie ? [] : episodesIn(raw);
  return {
    kind: isMovie ? 'movie' : 'show',
    number,
    shelf,
    ids,
    title: media.title ?? '',
    ...set('year', numberIn(media.year)),
    ...set('list', list),
    ...ratingIn(raw),
    watched: isMovie && (list === 'completed' || Boolean(raw.last_watched_at)),
    ...(isMovie && set('watchedAt', dayIn(raw.last_watched_at))),
    episodes,
    complete: isMovie || listsAll(raw, episodes),
    numbering: shelf === 'anime' && !isMovie ? 'own' : 'aired',
  };
}

function ratingIn(raw: SimklEntry): Pick<TrackedTitle, 'rating' | 'ratedAt'> {
  const rating = numberIn(raw.user_rating);
  if (rating === undefined || rating < 1 || rating > 10) return {};
  return { rating, ...set('ratedAt', dayIn(raw.user_rated_at)) };
}

/** Simkl counts without the specials. */
function listsAll({ watched_episodes_count }: SimklEntry, episodes: readonly TrackedEpisode[]): boolean {
  const counted = numberIn(watched_episodes_count);
  return counted !== undefined && episodes.filter(({ season }) => season > 0).length >= counted;
}

function episodesIn({ seasons }: SimklEntry): readonly TrackedEpisode[] {
  return (seasons ?? []).flatMap(({ number, episodes }) => {
    const season = numberIn(number) ?? 1;
    return (episodes ?? []).flatMap((episode): TrackedEpisode[] => {
      const slot = numberIn(episode.number);
      if (slot === undefined) return [];
      const [airedSeason, airedNumber] = [numberIn(episode.tvdb?.season), numberIn(episode.tvdb?.episode)];
      const aired = airedSeason === undefined || airedNumber === undefined ? undefined : { season: airedSeason, number: airedNumber };
      return [{ season, number: slot, ...set('at', dayIn(episode.watched_at)), ...set('aired', aired) }];
    });
  });
}

/** The number in an entry of ids alone. */
export function numberOfEntry(raw: unknown): number | undefined {
  if (!simklIdEntry.Check(raw)) return undefined;
  return idsIn((raw.movie ?? raw.show ?? raw.anime)?.ids ?? {}).number;
}

/** Activities, flat: `shows.removed_from_list`. What never changed is left out. */
export function stampsIn(activities: Readonly<Record<string, unknown>>): TrackerStamps {
  const stamps: Record<string, string> = {};
  if (typeof activities.all === 'string') stamps.all = activities.all;
  for (const [key, shelf] of [
    ['tv_shows', 'shows'],
    ['anime', 'anime'],
    ['movies', 'movies'],
  ] as const) {
    const block = activities[key];
    if (!isRecord(block)) continue;
    for (const [kind, at] of Object.entries(block)) if (typeof at === 'string') stamps[`${shelf}.${kind}`] = at;
  }
  return stamps;
}

/** Which free calls a day an account of that kind has. */
export const CALLS_PER_DAY: Readonly<Record<string, number>> = { free: 500, pro: 1_000, vip: 10_000 };

export const PATHS: Readonly<Record<TrackerVerb, string>> = {
  watched: '/sync/history',
  unwatched: '/sync/history/remove',
  remove: '/sync/history/remove',
  list: '/sync/add-to-list',
  rate: '/sync/ratings',
  unrate: '/sync/ratings/remove',
};

const dayOut = (at: Instant | undefined): string => (at === undefined ? UNKNOWN_DAY : `${toIso(at).slice(0, 19)}Z`);

/** An item as Simkl takes it, with all that it could be recognised by. A household's own number stays at home. */
export function toWire(verb: TrackerVerb, item: TrackerItem): Readonly<Record<string, unknown>> {
  const own = item.number !== undefined && item.number < FIRST_HOUSEHOLD_NUMBER ? { simkl: item.number } : {};
  const known = Object.entries(item.ids).filter(([provider]) => PROVIDERS.has(provider) && (!item.airedNumbers || SHARED.has(provider)));
  const title = { ...(item.title && { title: item.title }), ...set('year', item.year), ids: { ...Object.fromEntries(known), ...own } };
  switch (verb) {
    case 'watched':
      return item.kind === 'movie'
        ? { ...title, watched_at: dayOut(item.at) }
        : { ...title, ...aired(item), seasons: seasonsOut(item, true) };
    case 'unwatched':
      return item.kind === 'movie' ? title : { ...title, seasons: seasonsOut(item, false) };
    case 'list':
      return { ...title, to: item.list };
    case 'rate':
      return { ...title, rating: item.rating, ...(item.ratedAt !== undefined && { rated_at: dayOut(item.ratedAt) }) };
    case 'unrate':
    case 'remove':
      return title;
  }
}

const aired = ({ airedNumbers }: TrackerItem) => (airedNumbers === true ? { use_tvdb_anime_seasons: true } : {});

function seasonsOut({ episodes = [] }: TrackerItem, dated: boolean): readonly unknown[] {
  return [...Map.groupBy(episodes, ({ season }) => season)].map(([number, own]) => ({
    number,
    episodes: own.map((episode) => ({ number: episode.number, ...(dated && { watched_at: dayOut(episode.at) }) })),
  }));
}

/** What became of items that were sent. Undefined where the answer says nothing that can be read. */
export function toReply(answer: unknown, verb: TrackerVerb, items: readonly TrackerItem[]): TrackerReply | undefined {
  if (!simklWritten.Check(answer)) return undefined;
  const sent = items.map((item) => ({ item, key: keyOf(toWire(verb, item)) }));
  const indexOf = (echo: SimklEcho): number => sent.findIndex(({ key }) => key === keyOf(echo));
  const { not_found: lost } = answer;
  // Episodes of a known show may be told under their own member, in the show that was sent.
  const inPart = (lost?.episodes ?? []).filter((echo) => simklEcho.Check(echo)).filter((echo) => slotsIn(echo).length > 0);
  const misses = [...(lost?.movies ?? []), ...(lost?.shows ?? []), ...(lost?.anime ?? []), ...inPart].flatMap((echo): TrackerMiss[] => {
    const index = indexOf(echo);
    if (index < 0) return [];
    const episodes = slotsIn(echo);
    return [{ index, ...(episodes.length > 0 && { episodes }) }];
  });
  const put = [answer.added?.movies, answer.added?.shows].flatMap((part) => (Array.isArray(part) ? (part as unknown[]) : []));
  const lists = put.flatMap((echo): [number, TrackedList][] => {
    if (!simklEcho.Check(echo)) return [];
    const [index, list] = [indexOf(echo), LISTS[echo.to ?? '']];
    return index < 0 || list === undefined ? [] : [[index, list]];
  });
  return { misses, lists: new Map(lists) };
}

const slotsIn = ({ seasons }: SimklEcho): readonly TrackedSlot[] =>
  (seasons ?? []).flatMap(({ number, episodes }) =>
    (episodes ?? []).flatMap((episode) => {
      const slot = numberIn(episode.number);
      return slot === undefined ? [] : [{ season: numberIn(number) ?? 1, number: slot }];
    }),
  );

const keyOf = ({ title, year, ids }: Readonly<{ title?: unknown; year?: unknown; ids?: unknown }>): string => {
  const known = Object.entries(isRecord(ids) ? ids : {}).map(([provider, value]) => `${provider}:${String(value)}`);
  return known.length > 0 ? known.sort().join(' ') : `${String(title ?? '')} ${String(year ?? '')}`;
};
