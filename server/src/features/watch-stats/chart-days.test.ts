import { describe, expect, it } from 'vitest';
import { fc } from '#tests/support/properties.ts';
import { calendarOf, stepsUntil } from './chart-days.ts';

const at = (text: string): number => Date.parse(text);

describe('the latest steps', () => {
  it.each([
    ['day', 3, 'UTC', '2026-03-01T12:00:00Z', ['2026-02-27', '2026-02-28', '2026-03-01']],
    ['day', 2, 'Pacific/Auckland', '2026-11-25T12:00:00Z', ['2026-11-25', '2026-11-26']],
    ['day', 2, 'America/Los_Angeles', '2026-11-26T02:00:00Z', ['2026-11-24', '2026-11-25']],
    ['month', 3, 'UTC', '2026-01-31T23:00:00Z', ['2025-11', '2025-12', '2026-01']],
    ['month', 1, 'Europe/Berlin', '2026-01-31T23:30:00Z', ['2026-02']],
    ['year', 2, 'Asia/Tokyo', '2025-12-31T20:00:00Z', ['2025', '2026']],
  ] as const)('%s, %i of them, in %s at %s', (step, count, zone, now, names) => {
    expect(stepsUntil(at(now), { step, count, zone }).names).toEqual(names);
  });

  it('are read from before the first of them, whatever the zone does with its clocks', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia', 'Australia/Lord_Howe'];
    fc.assert(
      fc.property(
        fc.integer({ min: at('2000-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') }),
        fc.constantFrom('day', 'month', 'year' as const),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(...zones),
        (now, step, count, zone) => {
          const { names, from } = stepsUntil(now, { step, count, zone });
          const { nameOf } = calendarOf(step, zone);
          expect([names.length, new Set(names).size, names.at(-1)]).toEqual([count, count, nameOf(now)]);
          expect(nameOf(from) < (names[0] ?? '')).toBe(true);
        },
      ),
    );
  });
});
