import { type Held, hasAll, type Rules, sameParts, type TitleFacts, without, wordsOf } from './facts.ts';
import { planAsks } from './plan-asks.ts';
import type { DeskStep, TitlePlan } from './steps.ts';
import { goneOf, isBlocked, isDecided, isLinked, isWanted, missingParts, partiesOf } from './title-view.ts';

/** One title on one subordinate: what is to be asked there, in order, once the bookkeeping is done (see `settleLocally`). Pure. */
export function planTitle(facts: TitleFacts, rules: Rules): TitlePlan {
  if (facts.doubtUntil !== undefined) return { steps: [], waits: [] };
  const byId = new Map(facts.demands.map((demand) => [demand.id, demand]));
  const isFree = (step: DeskStep): boolean => {
    const demand = byId.get(step.demand);
    return demand === undefined || !isBlocked(demand, facts.now);
  };
  const ours = facts.held.filter((held) => held.links.length > 0 && held.presence === 'there');
  const edits = ours.flatMap((held) => edit(held, facts, rules) ?? []);
  const asks = planAsks(facts, rules, new Set(edits.map((step) => step.demand)));
  const steps = [
    ...ours.flatMap((held) => decide(held, facts, rules) ?? []),
    ...edits,
    ...asks.steps,
    ...facts.held.flatMap((held) => remove(held, facts, rules) ?? []),
  ];
  return { steps: steps.filter(isFree), waits: asks.waits };
}

function decide(held: Held, facts: TitleFacts, rules: Rules): DeskStep | undefined {
  const parties = partiesOf(held, facts, rules);
  const [first] = parties;
  if (first === undefined || isAvailable(held)) return undefined;
  const told = held.links.find((link) => link.told !== undefined)?.told;
  const decided = parties.filter(
    (demand) => isDecided(demand) && demand.presence === 'there' && (held.status === 'pending' || isLinked(held, demand)),
  );
  const [approver] = decided;
  const mayApprove = held.status === 'pending' || (held.status === 'declined' && told === 'declined');
  const approved = decided.flatMap((demand) => demand.parts);
  if (approver && mayApprove && rules.syncApproved && hasAll(approved, held.parts))
    return {
      do: 'approve',
      held: held.id,
      demand: approver.id,
      reason: `request ${approver.primaryId} of the primary is ${approver.status}`,
    };
  const mayDecline = held.status === 'pending' || ((held.status === 'approved' || held.status === 'failed') && told === 'approved');
  if (mayDecline && rules.syncDeclined && parties.every((demand) => demand.status === 'declined' && demand.presence === 'there'))
    return { do: 'decline', held: held.id, demand: first.id, reason: `request ${first.primaryId} of the primary is declined` };
  return undefined;
}

/** What people there can watch already, or a part of it, is not decided about any more. */
const isAvailable = (held: Held): boolean => held.status === 'completed' || held.done.length > 0;

function edit(held: Held, facts: TitleFacts, rules: Rules): DeskStep | undefined {
  if (facts.kind !== 'tv' || held.status === 'declined' || held.status === 'other') return undefined;
  const parties = partiesOf(held, facts, rules);
  if (parties.some((demand) => demand.presence !== 'there')) return undefined;
  // What a request that is gone had asked for stays until its deletion is allowed.
  const stillHeld = goneOf(held, facts).filter((demand) => demand.removal !== 'allowed' || !rules.syncDeletes);
  const linked = parties.filter((demand) => isLinked(held, demand));
  const [only, ...others] = linked;
  if (only === undefined) return undefined;
  const keep = [...parties, ...stillHeld].flatMap((demand) => demand.parts);
  const surplus = held.status === 'completed' ? [] : without(without(held.parts, keep), held.done);
  const grows = held.status === 'pending' && others.length === 0 && isWanted(only, rules) && only.status === 'pending';
  const added = grows ? missingParts(only, facts, rules) : [];
  const parts = [...without(held.parts, surplus), ...added].sort((one, other) => one - other);
  if (parts.length === 0 || sameParts(parts, held.parts)) return undefined;
  return {
    do: 'edit',
    held: held.id,
    demand: only.id,
    parts,
    reason: `request ${only.primaryId} of the primary is for ${wordsOf(only.parts)} now`,
  };
}

function remove(held: Held, facts: TitleFacts, rules: Rules): DeskStep | undefined {
  if (!rules.syncDeletes || (held.presence !== 'there' && held.presence !== 'hidden')) return undefined;
  const gone = goneOf(held, facts);
  const [first] = gone;
  if (first === undefined || gone.length < held.links.length || gone.some((demand) => demand.removal !== 'allowed')) return undefined;
  if (partiesOf(held, facts, rules).length > 0) return undefined;
  return { do: 'remove', held: held.id, demand: first.id, reason: `the primary has no request ${first.primaryId} any more` };
}
