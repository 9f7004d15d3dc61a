import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type AppErrorCode, invalid, isAppError } from '#kernel/app-error.ts';

/** What the framework itself refuses, in our words; undefined for whatever is no fault of the sender. */
const REFUSALS: Readonly<Record<string, (cause: unknown) => AppError>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: (cause) => invalid('body', 'is not valid JSON', cause),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: (cause) => invalid('header content-type', 'must be application/json', cause),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: (cause) => invalid('header content-length', 'does not match the body', cause),
  FST_ERR_CTP_BODY_TOO_LARGE: (cause) => new AppError('too-large', 'The body is too large.', { cause }),
  FST_ERR_BAD_URL: (cause) => invalid('path', 'is not a valid URL path', cause),
  FST_ERR_MAX_PARAM_LENGTH: (cause) => invalid('path', 'has a part that is too long', cause),
};

const textOf = (error: object, member: string): unknown => (member in error ? (error as Record<string, unknown>)[member] : undefined);

/**
 * The AppError that a surface answers: the thrown one, or ours for what the framework refused (JSON that is none, a body
 * too large). Undefined means a bug: log it and answer without its text.
 */
export function asAppError(error: unknown): AppError | undefined {
  if (isAppError(error)) return error;
  if (!(error instanceof Error)) return undefined;
  const refusal = REFUSALS[String(textOf(error, 'code'))];
  if (refusal) return refusal(error);
  const status = textOf(error, 'statusCode');
  if (error instanceof SyntaxError && status === 400) return invalid('body', 'is not valid JSON', error);
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  if (status === 413) return new AppError('too-large', error.message, { cause: error });
  return new AppError(status === 404 ? 'not-found' : 'invalid', error.message, { cause: error });
}

const STATUS: Readonly<Partial<Record<AppErrorCode, number>>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'rate-limited': 429,
  unavailable: 503,
};

/** For what belongs to no surface. Each surface sets its own. */
export function plainErrorHandler(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = asAppError(error);
  const code = (known && STATUS[known.code]) ?? 500;
  if (code >= 500) request.log.error({ err: error }, 'A request failed');
  const message = known?.message ?? `Something went wrong here. The log has more under ${request.id}.`;
  const faults = known?.faults ?? [];
  return reply.code(code).send({ error: { code, message, ...(faults.length > 0 && { fields: faults }) } });
}

type Refusal = readonly [status: number, phrase: string, fault: Readonly<{ field: string; message: string }>];

const BROKEN: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', { field: 'headers', message: 'are too large, with the address' }],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', { field: 'body', message: 'did not come in time' }],
};
const NO_HTTP: Refusal = [400, 'Bad Request', { field: 'request', message: 'is not HTTP' }];

/** Refuses what reaches no route, since it is no request or too much of one, in the same shape as everything else. */
export function refuseBroken(error: Readonly<{ code?: string }>, socket: Socket): void {
  if (error.code !== 'ECONNRESET' && socket.writable) {
    const [status, phrase, { field, message }] = BROKEN[error.code ?? ''] ?? NO_HTTP;
    const body = JSON.stringify({ error: { code: status, message: `${field}: ${message}`, fields: [{ field, message }] } });
    const head = ['content-type: application/json; charset=utf-8', `content-length: ${Buffer.byteLength(body)}`, 'connection: close'];
    socket.write(`HTTP/1.1 ${status} ${phrase}\r\n${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}

export function notFoundHandler(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ error: { code: 404, message: `${request.method} ${pathnameOf(request.url)} is not served here.` } });
}

/** Without the query, in which keys and tokens travel. */
export const pathnameOf = (url: string): string => url.split(/[?#;]/, 1)[0] ?? '';
