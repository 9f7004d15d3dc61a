import { describe, expect, it } from 'vitest';
import type { Rules, TitleFacts } from './facts.ts';
import { settleLocally } from './local-steps.ts';
import { planTitle } from './plan-title.ts';
import { ALL, demand, facts, gone, held, id, link, NOW, S1, S12, standing } from './plan-title-bench.contract.ts';
import { standingsOf } from './standings.ts';

const stands = (given: TitleFacts, rules: Rules = ALL): Readonly<Record<number, string | undefined>> => {
  const settled = settleLocally(given, rules);
  const found = standingsOf(settled.facts, rules, planTitle(settled.facts, rules));
  return Object.fromEntries([...found].map(([number, one]) => [number, one?.state]));
};

describe('where a request stands', () => {
  it.each<[string, TitleFacts, string | undefined, Partial<Rules>?]>([
    ['to be asked for', facts([demand(1)], []), 'due'],
    ['adopted', facts([demand(1)], [held(7, { status: 'approved' })]), 'there'],
    ["in others' requests", facts([demand(1, S1)], [held(7, S12)]), 'satisfied'],
    ['waiting for a decision', facts([demand(1, { status: 'pending' })], []), 'waiting'],
    ['left alone', facts([demand(1, { status: 'declined' })], []), 'left'],
    ['to be deleted', facts([gone(1)], [held(7, { links: [link(1)] })]), 'removing'],
    ['waiting for an answer', facts([gone(1, { removal: 'held' })], [held(7, { links: [link(1)] })]), 'removing'],
    ['kept by a person', facts([gone(1, { removal: 'kept' })], [held(7, { links: [link(1)] })]), 'kept'],
    ['gone on both', facts([gone(1)], []), undefined],
    ['left, since deletions are not replicated', facts([gone(1)], [held(7, { links: [link(1)] })]), 'left', { syncDeletes: false }],
    ['failed until it is tried again', facts([demand(1, { standing: standing(demand(1), 'failed', { nextAt: NOW }) })], []), 'failed'],
    ['in doubt', facts([demand(1, { standing: standing(demand(1), 'due') })], [], { doubtUntil: NOW + 1 }), 'due'],
  ])('%s', (_name, given, expected, rules) => {
    expect(stands(given, { ...ALL, ...rules })[1]).toBe(expected);
  });

  it('says whose word it is where both differ', () => {
    const reasonOf = (given: TitleFacts): string | undefined => standingsOf(given, ALL, planTitle(given, ALL)).get(id(1))?.reason;
    expect(reasonOf(facts([demand(1, { status: 'pending' })], [held(7, { status: 'approved', links: [link(1)] })]))).toMatch(
      /approved, by somebody there/,
    );
    expect(reasonOf(facts([demand(1)], [held(7, { status: 'declined', links: [link(1)] })]))).toMatch(/declined, by somebody there/);
    expect(reasonOf(facts([demand(1)], [held(7, { status: 'approved', links: [link(1)] })]))).toBe('request 7 there is approved');
  });
});
