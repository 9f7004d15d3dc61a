import { expect, it } from 'vitest';
import { callDay, nextCallDay } from './budget.ts';

it.each([
  ['2026-11-26T04:59:59Z', '2026-11-25', '2026-11-26T05:00:00.000Z'],
  ['2026-11-26T05:00:00Z', '2026-11-26', '2026-11-27T05:00:00.000Z'],
  ['2026-07-01T03:59:59Z', '2026-06-30', '2026-07-01T04:00:00.000Z'],
  // The days on which the clocks are changed there have 23 and 25 hours.
  ['2026-03-08T05:00:00Z', '2026-03-08', '2026-03-09T04:00:00.000Z'],
  ['2026-11-01T04:00:00Z', '2026-11-01', '2026-11-02T05:00:00.000Z'],
])('at %s it is %s in New York, until %s', (now, day, next) => {
  const at = Date.parse(now);
  expect(callDay(at)).toBe(day);
  expect(new Date(nextCallDay(at)).toISOString()).toBe(next);
});
