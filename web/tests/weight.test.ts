import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const dist = new URL('../dist/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, dist), 'utf8');

/** The scripts that the page loads before anything is opened: its entry, and what that imports without waiting. */
function firstScripts(): Set<string> {
  const found = new Set<string>();
  const follow = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const [, file = ''] of read(`assets/${name}`).matchAll(/(?:import|from)\s*["']\.\/([\w.-]+\.js)["']/g)) follow(file);
  };
  for (const [, file = ''] of read('index.html').matchAll(/assets\/([\w.-]+\.js)/g)) follow(file);
  return found;
}

it('loads at most 250 kB of compressed script before a room is opened', () => {
  const scripts = firstScripts();
  const bytes = [...scripts].reduce((sum, name) => sum + gzipSync(read(`assets/${name}`)).length, 0);
  expect(scripts.size).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(250_000);
});
