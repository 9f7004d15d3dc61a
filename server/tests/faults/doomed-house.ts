import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Household } from '#tests/support/household.ts';
import type { HouseProcess } from './house-process.ts';

export type DoomedHouse = Readonly<{
  /** What it said so far, a line each. */
  lines: readonly string[];
  /** Resolves with the line that begins so; rejects when the process ends without it. */
  says(beginning: string): Promise<string>;
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>;
  /** Resolves with the signal that ended it. */
  ended: Promise<NodeJS.Signals | null>;
}>;

/** Starts a house as a process of its own on the data of a household whose own house has stopped. */
export function startDoomedHouse(home: Household, wish: Omit<HouseProcess, 'dataDir' | 'plexTvUrl' | 'plexDiscoverUrl'>): DoomedHouse {
  const plex = home.fakes.find((fake) => fake.type === 'plex') as { plexTvUrl?: string; discoverUrl?: string } | undefined;
  const options: HouseProcess = {
    ...wish,
    dataDir: home.config.dataDir,
    ...(plex?.plexTvUrl !== undefined && { plexTvUrl: plex.plexTvUrl }),
    ...(plex?.discoverUrl !== undefined && { plexDiscoverUrl: plex.discoverUrl }),
  };
  const entry = join(import.meta.dirname, 'house-process.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const errors: string[] = [];
  const waiting = new Set<() => void>();
  const look = (): void => {
    for (const one of waiting) one();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    look();
  });
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  let over = false;
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.on('close', (_code, signal) => {
      over = true;
      resolve(signal);
      look();
    });
  });

  return {
    lines,
    ended,
    says: (beginning) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const found = lines.find((line) => line.startsWith(beginning));
          if (found === undefined && !over) return;
          waiting.delete(check);
          if (found !== undefined) resolve(found);
          else reject(new Error(`The house ended without saying "${beginning}". It said: ${lines.join(' | ')}\n${errors.join('')}`));
        };
        waiting.add(check);
        check();
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
