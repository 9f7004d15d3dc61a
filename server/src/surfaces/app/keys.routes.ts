import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Access, ApiKey } from '#core/access/index.ts';
import { apiKeyId } from '#kernel/ids.ts';
import { toIso } from '#kernel/instant.ts';
import { isoOrNull } from './account.shape.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import { ApiKeyGiven, ApiKey as KeyShown, NewApiKey, Nothing, NumberParams, Problem } from './contract.ts';
import { inOurWords } from './our-words.ts';

export type KeyRoutesDeps = Readonly<{ access: Pick<Access, 'keys'> }>;

const tags = ['keys'];

const keyShape = (key: ApiKey, nameOf: (id: number | undefined) => string | null) => ({
  id: key.id,
  name: key.name,
  role: key.role,
  scopes: [...key.scopes],
  surface: key.surface,
  person: nameOf(key.personId),
  origin: key.origin,
  created_by: key.createdBy,
  created_at: toIso(key.createdAt),
  last_used_at: isoOrNull(key.lastUsedAt),
  revoked_at: isoOrNull(key.revokedAt),
});

export const keyRoutes =
  ({ access, choice, note }: KeyRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

    app.get(
      '/keys',
      {
        schema: {
          operationId: 'app.listKeys',
          summary: 'API keys, revoked ones included; never the keys themselves',
          tags,
          response: { 200: Type.Array(KeyShown), '4xx': Problem },
        },
      },
      async (request) => {
        const nameOf = await choice.names();
        return (await access.keys.list(callerOf(request))).map((key) => keyShape(key, nameOf));
      },
    );

    app.post(
      '/keys',
      {
        schema: {
          operationId: 'app.addKey',
          summary: 'A new key, shown this once. It never may more than its maker',
          tags,
          body: NewApiKey,
          response: { 201: ApiKeyGiven, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const actor = callerOf(request);
        const { person: name, ...wish } = request.body;
        const person = name === undefined ? undefined : await choice.one(actor, name);
        const { key, record } = await access.keys
          .create({ ...wish, ...(person && { personId: person.id }) }, actor)
          .catch(inOurWords({ personId: 'person' }));
        await note(actor, {
          verb: 'key.added',
          subject: record.name,
          detail: { id: record.id, role: record.role },
          person: record.personId,
        });
        return reply.code(201).send({ key, record: keyShape(record, await choice.names()) });
      },
    );

    app.delete(
      '/keys/:id',
      {
        config: demand('write'),
        schema: {
          operationId: 'app.revokeKey',
          summary: 'Revoke a key',
          tags,
          params: NumberParams,
          response: { 204: Nothing, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const actor = callerOf(request);
        await access.keys.revoke(apiKeyId(request.params.id), actor);
        await note(actor, { verb: 'key.revoked', subject: `key ${request.params.id}`, person: actor.personId });
        return reply.code(204).send(null);
      },
    );
  };
