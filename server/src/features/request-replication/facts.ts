import type { Requester } from '#core/requests/index.ts';
import type { DeskKind, DeskMediaStatus, DeskRequestStatus, DeskUser } from '#core/upstreams/index.ts';
import type { RequestId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';

/** A season's number, or `WHOLE` for the one part that a movie has. */
export type Part = number;
export const WHOLE: Part = -1;

export const partsOf = (kind: DeskKind, seasons: readonly Readonly<{ number: number }>[]): readonly Part[] =>
  kind === 'movie' ? [WHOLE] : seasons.map((season) => season.number);

/** As a desk takes them. */
export const seasonsOf = (parts: readonly Part[]): readonly number[] => parts.filter((part) => part !== WHOLE);

/** What was decided of the deletion of a request that is gone: nothing yet that lets it happen, that it may happen, or that it must not. */
export type Removal = 'held' | 'allowed' | 'kept';

/**
 * `due`: there is something to do. `there`: the subordinate has it. `satisfied`: it has what was asked for by others' requests. `waiting`: for the
 * primary's decision. `removing`: gone on the primary, not yet confirmed gone there. `left`: nothing is to be done, and the reason says why.
 * `kept`: gone on the primary, and a person wants it to stay.
 */
export type StandingState = 'due' | 'there' | 'satisfied' | 'waiting' | 'failed' | 'unconfirmed' | 'removing' | 'left' | 'kept';

export type Failure = Readonly<{ at: Instant; code: string; message: string; permanent: boolean; attempts: number }>;

/** Where a demand stands on one subordinate. */
export type Standing = Readonly<{
  state: StandingState;
  /** For people. */
  reason: string;
  /** What the demand was when this was found: another one is another question. */
  basis: string;
  /** Nothing is tried again before this, unless the demand changes. */
  nextAt?: Instant;
  /** Parts for which the subordinate has said that it needs no request. */
  satisfied: readonly Part[];
  /** Kept while it stands as `failed`. */
  failure?: Failure;
}>;

/** A request of the primary, for one subordinate. */
export type Demand = Readonly<{
  id: RequestId;
  /** The primary's own id. */
  primaryId: number;
  kind: DeskKind;
  tmdbId: number;
  tvdbId?: number;
  is4k: boolean;
  parts: readonly Part[];
  status: DeskRequestStatus;
  presence: 'there' | 'hidden' | 'unknown' | 'gone';
  owner: Requester;
  /** Of one that is gone. */
  removal: Removal;
  standing?: Standing;
}>;

export type Link = Readonly<{
  requestId: RequestId;
  how: 'created' | 'adopted' | 'imported';
  /** The decision that we carried there last. Only our own is ever taken back. */
  told?: 'approved' | 'declined';
}>;

/** A request of the subordinate for the title. */
export type Held = Readonly<{
  id: number;
  is4k: boolean;
  status: DeskRequestStatus;
  mediaStatus: DeskMediaStatus;
  parts: readonly Part[];
  /** Parts that are complete there. */
  done: readonly Part[];
  /** `gone`: asked for by its id, it is not there. `other`: its id stands for another title. `unknown`: it is not listed, and nobody could tell. */
  presence: 'there' | 'hidden' | 'unknown' | 'gone' | 'other';
  /** Ours where there are any. */
  links: readonly Link[];
}>;

export type DeskUsers = Readonly<{
  users: readonly DeskUser[];
  /** Read in this very cycle. */
  fresh: boolean;
}>;

/** All that is decided from: one title on one subordinate. */
export type TitleFacts = Readonly<{
  kind: DeskKind;
  tmdbId: number;
  demands: readonly Demand[];
  held: readonly Held[];
  users?: DeskUsers;
  /** A call about this title may still take effect there until then. */
  doubtUntil?: Instant;
  now: Instant;
}>;

export type UserMapping = 'admin' | 'email_match' | 'jellyfin_match' | 'plex_match';

/** What the household has chosen. */
export type Rules = Readonly<{
  syncPending: boolean;
  syncApproved: boolean;
  syncDeclined: boolean;
  syncDeletes: boolean;
  sync4kSeparately: boolean;
  userMapping: UserMapping;
  /** Name, email or id of an account that may own pending requests whose own owner cannot. */
  pendingUser?: string;
}>;

export const basisOf = (demand: Pick<Demand, 'status' | 'parts' | 'presence'>): string =>
  `${demand.status}:${demand.presence}:${demand.parts.join()}`;

export const hasAll = (parts: readonly Part[], of: readonly Part[]): boolean => of.every((part) => parts.includes(part));
export const shares = (parts: readonly Part[], of: readonly Part[]): boolean => of.some((part) => parts.includes(part));
export const without = (parts: readonly Part[], taken: readonly Part[]): readonly Part[] => parts.filter((part) => !taken.includes(part));
export const sameParts = (one: readonly Part[], other: readonly Part[]): boolean => one.length === other.length && hasAll(one, other);

/** `season 1`, `seasons 1, 2 and 3`, or nothing for a movie. */
export function wordsOf(parts: readonly Part[]): string {
  const seasons = seasonsOf(parts);
  if (seasons.length === 0) return '';
  const last = seasons.at(-1);
  return seasons.length === 1 ? `season ${last}` : `seasons ${seasons.slice(0, -1).join(', ')} and ${last}`;
}
