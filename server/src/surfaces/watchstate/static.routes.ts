import type { Readable } from 'node:stream';
import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { AppError } from '#kernel/app-error.ts';
import { Failure } from './watchstate.shape.ts';

export type StaticRoutesDeps = Readonly<{
  staticFiles: Readonly<{
    find(file: string): Promise<Readonly<{ type: string; size: number; modifiedAt: number; open(): Readable }> | undefined>;
  }>;
}>;

export const OPEN_STATIC_ROUTES: readonly string[] = ['GET /system/static/*'];

export const staticRoutes =
  ({ staticFiles }: StaticRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/static/*',
      {
        schema: {
          operationId: 'watchstate.getStaticFile',
          tags: ['host'],
          params: Type.Object({ '*': Type.String({ description: 'The path of a published file' }) }),
          response: { 200: Type.Any({ description: 'The file' }), '4xx': Failure },
        },
      },
      async (request, reply) => {
        const file = request.params['*'];
        const found = await staticFiles.find(file);
        if (!found) throw new AppError('not-found', `There is no published file ${file}.`);
        reply.header('content-length', found.size).header('last-modified', new Date(found.modifiedAt).toUTCString());
        return reply.type(found.type).send(found.open());
      },
    );
  };
