import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Account, Connections } from '#core/connections/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import type { WatchSync } from '#features/watch-sync/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import { FoundItem, foundRow } from './found-item.shape.ts';
import { askUpstream } from './upstream-call.ts';
import { callerOf } from './watchstate.auth.ts';
import { Failure } from './watchstate.shape.ts';

export type BackendSearchDeps = Readonly<{ connections: Connections; watchSync: Pick<WatchSync, 'titlesOf'> }>;

const DEFAULT_LIMIT = 25;
const SearchQuery = Type.Object({
  id: Type.Optional(Type.String()),
  q: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: DEFAULT_LIMIT })),
  raw: Type.Optional(Type.Boolean({ description: "With the server's own words." })),
});
const SearchParams = Type.Object({ name: Type.String({ minLength: 1 }), id: Type.Optional(Type.String()) });

/** What the backend's server has, at /backend/{name}/search. */
export const backendSearchRoutes =
  ({ connections, watchSync }: BackendSearchDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    async function find(
      account: Account,
      wanted: Readonly<{ id?: string; q?: string; limit: number; raw: boolean }>,
    ): Promise<readonly UpstreamItem[]> {
      const server = await connections.connect(account);
      const { id, q, limit, raw } = wanted;
      if (id) return [await askUpstream((call) => server.readItem(id, { ...call, raw }))].filter((item) => item !== undefined);
      if (q?.trim()) return askUpstream((call) => server.searchTitles(q.trim(), { ...call, limit, raw }));
      throw invalid('?q', 'is missing: search by a text, or by the id of an item with ?id');
    }

    for (const [url, operationId] of [
      ['/', 'watchstate.searchBackend'],
      ['/:id', 'watchstate.getBackendItem'],
    ] as const) {
      app.get(
        url,
        {
          schema: {
            operationId,
            tags: ['backend'],
            params: SearchParams,
            querystring: SearchQuery,
            response: { 200: Type.Array(FoundItem), '4xx': Failure, '5xx': Failure },
          },
        },
        async (request) => {
          const { limit = DEFAULT_LIMIT, q, id: queried, raw = false } = request.query;
          const account = await connections.get(callerOf(request).person.id, request.params.name);
          const id = request.params.id ?? queried;
          const items = await find(account, { limit, raw, ...(id !== undefined && { id }), ...(q !== undefined && { q }) });
          if (items.length === 0) throw new AppError('not-found', `"${account.name}" has nothing like that.`);
          const titles = await watchSync.titlesOf(
            account,
            items.map((item) => item.upstreamId),
          );
          const driver = connections.driverOf(account);
          return items.map((item) => ({
            ...foundRow(item, { account, driver, known: titles.get(item.upstreamId) ?? [] }),
            ...(raw && { raw: item.raw ?? null }),
          }));
        },
      );
    }
  };
