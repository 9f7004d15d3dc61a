import type { CallOptions, DeskUserOptions } from '#core/upstreams/index.ts';
import { AppError, invalid, isAppError } from '#kernel/app-error.ts';
import type { HttpClient, HttpQuery, HttpReply } from '#platform/http-client/index.ts';
import { explainRefusal, isCsrfRefusal, isGuards } from './seerr-refusals.ts';

/** What makes an answer readable: a compiled check of one wire shape. */
export type Readable<T> = Readonly<{ Check(value: unknown): value is T }>;

export type SeerrChange = Readonly<{ method: 'POST' | 'PUT' | 'DELETE'; path: string; body?: Readonly<Record<string, unknown>> }>;

export type SeerrCalls = Readonly<{
  name: string;
  /** `path` is below /api/v1. */
  get<T>(path: string, shape: Readable<T>, options: CallOptions, query?: HttpQuery): Promise<T>;
  /** Sent once, whatever happens, but for one resend where the desk refused it for want of a CSRF token. */
  change(change: SeerrChange, options: DeskUserOptions): Promise<HttpReply>;
  /** The answer in the shape that was asked for, or `upstream-unreadable`. */
  readable<T>(shape: Readable<T>, answer: unknown, path: string): T;
}>;

export const ME = '/auth/me';
export const STATUS = '/status';

export function createSeerrCalls(
  deps: Readonly<{ http: HttpClient; apiKey: string; name: string; timeoutMs?: number | undefined }>,
): SeerrCalls {
  const { http, name } = deps;
  const time = deps.timeoutMs === undefined ? {} : { timeoutMs: deps.timeoutMs };
  const key = { 'x-api-key': deps.apiKey };
  let csrf: Readonly<Record<string, string>> = {};

  const read = (path: string, { signal }: CallOptions, query?: HttpQuery): Promise<HttpReply> =>
    http.send({
      method: 'GET',
      path: API + path,
      signal,
      headers: key,
      explain: explainRefusal(true),
      ...time,
      ...(query && { query }),
    });

  function readable<T>(shape: Readable<T>, answer: unknown, path: string): T {
    if (shape.Check(answer)) return answer;
    throw new AppError(
      'upstream-unreadable',
      `${name}: ${API}${path} answered in a shape that we cannot read. Is it a Seerr, Jellyseerr or Overseerr?`,
    );
  }

  const send = ({ method, path, body }: SeerrChange, { signal, asUser }: DeskUserOptions): Promise<HttpReply> =>
    http.send({
      method,
      path: API + path,
      signal,
      headers: { ...key, ...csrf, ...(asUser !== undefined && { 'x-api-user': String(asUser) }) },
      explain: explainRefusal(asUser === undefined),
      ...time,
      ...(body && { body }),
    });

  /** The desk hands its token out with any answer to a read. It is good for as long as the desk's own secret is. */
  async function takeCsrfToken(options: CallOptions): Promise<boolean> {
    const cookies = (await read(STATUS, options)).headers['set-cookie'] ?? '';
    const [secret, token] = ['_csrf', 'XSRF-TOKEN'].map((cookie) => new RegExp(`(?:^|,\\s*)${cookie}=([^;,]+)`).exec(cookies)?.[1]);
    if (secret === undefined || token === undefined) return false;
    csrf = { cookie: `_csrf=${secret}; XSRF-TOKEN=${token}`, 'x-xsrf-token': token };
    return true;
  }

  async function sendPastCsrf(change: SeerrChange, options: DeskUserOptions): Promise<HttpReply> {
    try {
      return await send(change, options);
    } catch (error) {
      // The first was refused before it did anything, so that sending it again makes nothing twice.
      if (isAppError(error) && isCsrfRefusal(error) && (await takeCsrfToken(options))) return send(change, options);
      throw error;
    }
  }

  /** The guard says the same of a wrong key and of a user that is none: the key is asked alone, to tell which. */
  async function blamed(error: AppError, asUser: number, options: CallOptions): Promise<AppError> {
    try {
      await read(ME, options);
    } catch (cause) {
      return isAppError(cause, 'upstream-unauthorized') ? cause : error;
    }
    return new AppError('upstream-forbidden', `${error.message} Our API key is good, so its user ${asUser} is gone or may not do this.`, {
      cause: error,
      details: { ...error.details, permanent: true },
    });
  }

  return {
    name,
    readable,
    get: async (path, shape, options, query) => readable(shape, (await read(path, options, query)).json(), path),
    async change(change, options) {
      const { asUser } = options;
      // Anything else than a number ends the process of a real Seerr.
      if (asUser !== undefined && !(Number.isSafeInteger(asUser) && asUser > 0)) {
        throw invalid('asUser', 'must be the number of a user of the desk');
      }
      try {
        return await sendPastCsrf(change, options);
      } catch (error) {
        throw asUser !== undefined && isAppError(error) && isGuards(error) ? await blamed(error, asUser, options) : error;
      }
    },
  };
}

const API = '/api/v1';
