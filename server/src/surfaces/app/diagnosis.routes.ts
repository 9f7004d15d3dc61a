import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Account, Connections } from '#core/connections/index.ts';
import type { HistoryEntry } from '#core/viewing/index.ts';
import type { LibraryScan, Records, StaleItems } from '#features/diagnostics/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { mediaId } from '#kernel/ids.ts';
import { minutes } from '#kernel/instant.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import { Paged, Problem } from './contract.ts';
import {
  Broken,
  DiagnosisQuery,
  Duplicate,
  InLibrary,
  LibraryParams,
  LibraryQuery,
  LibraryShown,
  MediaWish,
  Mended,
  Mismatch,
  MismatchQuery,
  Parity,
  ParityQuery,
  ParityWish,
  PersonOnly,
  Unmatched,
} from './contract-diagnosis.ts';
import { mediumShape } from './media.shape.ts';
import { offsetOf, paged } from './paging.ts';

export type DiagnosisRoutesDeps = Readonly<{
  diagnosis: Readonly<{ scan: LibraryScan; records: Records; stale: StaleItems }>;
  connections: Pick<Connections, 'list' | 'byId' | 'connect'>;
}>;

const tags = ['diagnostics'];
const PATIENCE = minutes(5);
const problems = { '4xx': Problem, '5xx': Problem };
const admin = demand('admin');

const toldShape = ({ media, viewing, reports }: HistoryEntry) => ({
  title: mediumShape(media),
  watched: viewing.watched,
  places: [...new Set(reports.map(({ account }) => account.name))],
  paths: [...new Set(reports.flatMap(({ copy }) => (copy.path === undefined ? [] : [copy.path])))],
});

