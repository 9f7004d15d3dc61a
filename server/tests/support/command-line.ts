import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { runCli } from '#cli/index.ts';
import { API_KEY, type Household } from './household.ts';

export const LAUNCHER = join(import.meta.dirname, '..', '..', '..', 'scripts', 'usherr.mjs');

export type Ended = Readonly<{ code: number | null; out: string; err: string; json: () => unknown }>;

/** Runs `usherr` as somebody on the host of that house would, and waits for its end. */
export function runUsherr(
  house: Household,
  words: readonly string[],
  extra: Readonly<{ env?: Record<string, string>; input?: string }> = {},
): Promise<Ended> {
  const env = { PATH: process.env.PATH ?? '', USHERR_URL: house.address, USHERR_DATA_DIR: house.config.dataDir, ...extra.env };
  const child = spawn(process.execPath, [LAUNCHER, ...words], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdin.end(extra.input ?? '');
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err, json: () => JSON.parse(out) as unknown })));
}

/** The same in this process, for what has to do with the commands alone: a process takes most of a second to start. `input` is what is typed unseen. */
export async function talkTo(house: Household, words: readonly string[], input = ''): Promise<Ended> {
  let [out, err] = ['', ''];
  const letters = new TextDecoder();
  const pipe = (take: (text: string) => void) => ({
    write(text: string | Uint8Array) {
      take(typeof text === 'string' ? text : letters.decode(text, { stream: true }));
      return true;
    },
  });
  const code = await runCli(words, {
    version: 'test',
    out: pipe((text) => {
      out += text;
    }),
    err: pipe((text) => {
      err += text;
    }) as NodeJS.WriteStream,
    url: house.address,
    apiKey: () => API_KEY,
    askSecret: async () => input,
    resetPassword: async () => undefined,
  });
  return { code, out, err, json: () => JSON.parse(out) as unknown };
}
