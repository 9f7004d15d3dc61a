import type { TrackedEpisode, TrackedList, TrackedSlot, TrackedTitle } from '#core/upstreams/index.ts';
import type { ExternalIds } from '#kernel/external-ids.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';

/** What a person has switched on for a connection. All of it is off until they do. */
export type Switches = Readonly<{
  /** What is there comes here. */
  takes: boolean;
  /** What is here goes there. */
  sends: boolean;
  lists: boolean;
  ratings: boolean;
}>;

/** A movie or an episode that stands as watched here. */
export type WatchedHere = Readonly<{
  mediaId: MediaId;
  /** Of an episode, as media servers count it; absent where nobody told. */
  slot?: TrackedSlot;
  /** The latest day that is known. */
  at?: Instant;
}>;

export type Pair<T> = Readonly<{ here?: T; there?: T }>;

/** A movie or an episode that both sides had as watched. `own` is its place in the tracker's own numbering; of a movie 0 and 0. */
export type Agreed = Readonly<{ mediaId: MediaId; number: number; own: TrackedSlot; hereAt?: Instant; thereAt?: Instant }>;

/** The title there, as it was read last. */
export type SeenTitle = Pick<
  TrackedTitle,
  'ids' | 'list' | 'rating' | 'ratedAt' | 'watched' | 'watchedAt' | 'episodes' | 'complete' | 'numbering'
>;

/**
 * What is known of one number of the tracker. `seen` is absent where the title is there no more. `alone`: a season of an anime that is known
 * to be the only one of its show.
 */
export type RemoteSide = Readonly<{ number: number; seen?: SeenTitle; list: Pair<TrackedList>; rating: Pair<number>; alone?: true }>;

/** All that is held against each other for one movie or one show. */
export type SyncFacts = Readonly<{
  /** Absent where nobody here knows the title. */
  mediaId?: MediaId;
  kind: 'movie' | 'show';
  title: string;
  year?: number;
  ids: ExternalIds;
  anime?: boolean;
  here: Readonly<{
    watched: readonly WatchedHere[];
    /** Taken out of the history on purpose. */
    hidden: ReadonlySet<MediaId>;
    list?: Readonly<{ list: TrackedList; changedAt: Instant }>;
    rating?: Readonly<{ rating: number; ratedAt: Instant }>;
  }>;
  /** Several seasons of an anime can be one show here. */
  there: readonly RemoteSide[];
  agreed: readonly Agreed[];
  /** Which movie or episode here a place there means, `number:season:episode` by the tracker's own numbers; only for places that are new. */
  meant: ReadonlyMap<string, MediaId>;
  /** What was sent and not seen yet, or not taken: ids of movies and episodes, `list`, `rating`. */
  open: ReadonlySet<MediaId | 'list' | 'rating'>;
}>;

export type TakenWatch = Readonly<{
  mediaId?: MediaId;
  /** Absent for a movie. */
  slot?: TrackedSlot;
  at?: Instant;
  number: number;
  own: TrackedSlot;
}>;

/** What the house has to do. `null` takes a list or a rating away. */
export type Take = Readonly<{
  watched: readonly TakenWatch[];
  unwatched: readonly MediaId[];
  list?: TrackedList | null;
  rating?: number | null;
  ratedAt?: Instant;
}>;

export type SentWatch = WatchedHere & Readonly<{ number?: number }>;

/** What the tracker has to be told. */
export type Send = Readonly<{
  watched: readonly SentWatch[];
  unwatched: readonly Agreed[];
  /** These numbers leave the library there. */
  remove: readonly number[];
  list?: TrackedList;
  rating?: number | null;
  ratedAt?: Instant;
}>;

/** What both sides turn out to have, and what neither has any more: to be noted, whatever else is done. */
export type Accord = Readonly<{
  watched: readonly Agreed[];
  forgotten: readonly MediaId[];
  /** By the number of the title there. */
  lists: readonly (Pair<TrackedList> & Readonly<{ number: number }>)[];
  ratings: readonly (Pair<number> & Readonly<{ number: number }>)[];
  /** What was sent has been seen. */
  closed: readonly (MediaId | 'list' | 'rating')[];
}>;

export type TitlePlan = Readonly<{ facts: SyncFacts; take: Take; send: Send; accord: Accord; reasons: readonly string[] }>;

export const slotKey = (number: number, { season, number: episode }: TrackedSlot): string => `${number}:${season}:${episode}`;
export const MOVIE_SLOT: TrackedSlot = { season: 0, number: 0 };

/** Ids that only anime have: by these a season of an anime is known, and by the others the whole show. */
const SHARED: ReadonlySet<string> = new Set(['imdb', 'tmdb', 'tvdb']);
export const sharedIds = (ids: ExternalIds): ExternalIds =>
  Object.fromEntries(Object.entries(ids).filter(([provider]) => SHARED.has(provider)));

/** True where a title there is a part of a show here, so that its list and its rating are not those of the show. */
export const isPart = ({ numbering, episodes }: Pick<SeenTitle, 'numbering' | 'episodes'>, ids: ExternalIds): boolean =>
  numbering === 'own' && (episodes.some((episode) => episode.aired !== undefined) || Object.keys(sharedIds(ids)).length > 0);

/** Where media servers have the episode; undefined where nobody tells, which is never guessed. */
export function placeOf(
  title: Pick<SeenTitle, 'numbering' | 'episodes'>,
  ids: ExternalIds,
  episode: TrackedEpisode,
): TrackedSlot | undefined {
  if (title.numbering === 'aired') return { season: episode.season, number: episode.number };
  return episode.aired ?? (isPart(title, ids) ? undefined : { season: episode.season, number: episode.number });
}
