import type { ExternalIds } from '#kernel/external-ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';

/** How a fake misbehaves until it is told otherwise. */
export type FakeMood =
  | 'fine'
  /** Every answer takes `delayMs`. */
  | 'slow'
  /** 401 in the vendor's own shape. */
  | 'unauthorized'
  /** 429 with Retry-After (seconds in `retryAfterS`). */
  | 'rate-limited'
  /** 500. */
  | 'server-error'
  /** 200 with an HTML page, as a proxy in front of the server would. */
  | 'html'
  /** 200 with JSON that ends in the middle. */
  | 'truncated'
  /** Library pages after the first answer 500. */
  | 'page-fails'
  /** The count is right, and pages beyond the first come back empty. */
  | 'short-library'
  /** The connection is reset instead of an answer. */
  | 'reset'
  /** Calls that change something are carried out, and their answer never comes. */
  | 'late';

export type FakeMoodOptions = Readonly<{
  delayMs?: number;
  retryAfterS?: number /** Back to `fine` after this many requests. */;
  times?: number;
  /** The mood begins with the first call that fits. */
  from?(call: Readonly<{ method: string; path: string }>): boolean;
}>;

/** A title as a fake's seeder speaks of it, the same for all vendors. */
export type FakeTitle = Readonly<{
  /** The item's id on the server; made up where absent. */
  upstreamId?: string;
  kind: 'movie' | 'episode';
  title: string;
  year?: number;
  ids?: ExternalIds;
  show?: Readonly<{ upstreamId?: string; title: string; year?: number; ids?: ExternalIds }>;
  season?: number;
  /** One, or all those of a file of several. */
  episodes?: readonly number[];
  path?: string;
  addedAt?: Instant;
  durationMs?: number;
  overview?: string;
  genres?: readonly string[];
  releasedOn?: string;
}>;

export type FakeState = Readonly<{
  played: boolean;
  playCount: number;
  lastPlayedAt?: Instant;
  positionMs: number;
  rating?: number;
  ratedAt?: Instant;
  favorite?: boolean;
}>;
export type FakeCall = Readonly<{ method: string; path: string; query: Readonly<Record<string, string>>; status: number; at: Instant }>;
export type FakeUser = Readonly<{ id: string; name: string; token: string; uuid?: string }>;

export type FakeMediaServerOptions = Readonly<{
  clock?: Clock;
  uuid?: string;
  name?: string;
  version?: string;
  port?: number;
  /** Offset of the server's own clock from ours, in milliseconds: a wrong clock. */
  clockSkewMs?: number;
}>;

/** What every vendor's fake can do, whatever it speaks on the wire. State is per user and lives as long as the fake. */
export interface FakeMediaServer {
  readonly type: string;
  readonly baseUrl: string;
  readonly uuid: string;
  readonly owner: FakeUser;
  addUser(user: Readonly<{ id?: string; name: string; pin?: string; guest?: boolean }>): FakeUser;
  users(): readonly FakeUser[];
  addLibrary(library: Readonly<{ id?: string; name: string; kind: 'movies' | 'shows' | 'music' }>): string;
  /** Answers the item's id on this server. */
  addTitle(libraryId: string, title: FakeTitle): string;
  removeTitle(upstreamId: string): void;
  /** The file behind an item was replaced: same id, new added date, state as the vendor leaves it. */
  replaceCopy(upstreamId: string, addedAt: Instant): void;
  stateOf(userId: string, upstreamId: string): FakeState;
  /** Sets the state without any event, as if it had always been so. */
  setState(userId: string, upstreamId: string, state: Partial<FakeState>): void;
  /** A person watched it to the end at `at` (now, where absent): count, date, and the vendor's own webhook where one is set. */
  finish(userId: string, upstreamId: string, at?: Instant): Promise<void>;
  /** A person pressed the mark or un-mark button: Plex sends no event for these, the others do. */
  markByHand(userId: string, upstreamId: string, played: boolean): Promise<void>;
  /** A person stopped at a position: state, and the vendor's stop event. */
  pauseAt(userId: string, upstreamId: string, positionMs: number): Promise<void>;
  startSession(userId: string, upstreamId: string): void;
  endSession(userId: string): void;
  /** Where this server's events go; undefined sends none. The answers' statuses are kept in `webhookReplies`. */
  sendEventsTo(url: string | undefined): void;
  readonly webhookReplies: readonly number[];
  readonly calls: readonly FakeCall[];
  forgetCalls(): void;
  setMood(mood: FakeMood, options?: FakeMoodOptions): void;
  close(): Promise<void>;
}
