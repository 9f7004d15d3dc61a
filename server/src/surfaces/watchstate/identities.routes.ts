import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { mayActAs } from '#core/access/index.ts';
import type { Activity } from '#core/activity/index.ts';
import type { Connections } from '#core/connections/index.ts';
import type { People } from '#core/people/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import { callerOf, demand } from './watchstate.auth.ts';
import { Empty, Failure } from './watchstate.shape.ts';

export type IdentitiesDeps = Readonly<{ people: People; connections: Connections; activity: Pick<Activity, 'record'> }>;

const Identities = Type.Object({
  identities: Type.Array(Type.Object({ identity: Type.String(), backends: Type.Array(Type.String()) })),
});
const household = demand({ right: 'admin' });
const tags = ['identities'];

/** The page calls a person's name their identity. */
const aboutIdentity = (cause: unknown): never => {
  const [fault] = cause instanceof AppError ? cause.faults : [];
  throw fault ? invalid('identity', fault.message, cause) : cause;
};

/** The people of the household, as the page knows them; below /identities. */
export const identitiesRoutes =
  ({ people, connections, activity }: IdentitiesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/',
      { schema: { operationId: 'watchstate.listIdentities', tags, response: { 200: Identities, '4xx': Failure } } },
      async (request) => {
        const { actor } = callerOf(request);
        const everybody = (await people.list()).filter((person) => mayActAs(actor, person.id));
        const accounts = Map.groupBy(await connections.list(), (account) => account.personId);
        return {
          identities: everybody.map(({ id, name }) => ({
            identity: name,
            backends: (accounts.get(id) ?? []).map((account) => account.name),
          })),
        };
      },
    );

    app.post(
      '/',
      {
        config: household,
        schema: {
          operationId: 'watchstate.addIdentity',
          tags,
          body: Type.Object({ identity: Type.String({ minLength: 1 }) }),
          response: { 201: Empty, '4xx': Failure },
        },
      },
      async (request, reply) => {
        const { actor } = callerOf(request);
        const person = await people.create(request.body.identity).catch(aboutIdentity);
        await activity.record({ actor, verb: 'person.added', subject: person.name, personId: person.id });
        return reply.code(201).send();
      },
    );

    app.delete(
      '/:identity',
      {
        config: household,
        schema: {
          operationId: 'watchstate.removeIdentity',
          tags,
          params: Type.Object({ identity: Type.String({ pattern: '^[A-Za-z0-9_]{1,64}$' }) }),
          response: { 200: Empty, '4xx': Failure },
        },
      },
      async (request, reply) => {
        const { actor } = callerOf(request);
        await people.remove(request.params.identity, actor);
        await activity.record({ actor, verb: 'person.removed', subject: request.params.identity });
        return reply.code(200).send();
      },
    );
  };
