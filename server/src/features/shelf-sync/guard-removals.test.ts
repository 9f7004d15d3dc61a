import { expect, it } from 'vitest';
import { whyAsk } from './guard-removals.ts';

it.each([
  [0, 0, false],
  [4, 4, false],
  [5, 5, true],
  [5, 100, false],
  [6, 100, true],
  [25, 1_000, false],
  [26, 100_000, true],
])('asks before it takes %i of %i away: %s', (removals, kept, asks) => {
  expect(whyAsk([{ removals, kept }]) !== undefined).toBe(asks);
});

it('counts all kinds together, and holds each against its own', () => {
  expect(whyAsk([])).toBeUndefined();
  expect(
    whyAsk([
      { removals: 13, kept: 1_000 },
      { removals: 13, kept: 1_000 },
    ]),
  ).toMatch(/^26 /);
  expect(
    whyAsk([
      { removals: 1, kept: 5_000 },
      { removals: 8, kept: 10 },
    ]),
  ).toMatch(/^8 of 10 /);
});
