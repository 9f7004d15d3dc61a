import type { RequestId } from '#kernel/ids.ts';
import { hours } from '#kernel/instant.ts';
import { basisOf, type Demand, type Part, type Rules, type Standing, type TitleFacts, without, wordsOf } from './facts.ts';
import type { DeskStep, Wait } from './steps.ts';
import { isWanted, missingParts, qualityOf } from './title-view.ts';
import { type Asker, needsUsers, whoAsks } from './who-asks.ts';

/** Rights there may change without a word to us: who waits because of them is looked at again after this. */
const RIGHTS_KEEP = hours(1);

/** What is to be asked for, and what waits, in the order of the primary's ids. `edited` are demands whose request there is about to grow. */
export function planAsks(
  facts: TitleFacts,
  rules: Rules,
  edited: ReadonlySet<RequestId>,
): Readonly<{ steps: readonly DeskStep[]; waits: readonly Wait[] }> {
  const steps: DeskStep[] = [];
  const waits: Wait[] = [];
  /** What earlier demands of this plan will have asked for. */
  const soon = { hd: [] as Part[], uhd: [] as Part[] };
  for (const demand of facts.demands) {
    if (!isWanted(demand, rules) || edited.has(demand.id)) continue;
    const asked = qualityOf(demand, rules) ? soon.uhd : soon.hd;
    const parts = without(missingParts(demand, facts, rules), asked);
    if (parts.length === 0) continue;
    const step = ask(demand, parts, facts, rules);
    if ('do' in step) {
      steps.push(step);
      asked.push(...parts);
    } else waits.push(step);
  }
  return { steps, waits };
}

/** As it was found before, while the demand is the same. */
const waitingOf = ({ standing }: Demand, basis: string): Standing | undefined =>
  standing?.state === 'waiting' && standing.basis === basis ? standing : undefined;

function ask(demand: Demand, parts: readonly Part[], facts: TitleFacts, rules: Rules): DeskStep | Wait {
  const { now, users } = facts;
  const needed = needsUsers(demand, rules);
  const isFresh = !needed || users?.fresh === true;
  const waiting = waitingOf(demand, basisOf(demand));
  const due = waiting?.nextAt ?? now;
  const learn: DeskStep = { do: 'learn-users', demand: demand.id, reason: `it has to be known who ${demand.owner.displayName} is there` };
  // Nobody has to be asked for what was found not long ago.
  if (needed && users === undefined) return waiting && due > now ? { demand: demand.id, reason: waiting.reason, lookAgainAt: due } : learn;
  const who = whoAsks(demand, qualityOf(demand, rules), users?.users ?? [], rules);
  if ('wait' in who) {
    const lookAgainAt = due > now ? due : now + RIGHTS_KEEP;
    return isFresh || due > now ? { demand: demand.id, reason: who.wait, lookAgainAt } : learn;
  }
  // An hour ago they may not have been approved at once: a request is made on what is true now.
  return isFresh ? askAs(who, demand, parts, rules) : learn;
}

const askAs = (asker: Asker, demand: Demand, parts: readonly Part[], rules: Rules): DeskStep => ({
  do: 'ask',
  demand: demand.id,
  parts,
  is4k: qualityOf(demand, rules),
  asker,
  reason: `request ${demand.primaryId} of the primary${demand.kind === 'tv' ? ` for ${wordsOf(parts)}` : ''} is ${demand.status}`,
});
