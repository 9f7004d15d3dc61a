import type { MoodyReply } from '#core/upstreams/moody-http.fake.ts';
import { type FakeMedia, type FakeRequest, type FakeUser, MEDIA, PERMISSION, type SeerrWorld, STATUS } from './seerr-world.fake.ts';

export type FakeEventName =
  | 'MEDIA_PENDING'
  | 'MEDIA_APPROVED'
  | 'MEDIA_AVAILABLE'
  | 'MEDIA_FAILED'
  | 'MEDIA_DECLINED'
  | 'MEDIA_AUTO_APPROVED';
export type FakeEvents = Readonly<{ emit(name: FakeEventName, request: FakeRequest): void }>;

/** One of these bits, or all rights. */
export const hasRight = (user: FakeUser, bits: number): boolean => (user.permissions & (PERMISSION.ADMIN | bits)) !== 0;

export type ChangesDeps = Readonly<{
  world: SeerrWorld;
  events: FakeEvents;
  /** Releases before Seerr know no completed requests. */
  completes: boolean;
  handOn(request: FakeRequest): void;
}>;

export type MediaChange = Readonly<{ status: string; is4k: boolean; seasons?: readonly number[] | undefined }>;

/** What becomes of a request once it is there. There is no state machine: whatever is said is done. */
export function createChanges({ world, events, completes, handOn }: ChangesDeps) {
  function setRequestStatus(request: FakeRequest, status: number): void {
    request.status = status;
    for (const season of request.seasons) season.status = status;
    world.touch(request);
  }

  function approve(request: FakeRequest, by: FakeUser): void {
    const news = request.status !== STATUS.approved;
    setRequestStatus(request, STATUS.approved);
    request.modifiedBy = by;
    if (!news) return;
    events.emit('MEDIA_APPROVED', request);
    handOn(request);
  }

  /** A declined movie is unknown again, watchable or not. */
  function decline(request: FakeRequest, by: FakeUser): void {
    setRequestStatus(request, STATUS.declined);
    request.modifiedBy = by;
    const { media, is4k } = request;
    if (media.kind === 'movie' || !isWanted(media, is4k)) world.setStatus(media, is4k, MEDIA.unknown);
    events.emit('MEDIA_DECLINED', request);
  }

  const isWanted = (media: FakeMedia, is4k: boolean): boolean =>
    (is4k ? media.status4k : media.status) > MEDIA.processing ||
    media.requests.some((each) => each.is4k === is4k && (each.status === STATUS.pending || each.status === STATUS.approved));

  /** No event, and nothing is taken out of Radarr or Sonarr. */
  function remove(request: FakeRequest): void {
    world.remove(request);
    const { media, is4k } = request;
    if (!media.requests.some((each) => each.is4k === is4k) && !isWanted(media, is4k)) world.setStatus(media, is4k, MEDIA.unknown);
  }

  function edit(request: FakeRequest, seasons: readonly number[], owner?: FakeUser): void {
    const known = new Map(request.seasons.map((season) => [season.number, season]));
    request.seasons = seasons.map((number) => known.get(number) ?? { id: world.nextId('season'), number, status: request.status });
    if (owner && owner !== request.requestedBy) {
      request.requestedBy.asked -= 1;
      owner.asked += 1;
      request.requestedBy = owner;
    }
    world.touch(request);
  }

  function movieIsAvailable(media: FakeMedia, is4k: boolean): void {
    world.setStatus(media, is4k, MEDIA.available);
    for (const request of media.requests.filter((each) => each.is4k === is4k)) {
      if (request.status === STATUS.pending) setRequestStatus(request, STATUS.approved);
      else if (request.status === STATUS.approved) finish(request);
    }
  }

  function finish(request: FakeRequest): void {
    if (completes) setRequestStatus(request, STATUS.completed);
    events.emit('MEDIA_AVAILABLE', request);
  }

  const seasonStatus = (media: FakeMedia, number: number, is4k: boolean): number | undefined => {
    const season = media.seasons.get(number);
    return is4k ? season?.status4k : season?.status;
  };

  /** Answers which of them were not there before. */
  function markSeasons(media: FakeMedia, is4k: boolean, seasons: readonly number[]): ReadonlySet<number> {
    const fresh = seasons.filter((number) => seasonStatus(media, number, is4k) !== MEDIA.available);
    for (const number of seasons) {
      const season = media.seasons.get(number) ?? { id: world.nextId('mediaSeason'), status: MEDIA.unknown, status4k: MEDIA.unknown };
      media.seasons.set(number, { ...season, ...(is4k ? { status4k: MEDIA.available } : { status: MEDIA.available }) });
    }
    return new Set(fresh);
  }

  /** A series' request is completed only where all of its seasons come in one call; else it stays as it is, for good. */
  function seasonsAreAvailable(media: FakeMedia, is4k: boolean, seasons: readonly number[]): void {
    const fresh = markSeasons(media, is4k, seasons);
    const all = Array.from({ length: world.titleOf('tv', media.tmdbId).seasons }, (_, index) => index + 1);
    const whole = all.every((number) => seasonStatus(media, number, is4k) === MEDIA.available);
    world.setStatus(media, is4k, whole ? MEDIA.available : MEDIA['partly-available']);
    const isDue = (request: FakeRequest): boolean =>
      request.is4k === is4k &&
      request.status === STATUS.approved &&
      request.seasons.length > 0 &&
      request.seasons.every((season) => fresh.has(season.number));
    for (const request of media.requests.filter(isDue)) finish(request);
  }

  function setMedia(media: FakeMedia, { status, is4k, seasons }: MediaChange): MoodyReply | undefined {
    if (status === 'deleted') return undefined;
    if (status === 'partial' && media.kind === 'movie')
      return { status: 400, body: { message: 'Only series can be set to be partially available' } };
    if (status !== 'available') {
      const number = { partial: MEDIA['partly-available'], processing: MEDIA.processing, pending: MEDIA.pending }[status] ?? MEDIA.unknown;
      world.setStatus(media, is4k, number);
    } else if (media.kind === 'movie') movieIsAvailable(media, is4k);
    else if (seasons === undefined) world.setStatus(media, is4k, MEDIA.available);
    else seasonsAreAvailable(media, is4k, seasons);
    return undefined;
  }

  return {
    approve,
    decline,
    remove,
    edit,
    setMedia,
    setRequestStatus,
    /** All that a request asked for is there. */
    complete(request: FakeRequest): void {
      const { media, is4k } = request;
      if (media.kind === 'movie') movieIsAvailable(media, is4k);
      else
        seasonsAreAvailable(
          media,
          is4k,
          request.seasons.map((season) => season.number),
        );
    },
    blocklist(media: FakeMedia): void {
      media.status = MEDIA.blocklisted;
      media.status4k = MEDIA.blocklisted;
      world.touchMedia(media);
    },
  };
}

export type Changes = ReturnType<typeof createChanges>;
