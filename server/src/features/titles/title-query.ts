import type { ListName } from '#core/viewing/index.ts';
import type { MediaId, PersonId, ServerId } from '#kernel/ids.ts';
import type { TitleState } from './stand-of.ts';

/** What titles are wanted. All of it is of the one person who looks, but for `watchedBy` and `unwatchedBy`. */
export type TitleFilter = Readonly<{
  /** Parts of the title, or an id of the title at some provider. */
  text?: string;
  kind?: 'movie' | 'show';
  state?: TitleState;
  watchedBy?: PersonId;
  unwatchedBy?: PersonId;
  /** The person's places, or their history, say different things of it. */
  differs?: boolean;
  place?: ServerId;
  list?: ListName | 'any';
  rated?: boolean;
  missingIds?: boolean;
  /** Only these: what has been requested, for instance. */
  among?: readonly MediaId[];
  notAmong?: readonly MediaId[];
}>;

export type TitleSort = 'title' | 'added' | 'watched' | 'year' | 'rating';

/** Who looks. `everything` sees titles that only concern others too. */
export type Viewer = Readonly<{ person: PersonId; everything: boolean }>;

export type TitlePage = Readonly<{ sort: TitleSort; descending: boolean; offset: number; limit: number }>;

/** How many titles of what is looked at there are, by what they can be narrowed down to. */
export type TitleCounts = Readonly<{
  total: number;
  movies: number;
  shows: number;
  open: number;
  part: number;
  watched: number;
  differs: number;
  listed: number;
  rated: number;
  missingIds: number;
}>;
