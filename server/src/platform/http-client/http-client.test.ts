import { hash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { selfSigned } from '#tests/support/self-signed.ts';
import { type CallReport, createHttpClient, type HttpClientOptions } from './http-client.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;
const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function serve(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => answer(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const json =
  (value: unknown): Answer =>
  (_request, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
const signal = new AbortController().signal;
const clientFor = (baseUrl: string, more: Partial<HttpClientOptions> = {}) =>
  createHttpClient({ baseUrl, name: 'plex_main', timeoutMs: 5_000, firstPauseMs: 2, ...more });

async function faultOf(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it answered where a fault was expected');
}

describe('what is sent', () => {
  it('puts path and query behind a base address with a sub-path, and never lets a path bring a query of its own', async () => {
    const seen: (string | undefined)[] = [];
    const base = await serve((request, response) => {
      seen.push(request.url);
      response.end('{}');
    });
    const client = clientFor(`${base}/jellyfin/`);
    await client.getJson('/Items', { signal, query: { a: 'x y', b: 2, c: true, d: undefined, e: ['p', 'q'] } });
    await client.getJson('/Items/a?b#c', { signal });
    expect(seen).toEqual(['/jellyfin/Items?a=x%20y&b=2&c=true&e=p&e=q', '/jellyfin/Items/a%3Fb%23c']);
  });

  it.each([
    ['an object as JSON', { a: 1 }, 'application/json', '{"a":1}'],
    ['a form as a form', new URLSearchParams({ a: '1 2' }), 'application/x-www-form-urlencoded', 'a=1+2'],
    ['text as it is', 'plain', undefined, 'plain'],
  ])('writes %s', async (_name, body, contentType, expected) => {
    const base = await serve((request, response, received) =>
      json({ received, type: request.headers['content-type'] })(request, response, received),
    );
    const reply = await clientFor(base).send({ method: 'POST', path: '/x', body, signal });
    expect(reply.json()).toEqual({ received: expected, ...(contentType !== undefined && { type: contentType }) });
  });

  it('asks for what is not compressed, in so many words', async () => {
    const base = await serve((request, response) => json(request.headers['accept-encoding'])(request, response, ''));
    expect(await clientFor(base).getJson('/a', { signal })).toBe('identity');
  });

  it('turns a user name and password of the address into Basic authorization', async () => {
    const base = await serve((request, response, body) => json(request.headers.authorization)(request, response, body));
    const client = clientFor(base.replace('http://', 'http://me:p%40ss@'));
    expect(await client.getJson('/', { signal })).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
  });

  it('refuses an address that is none', () => {
    expect(() => clientFor('plex.local:32400')).toThrow('http:// or https://');
  });
});

describe('what an answer means', () => {
  it('is known by the digest of its body, in however many pieces that came, before the whole is asked for and after', async () => {
    const whole = JSON.stringify({ text: 'Amélie 東京 '.repeat(20_000) });
    const bytes = Buffer.from(whole);
    const base = await serve((_request, response) => {
      response.write(bytes.subarray(0, 9));
      // In the middle of a letter.
      setTimeout(() => response.end(bytes.subarray(9)), 20);
    });
    const client = clientFor(base);
    const reply = await client.send({ method: 'GET', path: '/', signal });
    const digest = hash('sha256', bytes);
    expect(reply.digest()).toBe(digest);
    expect(reply.bytes).toBe(bytes.length);
    expect(reply.text).toBe(whole);
    expect(reply.body.equals(bytes)).toBe(true);
    expect(reply.digest()).toBe(digest);
    await client.close();
  });

  const status =
    (code: number, headers: Record<string, string> = {}): Answer =>
    (_request, response) =>
      void response.writeHead(code, { 'content-type': 'text/html', ...headers }).end('<html>no</html>');
  it.each<[string, Answer, string, RegExp]>([
    ['401', status(401), 'upstream-unauthorized', /does not take our token/],
    ['403', status(403), 'upstream-forbidden', /no right/],
    ['404', status(404), 'upstream-not-found', /no such thing/],
    ['429', status(429, { 'retry-after': '120' }), 'upstream-rate-limited', /slow down/],
    ['400', status(400), 'upstream-rejected', /answered with 400/],
    ['500', status(500), 'upstream-rejected', /fault of its own/],
    ['503 to the last try', status(503), 'upstream-rejected', /503/],
    ['304, which nobody asked for', status(304), 'upstream-rejected', /304/],
    [
      'a web page',
      (_q, r) => void r.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html>'),
      'upstream-unreadable',
      /web page/,
    ],
    ['a web page that calls itself JSON', (_q, r) => void r.end('\n<HTML><body>Sign in'), 'upstream-unreadable', /web page/],
    [
      'XML',
      (_q, r) => void r.writeHead(200, { 'content-type': 'text/xml' }).end('<MediaContainer/>'),
      'upstream-unreadable',
      /not JSON \(text\/xml\)/,
    ],
    ['JSON that breaks off', (_q, r) => void r.end('{"MediaContainer": {"size"'), 'upstream-unreadable', /breaks off/],
    ['nothing', (_q, r) => void r.end(), 'upstream-unreadable', /nothing where JSON/],
    ['too much, announced', (_q, r) => void r.end(`"${'x'.repeat(3_000)}"`), 'upstream-unreadable', /more than/],
    [
      'too much, unannounced',
      (_q, r) => {
        r.write(`"${'x'.repeat(2_000)}`);
        r.end('x"');
      },
      'upstream-unreadable',
      /more than/,
    ],
    ['a reset connection', (q) => void q.socket.destroy(), 'upstream-unreachable', /closed the connection/],
    [
      'half an answer and a reset',
      (q, r) => {
        r.writeHead(200, { 'content-length': '500' }).write('{');
        setTimeout(() => q.socket.destroy(), 5);
      },
      'upstream-unreachable',
      /failed/,
    ],
  ])('%s', async (_name, answer, code, message) => {
    const client = clientFor(await serve(answer), { maxBytes: 1_000, timeoutMs: 1_000 });
    const fault = await faultOf(client.getJson('/library', { signal, query: { token: 'hidden' } }));
    expect(fault.code).toBe(code);
    expect(fault.message).toMatch(message);
    expect(fault.message).toMatch(/^plex_main: /);
    expect(fault.message).not.toContain('hidden');
  });

  it('tells apart a server that was never reached', async () => {
    const base = await serve(json(1));
    for (const cleanUp of cleanUps.splice(0)) await cleanUp();
    const fault = await faultOf(clientFor(base).send({ method: 'POST', path: '/x', signal }));
    expect([fault.code, fault.details.sent]).toEqual(['upstream-unreachable', 'no']);
    expect(fault.message).toContain('nothing answers at this address and port');
  });

  it('is a fault of the certificate where nobody vouches for it, unless the household says that it may be so', async () => {
    const server = createSecureServer(selfSigned, (_request, response) => void response.end('"in"'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanUps.push(() => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()));
    const base = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const fault = await faultOf(clientFor(base).send({ method: 'POST', path: '/x', signal }));
    expect(fault.code).toBe('upstream-unreachable');
    expect(fault.message).toContain('its certificate is self-signed; switch the certificate check off for this server');
    expect((await clientFor(base, { verifyHost: false }).send({ method: 'GET', path: '/x', signal })).text).toBe('"in"');
  });

  it('reads a byte order mark away and takes 204 as an answer without text', async () => {
    const base = await serve((request, response) =>
      request.url === '/bom' ? response.end('\ufeff{"a":1}') : response.writeHead(204).end(),
    );
    const client = clientFor(base);
    expect(await client.getJson('/bom', { signal })).toEqual({ a: 1 });
    expect(await client.send({ method: 'DELETE', path: '/x', signal })).toMatchObject({ status: 204, text: '' });
  });
});

describe('a refusal that its caller explains', () => {
  const refusing =
    (status: number, body: string): Answer =>
    (_request, response) =>
      void response.writeHead(status, { 'retry-after': '7' }).end(body);
  const explain = (fault: AppError, body: string): AppError =>
    new AppError('upstream-forbidden', body, { details: { ...fault.details, said: body } });

  it('carries the words of the server, with the secrets blotted out', async () => {
    const client = clientFor(await serve(refusing(409, '{"message":"key sesame is taken"}')), { secrets: ['sesame'] });
    const fault = await faultOf(client.send({ method: 'POST', path: '/x', body: {}, signal, explain }));
    expect([fault.code, fault.message]).toEqual(['upstream-forbidden', '{"message":"key ••• is taken"}']);
    expect(fault.details).toMatchObject({ status: 409, path: '/x' });
  });

  it('is tried again where the explained fault is worth it, and not else', async () => {
    let calls = 0;
    const base = await serve((request, response, body) => {
      calls += 1;
      return refusing(503, 'busy')(request, response, body);
    });
    await faultOf(clientFor(base).send({ method: 'GET', path: '/', signal, explain: (fault) => fault, timeoutMs: 100 }));
    expect(calls).toBe(1);
    await faultOf(clientFor(base).send({ method: 'GET', path: '/', signal, explain: ({ code }) => new AppError(code, 'no'), retries: 5 }));
    expect(calls).toBe(2);
  });

  it('is read no further than its opening, and as far as it came', async () => {
    const long = clientFor(await serve(refusing(500, 'x'.repeat(500_000))));
    expect((await faultOf(long.send({ method: 'GET', path: '/', signal, explain }))).message).toHaveLength(65_536);
    const broken = clientFor(
      await serve((request, response) => {
        response.writeHead(500, { 'content-length': '100' }).write('half');
        setTimeout(() => request.socket.destroy(), 20);
      }),
    );
    expect((await faultOf(broken.send({ method: 'GET', path: '/', signal, explain }))).message).toBe('half');
  });

  it('is not asked about an answer that is none', async () => {
    const client = clientFor(await serve(json(1)));
    expect((await client.send({ method: 'GET', path: '/', signal, explain })).json()).toBe(1);
  });
});

describe('redirects', () => {
  const redirecting = (code: number, to: (base: string) => string): Answer => {
    return (request, response) =>
      request.url === '/there'
        ? void response.end('"arrived"')
        : void response.writeHead(code, { location: to(`http://${request.headers.host}`) }).end();
  };

  it('are followed within the origin', async () => {
    const client = clientFor(await serve(redirecting(302, (base) => `${base}/there`)));
    expect(await client.getJson('/here', { signal })).toBe('arrived');
  });

  it('elsewhere are refused, with the address that the settings may need', async () => {
    let visited = false;
    const elsewhere = await serve((_request, response) => {
      visited = true;
      response.end('1');
    });
    const fault = await faultOf(clientFor(await serve(redirecting(301, () => `${elsewhere}/there?t=1`))).getJson('/here', { signal }));
    expect(fault.code).toBe('upstream-rejected');
    expect(fault.message).toContain(`${elsewhere}/there, and our token goes nowhere but to`);
    expect(fault.message).not.toContain('t=1');
    expect(visited).toBe(false);
  });

  it('of a change are not followed where its method would be lost', async () => {
    const base = await serve(redirecting(302, (origin) => `${origin}/there`));
    expect((await faultOf(clientFor(base).send({ method: 'POST', path: '/here', signal }))).code).toBe('upstream-rejected');
  });

  it('in a circle end', async () => {
    let hops = 0;
    const base = await serve((_request, response) => {
      hops += 1;
      response.writeHead(302, { location: '/again' }).end();
    });
    expect((await faultOf(clientFor(base).getJson('/', { signal }))).code).toBe('upstream-rejected');
    expect(hops).toBe(4);
  });
});

describe('tries', () => {
  const failing = (times: number, code: number, headers: Record<string, string> = {}) => {
    const counter = { calls: 0 };
    const answer: Answer = (_request, response) => {
      counter.calls += 1;
      if (counter.calls > times) response.end('"well"');
      else if (code === 0) response.destroy();
      else response.writeHead(code, headers).end();
    };
    return { counter, answer };
  };

  it.each([[502], [503], [504], [429], [0]])('reads are tried three times at %i', async (code) => {
    const well = failing(2, code);
    expect(await clientFor(await serve(well.answer)).getJson('/', { signal })).toBe('well');
    const sick = failing(9, code);
    await faultOf(clientFor(await serve(sick.answer)).getJson('/', { signal }));
    expect([well.counter.calls, sick.counter.calls]).toEqual([3, 3]);
  });

  it.each([[500], [404], [401]])('reads are tried once at %i', async (code) => {
    const { counter, answer } = failing(9, code);
    await faultOf(clientFor(await serve(answer)).getJson('/', { signal }));
    expect(counter.calls).toBe(1);
  });

  it('changes are tried once, unless their caller says that they are safe', async () => {
    const once = failing(9, 503);
    await faultOf(clientFor(await serve(once.answer)).send({ method: 'POST', path: '/', signal }));
    const safe = failing(1, 503);
    const reply = await clientFor(await serve(safe.answer)).send({ method: 'POST', path: '/', signal, retry: 'safe' });
    const never = failing(9, 503);
    await faultOf(clientFor(await serve(never.answer)).send({ method: 'GET', path: '/', signal, retry: 'never' }));
    expect([once.counter.calls, safe.counter.calls, reply.json(), never.counter.calls]).toEqual([1, 2, 'well', 1]);
  });

  it('wait as long as Retry-After asks', async () => {
    const { answer } = failing(1, 429, { 'retry-after': '0.2' });
    const begun = performance.now();
    expect(await clientFor(await serve(answer)).getJson('/', { signal })).toBe('well');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(190);
  });

  it('do not wait for a Retry-After beyond the deadline, and say how long it is', async () => {
    const { counter, answer } = failing(9, 429, { 'retry-after': '120' });
    const fault = await faultOf(clientFor(await serve(answer)).getJson('/', { signal }));
    expect([fault.code, fault.retryAfterMs, counter.calls]).toEqual(['upstream-rate-limited', 120_000, 1]);
    const dated = failing(9, 429, { 'retry-after': new Date(Date.now() + 90_000).toUTCString() });
    const later = await faultOf(clientFor(await serve(dated.answer)).getJson('/', { signal }));
    expect(later.retryAfterMs).toBeGreaterThan(80_000);
  });
});

describe('time', () => {
  it('ends a call whose answer does not come', async () => {
    const base = await serve(() => undefined);
    const fault = await faultOf(clientFor(base).getJson('/slow', { signal, timeoutMs: 60 }));
    expect([fault.code, fault.details.sent]).toEqual(['upstream-timeout', 'maybe']);
  });

  it('ends an answer that stops in the middle', async () => {
    const base = await serve((_request, response) => void response.writeHead(200).write('{"a":'));
    expect((await faultOf(clientFor(base).getJson('/', { signal, timeoutMs: 60 }))).code).toBe('upstream-timeout');
  });

  it('ends with the caller: before, during, and in the pause between two tries', async () => {
    const base = await serve((request, response) =>
      request.url === '/busy' ? void response.writeHead(503, { 'retry-after': '3' }).end() : undefined,
    );
    const client = clientFor(base);
    expect((await faultOf(client.getJson('/', { signal: AbortSignal.abort() }))).code).toBe('cancelled');
    for (const path of ['/', '/busy']) {
      const caller = new AbortController();
      setTimeout(() => caller.abort(new Error('shut down')), 40);
      const fault = await faultOf(client.getJson(path, { signal: caller.signal }));
      expect([fault.code, (fault.cause as Error).message]).toEqual(['cancelled', 'shut down']);
    }
  });

  it('counts the waiting for a turn, and a call that gives up its turn frees it', async () => {
    let calls = 0;
    const base = await serve((_request, response) => {
      calls += 1;
      if (calls > 1) response.end('1');
    });
    const client = clientFor(base, { concurrency: 1, timeoutMs: 120 });
    const stuck = faultOf(client.getJson('/a', { signal }));
    const queued = faultOf(client.getJson('/b', { signal, timeoutMs: 30 }));
    expect([(await stuck).code, (await queued).code]).toEqual(['upstream-timeout', 'upstream-timeout']);
    expect(await client.getJson('/c', { signal })).toBe(1);
    expect(calls).toBe(2);
  });
});

describe('one server', () => {
  it('sees no more calls at once than agreed, and all of them in the end', async () => {
    let open = 0;
    let most = 0;
    const base = await serve((_request, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        response.end('1');
      }, 5);
    });
    const client = clientFor(base, { concurrency: 3 });
    expect(await Promise.all(Array.from({ length: 20 }, () => client.getJson('/', { signal })))).toHaveLength(20);
    expect(most).toBe(3);
  });

  it('is not asked for more than may wait', async () => {
    const base = await serve(() => undefined);
    const client = clientFor(base, { concurrency: 1, maxWaiting: 1, timeoutMs: 100 });
    const codes = (await Promise.all([1, 2, 3].map(() => faultOf(client.getJson('/', { signal }))))).map((fault) => fault.code);
    expect(codes.sort()).toEqual(['unavailable', 'upstream-timeout', 'upstream-timeout']);
  });

  it('is left when its client closes', async () => {
    const client = clientFor(await serve(() => undefined));
    const call = faultOf(client.getJson('/', { signal }));
    await client.close();
    expect((await call).code).toBe('cancelled');
    expect((await faultOf(client.getJson('/', { signal }))).code).toBe('cancelled');
  });
});

describe('secrets and reports', () => {
  it('blots secrets out of messages and details, wherever they come from', async () => {
    const base = await serve((_request, response) => void response.writeHead(302, { location: 'http://elsewhere.test/s3cret' }).end());
    const fault = await faultOf(clientFor(base, { secrets: ['s3cret', ''] }).getJson('/a/s3cret', { signal }));
    expect(fault.message).not.toContain('s3cret');
    expect(fault.message).toContain('/a/•••');
    expect(JSON.stringify(fault.details)).not.toContain('s3cret');
  });

  it('does not quote a broken answer', async () => {
    const fault = await faultOf(
      clientFor(await serve((_request, response) => void response.end('{"authToken":"abc" oops'))).getJson('/', { signal }),
    );
    expect(`${fault.message} ${String(fault.cause)}`).not.toContain('abc');
  });

  it('reports each try without its query', async () => {
    const reports: CallReport[] = [];
    let calls = 0;
    const base = await serve((_request, response) => {
      calls += 1;
      response.writeHead(calls === 1 ? 503 : 200).end('[1]');
    });
    await clientFor(base, { onCall: (report) => reports.push(report) }).getJson('/x', { signal, query: { q: 1 } });
    expect(reports.map(({ ms: _ms, ...rest }) => rest)).toEqual([
      { method: 'GET', path: '/x', attempt: 1, bytes: 0, status: 503, fault: 'upstream-rejected' },
      { method: 'GET', path: '/x', attempt: 2, bytes: 3, status: 200 },
    ]);
  });
});
