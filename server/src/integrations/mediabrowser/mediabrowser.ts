import type {
  CallOptions,
  IssuedToken,
  MediaServer,
  UpstreamConnection,
  UpstreamItem,
  UpstreamShow,
  UpstreamState,
} from '#core/upstreams/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { type Clock, minutes } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import { createHttpClient, type HttpQuery } from '#platform/http-client/index.ts';
import type { Dialect, Place, Routes } from './dialect.ts';
import { readLibrary } from './library-reader.ts';
import { mapIdentity, mapItem, mapLibrary, mapSession, mapShow, mapState, mapUser } from './mediabrowser.map.ts';
import { readItemsReply, readListReply, readObjectReply, text, ticksOfMs } from './mediabrowser.wire.ts';

const DEFAULT_MAX_EPISODE_RANGE = 5;
/** An upgraded server is noticed after this; until then its version, which says where things are, is not asked for again. */
const VERSION_KEPT_MS = minutes(10);
/** Series and libraries of single items read by webhooks; a burst about one season asks once. */
const LOOKUP_KEPT_MS = minutes(2);
const MAX_LOOKUPS = 200;

export type MediaBrowserFamily = Readonly<{
  connect(connection: UpstreamConnection): MediaServer;
  signIn(login: Readonly<{ url: string; username: string; password: string }>, options: CallOptions): Promise<IssuedToken>;
  tokenForUser(connection: UpstreamConnection, user: Readonly<{ id: string }>, options: CallOptions): Promise<string>;
}>;

/** Remembers answers for a short while; a question that failed is asked again. */
function createLookup<Value>(clock: Clock, keptMs: number) {
  const entries = new Map<string, Readonly<{ value: Value; at: number }>>();
  return async (key: string, ask: () => Promise<Value>): Promise<Value> => {
    const known = entries.get(key);
    if (known && clock.now() - known.at < keptMs) return known.value;
    const value = await ask();
    if (entries.size >= MAX_LOOKUPS) entries.clear();
    entries.set(key, { value, at: clock.now() });
    return value;
  };
}

