import type { CallOptions } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { Duration } from '#kernel/instant.ts';
import type { HttpClient, HttpQuery } from '#platform/http-client/index.ts';
import { tmdbRefusal } from './tmdb.wire.ts';

/** What makes an answer readable: a compiled check of one wire shape. */
type Readable<T> = Readonly<{ Check(value: unknown): value is T }>;

export type TmdbCalls = Readonly<{
  /** `path` is below /3. `upstream-not-found` only where TMDB itself says that it has no such thing. */
  get<T>(path: string, shape: Readable<T>, options: CallOptions, query?: HttpQuery): Promise<T>;
}>;

const NAME = 'TMDB';
/** "The resource you requested could not be found", and the same of an id that a call stands on. */
const GONE: ReadonlySet<number> = new Set([34, 6]);
const KEY_REFUSED = 'Put a valid API key (v3) or read access token (v4) of your TMDB account into the settings (metadata.tmdb-key).';

/** A v4 read access token has the three parts of a signed token, a v3 key is 32 characters long. */
export const isBearer = (key: string): boolean => key.split('.').length === 3;

/** A token goes in a header. A v3 key is only taken in the address, which is never shown or logged with its query. */
export function createTmdbCalls({
  http,
  key,
  timeoutMs,
}: Readonly<{ http: HttpClient; key: string; timeoutMs?: Duration | undefined }>): TmdbCalls {
  const bearer = isBearer(key);
  return {
    async get(path, shape, { signal }, query) {
      const reply = await http.send({
        method: 'GET',
        path: `/3${path}`,
        signal,
        explain: explainRefusal,
        query: { ...query, ...(!bearer && { api_key: key }) },
        ...(bearer && { headers: { authorization: `Bearer ${key}` } }),
        ...(timeoutMs !== undefined && { timeoutMs }),
      });
      const answer = reply.json();
      if (shape.Check(answer)) return answer;
      throw new AppError('upstream-unreadable', `${NAME}: /3${path} answered in a shape that we cannot read.`);
    },
  };
}

function explainRefusal(fault: AppError, body: string): AppError {
  const status = Number(fault.details.status);
  const said = saidIn(body);
  if (status === 404 && (said === undefined || !GONE.has(said.code)))
    return worded('upstream-unreadable', fault, 'something that is not TMDB answered for it');
  if (said === undefined) return fault;
  return status === 401 ? worded('upstream-unauthorized', fault, `${said.text} ${KEY_REFUSED}`) : worded(fault.code, fault, said.text);
}

function saidIn(body: string): Readonly<{ code: number; text: string }> | undefined {
  try {
    const refusal: unknown = JSON.parse(body);
    return tmdbRefusal.Check(refusal) ? { code: refusal.status_code, text: refusal.status_message.slice(0, 300) } : undefined;
  } catch {
    return undefined;
  }
}

function worded(code: AppError['code'], fault: AppError, text: string): AppError {
  const { method, path, status } = fault.details;
  return new AppError(code, `${NAME}: ${String(method)} ${String(path)} was answered with ${String(status)}: ${text}`, {
    cause: fault,
    details: fault.details,
    ...(fault.retryAfterMs !== undefined && { retryAfterMs: fault.retryAfterMs }),
  });
}
