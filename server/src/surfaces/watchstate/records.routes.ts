import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { requireActAsAnyone } from '#core/access/index.ts';
import type { Connections } from '#core/connections/index.ts';
import type { Report } from '#core/viewing/index.ts';
import type { Records } from '#features/diagnostics/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { HistoryRow, rowOf } from './history.shape.ts';
import { type Paging, pagingOf } from './history-paging.ts';
import { callerOf } from './watchstate.auth.ts';
import { Empty, Failure } from './watchstate.shape.ts';

export type RecordsRoutesDeps = Readonly<{ records: Records; connections: Pick<Connections, 'driverOf'> }>;

const tags = ['diagnostics'];
const Rows = (params: object) =>
  Type.Object({
    paging: Type.Object({}, { additionalProperties: true, ...params }),
    items: Type.Array(HistoryRow),
  });
const Deleted = Type.Object({ deleted_records: Type.Integer() });
const Page = Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 });
const PerPage = (most: number) => Type.Integer({ minimum: 1, maximum: 10_000, default: most });
const Min = Type.Integer({ minimum: 0, maximum: 1_000 });

function within(paging: Paging): Paging {
  if (paging.current_page > paging.last_page)
    throw new AppError('not-found', `There is no page ${paging.current_page}: the last one is ${paging.last_page}.`);
  return paging;
}

/** What is wrong with a history as a whole: /system/parity, /system/duplicate, /system/integrity. */
export const recordsRoutes =
  ({ records, connections }: RecordsRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const webUrlOf = ({ account, copy }: Report): string =>
      connections.driverOf(account).webUrl({ url: account.server.url, serverUuid: account.server.uuid, upstreamId: copy.upstreamId });

    app.get(
      '/parity',
      {
        schema: {
          operationId: 'watchstate.listBelowParity',
          tags,
          querystring: Type.Object({ page: Page, perpage: PerPage(1_000), min: Type.Optional(Min) }),
          response: { 200: Rows({}), '4xx': Failure },
        },
      },
      async (request) => {
        const { page, perpage, min = 0 } = request.query;
        const { items, total } = await records.parity(callerOf(request).person.id, min, { offset: (page - 1) * perpage, limit: perpage });
        const paging = within(pagingOf({ page, perpage, total }));
        return { paging: { ...paging, params: { min } }, items: items.map((entry) => rowOf(entry, webUrlOf)) };
      },
    );

    app.delete(
      '/parity',
      {
        schema: {
          operationId: 'watchstate.removeBelowParity',
          tags,
          querystring: Type.Object({ min: Type.Optional(Min) }),
          body: Type.Optional(Type.Union([Type.Object({ min: Type.Optional(Min) }), Type.Null()])),
          response: { 200: Deleted, '4xx': Failure },
        },
      },
      async (request) => {
        const { person, actor } = callerOf(request);
        const min = request.body?.min ?? request.query.min ?? 0;
        return { deleted_records: await records.removeBelow(person.id, min, actor) };
      },
    );

    app.get(
      '/duplicate',
      {
        schema: {
          operationId: 'watchstate.listDuplicates',
          tags,
          querystring: Type.Object({ page: Page, perpage: PerPage(50), no_cache: Type.Optional(Type.Boolean()) }),
          response: { 200: Rows({}), '4xx': Failure },
        },
      },
      async (request) => {
        const { page, perpage, no_cache: anew = false } = request.query;
        const range = { offset: (page - 1) * perpage, limit: perpage, anew };
        const { items, total } = await records.duplicates(callerOf(request).person.id, range);
        const paging = pagingOf({ page, perpage, total });
        return {
          paging: { ...paging, params: [] },
          items: items.map(({ others, ...entry }) => ({ ...rowOf(entry, webUrlOf), duplicate_reference_ids: [...others] })),
        };
      },
    );

    app.delete(
      '/duplicate',
      { schema: { operationId: 'watchstate.mergeDuplicates', tags, response: { 200: Deleted, '4xx': Failure } } },
      async (request) => {
        const { person, actor } = callerOf(request);
        // Titles are everybody's: what one person's servers say of files must not move another's plays.
        requireActAsAnyone(actor);
        return { deleted_records: await records.mergeDuplicates(person.id, actor) };
      },
    );

    const Fault = Type.Object({ backend: Type.String(), path: Type.String(), status: Type.Boolean(), message: Type.String() });
    app.get(
      '/integrity',
      {
        schema: {
          operationId: 'watchstate.listBroken',
          tags,
          querystring: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 100_000, default: 1_000 }) }),
          response: {
            200: Type.Object({
              items: Type.Array(Type.Object({ ...HistoryRow.properties, integrity: Type.Array(Fault) })),
              total: Type.Integer(),
              fromCache: Type.Boolean(),
            }),
            '4xx': Failure,
          },
        },
      },
      async (request) => {
        const { items, total, cached } = await records.integrity(callerOf(request).person.id, request.query.limit);
        const shown = items.map(({ entry, faults }) => ({
          ...rowOf(entry, webUrlOf),
          integrity: faults.map(({ account, path, message }) => ({ backend: account, path, status: false, message })),
        }));
        return { items: shown, total, fromCache: cached };
      },
    );

    app.delete(
      '/integrity',
      { schema: { operationId: 'watchstate.forgetBroken', tags, response: { 200: Empty, '4xx': Failure } } },
      async (request, reply) => {
        records.forget(callerOf(request).person.id);
        return reply.code(200).send();
      },
    );
  };
