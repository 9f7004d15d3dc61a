import type { DeskKind, DeskMediaStatus, DeskRequestStatus, DeskSeason, DeskUser } from '#core/upstreams/index.ts';
import type { DeskId, PersonId, RequestId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';

/** Who asked, as the desk knows them. */
export type Requester = Pick<DeskUser, 'id' | 'displayName' | 'email' | 'plexId' | 'plexUsername' | 'jellyfinUserId' | 'jellyfinUsername'> &
  Readonly<{ personId?: PersonId }>;

/** Who asked for what, where, and in which state. */
export type Request = Readonly<{
  id: RequestId;
  deskId: DeskId;
  /** The desk's own id: with the desk, the identity of the request. */
  upstreamId: number;
  kind: DeskKind;
  tmdbId: number;
  tvdbId?: number;
  imdbId?: string;
  is4k: boolean;
  status: DeskRequestStatus;
  mediaStatus: DeskMediaStatus;
  /** Empty for a movie. */
  seasons: readonly DeskSeason[];
  requestedBy: Requester;
  /** When it was asked for, by the desk's clock. */
  createdAt: Instant;
  firstSeenAt: Instant;
  /** Where it is not listed any more: when it last was. */
  lastSeenAt?: Instant;
  /** It is not listed, and the desk has it all the same (titles that were blocklisted). */
  hiddenAt?: Instant;
  /** A hidden one is asked for again at this time. */
  lookAt?: Instant;
  /** The desk has said, asked by the id, that it has none. */
  goneAt?: Instant;
}>;

/** The name that a request has in states and reports: `movie:603:False`. Several requests of one show share it. */
export const fingerprintOf = (request: Pick<Request, 'kind' | 'tmdbId' | 'is4k'>): string =>
  `${request.kind}:${request.tmdbId}:${request.is4k ? 'True' : 'False'}`;
