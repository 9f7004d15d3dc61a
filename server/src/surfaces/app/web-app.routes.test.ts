import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { webAppRoutes } from './web-app.routes.ts';

let folder: string;
let app: FastifyInstance;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usherr-dist-'));
  await mkdir(join(folder, 'dist', 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'not for anybody');
  await writeFile(join(folder, 'dist', 'index.html'), '<base href="__BASE__/app/"><meta content="__NONCE__">');
  await writeFile(join(folder, 'dist', 'worker.js'), '// worker');
  await writeFile(join(folder, 'dist', 'assets', 'index-a1b2.js'), 'export {};');
  app = Fastify({ routerOptions: { ignoreTrailingSlash: true } });
  await app.register(webAppRoutes({ basePath: '/usherr', webApp: join(folder, 'dist') }));
});
afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});
const get = (url: string) => app.inject({ url });

describe('the web app below /app', () => {
  it('is one page at each of its addresses, which knows where it lies', async () => {
    for (const url of ['/app/', '/app/titles', '/app/titles/12/s/1', '/app/index.html']) {
      const answer = await get(url);
      expect([answer.statusCode, answer.headers['cache-control']], url).toEqual([200, 'no-cache']);
      expect(answer.body).toContain('<base href="/usherr/app/">');
    }
  });

  it('leads to the address with the slash, on which relative addresses build', async () => {
    const answer = await get('/app');
    expect([answer.statusCode, answer.headers.location]).toEqual([302, '/usherr/app/']);
  });

  it('lets the page call nobody else, and run no style but with the number of this very answer', async () => {
    const [first, second] = [await get('/app/'), await get('/app/')];
    const nonce = /content="([^"]+)"/.exec(first.body)?.[1] ?? '';
    const policy = String(first.headers['content-security-policy']);
    expect(nonce.length).toBeGreaterThan(20);
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy).not.toMatch(/https?:|\*|unsafe/);
    expect(second.body).not.toContain(nonce);
  });

  it('gives files for good where their name has their hash, and asks anew for the rest', async () => {
    expect((await get('/app/assets/index-a1b2.js')).headers['cache-control']).toContain('immutable');
    const worker = await get('/app/worker.js');
    expect([worker.headers['cache-control'], worker.headers['content-security-policy']]).toEqual([
      'no-cache',
      "default-src 'none'; connect-src 'self'",
    ]);
  });

  it.each(['/app/assets/gone.js', '/app/..%2fsecret.txt', '/app/%2e%2e/secret.txt', '/app/assets/..%2f..%2fsecret.txt'])(
    'has nothing at %s',
    async (url) => {
      const answer = await get(url);
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain('not for anybody');
    },
  );

  it('says so where it is not built', async () => {
    await rm(join(folder, 'dist', 'index.html'));
    const answer = await get('/app/');
    expect([answer.statusCode, answer.body]).toEqual([503, expect.stringContaining('is not built')]);
  });
});
