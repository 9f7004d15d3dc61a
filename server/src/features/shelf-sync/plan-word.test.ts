import { describe, expect, it } from 'vitest';
import { fc } from '#tests/support/properties.ts';
import { planWord, rounded, type Value, type WordFacts, type WordPlan } from './plan-word.ts';

const both = { takes: true, tells: true };
const word = (value: Value, at?: number) => ({ value, ...(at !== undefined && { at }) });
const last = (theirs: Value, ours: Value) => ({ last: { theirs, ours } });
const elsewhere = (at?: number) => ({ ...word(null, at), elsewhere: true });

type Case = [what: string, facts: WordFacts, action: WordPlan['action'], value?: Value];

const cases: Case[] = [
  ['first sight of nothing', { ...both, theirs: word(null), ours: word(null) }, 'none'],
  ['first sight of their rating is added here', { ...both, theirs: word(8), ours: word(null) }, 'take', 8],
  ['first sight of ours is added there', { ...both, theirs: word(null), ours: word(8) }, 'tell', 8],
  ['first sight of the same', { ...both, theirs: word(8), ours: word(8) }, 'none'],
  ['first sight of a half that rounds to ours', { ...both, theirs: word(7.5), ours: word(8) }, 'none'],
  ['first sight of another rating, theirs the newer', { ...both, theirs: word(3, 20), ours: word(8, 10) }, 'take', 3],
  ['first sight of another rating, ours the newer', { ...both, theirs: word(3, 10), ours: word(8, 20) }, 'tell', 8],
  ['first sight of another rating without a date', { ...both, theirs: word(3), ours: word(8, 20) }, 'none'],
  ['first sight of another rating of the same day', { ...both, theirs: word(3, 20), ours: word(8, 20) }, 'none'],
  ['an old difference that nobody has touched', { ...both, ...last(3, 8), theirs: word(3, 30), ours: word(8, 20) }, 'none'],
  ['half a star is taken as one', { ...both, theirs: word(0.5), ours: word(null) }, 'take', 1],
  ['halves are rounded up', { ...both, theirs: word(8.5), ours: word(null) }, 'take', 9],
  ['what only rounding changed is not sent back', { ...both, ...last(7.5, 8), theirs: word(7.5), ours: word(8) }, 'none'],
  ['another half of the same whole is no change', { ...both, ...last(7.5, 8), theirs: word(8), ours: word(8) }, 'none'],
  ['rated there', { ...both, ...last(null, null), theirs: word(9), ours: word(null) }, 'take', 9],
  ['rated anew there', { ...both, ...last(6, 6), theirs: word(9), ours: word(6, 99) }, 'take', 9],
  ['rated here', { ...both, ...last(null, null), theirs: word(null), ours: word(9) }, 'tell', 9],
  ['rated anew here over a half', { ...both, ...last(7.5, 8), theirs: word(7.5), ours: word(5) }, 'tell', 5],
  ['rated alike on both sides', { ...both, ...last(null, null), theirs: word(9), ours: word(9) }, 'none'],
  ['rated on both sides, here the last', { ...both, ...last(6, 6), theirs: word(7, 10), ours: word(9, 20) }, 'tell', 9],
  ['rated on both sides, there the last', { ...both, ...last(6, 6), theirs: word(7, 20), ours: word(9, 10) }, 'take', 7],
  ['rated on both sides, on unknown days', { ...both, ...last(6, 6), theirs: word(7), ours: word(9, 10) }, 'none'],
  ['unrated there', { ...both, ...last(6, 6), theirs: word(null), ours: word(6, 99) }, 'take', null],
  ['unrated there, and rated anew here since', { ...both, ...last(6, 6), theirs: word(null), ours: word(9) }, 'tell', 9],
  ['unrated here', { ...both, ...last(6, 6), theirs: word(6, 99), ours: word(null) }, 'tell', null],
  [
    'unrated here, and rated anew there on a day that cannot be compared',
    { ...both, ...last(6, 6), theirs: word(7, 9), ours: word(null) },
    'none',
  ],
  ['unrated on both sides', { ...both, ...last(6, 6), theirs: word(null), ours: word(null) }, 'none'],
  ['a favourite of a title on another list, on an unknown day', { ...both, theirs: word(1), ours: elsewhere(10) }, 'none'],
  ['a favourite of a title on another list, later than that', { ...both, theirs: word(1, 20), ours: elsewhere(10) }, 'take', 1],
  ['a favourite of a title on another list, earlier than that', { ...both, theirs: word(1, 5), ours: elsewhere(10) }, 'none'],
  ['no favourite any more, while the title has moved on', { ...both, ...last(1, 1), theirs: word(null), ours: elsewhere(10) }, 'none'],
  ['the title has moved on, and is a favourite still', { ...both, ...last(1, 1), theirs: word(1), ours: elsewhere(10) }, 'tell', null],
  ['not listened to: rated there', { takes: false, tells: true, ...last(6, 6), theirs: word(9), ours: word(6) }, 'none'],
  ['not listened to: unrated there', { takes: false, tells: true, ...last(6, 6), theirs: word(null), ours: word(6) }, 'none'],
  ['not told: rated here', { takes: true, tells: false, ...last(6, 6), theirs: word(6), ours: word(9) }, 'none'],
];

describe('what to do about a rating or a list', () => {
  it.each(cases)('%s', (_, facts, action, value) => {
    expect(planWord(facts)).toMatchObject({ action, ...(value !== undefined && { value }) });
  });

  const value = fc.option(
    fc.integer({ min: 1, max: 20 }).map((halves) => halves / 2),
    { nil: null },
  );
  const whole = fc.option(fc.integer({ min: 1, max: 10 }), { nil: null });

  it('takes nothing away at first sight', () => {
    fc.assert(
      fc.property(value, whole, (theirs, ours) => {
        const plan = planWord({ ...both, theirs: word(theirs), ours: word(ours) });
        expect(plan.action !== 'none' && plan.value === null).toBe(false);
      }),
    );
  });

  it('comes to rest: what was carried out is no news the next time', () => {
    fc.assert(
      fc.property(value, whole, value, whole, (theirsThen, oursThen, theirs, ours) => {
        const plan = planWord({ ...both, ...last(theirsThen, oursThen), theirs: word(theirs), ours: word(ours) });
        const after = { theirs: plan.action === 'tell' ? plan.value : theirs, ours: plan.action === 'take' ? plan.value : ours };
        const again = planWord({ ...both, ...last(after.theirs, after.ours), theirs: word(after.theirs), ours: word(after.ours) });
        expect(again.action).toBe('none');
        if (plan.action !== 'none') expect(rounded(after.theirs)).toBe(after.ours);
      }),
    );
  });
});
