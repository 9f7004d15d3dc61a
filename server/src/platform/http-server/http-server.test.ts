import { connect } from 'node:net';
import { Type } from '@fastify/type-provider-typebox';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import pino from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { acceptJsonAsText, createHttpServer, guard, type HttpServer, type HttpServerDeps } from './index.ts';

let server: HttpServer | undefined;
afterEach(() => server?.close());

const lines: string[] = [];
const build = (given: Partial<HttpServerDeps> = {}): HttpServer => {
  lines.length = 0;
  server = createHttpServer({
    logger: pino({ level: 'info' }, { write: (line: string) => lines.push(line) }),
    trustedProxies: [],
    publicUrl: undefined,
    clock: { now: () => 0 },
    ...given,
  });
  return server;
};
const plugin =
  (routes: (app: HttpServer) => unknown): FastifyPluginAsync =>
  async (app) => {
    await routes(app as unknown as HttpServer);
  };
const withKey = async (request: FastifyRequest): Promise<void> => {
  if (request.headers['x-key'] !== 'right') throw new AppError('unauthenticated', 'No key.');
};
/** A server whose routes are all open, for what is not about the guard. */
const opened = async (routes: (app: HttpServer) => void, given: Partial<HttpServerDeps> = {}): Promise<HttpServer> => {
  const made = build(given);
  await made.register(
    plugin((app) => {
      guard(app, { open: [], authenticate: async () => undefined });
      routes(app);
    }),
  );
  return made;
};
const errorOf = (reply: { json(): unknown; statusCode: number }): unknown[] => {
  const { error } = reply.json() as { error: { code: number; message: string } };
  expect(error.code).toBe(reply.statusCode);
  return [error.code, error.message];
};

describe('the guard', () => {
  it('answers 401 for a route that somebody registered without a thought, inside a guard and outside', async () => {
    const app = build();
    app.get('/forgotten', async () => 'secret');
    await app.register(
      plugin(async (room) => {
        room.get('/too-early', async () => 'secret');
        guard(room, { open: ['GET /open'], authenticate: withKey });
        room.get('/open', async () => 'open');
        room.get('/thoughtless', async () => 'secret');
        room.all('/all', async () => 'secret');
        room.post('/open', async () => 'secret');
        await room.register(
          plugin((inner) => inner.get('/deeper', async () => 'secret')),
          { prefix: '/open' },
        );
      }),
      { prefix: '/api' },
    );
    for (const url of ['/forgotten', '/api/too-early', '/api/thoughtless', '/api/thoughtless/', '/api/all', '/api/open/deeper']) {
      for (const method of ['GET', 'HEAD'] as const) expect([url, (await app.inject({ method, url })).statusCode]).toEqual([url, 401]);
    }
    expect((await app.inject({ method: 'POST', url: '/api/open' })).statusCode).toBe(401);
    for (const method of ['DELETE', 'OPTIONS', 'PUT'] as const)
      expect((await app.inject({ method, url: '/api/all' })).statusCode).toBe(401);
    expect((await app.inject({ url: '/api/thoughtless', headers: { 'x-key': 'right' } })).body).toBe('secret');
    expect((await app.inject({ url: '/forgotten', headers: { 'x-key': 'right' } })).statusCode).toBe(401);
  });

  it('opens exactly what the list says', async () => {
    const app = build();
    await app.register(
      plugin((room) => {
        guard(room, { open: ['GET /open', 'POST /:id/open'], authenticate: withKey });
        for (const path of ['/open', '/opened', '/x/open']) room.get(path, async () => 'reached');
        room.post('/:id/open', async () => 'reached');
      }),
      { prefix: '/api' },
    );
    const statusOf = async (url: string, method: 'GET' | 'HEAD' | 'POST' = 'GET') => (await app.inject({ method, url })).statusCode;
    expect([
      await statusOf('/api/open'),
      await statusOf('/api/open/'),
      await statusOf('/api/open', 'HEAD'),
      await statusOf('/api/open?x=/opened'),
    ]).toEqual([200, 200, 200, 200]);
    expect(await statusOf('/api/7/open', 'POST')).toBe(200);
    expect([await statusOf('/api/opened'), await statusOf('/api/x/open'), await statusOf('/api/opened?x=/api/open')]).toEqual([
      401, 401, 401,
    ]);
    // Roads that would lead around a list that is compared with the URL.
    for (const url of ['/api//open', '/api/opened;/open', '/API/open', '/api/opened%2f..%2fopen', '/api/opened%3f/open'])
      expect([url, [401, 404].includes(await statusOf(url))]).toEqual([url, true]);
  });

  it('stops the start where an open route does not exist', async () => {
    const app = build();
    await app.register(
      plugin((room) => guard(room, { open: ['GET /gone'], authenticate: withKey })),
      { prefix: '/api' },
    );
    await expect(app.ready()).rejects.toThrow('GET /api/gone');
    server = undefined;
  });
});

