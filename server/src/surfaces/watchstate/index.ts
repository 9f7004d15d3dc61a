import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { guard } from '#platform/http-server/index.ts';
import { type AuthRoutesDeps, authRoutes, OPEN_AUTH_ROUTES } from './auth.routes.ts';
import { OPEN_SYSTEM_ROUTES, type SystemRoutesDeps, systemRoutes } from './system.routes.ts';
import { type AuthenticatorDeps, CALLER, createAuthenticator } from './watchstate.auth.ts';
import { watchstateError, watchstateNotFound } from './watchstate.errors.ts';

export type { Release } from './system.routes.ts';

/** Each file of routes names what it needs; the surface needs it all. */
export type WatchstateDeps = AuthenticatorDeps & AuthRoutesDeps & SystemRoutesDeps;

/** The whole list of what needs no credentials. */
const OPEN_ROUTES: readonly string[] = [...OPEN_SYSTEM_ROUTES, ...OPEN_AUTH_ROUTES];

/** The WatchState API: mounted at /v1/api. It owns the page's words, shapes and statuses, and nothing else. */
export const watchstateSurface =
  (deps: WatchstateDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.setErrorHandler(watchstateError);
    app.setNotFoundHandler(watchstateNotFound);
    app.decorateRequest(CALLER, null);
    app.addHook('onRequest', async (_request, reply) => void reply.header('x-application-version', deps.release.version));
    guard(app, { open: OPEN_ROUTES, authenticate: createAuthenticator(deps) });

    await app.register(systemRoutes(deps), { prefix: '/system' });
    await app.register(authRoutes(deps), { prefix: '/system/auth' });
  };
