import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Requests } from '#core/requests/index.ts';
import type { RequestReplication } from '#features/request-replication/index.ts';
import { deskId } from '#kernel/ids.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import {
  DeskUser,
  DeskUserParams,
  Paged,
  PageQuery,
  PersonQuery,
  PersonWish,
  Problem,
  RequestShown,
  TitleQuery,
  Whereabouts,
} from './contract.ts';
import { offsetOf, paged } from './paging.ts';
import { deskUserShape, requestShape, whereaboutsShape } from './requests.shape.ts';

export type RequestRoutesDeps = Readonly<{ requests: Requests; requestReplication: Pick<RequestReplication, 'whereIs'> }>;

const tags = ['requests'];
const problems = { '4xx': Problem, '5xx': Problem };

const ListQuery = Type.Object({
  ...PageQuery,
  ...PersonQuery,
  kind: Type.Optional(TitleQuery.properties.kind),
  tmdb_id: Type.Optional(TitleQuery.properties.tmdb_id),
  gone: Type.Optional(Type.Boolean({ description: 'Also those that are gone' })),
});

/** What people asked for, and who they are. */
export const requestRoutes =
  ({
    requests,
    requestReplication,
    choice,
    note,
  }: RequestRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/requests',
      {
        schema: {
          operationId: 'app.listRequests',
          summary: 'What people asked for, newest first; of oneself, or of everybody for who may act as anyone',
          tags,
          querystring: ListQuery,
          response: { 200: Paged(RequestShown), ...problems },
        },
      },
      async (request) => {
        const { person, kind, tmdb_id: tmdbId, gone, ...page } = request.query;
        const personId = await choice.whose(callerOf(request), person);
        const filter = {
          ...(personId !== undefined && { personId }),
          ...(kind !== undefined && { kind }),
          ...(tmdbId !== undefined && { tmdbId }),
          ...(gone === true && { gone: 'too' as const }),
        };
        const { requests: found, total } = await requests.list(filter, offsetOf(page));
        const [media, nameOf] = [await requests.titlesOf(found), await choice.names()];
        return paged(
          found.map((one) => requestShape(one, media.get(one.id), nameOf)),
          total,
          page,
        );
      },
    );

    app.get(
      '/requests/where',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.whereIsRequest',
          summary: 'Where the requests of a title stand on each subordinate, and why. No desk is asked',
          tags,
          querystring: TitleQuery,
          response: { 200: Whereabouts, ...problems },
        },
      },
      async ({ query }) => whereaboutsShape(await requestReplication.whereIs({ kind: query.kind, tmdbId: query.tmdb_id })),
    );

    app.get(
      '/request-desks/users',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.listDeskUsers',
          summary: 'Who asked for something on a desk, which of our people that is, and how that is known',
          tags,
          response: { 200: Type.Array(DeskUser), ...problems },
        },
      },
      async () => {
        const nameOf = await choice.names();
        return (await requests.users()).map((record) => deskUserShape(record, nameOf));
      },
    );

    app.put(
      '/request-desks/:id/users/:user',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.setDeskUser',
          summary: 'Say who somebody is; null leaves it to what their accounts tell',
          tags,
          params: DeskUserParams,
          body: PersonWish,
          response: { 200: DeskUser, ...problems },
        },
      },
      async (request) => {
        const { params, body } = request;
        const person = body.person === null ? undefined : await choice.whose(callerOf(request), body.person);
        const record = await requests.setPerson(deskId(params.id), params.user, person);
        await note(callerOf(request), { verb: 'request-desk.user-set', subject: record.user.displayName, detail: { person: body.person } });
        return deskUserShape(record, await choice.names());
      },
    );
  };