describe('the addresses of callers', () => {
  const seen = (request: FastifyRequest) => ({ ip: request.ip, host: request.host, protocol: request.protocol });
  const headers = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', host: 'here' };
  const ask = async (trustedProxies: readonly string[], remoteAddress: string, forwarded = headers['x-forwarded-for']) => {
    const app = await opened((room) => void room.get('/', async (request) => seen(request)), { trustedProxies });
    return (await app.inject({ url: '/', remoteAddress, headers: { ...headers, 'x-forwarded-for': forwarded } })).json<
      ReturnType<typeof seen>
    >();
  };

  it('are the sockets where no proxy is configured', async () => {
    expect(await ask([], '192.0.2.1')).toEqual({ ip: '192.0.2.1', host: 'here', protocol: 'http' });
  });

  it('are the sockets where somebody else than the proxy forwards', async () => {
    expect(await ask(['10.0.0.0/8'], '192.0.2.1')).toEqual({ ip: '192.0.2.1', host: 'here', protocol: 'http' });
  });

  it('are what the configured proxy says, up to the last that it does not vouch for', async () => {
    expect(await ask(['10.0.0.0/8'], '10.1.2.3')).toEqual({ ip: '203.0.113.7', host: 'evil.example', protocol: 'https' });
    expect((await ask(['10.0.0.0/8'], '10.1.2.3', '127.0.0.1, 203.0.113.7')).ip).toBe('203.0.113.7');
    expect((await ask(['10.0.0.0/8'], '10.1.2.3', '127.0.0.1, 203.0.113.7, 10.9.9.9')).ip).toBe('203.0.113.7');
  });
});

