import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { guard, type HttpServer } from '#platform/http-server/index.ts';
import { type ActivityRoutesDeps, activityRoutes } from './activities.routes.ts';
import { type AllItemsRoutesDeps, allItemsRoutes } from './all-items.routes.ts';
import { type ApprovalRoutesDeps, approvalRoutes, OPEN_APPROVAL_ROUTES } from './approval.routes.ts';
import { allowBrowsers } from './cors.ts';
import { type HistoryRoutesDeps, historyRoutes } from './history.routes.ts';
import { acceptWhatAppsSend } from './lenient-requests.ts';
import { type OauthRoutesDeps, OPEN_OAUTH_ROUTES, oauthRoutes } from './oauth.routes.ts';
import { oauth2Error } from './oauth2.errors.ts';
import { type Oauth2RoutesDeps, OPEN_OAUTH2_ROUTES, oauth2Routes } from './oauth2.routes.ts';
import { DISCOVERY, OAUTH_V1, OAUTH_V2, TRACKER_ROOTS } from './paths.ts';
import { type RatingRoutesDeps, ratingRoutes } from './ratings.routes.ts';
import { type ScrobbleRoutesDeps, scrobbleRoutes } from './scrobble.routes.ts';
import { type SearchRoutesDeps, searchRoutes } from './search.routes.ts';
import { callerDecorations, createAuthenticator, type SimklAuthDeps } from './simkl.auth.ts';
import { refusal, simklError } from './simkl.errors.ts';
import type { SimklScope } from './simkl-scope.ts';
import { type StatsRoutesDeps, statsRoutes } from './stats.routes.ts';
import { type TitleRoutesDeps, titleRoutes } from './titles.routes.ts';
import { type UserRoutesDeps, userRoutes } from './users.routes.ts';
import { type WatchedRoutesDeps, watchedRoutes } from './watched.routes.ts';
import { type WatchlistRatingRoutesDeps, watchlistRatingRoutes } from './watchlist-ratings.routes.ts';

export { SIMKL_PATHS } from './paths.ts';

/** Each file of routes names what it needs; the surface needs it all. */
export type SimklSurfaceDeps = SimklAuthDeps &
  OauthRoutesDeps &
  Oauth2RoutesDeps &
  ApprovalRoutesDeps &
  UserRoutesDeps &
  SearchRoutesDeps &
  TitleRoutesDeps &
  ScrobbleRoutesDeps &
  StatsRoutesDeps &
  ActivityRoutesDeps &
  AllItemsRoutesDeps &
  HistoryRoutesDeps &
  WatchedRoutesDeps &
  RatingRoutesDeps &
  WatchlistRatingRoutesDeps;

const preflightsBelow = (roots: readonly string[]): readonly string[] => roots.flatMap((root) => [`OPTIONS ${root}`, `OPTIONS ${root}/*`]);

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** What a browser asks before it asks, and what is not served at and below these paths, in the words of this API. */
function answerTheRest(app: SimklScope & Pick<HttpServer, 'options' | 'hasRoute'>, roots: readonly string[]): void {
  for (const root of roots) {
    for (const path of [root, `${root}/*`])
      app.options(path, { schema: { hide: true } }, async (_request, reply) => reply.code(204).send());
    for (const url of [root, `${root}/*`]) {
      app.route({
        method: METHODS.filter((method) => !app.hasRoute({ method, url })),
        url,
        schema: { hide: true },
        handler: async () => {
          throw refusal('url_failed', 'This path is not served here.');
        },
      });
    }
  }
}

/** The verbs of the tracker, for apps that hold a grant. */
const trackerSurface =
  (deps: SimklSurfaceDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.setErrorHandler(simklError);
    for (const name of callerDecorations) app.decorateRequest(name, null);
    allowBrowsers(app);
    guard(app, { open: preflightsBelow(TRACKER_ROOTS), authenticate: createAuthenticator(deps) });
    acceptWhatAppsSend(app);
    // Every POST is answered as one that made something, whatever it asked for.
    app.addHook('onRequest', async (request, reply) => {
      if (request.method === 'POST') reply.code(201);
    });

    for (const routes of [userRoutes, searchRoutes, titleRoutes, scrobbleRoutes, statsRoutes]) routes(app, deps);
    for (const routes of [activityRoutes, allItemsRoutes, historyRoutes, watchedRoutes, ratingRoutes, watchlistRatingRoutes])
      routes(app, deps);

    answerTheRest(app, TRACKER_ROOTS);
  };

/** Where apps come for their grants: open, since nobody has one before. */
const doorSurface =
  (deps: SimklSurfaceDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.setErrorHandler(simklError);
    for (const name of callerDecorations) app.decorateRequest(name, null);
    allowBrowsers(app);
    guard(app, { open: [...OPEN_OAUTH_ROUTES, ...preflightsBelow([OAUTH_V1])], authenticate: createAuthenticator(deps) });
    acceptWhatAppsSend(app);
    oauthRoutes(app, deps);
    answerTheRest(app, [OAUTH_V1]);
  };

/** The same for the second generation, which has errors of its own. */
const secondDoorSurface =
  (deps: SimklSurfaceDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.setErrorHandler(oauth2Error);
    for (const name of callerDecorations) app.decorateRequest(name, null);
    allowBrowsers(app);
    const open = [...OPEN_OAUTH2_ROUTES, ...preflightsBelow([OAUTH_V2]), `OPTIONS ${DISCOVERY}`];
    guard(app, { open, authenticate: createAuthenticator(deps) });
    acceptWhatAppsSend(app);
    oauth2Routes(app, deps);
    app.options(DISCOVERY, { schema: { hide: true } }, async (_request, reply) => reply.code(204).send());
    answerTheRest(app, [OAUTH_V2]);
  };

/** Where people come to the doors; what they see is the web app's. */
const pageSurface =
  (deps: SimklSurfaceDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.setErrorHandler(simklError);
    for (const name of callerDecorations) app.decorateRequest(name, null);
    guard(app, { open: OPEN_APPROVAL_ROUTES, authenticate: createAuthenticator(deps) });
    acceptWhatAppsSend(app);
    approvalRoutes(app, deps);
  };

/** Simkl's API: mounted without a prefix, since apps know its paths from the root. */
export const simklSurface =
  (deps: SimklSurfaceDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(trackerSurface(deps));
    await app.register(doorSurface(deps));
    await app.register(secondDoorSurface(deps));
    await app.register(pageSurface(deps));
  };
