import { describe, expect, it } from 'vitest';
import type { KnownPlay, ViewingState } from '#core/viewing/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import { hours } from '#kernel/instant.ts';
import { fc } from '#tests/support/properties.ts';
import { planTitle, planViewing, type ToldViewing, type ViewingFacts } from './plan-arrival.ts';

const NOW = Date.UTC(2026, 0, 31);
const day = (date: number): number => Date.UTC(2026, 0, date);
const play = (id: number, at?: number): KnownPlay => ({ id, ...(at !== undefined && { at }), evidence: [] });
const unwatched: ViewingState = { watched: false, changedAt: day(1), positionMs: 0 };
const watched: ViewingState = { watched: true, changedAt: day(10), positionMs: 0 };

type Case = [name: string, facts: Omit<ViewingFacts, 'now'>, plays: readonly object[], state: object | undefined];

const CASES: readonly Case[] = [
  [
    'a watch of a title that nobody knew',
    { told: { watches: [{ at: day(5) }] }, plays: [] },
    [{ at: day(5) }],
    { watched: true, changedAt: day(5) },
  ],
  [
    'plays that are told of in another order than each is near one',
    {
      told: { watches: [{ at: day(5) - hours(3) }, { at: day(5) - hours(1) }, { at: day(5) }] },
      plays: [play(1, day(5) - hours(2)), play(2, day(5) + hours(2)), play(3, day(5) - hours(5))],
    },
    [],
    { watched: true, changedAt: day(5) },
  ],
  ['watches without a day', { told: { watches: [{}, {}] }, plays: [] }, [{}, {}], { watched: true, changedAt: NOW }],
  ['a day in the future is now', { told: { watches: [{ at: NOW + hours(9) }] }, plays: [] }, [{ at: NOW }], { changedAt: NOW }],
  [
    'a day of a play that is known',
    { told: { watches: [{ at: day(10) + hours(3) }] }, plays: [play(1, day(10))], known: watched },
    [],
    undefined,
  ],
  [
    'another day is another play',
    { told: { watches: [{ at: day(12) }] }, plays: [play(1, day(10))], known: watched },
    [{ at: day(12) }],
    undefined,
  ],
  [
    'two watches of one day, of which one is known, are two',
    { told: { watches: [{ at: day(10) }, { at: day(10) + hours(1) }] }, plays: [play(1, day(10))], known: watched },
    [{ at: day(10) + hours(1) }],
    undefined,
  ],
  [
    'as many without a day as are known',
    { told: { watches: [{}, {}] }, plays: [play(1, day(10)), play(2)], known: watched },
    [],
    undefined,
  ],
  ['more than are known', { told: { watches: [{}, {}, {}] }, plays: [play(1, day(10)), play(2)], known: watched }, [{}], undefined],
  [
    'a title that was un-watched before that day',
    { told: { watches: [{ at: day(5) }] }, plays: [], known: { ...unwatched, unwatchedAt: day(2), changedAt: day(2) } },
    [{ at: day(5) }],
    { watched: true, changedAt: day(5) },
  ],
  [
    'a title that was un-watched since stays so, and gets its play',
    { told: { watches: [{ at: day(5) }] }, plays: [], known: { ...unwatched, unwatchedAt: day(20), changedAt: day(20) } },
    [{ at: day(5) }],
    undefined,
  ],
  [
    'plays whose mark was taken away there, of a title that nobody knew',
    { told: { watches: [{ at: day(5) }], standing: { watched: false, at: day(6) } }, plays: [] },
    [{ at: day(5) }],
    { watched: false, changedAt: day(6), unwatchedAt: day(6) },
  ],
  [
    'a file takes no mark away',
    { told: { watches: [], standing: { watched: false, at: day(20) } }, plays: [play(1, day(10))], known: watched },
    [],
    undefined,
  ],
  [
    'a title that was begun',
    { told: { watches: [], standing: { watched: false, at: day(3), position: { ms: 5_000, at: day(4) } } }, plays: [] },
    [],
    { watched: false, changedAt: day(3), positionMs: 5_000, positionAt: day(4) },
  ],
  [
    'a newer position',
    {
      told: { watches: [], standing: { watched: false, position: { ms: 5_000, at: day(4) } } },
      plays: [],
      known: { ...unwatched, positionMs: 9, positionAt: day(3) },
    },
    [],
    { positionMs: 5_000, positionAt: day(4) },
  ],
  [
    'an older position, and one of a watched title',
    {
      told: { watches: [], standing: { watched: false, position: { ms: 5_000, at: day(2) } } },
      plays: [],
      known: { ...unwatched, positionMs: 9, positionAt: day(3) },
    },
    [],
    undefined,
  ],
  ['a title that is told without more', { told: { watches: [] }, plays: [] }, [], undefined],
];

