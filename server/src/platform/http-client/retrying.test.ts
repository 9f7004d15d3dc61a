import { describe, expect, it } from 'vitest';
import { type Answer, clientFor, faultOf, signal, useServers } from './http-client-bench.contract.ts';

const { serve } = useServers();

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
