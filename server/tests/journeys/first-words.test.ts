import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
const taken = createServer();
let folder: string;
let port: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usherr-first-words-'));
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
  port = String((taken.address() as AddressInfo).port);
});
afterAll(async () => {
  taken.close();
  await rm(folder, { recursive: true, force: true });
});

/** Starts the process as people do, to its end: its port is taken, or its environment is wrong. */
async function start(environment: Record<string, string>): Promise<{ code: number | null; out: string; err: string }> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [MAIN], { env: { PATH, USHERR_HOST: '127.0.0.1', USHERR_PORT: port, ...environment } });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

const EMPTY = ['PUBLIC_URL', 'TRUSTED_PROXIES', 'DATABASE_URL', 'API_KEY', 'ADMIN_USERNAME', 'ADMIN_PASSWORD', 'LOG_LEVEL', 'SECRET'];

describe('a first start', () => {
  it('shows the owner’s key although it cannot listen, takes empty values for unset ones, and ends with 1', {
    timeout: 30_000,
  }, async () => {
    const empty = Object.fromEntries(EMPTY.map((name) => [`USHERR_${name}`, '']));
    const first = await start({ ...empty, TZ: '', USHERR_DATA_DIR: join(folder, 'a') });
    expect(first.err).toContain(`cannot listen on 127.0.0.1 port ${port}`);
    expect(first.code).toBe(1);
    expect(first.out).toMatch(/Owner's API key, shown only now: usherr_\S{40,}/);
    for (const name of await readdir(join(folder, 'a')))
      expect([name, (await stat(join(folder, 'a', name))).mode & 0o007], 'rights of everybody').toEqual([name, 0]);
    const second = await start({ ...empty, TZ: '', USHERR_DATA_DIR: join(folder, 'a') });
    expect([second.code, second.out]).toEqual([1, expect.not.stringContaining('API key')]);
  });

  it('says that its data folder cannot be made, and ends with 1', { timeout: 30_000 }, async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const { code, err } = await start({ USHERR_DATA_DIR: join(file, 'data') });
    expect(code).toBe(1);
    expect(err).toContain(join(file, 'data'));
    expect(err).not.toMatch(/\bat .*:\d+/);
  });

  it('prints all faults of the environment and nothing else, makes nothing, and ends with 1', { timeout: 30_000 }, async () => {
    const data = join(folder, 'b');
    const wrong = { USHERR_PORT: 'x', USHERR_TRUSTED_PROXIES: '0.0.0.0/0', USHERR_ADMIN_USERNAME: 'mo', USHERR_ADMIN_PASSWORD: 'hunter2' };
    const { code, out, err } = await start({ ...wrong, USHERR_DATA_DIR: data });
    expect([code, out]).toEqual([1, '']);
    for (const name of ['USHERR_PORT', 'USHERR_TRUSTED_PROXIES', 'USHERR_ADMIN_PASSWORD']) expect(err).toContain(name);
    expect(err).not.toMatch(/hunter2|\bat .*:\d+/);
    await expect(rm(data, { recursive: true })).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
