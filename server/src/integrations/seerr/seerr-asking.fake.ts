import type { DeskKind } from '#core/upstreams/index.ts';
import type { MoodyReply } from '#core/upstreams/moody-http.fake.ts';
import { type FakeEvents, hasRight } from './seerr-changes.fake.ts';
import { type FakeMedia, type FakeRequest, type FakeUser, MEDIA, PERMISSION, type SeerrWorld, STATUS } from './seerr-world.fake.ts';

export type AskBody = Readonly<{
  mediaType: DeskKind;
  mediaId: number;
  tvdbId?: number;
  seasons?: readonly number[] | 'all';
  is4k?: boolean;
  userId?: number;
}>;

export type Refused = Readonly<{ refused: MoodyReply }>;
/** What was found before TMDB was asked. Whatever comes meanwhile is not seen: that is how the real one makes two of one. */
type Examined = Readonly<{ body: AskBody; caller: FakeUser; owner: FakeUser; media: FakeMedia | undefined; seasons: readonly number[] }>;

export const said = (status: number, message: string): Refused => ({ refused: { status, body: { message } } });

const DAY_MS = 86_400_000;
const TAKEN = new Set<number>([STATUS.pending, STATUS.approved, STATUS.failed, STATUS.completed]);
const AGAIN = new Set<number>([STATUS.declined, STATUS.completed]);

export type AskingDeps = Readonly<{
  world: SeerrWorld;
  events: FakeEvents;
  specials: boolean;
  arrIsDown(): boolean;
}>;

