import { expect, it } from 'vitest';
import { guardDeletions } from './guard-deletions.ts';

it.each([
  [0, 0, true],
  [1, 1, true],
  [4, 10, true],
  [5, 99, false],
  [5, 100, true],
  [10, 1_000, true],
  [11, 1_000_000, false],
  [704, 1_002, false],
])('%i gone of %i: may go by itself is %s', (gone, tracked, pass) => {
  expect(guardDeletions(gone, tracked).pass).toBe(pass);
});
