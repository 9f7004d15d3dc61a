import type { Account } from '#core/connections/index.ts';
import type { Plan, PlanChange } from '#core/plans/index.ts';
import { accountId, type JobId } from '#kernel/ids.ts';
import { days } from '#kernel/instant.ts';
import { type Compared, changeOf, compare, isRemoval } from './compare.ts';
import { KINDS, mappingsOf } from './mappings.ts';
import { keepsShelves, note, readOne, type ShelfParts, takeIn } from './shelf-parts.ts';
import { createWords, type WordKind } from './words.store.ts';

const FEATURE = 'shelf-sync.remove';
const PAGE = 500;

const kindOf = ({ kind }: Pick<PlanChange, 'kind'>): WordKind => KINDS.find((what) => kind.endsWith(what)) ?? 'favourite';
const keyOf = (what: WordKind, upstreamId: unknown): string => `${what} ${String(upstreamId)}`;

export type RemovalDesk = ReturnType<typeof createRemovalDesk>;

/** Runs that would take away more than a run may: the question, and what follows from its answer. */
export function createRemovalDesk(parts: ShelfParts & Readonly<{ tellSoon(account: Account): Promise<void> }>) {
  const { plans, connections, clock, database } = parts;

  async function changesOf(plan: Plan): Promise<readonly PlanChange[]> {
    const all: PlanChange[] = [];
    for (let offset = 0; ; offset += PAGE) {
      const { changes } = await plans.changes(plan.id, {}, { offset, limit: PAGE });
      all.push(...changes);
      if (changes.length < PAGE) return all;
    }
  }

  /** Those of the plan that would still be taken away: each is looked at once more. */
  async function stillMeant(account: Account, changes: readonly PlanChange[], signal: AbortSignal): Promise<readonly Compared[]> {
    const server = await connections.connect(account);
    const mappings = mappingsOf(account, server);
    if (!keepsShelves(server)) return [];
    const shown = new Set(changes.map((change) => keyOf(kindOf(change), change.subject.upstreamId)));
    const meant: Compared[] = [];
    for (const change of changes) {
      const what = kindOf(change);
      const upstreamId = String(change.subject.upstreamId);
      if (!shown.delete(keyOf(what, upstreamId))) continue;
      const own = mappings.filter((one) => one.what === what);
      const item = own.length === 0 ? undefined : await readOne(server, what, upstreamId, { signal });
      meant.push(...(item ? await compare(parts, account, own, [item]) : []).filter(isRemoval));
    }
    return meant;
  }

  return {
    /** Stores the question, and answers its id. The same question is asked once; another one about the same account is over. */
    async ask(account: Account, why: string, removals: readonly Compared[], jobId?: JobId): Promise<string> {
      const { plans: open } = await plans.list(
        { feature: FEATURE, personId: account.personId, states: ['proposed'] },
        { offset: 0, limit: 100 },
      );
      const wanted = new Set(removals.map((one) => keyOf(one.mapping.what, one.item.upstreamId)));
      for (const former of open.filter((plan) => plan.summary.accountId === account.id)) {
        const asked = (await changesOf(former)).map((change) => keyOf(kindOf(change), change.subject.upstreamId));
        const isCurrent = former.expiresAt === undefined || former.expiresAt > clock.now();
        if (isCurrent && asked.length === wanted.size && asked.every((key) => wanted.has(key))) return former.id;
        await plans.expire(former.id);
      }
      const plan = await plans.propose({
        feature: FEATURE,
        personId: account.personId,
        title: `Take ${removals.length} ratings or list entries away, between ${account.name} and the library`,
        reason: `${why}. Approve if somebody really took them away; reject to keep both sides as they are.`,
        summary: { accountId: account.id, backend: account.name, removals: removals.length },
        expiresAt: clock.now() + days(14),
        ...(jobId && { jobId }),
        changes: removals.map((one) => changeOf(account, one)),
      });
      return plan.id;
    },

    /** Answers false where the plan is not ours. */
    async settlePlan(id: string, run: Readonly<{ jobId?: JobId; signal: AbortSignal }>): Promise<boolean> {
      const plan = await plans.get(id);
      if (plan.feature !== FEATURE) return false;
      const isApproved = plan.state === 'approved' || plan.state === 'applying';
      if (!isApproved && plan.state !== 'rejected') return true;
      const account = await connections.byId(accountId(Number(plan.summary.accountId)));
      if (isApproved) await plans.markApplying(plan.id, run.jobId);
      const meant = await stillMeant(account, await changesOf(plan), run.signal);
      if (!isApproved) {
        // What both say now is what they are compared with from here on: it is no news any more.
        const kept = meant.map((one): Compared => ({ ...one, plan: { ...one.plan, action: 'none' } }));
        await note(parts, account, kept);
        return true;
      }
      const takes = meant.filter((one) => one.plan.action === 'take');
      const tells = meant.filter((one) => one.plan.action === 'tell');
      const taken = await takeIn(parts, account, takes);
      for (const { mapping, item } of tells) await createWords(database).due(account.id, mapping.what, [item.upstreamId], true);
      await plans.markApplied(plan.id, `${taken.length + tells.length} were taken away.`);
      await parts.tellSoon(account);
      return true;
    },
  };
}
