import { describe, expect, it } from 'vitest';
import { settled } from './run.ts';

const at = (second: number): string => `2026-11-26T09:00:${String(second).padStart(2, '0')}Z`;

describe('the days that are kept of what was read', () => {
  it.each([
    ['of a first look one second early', undefined, at(10), 60_000, at(9)],
    ['of a change one second early', at(5), at(10), 60_000, at(9)],
    ['one second early where they were read again within it', at(9), at(10), 300, at(9)],
    ['as they are once that second was read again after it', at(9), at(10), 2_000, at(10)],
    ['as they are while nothing moves', at(10), at(10), 60_000, at(10)],
    ['as they are where they are no days', undefined, 'never', 60_000, 'never'],
  ])('stand %s', (_what, known, told, since, kept) => {
    expect(settled(known === undefined ? undefined : { 'movies.all': known }, { 'movies.all': told }, since)).toEqual({
      'movies.all': kept,
    });
  });
});
