import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Household } from './household.ts';

const LAUNCHER = join(import.meta.dirname, '..', '..', '..', 'scripts', 'usherr.mjs');

export type CliEnd = Readonly<{ code: number | null; out: string; err: string; json(): unknown }>;

/** Runs the command line in a process of its own, as on the host of this household. */
export function runCli(home: Household, words: readonly string[]): Promise<CliEnd> {
  const env = { PATH: process.env.PATH ?? '', USHERR_URL: home.address, USHERR_DATA_DIR: home.config.dataDir };
  const child = spawn(process.execPath, [LAUNCHER, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString();
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said, json: () => JSON.parse(said.out) as unknown })));
}
