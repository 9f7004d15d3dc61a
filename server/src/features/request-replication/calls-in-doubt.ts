import { requestId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import type { Journal, JournalEntry } from '#platform/journal/index.ts';
import { basisOf, type Demand, type Held, hasAll, type Part, sameParts, type TitleFacts } from './facts.ts';
import { CHANGE_KIND, linkFor } from './tell-desk.ts';
import type { TitleKey } from './title-facts.ts';

/** Calls whose answer nobody has heard, of one subordinate: a crash or a lost answer came in between. */
export type Doubts = Readonly<{
  /** Their time is over: what is there now tells. */
  due: ReadonlyMap<TitleKey, readonly JournalEntry[]>;
  /** These may still take effect, until then. */
  pending: ReadonlyMap<TitleKey, Instant>;
}>;

/** `seenAt` is when the subordinate was looked at: a call whose time was not over then may have taken effect since. */
export async function openDoubts(journal: Journal, deskId: number, seenAt: Instant): Promise<Doubts> {
  const { due, pending } = await journal.open({ kind: CHANGE_KIND });
  const due_ = new Map<TitleKey, JournalEntry[]>();
  const until = new Map<TitleKey, Instant>();
  const start = `desk ${deskId} `;
  for (const entry of [...due, ...pending]) {
    if (!entry.target.startsWith(start)) continue;
    const key = entry.target.slice(start.length);
    if (entry.deadlineAt > seenAt) until.set(key, Math.max(until.get(key) ?? 0, entry.deadlineAt));
    else due_.set(key, [...(due_.get(key) ?? []), entry]);
  }
  return { due: due_, pending: until };
}

export type Verdict = Readonly<{ tookPlace: 'yes' | 'no' | 'unclear'; note: string; facts: TitleFacts }>;

/** What became of a call, by what is there afterwards; undefined where that cannot be told yet. Pure. */
export function judge({ payload, before }: Pick<JournalEntry, 'payload' | 'before'>, facts: TitleFacts): Verdict | undefined {
  if (!isRecord(payload)) return { tookPlace: 'unclear', note: 'it is not known what was asked', facts };
  if (payload.action === 'ask') return judgeAsk(payload, before, facts);
  const held = facts.held.find((one) => one.id === payload.upstreamId);
  if (held?.presence === 'unknown') return undefined;
  const isThere = held !== undefined && (held.presence === 'there' || held.presence === 'hidden');
  if (payload.action === 'remove') return verdict(!isThere, facts);
  if (held === undefined || !isThere) return verdict(false, facts);
  if (payload.action === 'edit') return verdict(sameParts(held.parts, partsIn(payload.parts)), facts);
  const told = payload.action === 'approve' ? 'approved' : 'declined';
  const isSo = told === 'declined' ? held.status === 'declined' : ['approved', 'failed', 'completed'].includes(held.status);
  return isSo ? verdict(true, withHeld(facts, { ...held, links: held.links.map((link) => ({ ...link, told })) })) : verdict(false, facts);
}

const verdict = (tookPlace: boolean, facts: TitleFacts): Verdict => ({
  tookPlace: tookPlace ? 'yes' : 'no',
  note: tookPlace ? 'it is there' : 'it is not there',
  facts,
});

const partsIn = (value: unknown): readonly Part[] =>
  Array.isArray(value) ? value.filter((one): one is Part => typeof one === 'number') : [];

const withHeld = (facts: TitleFacts, held: Held): TitleFacts => ({
  ...facts,
  held: facts.held.map((one) => (one.id === held.id ? held : one)),
});

/**
 * A request that was not there before, and fits what was asked for, is ours: had somebody else asked for the very same, the desk would have told us
 * that it exists, and we would have adopted it. Where several fit, only a person can tell.
 */
function judgeAsk(payload: Record<string, unknown>, before: unknown, facts: TitleFacts): Verdict {
  const known = new Set(isRecord(before) && Array.isArray(before.requests) ? before.requests : []);
  const asked = partsIn(payload.parts);
  const fitting = facts.held.filter(
    (held) =>
      held.presence === 'there' &&
      !known.has(held.id) &&
      held.links.every((link) => link.requestId === payload.requestId) &&
      held.is4k === (payload.is4k === true) &&
      held.parts.length > 0 &&
      hasAll(asked, held.parts),
  );
  const [found, ...others] = fitting;
  const demand = facts.demands.find((one) => one.id === requestId(Number(payload.requestId)));
  if (found === undefined) return verdict(false, facts);
  if (others.length === 0)
    return verdict(true, demand && found.links.length === 0 ? withHeld(facts, { ...found, links: [linkFor(demand, found)] }) : facts);
  const note = `requests ${fitting.map((held) => held.id).join(', ')} there could all be ours`;
  return { tookPlace: 'unclear', note, facts: demand ? withUnconfirmed(facts, demand, note) : facts };
}

const withUnconfirmed = (facts: TitleFacts, demand: Demand, note: string): TitleFacts => ({
  ...facts,
  demands: facts.demands.map((one) =>
    one.id === demand.id
      ? {
          ...one,
          standing: {
            state: 'unconfirmed',
            reason: `the answer to our request was lost, and ${note}; retry to go on with the oldest`,
            basis: basisOf(one),
            satisfied: one.standing?.satisfied ?? [],
          },
        }
      : one,
  ),
});

/** Writes down what became of each call, and answers the title as it is with that. Where one cannot be told yet, the title stays in doubt. */
export async function settleDoubts(journal: Journal, entries: readonly JournalEntry[], given: TitleFacts): Promise<TitleFacts> {
  let facts = given;
  for (const entry of entries) {
    const found = judge(entry, facts);
    if (found === undefined) {
      facts = { ...facts, doubtUntil: Math.max(facts.doubtUntil ?? 0, facts.now) };
      continue;
    }
    facts = found.facts;
    if (found.tookPlace === 'yes') await journal.confirm(entry.id, { seenAfterwards: true });
    else if (found.tookPlace === 'no') await journal.fail(entry.id, { seenAfterwards: false });
    else await journal.unconfirmed(entry.id, `${found.note}.`);
  }
  return facts;
}