describe('what a file brings to a movie or an episode', () => {
  it.each(CASES)('%s', (_, facts, plays, state) => {
    const plan = planViewing({ ...facts, now: NOW });
    expect(plan.plays).toEqual(plays);
    if (state === undefined) expect(plan.state).toBeUndefined();
    else expect(plan.state).toMatchObject(state);
  });

  it('is nothing the second time, and never fewer plays or an un-watch', () => {
    const at = fc.option(fc.integer({ min: day(1), max: NOW + hours(48) }), { nil: undefined });
    const told: fc.Arbitrary<ToldViewing> = fc
      .record({ watches: fc.array(at, { maxLength: 6 }), standing: fc.option(fc.tuple(fc.boolean(), at), { nil: undefined }) })
      .map(({ watches, standing }) => ({
        watches: watches.map((one) => (one === undefined ? {} : { at: one })),
        ...(standing && { standing: { watched: standing[0], ...(standing[1] !== undefined && { at: standing[1] }) } }),
      }));
    const known = fc.option(
      fc.tuple(fc.boolean(), at).map(
        ([is, when]): ViewingState => ({
          watched: is,
          changedAt: when ?? day(1),
          positionMs: 0,
          ...(!is && when !== undefined && { unwatchedAt: when }),
        }),
      ),
      { nil: undefined },
    );
    fc.assert(
      fc.property(told, known, fc.array(at, { maxLength: 4 }), (file, before, days) => {
        const plays = days.map((one, id) => play(id + 1, one));
        const first = planViewing({ told: file, plays, now: NOW, ...(before && { known: before }) });
        expect(before?.watched === true && first.state?.watched === false).toBe(false);
        const after = [...plays, ...first.plays.map((one, id) => play(100 + id, one.at))];
        expect(after.length).toBeGreaterThanOrEqual(file.watches.length);
        const state = first.state ?? before;
        const second = planViewing({ told: file, plays: after, now: NOW, ...(state && { known: state }) });
        expect(second).toEqual({ plays: [] });
      }),
    );
  });
});

describe('what a file brings to a movie or a show', () => {
  const mediaId = 7 as MediaId;
  const record = { title: { kind: 'movie', title: 'X', ids: {} }, place: '', watches: [], standings: [] } as const;
  const list = { mediaId, list: 'hold', since: day(1), changedAt: day(1) } as const;
  const rating = { mediaId, rating: 6, ratedAt: day(10) } as const;
  const memo = { text: 'mine', isPrivate: true };

  it.each([
    [
      'a list',
      { told: { ...record, list: { name: 'completed', at: day(3) } } },
      { list: { mediaId, list: 'completed', since: day(3), changedAt: NOW } },
      0,
    ],
    ['a list where there is one', { told: { ...record, list: { name: 'completed' } }, list }, {}, 1],
    ['the same list', { told: { ...record, list: { name: 'hold' } }, list }, {}, 0],
    ['a rating without a day', { told: { ...record, rating: { value: 9 } } }, { rating: { mediaId, rating: 9, ratedAt: NOW } }, 0],
    [
      'a newer rating',
      { told: { ...record, rating: { value: 9, at: day(11) } }, rating },
      { rating: { mediaId, rating: 9, ratedAt: day(11) } },
      0,
    ],
    ['an older rating', { told: { ...record, rating: { value: 9, at: day(9) } }, rating }, {}, 1],
    ['an older rating that says the same', { told: { ...record, rating: { value: 6, at: day(9) } }, rating }, {}, 0],
    ['a memo', { told: { ...record, memo } }, { memo }, 0],
    ['a memo where there is one', { told: { ...record, memo }, hasMemo: true }, {}, 1],
  ] as const)('%s', (_, facts, arrival, kept) => {
    const { kept: reasons, ...plan } = planTitle({ hasMemo: false, mediaId, now: NOW, ...facts });
    expect(plan).toEqual(arrival);
    expect(reasons).toHaveLength(kept);
  });
});
