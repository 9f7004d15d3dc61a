import { appendFileSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogging } from './logging.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'usherr-read-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const DAY = Date.UTC(2026, 2, 28, 12);
const open = () => createLogging({ level: 'info', dir, timeZone: 'UTC', clock: { now: () => DAY }, output: { write: () => true } });
const NAME = 'app.20260328.log';

describe('reading logs back', () => {
  it('pages from the end, and says where the page before begins', async () => {
    const logging = open();
    for (let n = 1; n <= 25; n += 1) logging.logger('app').info({ backend: 'plex' }, `line ${n}`);
    const page = async (offset: number) => {
      const { entries, total, next } = await logging.read.page(NAME, { offset, count: 10 });
      return { texts: entries.map(({ text }) => text), total, next };
    };
    expect(await page(0)).toEqual({ texts: Array.from({ length: 10 }, (_, n) => `line ${n + 16}`), total: 25, next: 10 });
    expect(await page(20)).toEqual({ texts: ['line 1', 'line 2', 'line 3', 'line 4', 'line 5'], total: 25, next: undefined });
    expect(await page(100)).toEqual({ texts: [], total: 25, next: undefined });
    const [recent] = await logging.read.recent(1);
    expect(recent?.entries).toMatchObject([{ text: 'line 25', at: DAY, level: 'info', fields: { backend: 'plex' } }]);
    await expect(logging.read.page('../usherr.db', { offset: 0, count: 1 })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('shows the fault that a line is about, and lines that others wrote', async () => {
    const logging = open();
    logging.logger('app').error({ err: new Error('no answer') }, 'A call failed');
    appendFileSync(join(dir, NAME), 'plain text\n{"half":');
    const { entries } = await logging.read.page(NAME, { offset: 0, count: 10 });
    expect(entries.map(({ text }) => text)).toEqual(['A call failed: no answer', 'plain text']);
  });

  it('follows every line of a busy log, also those that come in two halves', async () => {
    const logging = open();
    logging.logger('app').info('before');
    const ending = new AbortController();
    const seen: string[] = [];
    const from = statSync(join(dir, NAME)).size;
    const following = (async () => {
      for await (const { entry } of logging.read.follow(NAME, { from, signal: ending.signal })) {
        seen.push(entry.text);
        if (seen.length === 5_001) ending.abort();
      }
    })();
    for (let n = 0; n < 5_000; n += 1) {
      logging.logger('app').info(`ünïcode ${n}`);
      if (n % 500 === 0) await sleep(1);
    }
    appendFileSync(join(dir, NAME), 'half and ');
    await sleep(150);
    appendFileSync(join(dir, NAME), 'half\n');
    await following;
    expect(seen).toEqual([...Array.from({ length: 5_000 }, (_, n) => `ünïcode ${n}`), 'half and half']);
  });

  it('goes on from where a listener was', async () => {
    const logging = open();
    for (const text of ['one', 'two', 'three']) logging.logger('app').info(text);
    const positions: number[] = [];
    const read = async (from: number, count: number): Promise<string[]> => {
      const texts: string[] = [];
      for await (const { position, entry } of logging.read.follow(NAME, { from, signal: new AbortController().signal })) {
        positions.push(position);
        texts.push(entry.text);
        if (texts.length === count) break;
      }
      return texts;
    };
    expect(await read(0, 2)).toEqual(['one', 'two']);
    expect(await read(positions.at(-1) ?? 0, 1)).toEqual(['three']);
  });

  it.each([
    ['deleted', (path: string) => rmSync(path)],
    ['cut off', (path: string) => truncateSync(path, 0)],
  ])('ends when the file is %s', async (_how, undo) => {
    writeFileSync(join(dir, NAME), 'a line\n');
    const logging = open();
    const seen: string[] = [];
    for await (const { entry } of logging.read.follow(NAME, { from: 0, signal: AbortSignal.timeout(5_000) })) {
      seen.push(entry.text);
      undo(join(dir, NAME));
    }
    expect(seen).toEqual(['a line']);
  });

  it('does not write what is to be hidden, and writes it again afterwards', async () => {
    const logging = open();
    logging.suppress((text) => text.includes('noise'));
    logging.logger('app').info('some noise');
    logging.logger('task').warn({ err: new Error('noise within') }, 'A call failed');
    logging.suppress(undefined);
    logging.logger('app').info('more noise');
    const { entries } = await logging.read.page(NAME, { offset: 0, count: 10 });
    expect(entries.map(({ text }) => text)).toEqual(['more noise']);
    expect(logging.files().map(({ type }) => type)).toEqual(['app']);
  });
});
