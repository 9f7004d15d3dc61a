import type { OwnIds } from '#core/media/index.ts';
import {
  type CallOptions,
  imageOf,
  type MediaServer,
  MOST_IMAGE_BYTES,
  type ServerIdentity,
  type UpstreamLibrary,
  type UpstreamState,
  type ViewingSink,
  withRaw,
} from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import type { Calls } from './calls.ts';
import type { Place } from './dialect.ts';
import { createItemReader } from './item-reader.ts';
import { type LibraryReading, readLibrary, readShelf } from './library-reader.ts';
import { mapIdentity, mapLibrary, mapSession, mapShelfItem, mapState, mapUser } from './mediabrowser.map.ts';
import { readItemsReply, readListReply, ticksOfMs } from './mediabrowser.wire.ts';
import { type IdReader, idReaderOf } from './provider-ids.ts';
import { createTitleSearch } from './title-search.ts';

const DEFAULT_MAX_EPISODE_RANGE = 5;
const isThere = <Value>(value: Value | undefined): value is Value => value !== undefined;

/** One user on one server of the family. */
export function createMediaServer({ calls, clock, ownIds }: Readonly<{ calls: Calls; clock: Clock; ownIds: () => OwnIds }>): MediaServer {
  const { dialect, connection, userId, get, routes } = calls;
  const vendor = dialect.title;
  const ids: IdReader = (raw) => idReaderOf(ownIds(), dialect.type)(raw);
  const maxEpisodeRange = connection.maxEpisodeRange ?? DEFAULT_MAX_EPISODE_RANGE;
  const readItem = createItemReader({ calls, clock, maxEpisodeRange, ids });

  async function publicIdentity({ signal, raw }: CallOptions): Promise<ServerIdentity> {
    const info = await calls.publicInfo(signal);
    const identity = mapIdentity(info);
    if (identity) return withRaw(raw, identity, info);
    throw new AppError('upstream-unreadable', `${vendor}: the server does not say who it is. Is its address right?`);
  }

  const pagesFor =
    (library: UpstreamLibrary): LibraryReading['fetchPage'] =>
    ({ types, offset, limit, signal }) =>
      calls.pageOfItems(
        {
          ParentId: library.id,
          Recursive: true,
          IncludeItemTypes: types,
          // What is added while we read comes last, where it moves no page.
          SortBy: 'DateCreated,SortName',
          SortOrder: 'Ascending',
          StartIndex: offset,
          Limit: limit,
        },
        signal,
      );

  function readingOf(library: UpstreamLibrary) {
    const own = ownIds();
    return { library, ids: idReaderOf(own, dialect.type), idsKey: own.key, maxEpisodeRange, vendor, clock, fetchPage: pagesFor(library) };
  }

  return {
    capabilities: dialect.capabilities,

    serverUuid: async (options) => (await publicIdentity(options)).uuid,

    async identify(options) {
      const { signal } = options;
      const identity = await publicIdentity(options);
      // The description is public: only a call that needs the token says whether the token is good.
      await get(connection.userId ? (await routes(signal)).user(connection.userId) : { path: '/System/Info' }, signal);
      return identity;
    },

    async listUsers({ signal, raw }) {
      const reply = await get((await routes(signal)).users, signal);
      const list = Array.isArray(reply) ? reply : readItemsReply(reply, vendor, 'list of users').items;
      return list.flatMap((one) => {
        const user = mapUser(one);
        return user === undefined ? [] : [withRaw(raw, user, one)];
      });
    },

    async listLibraries({ signal }) {
      const raw = await get((await routes(signal)).views(userId()), signal);
      return readItemsReply(raw, vendor, 'list of libraries').items.map(mapLibrary).filter(isThere);
    },

    readLibrary(library, { pageSize, signal, recall, raw }) {
      return readLibrary({ ...readingOf(library), pageSize, signal, recall, raw });
    },

    readShelf: (library, { pageSize, signal }) => readShelf({ ...readingOf(library), pageSize, signal }),

    async readShelfItem(upstreamId, { signal }) {
      const reply = readItemsReply(await calls.queryItems({ Ids: upstreamId }, signal), vendor, 'answer about one item');
      // A server that cannot read the id answers with others.
      return reply.items.map((raw) => mapShelfItem(raw, ids)).find((item) => item?.upstreamId === upstreamId);
    },

    async setFavourite(upstreamId, favourite, { signal }) {
      const route = await routes(signal);
      const { path, query } = route.favourite(userId(), upstreamId);
      const headers = route.headers(connection.token);
      await calls.http.send({ method: favourite ? 'POST' : 'DELETE', path, ...(query && { query }), headers, signal, retry: 'safe' });
    },

    readItem,
    readImage: createImages(calls),
    searchTitles: createTitleSearch({ calls, maxEpisodeRange, ids }),
    ...createSink({ calls, readItem }),

    async listSessions({ signal, raw }) {
      return readListReply(await get({ path: '/Sessions' }, signal), vendor, 'list of sessions').flatMap((one) => {
        const session = mapSession(one);
        return session === undefined ? [] : [withRaw(raw, session, one)];
      });
    },
  };
}

