import type { Instant } from '#kernel/instant.ts';
import type { CallOptions } from './media-server.port.ts';

/** Numbers of an upstream that we do not know are `other`: nothing is concluded from them. */
export type DeskRequestStatus = 'pending' | 'approved' | 'declined' | 'failed' | 'completed' | 'other';
export type DeskMediaStatus = 'unknown' | 'pending' | 'processing' | 'partly-available' | 'available' | 'blocklisted' | 'deleted' | 'other';

export type DeskSeason = Readonly<{ number: number; status: DeskRequestStatus }>;

/** A person as the desk knows them. What the desk keeps to itself is absent. */
export type DeskUser = Readonly<{
  id: number;
  displayName: string;
  email?: string;
  plexId?: string;
  plexUsername?: string;
  jellyfinUserId?: string;
  jellyfinUsername?: string;
  /** May ask for this kind at all, and would be approved at once. */
  rights: DeskRights;
}>;

export type DeskKind = 'movie' | 'tv';

export type DeskRights = Readonly<{
  admin: boolean;
  request(kind: DeskKind, is4k: boolean): boolean;
  autoApproved(kind: DeskKind, is4k: boolean): boolean;
}>;

export type DeskRequest = Readonly<{
  id: number;
  kind: DeskKind;
  tmdbId: number;
  tvdbId?: number;
  imdbId?: string;
  is4k: boolean;
  status: DeskRequestStatus;
  /** Of the title in the request's own quality (4K or not). */
  mediaStatus: DeskMediaStatus;
  /** Empty for a movie. In the order of their numbers. */
  seasons: readonly DeskSeason[];
  requestedBy: Pick<DeskUser, 'id' | 'displayName' | 'email' | 'plexId' | 'plexUsername' | 'jellyfinUserId' | 'jellyfinUsername'>;
  createdAt: Instant;
  /** Stands still on most releases: no change is recognised by it. */
  updatedAt: Instant;
}>;

export type NewDeskRequest = Readonly<{ kind: DeskKind; tmdbId: number; tvdbId?: number; is4k: boolean; seasons: readonly number[] }>;

/** What became of asking. Everything else throws. */
export type AskOutcome =
  | Readonly<{ outcome: 'created'; request: DeskRequest }>
  /** The desk has all of it already, and made nothing. `message` is its own. */
  | Readonly<{ outcome: 'satisfied'; message: string }>
  /** Such a request is there: look it up with `requestsFor`. */
  | Readonly<{ outcome: 'exists'; message: string }>;

export type DeskIdentity = Readonly<{
  version: string;
  /** Whom the key acts as. */
  user: DeskUser;
}>;

/** `complete` is the desk's own count for a walk in which nothing was missed; a listing that falls short throws `upstream-unreadable`. */
export type DeskListing = Readonly<{ requests: readonly DeskRequest[]; total: number; askedAt: Instant }>;

export type DeskUserOptions = CallOptions & Readonly<{ asUser?: number }>;

/**
 * Where people ask for titles (Seerr, Jellyseerr, Overseerr). Every method throws `upstream-unauthorized` for a refused key,
 * `upstream-not-found` only where the desk itself says that it has no such request, `upstream-unreadable` for an answer that is none
 * (a proxy's 404 included), and keeps the desk's own words in the message. Of a refusal `details.said` is those words alone,
 * `details.permanent` is true where the same call again cannot help (a right, a quota, a title that does not exist), and
 * `details.sent` is `no` where the desk certainly did nothing.
 */
export interface RequestDesk {
  /** Reachable, without proof of the key. */
  version(options: CallOptions): Promise<Readonly<{ version: string; raw: Readonly<Record<string, unknown>> }>>;
  /** Proves the key. */
  identify(options: CallOptions): Promise<DeskIdentity>;
  /** Every request, complete or not at all, in the order of their ids. */
  listRequests(options: CallOptions): Promise<DeskListing>;
  /** Undefined only where the desk itself says that it has no such request. */
  readRequest(id: number, options: CallOptions): Promise<DeskRequest | undefined>;
  /** The requests of one title, whatever their state. */
  requestsFor(title: Pick<NewDeskRequest, 'kind' | 'tmdbId'>, options: CallOptions): Promise<readonly DeskRequest[]>;
  /** Complete or not at all. */
  listUsers(options: CallOptions): Promise<readonly DeskUser[]>;
  /** Asks as that user, so that the user's rights and quota count; as the key's own where absent. */
  ask(request: NewDeskRequest, options: DeskUserOptions): Promise<AskOutcome>;
  approve(id: number, options: CallOptions): Promise<DeskRequest>;
  decline(id: number, options: CallOptions): Promise<DeskRequest>;
  /** Replaces the seasons of a series' request. */
  editSeasons(id: number, seasons: readonly number[], options: CallOptions): Promise<DeskRequest>;
  /** True where it was there; false where the desk had it no more. */
  remove(id: number, options: CallOptions): Promise<boolean>;
  /**
   * Has the desk post its events to this address, with this value as its Authorization header. Its template stays as it is. A desk has
   * room for one address: `conflict` where it posts to somebody else's already, unless `replace` says that this is meant, and where its
   * template names no request.
   */
  setWebhook(hook: Readonly<{ url: string; authorization: string; replace?: boolean }>, options: CallOptions): Promise<void>;
}

export type DeskConnection = Readonly<{
  /** Begins every message. */
  name: string;
  url: string;
  apiKey: string;
  /** Of one call, in milliseconds. Default 300,000: ten thousand requests take a desk seconds. */
  timeoutMs?: number;
  /** False trusts any certificate. Default true. */
  verifyHost?: boolean;
}>;

export type DeskTitle = Readonly<{ title: string; year: number }>;

/** A vendor's way in. */
export type RequestDeskDriver = Readonly<{
  vendor: string;
  connect(connection: DeskConnection): RequestDesk;
  /** Which request a webhook's body speaks of; undefined for bodies that speak of none. */
  requestOfWebhook(body: unknown): number | undefined;
  /** What a webhook's body calls the title; undefined where it does not say so for certain. Its listing does not tell. */
  titleOfWebhook(body: unknown): DeskTitle | undefined;
}>;
