import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController, type RawServerDefault } from 'fastify';
import { type Clock, type Duration, seconds } from '#kernel/instant.ts';
import { answerSerializer } from './answer-serializer.ts';
import { denyByDefault } from './guard.ts';
import { notFoundHandler, pathnameOf, plainErrorHandler, refuseBroken } from './http-server.errors.ts';
import { acceptJson } from './request-bodies.ts';
import { requestValidator } from './request-validation.ts';

export type HttpServer = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>;

export type HttpServerDeps = Readonly<{
  /** For what goes wrong. */
  logger: FastifyBaseLogger;
  /** One line for each request, with the path and without the query; the same as `logger` unless told. */
  accessLogger?: FastifyBaseLogger;
  /** Addresses and CIDR networks. Forwarded headers from anybody else are ignored. */
  trustedProxies: readonly string[];
  /** Its path is taken off where a proxy leaves it on; both ways work. */
  publicUrl: URL | undefined;
  /** Bytes of a body: 1 MiB unless told; a route may have its own. */
  bodyLimit?: number;
  clock: Clock;
  /** How long a close waits for requests that are under way: 10 s unless told. */
  closeWithin?: Duration;
}>;

// What a browser may do with an answer that is not meant as a page: nothing. A page of ours sets its own policy.
const HEADERS: readonly (readonly [string, string])[] = [
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['x-frame-options', 'DENY'],
];

const MIB = 1_048_576;

/** An HTTP server that serves nothing yet: no route is open until a plugin guards it (`guard`). */
export function createHttpServer(deps: HttpServerDeps): HttpServer {
  const { logger, accessLogger = logger, trustedProxies, publicUrl, bodyLimit = MIB, clock, closeWithin = seconds(10) } = deps;
  const server = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    rewriteUrl: withoutBasePath(publicUrl),
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => {
      plainErrorHandler(error, request, reply);
    },
    clientErrorHandler: refuseBroken,
  }).withTypeProvider<TypeBoxTypeProvider>();

  server.setValidatorCompiler(requestValidator);
  server.setSerializerCompiler(answerSerializer);
  server.setErrorHandler(plainErrorHandler);
  server.setNotFoundHandler(notFoundHandler);
  acceptJson(server);

  const began = new WeakMap<object, number>();
  server.addHook('onRequest', async (request, reply) => {
    began.set(request, clock.now());
    reply.header('x-request-id', request.id);
    for (const [name, value] of HEADERS) reply.header(name, value);
  });
  denyByDefault(server);
  server.addHook('onResponse', async (request, reply) => {
    const ms = clock.now() - (began.get(request) ?? clock.now());
    const { id, method, ip } = request;
    accessLogger.info({ id, method, path: pathnameOf(request.url), status: reply.statusCode, ms, ip }, 'request');
  });
  server.addHook('preClose', async () => {
    // A live stream never ends by itself, and must not hold up the end of the process.
    setTimeout(() => server.server.closeAllConnections(), closeWithin).unref();
  });
  return server;
}

function withoutBasePath(publicUrl: URL | undefined): (request: IncomingMessage | { url?: string | undefined }) => string {
  const base = publicUrl?.pathname.replace(/\/+$/, '') ?? '';
  return ({ url = '/' }) => {
    if (base === '' || !url.startsWith(base)) return url;
    const rest = url.slice(base.length);
    if (rest === '') return '/';
    if (rest.startsWith('?')) return `/${rest}`;
    return rest.startsWith('/') ? rest : url;
  };
}
