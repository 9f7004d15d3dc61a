import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { AppError } from '#kernel/app-error.ts';

export type GuardOptions = Readonly<{
  /**
   * The routes that need no credentials, each as `GET /system/healthcheck`: the method and the path exactly as the route is
   * written, without the prefix of the plugin. HEAD goes with GET. An entry without a route stops the start.
   */
  open: readonly string[];
  /** Throws AppError `unauthenticated` or `forbidden`, or notes on the request who calls. */
  authenticate(request: FastifyRequest): Promise<void>;
}>;

type Scope = Pick<FastifyInstance, 'addHook' | 'getDecorator' | 'prefix'>;

const GUARDED = 'guardedRoutes';

type GuardedRoutes = Set<string>;

const keysOf = ({ method, url }: Pick<RouteOptions, 'method' | 'url'>): string[] =>
  (Array.isArray(method) ? method : [method]).map((one) => `${one} ${url}`);

const keyOf = (request: FastifyRequest): string => `${request.method} ${request.routeOptions.url ?? ''}`;

/** Below every guard: a route that stands under none answers 401, so that forgetting one never opens a door. */
export function denyByDefault(server: Pick<FastifyInstance, 'addHook' | 'decorate'>): void {
  const guarded: GuardedRoutes = new Set();
  server.decorate(GUARDED, guarded);
  server.addHook('onRequest', async (request) => {
    if (!request.is404 && !guarded.has(keyOf(request))) throw new AppError('unauthenticated', 'This path is not open.');
  });
}

/** Puts every route that is registered in this plugin from here on behind `authenticate`, but for the exact list. */
export function guard(app: Scope, { open, authenticate }: GuardOptions): void {
  const guarded = app.getDecorator<GuardedRoutes>(GUARDED);
  const opened = new Set(open.map((entry) => entry.replace(' ', ` ${app.prefix}`)));
  const unseen = new Set(opened);

  app.addHook('onRoute', (route) => {
    for (const key of keysOf(route)) {
      guarded.add(key);
      unseen.delete(key);
    }
  });
  app.addHook('onReady', async () => {
    if (unseen.size > 0) throw new Error(`These open routes do not exist: ${[...unseen].join(', ')}`);
  });
  app.addHook('onRequest', async (request) => {
    if (request.is404 || opened.has(keyOf(request).replace(/^HEAD /, 'GET '))) return;
    await authenticate(request);
  });
}
