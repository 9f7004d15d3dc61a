import type { Dispatcher } from 'undici';
import { AppError, invalid } from '#kernel/app-error.ts';
import type { Duration } from '#kernel/instant.ts';
import { agentFor } from './agents.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import {
  type CallPlace,
  cancelled,
  notJson,
  redirected,
  refused,
  timedOut,
  tooLarge,
  tooManyWaiting,
  unreachable,
} from './http-client.errors.ts';
import { readOpening } from './read-opening.ts';
import { discard, readBody, textOf } from './read-text.ts';
import { isWorthRetrying, MAX_REDIRECTS, pauseBefore, redirectOf, retryAfterOf } from './retrying.ts';
import { createSlots } from './slots.ts';
import { type HttpQuery, parseTarget } from './target.ts';

export type { HttpQuery } from './target.ts';

/** One attempt, for metrics and a server's health. Never holds a query, a header or a body. */
export type CallReport = Readonly<{
  method: string;
  path: string;
  attempt: number;
  ms: Duration;
  bytes: number;
  status?: number;
  /** The fault's code, where there was one. */
  fault?: AppError['code'];
}>;

export type HttpClientOptions = Readonly<{
  /** http(s), a sub-path allowed. A user name and password in it become Basic authorization. */
  baseUrl: string;
  /** Begins every message: the server as its owner named it. */
  name: string;
  headers?: Readonly<Record<string, string>>;
  /** For one call with its waiting, tries and pauses. Default 300 s: a page of a big library is slow. */
  timeoutMs?: Duration;
  /** Calls that the server sees at once. Default 4. */
  concurrency?: number;
  /** Calls that may wait for their turn; beyond it `unavailable`. Default 10,000. */
  maxWaiting?: number;
  /** Of one answer. Default 64 MiB. */
  maxBytes?: number;
  /** False trusts any certificate, for servers of the house that signed their own. Default true. */
  verifyHost?: boolean;
  /** Blotted out of every message. */
  secrets?: readonly string[];
  /** The pause before the second try; the later ones grow from it. Default 250 ms. */
  firstPauseMs?: Duration;
  onCall?: (report: CallReport) => void;
}>;

type Call = Readonly<{ query?: HttpQuery; headers?: Readonly<Record<string, string>>; signal: AbortSignal; timeoutMs?: Duration }>;
export type ReadRequest = Call & Readonly<{ /** Tries after the first. Default 2. */ retries?: number }>;
export type SendRequest = Call &
  Readonly<{
    method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    path: string;
    /** Text goes as it is, URLSearchParams as a form, anything else as JSON. */
    body?: unknown;
    /** `safe` where the same call twice does what it does once. Default: safe for GET and HEAD, else never. */
    retry?: 'safe' | 'never';
    retries?: number;
    /** Of this answer, where it is less than the client's own. */
    maxBytes?: number;
    /**
     * Makes more of the fault of an answer of 400 and above out of its body (the first 64 KiB of it, secrets blotted out). What it answers
     * is thrown in the fault's place, and decides whether another try is worth it. Absent: the body is not read.
     */
    explain?: (fault: AppError, body: string) => AppError;
  }>;

export type HttpReply = Readonly<{
  status: number;
  headers: Readonly<Record<string, string>>;
  /** The body as text. It is decoded when it is first asked for. */
  readonly text: string;
  /** The body as it came, and how long it is. */
  readonly body: Buffer;
  bytes: number;
  /** SHA-256 of the body, in hexadecimal. Does not put it together, as `body`, `text` and `json` do. */
  digest(): string;
  /** The body as JSON; `upstream-unreadable` where it is none. */
  json(): unknown;
}>;

/**
 * Calls to one server. Whatever does not end in an answer of 2xx throws an `upstream-…` AppError (`cancelled` where the caller's signal
 * ended it), whose `details.sent` says of faults on the way whether the server can have seen the call (`no`, `maybe`).
 */
