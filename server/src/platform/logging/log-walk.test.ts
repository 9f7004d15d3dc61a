import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fc } from '#tests/support/properties.ts';
import { createLogging } from './logging.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'usherr-walk-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const NAME = 'app.20260328.log';
const START = Date.UTC(2026, 2, 28);
const open = () => createLogging({ level: 'info', dir, timeZone: 'UTC', output: { write: () => true } }).walk;
const line = (n: number, pad = 0): string => `${JSON.stringify({ level: 'info', time: START + n * 10, msg: `${n}${'ü'.repeat(pad)}` })}\n`;
const numbers = async (lines: AsyncIterable<{ entry: { text: string } }>): Promise<number[]> => {
  const found: number[] = [];
  for await (const { entry } of lines) found.push(Number.parseInt(entry.text, 10));
  return found;
};

describe('a walk through a log', () => {
  it('comes to every line once, in either direction, from any line', async () => {
    const sizes = fc.array(
      fc.oneof({ arbitrary: fc.nat(200), weight: 9 }, { arbitrary: fc.integer({ min: 30_000, max: 90_000 }), weight: 1 }),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(39), fc.boolean(), async (pads, cut, isHalf) => {
        const lines = pads.map((pad, n) => line(n, pad));
        writeFileSync(join(dir, NAME), lines.join('') + (isHalf ? '{"half":' : ''));
        const all = lines.map((_, n) => n);
        const walked = open();
        expect(await numbers(walked.on(NAME, 0))).toEqual(all);
        expect(await numbers(walked.back(NAME))).toEqual(all.toReversed());
        const at = Math.min(cut, lines.length);
        const position = Buffer.byteLength(lines.slice(0, at).join(''));
        expect(await numbers(walked.on(NAME, position))).toEqual(all.slice(at));
        expect(await numbers(walked.back(NAME, position))).toEqual(all.slice(0, at).toReversed());
      }),
      { numRuns: 40 },
    );
  });

  it('finds the first line of a moment among many', async () => {
    const lines = Array.from({ length: 9_000 }, (_, n) => line(n, n % 40));
    writeFileSync(join(dir, NAME), lines.join(''));
    appendFileSync(join(dir, NAME), 'written by something else\n');
    const walked = open();
    for (const n of [0, 1, 2, 4_499, 4_500, 8_998, 8_999]) {
      for (const [moment, first] of [
        [START + n * 10, n],
        [START + n * 10 - 5, n],
      ] as const) {
        const position = await walked.positionAt(NAME, moment);
        expect((await numbers(walked.on(NAME, position)))[0], `${moment}`).toBe(first);
      }
    }
    const end = Buffer.byteLength(lines.join('')) + 'written by something else\n'.length;
    expect(await walked.positionAt(NAME, START + 10_000_000)).toBe(end);
    await expect(numbers(walked.back('../usherr.db'))).rejects.toMatchObject({ code: 'not-found' });
  });
});
