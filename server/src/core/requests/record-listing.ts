import type { MediaGraph } from '#core/media/index.ts';
import type { DeskRequest } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { DeskId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { createDeskUsersStore } from './desk-users.store.ts';
import { fingerprintOf, type Request, type Requester } from './request.ts';
import { createRequestsStore, type Handle, packSeasons, type RequestRow } from './requests.store.ts';
import { knowTitles } from './titles.ts';

/** What a listing was, beside what was known. */
export type Recorded = Readonly<{
  /** Every request of the desk as it is known now, in the order of its own ids; what is gone too. */
  requests: readonly Request[];
  added: number;
  changed: number;
  /** Not gone by what we know, and not in the whole listing. Empty where the listing was of one title. */
  missing: readonly Request[];
  newUsers: readonly number[];
}>;

/** What a desk showed: all of its requests, or some of them. */
export type Listing = Readonly<{ requests: readonly DeskRequest[]; at: Instant; whole: boolean }>;

export async function recordListing(handle: Handle, graph: Pick<MediaGraph, 'know'>, desk: DeskId, listing: Listing): Promise<Recorded> {
  const store = createRequestsStore(handle);
  const before = await store.ofDesk(desk);
  const known = new Map(before.map((request) => [request.upstreamId, request]));
  refuseOtherTitles(listing.requests, known);
  const newUsers = await recordUsers(handle, desk, listing.requests);
  const fresh = listing.requests.filter((request) => !known.has(request.id));
  const differing = listing.requests.filter((request) => {
    const stored = known.get(request.id);
    return stored !== undefined && !isAsStored(request, stored, listing);
  });
  await store.write([...fresh, ...differing].map((request) => rowOf(desk, request, known.get(request.id), listing)));
  await knowTitles(graph, [...fresh, ...differing.filter((request) => hasNewIds(request, known.get(request.id)))]);
  const seen = new Set(listing.requests.map((request) => request.id));
  const wrote = fresh.length + differing.length + newUsers.length > 0;
  return {
    requests: wrote ? await store.ofDesk(desk) : before,
    added: fresh.length,
    changed: differing.length,
    missing: listing.whole ? before.filter((request) => request.goneAt === undefined && !seen.has(request.upstreamId)) : [],
    newUsers,
  };
}

/** Desks number their requests for good: a number that stands for something else is another desk's. */
function refuseOtherTitles(requests: readonly DeskRequest[], known: ReadonlyMap<number, Request>): void {
  for (const request of requests) {
    const stored = known.get(request.id);
    if (stored === undefined || fingerprintOf(stored) === fingerprintOf(request)) continue;
    throw new AppError(
      'conflict',
      `Request ${request.id} was ${fingerprintOf(stored)} and is ${fingerprintOf(request)} now: another Seerr answers at this address, or one with a new database. Nothing was changed. Correct the address, or start anew with this one.`,
      { details: { request: request.id, was: fingerprintOf(stored), is: fingerprintOf(request) } },
    );
  }
}

async function recordUsers(handle: Handle, desk: DeskId, requests: readonly DeskRequest[]): Promise<readonly number[]> {
  const store = createDeskUsersStore(handle);
  const known = new Map((await store.list(desk)).map(({ user }) => [user.id, user]));
  const told = new Map(requests.map(({ requestedBy }) => [requestedBy.id, requestedBy]));
  const news = [...told.values()].filter((user) => {
    const stored = known.get(user.id);
    return stored === undefined || !isSameUser(user, stored);
  });
  await store.write(desk, news);
  return news.map((user) => user.id);
}

const isSameUser = (one: Requester, other: Requester): boolean =>
  one.displayName === other.displayName &&
  one.email === other.email &&
  one.plexId === other.plexId &&
  one.plexUsername === other.plexUsername &&
  one.jellyfinUserId === other.jellyfinUserId &&
  one.jellyfinUsername === other.jellyfinUsername;

const hasNewIds = (request: DeskRequest, stored: Request | undefined): boolean =>
  request.tvdbId !== stored?.tvdbId || request.imdbId !== stored?.imdbId;

/** Being listed ends being hidden; being answered by its id does not. */
const isAsStored = (request: DeskRequest, stored: Request, { whole }: Listing): boolean =>
  stored.goneAt === undefined &&
  (stored.hiddenAt === undefined || !whole) &&
  request.status === stored.status &&
  request.mediaStatus === stored.mediaStatus &&
  request.requestedBy.id === stored.requestedBy.id &&
  request.tvdbId === stored.tvdbId &&
  request.imdbId === stored.imdbId &&
  request.seasons.length === stored.seasons.length &&
  request.seasons.every(
    ({ number, status }, index) => number === stored.seasons[index]?.number && status === stored.seasons[index]?.status,
  );

const rowOf = (desk: DeskId, request: DeskRequest, stored: Request | undefined, { at, whole }: Listing): RequestRow => ({
  desk_id: desk,
  upstream_id: request.id,
  kind: request.kind,
  tmdb_id: request.tmdbId,
  tvdb_id: request.tvdbId ?? null,
  imdb_id: request.imdbId ?? null,
  is4k: request.is4k ? 1 : 0,
  status: request.status,
  media_status: request.mediaStatus,
  seasons: packSeasons(request.seasons),
  user_id: request.requestedBy.id,
  created_at: request.createdAt,
  first_seen_at: stored?.firstSeenAt ?? at,
  last_seen_at: whole ? null : (stored?.lastSeenAt ?? null),
  look_at: whole ? null : (stored?.lookAt ?? null),
  hidden_at: whole ? null : (stored?.hiddenAt ?? null),
  gone_at: null,
});
