import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Desks } from '#core/requests/index.ts';
import type { RequestReplication } from '#features/request-replication/index.ts';
import { deskId } from '#kernel/ids.ts';
import { minutes } from '#kernel/instant.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand } from './app.auth.ts';
import { NewRequestDesk, Nothing, NumberParams, Problem, RequestDesk, RequestDeskPatch } from './contract.ts';
import { deskShape } from './requests.shape.ts';

export type DeskRoutesDeps = Readonly<{
  desks: Desks;
  requestReplication: Pick<RequestReplication, 'wake'>;
}>;

const tags = ['requests'];
const PATIENCE = minutes(1);

/** Where people ask for titles. All of it is the house's. */
export const deskRoutes =
  ({ desks, requestReplication, note }: DeskRoutesDeps & Readonly<{ note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const admin = demand('admin');
    const problems = { '4xx': Problem, '5xx': Problem };
    const proven = (verify: boolean | undefined, role: string | undefined): boolean =>
      verify ?? (role !== undefined && role !== 'disabled');
    const follow = async (request: FastifyRequest, verb: string, subject: string): Promise<void> => {
      await note(callerOf(request), { verb, subject });
      await requestReplication.wake();
    };

    app.get(
      '/request-desks',
      {
        config: admin,
        schema: {
          operationId: 'app.listRequestDesks',
          summary: 'Seerr and its kin',
          tags,
          response: { 200: Type.Array(RequestDesk), ...problems },
        },
      },
      async () => (await desks.list()).map(deskShape),
    );

    app.post(
      '/request-desks',
      {
        config: admin,
        schema: {
          operationId: 'app.addRequestDesk',
          summary: 'Add a Seerr',
          tags,
          body: NewRequestDesk,
          response: { 201: RequestDesk, ...problems },
        },
      },
      async (request, reply) => {
        const { api_key: apiKey, verify, ...desk } = request.body;
        const how = { verify: proven(verify, desk.role), signal: AbortSignal.timeout(PATIENCE) };
        const added = await desks.create({ ...desk, apiKey }, how);
        await follow(request, 'request-desk.added', added.name);
        return reply.code(201).send(deskShape(added));
      },
    );

    app.patch(
      '/request-desks/:id',
      {
        config: admin,
        schema: {
          operationId: 'app.changeRequestDesk',
          summary: 'Change what is given. Another address needs its key with it',
          tags,
          params: NumberParams,
          body: RequestDeskPatch,
          response: { 200: RequestDesk, ...problems },
        },
      },
      async (request) => {
        const { api_key: apiKey, verify, ...patch } = request.body;
        const how = { verify: proven(verify, patch.role), signal: AbortSignal.timeout(PATIENCE) };
        const changed = await desks.update(deskId(request.params.id), { ...patch, apiKey }, how);
        await follow(request, 'request-desk.changed', changed.name);
        return deskShape(changed);
      },
    );

    app.delete(
      '/request-desks/:id',
      {
        config: admin,
        schema: {
          operationId: 'app.removeRequestDesk',
          summary: 'Forget a Seerr. Nothing is changed there',
          tags,
          params: NumberParams,
          response: { 204: Nothing, ...problems },
        },
      },
      async (request, reply) => {
        const removed = await desks.remove(deskId(request.params.id));
        await follow(request, 'request-desk.removed', removed.name);
        return reply.code(204).send(null);
      },
    );
  };
