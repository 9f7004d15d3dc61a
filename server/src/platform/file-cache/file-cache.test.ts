import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileCache, type FileCache } from './file-cache.ts';

let folder: string;
let now: number;
let most: number;
let cache: FileCache;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'usherr-cache-')), 'player');
  now = Date.UTC(2026, 0, 1);
  most = 1_000;
  cache = createFileCache({ folder, clock: { now: () => now }, keepFor: 60_000, most: async () => most });
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const names = (): string[] => readdirSync(folder).toSorted();
const store = async (name: string, size: number): Promise<void> => {
  now += 1_000;
  await cache.put(name, 'x'.repeat(size));
};

describe('the cache', () => {
  it('has a file under its name once it is whole', async () => {
    const part = await cache.begin();
    await part.write(Buffer.from('one '));
    await part.write(Buffer.from('two'));
    expect(await cache.find('a-0.ts')).toBeUndefined();
    await part.finish('a-0.ts');
    await part.discard();
    const path = (await cache.find('a-0.ts')) ?? '';
    expect(readFileSync(path, 'utf8')).toBe('one two');
    const other = await cache.begin();
    await other.write(Buffer.from('half'));
    await other.discard();
    expect(names()).toEqual(['a-0.ts']);
  });

  it('gives back the bytes that were put, which counts as a use', async () => {
    await store('a.bin', 60);
    await cache.put('b.bin', Buffer.from([0, 255, 1]));
    expect(await cache.read('b.bin')).toEqual(Buffer.from([0, 255, 1]));
    expect(await cache.read('c.bin')).toBeUndefined();
    now += 1_000;
    await cache.read('a.bin');
    most = 61;
    await cache.sweep();
    expect(names()).toEqual(['a.bin']);
  });

  it('takes what a program has written, and forgets what begins alike', async () => {
    const path = await cache.spare('vtt');
    writeFileSync(path, 'WEBVTT');
    await cache.adopt(path, 'sub-1.vtt');
    await store('a-0.ts', 1);
    await store('ab-0.ts', 1);
    await cache.forget('a-');
    expect(names()).toEqual(['ab-0.ts', 'sub-1.vtt']);
  });

  it('loses first what was used longest ago, and what is old', async () => {
    for (const name of ['a.ts', 'b.ts', 'c.ts']) await store(name, 60);
    now += 1_000;
    await cache.find('a.ts');
    most = 130;
    await cache.sweep();
    expect(names()).toEqual(['a.ts', 'c.ts']);
    now += 61_000;
    await cache.sweep();
    expect(names()).toEqual([]);
  });

  it('stays within its size by itself', async () => {
    for (let index = 0; index < 30; index++) await store(`a-${index}.ts`, 100);
    expect(names().length).toBeLessThanOrEqual(12);
    expect(names()).toContain('a-29.ts');
  });

  it.each(['', '..', '../a.ts', 'a/b.ts', '/etc/passwd', 'A.ts', 'a\0', '.hidden'])('has no file of the name %j', async (name) => {
    await expect(cache.find(name)).rejects.toThrow('no name');
    await expect(cache.read(name)).rejects.toThrow('no name');
    await expect(cache.put(name, 'x')).rejects.toThrow('no name');
  });

  it('can be swept before there is one', async () => {
    await expect(cache.sweep()).resolves.toBeUndefined();
  });
});
