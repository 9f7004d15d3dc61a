import { once } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Duration, seconds } from '#kernel/instant.ts';

/** One server-sent event; an object is sent as JSON. */
export type StreamEvent = Readonly<{ event?: string; id?: string; data: unknown }>;

export type EventStreamOptions = Readonly<{
  /** Asked for its events once somebody listens; the signal ends when they have gone. */
  events(signal: AbortSignal): AsyncIterable<StreamEvent>;
  /** A sign of life between events, so that proxies keep the line open. Default 15 s. */
  pingMs?: Duration;
  ping?: () => StreamEvent;
}>;

const text = ({ event, id, data }: StreamEvent): string => {
  const body = typeof data === 'string' ? data : JSON.stringify(data);
  const lines = body.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return `${id === undefined ? '' : `id: ${id}\n`}${event === undefined ? '' : `event: ${event}\n`}${lines.join('')}\n`;
};

/**
 * Answers with events as they come (text/event-stream), until they end or the listener has gone. A listener that reads slowly slows the
 * source down: nothing is dropped, and nothing piles up here.
 */
export async function sendEvents(request: FastifyRequest, reply: FastifyReply, options: EventStreamOptions): Promise<void> {
  const gone = new AbortController();
  const { raw } = reply;
  request.raw.once('close', () => gone.abort());
  raw.once('close', () => gone.abort());
  const headers = Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined));
  reply.hijack();
  raw.writeHead(200, {
    ...(headers as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    connection: 'keep-alive',
    'x-accel-buffering': 'no',
  });
  raw.flushHeaders();
  const write = async (event: StreamEvent): Promise<void> => {
    if (gone.signal.aborted || raw.write(text(event))) return;
    await once(raw, 'drain', { signal: gone.signal }).catch(() => undefined);
  };
  const { pingMs = seconds(15), ping = () => ({ event: 'ping', data: '' }) } = options;
  const timer = setInterval(() => void write(ping()), pingMs);
  try {
    for await (const event of options.events(gone.signal)) {
      await write(event);
      if (gone.signal.aborted) break;
    }
  } catch (error) {
    // The status is sent already: all that can be told is that the stream broke.
    if (!gone.signal.aborted) request.log.error({ err: error }, 'A stream of events broke');
  } finally {
    clearInterval(timer);
    raw.end();
  }
}
