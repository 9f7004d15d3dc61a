import { describe, expect, it } from 'vitest';
import type { CallReport } from './http-client.ts';
import { type Answer, clientFor, faultOf, json, signal, useServers } from './http-client-bench.contract.ts';

const { serve } = useServers();

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
