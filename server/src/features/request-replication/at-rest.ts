import { basisOf, type Demand, type Held, sameParts, type TitleFacts } from './facts.ts';
import type { StoredLink } from './replication.store.ts';

/**
 * A title of which everything is there as it is on the primary, and was so the last time: nearly all titles of nearly all cycles. Each demand has one request there,
 * of the same state and parts, and nobody shares it; so there is nothing to plan and nothing to write. Pure, and never true where planning would find something.
 */
export function isAtRest(facts: TitleFacts): boolean {
  if (facts.doubtUntil !== undefined) return false;
  let ours = 0;
  for (const held of facts.held) if (held.links.length > 0) ours += 1;
  return ours === facts.demands.length && facts.demands.every((demand) => rests(demand, facts.held));
}

function rests(demand: Demand, all: readonly Held[]): boolean {
  const { standing } = demand;
  if (demand.presence !== 'there' || demand.status === 'other' || standing?.state !== 'there') return false;
  const held = all.find((one) => one.links.length === 1 && one.links[0]?.requestId === demand.id);
  if (held === undefined || held.presence !== 'there' || held.status !== demand.status || !sameParts(held.parts, demand.parts))
    return false;
  const stored = held.links[0] as StoredLink;
  return (
    stored.status === held.status &&
    stored.is4k === held.is4k &&
    stored.hiddenAt === undefined &&
    sameParts(stored.parts, held.parts) &&
    standing.basis === basisOf(demand) &&
    standing.reason === `request ${held.id} there is ${held.status}`
  );
}
