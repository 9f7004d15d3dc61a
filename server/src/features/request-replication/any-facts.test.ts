import { describe, expect, it } from 'vitest';
import { deskId } from '#kernel/ids.ts';
import { fc } from '#tests/support/properties.ts';
import { isAtRest } from './at-rest.ts';
import type { Demand, Held, Link, TitleFacts } from './facts.ts';
import { changedLinks, linksIn } from './kept-links.ts';
import { settleLocally } from './local-steps.ts';
import { planTitle } from './plan-title.ts';
import { demand, facts, held, id } from './plan-title-bench.contract.ts';
import { standingsOf } from './standings.ts';

describe('whatever the facts', () => {
  const status = fc.constantFrom('pending', 'approved', 'declined', 'failed', 'completed', 'other') as fc.Arbitrary<Demand['status']>;
  const parts = fc.subarray([1, 2, 3], { minLength: 1 });
  const anyDemand = fc.record({
    status,
    parts,
    is4k: fc.boolean(),
    presence: fc.constantFrom('there', 'there', 'hidden', 'unknown', 'gone') as fc.Arbitrary<Demand['presence']>,
    removal: fc.constantFrom('held', 'allowed', 'kept') as fc.Arbitrary<Demand['removal']>,
  });
  const anyHeld = fc.record({
    status,
    parts,
    is4k: fc.boolean(),
    done: fc.subarray([1, 2, 3]),
    presence: fc.constantFrom('there', 'there', 'there', 'hidden', 'unknown', 'gone', 'other') as fc.Arbitrary<Held['presence']>,
    links: fc.uniqueArray(
      fc.record({
        requestId: fc.integer({ min: 1, max: 4 }).map(id),
        how: fc.constantFrom('created', 'adopted') as fc.Arbitrary<Link['how']>,
        told: fc.constantFrom(undefined, 'approved', 'declined'),
      }),
      { maxLength: 3, selector: (one) => one.requestId },
    ),
  });
  const anyFacts = fc.tuple(fc.array(anyDemand, { maxLength: 4 }), fc.array(anyHeld, { maxLength: 4 })).map(([demands, helds]) => {
    const known = demands.map((one, index) => demand(index + 1, one));
    const there = helds.map((one, index) =>
      held(index + 11, {
        ...one,
        done: one.done.filter((part) => one.parts.includes(part)),
        links: one.links
          .filter((each) => known.some((each2) => each2.id === each.requestId))
          .map(({ told: word, ...rest }) => ({ ...rest, ...(word && { told: word }) })),
      }),
    );
    return { ...facts(known, there), kind: 'tv' as const };
  });
  const anyRules = fc.record({
    syncPending: fc.boolean(),
    syncApproved: fc.boolean(),
    syncDeclined: fc.boolean(),
    syncDeletes: fc.boolean(),
    sync4kSeparately: fc.boolean(),
    userMapping: fc.constant('admin' as const),
  });

  it('bookkeeping comes to rest, and nothing is done that must never be', () => {
    fc.assert(
      fc.property(anyFacts, anyRules, (given, rules) => {
        const settled = settleLocally(given, rules).facts;
        const { steps } = planTitle(settled, rules);
        for (const step of steps) {
          if (step.do === 'learn-users') continue;
          const for_ = settled.demands.find((one) => one.id === step.demand);
          if (step.do === 'ask') {
            expect(for_?.presence).toBe('there');
            expect(['pending', 'declined', 'completed', 'other']).not.toContain(for_?.status);
            expect(step.is4k && !rules.sync4kSeparately).toBe(false);
            const has = settled.held.filter((one) => one.presence === 'there' && one.is4k === step.is4k && one.status !== 'declined');
            expect(has.flatMap((one) => one.parts).filter((part) => step.parts.includes(part))).toEqual([]);
            continue;
          }
          const on = settled.held.find((one) => one.id === step.held);
          expect(on?.links.length).toBeGreaterThan(0);
          if (step.do === 'remove') {
            expect(rules.syncDeletes).toBe(true);
            for (const { requestId: linked } of on?.links ?? []) {
              const one = settled.demands.find((each) => each.id === linked);
              expect([one?.presence, one?.removal]).toEqual(['gone', 'allowed']);
            }
            continue;
          }
          expect(on?.presence).toBe('there');
          expect(['completed', 'other']).not.toContain(on?.status);
          if (step.do === 'edit') {
            expect(step.parts.length).toBeGreaterThan(0);
            expect(on?.done.every((part) => step.parts.includes(part))).toBe(true);
          } else expect(on?.done).toEqual([]);
          if (step.do === 'approve') {
            const approved = settled.demands.filter(
              (one) => ['approved', 'failed', 'completed'].includes(one.status) && one.presence !== 'gone',
            );
            expect(on?.parts.every((part) => approved.some((one) => one.parts.includes(part)))).toBe(true);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('nothing is done while nobody can tell', () => {
    fc.assert(
      fc.property(anyFacts, anyRules, (given, rules) => {
        const dark = { ...given, demands: given.demands.map((one) => ({ ...one, presence: 'unknown' as const })) };
        expect(planTitle(settleLocally(dark, rules).facts, rules).steps).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('a title that is held to be at rest has nothing to plan, and stands as it did', () => {
    let rested = 0;
    fc.assert(
      fc.property(anyFacts, anyRules, (given, rules) => {
        // As the last cycle would have left it.
        const settled = settleLocally(given, rules).facts;
        const stood = standingsOf(settled, rules, planTitle(settled, rules));
        const kept = linksIn(settled, deskId(1));
        const left: TitleFacts = {
          ...settled,
          demands: settled.demands.map((one) => {
            const found = stood.get(one.id);
            return { ...one, ...(found && { standing: found }) };
          }),
          held: settled.held.map((one) => ({ ...one, links: kept.filter((each) => each.upstreamId === one.id) })),
        };
        if (!isAtRest(left)) return;
        rested += 1;
        const again = settleLocally(left, rules);
        const plan = planTitle(again.facts, rules);
        expect([again.steps, plan.steps, plan.waits]).toEqual([[], [], []]);
        expect(standingsOf(again.facts, rules, plan)).toEqual(stood);
        expect(changedLinks(kept, linksIn(again.facts, deskId(1)))).toEqual({ write: [], drop: [] });
      }),
      { numRuns: 4_000 },
    );
    expect(rested).toBeGreaterThan(20);
  });
});
