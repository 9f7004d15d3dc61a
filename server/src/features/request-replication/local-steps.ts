import { type Demand, type Held, hasAll, type Rules, sameParts, type TitleFacts } from './facts.ts';
import type { LocalStep } from './steps.ts';
import { covers, goneOf, isDecided, isLinked, isThere, partiesOf, qualityOf } from './title-view.ts';

/** Bookkeeping that the facts ask for: what is ours, and what is not any more. Pure. To be carried out, and asked for again, until there is none. */
export function localSteps(facts: TitleFacts, rules: Rules): readonly LocalStep[] {
  if (facts.doubtUntil !== undefined) return [];
  const forgotten = facts.held.flatMap(forget);
  if (forgotten.length > 0) return forgotten;
  const [adopted] = facts.demands.flatMap((demand) => adopt(demand, facts, rules) ?? []);
  if (adopted) return [adopted];
  return facts.held.flatMap((held) => handOver(held, facts, rules));
}

function forget(held: Held): readonly LocalStep[] {
  if (held.links.length === 0 || isThere(held)) return [];
  const reason =
    held.presence === 'gone' ? `request ${held.id} is not there any more` : `request ${held.id} stands for another title there`;
  return [{ do: 'forget', held: held.id, reason }];
}

function adopt(demand: Demand, facts: TitleFacts, rules: Rules): LocalStep | undefined {
  if (demand.presence !== 'there' || demand.standing?.state === 'unconfirmed') return undefined;
  const chosen = demand.status === 'pending' ? rules.syncPending : isDecided(demand) && rules.syncApproved;
  if (!chosen || facts.held.some((held) => isLinked(held, demand))) return undefined;
  if (hasAll(demand.standing?.satisfied ?? [], demand.parts)) return undefined;
  const quality = qualityOf(demand, rules);
  const fitting = facts.held
    .filter((held) => held.presence === 'there' && held.is4k === quality && held.status !== 'other' && covers(held, demand))
    .filter((held) => sameParts(held.parts, demand.parts))
    .sort((one, other) => one.links.length - other.links.length || one.id - other.id);
  const [best] = fitting;
  return best && { do: 'adopt', held: best.id, demand: demand.id, handedOver: false };
}

/** A request that was made for one who is gone, and that others want too, is theirs from now on. */
function handOver(held: Held, facts: TitleFacts, rules: Rules): readonly LocalStep[] {
  const gone = goneOf(held, facts);
  if (gone.length === 0) return [];
  const parties = partiesOf(held, facts, rules);
  const heirs = parties.filter((demand) => isLinked(held, demand));
  const [next] = parties;
  if (heirs.length === 0) return next === undefined ? [] : [{ do: 'adopt', held: held.id, demand: next.id, handedOver: true }];
  const wanted = heirs.flatMap((demand) => demand.parts);
  return gone
    .filter((demand) => (demand.removal === 'allowed' && rules.syncDeletes) || hasAll(wanted, demand.parts))
    .map((demand) => ({ do: 'release', held: held.id, demand: demand.id }));
}

/** The facts as they are once the step is carried out. Pure. */
export function afterLocally(facts: TitleFacts, step: LocalStep): TitleFacts {
  const held = facts.held.map((one): Held => {
    if (one.id !== step.held) return one;
    if (step.do === 'forget') return { ...one, links: [] };
    if (step.do === 'release') return { ...one, links: one.links.filter((link) => link.requestId !== step.demand) };
    return { ...one, links: [...one.links, { requestId: step.demand, how: 'adopted' }] };
  });
  return { ...facts, held };
}

export type Settled = Readonly<{ facts: TitleFacts; steps: readonly LocalStep[] }>;

/** Carries bookkeeping out on the facts until there is none left. Pure. */
export function settleLocally(facts: TitleFacts, rules: Rules): Settled {
  const steps: LocalStep[] = [];
  let now = facts;
  // Each step takes a link away or gives a demand its first one, so this ends; the bound is for a fault of ours.
  for (let round = 0; round < 1_000; round += 1) {
    const next = localSteps(now, rules);
    if (next.length === 0) return { facts: now, steps };
    steps.push(...next);
    now = next.reduce(afterLocally, now);
  }
  throw new Error(`The bookkeeping of ${facts.kind} ${facts.tmdbId} does not come to rest.`);
}
