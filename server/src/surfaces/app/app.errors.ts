import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type AppErrorCode } from '#kernel/app-error.ts';
import { asAppError, pathnameOf } from '#platform/http-server/index.ts';
import type { Problem } from './contract.ts';

/** Faults of another server are told apart from ours: 502 where it answered wrongly, 504 where it did not answer in time. */
const STATUS: Readonly<Record<AppErrorCode, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'not-acceptable': 406,
  'too-large': 413,
  'rate-limited': 429,
  'stopped-by-guard': 409,
  cancelled: 409,
  unavailable: 503,
  misconfigured: 500,
  'upstream-unreachable': 502,
  'upstream-timeout': 504,
  'upstream-unauthorized': 502,
  'upstream-forbidden': 502,
  'upstream-not-found': 502,
  'upstream-rejected': 502,
  'upstream-rate-limited': 503,
  'upstream-unreadable': 502,
};

const problemOf = (error: AppError, request: FastifyRequest): Problem => ({
  error: {
    code: error.code,
    message: error.message,
    ...(error.faults.length > 0 && { fields: error.faults.map(({ field, message }) => ({ field, message })) }),
    request_id: request.id,
  },
});

/** Answers any error in our shape. A bug is logged, and its text stays here. */
export function appError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = asAppError(error);
  const status = known ? STATUS[known.code] : 500;
  if (status >= 500) request.log.error({ err: error, path: pathnameOf(request.url) }, 'A request failed');
  if (!known) {
    const message = `Something went wrong here. The log has more under ${request.id}.`;
    return reply.code(500).send({ error: { code: 'internal', message, request_id: request.id } } satisfies Problem);
  }
  if (known.retryAfterMs !== undefined) reply.header('retry-after', Math.max(1, Math.ceil(known.retryAfterMs / 1_000)));
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(status).send(problemOf(known, request));
}

export function appNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = new AppError('not-found', `${request.method} ${pathnameOf(request.url)} is not a path of this API. /api/docs lists them.`);
  return reply.code(404).send(problemOf(error, request));
}
