import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { type CustomIds, type IdLink, providerForms } from '#core/media/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import {
  customGuidOf,
  Document,
  Guid,
  guidOf,
  Link,
  LinkBody,
  linkDraft,
  linkRow,
  Provider,
  providerBody,
  providerDraft,
  providerRow,
  RemovedProvider,
  removedProviderRow,
} from './guids.shape.ts';
import { callerOf, demand } from './watchstate.auth.ts';
import { Failure } from './watchstate.shape.ts';

export type GuidsRoutesDeps = Readonly<{ customIds: CustomIds; serverTypes: readonly string[] }>;

const tags = ['guids'];
const errors = { '4xx': Failure };
// They change what titles everybody's history is about.
const config = demand({ right: 'admin' });
const Word = Type.String({ maxLength: 255, pattern: '^[^\\u0000]*$' });

/** Which ids are known, and those of the household's own; below /system/guids. */
export const guidsRoutes =
  ({ customIds, serverTypes }: GuidsRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    function requireType(client: string): string {
      if (serverTypes.includes(client)) return client;
      throw new AppError('not-found', `There is no client "${client}"; there is ${serverTypes.join(', ')}.`);
    }
    const linksOf = async (client: string): Promise<readonly IdLink[]> => {
      const type = requireType(client);
      return (await customIds.links()).filter((link) => link.type === type);
    };

    app.get('/', { schema: { operationId: 'watchstate.listGuids', tags, response: { 200: Type.Array(Guid), ...errors } } }, async () => [
      ...providerForms().map(guidOf),
      ...(await customIds.providers()).map(customGuidOf),
    ]);

    app.get(
      '/custom',
      { schema: { operationId: 'watchstate.getCustomGuids', tags, response: { 200: Document, ...errors } } },
      async () => ({
        version: '0.0',
        guids: (await customIds.providers()).map(providerRow),
        links: (await customIds.links()).map(linkRow),
      }),
    );

    app.put(
      '/custom',
      {
        config,
        schema: { operationId: 'watchstate.addCustomGuid', tags, body: providerBody(serverTypes), response: { 200: Provider, ...errors } },
      },
      async (request) => providerRow(await customIds.addProvider(providerDraft(request.body), callerOf(request).actor)),
    );

    app.delete(
      '/custom/:id',
      {
        config,
        schema: {
          operationId: 'watchstate.removeCustomGuid',
          tags,
          params: Type.Object({ id: Word }),
          response: { 200: RemovedProvider, ...errors },
        },
      },
      async (request) => removedProviderRow(await customIds.removeProvider(request.params.id, callerOf(request).actor)),
    );

    app.get(
      '/custom/:client',
      {
        schema: {
          operationId: 'watchstate.listCustomGuidLinks',
          tags,
          params: Type.Object({ client: Word }),
          response: { 200: Type.Array(Link), ...errors },
        },
      },
      async (request) => (await linksOf(request.params.client)).map(linkRow),
    );

    app.put(
      '/custom/:client',
      {
        config,
        schema: {
          operationId: 'watchstate.addCustomGuidLink',
          tags,
          params: Type.Object({ client: Word }),
          body: LinkBody,
          response: { 200: Link, ...errors },
        },
      },
      async (request) => {
        const { body, params } = request;
        const type = requireType(params.client);
        if (body.type !== undefined && body.type !== type) throw invalid('type', `must be ${type}, as the path says`);
        if (type === 'plex' && body.options?.legacy !== true) throw invalid('options.legacy', 'must be true for a link of plex');
        return linkRow(await customIds.addLink(linkDraft(body, type), callerOf(request).actor));
      },
    );

    app.delete(
      '/custom/:client/:id',
      {
        config,
        schema: {
          operationId: 'watchstate.removeCustomGuidLink',
          tags,
          params: Type.Object({ client: Word, id: Word }),
          response: { 200: Link, ...errors },
        },
      },
      async (request) => {
        const { client, id } = request.params;
        return linkRow(await customIds.removeLink(requireType(client), id, callerOf(request).actor));
      },
    );

    app.get(
      '/custom/:client/:index',
      {
        schema: {
          operationId: 'watchstate.getCustomGuidLink',
          tags,
          params: Type.Object({ client: Word, index: Word }),
          response: { 200: Link, ...errors },
        },
      },
      async (request) => {
        const { client, index } = request.params;
        const link = /^\d{1,9}$/.test(index) ? (await linksOf(client))[Number(index)] : undefined;
        if (link) return linkRow(link);
        throw new AppError('not-found', `There is no link ${index} of ${requireType(client)}.`);
      },
    );
  };
