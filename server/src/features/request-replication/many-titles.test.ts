import { expect, it } from 'vitest';
import { TRACKED_RULES, trackedRequests } from '#tests/support/tracked-requests.ts';
import { isAtRest } from './at-rest.ts';
import { standingsOf } from './standings.ts';
import type { DeskStep } from './steps.ts';
import { titlesOf } from './title-facts.ts';
import { planned } from './title-keeper.ts';

const TRACKED = 10_000;

it(`of ${TRACKED} tracked requests just those that are new, or were approved since, are acted upon`, () => {
  const steps: DeskStep[] = [];
  let [demands, resting, standing] = [0, 0, 0];
  for (const facts of titlesOf(trackedRequests(TRACKED)).values()) {
    demands += facts.demands.length;
    const { facts: settled, plan } = planned(facts, TRACKED_RULES);
    standing += standingsOf(settled, TRACKED_RULES, plan).size;
    // What is passed over as being at rest has nothing to do.
    if (isAtRest(facts) && plan.steps.length === 0) resting += 1;
    else steps.push(...plan.steps);
  }
  expect([demands, standing, resting]).toEqual([TRACKED, TRACKED, 8_834]);
  const ofKind = (kind: DeskStep['do']) => steps.filter((step) => step.do === kind).length;
  // The new ones are first to be told who asks; of those that were approved a third is pending on the primary still.
  expect([steps.length, ofKind('learn-users'), ofKind('approve')]).toEqual([167, 100, 67]);
});
