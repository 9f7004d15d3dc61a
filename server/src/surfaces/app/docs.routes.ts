import swaggerUi from '@fastify/swagger-ui';
import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { AppError } from '#kernel/app-error.ts';
import { isRecord } from '#kernel/json.ts';
import type { SurfacePlace } from './api-description.ts';

/** As registered, the ones of the page's own parts included. */
export const OPEN_DOCS_ROUTES: readonly string[] = [
  'GET /api/openapi.json',
  'GET /api/openapi/:file',
  'GET /api/docs',
  'GET /api/docs/static/index.html',
  'GET /api/docs/static/swagger-initializer.js',
  'GET /api/docs/static/*',
  'GET /api/docs/json',
  'GET /api/docs/yaml',
];

// The page writes styles into its elements; scripts come from its own files only.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export type DocsDeps = Readonly<{ surfaces: readonly SurfacePlace[]; basePath: string }>;

export const docsRoutes =
  ({ surfaces, basePath }: DocsDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const description = () => app.swagger() as Readonly<Record<string, unknown>>;

    app.get('/api/openapi.json', { schema: { hide: true } }, async () => description());

    app.get('/api/openapi/:file', { schema: { hide: true, params: Type.Object({ file: Type.String() }) } }, async ({ params }) => {
      const surface = surfaces.find(({ name }) => params.file === `${name}.json`);
      if (!surface) throw new AppError('not-found', `There is no such surface. There are ${surfaces.map(({ name }) => name).join(', ')}.`);
      const { info, paths, ...rest } = description();
      const isTheirs = (path: string): boolean => surface.paths.some((own) => path === own || path.startsWith(`${own}/`));
      const own = Object.entries(isRecord(paths) ? paths : {}).filter(([path]) => isTheirs(path));
      return { ...rest, info: { ...(isRecord(info) && info), title: surface.title }, paths: Object.fromEntries(own) };
    });

    await app.register(swaggerUi, {
      routePrefix: '/api/docs',
      staticCSP: POLICY,
      indexPrefix: basePath,
      uiConfig: { url: `${basePath}/api/openapi.json`, docExpansion: 'none', tagsSorter: 'alpha', validatorUrl: null },
    });
  };
