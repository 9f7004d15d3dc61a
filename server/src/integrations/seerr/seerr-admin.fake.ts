import type { DeskKind, DeskMediaStatus, DeskRequestStatus } from '#core/upstreams/index.ts';
import { type Instant, toIso } from '#kernel/instant.ts';
import type { AskBody, Asking } from './seerr-asking.fake.ts';
import type { Changes, FakeEvents } from './seerr-changes.fake.ts';
import { type FakeMedia, type FakeRequest, type FakeTitle, MEDIA, type NewFakeUser, type SeerrWorld, STATUS } from './seerr-world.fake.ts';

export type FakeRequestStatus = keyof typeof STATUS;
export type FakeMediaStatus = keyof typeof MEDIA;

export type NewFakeRequest = Readonly<{
  kind: DeskKind;
  tmdbId: number;
  is4k?: boolean;
  /** Of a series; all three where absent. */
  seasons?: readonly number[];
  /** A number is one that nobody knows yet. Default `approved`. */
  status?: FakeRequestStatus | number;
  /** Of the title in the request's quality. Default: what goes with the request's status. */
  mediaStatus?: FakeMediaStatus | number;
  /** Default the owner of the desk. */
  requestedBy?: number;
  createdAt?: Instant;
}>;

/** What the desk holds of a request, hidden or not. */
export type FakeSeerrRequest = Readonly<{
  id: number;
  mediaId: number;
  kind: DeskKind;
  tmdbId: number;
  is4k: boolean;
  status: DeskRequestStatus;
  mediaStatus: DeskMediaStatus;
  seasons: readonly Readonly<{ number: number; status: DeskRequestStatus }>[];
  requestedBy: number;
  modifiedBy?: number;
  /** Its title is blocklisted: the list does not show it. */
  hidden: boolean;
}>;

/** What people do at the desk itself, without a call: with the desk's rules and events where the comment does not say otherwise. */
export type FakeSeerrAdmin = Readonly<{
  addUser(user: NewFakeUser): number;
  setPermissions(userId: number, permissions: number): void;
  /** Put there as if it had always been so: no rule, no event. Answers its id. */
  addRequest(request: NewFakeRequest): number;
  /** As that user in the web page. Answers the request's id, and throws where the desk refuses. */
  ask(userId: number, title: Readonly<{ kind: DeskKind; tmdbId: number; is4k?: boolean; seasons?: readonly number[] }>): number;
  approve(id: number): void;
  decline(id: number): void;
  remove(id: number): void;
  edit(id: number, seasons: readonly number[], userId?: number): void;
  /** Everything that it asked for is there now. */
  complete(id: number): void;
  fail(id: number): void;
  /** Silently, whatever it was. */
  setStatus(id: number, status: Readonly<{ status?: FakeRequestStatus | number; mediaStatus?: FakeMediaStatus | number }>): void;
  blocklist(kind: DeskKind, tmdbId: number): void;
  /** Takes the title's requests with it. */
  unblocklist(kind: DeskKind, tmdbId: number): void;
  /** What TMDB says of a title. Default: "Movie 603 (2011)", three seasons. */
  setTitle(kind: DeskKind, tmdbId: number, title: Partial<FakeTitle>): void;
  request(id: number): FakeSeerrRequest | undefined;
  /** All that it holds, in the order of asking. */
  requests(): readonly FakeSeerrRequest[];
}>;

const nameOf = <Name extends string>(names: Readonly<Record<Name, number>>, number: number): Name | 'other' =>
  (Object.keys(names) as Name[]).find((name) => names[name] === number) ?? 'other';

const MEDIA_BY_STATUS: Readonly<Record<number, number>> = {
  [STATUS.pending]: MEDIA.pending,
  [STATUS.approved]: MEDIA.processing,
  [STATUS.completed]: MEDIA.available,
};

export type AdminDeps = Readonly<{ world: SeerrWorld; asking: Asking; changes: Changes; events: FakeEvents; ownerId: number }>;

