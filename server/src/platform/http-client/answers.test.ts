import { hash } from 'node:crypto';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { selfSigned } from '#tests/support/self-signed.ts';
import { type Answer, clientFor, faultOf, json, signal, useServers } from './http-client-bench.contract.ts';

const { atEnd, closeServers, serve } = useServers();

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
    await closeServers();
    const fault = await faultOf(clientFor(base).send({ method: 'POST', path: '/x', signal }));
    expect([fault.code, fault.details.sent]).toEqual(['upstream-unreachable', 'no']);
    expect(fault.message).toContain('nothing answers at this address and port');
  });

  it('is a fault of the certificate where nobody vouches for it, unless the household says that it may be so', async () => {
    const server = createSecureServer(selfSigned, (_request, response) => void response.end('"in"'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    atEnd(() => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()));
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
