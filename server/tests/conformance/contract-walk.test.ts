import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Household, startHousehold } from '#tests/support/household.ts';

type Row = Readonly<{ system: string; method: string; path: string; open: boolean | string }>;

const file = fileURLToPath(new URL('../../../../shared/contract/endpoints.json', import.meta.url));
const present = existsSync(file);
const absent = present ? '' : ' (skipped: the file ../shared/contract/endpoints.json is not here)';
const rows: readonly Row[] = present ? JSON.parse(readFileSync(file, 'utf8')) : [];

const WORDS: Readonly<Record<string, string>> = {
  '{type}': 'plex',
  '{id}': '1',
  '{segment}': '0',
  '{index}': '0',
  '{ext}': 'vtt',
  '{source}': 'x',
};
const addressOf = (path: string): string =>
  path.replaceAll(/\{[^}]*\}/g, (name) => WORDS[name] ?? 'something').replace(/(plex)\.x0\.m3u8$/, 'webvtt.x0.m3u8');

let home: Household;
beforeAll(async () => {
  if (present) home = await startHousehold({ servers: [] });
}, 30_000);
afterAll(() => home?.close());

async function knock({ method, path }: Row): Promise<{ status: number; served: boolean }> {
  const reply = await fetch(`${home.address}${addressOf(path)}`, { method });
  const text = await reply.text();
  return { status: reply.status, served: !(reply.status === 404 && text.includes('is not a path of this API')) };
}

describe.skipIf(!present)(`the contract${absent}`, () => {
  it.each(['watchstate', 'seerr-sync'])('of %s is served whole, and closed where it says so', async (system) => {
    const own = rows.filter((row) => row.system === system);
    expect(own.length).toBeGreaterThan(0);
    const faults: string[] = [];
    for (const row of own) {
      const { status, served } = await knock(row);
      const what = `${row.method} ${row.path}: ${status}`;
      if (!served) faults.push(`${what} is not served`);
      else if (row.open === false && status !== 401) faults.push(`${what} without credentials`);
    }
    expect(faults).toEqual([]);
  });
});
