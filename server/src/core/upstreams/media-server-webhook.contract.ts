import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeUser } from './media-server.fake.ts';
import {
  ADDED_AT,
  type MediaServerBench,
  type MediaServerTraits,
  MOVIE,
  options,
  WATCHED_AT,
  when,
} from './media-server-bench.contract.ts';
import type { IncomingWebhook, WebhookPoke } from './playback-webhook.port.ts';

async function readIncoming(request: IncomingMessage): Promise<IncomingWebhook> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  const headers = request.headers as Record<string, string | undefined>;
  if (type.includes('multipart/form-data')) {
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    const fields: Record<string, string> = {};
    for (const [field, value] of form) if (typeof value === 'string') fields[field] = value;
    return { headers, body: undefined, fields };
  }
  const text = bytes.toString('utf8');
  return { headers, body: type.includes('json') ? (JSON.parse(text) as unknown) : text };
}

/** The address where the house would take events; keeps what comes. */
export async function createEventSink(status = 200) {
  const received: IncomingWebhook[] = [];
  const server = createServer((request, response) => {
    readIncoming(request).then(
      (incoming) => {
        received.push(incoming);
        response.writeHead(status).end();
      },
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/api/webhook?apikey=fake`,
    received,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What the server sends is what the adapter reads. */
export function describeWebhookContract(name: string, open: () => Promise<MediaServerBench>, traits: MediaServerTraits): void {
  describe(`${name} sends events that`, () => {
    let bench: MediaServerBench;
    let sink: Awaited<ReturnType<typeof createEventSink>>;
    let user: FakeUser;
    let item: string;
    beforeEach(async () => {
      bench = await open();
      sink = await createEventSink();
      user = bench.fake.addUser({ name: 'Robin' });
      item = bench.fake.addTitle(bench.fake.addLibrary({ name: 'Films', kind: 'movies' }), MOVIE);
      bench.fake.sendEventsTo(sink.url);
    });
    afterEach(async () => {
      await sink.close();
      await bench.close();
    });

    const pokes = (): readonly WebhookPoke[] =>
      sink.received.flatMap((incoming) => {
        const reading = bench.driver.webhook.read(incoming);
        return reading.outcome === 'poke' ? [reading.poke] : [];
      });
    const expectAboutOurs = (poke: WebhookPoke | undefined): void => {
      expect(poke).toMatchObject({ serverUuid: bench.fake.uuid, userId: user.id, upstreamId: item });
    };

    it('name the server, the user and the item of a finished play, as completed', async () => {
      await bench.fake.finish(user.id, item, WATCHED_AT);
      const completed = pokes().filter((poke) => poke.hints.completed === true);
      expect(completed.length).toBeGreaterThan(0);
      for (const poke of completed) expectAboutOurs(poke);
      // No mark looks like that.
      expect(completed.every((poke) => poke.hints.finished === true)).toBe(true);
      expect(bench.fake.webhookReplies.length).toBe(sink.received.length);
      expect(bench.fake.webhookReplies.every((status) => status === 200)).toBe(true);
      expect(bench.fake.stateOf(user.id, item)).toMatchObject({ played: true, playCount: 1, lastPlayedAt: WATCHED_AT });
    });

    it('name the same for a stop on the way, not as completed', async () => {
      await bench.fake.pauseAt(user.id, item, 1_200_000);
      const seen = pokes();
      expect(seen.length).toBeGreaterThan(0);
      for (const poke of seen) {
        expectAboutOurs(poke);
        expect(poke.hints.completed).not.toBe(true);
        expect(poke.hints.positionMs ?? 1_200_000).toBe(1_200_000);
      }
      expect(bench.fake.stateOf(user.id, item)).toMatchObject({ played: false, positionMs: 1_200_000 });
    });

    it('are recognised as the owner’s where they are', async () => {
      await bench.fake.pauseAt(bench.fake.owner.id, item, 1_200_000);
      const poke = pokes().at(-1);
      expect(poke?.userId === bench.fake.owner.id || poke?.owner === true).toBe(true);
    });

    when(traits.marksSendEvents)('tell a mark and an un-mark by hand apart', async () => {
      await bench.fake.markByHand(user.id, item, true);
      expectAboutOurs(pokes().at(-1));
      expect(pokes().at(-1)?.hints).toMatchObject({ completed: true });
      expect(pokes().at(-1)?.hints.finished).toBeUndefined();
      await bench.fake.markByHand(user.id, item, false);
      expectAboutOurs(pokes().at(-1));
      expect(pokes().at(-1)?.hints).toMatchObject({ unplayed: true });
      expect(pokes().at(-1)?.hints.completed).not.toBe(true);
    });

    when(!traits.marksSendEvents)('say nothing of a mark by hand', async () => {
      await bench.fake.markByHand(user.id, item, true);
      expect(sink.received).toEqual([]);
      expect(bench.fake.stateOf(user.id, item).played).toBe(true);
    });

    it('are not sent for what we write ourselves, or are read as pokes of that item', async () => {
      await bench.driver.connect(bench.connection(user)).markPlayed(item, { ...options(), at: ADDED_AT });
      for (const poke of pokes()) expectAboutOurs(poke);
      for (const incoming of sink.received) expect(bench.driver.webhook.read(incoming).outcome).not.toBe('unusable');
    });

    it('are not mistaken for another sender’s', () => {
      for (const body of [undefined, null, 'text', 7, [], {}, { event: 'something' }]) {
        expect(bench.driver.webhook.read({ headers: { 'user-agent': 'curl/8' }, body }).outcome).toBe('not-ours');
      }
    });

    it('are described in steps that hold the address', () => {
      expect(bench.driver.webhookSteps('https://usherr.example.test/v1/api/webhook').join('\n')).toContain(
        'https://usherr.example.test/v1/api/webhook',
      );
    });
  });
}
