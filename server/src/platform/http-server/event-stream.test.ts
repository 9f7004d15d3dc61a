import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { type EventStreamOptions, sendEvents } from './event-stream.ts';

describe('a stream of events', () => {
  const app = () => Fastify({ forceCloseConnections: true });
  let running: ReturnType<typeof app> | undefined;
  afterEach(() => running?.close());

  async function open(options: EventStreamOptions): Promise<IncomingMessage> {
    running = app();
    running.get('/', (request, reply) => sendEvents(request, reply, options));
    const url = await running.listen({ port: 0, host: '127.0.0.1' });
    return new Promise((resolve, reject) => get(url, resolve).on('error', reject));
  }
  const whole = async (stream: IncomingMessage): Promise<string> => {
    let said = '';
    for await (const chunk of stream) said += String(chunk);
    return said;
  };

  it('names events, spells objects as JSON, and keeps the lines of a text', async () => {
    const stream = await open({
      async *events() {
        yield { event: 'cmd', data: 'one\ntwo' };
        yield { data: { exit: 0 } };
      },
    });
    expect(stream.headers['content-type']).toContain('text/event-stream');
    expect(await whole(stream)).toBe('event: cmd\ndata: one\ndata: two\n\ndata: {"exit":0}\n\n');
  });

  it('gives signs of life while nothing happens', async () => {
    const stream = await open({
      pingMs: 10,
      async *events() {
        await sleep(60);
        yield { data: 'late' };
      },
    });
    expect(await whole(stream)).toMatch(/event: ping\n.*data: late/s);
  });

  it('tells the source when the listener has gone', async () => {
    const ended = Promise.withResolvers<void>();
    const stream = await open({
      async *events(signal) {
        yield { data: 'first' };
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        ended.resolve();
      },
    });
    stream.once('data', () => stream.destroy());
    await ended.promise;
  });

  it('drops nothing where the listener is slow', async () => {
    const stream = await open({
      async *events() {
        for (let n = 0; n < 5_000; n += 1) yield { data: `${n} ${'x'.repeat(200)}` };
      },
    });
    stream.pause();
    await sleep(50);
    const said = await whole(stream);
    expect(said.match(/^data: /gm)).toHaveLength(5_000);
  });
});
