import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { mayActAsAnyone } from '#core/access/index.ts';
import { type Desks, labelOf, type Request, type Requests } from '#core/requests/index.ts';
import type { RequestReplication, RequestStanding, StandingThere } from '#features/request-replication/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { type PersonId, requestId } from '#kernel/ids.ts';
import { isoOrNull } from './account.shape.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import { Nothing, NumberParams, Problem } from './contract.ts';
import { MatrixQuery, MatrixRow, RequestMatrix } from './contract-matrix.ts';
import { offsetOf } from './paging.ts';
import { replicaShape, requestShape } from './requests.shape.ts';

export type MatrixRoutesDeps = Readonly<{
  requests: Pick<Requests, 'list' | 'byIds' | 'titlesOf'>;
  desks: Pick<Desks, 'list'>;
  requestReplication: Pick<RequestReplication, 'standingOf' | 'failed' | 'wake'>;
}>;

const tags = ['requests'];
const problems = { '4xx': Problem };

const cellShape = ({ state, reason, since, nextAt, failure, requests }: StandingThere, desk: number) => ({
  desk_id: desk,
  state: state ?? null,
  reason: reason ?? null,
  since: isoOrNull(since),
  next_at: isoOrNull(nextAt),
  error: failure?.message ?? null,
  attempts: failure?.attempts ?? 0,
  requests: requests.map(replicaShape),
});

/** Where each request stands on each instance: a row a request, a cell an instance, each with its state and its reason. */
export const matrixRoutes =
  ({ requests, desks, requestReplication, choice }: MatrixRoutesDeps & Readonly<{ choice: PersonChoice }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const rowsOf = async (found: readonly Request[]) => {
      const [standings, titles, nameOf] = [
        await requestReplication.standingOf(found),
        await requests.titlesOf(found),
        await choice.names(),
      ];
      const ids = new Map((await desks.list()).map((desk) => [labelOf(desk), desk.id as number]));
      return standings.map(({ request, subordinates }: RequestStanding) => ({
        ...requestShape(request, titles.get(request.id), nameOf),
        cells: subordinates.flatMap((there) => {
          const desk = ids.get(there.subordinate);
          return desk === undefined ? [] : [cellShape(there, desk)];
        }),
      }));
    };

    async function failing(person: PersonId | undefined): Promise<readonly Request[]> {
      const failed = await requestReplication.failed();
      const known = await requests.byIds([...new Set(failed.map((one) => one.requestId))]);
      const own = person === undefined ? known : known.filter((request) => request.requestedBy.personId === person);
      return own.toSorted((one, other) => other.createdAt - one.createdAt);
    }

    app.get(
      '/requests/matrix',
      {
        schema: {
          operationId: 'app.requestMatrix',
          summary: 'Where requests stand on each instance, newest first; of oneself, or of everybody. No desk is asked',
          tags,
          querystring: MatrixQuery,
          response: { 200: RequestMatrix, ...problems },
        },
      },
      async (request) => {
        const { query } = request;
        const actor = callerOf(request);
        const person = await choice.whose(actor, query.person);
        const { offset, limit } = offsetOf(query);
        const looked = query.needs_look ? await failing(person) : undefined;
        const listed = looked
          ? { requests: looked.slice(offset, offset + limit), total: looked.length }
          : await requests.list(
              {
                ...(person !== undefined && { personId: person }),
                ...(query.kind !== undefined && { kind: query.kind }),
                ...(query.gone && { gone: 'too' as const }),
              },
              { offset, limit },
            );
        const all = await desks.list();
        const shownDesk = ({ id, name, health }: (typeof all)[number]) => ({ id, name, health: health.state });
        const primary = all.find((desk) => desk.role === 'primary');
        return {
          primary: primary ? shownDesk(primary) : null,
          subordinates: all
            .filter((desk) => desk.role === 'subordinate')
            // How an instance is reached is the house's.
            .map((desk) => ({ ...shownDesk(desk), label: mayActAsAnyone(actor) ? labelOf(desk) : null })),
          items: await rowsOf(listed.requests),
          total: listed.total,
          needs_look: looked ? looked.length : (await failing(person)).length,
          page: query.page,
          per_page: query.per_page,
        };
      },
    );

    app.get(
      '/requests/:id',
      {
        schema: {
          operationId: 'app.getRequest',
          summary: 'One request, and where it stands on each instance',
          tags,
          params: NumberParams,
          response: { 200: MatrixRow, ...problems },
        },
      },
      async (request) => {
        const [found] = await requests.byIds([requestId(request.params.id)]);
        if (!found) throw new AppError('not-found', `There is no request ${request.params.id}.`);
        choice.mine(callerOf(request), found.requestedBy.personId);
        const [row] = await rowsOf([found]);
        if (!row) throw new AppError('not-found', `There is no request ${request.params.id}.`);
        return row;
      },
    );

    app.post(
      '/request-replication/run',
      {
        config: demand('sync'),
        schema: {
          operationId: 'app.runReplication',
          summary: 'A cycle as soon as may be. What it would do is the preview',
          tags,
          response: { 202: Nothing, ...problems },
        },
      },
      async (request, reply) => {
        choice.mine(callerOf(request), undefined);
        await requestReplication.wake();
        return reply.code(202).send(null);
      },
    );
  };
