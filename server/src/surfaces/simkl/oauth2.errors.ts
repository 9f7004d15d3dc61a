import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type AppErrorCode } from '#kernel/app-error.ts';
import { asAppError, pathnameOf } from '#platform/http-server/index.ts';

/** The words of OAuth 2, with the status that each comes with. */
const WORDS = {
  invalid_request: 400,
  invalid_grant: 400,
  invalid_scope: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  authorization_pending: 400,
  slow_down: 400,
  expired_token: 400,
  access_denied: 400,
  invalid_client: 401,
  rate_limit: 429,
  server_error: 500,
  temporarily_unavailable: 503,
} as const;

export type Oauth2Word = keyof typeof WORDS;

const WORD = 'oauth2Word';

/** To be thrown: a refusal in a word of OAuth 2. */
export const oauth2Refusal = (word: Oauth2Word, message: string): AppError =>
  new AppError(word === 'invalid_client' ? 'unauthenticated' : 'invalid', message, { details: { [WORD]: word } });

const MEANING: Readonly<Partial<Record<AppErrorCode, Oauth2Word>>> = {
  invalid: 'invalid_request',
  unauthenticated: 'invalid_client',
  forbidden: 'unauthorized_client',
  'not-found': 'invalid_request',
  conflict: 'invalid_request',
  'too-large': 'invalid_request',
  'rate-limited': 'rate_limit',
  unavailable: 'temporarily_unavailable',
};

/** Answers as RFC 6749 says: a word, and a sentence for people. A bug is logged, and its text stays here. */
export function oauth2Error(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = asAppError(error);
  const word = (known?.details[WORD] as Oauth2Word | undefined) ?? (known && MEANING[known.code]) ?? 'server_error';
  const status = known?.code === 'not-found' ? 404 : WORDS[word];
  if (status >= 500) request.log.error({ err: error, path: pathnameOf(request.url) }, 'A request failed');
  if (known?.retryAfterMs !== undefined) reply.header('retry-after', Math.max(1, Math.ceil(known.retryAfterMs / 1_000)));
  if (status === 401) reply.header('www-authenticate', 'Basic realm="simkl"');
  const description = known?.message ?? `Something went wrong here. The log has more under ${request.id}.`;
  return reply.code(status).header('cache-control', 'no-store').send({ error: word, error_description: description });
}
