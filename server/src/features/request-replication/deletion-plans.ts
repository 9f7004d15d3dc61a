import type { NewPlanChange, Plan, Plans } from '#core/plans/index.ts';
import { fingerprintOf, type Request } from '#core/requests/index.ts';
import { type PlanId, type RequestId, requestId } from '#kernel/ids.ts';
import { type Clock, days } from '#kernel/instant.ts';
import type { ReplicationStores, StoredLink } from './replication.store.ts';

export const DELETION_FEATURE = 'request-replication.delete';
const PAGE = 500;

export type DeletionParts = Readonly<{ plans: Plans; stores: ReplicationStores; clock: Clock }>;

export type DeletionQuestion = Readonly<{
  primary: string;
  reason: string;
  gone: readonly Request[];
  links: readonly StoredLink[];
  /** The label of a subordinate, by its id. */
  labelOf(deskId: number): string;
}>;

async function askedIn(plans: Plans, plan: Plan): Promise<readonly Readonly<{ seq: number; request: RequestId }>[]> {
  const found: { seq: number; request: RequestId }[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const { changes } = await plans.changes(plan.id, {}, { offset, limit: PAGE });
    found.push(...changes.map((change) => ({ seq: change.seq, request: requestId(Number(change.subject.requestId)) })));
    if (changes.length < PAGE) return found;
  }
}

/** Stores the question whether so many requests are to be deleted. The same one is asked once, however many cycles come to it; an older one is over. */
export async function askAboutDeletions({ plans, clock }: DeletionParts, question: DeletionQuestion): Promise<PlanId> {
  const { plans: open } = await plans.list({ feature: DELETION_FEATURE, states: ['proposed'] }, { offset: 0, limit: 100 });
  const wanted = new Set(question.gone.map((request) => request.id));
  let same: PlanId | undefined;
  for (const former of open) {
    const asked = await askedIn(plans, former);
    const isOver = former.expiresAt !== undefined && former.expiresAt <= clock.now();
    if (same === undefined && !isOver && asked.length === wanted.size && asked.every(({ request }) => wanted.has(request)))
      same = former.id;
    else await plans.expire(former.id);
  }
  if (same !== undefined) return same;
  const plan = await plans.propose({
    feature: DELETION_FEATURE,
    title: `Delete ${question.gone.length} requests on the subordinates, as they are gone from ${question.primary}`,
    reason: `${question.reason}. Approve if somebody really deleted them; reject to leave them on the subordinates for good.`,
    summary: { primary: question.primary, requests: question.gone.length },
    expiresAt: clock.now() + days(14),
    changes: question.gone.map((request) => changeOf(request, question)),
  });
  return plan.id;
}

function changeOf(request: Request, { primary, links, labelOf }: DeletionQuestion): NewPlanChange {
  const own = links.filter((link) => link.requestId === request.id);
  return {
    kind: 'delete-request',
    subject: {
      title: fingerprintOf(request),
      requestId: request.id,
      primaryId: request.upstreamId,
      subordinates: own.map((link) => `${labelOf(link.deskId)} ${link.upstreamId}`),
    },
    before: own.map((link) => ({ subordinate: labelOf(link.deskId), id: link.upstreamId, status: link.status })),
    after: null,
    reason: {
      rule: 'A request that is deleted on the primary is deleted on the subordinates.',
      facts: [
        {
          text: `there is no request ${request.upstreamId} any more, asked for by ${request.requestedBy.displayName}`,
          source: primary,
          ...(request.goneAt !== undefined && { at: request.goneAt }),
        },
      ],
    },
    askedBy: { kind: 'job', id: 'requests', name: 'Request replication' },
  };
}

/** Takes an answer down; the next cycle acts on it. Answers false where the plan is not ours. */
export async function settleDeletionPlan({ plans, stores, clock }: DeletionParts, id: string): Promise<boolean> {
  const plan = await plans.get(id);
  if (plan.feature !== DELETION_FEATURE) return false;
  const decision = plan.state === 'rejected' ? 'kept' : plan.state === 'approved' || plan.state === 'applying' ? 'allowed' : undefined;
  const asked = decision === undefined ? [] : await askedIn(plans, plan);
  await stores.transaction(async (store) => {
    const ids = asked.map(({ request }) => request);
    if (decision !== undefined) await store.decideRemovals(ids, decision, plan.id, clock.now());
    // Also where nobody answered in time: the next cycle asks again.
    await store.raise();
  });
  if (decision === 'allowed') await plans.markApplying(plan.id);
  return true;
}

/** Says of approved plans what came of them, once nothing of a request is left there, or it has returned. */
export async function finishDeletionPlans({ plans, stores }: DeletionParts, goneNow: ReadonlySet<RequestId>): Promise<void> {
  const { plans: open } = await plans.list({ feature: DELETION_FEATURE, states: ['applying'] }, { offset: 0, limit: 100 });
  for (const plan of open) {
    const asked = await askedIn(plans, plan);
    const linked = new Set((await stores.read.linksOf(asked.map(({ request }) => request))).map((link) => link.requestId));
    if (asked.some(({ request }) => goneNow.has(request) && linked.has(request))) continue;
    const returned = asked.filter(({ request }) => !goneNow.has(request));
    for (const { seq } of returned) await plans.markChange(plan.id, seq, 'skipped', 'It is on the primary again.');
    await plans.markApplied(plan.id, `${asked.length - returned.length} requests were deleted on the subordinates.`);
  }
}
