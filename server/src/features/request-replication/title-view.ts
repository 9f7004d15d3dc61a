import { basisOf, type Demand, type Held, type Part, type Rules, shares, type TitleFacts, without } from './facts.ts';

export const qualityOf = (demand: Pick<Demand, 'is4k'>, rules: Rules): boolean => rules.sync4kSeparately && demand.is4k;

export const isLinked = (held: Held, demand: Pick<Demand, 'id'>): boolean => held.links.some((link) => link.requestId === demand.id);
export const isThere = (held: Held): boolean => held.presence !== 'gone' && held.presence !== 'other';
export const isDecided = ({ status }: Demand): boolean => status === 'approved' || status === 'failed' || status === 'completed';

/** It was to be made there already before it was completed on the primary. */
const isOwed = ({ standing }: Demand): boolean =>
  standing !== undefined && ['due', 'waiting', 'failed', 'unconfirmed'].includes(standing.state);

/** Whether a request for it is to be made where it is not there yet. */
export function isWanted(demand: Demand, rules: Rules): boolean {
  if (demand.presence !== 'there') return false;
  if (demand.status === 'pending') return rules.syncPending;
  if (demand.status === 'completed') return rules.syncApproved && isOwed(demand);
  return isDecided(demand) && rules.syncApproved;
}

/** What was tried in vain, or cannot be told, is left alone until its time or until the demand is another one. */
export function isBlocked(demand: Demand, now: number): boolean {
  const { standing } = demand;
  if (standing === undefined || standing.basis !== basisOf(demand)) return false;
  if (standing.state === 'unconfirmed') return true;
  return standing.state === 'failed' && standing.nextAt !== undefined && standing.nextAt > now;
}

/** Demands of the primary that have to do with a request there: linked to it, or asking for a part of it. */
export function partiesOf(held: Held, facts: TitleFacts, rules: Rules): readonly Demand[] {
  return facts.demands.filter((demand) => {
    if (demand.presence === 'gone') return false;
    if (isLinked(held, demand)) return true;
    return demand.status !== 'declined' && qualityOf(demand, rules) === held.is4k && shares(held.parts, demand.parts);
  });
}

export const goneOf = (held: Held, { demands }: TitleFacts): readonly Demand[] =>
  demands.filter((demand) => demand.presence === 'gone' && isLinked(held, demand));

/**
 * Whether a request there makes another one for the demand needless. One that was declined does so only for the demand that it was made for: somebody
 * there said no, and is not asked twice. A movie that was completed and is not there any more may be asked for again.
 */
export function covers(held: Held, demand: Demand): boolean {
  if (!isThere(held)) return false;
  if (isLinked(held, demand)) return true;
  if (held.status === 'declined') return false;
  return demand.kind === 'tv' || held.status !== 'completed' || held.done.length > 0 || demand.status === 'completed';
}

/** The parts of a demand that the subordinate has, or has said that it needs no request for. */
export function coveredParts(demand: Demand, facts: TitleFacts, rules: Rules): readonly Part[] {
  const quality = qualityOf(demand, rules);
  const has = facts.held.filter((held) => (held.is4k === quality || isLinked(held, demand)) && covers(held, demand));
  const known = [...(demand.standing?.satisfied ?? []), ...has.flatMap((held) => held.parts)];
  return demand.parts.filter((part) => known.includes(part));
}

export const missingParts = (demand: Demand, facts: TitleFacts, rules: Rules): readonly Part[] =>
  without(demand.parts, coveredParts(demand, facts, rules));
