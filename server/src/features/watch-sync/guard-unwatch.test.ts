import { expect, it } from 'vitest';
import { guardUnwatches } from './guard-unwatch.ts';

it.each([
  ['25 of a large library pass', [{ libraryId: 'a', unwatches: 25, size: 10_000 }], true],
  ['26 stop', [{ libraryId: 'a', unwatches: 26, size: 10_000 }], false],
  [
    '26 over two libraries stop',
    [
      { libraryId: 'a', unwatches: 13, size: 10_000 },
      { libraryId: 'b', unwatches: 13, size: 10_000 },
    ],
    false,
  ],
  ['4 of 10 pass', [{ libraryId: 'a', unwatches: 4, size: 10 }], true],
  ['5 of 100 are 5 %, which passes', [{ libraryId: 'a', unwatches: 5, size: 100 }], true],
  ['5 of 99 stop', [{ libraryId: 'a', unwatches: 5, size: 99 }], false],
])('%s', (_, libraries, pass) => {
  expect(guardUnwatches(libraries).pass).toBe(pass);
});
