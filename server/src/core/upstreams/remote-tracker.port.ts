import type { ExternalIds } from '#kernel/external-ids.ts';
import type { Duration, Instant } from '#kernel/instant.ts';
import type { CallOptions } from './media-server.port.ts';

/** Where a person keeps a title there. */
export type TrackedList = 'watching' | 'plantowatch' | 'hold' | 'completed' | 'dropped';

export type TrackedSlot = Readonly<{ season: number; number: number }>;

/** `season` and `number` are the tracker's own; `aired` is the place in the numbering that media servers use, where it tells one. */
export type TrackedEpisode = TrackedSlot & Readonly<{ at?: Instant; aired?: TrackedSlot }>;

/** A movie or a show in a person's library there. What nobody told is absent. */
export type TrackedTitle = Readonly<{
  kind: 'movie' | 'show';
  /** The tracker's own, unique over all kinds. */
  number: number;
  /** The part of the library that it lies in, whose comings and goings are told together. */
  shelf: string;
  /** The tracker's own number is not among them. */
  ids: ExternalIds;
  title: string;
  year?: number;
  list?: TrackedList;
  rating?: number;
  ratedAt?: Instant;
  /** Of a movie. `watchedAt` is absent where the day is not known. */
  watched: boolean;
  watchedAt?: Instant;
  /** Of a show: those that were watched. */
  episodes: readonly TrackedEpisode[];
  /** False: there may be watched episodes that were not listed, so that nothing may be concluded from one that is missing. */
  complete: boolean;
  /** `aired`: episodes are numbered as media servers do. `own`: as the tracker likes, seasons being titles of their own. */
  numbering: 'aired' | 'own';
}>;

/** When something last changed there; to be kept, handed back, and compared for being the same. Nothing else is in it for us. */
export type TrackerStamps = Readonly<Record<string, string>>;

export type TrackerNews = Readonly<{
  /** `titles` is all that there is. */
  whole: boolean;
  titles: readonly TrackedTitle[];
  /** For shelves from which something was taken: the numbers of all that is there. What is missing is gone. */
  present: ReadonlyMap<string, ReadonlySet<number>>;
}>;

export type TrackerVerb = 'watched' | 'unwatched' | 'list' | 'rate' | 'unrate' | 'remove';

/** A title as the tracker is to be told of it. `number` is the tracker's own, where it is known. */
export type TrackerItem = Readonly<{
  kind: 'movie' | 'show';
  number?: number;
  ids: ExternalIds;
  title: string;
  year?: number;
  /** `watched` of a movie; absent: nobody knows the day. */
  at?: Instant;
  /** `watched` and `unwatched` of a show. */
  episodes?: readonly (TrackedSlot & Readonly<{ at?: Instant }>)[];
  /** The episodes are numbered as media servers do, while the tracker counts this title in its own way. */
  airedNumbers?: boolean;
  list?: TrackedList;
  rating?: number;
  ratedAt?: Instant;
}>;

/** What the tracker did not know: the item of that place, or some of its episodes. */
export type TrackerMiss = Readonly<{ index: number; episodes?: readonly TrackedSlot[] }>;

export type TrackerReply = Readonly<{
  misses: readonly TrackerMiss[];
  /** `list`: where it put the item of that place instead. */
  lists: ReadonlyMap<number, TrackedList>;
}>;

export type TrackerAccount = Readonly<{
  id: string;
  name: string;
  /** How the account is paid for, in the tracker's word, and the calls a day that it has for that. */
  plan: string;
  callsPerDay: number;
}>;

/**
 * One person's library at a tracker. Calls go one at a time and as slowly as the tracker wants them. Every method throws
 * `upstream-unauthorized` where the grant is gone, `upstream-rate-limited` with `retryAfterMs` and `details.daily` where the day's calls
 * are used up, `upstream-unreadable` for an answer that is none, and whatever `spend` throws. Never an empty answer for a failure.
 */
export interface RemoteTracker {
  account(options: CallOptions): Promise<TrackerAccount>;
  /** Cheap: what to ask before anything else is. */
  stamps(options: CallOptions): Promise<TrackerStamps>;
  /** What changed from `since` on, or all there is where it is absent; `now` was read before. All of it, or it throws. */
  news(since: TrackerStamps | undefined, now: TrackerStamps, options: CallOptions): Promise<TrackerNews>;
  /** Sent once; repeated only where the tracker said that it did nothing. At most `batchSize` items. */
  send(verb: TrackerVerb, items: readonly TrackerItem[], options: CallOptions): Promise<TrackerReply>;
}

/** The house as an application there. */
export type TrackerApp = Readonly<{ clientId: string; clientSecret?: string }>;

export type TrackerGrant = Readonly<{ accessToken: string; refreshToken?: string; expiresAt?: Instant; canWrite: boolean }>;

export type DeviceCode = Readonly<{
  deviceCode: string;
  /** What the person types, and where; `link` has the code in it. */
  userCode: string;
  page: string;
  link: string;
  expiresAt: Instant;
  interval: Duration;
}>;

export type DeviceAnswer =
  | Readonly<{ state: 'pending' | 'slow-down' | 'expired' | 'refused' }>
  | Readonly<{ state: 'granted'; grant: TrackerGrant }>;

export type TrackerConnection = Readonly<{
  /** Begins every message. */
  name: string;
  app: TrackerApp;
  grant: TrackerGrant;
  /** Whenever the grant was renewed. What it renews is worth nothing from then on. */
  saveGrant(grant: TrackerGrant): Promise<void>;
  /** Before each call that counts; throws where the day's calls are used up. */
  spend(): Promise<void>;
  /** How many calls the tracker says are left today. */
  heard(left: number): Promise<void>;
}>;

/** A vendor's way in. */
export type RemoteTrackerDriver = Readonly<{
  vendor: string;
  /** How many items one `send` may hold. */
  batchSize: number;
  startDevice(app: TrackerApp, options: CallOptions): Promise<DeviceCode>;
  pollDevice(app: TrackerApp, deviceCode: string, options: CallOptions): Promise<DeviceAnswer>;
  /** Where a person's browser goes to agree, with a proof key (S256). */
  authorizeUrl(app: TrackerApp, ask: Readonly<{ redirectUri: string; state: string; challenge: string }>): string;
  redeem(
    app: TrackerApp,
    code: Readonly<{ code: string; verifier: string; redirectUri: string }>,
    options: CallOptions,
  ): Promise<TrackerGrant>;
  /** Ends the grant there. */
  revoke(app: TrackerApp, grant: TrackerGrant, options: CallOptions): Promise<void>;
  connect(connection: TrackerConnection): RemoteTracker;
}>;