export function createFakeAdmin({ world, asking, changes, events, ownerId }: AdminDeps): FakeSeerrAdmin {
  const shown = (request: FakeRequest): FakeSeerrRequest => ({
    id: request.id,
    mediaId: request.media.id,
    kind: request.media.kind,
    tmdbId: request.media.tmdbId,
    is4k: request.is4k,
    status: nameOf(STATUS, request.status),
    mediaStatus: nameOf(MEDIA, world.statusOf(request)),
    seasons: request.seasons.map(({ number, status }) => ({ number, status: nameOf(STATUS, status) })),
    requestedBy: request.requestedBy.id,
    ...(request.modifiedBy && { modifiedBy: request.modifiedBy.id }),
    hidden: request.media.status === MEDIA.blocklisted,
  });
  const mediaFor = (kind: DeskKind, tmdbId: number): FakeMedia => world.mediaFor(kind, tmdbId)[0] ?? world.addMedia(kind, tmdbId);
  const owner = () => world.user(ownerId);

  return {
    addUser: (user) => world.addUser(user).id,
    setPermissions: (userId, permissions) => world.changeUser(world.user(userId), permissions),
    addRequest({ kind, tmdbId, is4k = false, status = 'approved', mediaStatus, requestedBy = ownerId, createdAt, seasons }) {
      const media = mediaFor(kind, tmdbId);
      const number = typeof status === 'number' ? status : STATUS[status];
      const request = world.put({
        media,
        is4k,
        status: number,
        seasons: kind === 'movie' ? [] : (seasons ?? [1, 2, 3]),
        requestedBy: world.user(requestedBy),
        modifiedBy: number === STATUS.pending ? undefined : owner(),
        ...(createdAt !== undefined && { createdAt: toIso(createdAt) }),
      });
      const own =
        mediaStatus === undefined
          ? (MEDIA_BY_STATUS[number] ?? MEDIA.unknown)
          : typeof mediaStatus === 'number'
            ? mediaStatus
            : MEDIA[mediaStatus];
      world.setStatus(media, is4k, own);
      return request.id;
    },
    ask(userId, { kind, tmdbId, is4k = false, seasons }) {
      const body: AskBody = { mediaType: kind, mediaId: tmdbId, is4k, ...(kind === 'tv' && { seasons: seasons ?? 'all' }) };
      const examined = asking.examine(world.user(userId), body);
      const made = 'refused' in examined ? examined : asking.make(examined);
      if ('refused' in made) throw new Error(`The fake Seerr refuses: ${JSON.stringify(made.refused.body)}`);
      return made.id;
    },
    approve: (id) => changes.approve(world.request(id), owner()),
    decline: (id) => changes.decline(world.request(id), owner()),
    remove: (id) => changes.remove(world.request(id)),
    edit: (id, seasons, userId) => changes.edit(world.request(id), seasons, userId === undefined ? undefined : world.user(userId)),
    complete: (id) => changes.complete(world.request(id)),
    fail(id) {
      changes.setRequestStatus(world.request(id), STATUS.failed);
      events.emit('MEDIA_FAILED', world.request(id));
    },
    setStatus(id, { status, mediaStatus }) {
      const request = world.request(id);
      if (status !== undefined) changes.setRequestStatus(request, typeof status === 'number' ? status : STATUS[status]);
      if (mediaStatus === undefined) return;
      world.setStatus(request.media, request.is4k, typeof mediaStatus === 'number' ? mediaStatus : MEDIA[mediaStatus]);
    },
    blocklist: (kind, tmdbId) => changes.blocklist(mediaFor(kind, tmdbId)),
    unblocklist: (kind, tmdbId) => world.removeMedia(mediaFor(kind, tmdbId)),
    setTitle: world.setTitle,
    request(id) {
      const found = world.requests.get(id);
      return found && shown(found);
    },
    requests: () => [...world.requests.values()].map(shown),
  };
}
