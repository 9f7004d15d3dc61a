import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { guard } from '#platform/http-server/index.ts';
import { callerDecoration, createAuthenticator, type SeerrSyncAuthDeps } from './seerr-sync.auth.ts';
import { seerrSyncError, seerrSyncNotFound } from './seerr-sync.errors.ts';
import { OPEN_SEERR_SYNC_ROUTES, type SeerrSyncRoutesDeps, seerrSyncRoutes } from './seerr-sync.routes.ts';

export type SeerrSyncDeps = SeerrSyncAuthDeps & SeerrSyncRoutesDeps;

/** The Seerr Sync API: mounted at /api/seerr-sync. */
export const seerrSyncSurface =
  (deps: SeerrSyncDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.setErrorHandler(seerrSyncError);
    app.setNotFoundHandler(seerrSyncNotFound);
    app.decorateRequest(callerDecoration, null);
    guard(app, { open: OPEN_SEERR_SYNC_ROUTES, authenticate: createAuthenticator(deps) });
    await app.register(seerrSyncRoutes(deps));
  };
