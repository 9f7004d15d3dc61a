import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

const DEMO = join(import.meta.dirname, '..', '..', 'src', 'demo.ts');
const COUNTS = /^ {2}(main|ben|cleo) +plex +(\d+) +jellyfin +(\d+) +emby +(\d+)$/;

type Row = Readonly<{ person: string; counts: readonly number[] }>;

const rowsOf = (lines: readonly string[]): readonly Row[] =>
  lines.flatMap((line) => {
    const [, person, ...counts] = COUNTS.exec(line) ?? [];
    return person === undefined ? [] : [{ person, counts: counts.map(Number) }];
  });
const isAlike = ({ counts }: Row): boolean => new Set(counts).size === 1;

it('`npm run demo` shows three people on three servers before and after, then an event, answers meanwhile, and leaves nothing behind', {
  timeout: 60_000,
}, async () => {
  const { PATH = '', TMPDIR = '' } = process.env;
  const child = spawn(process.execPath, [DEMO], {
    env: { PATH, ...(TMPDIR !== '' && { TMPDIR }), USHERR_HOST: '127.0.0.1', USHERR_PORT: '0' },
  });
  try {
    let complaints = '';
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    const said: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      said.push(line);
      if (line.startsWith('Stop with')) break;
    }
    expect(complaints).toBe('');
    const [, address = '', password = '', folder = ''] =
      /is at (\S+)\. Sign in as demo, password (\S+)\. It lives in (\S+) and/.exec(said.join('\n')) ?? [];
    const rows = rowsOf(said);
    expect(rows.map(({ person }) => person)).toEqual(['main', 'ben', 'cleo', 'main', 'ben', 'cleo']);
    expect(rows.slice(0, 3).some(isAlike)).toBe(false);
    for (const [index, after] of rows.slice(3).entries()) {
      expect(isAlike(after)).toBe(true);
      expect(after.counts[0]).toBeGreaterThanOrEqual(Math.max(...(rows[index]?.counts ?? [])));
    }
    expect(said.join('\n')).toMatch(/ ms later Jellyfin and Emby show it as watched/);

    const login = await fetch(`${address}/v1/api/system/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'demo', password }),
    });
    expect(login.status).toBe(200);
    expect(existsSync(folder)).toBe(true);
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(0);
    expect(existsSync(folder)).toBe(false);
  } finally {
    child.kill('SIGKILL');
  }
});
