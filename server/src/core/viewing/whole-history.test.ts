import { describe, expect, it } from 'vitest';
import { hours } from '#kernel/instant.ts';
import { missingOf } from './whole-history.store.ts';

const plays = (...at: (number | null)[]) => at.map((one) => ({ at: one }));
const T = hours(100);

describe('plays that come back from the bin', () => {
  it.each([
    ['all, where nothing was told since', plays(T, null), plays(), plays(T, null)],
    ['none, where all were told again', plays(T, null), plays(T, null), plays()],
    ['those of other days', plays(T, T + hours(48)), plays(T + 1_000), plays(T + hours(48))],
    ['so many without a date as are missing', plays(null, null, null), plays(null), plays(null, null)],
    ['none without a date, where a dated one took its place', plays(null), plays(T), plays()],
    ['a dated one, though an undated one was told', plays(T), plays(null), plays(T)],
  ])('are %s', (_what, kept, now, missing) => expect(missingOf(kept, now)).toEqual(missing));
});
