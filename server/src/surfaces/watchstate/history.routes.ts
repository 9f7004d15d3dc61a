import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { type Actor, may } from '#core/access/index.ts';
import type { Connections, LocalFiles } from '#core/connections/index.ts';
import { titleInWords } from '#core/media/index.ts';
import type { History, HistoryBin, HistoryEntry, Report } from '#core/viewing/index.ts';
import type { CheckedReference, ReferenceCheck } from '#features/diagnostics/index.ts';
import type { Player } from '#features/player/index.ts';
import type { WatchSync } from '#features/watch-sync/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { mediaId } from '#kernel/ids.ts';
import { Duplicates, fileOf, HistoryList, hardwareOf, References, reportedFiles, rowOf, SingleRow, Watched } from './history.shape.ts';
import { linksOf, pagingOf, viewed } from './history-paging.ts';
import { filtersOf, HistorySearch, queryOf, SEARCHABLE } from './history-search.ts';
import { type Caller, callerOf } from './watchstate.auth.ts';
import { Empty, Failure, Info, info } from './watchstate.shape.ts';

export type HistoryRoutesDeps = Readonly<{
  history: History;
  historyBin: HistoryBin;
  watchSync: Pick<WatchSync, 'markByHand' | 'removeFromHistory'>;
  connections: Pick<Connections, 'list' | 'get' | 'driverOf'>;
  references: ReferenceCheck;
  localFiles: Pick<LocalFiles, 'locate' | 'look'>;
  player: Pick<Player, 'describeFiles' | 'describeHardware'>;
}>;

const Id = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) });
const IdAndBackend = Type.Object({ ...Id.properties, backend: Type.String({ pattern: '^[^\\u0000]*$' }) });
const Detail = Type.Object({ with_duplicates: Type.Optional(Type.Boolean()), files: Type.Optional(Type.Boolean()) });
const tags = ['history'];
const errors = { '4xx': Failure, '5xx': Failure };

