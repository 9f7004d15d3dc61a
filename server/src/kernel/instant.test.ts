import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const CASES: readonly (readonly [string | null, string | null])[] = [
  ['2026-01-01T10:00:00Z', '2026-01-01T10:00:00.000Z'],
  ['2026-01-01T10:00:00', '2026-01-01T10:00:00.000Z'],
  ['2026-01-01T10:00:00.1234567', '2026-01-01T10:00:00.123Z'],
  ['2026-01-01T10:00', '2026-01-01T10:00:00.000Z'],
  ['2026-01-01T10:00:00-05:00', '2026-01-01T15:00:00.000Z'],
  ['2026-01-01', '2026-01-01T00:00:00.000Z'],
  ['0001-01-01T00:00:00.0000000Z', null],
  ['0001-01-01T00:00:00', null],
  ['tomorrow', null],
  ['', null],
  [null, null],
];

/** In a process of its own, since a zone holds for a whole process. */
function readIn(zone: string): unknown {
  const program = `
    import { fromIso } from ${JSON.stringify(new URL('./instant.ts', import.meta.url).href)};
    const read = (text) => { const at = fromIso(text); return at === undefined ? null : new Date(at).toISOString(); };
    process.stdout.write(JSON.stringify(${JSON.stringify(CASES.map(([text]) => text))}.map(read)));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], { env: { TZ: zone }, encoding: 'utf8' }));
}

describe('the instant of a text', () => {
  it.each(['America/New_York', 'Asia/Tokyo', 'UTC'])('is the same for a house in %s', (zone) => {
    expect(readIn(zone)).toEqual(CASES.map(([, instant]) => instant));
  });
});