/** An episode is known by the picture of its series; one that has none, by its own. */
function createImages(calls: Calls): MediaServer['readImage'] {
  const { http, dialect, connection, routes } = calls;
  return async ({ upstreamId, showUpstreamId }, kind, { signal, width }) => {
    const route = await routes(signal);
    const headers = { ...route.headers(connection.token), accept: 'image/*' };
    const query = width === undefined ? {} : { query: { [route.spell('MaxWidth')]: width } };
    for (const id of showUpstreamId === undefined ? [upstreamId] : [showUpstreamId, upstreamId]) {
      const path = `/Items/${encodeURIComponent(id)}/Images/${kind === 'poster' ? 'Primary' : 'Backdrop'}`;
      const image = await imageOf(dialect.title, () =>
        http.send({ method: 'GET', path, headers, signal, maxBytes: MOST_IMAGE_BYTES, ...query }),
      );
      if (image) return image;
    }
    return undefined;
  };
}

function createSink({ calls, readItem }: Readonly<{ calls: Calls; readItem: MediaServer['readItem'] }>): ViewingSink {
  const { dialect, http, connection, userId, routes } = calls;

  async function mark(
    method: 'POST' | 'DELETE',
    upstreamId: string,
    { signal, at }: CallOptions & { at?: Instant },
  ): Promise<UpstreamState | undefined> {
    const route = await routes(signal);
    const { path, query } = route.played(userId(), upstreamId);
    const reply = await http.send({
      method,
      path,
      query: { ...query, ...(at !== undefined && { [route.spell('DatePlayed')]: route.datePlayed(at) }) },
      headers: route.headers(connection.token),
      signal,
      // A repeated mark would count a second play.
      retry: method === 'POST' ? 'never' : 'safe',
    });
    return reply.text === '' ? undefined : mapState(reply.json());
  }

  /** The state to send along where a write takes what it is not told for false. */
  async function stateNow(upstreamId: string, signal: AbortSignal): Promise<UpstreamState | undefined> {
    if (!dialect.userDataIsWhole) return undefined;
    const item = await readItem(upstreamId, { signal });
    if (item !== undefined) return item.state;
    throw new AppError(
      'upstream-not-found',
      `${dialect.title}: the item ${upstreamId} is no longer there, so its position was not set. The next import will see that it is gone.`,
    );
  }

  async function write({ path, query }: Place, body: Readonly<Record<string, unknown>>, how: 'never' | 'safe', signal: AbortSignal) {
    const headers = (await routes(signal)).headers(connection.token);
    return http.send({ method: 'POST', path, ...(query && { query }), headers, body, signal, retry: how });
  }

  /** Answers the state, where the server tells it. Not repeated: what somebody does there in between is counted too. */
  async function writeCount(
    place: Place,
    count: Parameters<typeof dialect.countBody>[0],
    signal: AbortSignal,
  ): Promise<UpstreamState | undefined> {
    const reply = await write(place, dialect.countBody(count), 'never', signal);
    const then = reply.text === '' ? undefined : mapState(reply.json());
    // Begun by somebody right after the mark: the server has counted that and taken its mark away, and we have written over its count.
    const begun = count.now.played && then !== undefined && !then.played && then.playCount === count.playCount;
    return begun ? writeCount(place, { ...count, playCount: count.playCount + 1, now: then }, signal) : then;
  }

  async function markPlayed(
    upstreamId: string,
    { at, plays = 1, signal }: CallOptions & Readonly<{ at: Instant; plays?: number }>,
  ): Promise<UpstreamState | undefined> {
    const place = (await routes(signal)).userData?.(userId(), upstreamId);
    const marked = await mark('POST', upstreamId, { at, signal });
    // A mark that was not kept has no count.
    if (plays <= 1 || place === undefined || marked?.playCount === undefined || !marked.played) return marked;
    // On top of what the server counts by now: somebody may have finished it there a moment before.
    const playCount = marked.playCount + plays - 1;
    // The mark is made, whatever becomes of its count; where that is not known, nothing is said of the state.
    return writeCount(place, { playCount, at, now: marked }, signal).catch(() => undefined);
  }

  return {
    takesUserData: async ({ signal }) => (await routes(signal)).userData !== undefined,
    markPlayed,
    markUnplayed: (upstreamId, { signal }) => mark('DELETE', upstreamId, { signal }),

    async setPosition(upstreamId, { positionMs, at, played, signal }) {
      const route = await routes(signal);
      const place = route.userData?.(userId(), upstreamId);
      if (place === undefined) {
        throw new AppError(
          'upstream-rejected',
          `${dialect.title}: this version of the server takes no positions from outside; a newer one does. Watched marks are not touched by this.`,
        );
      }
      const now = await stateNow(upstreamId, signal);
      await write(place, dialect.positionBody({ ticks: ticksOfMs(positionMs), at, played, ...(now && { now }) }), 'safe', signal);
    },
  };
}
