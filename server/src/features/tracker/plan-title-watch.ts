import type { EpisodePlace, KnownEpisodes, TitleStatus } from '#core/media/index.ts';
import type { ListName } from '#core/viewing/index.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Memo } from './memos.store.ts';
import { hasAired } from './plan-entry.ts';

/** An episode as an app names it, with the day on which it says that it was watched. */
export type EpisodeWord = Readonly<{ season?: number; number?: number; ids?: unknown; title?: string; day?: Instant }>;

/** A season without episodes is all of it that is out. */
export type SeasonWord = Readonly<{ number: number; day?: Instant; episodes?: readonly EpisodeWord[] }>;

/**
 * How an app counts the episodes of anime: as the sites of anime do, from 1 in each of their titles, or as TVDB does. Absent: as our own
 * answers count, which is how servers do.
 */
export type Numbering = 'native' | 'tvdb';

/** What an app says of a movie or a show. Without seasons it speaks of the whole title. */
export type TitleWord = Readonly<{
  day?: Instant;
  addedAt?: Instant;
  list?: ListName;
  memo?: Memo;
  seasons?: readonly SeasonWord[];
  /** The whole title is these episodes of it. */
  part?: readonly EpisodePlace[];
}>;

export type TitleWatchFacts = Readonly<{
  kind: 'movie' | 'show';
  word: TitleWord;
  known: KnownEpisodes;
  status?: TitleStatus;
  /** The list that it is on. */
  listed?: ListName;
  /** Nothing is marked, and nothing moves, for a whole title without a list. */
  skipAutoWatching: boolean;
  now: Instant;
}>;

export type TitleWatchPlan = Readonly<{
  /** The movie itself was watched. */
  movie?: Readonly<{ day?: Instant }>;
  episodes: readonly EpisodeWord[];
  list?: ListName;
}>;

/** Pure: which episodes an app means, and on which list it wants the title. */
export function planTitleWatch(facts: TitleWatchFacts): TitleWatchPlan {
  const { kind, word, listed } = facts;
  const wish = word.list === undefined ? {} : { list: word.list };
  if (isMemoAlone(word) && listed !== undefined) return { episodes: [] };
  if (kind === 'movie') return ofFilm(word);
  if (word.seasons !== undefined) return { episodes: word.seasons.flatMap((season) => ofSeason(facts, season)), ...wish };
  if (word.list !== undefined && word.list !== 'completed') return { episodes: [], ...wish };
  if (word.list === undefined && facts.skipAutoWatching) return { episodes: [], ...(listed === undefined && { list: 'plantowatch' }) };
  const episodes = facts.status === 'upcoming' ? [] : aired(facts).map((one) => ({ ...one, ...dayOf(word.day) }));
  // Whoever is through with a part may have more of it to see.
  return { episodes, list: word.part === undefined ? (word.list ?? 'watching') : 'watching' };
}

/** Seasons that are named as a whole and of which nobody knows an episode. */
export const unknownSeasons = (seasons: readonly SeasonWord[] = [], { episodes }: KnownEpisodes): readonly EpisodeWord[] =>
  seasons
    .filter((season) => season.episodes === undefined && !episodes.some((one) => one.season === season.number))
    .map(({ number }) => ({ season: number }));

function ofFilm({ list, day, seasons }: TitleWord): TitleWatchPlan {
  const isWatched = list === undefined || list === 'completed' || list === 'watching';
  const film = seasons === undefined ? dayOf(day) : filmIn(seasons).film;
  return { episodes: [], ...(list && { list }), ...(isWatched && film && { movie: film }) };
}

/** A film that is counted in episodes is its own one, the first of a first season. `missing`: what else was named of it. */
export function filmIn(seasons: readonly SeasonWord[]): Readonly<{ film?: Readonly<{ day?: Instant }>; missing: readonly EpisodeWord[] }> {
  const parts = seasons.flatMap(({ number: season, day, episodes }) =>
    episodes === undefined
      ? [{ season, number: 1, isWhole: true, ...dayOf(day) }]
      : episodes.map((one) => ({ ...dayOf(day), season, ...one })),
  );
  const isFilm = ({ season, number }: EpisodeWord): boolean => season === 1 && number === 1;
  const film = parts.find(isFilm);
  return {
    ...(film && { film: dayOf(film.day) }),
    missing: parts.filter((one) => !isFilm(one)).map((one) => ('isWhole' in one ? { season: one.season } : one)),
  };
}

/** Of a title that is listed, a memo without anything else is no word on watching it. */
const isMemoAlone = ({ memo, list, seasons, day, addedAt }: TitleWord): boolean =>
  memo !== undefined && list === undefined && seasons === undefined && day === undefined && addedAt === undefined;

function ofSeason(facts: TitleWatchFacts, { number, day, episodes }: SeasonWord): readonly EpisodeWord[] {
  const usual = dayOf(day ?? facts.word.day);
  if (episodes !== undefined) return episodes.map((episode) => ({ ...usual, season: number, ...episode }));
  return aired(facts, number).map((one) => ({ ...one, ...usual }));
}

/** Everything but the specials, unless they are what is asked for. */
function aired(
  { known, now, status, word: { part } }: TitleWatchFacts,
  season?: number,
): readonly Readonly<{ season: number; number: number }>[] {
  return known.episodes
    .filter((one) => (season === undefined ? part !== undefined || one.season > 0 : one.season === season))
    .filter((one) => hasAired(one, { now, status }))
    .filter(
      (one) => season !== undefined || part === undefined || part.some((own) => own.season === one.season && own.number === one.number),
    )
    .map((one) => ({ season: one.season, number: one.number }));
}

const dayOf = (day: Instant | undefined): Readonly<{ day?: Instant }> => (day === undefined ? {} : { day });