/** Servers that descend from MediaBrowser: one adapter, told by a dialect where each member of the family keeps things. */
export function createMediaBrowser({ clock, dialect }: Readonly<{ clock: Clock; dialect: Dialect }>): MediaBrowserFamily {
  const versionOf = createLookup<string>(clock, VERSION_KEPT_MS);

  function open(connection: UpstreamConnection) {
    const http = createHttpClient({
      baseUrl: connection.url,
      name: dialect.title,
      secrets: [connection.token],
      ...(connection.timeoutMs !== undefined && { timeoutMs: connection.timeoutMs }),
      ...(connection.verifyHost !== undefined && { verifyHost: connection.verifyHost }),
    });
    const publicInfo = async (signal: AbortSignal) =>
      readObjectReply(await http.getJson('/System/Info/Public', { signal }), dialect.title, 'description of itself');
    const routes = async (signal: AbortSignal): Promise<Routes> => {
      if (!dialect.routesDependOnVersion) return dialect.routes('');
      const version = await versionOf(connection.url, async () => text((await publicInfo(signal))['Version']) ?? '');
      return dialect.routes(version);
    };
    const get = async (place: Place, signal: AbortSignal, query?: HttpQuery): Promise<unknown> =>
      http.getJson(place.path, { query: { ...place.query, ...query }, headers: (await routes(signal)).headers(connection.token), signal });
    return { http, routes, get, publicInfo };
  }

  function connect(connection: UpstreamConnection): MediaServer {
    const { http, routes, get, publicInfo } = open(connection);
    const shows = createLookup<UpstreamShow | undefined>(clock, LOOKUP_KEPT_MS);
    const libraries = createLookup<string>(clock, LOOKUP_KEPT_MS);
    const maxEpisodeRange = connection.maxEpisodeRange ?? DEFAULT_MAX_EPISODE_RANGE;

    const userId = (): string => {
      if (connection.userId !== undefined && connection.userId !== '') return connection.userId;
      throw new AppError('misconfigured', `${dialect.title}: choose whose watched state is meant; the connection names no user.`);
    };

    async function queryItems(query: Readonly<Record<string, string | number | boolean>>, signal: AbortSignal): Promise<unknown> {
      const route = await routes(signal);
      const spelled: Record<string, string | number | boolean> = {};
      for (const [name, value] of Object.entries(query)) spelled[route.spell(name)] = value;
      return get(route.items(userId()), signal, { ...route.itemQuery, ...spelled });
    }

    /** The raw item with this very id: a server that cannot read the id answers with others. */
    async function queryOne(upstreamId: string, signal: AbortSignal): Promise<Readonly<Record<string, unknown>> | undefined> {
      const reply = readItemsReply(await queryItems({ Ids: upstreamId }, signal), dialect.title, 'answer about one item');
      return reply.items.filter(isRecord).find((raw) => raw['Id'] === upstreamId);
    }

    const showOf = (id: string, signal: AbortSignal): Promise<UpstreamShow | undefined> =>
      shows(id, async () => mapShow(await queryOne(id, signal)));

    /** Items do not say which library they are of; their ancestors do. Empty where they do not either. */
    const libraryOf = (upstreamId: string, key: string, signal: AbortSignal): Promise<string> =>
      libraries(key, async () => {
        const route = await routes(signal);
        const ancestors = await get(route.ancestors(userId(), upstreamId), signal);
        const folder = readListReply(ancestors, dialect.title, 'list of the folders of an item').find(
          (raw) => raw['Type'] === 'CollectionFolder' || raw['Type'] === 'UserView',
        );
        return text(folder?.['Id']) ?? '';
      });

    async function readItem(upstreamId: string, { signal }: CallOptions): Promise<UpstreamItem | undefined> {
      const raw = await queryOne(upstreamId, signal);
      if (raw === undefined) return undefined;
      const showId = raw['Type'] === 'Episode' ? text(raw['SeriesId']) : undefined;
      const [show, libraryId] = await Promise.all([
        showId === undefined ? undefined : showOf(showId, signal),
        libraryOf(upstreamId, showId ?? upstreamId, signal),
      ]);
      const mapped = mapItem(raw, { libraryId, shows: new Map(show ? [[show.upstreamId, show]] : []), maxEpisodeRange });
      if ('item' in mapped) return mapped.item;
      if (!mapped.unreadable) return undefined;
      throw new AppError('upstream-unreadable', `${dialect.title}: the item ${upstreamId} cannot be read. ${mapped.skipped.reason}`);
    }

    async function mark(
      method: 'POST' | 'DELETE',
      upstreamId: string,
      signal: AbortSignal,
      at?: number,
    ): Promise<UpstreamState | undefined> {
      const route = await routes(signal);
      const place = route.played(userId(), upstreamId);
      const reply = await http.send({
        method,
        path: place.path,
        query: { ...place.query, ...(at !== undefined && { [route.spell('DatePlayed')]: route.datePlayed(at) }) },
        headers: route.headers(connection.token),
        signal,
        // A repeated mark would count a second play.
        retry: method === 'POST' ? 'never' : 'safe',
      });
      return reply.text === '' ? undefined : mapState(reply.json());
    }

    return {
      capabilities: dialect.capabilities,

      async identify({ signal }) {
        const identity = mapIdentity(await publicInfo(signal));
        if (identity === undefined) {
          throw new AppError('upstream-unreadable', `${dialect.title}: the server does not say who it is. Is its address right?`);
        }
        const route = await routes(signal);
        // The description is public: only a call that needs the token says whether the token is good.
        await get(connection.userId ? route.user(connection.userId) : { path: '/System/Info' }, signal);
        return identity;
      },

      async listUsers({ signal }) {
        const raw = await get((await routes(signal)).users, signal);
        const list = Array.isArray(raw) ? raw : readItemsReply(raw, dialect.title, 'list of users').items;
        return list.map(mapUser).filter((user) => user !== undefined);
      },

      async listLibraries({ signal }) {
        const raw = await get((await routes(signal)).views(userId()), signal);
        return readItemsReply(raw, dialect.title, 'list of libraries')
          .items.map(mapLibrary)
          .filter((library) => library !== undefined);
      },

      readLibrary: (library, { pageSize, signal }) =>
        readLibrary({
          library,
          pageSize,
          maxEpisodeRange,
          vendor: dialect.title,
          signal,
          fetchPage: (page) =>
            queryItems(
              {
                ParentId: library.id,
                Recursive: true,
                IncludeItemTypes: page.types,
                SortBy: 'DateCreated,SortName',
                SortOrder: 'Ascending',
                StartIndex: page.offset,
                Limit: page.limit,
              },
              page.signal,
            ),
        }),

      readItem,

      markPlayed: (upstreamId, { at, signal }) => mark('POST', upstreamId, signal, at),
      markUnplayed: (upstreamId, { signal }) => mark('DELETE', upstreamId, signal),

      async setPosition(upstreamId, { positionMs, at, played, signal }) {
        const route = await routes(signal);
        const place = route.userData?.(userId(), upstreamId);
        if (place === undefined) {
          throw new AppError(
            'upstream-rejected',
            `${dialect.title}: this version of the server takes no positions from outside. A newer one does.`,
          );
        }
        const now = dialect.userDataIsWhole ? (await readItem(upstreamId, { signal }))?.state : undefined;
        if (dialect.userDataIsWhole && now === undefined) {
          throw new AppError(
            'upstream-not-found',
            `${dialect.title}: the item ${upstreamId} is no longer there, so its position was not set.`,
          );
        }
        await http.send({
          method: 'POST',
          path: place.path,
          ...(place.query && { query: place.query }),
          headers: route.headers(connection.token),
          body: dialect.positionBody({ ticks: ticksOfMs(positionMs), at, played, ...(now && { now }) }),
          signal,
          retry: 'safe',
        });
      },

      async listSessions({ signal }) {
        return readListReply(await get({ path: '/Sessions' }, signal), dialect.title, 'list of sessions')
          .map(mapSession)
          .filter((session) => session !== undefined);
      },
    };
  }

  async function signIn({ url, username, password }: { url: string; username: string; password: string }, { signal }: CallOptions) {
    const http = createHttpClient({ baseUrl: url, name: dialect.title, secrets: [password] });
    const place = '/Users/AuthenticateByName';
    try {
      const reply = await http.send({
        method: 'POST',
        path: place,
        headers: dialect.signInHeaders,
        body: { Username: username, Pw: password },
        signal,
      });
      return issuedToken(reply.json(), dialect.title);
    } catch (cause) {
      if (!isAppError(cause, 'upstream-unauthorized')) throw cause;
      throw new AppError('upstream-unauthorized', `${dialect.title}: the server does not know this user name with this password.`, {
        cause,
      });
    } finally {
      await http.close();
    }
  }

  return {
    connect,
    signIn,
    /** An administrator's token, and an API key, may act for every user of its server; whether ours may is asked, not assumed. */
    async tokenForUser(connection, user, { signal }) {
      const { get, routes } = open(connection);
      await get((await routes(signal)).views(user.id), signal);
      return connection.token;
    },
  };
}

function issuedToken(raw: unknown, vendor: string): IssuedToken {
  const reply = readObjectReply(raw, vendor, 'answer to a sign-in');
  const user = isRecord(reply['User']) ? reply['User'] : {};
  const token = text(reply['AccessToken']);
  const userId = text(user['Id']);
  if (token === undefined || userId === undefined) {
    throw new AppError('upstream-unreadable', `${vendor}: the server took the password and gave no token. Is it ${vendor}?`);
  }
  const serverUuid = text(reply['ServerId']);
  return { token, userId, userName: text(user['Name']) ?? userId, ...(serverUuid !== undefined && { serverUuid }) };
}
