import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { requireActAs, requireRight } from '#core/access/index.ts';
import { personId } from '#kernel/ids.ts';
import { guard } from '#platform/http-server/index.ts';
import { type AppAuthDeps, callerDecoration, callerOf, createAuthenticator } from './app.auth.ts';
import { appError } from './app.errors.ts';
import { type DocsDeps, docsRoutes, OPEN_DOCS_ROUTES } from './docs.routes.ts';
import { createHomePage } from './home-page.ts';
import { metricsText } from './metrics.ts';
import { createOverview, type OverviewDeps } from './overview.ts';
import { OPEN_WEB_APP_ROUTES, type WebAppDeps, webAppRoutes } from './web-app.routes.ts';

export type HouseSurfaceDeps = AppAuthDeps &
  OverviewDeps &
  DocsDeps &
  WebAppDeps &
  Readonly<{
    /** Throws where the house cannot serve just now. */
    ready(): Promise<void>;
  }>;

/** What needs no credentials outside of every API. */
const OPEN: readonly string[] = [...OPEN_DOCS_ROUTES, ...OPEN_WEB_APP_ROUTES, 'GET /livez', 'GET /readyz', 'GET /'];

const ANYBODY = personId(0);

/** What belongs to no API: the page at /, the descriptions and their page, the probes and the figures. Mounted without a prefix. */
export const houseSurface =
  (deps: HouseSurfaceDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const overview = createOverview(deps);
    const page = createHomePage({ basePath: deps.basePath, version: deps.version });

    app.setErrorHandler(appError);
    app.decorateRequest(callerDecoration, null);
    guard(app, { open: OPEN, authenticate: createAuthenticator(deps) });

    await app.register(docsRoutes(deps));
    await app.register(webAppRoutes(deps));

    app.get('/livez', { schema: { hide: true } }, async (_request, reply) => reply.type('text/plain').send('ok\n'));

    app.get('/readyz', { schema: { hide: true } }, async (request, reply) => {
      try {
        await deps.ready();
        return reply.type('text/plain').send('ok\n');
      } catch (error) {
        request.log.error({ err: error }, 'Not ready to serve');
        return reply.code(503).type('text/plain').send('the database does not answer\n');
      }
    });

    app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
      const actor = callerOf(request);
      requireRight(actor, 'read');
      requireActAs(actor, ANYBODY);
      const figures = { memory: process.memoryUsage(), uptimeSeconds: Math.round(process.uptime()) };
      return reply.type('text/plain; version=0.0.4').send(metricsText(await overview(), figures));
    });

    app.get('/', { schema: { hide: true } }, async (_request, reply) => {
      reply.header('content-security-policy', page.policy).header('cache-control', 'no-cache');
      return reply.type('text/html; charset=utf-8').send(page.html);
    });
  };
