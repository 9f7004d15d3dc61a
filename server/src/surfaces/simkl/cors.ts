import type { FastifyInstance } from 'fastify';

const ALWAYS: readonly (readonly [string, string])[] = [
  // No cookie of ours opens anything here, so a page of anywhere may ask with a token that it was given.
  ['access-control-allow-origin', '*'],
  ['access-control-expose-headers', 'X-Pagination-Page, X-Pagination-Limit, X-Pagination-Page-Count, X-Pagination-Item-Count, Retry-After'],
];
const USUAL_HEADERS = 'authorization, content-type, simkl-api-key';
const HEADER_LIST = /^[\w-]{1,100}(?:\s*,\s*[\w-]{1,100}){0,30}$/;

/** Apps that run in a browser may call what is in this plugin. */
export function allowBrowsers(app: Pick<FastifyInstance, 'addHook'>): void {
  app.addHook('onRequest', async (request, reply) => {
    for (const [name, value] of ALWAYS) reply.header(name, value);
    if (request.method !== 'OPTIONS') return;
    const asked = request.headers['access-control-request-headers'] ?? '';
    reply.header('access-control-allow-methods', 'GET, POST, PUT, DELETE, OPTIONS');
    reply.header('access-control-allow-headers', HEADER_LIST.test(asked) ? asked : USUAL_HEADERS);
    reply.header('access-control-max-age', '86400');
  });
}
