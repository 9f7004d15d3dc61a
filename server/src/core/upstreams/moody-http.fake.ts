import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '#kernel/instant.ts';
import type { FakeCall, FakeMood, FakeMoodOptions } from './media-server.fake.ts';

export type MoodyRequest = Readonly<{
  method: string;
  /** Decoded, without the query. */
  path: string;
  /** As sent; the last value where a name comes twice. */
  query: Readonly<Record<string, string>>;
  headers: IncomingHttpHeaders;
  text: string;
  /** The parsed body where it is JSON, the fields where it is an encoded form, else undefined. */
  body: unknown;
}>;

/** An object or array is sent as JSON; text and bytes go out as they are, as `type` (JSON where absent). */
export type MoodyReply = Readonly<{
  status?: number;
  type?: string;
  /** A list is sent as so many headers of the name. */
  headers?: Readonly<Record<string, string | string[]>>;
  body?: unknown;
}>;

export type MoodyHttpOptions = Readonly<{
  handler(request: MoodyRequest): MoodyReply | Promise<MoodyReply>;
  /** The vendor's own way to refuse a token. */
  unauthorizedReply(request: MoodyRequest): MoodyReply;
  /** What the vendor answers for a page beyond the end that keeps the library's count (for the mood `short-library`). */
  emptyPageReply(request: MoodyRequest): MoodyReply | Promise<MoodyReply>;
  /** True for a library page that is not the first one. */
  isLaterPage(request: MoodyRequest): boolean;
  /** True for calls that change something. */
  isChange(request: MoodyRequest): boolean;
  clock?: Clock;
  port?: number;
}>;

/** One listener on 127.0.0.1 that answers as its handler says, or as its mood makes it. */
export type MoodyHttp = Readonly<{
  baseUrl: string;
  calls: readonly FakeCall[];
  forgetCalls(): void;
  setMood(mood: FakeMood, options?: FakeMoodOptions): void;
  sendEventsTo(url: string | undefined): void;
  /** Statuses in the order of arrival; 0 where nobody answered. */
  webhookReplies: readonly number[];
  /** Posts to where events go; resolves once it was answered or failed, and at once where events go nowhere. */
  sendWebhook(event: Readonly<{ headers: Readonly<Record<string, string>>; body: string | FormData }>): Promise<void>;
  close(): Promise<void>;
}>;

const HTML: MoodyReply = {
  type: 'text/html; charset=utf-8',
  body: '<!doctype html><html><head><title>Sign in</title></head><body>Please sign in to continue.</body></html>',
};

/** One grey dot. */
export const FAKE_IMAGE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGOoBwAAhQCBMq3ElwAAAABJRU5ErkJggg==',
  'base64',
);

const WEBHOOK_TIMEOUT_MS = 30_000;

function parseBody(type: string | undefined, text: string): unknown {
  if (text === '') return undefined;
  if (type?.includes('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function readRequest(incoming: IncomingMessage): Promise<MoodyRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const url = new URL(incoming.url ?? '/', 'http://fake.invalid');
  return {
    method: incoming.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: Object.fromEntries(url.searchParams),
    headers: incoming.headers,
    text,
    body: parseBody(incoming.headers['content-type'], text),
  };
}

function payloadOf(reply: MoodyReply): string | Buffer {
  if (reply.body === undefined) return '';
  if (typeof reply.body === 'string' || Buffer.isBuffer(reply.body)) return reply.body;
  return JSON.stringify(reply.body);
}

function send(response: ServerResponse, reply: MoodyReply, cut = false): void {
  const payload = payloadOf(reply);
  const whole = cut ? payload.slice(0, Math.max(1, Math.floor(payload.length / 2))) : payload;
  response.writeHead(reply.status ?? 200, { 'content-type': reply.type ?? 'application/json; charset=utf-8', ...reply.headers });
  response.end(whole);
}

/** Everything that the fakes of all vendors have in common: a socket, the moods, the list of calls and the events they send. */
export async function createMoodyHttp(options: MoodyHttpOptions): Promise<MoodyHttp> {
  const clock = options.clock ?? systemClock;
  const calls: FakeCall[] = [];
  const webhookReplies: number[] = [];
  const stop = new AbortController();
  let eventsUrl: string | undefined;
  let mood: FakeMood = 'fine';
  let moodOptions: FakeMoodOptions = {};
  let moodLeft = Number.POSITIVE_INFINITY;
  let hasBegun = true;

  function takeMood(request: MoodyRequest): FakeMood {
    hasBegun ||= moodOptions.from?.(request) ?? true;
    if (mood === 'fine' || !hasBegun) return 'fine';
    if (moodLeft <= 0) {
      mood = 'fine';
      return mood;
    }
    moodLeft -= 1;
    return mood;
  }

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      stop.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });

  /** The reply that the mood puts in the place of the handler's, or undefined where the handler answers. */
  function moodReply(current: FakeMood, request: MoodyRequest): MoodyReply | Promise<MoodyReply> | undefined {
    switch (current) {
      case 'unauthorized':
        return options.unauthorizedReply(request);
      case 'rate-limited':
        return { status: 429, headers: { 'retry-after': String(moodOptions.retryAfterS ?? 30) }, body: { error: 'Too many requests' } };
      case 'server-error':
        return { status: 500, type: 'text/plain', body: 'Error processing request.' };
      case 'html':
        return HTML;
      case 'page-fails':
        return options.isLaterPage(request) ? { status: 500, type: 'text/plain', body: 'Error processing request.' } : undefined;
      case 'short-library':
        return options.isLaterPage(request) ? options.emptyPageReply(request) : undefined;
      case 'fine':
      case 'slow':
      case 'truncated':
      case 'reset':
      case 'late':
        return undefined;
    }
  }

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    const current = takeMood(request);
    const record = (status: number): void => {
      calls.push({ method: request.method, path: request.path, query: request.query, status, at: clock.now() });
    };
    if (current === 'reset') {
      record(0);
      incoming.socket.resetAndDestroy();
      return;
    }
    if (current === 'slow') await pause(moodOptions.delayMs ?? 500);
    const reply = (await moodReply(current, request)) ?? (await options.handler(request));
    if (current === 'late' && options.isChange(request)) {
      record(0);
      return;
    }
    record(reply.status ?? 200);
    send(response, reply, current === 'truncated');
  }

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return;
      send(response, { status: 500, type: 'text/plain', body: `The fake failed: ${String(error)}` });
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });

  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    forgetCalls: () => {
      calls.length = 0;
    },
    setMood: (next, nextOptions = {}) => {
      mood = next;
      moodOptions = nextOptions;
      moodLeft = nextOptions.times ?? Number.POSITIVE_INFINITY;
      hasBegun = nextOptions.from === undefined;
    },
    sendEventsTo: (url) => {
      eventsUrl = url;
    },
    webhookReplies,
    sendWebhook: async ({ headers, body }) => {
      if (eventsUrl === undefined) return;
      try {
        const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(WEBHOOK_TIMEOUT_MS)]);
        const reply = await fetch(eventsUrl, { method: 'POST', headers: { ...headers }, body, signal });
        await reply.arrayBuffer();
        webhookReplies.push(reply.status);
      } catch {
        // As the real servers do: an event that nobody takes is lost, and the server goes on.
        webhookReplies.push(0);
      }
    },
    close: () =>
      new Promise((resolve) => {
        stop.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