export type HttpClient = Readonly<{
  getJson(path: string, request: ReadRequest): Promise<unknown>;
  getText(path: string, request: ReadRequest): Promise<string>;
  send(request: SendRequest): Promise<HttpReply>;
  /** Calls off what is under way and refuses what comes later. */
  close(): Promise<void>;
}>;

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const target = parseTarget(options.baseUrl);
  const agent = agentFor(options.verifyHost ?? true);
  const maxBytes = options.maxBytes ?? 64 * 1_048_576;
  const plain = [...(options.secrets ?? []), ...target.secrets].filter((secret) => secret.length > 0);
  const secrets = [...new Set(plain.flatMap((secret) => [secret, encodeURIComponent(secret)]))];
  const redact = (text: string): string => secrets.reduce((clean, secret) => clean.replaceAll(secret, '•••'), text);
  const closing = new AbortController();
  const slots = createSlots({
    limit: options.concurrency ?? 4,
    maxWaiting: options.maxWaiting ?? 10_000,
    full: () => tooManyWaiting({ name: options.name, redact }),
  });
  const headers = {
    accept: 'application/json',
    // Whoever says nothing takes any encoding, and some proxies then compress.
    'accept-encoding': 'identity',
    ...(target.authorization !== undefined && { authorization: target.authorization }),
    ...lowerCase(options.headers),
  };

  /** One try: sends, follows redirects of the same origin, and reads the whole answer. */
  async function attempt(request: SendRequest, place: CallPlace, deadline: Deadline): Promise<HttpReply> {
    let path = target.path(request.path, request.query);
    for (let hops = 0; ; hops += 1) {
      const response = await dispatch(request, path, place, deadline);
      const received = flatten(response.headers);
      const location = redirectOf(response.statusCode, received, target.origin + path);
      await passUnlessRefused(request, response, received, place);
      if (location === undefined) return readReply(request, response, received, place, deadline);
      discard(response.body);
      if (location === 'nowhere' || hops === MAX_REDIRECTS) throw redirected(place, response.statusCode, undefined);
      const mayFollow = location.origin === target.origin && (isRead(request.method) || response.statusCode >= 307);
      if (!mayFollow) throw redirected(place, response.statusCode, location.origin + location.pathname);
      path = location.pathname + location.search;
    }
  }

  async function passUnlessRefused(
    { explain }: SendRequest,
    { statusCode: status, body }: Dispatcher.ResponseData,
    received: Record<string, string>,
    place: CallPlace,
  ): Promise<void> {
    if (status < 400 || explain === undefined) return;
    throw explain(refused(place, status, retryAfterOf(received['retry-after'])), redact(await readOpening(body, MAX_REFUSAL_BYTES)));
  }

  async function readReply(
    request: SendRequest,
    { statusCode: status, body }: Dispatcher.ResponseData,
    received: Record<string, string>,
    place: CallPlace,
    deadline: Deadline,
  ): Promise<HttpReply> {
    if (status >= 300) {
      discard(body);
      throw refused(place, status, retryAfterOf(received['retry-after']));
    }
    const announced = request.method === 'HEAD' ? undefined : received['content-length'];
    const most = Math.min(request.maxBytes ?? maxBytes, maxBytes);
    const read = await readBody(body, announced, most).catch((cause: unknown) => {
      throw deadline.signal.aborted ? deadline.signal.reason : unreachable(place, cause);
    });
    if (read === 'too-large') throw tooLarge(place, most);
    let decoded: string | undefined;
    const text = (): string => {
      decoded ??= textOf(read.whole());
      return decoded;
    };
    return {
      status,
      headers: received,
      get body() {
        return read.whole();
      },
      bytes: read.bytes,
      digest: read.digest,
      get text() {
        return text();
      },
      json: () => parseJson(text(), place, received['content-type']),
    };
  }

  async function dispatch(request: SendRequest, path: string, place: CallPlace, deadline: Deadline): Promise<Dispatcher.ResponseData> {
    const { body, contentType } = encodeBody(request.body);
    try {
      return await agent.request({
        origin: target.origin,
        path,
        method: request.method,
        headers: { ...headers, ...(contentType !== undefined && { 'content-type': contentType }), ...lowerCase(request.headers) },
        body,
        signal: deadline.signal,
      });
    } catch (cause) {
      throw deadline.signal.aborted ? deadline.signal.reason : unreachable(place, cause);
    }
  }

  async function reported(request: SendRequest, place: CallPlace, deadline: Deadline, number: number): Promise<HttpReply> {
    if (options.onCall === undefined) return attempt(request, place, deadline);
    const begun = performance.now();
    const report = (outcome: Pick<CallReport, 'bytes' | 'status' | 'fault'>): void =>
      options.onCall?.({ method: request.method, path: place.path, attempt: number, ms: performance.now() - begun, ...outcome });
    try {
      const reply = await attempt(request, place, deadline);
      report({ bytes: reply.bytes, status: reply.status });
      return reply;
    } catch (cause) {
      const status = cause instanceof AppError ? cause.details.status : undefined;
      report({ bytes: 0, ...(typeof status === 'number' && { status }), ...(cause instanceof AppError && { fault: cause.code }) });
      throw cause;
    }
  }

  async function tryAndTryAgain(request: SendRequest, place: CallPlace, deadline: Deadline): Promise<HttpReply> {
    const tries = triesOf(request);
    for (let number = 1; ; number += 1) {
      try {
        return await reported(request, place, deadline, number);
      } catch (cause) {
        const pause = pauseBefore(number, cause, options.firstPauseMs ?? 250);
        // A pause that outlasts the deadline would only turn a clear fault into a time-out.
        if (number >= tries || !isWorthRetrying(cause) || pause >= deadline.remainingMs()) throw cause;
        await deadline.wait(pause);
      }
    }
  }

  async function send(request: SendRequest): Promise<HttpReply> {
    const timeoutMs = request.timeoutMs ?? options.timeoutMs ?? 300_000;
    const place: CallPlace = { name: options.name, address: target.shown, method: request.method, path: request.path, redact };
    const deadline = startDeadline({
      timeoutMs,
      timedOut: () => timedOut(place, timeoutMs),
      cancelled: (cause) => cancelled(place, cause),
      signals: [request.signal, closing.signal],
    });
    let release: (() => void) | undefined;
    try {
      release = await slots.take(deadline.signal);
      return await tryAndTryAgain(request, place, deadline);
    } finally {
      release?.();
      deadline.end();
    }
  }

  return {
    getJson: async (path, request) => (await send({ ...request, method: 'GET', path })).json(),
    getText: async (path, request) => (await send({ ...request, method: 'GET', path })).text,
    send,
    async close() {
      closing.abort(new AppError('cancelled', `${options.name}: the connection to this server is being closed.`));
    },
  };
}

const MAX_REFUSAL_BYTES = 65_536;

function triesOf(request: SendRequest): number {
  const retry = request.retry ?? (isRead(request.method) ? 'safe' : 'never');
  return retry === 'safe' ? 1 + (request.retries ?? 2) : 1;
}

const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD';

function parseJson(text: string, place: CallPlace, contentType: string | undefined): unknown {
  const parsed = jsonOf(text);
  if (parsed === undefined) throw notJson(place, text, contentType);
  return parsed.value;
}

function jsonOf(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function encodeBody(body: unknown): { body: string | null; contentType?: string } {
  if (body === undefined) return { body: null };
  if (typeof body === 'string') return { body };
  if (body instanceof URLSearchParams) return { body: body.toString(), contentType: 'application/x-www-form-urlencoded' };
  const text = JSON.stringify(body);
  if (text === undefined) throw invalid('body', 'cannot be written as JSON');
  return { body: text, contentType: 'application/json' };
}

const lowerCase = (headers: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

function flatten(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
