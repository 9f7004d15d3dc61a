import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { pathnameOf } from '#platform/http-server/index.ts';

export type WebAppDeps = Readonly<{
  basePath: string;
  /** Where the built web app lies; it may be missing, as after a failed build. */
  webApp: string;
}>;

export const OPEN_WEB_APP_ROUTES: readonly string[] = ['GET /app', 'GET /app/*'];

/** No call to any other host, no script but the app's own. The component library writes style elements, which carry the nonce. */
const policyFor = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "font-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Usherr</title>
<h1>The web app is not built</h1><p>Stop Usherr and start it with <code>npm start</code>, which builds it. Its log says why, if that fails.</p></html>
`;

/** The web app below /app: every address of it that is no file is answered with its one page. */
export const webAppRoutes =
  ({ basePath, webApp }: WebAppDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(fastifyStatic, { root: webApp, serve: false, cacheControl: false, logLevel: 'warn' });

    const sendPage = async (reply: FastifyReply): Promise<FastifyReply> => {
      const nonce = randomBytes(16).toString('base64');
      const html = await readFile(join(webApp, 'index.html'), 'utf8').catch(() => undefined);
      reply.header('cache-control', 'no-cache').header('content-security-policy', policyFor(nonce)).type('text/html; charset=utf-8');
      if (html === undefined) return reply.code(503).send(NOT_BUILT);
      return reply.send(html.replaceAll('__BASE__', basePath).replaceAll('__NONCE__', nonce));
    };

    // The router takes /app and /app/ for the same, and only the latter is what the page's relative addresses build on.
    app.get('/app', { schema: { hide: true } }, async (request, reply) =>
      pathnameOf(request.url).endsWith('/') ? sendPage(reply) : reply.redirect(`${basePath}/app/`),
    );

    app.get('/app/*', { schema: { hide: true } }, async (request, reply) => {
      const path = (request.params as { '*': string })['*'];
      if (path === 'index.html' || !/\.[a-z0-9]+$/i.test(path)) return sendPage(reply);
      // Names in assets/ carry a hash of the content; a worker is looked for anew each time, so that no browser keeps an old app.
      reply.header('cache-control', path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
      // What the worker fetches is bound by the policy of its own answer, not by the page's.
      if (path === 'worker.js') reply.header('content-security-policy', "default-src 'none'; connect-src 'self'");
      return reply.sendFile(path);
    });
  };
