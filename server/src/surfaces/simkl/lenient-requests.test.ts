import { request } from 'node:http';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHttpServer, guard } from '#platform/http-server/index.ts';
import { acceptWhatAppsSend } from './lenient-requests.ts';
import { callerDecorations } from './simkl.auth.ts';
import { simklError } from './simkl.errors.ts';

let server: ReturnType<typeof createHttpServer>;
let asker: { generation: 1 | 2; scopes: readonly string[] };
let address: string;

beforeAll(async () => {
  const logger = pino({ level: 'silent' });
  server = createHttpServer({ logger, trustedProxies: [], publicUrl: undefined, clock: { now: () => 0 } });
  const routes: FastifyPluginAsyncTypebox = async (app) => {
    app.setErrorHandler(simklError);
    for (const name of callerDecorations) app.decorateRequest(name, null);
    guard(app, {
      open: [],
      authenticate: async (request) => request.setDecorator('simklCaller', { ...asker, app: { name: 'App' } }),
    });
    acceptWhatAppsSend(app as unknown as FastifyInstance);
    app.route({ method: ['GET', 'POST'], url: '/echo', handler: async ({ body }) => ({ body: body ?? 'none' }) });
  };
  await server.register(routes);
  address = await server.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => server.close());

const WRITER = { generation: 1, scopes: ['media:read', 'media:write'] } as const;
const ITEMS = '{"movies":[{"title":"Heat","year":"1995"}]}';
const send = async (method: 'GET' | 'POST', payload: string | undefined, type?: string) => {
  const headers = type === undefined ? {} : { 'content-type': type };
  const reply = await server.inject({ method, url: '/echo', headers, ...(payload !== undefined && { payload }) });
  return [reply.statusCode, reply.json()];
};

it.each(['application/json', 'application-json', 'text/plain', 'application/x-www-form-urlencoded', 'nonsense; ;', '', undefined])(
  'takes JSON that is called %s',
  async (type) => {
    asker = WRITER;
    for (const method of ['GET', 'POST'] as const)
      expect(await send(method, ITEMS, type)).toEqual([200, { body: { movies: [{ title: 'Heat', year: '1995' }] } }]);
  },
);

it('takes a bare list, a mark of byte order, and forms', async () => {
  asker = WRITER;
  expect(await send('POST', '[{"simkl":1}]')).toEqual([200, { body: [{ simkl: 1 }] }]);
  expect(await send('POST', `\uFEFF${ITEMS}`, 'application/json')).toEqual([
    200,
    { body: expect.objectContaining({ movies: expect.anything() }) },
  ]);
  expect(await send('POST', 'code=1&redirect_uri=a%3Ab', 'application/x-www-form-urlencoded')).toEqual([
    200,
    { body: { code: '1', redirect_uri: 'a:b' } },
  ]);
});

it('takes an empty body for none', async () => {
  asker = WRITER;
  for (const payload of ['', '  \n', undefined]) {
    expect(await send('POST', payload, 'application/json')).toEqual([200, { body: 'none' }]);
    expect(await send('GET', payload, 'application/json')).toEqual([200, { body: 'none' }]);
  }
});

it('names the body where it cannot be read', async () => {
  asker = WRITER;
  for (const payload of ['{"movies": [', '{"__proto__": {"x": 1}}', 'heat', '<xml/>', '"']) {
    for (const method of ['GET', 'POST'] as const) {
      expect(await send(method, payload, 'application/json'), `${method} ${payload}`).toEqual([
        400,
        { error: 'wrong_parameter', code: 400, message: expect.stringMatching(/^body/) },
      ]);
    }
  }
});

it('lets an app of the second generation send a body with a GET only where it may write', async () => {
  asker = { generation: 2, scopes: ['media:read'] };
  expect(await send('GET', ITEMS)).toEqual([403, expect.objectContaining({ error: 'insufficient_scope' })]);
  expect((await send('GET', undefined))[0]).toBe(200);
  asker = { generation: 2, scopes: WRITER.scopes };
  expect((await send('GET', ITEMS))[0]).toBe(200);
  asker = { generation: 1, scopes: ['media:read'] };
  expect((await send('GET', ITEMS))[0]).toBe(200);
});

it('refuses a body of a GET that has no end', async () => {
  asker = WRITER;
  const reply = await server.inject({ method: 'GET', url: '/echo', payload: JSON.stringify('x'.repeat(1_200_000)) });
  expect([reply.statusCode, reply.json()]).toEqual([413, expect.objectContaining({ error: 'too_large' })]);
});

it.each([
  ['with its length', { 'content-length': String(ITEMS.length) }],
  ['in pieces', { 'transfer-encoding': 'chunked' }],
] as const)('reads the body of a GET that comes over the wire %s', async (_how, framing) => {
  asker = WRITER;
  const answer = await new Promise<string>((resolve, reject) => {
    const headers = { 'content-type': 'application-json', ...framing };
    const sent = request(`${address}/echo`, { method: 'GET', headers }, (reply) => {
      let text = '';
      reply.on('data', (chunk) => {
        text += String(chunk);
      });
      reply.on('end', () => resolve(text));
    });
    sent.on('error', reject);
    sent.end(ITEMS);
  });
  expect(JSON.parse(answer)).toEqual({ body: { movies: [{ title: 'Heat', year: '1995' }] } });
});
