import type { AccountId, MediaId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';

/** An id as some provider spells it: `{ provider: 'imdb', value: 'tt0111161' }`. */
export type IdOfProvider = Readonly<{ provider: string; value: string }>;

/** A text, as a part (whatever the capitals) or as the whole of a field; or a range of numbers, both ends included. */
export type FieldMatch = Readonly<{ text: string; exact: boolean }> | Readonly<{ from: number; to: number }>;

/**
 * Fields of what one account says of its copy. `title` is that of the item itself, `workTitle` that of the movie or of the
 * series. Flags (`played`, `favorite`, `several` episodes in one file) are 0 and 1, dates Instants. The last form is an id.
 */
export type ReportField =
  | 'upstreamId'
  | 'kind'
  | 'title'
  | 'workTitle'
  | 'libraryId'
  | 'showUpstreamId'
  | 'path'
  | 'overview'
  | 'genres'
  | 'releasedOn'
  | 'event'
  | 'played'
  | 'addedAt'
  | 'lastPlayedAt'
  | 'positionMs'
  | 'rating'
  | 'favorite'
  | 'season'
  | 'episode'
  | 'year'
  | 'several'
  | 'observedAt'
  | Readonly<{ idsOf: 'title' | 'show'; provider: string }>;

export type ReportFilter = Readonly<{
  /** Only what these accounts say. */
  accounts: readonly AccountId[];
  field: ReportField;
  match: FieldMatch;
}>;

/** All that is given must hold. Texts are looked for as a part, whatever the capitals. */
export type HistoryFilter = Readonly<{
  watched?: boolean;
  id?: MediaId;
  /** The account that last decided where the person stands; an empty list matches nothing. */
  via?: readonly AccountId[];
  year?: number;
  kind?: 'movie' | 'episode';
  /** Of the movie, or of the series of an episode. */
  title?: string;
  /** Of the episode itself. */
  episodeTitle?: string;
  season?: number;
  episode?: number;
  /** Of the series of an episode. */
  parent?: IdOfProvider;
  ids?: IdOfProvider;
  /** Several reports may be asked for; each must be met by some copy. */
  reports?: readonly ReportFilter[];
}>;

export type HistorySort = Readonly<{
  by: 'id' | 'kind' | 'changedAt' | 'watched' | 'via' | 'title' | 'year' | 'season' | 'episode' | 'createdAt' | 'updatedAt';
  descending: boolean;
}>;

export type HistoryQuery = HistoryFilter &
  Readonly<{
    /** First things first; newest change first where absent. Ties go by id, in the direction of the first sort. */
    sort?: readonly HistorySort[];
  }>;

export type HistoryPage = Readonly<{ offset: number; limit: number }>;

/** One play as it is shown: when, if that is known, and by whom and how it was told first. */
export type PlayTold = Readonly<{ mediaId: MediaId; at?: Instant; accountId?: AccountId; how?: string }>;
