import type { KnownEpisode, KnownEpisodes, TitleStatus } from '#core/media/index.ts';
import type { ListName } from '#core/viewing/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';

/** A day that nobody knows, as apps write it: one second after the beginning of 1970. */
export const UNKNOWN_DAY: Instant = 1_000;

export type Slot = Readonly<{ season: number; number: number }>;
export type WatchedEpisode = Slot & Readonly<{ mediaId: MediaId; at: Instant }>;

/** A title as the library last showed it. */
export type EntryBefore = Readonly<{ list: ListName; watched: ReadonlyMap<MediaId, Instant> }>;

export type EntryFacts = Readonly<{
  kind: 'movie' | 'show';
  /** Absent where the title is on no list. */
  before?: EntryBefore;
  /** The movie itself, or episodes of the show, that stand as watched. */
  watched: ReadonlyMap<MediaId, Instant>;
  /** Of a show. */
  known: KnownEpisodes;
  status?: TitleStatus;
  /** Where somebody said which list it belongs on. */
  wish?: ListName;
  now: Instant;
}>;

export type Entry = Readonly<{
  list: ListName;
  watched: number;
  total: number;
  notAired: number;
  lastWatchedAt?: Instant;
  lastWatched?: Slot;
  nextToWatch?: Slot;
  /** When an episode airs, and the counts change by themselves. */
  nextAirAt?: Instant;
  /** By season and number; empty for a movie. */
  episodes: readonly WatchedEpisode[];
}>;

/** Pure: how a title stands in a library, or undefined where it is in none. */
export function planEntry(facts: EntryFacts): Entry | undefined {
  const list = listOf(facts);
  if (list === undefined) return undefined;
  const lastWatchedAt = newest([...facts.watched.values()]);
  const base = { list, ...(lastWatchedAt !== undefined && { lastWatchedAt }) };
  if (facts.kind === 'movie') return { ...base, watched: 0, total: 0, notAired: 0, episodes: [] };
  const regular = facts.known.episodes.filter(isRegular);
  const episodes = watchedEpisodes(facts);
  const seen = episodes.filter(isRegular);
  const last = lastOf(seen);
  const next = nextOf(regular, last, facts);
  const nextAirAt = oldest(regular.flatMap(({ airedAt }) => (airedAt !== undefined && airedAt > facts.now ? [airedAt] : [])));
  return {
    ...base,
    watched: seen.length,
    total: regular.length,
    notAired: regular.filter((episode) => !hasAired(episode, outOf(facts))).length,
    ...(last && { lastWatched: { season: last.season, number: last.number } }),
    ...(next && { nextToWatch: { season: next.season, number: next.number } }),
    ...(nextAirAt !== undefined && { nextAirAt }),
    episodes,
  };
}

function listOf(facts: EntryFacts): ListName | undefined {
  const { kind, before, wish, watched } = facts;
  const isNews = [...watched].some(([id, at]) => at > (before?.watched.get(id) ?? Number.NEGATIVE_INFINITY));
  const isLost = before !== undefined && [...before.watched.keys()].some((id) => !watched.has(id));
  if (kind === 'movie') return movieList(facts, { isNews, isLost });
  const moved = wish ?? showList(before?.list, { isNews, isLost });
  if (moved === 'completed') return wish === undefined || !mayGoOn(facts) ? 'completed' : 'watching';
  return moved === 'watching' && isSeenToTheEnd(facts) ? 'completed' : moved;
}

type Seen = Readonly<{ isNews: boolean; isLost: boolean }>;

/** A movie is watched in one sitting: it is on no list of what is being watched, and on none of what was begun and put aside. */
const MOVIE_LISTS: Readonly<Record<ListName, ListName>> = {
  watching: 'completed',
  completed: 'completed',
  hold: 'plantowatch',
  plantowatch: 'plantowatch',
  dropped: 'dropped',
};

function movieList({ before, wish, watched }: EntryFacts, { isNews, isLost }: Seen): ListName | undefined {
  if (wish !== undefined) return MOVIE_LISTS[wish];
  if (isNews) return 'completed';
  return isLost && watched.size === 0 && before?.list === 'completed' ? 'plantowatch' : before?.list;
}

/** What was dropped stays so, however much of it is seen; whoever finished a show and lost a mark is not through with it. */
function showList(list: ListName | undefined, { isNews, isLost }: Seen): ListName | undefined {
  if (list === 'completed') return isLost ? 'watching' : list;
  return isNews && list !== 'dropped' ? 'watching' : list;
}

const isRegular = ({ season }: Slot): boolean => season > 0;

/** What a server has, and what a show that ended lists, is out; of the rest only its date tells. */
export const hasAired = (
  { airedAt, mediaId }: KnownEpisode,
  { now, status }: Readonly<{ now: Instant; status: TitleStatus | undefined }>,
): boolean => (airedAt === undefined ? mediaId !== undefined || status === 'ended' : airedAt <= now);

const outOf = ({ now, status }: EntryFacts) => ({ now, status });

/** More of it is to come, as far as anybody told. */
const mayGoOn = ({ status, known, now }: EntryFacts): boolean =>
  status === 'airing' || status === 'upcoming' || known.episodes.some((one) => isRegular(one) && !hasAired(one, { now, status: 'ended' }));

/** Only a full list can tell that nothing is left. */
function isSeenToTheEnd(facts: EntryFacts): boolean {
  const { known, status, watched } = facts;
  const regular = known.episodes.filter(isRegular);
  return (
    known.complete &&
    status === 'ended' &&
    regular.length > 0 &&
    regular.every(({ mediaId }) => mediaId !== undefined && watched.has(mediaId))
  );
}

function watchedEpisodes({ known, watched }: EntryFacts): readonly WatchedEpisode[] {
  return known.episodes.flatMap(({ mediaId, season, number }) => {
    const at = mediaId === undefined ? undefined : watched.get(mediaId);
    return mediaId === undefined || at === undefined ? [] : [{ season, number, mediaId, at }];
  });
}

/** The one that was watched last; of those of one day the furthest. */
function lastOf(seen: readonly WatchedEpisode[]): WatchedEpisode | undefined {
  let last: WatchedEpisode | undefined;
  for (const episode of seen) if (last === undefined || episode.at >= last.at) last = episode;
  return last;
}

/** The first that is out and not seen after the one that was watched last: what was skipped before it is no matter. */
function nextOf(regular: readonly KnownEpisode[], last: WatchedEpisode | undefined, facts: EntryFacts): KnownEpisode | undefined {
  const isAfter = (one: Slot): boolean =>
    last === undefined || one.season > last.season || (one.season === last.season && one.number > last.number);
  return regular.find(
    (one) => isAfter(one) && hasAired(one, outOf(facts)) && (one.mediaId === undefined || !facts.watched.has(one.mediaId)),
  );
}

const newest = (days: readonly Instant[]): Instant | undefined =>
  days.reduce<Instant | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined);
const oldest = (days: readonly Instant[]): Instant | undefined =>
  days.reduce<Instant | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined);
