import { expect, it } from 'vitest';
import { TRACKED_RULES, trackedRequests } from '#tests/support/tracked-requests.ts';
import { isAtRest } from './at-rest.ts';
import { standingsOf } from './standings.ts';
import type { DeskStep } from './steps.ts';
import { titlesOf } from './title-facts.ts';
import { planned } from './title-keeper.ts';

const TRACKED = 50_000;

it(`of ${TRACKED} tracked requests just those that are new, or were approved since, are acted upon`, () => {
  const steps: DeskStep[] = [];
  let [demands, resting] = [0, 0];
  for (const facts of titlesOf(trackedRequests(TRACKED)).values()) {
    demands += facts.demands.length;
    if (isAtRest(facts)) {
      resting += 1;
      // What is passed over has nothing to do.
      expect(planned(facts, TRACKED_RULES).plan.steps).toEqual([]);
      continue;
    }
    const { facts: settled, plan } = planned(facts, TRACKED_RULES);
    steps.push(...plan.steps);
    expect(standingsOf(settled, TRACKED_RULES, plan).size).toBe(facts.demands.length);
  }
  expect(demands).toBe(TRACKED);
  expect(resting).toBeGreaterThan(40_000);
  const ofKind = (kind: DeskStep['do']) => steps.filter((step) => step.do === kind).length;
  // The new ones are first to be told who asks; of those that were approved a third is pending on the primary still.
  expect([steps.length, ofKind('learn-users'), ofKind('approve')]).toEqual([833, 500, 333]);
});