/** A person's history, below /history. */
export const historyRoutes =
  ({ history, historyBin, watchSync, connections, references, localFiles, player }: HistoryRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    function webUrlOf({ account, copy }: Report): string | null {
      try {
        const { url, uuid } = account.server;
        return connections.driverOf(account).webUrl({ url, serverUuid: uuid, upstreamId: copy.upstreamId });
      } catch {
        return null;
      }
    }

    async function isHere({ reports }: HistoryEntry, path: string, actor: Actor): Promise<boolean> {
      const report = reports.find(({ copy }) => copy.path === path);
      const place = report && (await localFiles.locate(report.account, path));
      const [standing] = await localFiles.look([place], { anywhere: may(actor, 'admin') });
      return standing === 'there';
    }

    async function single(entry: HistoryEntry, { actor }: Caller) {
      const row = rowOf(entry, webUrlOf);
      return { ...row, content_exists: row.content_path !== null && (await isHere(entry, row.content_path, actor)) };
    }

    async function withFiles(entry: HistoryEntry, { actor }: Caller) {
      const files = await player.describeFiles(reportedFiles(entry), { anywhere: may(actor, 'admin') });
      return { files: files.map(fileOf), hardware: hardwareOf(await player.describeHardware()) };
    }

    app.get(
      '/',
      { schema: { operationId: 'watchstate.searchHistory', tags, querystring: HistorySearch, response: { 200: HistoryList, ...errors } } },
      async (request) => {
        const { person } = callerOf(request);
        const search = request.query;
        const { page, perpage, with_duplicates: duplicates = false, view } = search;
        const query = queryOf(search, search, await connections.list(person.id));
        const { entries, total } = await history.list(person.id, query, { offset: (page - 1) * perpage, limit: perpage, duplicates });
        if (entries.length === 0) throw new AppError('not-found', 'No results.');
        const paging = pagingOf({ page, perpage, total });
        return {
          paging,
          filters: filtersOf(search),
          history: entries.map((entry) => viewed(rowOf(entry, webUrlOf), view)),
          links: linksOf(app.prefix, search, paging),
          searchable: SEARCHABLE,
        };
      },
    );

    app.get(
      '/:id',
      {
        schema: { operationId: 'watchstate.getHistory', tags, params: Id, querystring: Detail, response: { 200: SingleRow, ...errors } },
      },
      async (request) => {
        const caller = callerOf(request);
        const { with_duplicates: duplicates = false, files = false } = request.query;
        const entry = await history.get(caller.person.id, mediaId(request.params.id), { duplicates });
        return { ...(await single(entry, caller)), ...(files && (await withFiles(entry, caller))) };
      },
    );

    app.get(
      '/:id/duplicates',
      { schema: { operationId: 'watchstate.getDuplicates', tags, params: Id, response: { 200: Duplicates, ...errors } } },
      async (request) => {
        const { person } = callerOf(request);
        const { duplicates } = await history.get(person.id, mediaId(request.params.id), { duplicates: true });
        return { duplicate_reference_ids: [...duplicates] };
      },
    );

    app.delete(
      '/:id',
      { schema: { operationId: 'watchstate.deleteHistory', tags, params: Id, response: { 200: Empty, ...errors } } },
      async (request, reply) => {
        const { person, actor } = callerOf(request);
        const { media } = await history.get(person.id, mediaId(request.params.id));
        await watchSync.removeFromHistory(
          person.id,
          media.id,
          historyBin.keepTitle({ personId: person.id, title: titleInWords(media), actor }),
        );
        return reply.code(200).send();
      },
    );

    app.get(
      '/:id/watch',
      { schema: { operationId: 'watchstate.getWatched', tags, params: Id, response: { 200: Watched, ...errors } } },
      async (request) => {
        const { viewing } = await history.get(callerOf(request).person.id, mediaId(request.params.id));
        return { watched: viewing.watched };
      },
    );

    for (const [method, watched, event] of [
      ['POST', true, 'webui.markplayed'],
      ['DELETE', false, 'webui.markunplayed'],
    ] as const) {
      app.route({
        method,
        url: '/:id/watch',
        schema: {
          operationId: watched ? 'watchstate.markWatched' : 'watchstate.markUnwatched',
          tags,
          params: Id,
          response: { 200: SingleRow, ...errors },
        },
        async handler(request) {
          const caller = callerOf(request);
          const id = mediaId((request.params as { id: number }).id);
          await watchSync.markByHand(caller.person.id, id, watched, event);
          return single(await history.get(caller.person.id, id), caller);
        },
      });
    }

    app.get(
      '/:id/validate',
      { schema: { operationId: 'watchstate.validateHistory', tags, params: Id, response: { 200: References, ...errors } } },
      async (request, reply) => {
        const { person } = callerOf(request);
        const { media, reports } = await history.get(person.id, mediaId(request.params.id));
        const known = reports.map(({ account, copy }) => ({ account, upstreamId: copy.upstreamId }));
        const { cached, results } = await references.check({ person: person.id, media: media.id, references: known });
        reply.header('x-cache', cached ? 'HIT' : 'MISS');
        return Object.fromEntries(results.map((result) => [result.account, statusOf(result)]));
      },
    );

    app.delete(
      '/:id/metadata/:backend',
      {
        schema: {
          operationId: 'watchstate.deleteHistoryMetadata',
          tags,
          params: IdAndBackend,
          response: { 200: Type.Union([SingleRow, Info]), ...errors },
        },
      },
      async (request) => {
        const caller = callerOf(request);
        const { person, actor } = caller;
        const account = await connections.get(person.id, request.params.backend);
        const { media } = await history.get(person.id, mediaId(request.params.id));
        const departure = { personId: person.id, title: titleInWords(media), actor };
        await history.removeReports(person.id, media.id, account, historyBin.keepReports({ ...departure, account: account.name }));
        const entry = await history.get(person.id, media.id);
        if (entry.reports.length > 0) return single(entry, caller);
        await watchSync.removeFromHistory(person.id, media.id, historyBin.keepTitle(departure));
        return info(200, 'Record deleted.');
      },
    );
  };

const MESSAGES = { there: 'Item found.', gone: 'Item not found.', unknown: 'The backend did not answer' } as const;

const statusOf = ({ upstreamId, state, reason }: CheckedReference) => ({
  id: upstreamId,
  status: state === 'there',
  message: reason === undefined ? MESSAGES[state] : `${MESSAGES[state]}: ${reason}`,
});
