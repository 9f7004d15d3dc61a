import type { UpstreamConnection } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { createHttpClient, type HttpClient, type HttpQuery, type HttpReply } from '#platform/http-client/index.ts';
import type { Dialect, Place, Routes } from './dialect.ts';
import type { Lookup } from './lookup.ts';
import { readObjectReply, text, type WireObject } from './mediabrowser.wire.ts';

export type Calls = Readonly<{
  http: HttpClient;
  dialect: Dialect;
  connection: UpstreamConnection;
  /** The paths and headers of the server's own version. */
  routes(signal: AbortSignal): Promise<Routes>;
  get(place: Place, signal: AbortSignal): Promise<unknown>;
  /** Items as the connection's user sees them; names of the query are spelled as the vendor does. */
  queryItems(query: Readonly<Record<string, string | number | boolean>>, signal: AbortSignal): Promise<unknown>;
  /** The same, as it came. */
  pageOfItems(query: Readonly<Record<string, string | number | boolean>>, signal: AbortSignal): Promise<HttpReply>;
  publicInfo(signal: AbortSignal): Promise<WireObject>;
  /** Whose state is meant; `misconfigured` where the connection does not say. */
  userId(): string;
}>;

export function createCalls(deps: Readonly<{ connection: UpstreamConnection; dialect: Dialect; versionOf: Lookup<string> }>): Calls {
  const { connection, dialect, versionOf } = deps;
  const http = createHttpClient({
    baseUrl: connection.url,
    name: dialect.title,
    secrets: [connection.token],
    ...(connection.timeoutMs !== undefined && { timeoutMs: connection.timeoutMs }),
    ...(connection.verifyHost !== undefined && { verifyHost: connection.verifyHost }),
  });

  const publicInfo = async (signal: AbortSignal): Promise<WireObject> =>
    readObjectReply(await http.getJson('/System/Info/Public', { signal }), dialect.title, 'description of itself');

  async function routes(signal: AbortSignal): Promise<Routes> {
    if (!dialect.routesDependOnVersion) return dialect.routes('');
    return dialect.routes(await versionOf(connection.url, async () => text((await publicInfo(signal)).Version) ?? ''));
  }

  async function get({ path, query }: Place, signal: AbortSignal): Promise<unknown> {
    const headers = (await routes(signal)).headers(connection.token);
    return http.getJson(path, { ...(query && { query }), headers, signal });
  }

  function userId(): string {
    if (connection.userId !== undefined && connection.userId !== '') return connection.userId;
    throw new AppError('misconfigured', `${dialect.title}: choose whose watched state is meant; the connection names no user.`);
  }

  async function pageOfItems(query: Readonly<Record<string, string | number | boolean>>, signal: AbortSignal): Promise<HttpReply> {
    const route = await routes(signal);
    const { path, query: own } = route.items(userId());
    const spelled: HttpQuery = Object.fromEntries(Object.entries(query).map(([name, value]) => [route.spell(name), value]));
    const headers = route.headers(connection.token);
    return http.send({ method: 'GET', path, query: { ...own, ...route.itemQuery, ...spelled }, headers, signal });
  }

  return {
    http,
    dialect,
    connection,
    routes,
    get,
    publicInfo,
    userId,
    pageOfItems,
    queryItems: async (query, signal) => (await pageOfItems(query, signal)).json(),
  };
}
