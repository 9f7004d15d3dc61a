import createClient from 'openapi-fetch';
import type { paths } from './schema.d.ts';

type Fault = Readonly<{ field: string; message: string }>;

/** What the server refused, or why nothing came: a sentence for people, the code of the closed list, and the fields at fault. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: readonly Fault[];
  constructor(status: number, code: string, message: string, fields: readonly Fault[] = []) {
    super(message);
    this.name = 'ProblemError';
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}

/** Where the server's addresses begin; the page's base is one step below. */
export const serverBase = (): string => new URL('../', document.baseURI).href.replace(/\/$/, '');

/** Calls of our own API by path, typed by its description. Wrap each in `take`. */
export const api = createClient<paths>({ baseUrl: serverBase(), credentials: 'same-origin' });

type Answer<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

const told = (error: unknown): Readonly<{ code: string; message: string; fields?: readonly Fault[] }> | undefined =>
  typeof error === 'object' && error !== null && 'error' in error ? (error as { error: never }).error : undefined;

/**
 * The data of an answer.
 * @throws ProblemError with the server's own words; `unreachable` where no answer came
 */
export async function take<T>(call: Answer<T>): Promise<T> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ProblemError(0, 'unreachable', '');
  });
  if (response.ok) return data as T;
  const problem = told(error);
  throw new ProblemError(response.status, problem?.code ?? 'internal', problem?.message ?? '', problem?.fields ?? []);
}
