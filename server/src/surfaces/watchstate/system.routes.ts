import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { Failure } from './watchstate.shape.ts';

/** What runs here, as the page shows it. */
export type Release = Readonly<{ version: string; build: string; sha: string; branch: string; container: boolean }>;

export type SystemRoutesDeps = Readonly<{
  release: Release;
  /** The types of media servers that a backend may have. */
  serverTypes: readonly string[];
}>;

export const OPEN_SYSTEM_ROUTES: readonly string[] = ['GET /system/healthcheck'];

const ReleaseShape = Type.Object({
  version: Type.String(),
  build: Type.String(),
  sha: Type.String(),
  branch: Type.String(),
  container: Type.Boolean(),
});
const tags = ['system'];

export const systemRoutes =
  ({ release, serverTypes }: SystemRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/healthcheck',
      {
        schema: {
          operationId: 'watchstate.healthcheck',
          tags,
          response: { 200: Type.Object({ status: Type.String(), message: Type.String() }) },
        },
      },
      async () => ({ status: 'ok', message: 'System is healthy' }),
    );
    app.get(
      '/version',
      { schema: { operationId: 'watchstate.getVersion', tags, response: { 200: ReleaseShape, '4xx': Failure } } },
      async () => release,
    );
    app.get(
      '/supported',
      { schema: { operationId: 'watchstate.getSupported', tags, response: { 200: Type.Array(Type.String()), '4xx': Failure } } },
      async () => [...serverTypes],
    );
  };
