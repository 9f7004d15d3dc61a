import { describe, expect, it } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { toIso } from '#kernel/instant.ts';
import { dateOf } from './told-title.ts';

describe('a date that an app tells', () => {
  it.each([
    ['2026-11-21T06:52:54Z', '2026-11-21T06:52:54.000Z'],
    ['2026-11-21T06:52:54.123456Z', '2026-11-21T06:52:54.123Z'],
    ['2026-11-21T06:52:54', '2026-11-21T06:52:54.000Z'],
    ['2026-11-21 06:52:54', '2026-11-21T06:52:54.000Z'],
    ['2026-11-21 06:52', '2026-11-21T06:52:00.000Z'],
    ['2026-11-21 06:52:54 UTC', '2026-11-21T06:52:54.000Z'],
    ['2026-11-21T06:52:54+02:00', '2026-11-21T04:52:54.000Z'],
    ['2026-11-21T06:52:54-0500', '2026-11-21T11:52:54.000Z'],
    ['2026-11-21T06:52:54-05', '2026-11-21T11:52:54.000Z'],
    ['2026-11-21T06:52:54 02:00', '2026-11-21T04:52:54.000Z'],
    [' 2026-11-21 ', '2026-11-21T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2026-11', '2026-11-01T00:00:00.000Z'],
    ['1900-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
    ['0', '1970-01-01T00:00:00.000Z'],
  ])('is read from %s', (text, day) => {
    expect(toIso(dateOf('watched_at', text) ?? -1)).toBe(day);
  });

  it.each([undefined, null, '', ' '])('is none in %j', (value) => {
    expect(dateOf('watched_at', value)).toBeUndefined();
  });

  it.each([
    'yesterday',
    '1',
    '-1',
    '1700000000',
    1_700_000_000,
    0,
    true,
    {},
    ['2026-11-21', '2026-11-22'],
    '2026-02-30',
    '2026-06-31T10:00:00Z',
    '2026-13-01',
    '2026-11-21T25:00:00Z',
    '11/21/2026',
    'Nov 21 2026',
  ])('is not guessed from %j', (value) => {
    let fault: unknown;
    try {
      dateOf('watched_at', value);
    } catch (error) {
      fault = error;
    }
    expect(isAppError(fault, 'invalid') && fault.message).toBe('watched_at: is no date.');
  });
});
