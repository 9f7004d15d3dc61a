import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { probeUrl } from './url-probe.ts';

describe('asking any address', () => {
  let server: Server | undefined;
  const serve = async (handler: Parameters<typeof createServer>[1]): Promise<string> => {
    server = createServer(handler);
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  const faultOf = (order: Partial<Parameters<typeof probeUrl>[0]>) =>
    probeUrl({ url: 'http://127.0.0.1:1', method: 'GET', headers: {}, ...order }).then(
      () => undefined,
      (error: unknown) => error as AppError,
    );

  it('tells status, headers and body, and follows no redirect', async () => {
    const url = await serve((request, response) =>
      response.writeHead(302, { location: '/else', 'x-seen': request.headers['x-mine'] ?? '' }).end('moved'),
    );
    const answer = await probeUrl({ url, method: 'get', headers: { 'x-mine': 'yes' } });
    expect(answer).toMatchObject({ status: 302, headers: { location: '/else', 'x-seen': 'yes' }, body: 'moved' });
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://[fe80::1]/',
    'http://[::ffff:169.254.169.254]/',
    'http://2852039166/',
    'http://0xA9FEA9FE/',
    'http://[fd00:ec2::254]/',
    'http://100.100.100.200/',
    'http://0.0.0.0/',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'nonsense',
  ])('does not ask %s', async (url) => {
    const fault = await faultOf({ url });
    expect(fault).toBeInstanceOf(AppError);
    expect(fault?.code).toBe('invalid');
    expect(fault?.faults.map((one) => one.field)).toEqual(['url']);
  });

  it('takes no method that is none, and no header that HTTP does not know', async () => {
    expect((await faultOf({ method: 'BREW' }))?.faults[0]?.field).toBe('method');
    const url = await serve((_request, response) => response.end());
    expect((await faultOf({ url, headers: { 'a b': 'c' } }))?.faults[0]?.field).toBe('headers');
  });

  it('tells silence from refusal', async () => {
    const url = await serve(() => undefined);
    expect((await faultOf({ url, timeoutMs: 50 }))?.code).toBe('upstream-timeout');
    expect((await faultOf({ url: 'http://127.0.0.1:1' }))?.code).toBe('upstream-unreachable');
  });

  it('reads no more than a mebibyte', async () => {
    const url = await serve((_request, response) => response.end('x'.repeat(2_000_000)));
    expect((await probeUrl({ url, method: 'GET', headers: {} })).body).toContain('not read');
  });
});
