import { expect, it } from 'vitest';
import type { SourceFacts, SourceKind } from '#core/upstreams/index.ts';
import { days, hours } from '#kernel/instant.ts';
import { lastsFor, spread, untilRetry } from './when-due.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');

it.each<[string, SourceKind, SourceFacts, number]>([
  ['a show that has ended', 'show', { status: 'ended', releasedOn: '2004-09-22' }, 90],
  ['a show on the air', 'show', { status: 'airing', releasedOn: '2004-09-22' }, 1],
  ['a show that comes soon', 'show', { status: 'upcoming', releasedOn: '2026-07-01' }, 1],
  ['a show that comes one day', 'show', { status: 'upcoming', releasedOn: '2027-07-01' }, 7],
  ['a show without a day', 'show', { status: 'upcoming' }, 7],
  ['a show that was planned for a day that has come', 'show', { status: 'upcoming', releasedOn: '2026-06-01' }, 1],
  ['a show of which little is known', 'show', {}, 7],
  ['an old movie', 'movie', { status: 'released', releasedOn: '1995-12-15' }, 90],
  ['a movie that just came out', 'movie', { status: 'released', releasedOn: '2026-06-01' }, 7],
  ['a movie that comes soon', 'movie', { status: 'upcoming', releasedOn: '2026-07-01' }, 1],
  ['a movie that comes one day', 'movie', { status: 'upcoming', releasedOn: '2028-07-01' }, 7],
  ['a movie that was released, nobody knows when', 'movie', { status: 'released' }, 90],
  ['a movie of which little is known', 'movie', {}, 7],
])('%s is asked about again in good time', (_name, kind, facts, expected) => {
  expect(lastsFor({ kind, facts }, NOW)).toBe(days(expected));
});

it('spreads what was asked on one day over several, by a tenth', () => {
  const spans = Array.from({ length: 100 }, (_, media) => spread(days(90), media));
  expect(Math.min(...spans)).toBe(days(81));
  expect(Math.max(...spans)).toBe(days(99));
  expect(new Set(spans).size).toBe(21);
});

it('keeps nothing for longer than half a year', () => {
  expect(spread(lastsFor({ kind: 'show', facts: { status: 'ended' } }, NOW), 20)).toBeLessThan(days(180));
});

it('tries again after pauses that grow, up to a week', () => {
  expect([1, 2, 3, 9].map(untilRetry)).toEqual([hours(1), hours(4), hours(16), days(7)]);
});
