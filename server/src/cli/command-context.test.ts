import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { day } from './command-context.ts';

const room = new URL('./command-context.ts', import.meta.url).href;

it.each([
  ['America/New_York', '2026-03-27 22:05:09'],
  ['Asia/Kolkata', '2026-03-28 07:35:09'],
])('a day stands in a table as clocks show it in %s', async (zone, shown) => {
  const script = `import { day } from ${JSON.stringify(room)}; process.stdout.write(day('2026-03-28T02:05:09.000Z'));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env: { TZ: zone },
  });
  expect(stdout).toBe(shown);
});

it('what never was has a dash', () => {
  expect(day(null)).toBe('-');
});