describe('requests', () => {
  const schema = {
    params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
    querystring: Type.Object({
      page: Type.Integer({ minimum: 1, default: 1 }),
      full: Type.Optional(Type.Boolean()),
      sort: Type.Optional(Type.Union([Type.Literal('asc'), Type.Literal('desc')])),
      name: Type.Optional(Type.Array(Type.String())),
    }),
    body: Type.Object({
      count: Type.Integer(),
      options: Type.Optional(Type.Object({ timeout: Type.Number() }, { additionalProperties: false })),
    }),
  };
  const send = async (
    url: string,
    body: unknown = { count: 1 },
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ) => {
    const app = await opened((room) => {
      room.post('/things/:id', { schema }, async ({ params, query, body: sent }) => ({ params, query, body: sent }));
    });
    return app.inject({ method: 'POST', url, headers, payload: typeof body === 'string' ? body : JSON.stringify(body) });
  };

  it('are read as the schema says, with their defaults', async () => {
    expect((await send('/things/7?page=2&full=1&sort=desc&name=a&extra=x')).json()).toEqual({
      params: { id: 7 },
      query: { page: 2, full: true, sort: 'desc', name: ['a'], extra: 'x' },
      body: { count: 1 },
    });
    expect((await send('/things/7/?name=a&name=b')).json()).toMatchObject({ query: { page: 1, name: ['a', 'b'] } });
  });

  it.each<[string, unknown, string]>([
    ['/things/x', undefined, 'id: must be integer'],
    ['/things/0', undefined, 'id: must be >= 1'],
    ['/things/1?page=1.5', undefined, '?page: must be integer'],
    ['/things/1?page=', undefined, '?page: must be integer'],
    ['/things/1?page=1&page=2', undefined, '?page: must be integer'],
    ['/things/1?page=99999999999999999999', undefined, '?page: must be integer'],
    ['/things/1?full=constructor', undefined, '?full: must be boolean'],
    ['/things/1?sort=up', undefined, '?sort: must be one of asc, desc'],
    ['/things/1', {}, 'count: is missing'],
    ['/things/1', { count: '1' }, 'count: must be integer'],
    ['/things/1', { count: 1, options: { timeout: 'x' } }, 'options.timeout: must be number'],
    ['/things/1', { count: 1, options: { timeout: 1, more: 1 } }, 'options.more: is not known here'],
    ['/things/1', [], 'count: is missing'],
    ['/things/1', 'null', 'body: must be object'],
    ['/things/1', '', 'body: must be object'],
    ['/things/1', '{"count":', 'body: is not valid JSON'],
    ['/things/1', '{"count":1,"__proto__":{"admin":true}}', 'body: is not valid JSON'],
  ])('%s with %j is refused by name: %s', async (url, body, message) => {
    const reply = await send(url, body);
    const [code, said] = errorOf(reply);
    expect(code).toBe(400);
    expect(String(said)).toContain(message === 'count: is missing' && Array.isArray(body) ? 'body' : message);
  });

  it('are refused where the body is no JSON by its type, and taken where it is one of the JSON types', async () => {
    expect(errorOf(await send('/things/1', { count: 1 }, { 'content-type': 'text/plain' }))).toEqual([
      400,
      expect.stringContaining('content-type'),
    ]);
    expect(errorOf(await send('/things/1', 'count=1', { 'content-type': 'application/x-www-form-urlencoded' }))).toEqual([
      400,
      expect.stringContaining('content-type'),
    ]);
    expect((await send('/things/1', { count: 1 }, { 'content-type': 'application/vnd.api+json; charset=utf-8' })).statusCode).toBe(200);
  });

  it('are refused where they are nested without end, and brackets in a text are none', async () => {
    const app = await opened((room) => {
      acceptJsonAsText(room);
      room.post('/things', async (request) => ({ got: JSON.stringify(request.body).length }));
    });
    const post = (payload: string, type: string) =>
      app.inject({ method: 'POST', url: '/things', headers: { 'content-type': type }, payload });
    const nested = (depth: number): string => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
    const inText = JSON.stringify({ a: '\\"[{'.repeat(200) });
    for (const type of ['application/json', 'text/plain']) {
      for (const deep of [nested(101), nested(60_000), '['.repeat(60_000)])
        expect(errorOf(await post(deep, type))).toEqual([400, 'body: must not be nested deeper than 100 levels']);
      for (const fine of [nested(100), inText]) expect((await post(fine, type)).statusCode).toBe(200);
    }
  });

  it('may say that an empty body is JSON, or anything', async () => {
    const app = await opened((room) => void room.delete('/things', async () => 'gone'));
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/html']) {
      const reply = await app.inject({ method: 'DELETE', url: '/things', headers: { 'content-type': type }, payload: '' });
      expect([type, reply.statusCode]).toEqual([type, 200]);
    }
  });

  it('may say text/plain and mean JSON where a surface asked for it, and nowhere else', async () => {
    const app = await opened((room) => {
      acceptJsonAsText(room);
      room.post('/hook', async (request) => ({ got: request.body }));
    });
    const post = (payload: string) =>
      app.inject({ method: 'POST', url: '/hook', headers: { 'content-type': 'text/plain; charset=utf-8' }, payload });
    expect((await post('{"a":1}')).json()).toEqual({ got: { a: 1 } });
    expect((await post('hello')).json()).toEqual({ got: 'hello' });
    expect((await post('{"a":')).statusCode).toBe(400);
  });

  it('are refused above the limit', async () => {
    const app = await opened((room) => void room.post('/', async () => 'read'), { bodyLimit: 10 });
    const reply = await app.inject({ method: 'POST', url: '/', headers: { 'content-type': 'application/json' }, payload: '"12345678901"' });
    expect(errorOf(reply)[0]).toBe(413);
  });
});

