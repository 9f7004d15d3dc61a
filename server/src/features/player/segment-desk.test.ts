import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { minutes } from '#kernel/instant.ts';
import { createFileCache, type FileCache } from '#platform/file-cache/index.ts';
import type { Outcome, ProgramRunner } from './run-program.ts';
import { createSegmentDesk, type SegmentDesk, type SegmentSource } from './segment-desk.ts';
import { filmFrom } from './transport-stream.fake.ts';

const STARTS = Array.from({ length: 40 }, (_, index) => index * 2);
const FOREVER = new AbortController().signal;

let folder: string;
let now: number;
let cache: FileCache;
let desk: SegmentDesk;
/** What was started, by its first argument; how many segments it has handed over; whether it has been ended. */
let runs: { way: string; from: number; handed: number; isOver: boolean }[];
let broken: Set<string>;

/** An ffmpeg that makes a segment each time it is asked for more. */
const start: ProgramRunner['start'] = ({ args }) => {
  const [way = '', from = ''] = args;
  const run = { way, from: Number(from), handed: 0, isOver: false };
  runs.push(run);
  let end: (outcome: Outcome) => void = () => undefined;
  const ended = new Promise<Outcome>((resolve) => {
    end = resolve;
  });
  const kill = (): void => {
    run.isOver = true;
    end({ code: null, stderr: '' });
  };
  async function* output(): AsyncGenerator<Buffer> {
    if (broken.has(way)) {
      end({ code: 1, stderr: `${way} does not work` });
      return;
    }
    for (let index = run.from; index < STARTS.length && !run.isOver; index++) {
      await new Promise((resolve) => setImmediate(resolve));
      run.handed += 1;
      yield filmFrom(index * 2, index * 2 + 2, 2);
    }
    run.isOver = true;
    end({ code: 0, stderr: '' });
  }
  return { output: output(), ended, kill };
};

const sourceOf = (id: string, ways: readonly string[] = ['best']): SegmentSource => ({
  id,
  kind: 'k',
  title: 'Film.mkv',
  path: '/films/Film.mkv',
  starts: STARTS,
  ways: async (index) => ways.map((way) => ({ program: { path: 'ffmpeg' }, args: [way, String(index)] })),
});
const settled = () => new Promise((resolve) => setTimeout(resolve, 60));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usherr-desk-'));
  now = Date.now();
  runs = [];
  broken = new Set();
  const clock = { now: () => now };
  cache = createFileCache({ folder, clock, keepFor: minutes(60), most: async () => 10_000_000 });
  desk = createSegmentDesk({ clock, cache, runner: { start }, logger: { warn: () => undefined } });
});
afterEach(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('segments', () => {
  it('come one after the other from one program, which does not run far ahead', async () => {
    for (const index of [0, 1, 2]) expect(await desk.get(sourceOf('a'), index, FOREVER)).toContain(`a-k-${index}.ts`);
    await expect.poll(() => runs[0]?.handed ?? 0).toBeGreaterThan(5);
    await settled();
    expect(runs[0]?.handed).toBeLessThan(14);
    await desk.get(sourceOf('a'), 7, FOREVER);
    await expect.poll(() => runs[0]?.handed ?? 0).toBeGreaterThan(10);
    expect(runs).toHaveLength(1);
  });

  it('are made from where a person jumps to, by one program at a time', async () => {
    await desk.get(sourceOf('a'), 0, FOREVER);
    await desk.get(sourceOf('a'), 30, FOREVER);
    expect(runs.map(({ from, isOver }) => [from, isOver])).toEqual([
      [0, true],
      [30, false],
    ]);
    await desk.get(sourceOf('a'), 0, FOREVER);
    expect(runs).toHaveLength(2);
  });

  it('that are asked for all at once come all, one after the other', async () => {
    const made = await Promise.all([0, 35, 1, 20, 36].map((index) => desk.get(sourceOf('a'), index, FOREVER)));
    expect(made).toHaveLength(5);
    expect(runs.filter((run) => !run.isOver).length).toBeLessThanOrEqual(1);
  });

  it('are made for several tokens side by side, and for not too many', async () => {
    for (let index = 0; index < 10; index++) {
      now += 1_000;
      await desk.get(sourceOf(`t${index}`), 0, FOREVER);
    }
    await expect.poll(() => runs.filter((run) => !run.isOver).length).toBe(8);
    expect(runs.slice(0, 2).every((run) => run.isOver)).toBe(true);
  });

  it('are made in the next best way where one does not work for the film', async () => {
    broken = new Set(['gpu']);
    expect(await desk.get(sourceOf('a', ['gpu', 'cpu']), 0, FOREVER)).toContain('a-k-0.ts');
    await desk.get(sourceOf('a', ['gpu', 'cpu']), 30, FOREVER);
    expect(runs.map((run) => run.way)).toEqual(['gpu', 'cpu', 'cpu']);
    broken = new Set(['gpu', 'cpu']);
    const fault = await desk.get(sourceOf('b', ['gpu', 'cpu']), 0, FOREVER).catch((error: unknown) => error);
    expect([isAppError(fault, 'upstream-unreadable'), String(fault)]).toEqual([true, expect.stringContaining('cpu does not work')]);
    expect(String(fault)).toContain('Film.mkv');
    expect(String(fault)).not.toContain('/films');
  });

  it('end with the film', async () => {
    const end = { ...sourceOf('a'), starts: [...STARTS, 80] };
    await expect(desk.get(end, 40, FOREVER)).rejects.toSatisfy((error: unknown) => isAppError(error, 'not-found'));
  });

  it('are not waited for by whoever has gone, and the next in the line is served', async () => {
    const gone = new AbortController();
    const first = desk.get(sourceOf('a'), 39, gone.signal);
    const second = desk.get(sourceOf('a'), 0, FOREVER);
    gone.abort(new Error('hung up'));
    await expect(first).rejects.toThrow('hung up');
    expect(await second).toContain('a-k-0.ts');
  });

  it('are made no more when nobody has asked for a minute', async () => {
    await desk.get(sourceOf('a'), 0, FOREVER);
    now += minutes(1) - 1;
    await desk.endIdle();
    expect(runs[0]?.isOver).toBe(false);
    now += 2;
    await desk.endIdle();
    expect(runs[0]?.isOver).toBe(true);
    expect(await desk.get(sourceOf('a'), 0, FOREVER)).toContain('a-k-0.ts');
  });

  it('go with their token', async () => {
    await desk.get(sourceOf('a'), 0, FOREVER);
    await desk.get(sourceOf('b'), 0, FOREVER);
    await desk.end(['a']);
    expect(runs.map((run) => run.isOver)).toEqual([true, false]);
    expect(readdirSync(folder).some((name) => name.startsWith('a-'))).toBe(false);
    expect(await cache.find('b-k-0.ts')).toBeDefined();
  });

  it('leave nothing unfinished behind when the house closes', async () => {
    await desk.get(sourceOf('a'), 0, FOREVER);
    const waiting = desk.get(sourceOf('a'), 38, FOREVER).catch((error: unknown) => error);
    await desk.close();
    await waiting;
    expect(runs.every((run) => run.isOver)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith('part-'))).toEqual([]);
  });
});
