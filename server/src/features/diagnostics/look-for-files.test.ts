import { describe, expect, it } from 'vitest';
import { accountId } from '#kernel/ids.ts';
import { createFileLook, foundRoots } from './look-for-files.ts';

const ACCOUNT = { id: accountId(1) };
const there = (...paths: string[]) => {
  const known = new Set(paths);
  return createFileLook({
    settings: { get: async <T>() => [{ from: '/data', to: '/mnt' }] as T },
    exists: async (path) => known.has(path),
  });
};

describe('looking for a file', () => {
  it.each([
    ['it is there', ['/mnt', '/mnt/m', '/mnt/m/x.mkv'], undefined],
    ['it is gone', ['/mnt', '/mnt/m'], 'File does not exist.'],
    ['its folder is gone', ['/mnt'], 'Folder does not exist: /mnt/m'],
    ['its disk is not mounted', [], 'Folder does not exist: /mnt'],
  ])('%s', async (_what, paths, message) => {
    const looked = await there(...paths).look(ACCOUNT, '/data/m/x.mkv');
    expect(looked).toEqual({ root: '/mnt', ...(message && { fault: { path: '/data/m/x.mkv', message } }) });
  });

  it('says nothing about a root of which nothing at all was found', async () => {
    const files = there('/mnt', '/mnt/a.mkv', '/tv');
    const looked = [];
    for (const path of ['/data/a.mkv', '/data/b.mkv', '/tv/x.mkv', 'D:\\Films\\x.mkv']) looked.push(await files.look(ACCOUNT, path));
    expect([...foundRoots(looked)]).toEqual(['/mnt']);
  });
});
