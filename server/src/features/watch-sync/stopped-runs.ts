import type { Account } from '#core/connections/index.ts';
import type { NewPlanChange, Plan } from '#core/plans/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { accountId, copyId, type JobId } from '#kernel/ids.ts';
import { days } from '#kernel/instant.ts';
import { unwatchAgain } from './import-account.ts';
import type { HeldUnwatch } from './plan-merge.ts';
import type { RunRequest, SyncParts } from './sync-parts.ts';

const FEATURE = 'watch-sync.unwatch';
const PAGE = 500;

type HeldChange = Readonly<{ seq: number; upstreamId: string; copyId: number; leftOut: boolean }>;

export type StoppedRuns = ReturnType<typeof createStoppedRuns>;

/** Runs that would un-watch more than a run may: the question, and what follows from its answer. */
export function createStoppedRuns(parts: SyncParts) {
  const { plans, connections, clock } = parts;

  async function held(plan: Plan): Promise<readonly HeldChange[]> {
    const found: HeldChange[] = [];
    for (let offset = 0; ; offset += PAGE) {
      const { changes } = await plans.changes(plan.id, {}, { offset, limit: PAGE });
      found.push(
        ...changes.map((change) => ({
          seq: change.seq,
          upstreamId: String(change.subject.upstreamId),
          copyId: Number(change.subject.copyId),
          leftOut: change.state === 'left-out',
        })),
      );
      if (changes.length < PAGE) return found;
    }
  }

  async function asksThis(plan: Plan, wanted: readonly HeldUnwatch[]): Promise<boolean> {
    if (plan.expiresAt !== undefined && plan.expiresAt <= clock.now()) return false;
    const asked = new Set((await held(plan)).map((change) => change.copyId));
    return asked.size === wanted.length && wanted.every(({ copy }) => asked.has(copy.copyId));
  }

  return {
    /**
     * Stores the question and throws `stopped-by-guard` with the plan's id. The same question is asked once, however many runs come to it;
     * an older one about the same account is over.
     */
    async ask(account: Account, stopped: Readonly<{ reason: string; held: readonly HeldUnwatch[] }>, jobId?: JobId): Promise<never> {
      const { plans: open } = await plans.list(
        { feature: FEATURE, personId: account.personId, states: ['proposed'] },
        { offset: 0, limit: 100 },
      );
      for (const former of open.filter((plan) => plan.summary.accountId === account.id)) {
        if (await asksThis(former, stopped.held)) throw stop(stopped.reason, former);
        await plans.expire(former.id);
      }
      const plan = await plans.propose({
        feature: FEATURE,
        personId: account.personId,
        title: `Un-watch ${stopped.held.length} titles, as ${account.name} shows them`,
        reason: `${stopped.reason}. Approve if somebody really took these marks away; reject to keep them, and ${account.name} is told again that they are watched.`,
        summary: {
          accountId: account.id,
          backend: account.name,
          unwatches: stopped.held.length,
          guard: 'limit',
          places: [{ accountId: account.id, name: account.name, readAt: clock.now() }],
        },
        expiresAt: clock.now() + days(14),
        ...(jobId && { jobId }),
        changes: stopped.held.map((one) => changeOf(account, one)),
      });
      throw stop(stopped.reason, plan);
    },

    /** Answers false where the plan is not ours. */
    async settle(id: string, run: RunRequest): Promise<boolean> {
      const plan = await plans.get(id);
      if (plan.feature !== FEATURE) return false;
      const account = await connections.byId(accountId(Number(plan.summary.accountId)));
      const changes = await held(plan);
      const copies = (some: readonly HeldChange[]) => some.map((change) => change.copyId);
      if (plan.state === 'rejected') await keepWatched(account, copies(changes));
      if (plan.state === 'approved' || plan.state === 'applying') {
        const meant = changes.filter(({ leftOut }) => !leftOut);
        await plans.markApplying(plan.id, run.jobId);
        const unwatched = await carryOut(
          account,
          meant.map((change) => change.upstreamId),
          run,
        );
        await keepWatched(account, copies(changes.filter(({ leftOut }) => leftOut)));
        await plans.markApplied(plan.id, `${unwatched} titles were un-watched.`);
      }
      return true;
    },
  };

  async function carryOut(account: Account, upstreamIds: readonly string[], run: RunRequest): Promise<number> {
    const targets = await parts.targetsFor(account.personId);
    const unwatched = await unwatchAgain(parts, { ...run, account, targets, replay: await parts.replay() }, upstreamIds);
    await parts.pushSoon(targets);
    return unwatched;
  }

  /** The account's word is taken note of, and not believed: its next word on these copies counts as its first. */
  async function keepWatched(account: Account, copies: readonly number[]): Promise<void> {
    const targets = await parts.targetsFor(account.personId);
    await parts.store.transaction(async ({ viewing, queue, media }) => {
      await viewing.lock(account.personId);
      const ids = copies.map((id) => copyId(id));
      const observations = await viewing.observations(account.id, ids);
      const at = clock.now();
      await viewing.saveObservations(
        account.id,
        [...observations.values()].map(({ pushed: _, ...last }) => ({
          ...last,
          played: false,
          playCount: 0,
          positionMs: 0,
          heard: false,
          at,
        })),
      );
      const titles = (await media.copies(ids)).flatMap((copy) => copy.mediaIds);
      for (const target of targets)
        await queue.enqueueDiffering(
          { accountId: target.id, personId: account.personId },
          { replay: false, reason: 'rejected un-watch', now: at, media: titles },
        );
    });
    await parts.pushSoon(targets);
  }
}

const stop = (reason: string, plan: Plan): AppError =>
  new AppError('stopped-by-guard', `${reason}. Nothing was un-watched: answer plan ${plan.id}.`, { details: { planId: plan.id } });

const changeOf = (account: Account, { copy, reason }: HeldUnwatch): NewPlanChange => ({
  kind: 'unwatch',
  accountId: account.id,
  subject: { title: copy.title, copyId: copy.copyId, upstreamId: copy.upstreamId, library: copy.libraryId },
  before: { watched: true },
  after: { watched: false },
  reason: {
    rule: 'A mark that was taken away on one server is taken away on all.',
    facts: [
      { text: reason, source: account.name, at: copy.now.at },
      ...(copy.last === undefined ? [] : [{ text: 'watched at the last look', source: account.name, at: copy.last.at }]),
    ],
  },
  askedBy: { kind: 'job', id: 'import', name: 'Import' },
  mayLeaveOut: true,
});