describe('answers', () => {
  it('carry an id and the headers that keep a browser from doing anything with them, refusals included', async () => {
    const app = await opened((room) => {
      room.get('/', async () => ({ fine: true }));
      room.get('/page', async (_request, reply) =>
        reply.header('content-security-policy', "default-src 'self'").type('text/html').send('<p>'),
      );
    });
    for (const url of ['/', '/nowhere', '/%zz']) {
      const { headers } = await app.inject({ url, headers: { 'request-id': 'mine', 'x-request-id': 'mine' } });
      if (url !== '/%zz') {
        expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
        expect(headers).toMatchObject({
          'content-security-policy': expect.stringContaining("default-src 'none'"),
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'x-frame-options': 'DENY',
        });
      }
    }
    expect((await app.inject('/page')).headers['content-security-policy']).toBe("default-src 'self'");
  });

  it('hold what the shape of their status names, each time and nothing else', async () => {
    const response = { 200: Type.Object({ name: Type.String() }), 404: Type.Object({ gone: Type.Boolean() }) };
    const app = await opened((room) => {
      room.get('/found', { schema: { response } }, async () => ({ name: 'Heat', token: 'secret' }));
      room.get('/lost', { schema: { response } }, async (_, reply) => reply.code(404).send({ gone: true, token: 'secret' } as never));
    });
    for (const _ of ['first', 'second']) {
      expect((await app.inject('/found')).body).toBe('{"name":"Heat"}');
      expect((await app.inject('/lost')).body).toBe('{"gone":true}');
    }
  });

  it('have one shape for what is not served and for what cannot be read', async () => {
    const app = await opened((room) => void room.get('/:name', async () => 'read'));
    expect(errorOf(await app.inject('/a/b?apikey=secret'))).toEqual([404, 'GET /a/b is not served here.']);
    expect(errorOf(await app.inject('/%zz'))[0]).toBe(400);
    expect(errorOf(await app.inject(`/${'x'.repeat(600)}`))[0]).toBe(400);
  });

  it('do not tell the text of a bug', async () => {
    const app = await opened((room) => {
      room.get('/', async () => {
        throw new Error('the password is swordfish');
      });
    });
    const reply = await app.inject('/');
    expect(reply.statusCode).toBe(500);
    expect(reply.body).not.toContain('swordfish');
    expect(reply.body).toContain(String(reply.headers['x-request-id']));
  });

  it('to HEAD are those to GET without the body', async () => {
    const app = await opened((room) => void room.get('/', async () => 'twelve bytes'));
    const reply = await app.inject({ method: 'HEAD', url: '/' });
    expect([reply.statusCode, reply.body, reply.headers['content-length']]).toEqual([200, '', '12']);
  });
});

describe('the log of requests', () => {
  it('has the path and never the query', async () => {
    const app = await opened((room) => void room.get('/things', async () => 'x'));
    await app.inject({ url: '/things?apikey=very-secret&ws_token=other-secret' });
    await app.inject({ url: '/nowhere?apikey=very-secret' });
    expect(lines.map((line) => JSON.parse(line) as Record<string, unknown>)).toMatchObject([
      { method: 'GET', path: '/things', status: 200, ms: 0, ip: '127.0.0.1', id: expect.any(String) },
      { path: '/nowhere', status: 404 },
    ]);
    expect(lines.join()).not.toContain('secret');
  });
});

describe('a public URL with a path', () => {
  it.each([
    ['/usherr/things', 200],
    ['/usherr/things?a=1', 200],
    ['/things', 200],
    ['/usherr', 201],
    ['/usherr/', 201],
    ['/usherr?a=1', 201],
    ['/usherrx/things', 404],
    ['/usherr/usherr/things', 404],
  ])('%s answers %i', async (url, status) => {
    const app = await opened(
      (room) => {
        room.get('/things', async () => 'x');
        room.get('/', async (_request, reply) => reply.code(201).send());
      },
      { publicUrl: new URL('https://example.org/usherr/') },
    );
    expect((await app.inject(url)).statusCode).toBe(status);
  });
});

describe('closing', () => {
  it('lets a request that is under way finish, and cuts a stream that never ends', async () => {
    let release = (): void => undefined;
    const app = await opened(
      (room) => {
        room.get('/slow', () => new Promise((resolve) => (release = () => resolve('done'))));
        room.get('/stream', (_request, reply) => {
          reply.hijack();
          reply.raw.writeHead(200).write('first');
        });
      },
      { closeWithin: 200 },
    );
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    const slow = fetch(`${address}/slow`).then((reply) => reply.text());
    const stream = connect(Number(new URL(address).port), '127.0.0.1');
    stream.write('GET /stream HTTP/1.1\r\nhost: x\r\n\r\n');
    await new Promise((resolve) => stream.once('data', resolve));
    const cut = new Promise((resolve) => stream.once('close', resolve));
    stream.on('error', () => undefined);
    await expect.poll(() => release.toString()).toContain('resolve');
    const closed = app.close();
    release();
    expect(await slow).toBe('done');
    await cut;
    await closed;
    server = undefined;
  });
});
