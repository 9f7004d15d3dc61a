import type { DeskKind, DeskMediaStatus, DeskRequest, DeskRequestStatus, DeskRights, DeskSeason, DeskUser } from '#core/upstreams/index.ts';
import { fromIso } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import { type SeerrPerson, type SeerrUser, seerrRequest } from './seerr.wire.ts';

const REQUEST_STATUS: Readonly<Record<number, DeskRequestStatus>> = {
  1: 'pending',
  2: 'approved',
  3: 'declined',
  4: 'failed',
  5: 'completed',
};
const MEDIA_STATUS: Readonly<Record<number, DeskMediaStatus>> = {
  1: 'unknown',
  2: 'pending',
  3: 'processing',
  4: 'partly-available',
  5: 'available',
  6: 'blocklisted',
  7: 'deleted',
};
const requestStatusOf = (number: number | null | undefined): DeskRequestStatus => REQUEST_STATUS[number ?? 0] ?? 'other';
const mediaStatusOf = (number: number | null | undefined): DeskMediaStatus => MEDIA_STATUS[number ?? 0] ?? 'other';

const isKind = (text: string | null | undefined): text is DeskKind => text === 'movie' || text === 'tv';

/** A request as the desk sends it, or undefined where it cannot be read: `faultOfRequest` says why. Pure and total. */
export function toRequest(raw: unknown): DeskRequest | undefined {
  if (!seerrRequest.Check(raw)) return undefined;
  const { media } = raw;
  const kind = raw.type ?? media.mediaType;
  const createdAt = fromIso(raw.createdAt);
  if (!isKind(kind) || createdAt === undefined) return undefined;
  const is4k = raw.is4k ?? false;
  return {
    id: raw.id,
    kind,
    tmdbId: media.tmdbId,
    ...(media.tvdbId && { tvdbId: media.tvdbId }),
    ...(media.imdbId && { imdbId: media.imdbId }),
    is4k,
    status: requestStatusOf(raw.status),
    mediaStatus: mediaStatusOf(is4k ? media.status4k : media.status),
    seasons: kind === 'movie' ? NO_SEASONS : seasonsOf(raw.seasons ?? []),
    requestedBy: toPerson(raw.requestedBy),
    createdAt,
    updatedAt: fromIso(raw.updatedAt) ?? createdAt,
  };
}

const NO_SEASONS: readonly DeskSeason[] = [];

function seasonsOf(seasons: readonly Readonly<{ seasonNumber: number; status?: number | null }>[]): readonly DeskSeason[] {
  const read = seasons.map(({ seasonNumber, status }) => ({ number: seasonNumber, status: requestStatusOf(status) }));
  return read.length > 1 ? read.sort((one, other) => one.number - other.number) : read;
}

/** Which request is unreadable, and in what: for a message, without the values. */
export function faultOfRequest(raw: unknown): string {
  const name = isRecord(raw) && typeof raw.id === 'number' ? `request ${raw.id}` : 'a request';
  const [error] = seerrRequest.Check(raw) ? [] : seerrRequest.Errors(raw);
  if (error !== undefined) return `${name} ${error.instancePath === '' ? '' : `at ${error.instancePath} `}${error.message}`;
  if (isRecord(raw) && fromIso(String(raw.createdAt)) === undefined) return `${name} has no date that we can read`;
  return `${name} is for neither a movie nor a series`;
}

export function toPerson(person: SeerrPerson): DeskRequest['requestedBy'] {
  const { id, displayName, username, email, plexId, plexUsername, jellyfinUserId, jellyfinUsername } = person;
  return {
    id,
    displayName: displayName || username || plexUsername || jellyfinUsername || email || `user ${id}`,
    ...(email && { email }),
    ...(plexId && { plexId: String(plexId) }),
    ...(plexUsername && { plexUsername }),
    ...(jellyfinUserId && { jellyfinUserId }),
    ...(jellyfinUsername && { jellyfinUsername }),
  };
}

export const toUser = (user: SeerrUser): DeskUser => ({ ...toPerson(user), rights: rightsOf(user.permissions) });

/** The bits of `permissions` that matter here. A right for both kinds, or for one of them. */
const ADMIN = 2;
const MANAGE_REQUESTS = 16;
const REQUEST = { any: 32, movie: 262_144, tv: 524_288 };
const REQUEST_4K = { any: 1_024, movie: 2_048, tv: 4_096 };
const AUTO_APPROVE = { any: 128, movie: 256, tv: 512 };
const AUTO_APPROVE_4K = { any: 32_768, movie: 65_536, tv: 131_072 };

export function rightsOf(permissions: number): DeskRights {
  const has = (bits: number): boolean => (permissions & bits) !== 0;
  const admin = has(ADMIN);
  return {
    admin,
    request(kind, is4k) {
      const right = is4k ? REQUEST_4K : REQUEST;
      return admin || has(right.any | right[kind]);
    },
    autoApproved(kind, is4k) {
      const right = is4k ? AUTO_APPROVE_4K : AUTO_APPROVE;
      return admin || has(MANAGE_REQUESTS | right.any | right[kind]);
    },
  };
}
