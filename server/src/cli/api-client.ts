import { AppError, type AppErrorCode } from '#kernel/app-error.ts';
import { isRecord } from '#kernel/json.ts';
import type { Problem } from '#surfaces/app/contract.ts';
import { unreachable, usage } from './exit-codes.ts';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export type ApiClient = Readonly<{
  get<T>(path: string, query?: Query): Promise<T>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<T>;
}>;

export type ApiClientOptions = Readonly<{ url: string; apiKey: string | undefined }>;

const problemIn = (answer: unknown): Problem['error'] | undefined =>
  isRecord(answer) && isRecord(answer.error) && typeof answer.error.message === 'string' ? (answer as Problem).error : undefined;

/** Speaks /api/v1 of a running server. What the server refuses is an AppError with the server's own code and sentence. */
export function createApiClient({ url, apiKey }: ApiClientOptions): ApiClient {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw usage(`"${url}" is no address such as http://localhost:4848.`);
  const base = `${url.replace(/\/+$/, '')}/api/v1`;

  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = {
      accept: 'application/json',
      ...(apiKey !== undefined && { 'x-api-key': apiKey }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    // A key must not follow a redirect to somewhere else.
    const response = await fetch(`${base}${path}`, {
      method,
      headers,
      redirect: 'manual',
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw unreachable(url, cause);
    });
    const text = await response.text();
    const answer = jsonOf(text);
    if (response.ok && (answer !== undefined || text === '')) return answer as T;
    const problem = problemIn(answer);
    if (problem) throw new AppError(problem.code as AppErrorCode, problem.message, { ...(problem.fields && { faults: problem.fields }) });
    throw unreachable(url, new Error(`What answers there is not Usherr: status ${response.status}.`));
  }

  return {
    get: (path, query = {}) => {
      const given = Object.entries(query).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)] as [string, string]],
      );
      return call('GET', given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`);
    },
    send: call,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
