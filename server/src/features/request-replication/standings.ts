import type { RequestId } from '#kernel/ids.ts';
import { basisOf, type Demand, type Held, hasAll, type Rules, type Standing, type StandingState, type TitleFacts } from './facts.ts';
import type { TitlePlan } from './steps.ts';
import { coveredParts, isBlocked, isLinked, isThere, qualityOf } from './title-view.ts';

/**
 * Where each demand of the title stands on the subordinate, by what is there and what is planned. A demand that is gone and of which nothing is left there
 * has no standing. Pure.
 */
export function standingsOf(facts: TitleFacts, rules: Rules, plan: TitlePlan): ReadonlyMap<RequestId, Standing | undefined> {
  return new Map(facts.demands.map((demand) => [demand.id, standingOf(demand, facts, rules, plan)]));
}

function standingOf(demand: Demand, facts: TitleFacts, rules: Rules, plan: TitlePlan): Standing | undefined {
  const linked = facts.held.filter((held) => isLinked(held, demand) && isThere(held));
  if (demand.presence === 'gone') return goneStanding(demand, linked, facts, rules);
  return stuckStanding(demand, facts) ?? openStanding(demand, facts, plan) ?? restingStanding(demand, linked, facts, rules);
}

const stand = (demand: Demand, state: StandingState, reason: string, more: Partial<Standing> = {}): Standing => ({
  state,
  reason,
  basis: basisOf(demand),
  satisfied: (demand.standing?.satisfied ?? []).filter((part) => demand.parts.includes(part)),
  ...more,
});

function goneStanding(demand: Demand, linked: readonly Held[], facts: TitleFacts, rules: Rules): Standing | undefined {
  if (linked.length === 0) return undefined;
  if (demand.removal === 'kept') return stand(demand, 'kept', 'gone from the primary, and a person wants it to stay here');
  if (!rules.syncDeletes) return stand(demand, 'left', 'gone from the primary, and deletions are not replicated (sync_deletes)');
  if (isBlocked(demand, facts.now)) return demand.standing;
  if (demand.removal === 'held') return stand(demand, 'removing', 'gone from the primary; its deletion here waits for an answer');
  return keepFailure(demand, stand(demand, 'removing', 'gone from the primary; it is to be deleted here'));
}

/** What was tried in vain stands as it is until it is tried again with another outcome. */
const keepFailure = (demand: Demand, otherwise: Standing): Standing =>
  demand.standing?.state === 'failed' && demand.standing.basis === basisOf(demand) ? demand.standing : otherwise;

function stuckStanding(demand: Demand, facts: TitleFacts): Standing | undefined {
  if (isBlocked(demand, facts.now)) return demand.standing;
  return undefined;
}

function openStanding(demand: Demand, facts: TitleFacts, plan: TitlePlan): Standing | undefined {
  const wait = plan.waits.find((one) => one.demand === demand.id);
  if (wait) return stand(demand, 'waiting', wait.reason, { nextAt: wait.lookAgainAt });
  const step = plan.steps.find((one) => one.demand === demand.id);
  if (step) return keepFailure(demand, stand(demand, 'due', step.reason));
  if (facts.doubtUntil === undefined || demand.standing === undefined || demand.standing.state === 'there') return undefined;
  return keepFailure(
    demand,
    stand(demand, 'due', 'the answer to an earlier call was lost; it is looked at when that call cannot take effect any more'),
  );
}

function restingStanding(demand: Demand, linked: readonly Held[], facts: TitleFacts, rules: Rules): Standing {
  const covered = hasAll(coveredParts(demand, facts, rules), demand.parts);
  if (linked.length > 0) return stand(demand, 'there', linked.map((held) => wordsFor(held, demand)).join('; '));
  if (!covered) return stand(demand, 'left', notWanted(demand, rules));
  if (demand.status === 'declined') return stand(demand, 'left', notWanted(demand, rules));
  const quality = qualityOf(demand, rules);
  const by = facts.held.filter((held) => isThere(held) && held.is4k === quality).map((held) => held.id);
  const told = demand.standing?.satisfied.length ? 'the desk needs no request for it' : undefined;
  return stand(demand, 'satisfied', told ?? `request ${by.join(', ')} there has what was asked for`);
}

/** What is there, and where it is not as the primary has it: whose word that is. */
function wordsFor(held: Held, demand: Demand): string {
  const told = held.links.find((link) => link.told !== undefined)?.told;
  const name = `request ${held.id} there is ${held.status}`;
  if (held.presence === 'hidden') return `${name} and not listed`;
  if (held.status === demand.status || held.status === told || held.status === 'completed') return name;
  if (held.status === 'approved' || held.status === 'declined') return `${name}, by somebody there`;
  return name;
}

function notWanted(demand: Demand, rules: Rules): string {
  if (demand.presence === 'hidden') return 'the primary has it and does not list it: its title is blocklisted there';
  if (demand.presence === 'unknown') return 'the primary does not list it, and nobody could tell why';
  switch (demand.status) {
    case 'declined':
      return rules.syncDeclined
        ? 'declined before it was ever here'
        : 'declined on the primary; declined requests are left alone (sync_declined)';
    case 'completed':
      return rules.syncApproved ? 'completed before it was ever here' : 'approved requests are not replicated (sync_approved)';
    case 'pending':
      return 'pending requests are not replicated (sync_pending)';
    case 'approved':
    case 'failed':
      return 'approved requests are not replicated (sync_approved)';
    case 'other':
      return 'its state on the primary is one that this release does not know';
  }
}
