import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { guard, type HttpServer } from '#platform/http-server/index.ts';
import { allowBrowsers } from './cors.ts';
import { acceptWhatAppsSend } from './lenient-requests.ts';
import { type OauthRoutesDeps, OPEN_OAUTH_ROUTES, oauthRoutes } from './oauth.routes.ts';
import { OAUTH_V1, TRACKER_ROOTS } from './paths.ts';
import { type SearchRoutesDeps, searchRoutes } from './search.routes.ts';
import { callerDecorations, createAuthenticator, type SimklAuthDeps } from './simkl.auth.ts';
import { refusal, simklError } from './simkl.errors.ts';
import type { SimklScope } from './simkl-scope.ts';
import { type TitleRoutesDeps, titleRoutes } from './titles.routes.ts';
import { type UserRoutesDeps, userRoutes } from './users.routes.ts';

export { SIMKL_PATHS } from './paths.ts';

/** Each file of routes names what it needs; the surface needs it all. */
export type SimklSurfaceDeps = SimklAuthDeps & OauthRoutesDeps & UserRoutesDeps & SearchRoutesDeps & TitleRoutesDeps;

const preflightsBelow = (roots: readonly string[]): readonly string[] => roots.flatMap((root) => [`OPTIONS ${root}`, `OPTIONS ${root}/*`]);

/** What a browser asks before it asks, and what is not served below these paths, in the words of this API. */
function answerTheRest(app: SimklScope & Pick<HttpServer, 'options'>, roots: readonly string[]): void {
  for (const root of roots) {
    for (const path of [root, `${root}/*`])
      app.options(path, { schema: { hide: true } }, async (_request, reply) => reply.code(204).send());
    app.route({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: `${root}/*`,
      schema: { hide: true },
      handler: async () => {
        throw refusal('url_failed', 'This path is not served here.');
      },
    });
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

    for (const routes of [userRoutes, searchRoutes, titleRoutes]) routes(app, deps);

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

/** Simkl's API: mounted without a prefix, since apps know its paths from the root. */
export const simklSurface =
  (deps: SimklSurfaceDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(trackerSurface(deps));
    await app.register(doorSurface(deps));
  };
