import type { ExternalIds } from '#kernel/external-ids.ts';
import type { Instant } from '#kernel/instant.ts';

/** One file of somebody's export. `name` is its path within it. */
export type ExportedFile = Readonly<{ name: string; text: string }>;

export type ExportedTitle = Readonly<{ kind: 'movie' | 'show'; title?: string; year?: number; ids: ExternalIds }>;
export type ExportedEpisode = Readonly<{ season: number; number: number; title?: string; ids: ExternalIds }>;

/** `at` is absent where the export knows no day. `episode` is there for shows alone. */
export type ExportedWatch = Readonly<{ at?: Instant; episode?: ExportedEpisode }>;
/** Where a person stands with a movie or an episode, told by an export that knows more than watches. */
export type ExportedStanding = Readonly<{
  episode?: ExportedEpisode;
  watched: boolean;
  /** When it became so. */
  at?: Instant;
  position?: Readonly<{ ms: number; at?: Instant }>;
}>;
/** Where an app stopped in a movie or an episode, in percent, as it was told: there are titles whose length nobody knows. */
export type ExportedPlayback = Readonly<{ episode?: ExportedEpisode; percent: number; at: Instant }>;
/** Whole, from 1 to 10. */
export type ExportedRating = Readonly<{ value: number; at?: Instant }>;
export type ExportedList = 'watching' | 'plantowatch' | 'hold' | 'completed' | 'dropped';

/** All that an export says of one title. */
export type ExportedRecord = Readonly<{
  title: ExportedTitle;
  /** Where it was first met, for the person who looks it up. */
  place: string;
  watches: readonly ExportedWatch[];
  /** Empty where watches are all that the export knows: what was watched is watched. */
  standings: readonly ExportedStanding[];
  playbacks?: readonly ExportedPlayback[];
  list?: Readonly<{ name: ExportedList; at?: Instant }>;
  rating?: ExportedRating;
  memo?: Readonly<{ text: string; isPrivate: boolean }>;
}>;

export type LeftOut = Readonly<{ place: string; reason: string }>;

export type ExportedHistory = Readonly<{
  records: readonly ExportedRecord[];
  /** What the export says and has no place here, or cannot be read. */
  leftOut: readonly LeftOut[];
  /** Files in which nothing was looked for. */
  unread: readonly string[];
}>;

/** Reads what another service wrote out for a person. Pure: the same files tell the same. */
export type HistoryFileReader = Readonly<{
  format: string;
  title: string;
  /** Whether these files are such an export. */
  recognises(files: readonly ExportedFile[]): boolean;
  /** @throws AppError `invalid`, naming the file, where none of it can be read */
  read(files: readonly ExportedFile[]): ExportedHistory;
}>;
