import type { Plan, PlanChange, Plans } from '#core/plans/index.ts';
import { type MediaId, mediaId, type PlanId } from '#kernel/ids.ts';
import { type Clock, days } from '#kernel/instant.ts';
import type { TrackerLink } from './connections.store.ts';
import type { TitlePlan } from './facts.ts';
import { changesOf, keyOf, shownOf } from './shown-changes.ts';

export const FIRST_FEATURE = 'tracker-sync.first';
export const REMOVAL_FEATURE = 'tracker-sync.removals';
const FEATURES = { first: FIRST_FEATURE, removals: REMOVAL_FEATURE } as const;
const PAGE = 1_000;
const HOUSE = 'the house';

export type About = keyof typeof FEATURES;

/** A plan that somebody said yes to: what may be made, by side and title. */
export type Approved = Readonly<{ plan: Plan; about: About; shown: ReadonlyMap<string, string> }>;

type Asking = Readonly<{ plans: Plans; clock: Clock }>;

const isOf = (plan: Plan, link: TrackerLink): boolean => plan.summary.connection === link.id;

export async function openQuestions(plans: Plans, link: TrackerLink, about: About): Promise<readonly Plan[]> {
  const { plans: open } = await plans.list({ feature: FEATURES[about], states: ['proposed'] }, { offset: 0, limit: 100 });
  return open.filter((plan) => isOf(plan, link));
}

export async function changesIn(plans: Plans, plan: PlanId): Promise<readonly PlanChange[]> {
  const all: PlanChange[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const { changes } = await plans.changes(plan, {}, { offset, limit: PAGE });
    all.push(...changes);
    if (changes.length < PAGE) return all;
  }
}

const sideOf = (change: PlanChange): string => (change.kind === 'tracker-take' ? 'here' : 'there');

/** The plan of this connection that was approved and is not carried out yet. */
export async function approvedOf(plans: Plans, link: TrackerLink): Promise<Approved | undefined> {
  for (const about of ['first', 'removals'] as const) {
    const { plans: decided } = await plans.list({ feature: FEATURES[about], states: ['approved', 'applying'] }, { offset: 0, limit: 100 });
    const plan = decided.find((one) => isOf(one, link));
    if (!plan) continue;
    const changes = await changesIn(plans, plan.id);
    return {
      plan,
      about,
      shown: new Map(changes.map((change) => [`${sideOf(change)} ${String(change.subject.key)}`, JSON.stringify(change.after)])),
    };
  }
  return undefined;
}

/** What taking the connection in would change, for a person to see first. Undefined where it would change nothing: then there is nothing to ask. */
export async function askFirst({ plans, clock }: Asking, link: TrackerLink, titles: readonly TitlePlan[]): Promise<PlanId | undefined> {
  for (const former of await openQuestions(plans, link, 'first')) await plans.expire(former.id);
  const changes = changesOf(titles, { house: HOUSE, tracker: link.name }, 'all');
  const count = (kind: string): number => changes.filter((change) => change.kind === kind).length;
  const plan = await plans.propose({
    feature: FIRST_FEATURE,
    personId: link.personId,
    title: `First sync with ${link.name}`,
    reason: 'Nothing is taken from there and nothing is written there before somebody has seen this.',
    summary: { connection: link.id, tracker: link.name, takes: count('tracker-take'), sends: count('tracker-send') },
    expiresAt: clock.now() + days(30),
    changes,
  });
  return plan.id;
}

/** Asked once, however many runs come to it; an older question is over. */
export async function askRemovals(
  { plans, clock }: Asking,
  link: TrackerLink,
  titles: readonly TitlePlan[],
  reason: string,
): Promise<void> {
  const changes = changesOf(titles, { house: HOUSE, tracker: link.name }, 'losses');
  const wanted = JSON.stringify(changes.map(({ kind, subject, after }) => [kind, subject.key, after]));
  for (const former of await openQuestions(plans, link, 'removals')) {
    const asked = JSON.stringify((await changesIn(plans, former.id)).map(({ kind, subject, after }) => [kind, subject.key, after]));
    const isOver = former.expiresAt !== undefined && former.expiresAt <= clock.now();
    if (asked === wanted && !isOver) return;
    await plans.expire(former.id);
  }
  await plans.propose({
    feature: REMOVAL_FEATURE,
    personId: link.personId,
    title: `Removals between the house and ${link.name}`,
    reason: `${reason}. Approve if they were meant; reject to have them put back where they are missing.`,
    summary: { connection: link.id, tracker: link.name, titles: titles.length },
    expiresAt: clock.now() + days(14),
    changes,
  });
}

/** Says of an approved plan what came of it. `seen` are the plans that the run found: what is not in them any more was not needed. */
export async function finishApproved(
  plans: Plans,
  { plan, shown }: Approved,
  seen: readonly TitlePlan[],
  outcome: Readonly<{ took: number; told: number }>,
): Promise<void> {
  const found = new Set(
    seen.flatMap((one) =>
      (['here', 'there'] as const).flatMap((side) => {
        const key = `${side} ${keyOf(one)}`;
        return shown.get(key) === JSON.stringify(shownOf(one, side)) ? [key] : [];
      }),
    ),
  );
  const isFresh = plan.state === 'approved';
  await plans.markApplying(plan.id);
  for (const change of isFresh ? await changesIn(plans, plan.id) : []) {
    if (found.has(`${sideOf(change)} ${String(change.subject.key)}`)) continue;
    await plans.markChange(plan.id, change.seq, 'skipped', 'It is otherwise by now: the next run sees to it.');
  }
  await plans.markApplied(plan.id, `${outcome.took} titles were taken in, ${outcome.told} were told there.`);
}

/** What a plan would have taken away somewhere: movies and episodes, and the titles there that they belong to. */
export async function lostIn(plans: Plans, plan: PlanId): Promise<Readonly<{ media: readonly MediaId[]; numbers: readonly number[] }>> {
  const changes = await changesIn(plans, plan);
  return {
    media: changes.flatMap(({ subject }) => (Array.isArray(subject.media) ? subject.media.map((id) => mediaId(Number(id))) : [])),
    numbers: changes.flatMap(({ subject }) => /^number:(\d+)$/.exec(String(subject.key))?.[1] ?? []).map(Number),
  };
}
