import type { Account } from '#core/connections/index.ts';
import type { Media, MediaGraph } from '#core/media/index.ts';
import type { DeskKind, DeskRequest, DeskTitle } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { DeskId, MediaId, PersonId, RequestId } from '#kernel/ids.ts';
import { type Clock, type Duration, hours, type Instant, minutes } from '#kernel/instant.ts';
import { createDeskUsersStore, type DeskUserRecord } from './desk-users.store.ts';
import { personOf } from './person-of.ts';
import { type Recorded, recordListing } from './record-listing.ts';
import type { Request } from './request.ts';
import { createRequestsStore, type Database, type Handle, type RequestFilter } from './requests.store.ts';
import { titleNamed } from './titles.ts';

export type RequestsDeps = Readonly<{
  database: Database;
  clock: Clock;
  /** The people's accounts on media servers, by which a desk's users are told. */
  accounts(): Promise<readonly Account[]>;
  /** The media graph on that handle, with all that has to follow where two titles become one. */
  graphOn(handle: Handle): MediaGraph;
}>;

export type Page = Readonly<{ offset: number; limit: number }>;

/** A title as somebody else names it. */
export type RequestedTitle = Readonly<{ kind: DeskKind; tmdbId?: number; tvdbId?: number; imdbId?: string }>;

/** `title` is empty where nobody has told it yet. */
export type RequestedMedia = Pick<Media, 'id' | 'title' | 'year'>;

