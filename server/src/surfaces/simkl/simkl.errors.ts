import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type AppErrorCode } from '#kernel/app-error.ts';
import type { JsonObject } from '#kernel/json.ts';
import { asAppError, pathnameOf } from '#platform/http-server/index.ts';

/** The words on which apps branch, with the status that each comes with. */
const WORDS = {
  empty_field: 400,
  wrong_parameter: 400,
  empty_id: 400,
  max_items: 400,
  unauthorized_client: 400,
  user_token_failed: 401,
  user_token_required: 401,
  invalid_token: 401,
  grant_error: 401,
  secret_error: 401,
  insufficient_scope: 403,
  oauth2_token_required: 403,
  redirect_failed: 403,
  private_list: 403,
  forbidden: 403,
  id_err: 404,
  empty: 404,
  url_failed: 404,
  user_id_failed: 404,
  already_watched: 409,
  conflict: 409,
  client_id_failed: 412,
  too_large: 413,
  rate_limit: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type SimklWord = keyof typeof WORDS;

const CODE_OF_STATUS: Readonly<Record<number, AppErrorCode>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  412: 'forbidden',
  413: 'too-large',
  429: 'rate-limited',
  503: 'unavailable',
};

/** What every code of the house is here, where the route says nothing more exact. */
const MEANING: Readonly<Record<AppErrorCode, SimklWord>> = {
  invalid: 'wrong_parameter',
  unauthenticated: 'user_token_failed',
  forbidden: 'forbidden',
  'not-found': 'empty',
  conflict: 'conflict',
  'not-acceptable': 'wrong_parameter',
  'too-large': 'too_large',
  'rate-limited': 'rate_limit',
  'stopped-by-guard': 'conflict',
  cancelled: 'conflict',
  unavailable: 'unavailable',
  misconfigured: 'internal',
  'upstream-unreachable': 'unavailable',
  'upstream-timeout': 'unavailable',
  'upstream-unauthorized': 'unavailable',
  'upstream-forbidden': 'unavailable',
  'upstream-not-found': 'unavailable',
  'upstream-rejected': 'unavailable',
  'upstream-rate-limited': 'unavailable',
  'upstream-unreadable': 'unavailable',
};

const WORD = 'simklWord';
const STATUS = 'simklStatus';
const MORE = 'simklMembers';

export type RefusalOptions = Readonly<{
  /** Where a word comes with another status than its usual one. */
  status?: number;
  /** Members beside `error`, `code` and `message`. */
  members?: JsonObject;
  retryAfterMs?: number;
  cause?: unknown;
}>;

/** To be thrown: a refusal in a word that apps know. The message is for people. */
export function refusal(word: SimklWord, message: string, { status = WORDS[word], members, ...options }: RefusalOptions = {}): AppError {
  const details = { [WORD]: word, [STATUS]: status, ...(members && { [MORE]: members }) };
  return new AppError(CODE_OF_STATUS[status] ?? 'unavailable', message, { details, ...options });
}

type Answer = Readonly<{ word: SimklWord; status: number; members: JsonObject }>;

function answerOf({ code, details, faults }: AppError): Answer {
  const said = details[WORD] as SimklWord | undefined;
  const missing = code === 'invalid' && faults.some(({ message }) => message === 'is missing');
  const word = said ?? (missing ? 'empty_field' : MEANING[code]);
  return { word, status: (details[STATUS] as number | undefined) ?? WORDS[word], members: (details[MORE] as JsonObject | undefined) ?? {} };
}

const REALM = 'Bearer realm="simkl"';

/** Answers any error as this API does. A bug is logged, and its text stays here. */
export function simklError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = asAppError(error);
  const { word, status, members } = known ? answerOf(known) : ({ word: 'internal', status: 500, members: {} } satisfies Answer);
  if (status >= 500) request.log.error({ err: error, path: pathnameOf(request.url) }, 'A request failed');
  if (known?.retryAfterMs !== undefined) reply.header('retry-after', Math.max(1, Math.ceil(known.retryAfterMs / 1_000)));
  if (status === 401) reply.header('www-authenticate', `${REALM}, error="${word}"`);
  if (word === 'insufficient_scope') reply.header('www-authenticate', `${REALM}, error="${word}", scope="media:read media:write"`);
  const message = known?.message ?? `Something went wrong here. The log has more under ${request.id}.`;
  return reply.code(status).send({ error: word, code: status, message, ...members });
}