/** How a Seerr takes a request: in the order of its own checks, with its own words. */
export function createAsking({ world, events, specials, arrIsDown }: AskingDeps) {
  function refuseOwner(owner: FakeUser, { mediaType: kind, is4k }: AskBody): Refused | undefined {
    const noun = kind === 'movie' ? 'movie' : 'series';
    const right = is4k ? '4K ' : '';
    if (!hasRight(owner, bitsOf(is4k ? REQUEST_4K : REQUEST, kind))) {
      return said(403, `You do not have permission to make ${right}${noun} requests.`);
    }
    return quotaOf(owner, kind).restricted ? said(403, `${kind === 'movie' ? 'Movie' : 'Series'} Quota exceeded.`) : undefined;
  }

  /** Movies are counted by requests, series by seasons. */
  function quotaOf(user: FakeUser, kind: DeskKind) {
    const quota = kind === 'movie' ? user.movieQuota : user.tvQuota;
    if (quota === undefined) return { used: 0, restricted: false };
    const since = Date.parse(world.now()) - quota.days * DAY_MS;
    const own = [...world.requests.values()].filter(
      (each) =>
        each.requestedBy === user && each.media.kind === kind && each.status !== STATUS.declined && Date.parse(each.createdAt) > since,
    );
    const used = own.reduce((sum, each) => sum + (kind === 'movie' ? 1 : each.seasons.length), 0);
    const remaining = Math.max(0, quota.limit - used);
    return { days: quota.days, limit: quota.limit, used, remaining, restricted: remaining === 0 };
  }

  function refuseTmdb(kind: DeskKind, tmdbId: number): Refused | undefined {
    const { tmdb } = world.titleOf(kind, tmdbId);
    if (tmdb === 'fine') return undefined;
    const what = kind === 'movie' ? 'movie' : 'TV show';
    return said(500, `[TMDB] Failed to fetch ${what} details: Request failed with status code ${tmdb === 'gone' ? 404 : 500}`);
  }

  function refuseMovie(rows: readonly FakeMedia[], is4k: boolean | undefined): Refused | undefined {
    // The desk compares with what was sent: with nothing, nothing is the same. And it looks at the oldest only.
    const [oldest] = rows
      .flatMap((row) => row.requests)
      .filter((each) => each.is4k === is4k)
      .sort((one, other) => one.id - other.id);
    return oldest !== undefined && !AGAIN.has(oldest.status) ? said(409, 'Request for this media already exists.') : undefined;
  }

  function openSeasons(rows: readonly FakeMedia[], { mediaId, seasons, is4k }: AskBody): readonly number[] | Refused {
    if (seasons === undefined) return said(500, "Cannot read properties of undefined (reading 'filter')");
    const all = Array.from({ length: world.titleOf('tv', mediaId).seasons }, (_, index) => index + 1);
    const wanted = (seasons === 'all' ? all : seasons).filter((number) => number !== 0 || specials);
    const same = rows.flatMap((row) => row.requests).filter((each) => each.is4k === is4k && TAKEN.has(each.status));
    const asked = new Set(same.flatMap((each) => each.seasons.map((season) => season.number)));
    const open = [...new Set(wanted)].filter((number) => !asked.has(number) && !rows.some((row) => hasSeason(row, number, is4k ?? false)));
    return open.length === 0 ? said(202, 'No seasons available to request') : open;
  }

  const hasSeason = (row: FakeMedia, number: number, is4k: boolean): boolean => {
    const season = row.seasons.get(number);
    return (is4k ? season?.status4k : season?.status) === MEDIA.available;
  };

  function ownerOf(caller: FakeUser, { userId }: AskBody): FakeUser | Refused {
    if (userId === undefined) return caller;
    const may = hasRight(caller, PERMISSION.MANAGE_USERS) && hasRight(caller, PERMISSION.MANAGE_REQUESTS);
    if (!may) return said(403, 'You do not have permission to modify the request user.');
    return (
      world.users.get(userId) ??
      said(500, `Could not find any entity of type "User" matching: {\n    "where": {\n        "id": ${userId}\n    }\n}`)
    );
  }

  function examine(caller: FakeUser, body: AskBody): Examined | Refused {
    const { mediaType: kind, mediaId } = body;
    const owner = ownerOf(caller, body);
    if ('refused' in owner) return owner;
    const rows = world.mediaFor(kind, mediaId);
    const refusal =
      refuseOwner(owner, body) ??
      refuseTmdb(kind, mediaId) ??
      (rows.some((row) => row.status === MEDIA.blocklisted) ? said(403, 'This media is blocklisted.') : undefined) ??
      (kind === 'movie' ? refuseMovie(rows, body.is4k) : undefined);
    if (refusal) return refusal;
    const seasons = kind === 'tv' ? openSeasons(rows, body) : [];
    return 'refused' in seasons ? seasons : { body, caller, owner, media: rows[0], seasons };
  }

  function mediaToUse({ body, media }: Examined): FakeMedia | Refused {
    if (media && world.media.has(media.id)) return media;
    const { tvdbId } = world.titleOf(body.mediaType, body.mediaId);
    // Series have a unique id in the real table, movies have none that counts.
    const clash = body.mediaType === 'tv' && world.mediaFor('tv', body.mediaId).some((row) => row.tvdbId === tvdbId);
    return clash ? said(500, 'SQLITE_CONSTRAINT: UNIQUE constraint failed: media.tvdbId') : world.addMedia(body.mediaType, body.mediaId);
  }

  function make(examined: Examined): FakeRequest | Refused {
    const { body, caller, owner, seasons } = examined;
    const media = mediaToUse(examined);
    if ('refused' in media) return media;
    const is4k = body.is4k ?? false;
    // Who asks decides, not for whom.
    const approved = isAutoApproved(caller, body.mediaType, is4k);
    const request = world.put({
      media,
      is4k,
      status: approved ? STATUS.approved : STATUS.pending,
      seasons,
      requestedBy: owner,
      modifiedBy: approved ? caller : undefined,
    });
    const status = world.statusOf(request);
    if (!approved && (status === MEDIA.unknown || status === MEDIA.deleted)) world.setStatus(media, is4k, MEDIA.pending);
    events.emit(approved ? 'MEDIA_AUTO_APPROVED' : 'MEDIA_PENDING', request);
    if (approved) handOn(request);
    return request;
  }

  /** To Radarr or Sonarr. */
  function handOn(request: FakeRequest): void {
    if (arrIsDown()) {
      request.status = STATUS.failed;
      for (const season of request.seasons) season.status = STATUS.failed;
      world.setStatus(request.media, request.is4k, MEDIA.unknown);
      world.touch(request);
      events.emit('MEDIA_FAILED', request);
      return;
    }
    const status = world.statusOf(request);
    if (status !== MEDIA.available && status !== MEDIA['partly-available']) world.setStatus(request.media, request.is4k, MEDIA.processing);
  }

  return { examine, make, handOn, quotaOf };
}

type Right = Readonly<{ any: number } & Record<DeskKind, number>>;
const right = (any: number, movie: number, tv: number): Right => ({ any, movie, tv });
const REQUEST = right(PERMISSION.REQUEST, PERMISSION.REQUEST_MOVIE, PERMISSION.REQUEST_TV);
const REQUEST_4K = right(PERMISSION.REQUEST_4K, PERMISSION.REQUEST_4K_MOVIE, PERMISSION.REQUEST_4K_TV);
const APPROVE = right(PERMISSION.AUTO_APPROVE, PERMISSION.AUTO_APPROVE_MOVIE, PERMISSION.AUTO_APPROVE_TV);
const APPROVE_4K = right(PERMISSION.AUTO_APPROVE_4K, PERMISSION.AUTO_APPROVE_4K_MOVIE, PERMISSION.AUTO_APPROVE_4K_TV);
const bitsOf = (of: Right, kind: DeskKind): number => of.any | of[kind];

const isAutoApproved = (caller: FakeUser, kind: DeskKind, is4k: boolean): boolean =>
  hasRight(caller, PERMISSION.MANAGE_REQUESTS | bitsOf(is4k ? APPROVE_4K : APPROVE, kind));

export type Asking = ReturnType<typeof createAsking>;
