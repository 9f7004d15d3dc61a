import type { Instant } from '#kernel/instant.ts';
import type { CallOptions } from './call-options.ts';
import type { FavouriteSink, RatingSink, ShelfSource, WatchlistKeeper } from './shelf.port.ts';
import type { ItemPage, RecallPage, UpstreamItem, UpstreamLibrary, UpstreamState } from './upstream-item.ts';

export type { CallOptions };

export type ServerIdentity = Readonly<{ uuid: string; name: string; version: string; raw?: unknown }>;

export type UpstreamUser = Readonly<{
  /** As the server's own items and webhooks spell it. */
  id: string;
  /** Plex: the user's plex.tv uuid. */
  uuid?: string;
  /** Other ids of the same user (Plex knows its owner as 1 on the server, and by another number everywhere else). */
  aliases?: readonly string[];
  name: string;
  admin: boolean;
  /** Invited from outside the household. */
  guest?: boolean;
  /** Needs a PIN to be switched to. */
  protected?: boolean;
  disabled?: boolean;
  updatedAt?: Instant;
  raw?: unknown;
}>;

export interface ServerProbe {
  /** Who the server is, and whether our token is good: `upstream-unauthorized` where it is not. */
  identify(options: CallOptions): Promise<ServerIdentity>;
  /** The server's own id, which it tells anybody: it says nothing of our token. */
  serverUuid(options: CallOptions): Promise<string>;
}

export interface UserDirectory {
  listUsers(options: CallOptions): Promise<readonly UpstreamUser[]>;
}

export interface ViewingSource {
  listLibraries(options: CallOptions): Promise<readonly UpstreamLibrary[]>;
  /**
   * All movies and episodes of a library, page by page, with the user's state in full. It throws when a page fails, when
   * pages come back shorter than the server's own count says, or when an item list is unreadable: the caller may then use
   * the pages it has had, but not conclude anything from what is missing. With `recall`, pages that came before byte for byte
   * are not read again where the caller says that it knows them.
   */
  readLibrary(
    library: UpstreamLibrary,
    options: CallOptions & Readonly<{ pageSize: number; recall?: RecallPage }>,
  ): AsyncIterable<ItemPage>;
  /** The item now, or undefined where the server answered that it has none (a fault of the server throws). */
  readItem(upstreamId: string, options: CallOptions): Promise<UpstreamItem | undefined>;
  /** The item that carries this server-side guid; undefined where there is none or more than one. */
  findByGuid?(guid: string, options: CallOptions): Promise<UpstreamItem | undefined>;
  /** Movies and episodes whose title holds the text; episodes also by the title of their series where the vendor can tell. */
  searchTitles(text: string, options: CallOptions & Readonly<{ limit: number }>): Promise<readonly UpstreamItem[]>;
}

export type ImageKind = 'poster' | 'background';
export type UpstreamImage = Readonly<{ body: Buffer; type: string; modifiedAt?: Instant }>;

export interface ImageSource {
  /**
   * The picture of a title, for an episode that of its series where there is one. Undefined where the server has none. With `width` about
   * so many pixels wide, where the server can make it so; else as it is.
   */
  readImage(
    item: Readonly<{ upstreamId: string; showUpstreamId?: string }>,
    kind: ImageKind,
    options: CallOptions & Readonly<{ width?: number }>,
  ): Promise<UpstreamImage | undefined>;
}

export interface ViewingSink {
  /**
   * Marks the item as watched. Answers what the server then says of it where its reply says so, else undefined: read the
   * item to know. `at` is sent only where the capability `datedMarks` is there. With `plays`, and the capability `countedMarks`, the
   * server's count rises by so many instead of by one; a mark whose count the server does not take is a mark all the same.
   */
  markPlayed(upstreamId: string, options: CallOptions & Readonly<{ at: Instant; plays?: number }>): Promise<UpstreamState | undefined>;
  markUnplayed(upstreamId: string, options: CallOptions): Promise<UpstreamState | undefined>;
  /** Whether the version of the server has a place for positions from outside, and for counts. Absent where every version has. */
  takesUserData?(options: CallOptions): Promise<boolean>;
  /** `durationMs` is the item's length where known. Refused with `upstream-rejected` where there is no place for it. */
  setPosition(
    upstreamId: string,
    options: CallOptions & Readonly<{ positionMs: number; at: Instant; durationMs?: number; played: boolean }>,
  ): Promise<void>;
}

export type UpstreamSession = Readonly<{
  userId: string;
  userName?: string;
  upstreamId: string;
  title?: string;
  paused: boolean;
  positionMs?: number;
  raw?: unknown;
}>;

export interface NowPlaying {
  listSessions(options: CallOptions): Promise<readonly UpstreamSession[]>;
}

/** Differences between vendors are data. */
export type UpstreamCapabilities = Readonly<{
  /** A mark carries the date of the play (Jellyfin, Emby); else the server dates it with its own now (Plex). */
  datedMarks: boolean;
  /** A mark can stand for several plays: versions that take no user data from outside leave that out. */
  countedMarks: boolean;
  /** The server raises its play count at every mark, so a mark is sent only where the title is not yet watched. */
  markRaisesCount: boolean;
  /** `lastPlayedAt` is gone after an un-watch. */
  unwatchClearsDate: boolean;
  /**
   * Beginning a watched title again makes it unplayed while its play count stays (Jellyfin, Emby): that is no un-watch. An un-watch
   * sets the count to 0. Absent: a watched title that is begun again stays played.
   */
  replayUnmarks?: boolean;
  ratings: boolean;
}>;

/** One user on one server, reached with that user's token. */
export type MediaServer = ServerProbe &
  UserDirectory &
  ViewingSource &
  ViewingSink &
  ImageSource &
  NowPlaying &
  Partial<ShelfSource & RatingSink & FavouriteSink & WatchlistKeeper> &
  Readonly<{ capabilities: UpstreamCapabilities }>;

/** What is needed to reach a server as one of its users. `options` are the vendor's own switches, by their published names. */
export type UpstreamConnection = Readonly<{
  url: string;
  token: string;
  userId?: string;
  uuid?: string;
  /** Total time for one call, default 300 s (pages of big libraries are slow). */
  timeoutMs?: number;
  verifyHost?: boolean;
  /** Ranges of episodes longer than this in one file are read as one episode. Default 5. */
  maxEpisodeRange?: number;
  options?: Readonly<Record<string, unknown>>;
}>;
