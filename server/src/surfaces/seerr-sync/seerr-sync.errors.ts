import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppErrorCode } from '#kernel/app-error.ts';
import { asAppError, pathnameOf } from '#platform/http-server/index.ts';
import type { Failure } from './seerr-sync.shape.ts';

const STATUS: Readonly<Partial<Record<AppErrorCode, number>>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'not-acceptable': 406,
  'too-large': 413,
  'rate-limited': 429,
  unavailable: 503,
};

/** Answers any error as this API does: in one sentence, as `detail`. A bug is logged, and its text stays here. */
export function seerrSyncError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = asAppError(error);
  const status = (known && STATUS[known.code]) ?? 500;
  if (status >= 500) request.log.error({ err: error, path: pathnameOf(request.url) }, 'A request failed');
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  const detail = known?.message ?? `Something went wrong here. The log has more under ${request.id}.`;
  return reply.code(status).send({ detail } satisfies Failure);
}

export function seerrSyncNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ detail: `${request.method} ${pathnameOf(request.url)} is not a path of this API.` } satisfies Failure);
}