export type Requests = Readonly<{
  /** Newest first. */
  list(filter: RequestFilter, page: Page): Promise<Readonly<{ requests: readonly Request[]; total: number }>>;
  /** Throws `not-found`. */
  get(id: RequestId): Promise<Request>;
  byUpstream(desk: DeskId, upstreamId: number): Promise<Request | undefined>;
  byIds(ids: readonly RequestId[]): Promise<readonly Request[]>;
  /** All that is known of a desk, in the order of its own ids; what is gone too. */
  ofDesk(desk: DeskId): Promise<readonly Request[]>;
  /** Who asked for a title, whatever became of it; what is gone too. */
  ofTitle(title: RequestedTitle): Promise<readonly Request[]>;
  /** The same by the titles of the media graph; an episode or season stands for its series. */
  ofMedia(media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, readonly Request[]>>;
  /** The same with their names, as far as anybody has told them. */
  titlesOf(requests: readonly Request[]): Promise<ReadonlyMap<RequestId, RequestedMedia>>;
  /** Every title that is asked for, by whomever or by one person; what is gone is left out. One statement, for lists of all titles. */
  requestedMedia(person?: PersonId): Promise<readonly MediaId[]>;
  /** The titles of the media graph; requests whose title is not (or not surely) known there are missing. */
  mediaOf(requests: readonly Request[]): Promise<ReadonlyMap<RequestId, MediaId>>;

  /**
   * Takes down what a desk listed, all of it (`whole`) or the requests of one title; the titles are in the media graph from then on, also where no server has
   * them. Answers what differs from before; with `whole` also
   * what is missing, of which nothing is concluded here. Throws `conflict`, and writes nothing, where an id of the desk stands for another title
   * than before: then it is another desk, or has a new database.
   */
  record(desk: DeskId, listing: Readonly<{ requests: readonly DeskRequest[]; at: Instant; whole: boolean }>): Promise<Recorded>;
  /** Somebody has told what the title of a request is called: it is named so where it has no name. */
  nameTitle(request: Request, told: DeskTitle): Promise<void>;
  /** The desk was asked for these by their ids, and has none. `listedBefore` is when its last complete listing was made before. */
  noteGone(ids: readonly RequestId[], listedBefore: Instant | undefined): Promise<void>;
  /** The desk was asked for it by its id, has it, and does not list it. It is to be asked for again after growing pauses. */
  noteHidden(request: Pick<Request, 'id' | 'hiddenAt'>, listedBefore: Instant | undefined): Promise<void>;
  /** Everything that is known of a desk's requests is forgotten. */
  forget(desk: DeskId): Promise<void>;

  /** The users of desks who asked for something, with the person that each is, and how that is known. */
  users(desk?: DeskId): Promise<readonly DeskUserRecord[]>;
  /** A person's word: this user is that person. Undefined takes the word back. Throws `not-found`. */
  setPerson(desk: DeskId, user: number, person: PersonId | undefined): Promise<DeskUserRecord>;
  /** Finds out anew who is who, but for those of whom a person has spoken: accounts have come, changed or gone. */
  matchPeople(): Promise<void>;
}>;

const FIRST_LOOK: Duration = minutes(5);
const LONGEST_PAUSE: Duration = hours(1);

/** The requests of the household's desks. */
export function createRequests({ database, clock, accounts, graphOn }: RequestsDeps): Requests {
  const store = createRequestsStore(database);
  const users = createDeskUsersStore(database);
  const graph = graphOn(database);

  async function ofMedia(media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, readonly Request[]>> {
    const known = await graph.describe(media);
    const found = new Map<MediaId, readonly Request[]>();
    for (const id of media) {
      const title = known.get(id);
      if (!title) continue;
      const isMovie = title.kind === 'movie';
      const ids = isMovie || title.kind === 'show' ? title.ids : (title.show?.ids ?? {});
      found.set(id, await ofTitle({ kind: isMovie ? 'movie' : 'tv', ...numbered(ids) }));
    }
    return found;
  }

  const ofTitle = async ({ kind, tmdbId, tvdbId, imdbId }: RequestedTitle): Promise<readonly Request[]> => {
    const found = await store.ofTitles(kind, {
      tmdb: tmdbId === undefined ? [] : [tmdbId],
      tvdb: tvdbId === undefined ? [] : [tvdbId],
      imdb: imdbId === undefined ? [] : [imdbId],
    });
    // The desk's own id decides where both are known: one tvdb number may stand for what TMDB holds to be two.
    return tmdbId === undefined || !found.some((one) => one.tmdbId === tmdbId) ? found : found.filter((one) => one.tmdbId === tmdbId);
  };

  async function mediaOf(requests: readonly Request[]): Promise<ReadonlyMap<RequestId, MediaId>> {
    const found = new Map<RequestId, MediaId>();
    for (const request of requests) {
      const [media, ...others] = await graph.find(titleNamed(request));
      if (media !== undefined && others.length === 0) found.set(request.id, media);
    }
    return found;
  }

  async function match(records: readonly DeskUserRecord[], write: ReturnType<typeof createDeskUsersStore>): Promise<void> {
    const open = records.filter(({ by }) => by !== 'word');
    if (open.length === 0) return;
    const known = await accounts();
    for (const { deskId: desk, user, by } of open) {
      const found = personOf(user, known);
      if (found?.personId !== user.personId || found?.by !== by) await write.setPerson(desk, user.id, found?.personId, found?.by);
    }
  }

  return {
    list: (filter, page) => store.page(filter, page),
    async get(id) {
      const found = await store.find(id);
      if (!found) throw new AppError('not-found', `There is no request ${id}.`);
      return found;
    },
    byUpstream: (desk, upstreamId) => store.byUpstream(desk, upstreamId),
    byIds: (ids) => store.byIds(ids),
    ofDesk: (desk) => store.ofDesk(desk),
    ofTitle,
    ofMedia,
    mediaOf,
    requestedMedia: (person) => store.requestedMedia(person),
    async titlesOf(requests) {
      const media = await mediaOf(requests);
      const known = await graph.describe([...media.values()]);
      return new Map([...media].flatMap(([id, own]) => (known.has(own) ? [[id, known.get(own) as Media] as const] : [])));
    },
    async record(desk, listing) {
      const recorded = await database.transaction((handle) => recordListing(handle, graphOn(handle), desk, listing));
      if (recorded.newUsers.length > 0) await match(await users.list(desk), users);
      return recorded;
    },
    async nameTitle(request, { title, year }) {
      await database.transaction((handle) => graphOn(handle).know([{ ...titleNamed(request, title), year }]));
    },
    noteGone: async (ids, listedBefore) => {
      if (ids.length > 0) await store.markGone(ids, clock.now(), listedBefore ?? null);
    },
    async noteHidden({ id, hiddenAt }, listedBefore) {
      const now = clock.now();
      const pause = Math.min(Math.max(FIRST_LOOK, now - (hiddenAt ?? now)), LONGEST_PAUSE);
      await store.markHidden(id, now, now + pause, listedBefore ?? null);
    },
    forget: (desk) => store.forgetDesk(desk),

    users: (desk) => users.list(desk),
    async setPerson(desk, user, person) {
      const record = await users.find(desk, user);
      if (!record) throw new AppError('not-found', `Nobody with the id ${user} has asked for anything on the request desk ${desk}.`);
      if (person !== undefined) await users.setPerson(desk, user, person, 'word');
      else await match([{ ...record, by: undefined }], users);
      return (await users.find(desk, user)) ?? record;
    },
    matchPeople: async () => match(await users.list(), users),
  };
}

function numbered(ids: Readonly<Record<string, string>>): Omit<RequestedTitle, 'kind'> {
  const { tmdb, tvdb, imdb } = ids;
  return {
    ...(tmdb !== undefined && { tmdbId: Number(tmdb) }),
    ...(tvdb !== undefined && { tvdbId: Number(tvdb) }),
    ...(imdb !== undefined && { imdbId: imdb }),
  };
}
