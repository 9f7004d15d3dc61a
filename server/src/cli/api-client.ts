import { AppError, type AppErrorCode } from '#kernel/app-error.ts';
import { isRecord } from '#kernel/json.ts';
import type { Problem } from '#surfaces/app/contract.ts';
import { unreachable, usage } from './exit-codes.ts';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export type ApiClient = Readonly<{
  get<T>(path: string, query?: Query): Promise<T>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<T>;
  upload<T>(path: string, form: FormData, query?: Query): Promise<T>;
  /** The answer as it comes, for what is larger than a page. */
  download(path: string, query?: Query): Promise<AsyncIterable<Uint8Array>>;
}>;

export type ApiClientOptions = Readonly<{ url: string; apiKey: string | undefined }>;

const problemIn = (answer: unknown): Problem['error'] | undefined =>
  isRecord(answer) && isRecord(answer.error) && typeof answer.error.message === 'string' ? (answer as Problem).error : undefined;

/** Speaks /api/v1 of a running server. What the server refuses is an AppError with the server's own code and sentence. */
export function createApiClient({ url, apiKey }: ApiClientOptions): ApiClient {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw usage(`"${url}" is no address such as http://localhost:4848.`);
  const base = `${url.replace(/\/+$/, '')}/api/v1`;

  async function ask(method: string, path: string, body?: object): Promise<Response> {
    const isForm = body instanceof FormData;
    const headers = {
      accept: 'application/json',
      ...(apiKey !== undefined && { 'x-api-key': apiKey }),
      ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
    };
    // A key must not follow a redirect to somewhere else.
    return fetch(`${base}${path}`, {
      method,
      headers,
      redirect: 'manual',
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw unreachable(url, cause);
    });
  }

  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await ask(method, path, body);
    const text = await response.text();
    const answer = jsonOf(text);
    if (response.ok && (answer !== undefined || text === '')) return answer as T;
    throw faultOf(answer, response.status, method);
  }

  function faultOf(answer: unknown, status: number, method = 'GET'): Error {
    const problem = problemIn(answer);
    // A question that is no question was typed like that: there is nothing else in it.
    if (problem?.code === 'invalid' && method === 'GET') return usage(problem.message);
    if (problem) return new AppError(problem.code as AppErrorCode, problem.message, { ...(problem.fields && { faults: problem.fields }) });
    return unreachable(url, new Error(`What answers there is not Usherr: status ${status}.`));
  }

  return {
    get: (path, query) => call('GET', withQuery(path, query)),
    send: call,
    upload: (path, form, query) => call('POST', withQuery(path, query), form),
    async download(path, query) {
      const response = await ask('GET', withQuery(path, query));
      if (response.ok && response.body !== null) return response.body;
      throw faultOf(jsonOf(await response.text()), response.status);
    },
  };
}

function withQuery(path: string, query: Query = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as [string, string]]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
