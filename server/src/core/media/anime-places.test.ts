import { describe, expect, it } from 'vitest';
import { fc } from '#tests/support/properties.ts';
import { type AnimeSpan, boundSpans, type MappedAnime } from './anime-mapping.ts';
import { nativeNumbersOf, tvdbNumbersOf } from './anime-places.ts';

const rule = (season: number, shift: number, last?: number): AnimeSpan => ({
  special: false,
  first: 1,
  ...(last !== undefined && { last }),
  season,
  shift,
  rank: 2,
});
const one = (number: number, season: number, episode: number, special = false): AnimeSpan => ({
  special,
  first: number,
  last: number,
  season,
  shift: episode === 0 ? 'nowhere' : episode - number,
  rank: 0,
});
const tvdb = (spans: readonly AnimeSpan[], number: number, special = false) =>
  tvdbNumbersOf({ spans }, { special, number }).map(({ season, number: episode }) => `${season}x${episode}`);
const native = (spans: readonly AnimeSpan[], season: number, number: number) =>
  nativeNumbersOf({ spans }, { season, number }).map((each) => `${each.special ? 'S' : ''}${each.number}`);

describe('where an episode of anime is', () => {
  it.each<[string, readonly AnimeSpan[], number, readonly string[]]>([
    ['by the rule of its title', [rule(1, 0)], 5, ['1x5']],
    ['by a rule with an offset', [rule(3, 12)], 1, ['3x13']],
    ['no further than its title goes', [rule(3, 0, 12)], 13, []],
    ['by a range, before the rule', [rule(1, 0), { ...rule(2, -8, 30), first: 9, rank: 1 }], 9, ['2x1']],
    ['one by one, before all else', [rule(1, 0), one(5, 0, 3)], 5, ['0x3']],
    ['in two at once', [rule(1, 0), one(1, 1, 1), one(1, 1, 2)], 1, ['1x1', '1x2']],
    ['nowhere where it is said to be', [rule(1, 0), one(5, 1, 0)], 5, []],
    ['never before the first', [rule(1, -3)], 3, []],
  ])('%s', (_name, spans, number, expected) => {
    expect(tvdb(spans, number)).toEqual(expected);
  });

  it('is told apart from the special of the same number', () => {
    const spans = [rule(1, 0), one(1, 0, 7, true)];
    expect([tvdb(spans, 1), tvdb(spans, 1, true), tvdb(spans, 2, true)]).toEqual([['1x1'], ['0x7'], []]);
    expect([native(spans, 1, 1), native(spans, 0, 7), native(spans, 0, 1)]).toEqual([['1'], ['S1'], []]);
  });

  it.each<[string, readonly AnimeSpan[], number, number, readonly string[]]>([
    ['by the rule', [rule(3, 12)], 3, 13, ['1']],
    ['not before the title begins', [rule(3, 12)], 3, 12, []],
    ['not in another season', [rule(3, 12)], 2, 13, []],
    ['of two native ones', [one(1, 1, 1), one(2, 1, 1)], 1, 1, ['1', '2']],
    ['not by a rule that another word has replaced', [rule(1, 0), one(5, 0, 3)], 1, 5, []],
  ])('and back: %s', (_name, spans, season, number, expected) => {
    expect(native(spans, season, number)).toEqual(expected);
  });

  it('comes back from wherever it is', () => {
    const span = fc.record({
      special: fc.boolean(),
      first: fc.integer({ min: 1, max: 20 }),
      last: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
      season: fc.integer({ min: 0, max: 3 }),
      shift: fc.oneof(fc.integer({ min: -20, max: 20 }), fc.constant('nowhere' as const)),
      rank: fc.constantFrom(0 as const, 1 as const, 2 as const),
    });
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), fc.boolean(), fc.integer({ min: 1, max: 40 }), (spans, special, number) => {
        const title = { spans: spans as unknown as readonly AnimeSpan[] };
        for (const place of tvdbNumbersOf(title, { special, number })) {
          expect(nativeNumbersOf(title, place).map((each) => [each.special, each.number])).toContainEqual([special, number]);
        }
        for (const place of nativeNumbersOf(title, { season: 1, number })) {
          expect(tvdbNumbersOf(title, place)).toContainEqual({ season: 1, number });
        }
      }),
    );
  });
});

describe('titles that follow each other in one season', () => {
  const anime = (tvdbId: string, ...spans: AnimeSpan[]): MappedAnime => ({ ids: {}, tvdb: tvdbId, spans });

  it('end where the next one begins, whatever the order', () => {
    const [second, first, other, last] = boundSpans([
      anime('1', rule(3, 12)),
      anime('1', rule(3, 0)),
      anime('2', rule(3, 5)),
      anime('1', rule(4, 0)),
    ]);
    expect([first, second, other, last].map((entry) => entry?.spans[0]?.last)).toEqual([12, undefined, undefined, undefined]);
  });

  it('keep an end that was told, and ranges that are no rule', () => {
    const range: AnimeSpan = { ...rule(3, 0), rank: 1 };
    const [told, ranged] = boundSpans([anime('1', rule(3, 0, 5)), anime('1', range), anime('1', rule(3, 12))]);
    expect([told?.spans[0]?.last, ranged?.spans[0]?.last]).toEqual([5, undefined]);
  });
});
