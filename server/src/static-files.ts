import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { invalid } from '#kernel/app-error.ts';

export type StaticFile = Readonly<{ type: string; size: number; modifiedAt: number; open(): Readable }>;

const TYPES: Readonly<Record<string, string>> = {
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** What anybody may read of the installation: its documentation, and the web app where it is built. Nothing else of the folder. */
const PUBLISHED: readonly RegExp[] = [
  /^(README|CHANGELOG|SECURITY|CONTRIBUTING|ARCHITECTURE)\.md$/,
  /^docs\/([\w-]+\/)*[\w.-]+\.md$/,
  /^web\/dist\/([\w.-]+\/)*[\w.-]+$/,
];

/** Published files below the folder. Throws `invalid` (`file`) for a path that is none of ours to take, however it is spelt. */
export function createStaticFiles(folder: string) {
  return {
    async find(file: string): Promise<StaticFile | undefined> {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: no such path names a file of ours
      if (/[\\\u0000-\u001f]|(^|\/)\.{1,2}(\/|$)|^\/|\/\//.test(file)) throw invalid('file', 'must be a path below the published files');
      const type = TYPES[extname(file).toLowerCase()];
      if (type === undefined || !PUBLISHED.some((pattern) => pattern.test(file))) return undefined;
      const path = join(folder, file);
      const [real, root] = await Promise.all([realpath(path).catch(() => undefined), realpath(folder)]);
      if (real === undefined || !real.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
      const found = await stat(real);
      if (!found.isFile()) return undefined;
      return { type, size: found.size, modifiedAt: found.mtimeMs, open: () => createReadStream(real) };
    },
  };
}