/** What is wrong with what is stored, and with libraries; and the hands to mend it. Everything that is taken out lies in the bin. */
export const diagnosisRoutes =
  ({ diagnosis, connections, choice }: DiagnosisRoutesDeps & Readonly<{ choice: PersonChoice }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { records, scan, stale } = diagnosis;
    const callOf = () => ({ signal: AbortSignal.timeout(PATIENCE) });
    const accountOf = async (request: FastifyRequest<{ Params: { id: number } }>): Promise<Account> => {
      const account = await connections.byId(request.params.id as Account['id']);
      choice.mine(callerOf(request), account.personId);
      return account;
    };

    app.get(
      '/diagnostics/duplicates',
      {
        config: admin,
        schema: {
          operationId: 'app.listDuplicates',
          summary: 'Titles that are told to be the same file. Kept for 30 minutes unless looked for anew',
          tags,
          querystring: DiagnosisQuery,
          response: { 200: Paged(Duplicate), ...problems },
        },
      },
      async (request) => {
        const { query } = request;
        const person = await choice.one(callerOf(request), query.person);
        const { items, total } = await records.duplicates(person.id, { ...offsetOf(query), anew: query.anew });
        return paged(
          items.map((entry) => ({ ...toldShape(entry), others: [...entry.others] })),
          total,
          query,
        );
      },
    );

    app.post(
      '/diagnostics/duplicates/merge',
      {
        config: admin,
        schema: {
          operationId: 'app.mergeDuplicates',
          summary: 'Merge what was found last into the fullest record of each file. Each merge can be split again',
          tags,
          body: PersonOnly,
          response: { 200: Mended, ...problems },
        },
      },
      async (request) => {
        const actor = callerOf(request);
        return { changed: await records.mergeDuplicates((await choice.one(actor, request.body.person)).id, actor) };
      },
    );

    app.get(
      '/diagnostics/parity',
      {
        config: admin,
        schema: {
          operationId: 'app.listParity',
          summary: 'Titles that fewer places tell of than there are, or than `min`',
          tags,
          querystring: ParityQuery,
          response: { 200: Paged(Parity), ...problems },
        },
      },
      async (request) => {
        const { query } = request;
        const person = await choice.one(callerOf(request), query.person);
        const accounts = (await connections.list(person.id)).map((account) => account.name);
        const { items, total } = await records.parity(person.id, query.min, offsetOf(query));
        const shown = items.map(toldShape).map((told) => ({ ...told, missing: accounts.filter((name) => !told.places.includes(name)) }));
        return paged(shown, total, query);
      },
    );

    app.post(
      '/diagnostics/parity/remove',
      {
        config: admin,
        schema: {
          operationId: 'app.removeBelowParity',
          summary: 'Take titles that fewer than `min` places tell of out of the history, into the bin',
          tags,
          body: ParityWish,
          response: { 200: Mended, ...problems },
        },
      },
      async (request) => {
        const actor = callerOf(request);
        const person = await choice.one(actor, request.body.person);
        return { changed: await records.removeBelow(person.id, request.body.min, actor) };
      },
    );

    app.get(
      '/diagnostics/integrity',
      {
        config: admin,
        schema: {
          operationId: 'app.listBroken',
          summary: 'Titles whose files are not where they are told to be. Kept for an hour unless looked for anew',
          tags,
          querystring: DiagnosisQuery,
          response: { 200: Paged(Broken), ...problems },
        },
      },
      async (request) => {
        const { query } = request;
        const person = await choice.one(callerOf(request), query.person);
        if (query.anew) records.forget(person.id);
        const { offset, limit } = offsetOf(query);
        const { items, total } = await records.integrity(person.id, offset + limit);
        const shown = items.slice(offset).map(({ entry, faults }) => ({
          ...toldShape(entry),
          faults: faults.map(({ account, path, message }) => ({ place: account, path, message })),
        }));
        return paged(shown, total, query);
      },
    );

    app.get(
      '/diagnostics/accounts/:id/libraries',
      {
        config: admin,
        schema: {
          operationId: 'app.listAccountLibraries',
          summary: 'The libraries that the account’s server shows it',
          tags,
          params: InLibrary,
          response: { 200: Type.Array(LibraryShown), ...problems },
        },
      },
      async (request) => {
        const server = await connections.connect(await accountOf(request));
        return (await server.listLibraries(callOf())).map(({ id, name, kind, supported }) => ({ id, name, kind, supported }));
      },
    );

    app.get(
      '/diagnostics/accounts/:id/unmatched',
      {
        config: admin,
        schema: {
          operationId: 'app.listUnmatched',
          summary: 'Items without any id that another server could know them by. The server is read now',
          tags,
          params: InLibrary,
          querystring: LibraryQuery,
          response: { 200: Type.Array(Unmatched), ...problems },
        },
      },
      async (request) => {
        const items = await scan.unmatched(await accountOf(request), request.query.library, callOf());
        return items.map((item) => ({
          upstream_id: item.upstreamId,
          title: item.title,
          year: item.year ?? null,
          kind: item.kind,
          path: item.files[0]?.path ?? null,
        }));
      },
    );

    app.get(
      '/diagnostics/accounts/:id/mismatched',
      {
        config: admin,
        schema: {
          operationId: 'app.listMismatched',
          summary: 'Titles whose files are called something else. The server is read now',
          tags,
          params: InLibrary,
          querystring: MismatchQuery,
          response: { 200: Type.Array(Mismatch), ...problems },
        },
      },
      async (request) => {
        const { library, below } = request.query;
        const found = await scan.mismatched(await accountOf(request), library, { ...callOf(), method: 'similarity', below });
        return found.map(({ item, title, percent }) => ({
          upstream_id: item.upstreamId,
          title,
          year: item.year ?? null,
          kind: item.kind,
          path: item.files[0]?.path ?? null,
          percent: Math.round(percent * 10) / 10,
        }));
      },
    );

    app.get(
      '/diagnostics/accounts/:id/libraries/:library/stale',
      {
        config: admin,
        schema: {
          operationId: 'app.listStale',
          summary: 'What is believed to be in a library, and its server does not list. The listing is kept for ten minutes',
          tags,
          params: LibraryParams,
          querystring: Type.Object({ anew: DiagnosisQuery.properties.anew }),
          response: {
            200: Type.Object({ library: Type.String(), there: Type.Integer(), known: Type.Integer(), items: Type.Array(Parity) }),
            ...problems,
          },
        },
      },
      async (request) => {
        const account = await accountOf(request);
        const found = await stale.find(account, request.params.library, { ...callOf(), anew: request.query.anew });
        const items = found.stale.map(toldShape).map((told) => ({ ...told, missing: [account.name] }));
        return { library: found.library.name, there: found.remote, known: found.local, items };
      },
    );

    app.post(
      '/diagnostics/accounts/:id/libraries/:library/stale/remove',
      {
        config: admin,
        schema: {
          operationId: 'app.removeStale',
          summary: 'Take what the account said of these titles out of the history, into the bin. Only what is stale now goes',
          tags,
          params: LibraryParams,
          body: MediaWish,
          response: { 200: Mended, ...problems },
        },
      },
      async (request) => {
        const { media } = request.body;
        const account = await accountOf(request);
        const changed = await stale.remove(account, request.params.library, media.map(mediaId), callerOf(request), callOf());
        if (changed === 0)
          throw new AppError('not-found', `None of these is stale in library ${request.params.library} of "${account.name}".`);
        return { changed };
      },
    );
  };
