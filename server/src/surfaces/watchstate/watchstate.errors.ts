import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type AppErrorCode } from '#kernel/app-error.ts';
import { asAppError, pathnameOf } from '#platform/http-server/index.ts';

/** The page knows 500 for whatever another server did wrong; the message says which and what. */
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
  'upstream-unreachable': 500,
  'upstream-timeout': 500,
  'upstream-unauthorized': 500,
  'upstream-forbidden': 500,
  'upstream-not-found': 500,
  'upstream-rejected': 500,
  'upstream-rate-limited': 500,
  'upstream-unreadable': 500,
};

/** The page's envelope; `fields` is ours. */
export type ErrorEnvelope = Readonly<{
  error: Readonly<{ code: number; message: string; fields?: readonly Readonly<{ field: string; message: string }>[] }>;
}>;

export const envelopeOf = (error: AppError): ErrorEnvelope => ({
  error: { code: STATUS[error.code], message: error.message, ...(error.faults.length > 0 && { fields: error.faults }) },
});

/** Answers any error in the page's envelope. A bug is logged, and its text stays here. */
export function watchstateError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = asAppError(error);
  if (!known || STATUS[known.code] >= 500) request.log.error({ err: error, path: pathnameOf(request.url) }, 'A request failed');
  if (!known) {
    const message = `Something went wrong here. The log has more under ${request.id}.`;
    return reply.code(500).send({ error: { code: 500, message } } satisfies ErrorEnvelope);
  }
  const status = STATUS[known.code];
  if (known.retryAfterMs !== undefined) reply.header('retry-after', Math.max(1, Math.ceil(known.retryAfterMs / 1_000)));
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(status).send(envelopeOf(known));
}

export function watchstateNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = new AppError('not-found', `${request.method} ${pathnameOf(request.url)} is not a path of this API.`);
  return reply.code(404).send(envelopeOf(error));
}
