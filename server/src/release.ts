import { existsSync, readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string; license: string };

/** What runs here. `build`, `sha` and `branch` are written into build.json by whoever packs an image. */
export const release = {
  version: manifest.version,
  licence: manifest.license,
  ...buildOf(),
  container: existsSync('/.dockerenv') || existsSync('/run/.containerenv'),
};

function buildOf(): Readonly<{ build: string; sha: string; branch: string }> {
  const file = new URL('../../build.json', import.meta.url);
  const unknown = { build: 'unknown', sha: 'unknown', branch: 'unknown' };
  return existsSync(file) ? { ...unknown, ...(JSON.parse(readFileSync(file, 'utf8')) as object) } : unknown;
}
