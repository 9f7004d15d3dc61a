import type { ExternalIds } from '#kernel/external-ids.ts';
import type { Instant } from '#kernel/instant.ts';

/** A library as its server shows it. `supported` is false for music, photos and the like: they are never read. */
export type UpstreamLibrary = Readonly<{
  id: string;
  name: string;
  kind: 'movies' | 'shows' | 'mixed' | 'other';
  supported: boolean;
  agent?: string;
}>;

/** One file of an item. `size` in bytes; `resolution` as the server words it (`1080`, `4k`). */
export type UpstreamFile = Readonly<{ path: string; size?: number; resolution?: string }>;

/** What a server says, for one of its users, about one item. Absent members were not said. */
export type UpstreamState = Readonly<{
  played: boolean;
  playCount?: number;
  /** Of the last play. Dates in the future or before 1970 are passed on as they are said; the reader of states judges them. */
  lastPlayedAt?: Instant;
  /** Milliseconds; 0 where the item was not begun or was finished. */
  positionMs: number;
  /** 0 to 10. */
  rating?: number;
  favorite?: boolean;
}>;

export type UpstreamShow = Readonly<{ upstreamId: string; title: string; year?: number; ids: ExternalIds }>;

/**
 * A movie or an episode (or a file of several episodes) on a server, with what one of its users did with it.
 * An adapter never invents a member: what the server did not say is absent.
 */
export type UpstreamItem = Readonly<{
  upstreamId: string;
  libraryId: string;
  kind: 'movie' | 'episode';
  /** Of the movie, or of the episode. */
  title: string;
  year?: number;
  ids: ExternalIds;
  /** Episodes only; `ids` may be empty where the server knows none for the series. */
  show?: UpstreamShow;
  /** 0 is the specials. */
  season?: number;
  /** All episodes that the item holds, ascending: usually one. */
  episodes?: readonly number[];
  /** When this copy came to the server. Another value for the same id is a replaced copy. */
  addedAt?: Instant;
  files: readonly UpstreamFile[];
  overview?: string;
  genres: readonly string[];
  /** `YYYY-MM-DD`. */
  releasedOn?: string;
  runtimeMs?: number;
  state: UpstreamState;
  /** What the server itself said of it, where that was asked for. */
  raw?: unknown;
}>;

/** An item that was read and left alone, and why. Never an error of the page that holds it. */
export type SkippedItem = Readonly<{ upstreamId?: string; title?: string; reason: string }>;

export type ItemPage = Readonly<{
  items: readonly UpstreamItem[];
  skipped: readonly SkippedItem[];
  /** When the page was asked for: what its items say is as old as that, however long it took to come and to be handled. */
  askedAt: Instant;
  /** Position of the page in its library, and the library's size as the server counted it when asked. */
  offset: number;
  total: number;
  /** Names everything that its items were read from. Absent where they depend on more than the page itself. */
  digest?: string;
  /** The page came before, and the caller knows it: it has so many items, and none of them was read again. */
  recalled?: number;
}>;

/** What a page of this digest held, when the caller still knows of it all that there is to know; undefined sends the page in full. */
export type RecallPage = (digest: string) => Promise<Readonly<{ items: number; total: number }> | undefined>;
