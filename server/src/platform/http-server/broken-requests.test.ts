import { once } from 'node:events';
import { connect } from 'node:net';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpServer } from './index.ts';

const server = createHttpServer({
  logger: pino({ level: 'silent' }),
  trustedProxies: [],
  publicUrl: undefined,
  clock: { now: () => 0 },
});
let port: number;

beforeAll(async () => {
  port = Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(() => server.close());

async function answerTo(sent: string): Promise<{ head: string; body: unknown }> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  socket.on('error', () => undefined);
  socket.write(sent);
  await once(socket, 'close');
  const [head = '', body = ''] = text.split('\r\n\r\n');
  return { head, body: JSON.parse(body) as unknown };
}

describe('what is no request', () => {
  it.each([
    ['an address without end', `GET /?a=${'x'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 431, 'headers'],
    ['headers without end', `GET / HTTP/1.1\r\nhost: x\r\na: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers'],
    ['nonsense', 'nonsense\r\n\r\n', 400, 'request'],
  ])('is refused in the shape of everything else, and the connection ends: %s', async (_what, sent, code, field) => {
    const { head, body } = await answerTo(sent);
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${code} `));
    expect(body).toEqual({ error: { code, message: expect.stringContaining(field), fields: [{ field, message: expect.any(String) }] } });
  });

  it('has its path named where that cannot be read', async () => {
    expect((await server.inject('/%zz')).json()).toMatchObject({ error: { code: 400, fields: [{ field: 'path' }] } });
  });
});
