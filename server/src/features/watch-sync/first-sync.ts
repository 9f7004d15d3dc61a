import type { Account } from '#core/connections/index.ts';
import type { NewPlanChange, Plan, PlanChange, PlanPlace } from '#core/plans/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { PersonId } from '#kernel/ids.ts';
import { days } from '#kernel/instant.ts';
import { readDisputed } from './first-plan.store.ts';
import { beyond, changeKey, countsOf, type DisputedCopy, type FirstPlan, planFirstSync } from './first-plan.ts';
import { holdLeftOut, holdWhatIsKnown, leftOutOf } from './left-out.ts';
import { noteOutcomes } from './plan-outcomes.ts';
import type { RunRequest, SyncParts } from './sync-parts.ts';
import type { SyncRuns } from './sync-runs.ts';

const FEATURE = 'watch-sync.first-sync';
const PAGE = 1_000;

export type FirstSync = ReturnType<typeof createFirstSync>;

type Computed = FirstPlan & Readonly<{ fresh: readonly Account[]; accounts: readonly Account[]; disputed: readonly DisputedCopy[] }>;

/** New servers: what would change on which server, shown before anything is pushed, and carried out once somebody agrees. */
export function createFirstSync(parts: SyncParts & Readonly<{ runs: SyncRuns }>) {
  const { plans, connections, clock } = parts;

  async function compute(person: PersonId, request: RunRequest): Promise<Computed> {
    const accounts = await connections.list(person);
    const fresh = accounts.filter((account) => account.consent === 'pending');
    const settled = accounts.filter((account) => account.consent === 'given');
    const disputed = await readDisputed(
      parts.store.read.handle,
      person,
      accounts.map((account) => account.id),
    );
    const plan = planFirstSync({ fresh, settled, disputed });
    const beside: NewPlanChange[] = [];
    for (const account of fresh) beside.push(...((await parts.alongside?.planned(account, request)) ?? []));
    return { ...plan, changes: [...plan.changes, ...beside], fresh, accounts, disputed };
  }

  async function readFresh(person: PersonId, request: RunRequest): Promise<void> {
    for (const account of await connections.list(person)) {
      if (account.consent === 'pending') await parts.runs.runImport({ ...request, person, backend: account.name });
    }
  }

  /** What was left out of a former plan stays left out, and what that one did not have is told apart. */
  async function store(person: PersonId, plan: Computed, reason: string, former?: readonly PlanChange[]): Promise<Plan> {
    const { fresh, accounts } = plan;
    const { plans: open } = await plans.list({ feature: FEATURE, personId: person, states: ['proposed'] }, { offset: 0, limit: 100 });
    for (const older of open) await plans.expire(older.id);
    const news = new Set(former === undefined ? [] : beyond(former, plan.changes));
    const proposed = await plans.propose({
      feature: FEATURE,
      personId: person,
      title: `First sync of ${fresh.map((account) => account.name).join(', ')}`,
      reason,
      summary: {
        backends: fresh.map((account) => account.name),
        learned: plan.learned,
        marked: plan.marked,
        positions: plan.positions,
        places: accounts.map(placeOf),
      },
      expiresAt: clock.now() + days(30),
      changes: plan.changes.map((one) => (news.has(one) ? { ...one, subject: { ...one.subject, isNew: true } } : one)),
    });
    const out = new Set((former ?? []).filter(({ state }) => state === 'left-out').map(changeKey));
    const again = plan.changes.flatMap((one, index) => (out.has(changeKey(one)) ? [index + 1] : []));
    if (again.length > 0) await plans.leaveOutThese(proposed, again);
    return proposed;
  }

  async function shown(plan: Plan): Promise<readonly PlanChange[]> {
    const all: PlanChange[] = [];
    for (let offset = 0; ; offset += PAGE) {
      const { changes } = await plans.changes(plan.id, {}, { offset, limit: PAGE });
      all.push(...changes);
      if (changes.length < PAGE) return all;
    }
  }

  return {
    /** Reads the accounts that wait and stores what would change. `conflict` where none waits. */
    async propose(person: PersonId, request: RunRequest): Promise<Plan> {
      const waiting = (await connections.list(person)).some((account) => account.consent === 'pending');
      if (!waiting) throw new AppError('conflict', 'No server waits for a first plan: all of them have been approved.');
      await readFresh(person, request);
      return store(person, await compute(person, request), 'A new server is shown before anything is written to it or to the others.');
    },

    /** After an approval: looks again, and either does what was shown or stops and says what changed since. */
    async settle(id: string, request: RunRequest): Promise<void> {
      const plan = await plans.get(id);
      if (plan.feature !== FEATURE || plan.personId === undefined || (plan.state !== 'approved' && plan.state !== 'applying')) return;
      const person = plan.personId;
      await plans.markApplying(plan.id, request.jobId);
      await readFresh(person, request);
      const now = await compute(person, request);
      const { fresh } = now;
      const changes = await shown(plan);
      // Where a fault came in between, the accounts are taken in by now, and what is left to do is what any run does.
      const news = fresh.length === 0 ? [] : beyond(changes, now.changes);
      if (news.length > 0) {
        const [first] = news;
        const reason = `Since the plan was shown, ${news.length} changes have come to it, such as ${String(first?.subject.title)}.`;
        const again = await store(person, now, reason, changes);
        await plans.markFailed(
          plan.id,
          `${news.length} changes were not in the plan that was shown. Nothing was done; plan ${again.id} has them.`,
        );
        throw new AppError('stopped-by-guard', `The servers changed since the plan was shown. Look at plan ${again.id}.`, {
          details: { planId: again.id },
        });
      }
      const out = changes.filter(({ state }) => state === 'left-out');
      const held = leftOutOf(out, now.disputed);
      await holdLeftOut(parts, person, held);
      for (const account of fresh) await connections.update(account.id, { consent: 'given' }, { verify: false });
      try {
        await parts.runs.runImport({ ...request, person });
        await holdWhatIsKnown(parts, person, held);
        await parts.runs.runExport({ ...request, person });
      } finally {
        await noteOutcomes(parts, plan.id, changes);
      }
      const keys = new Set(out.map(changeKey));
      const names = new Map(now.accounts.map(({ id, name }) => [id, name]));
      const done = now.changes.filter((one) => !keys.has(changeKey(one)));
      await plans.markApplied(plan.id, outcomeOf(countsOf(done, names)));
    },
  };
}

const placeOf = ({ id, name, importLastSync }: Account): PlanPlace => ({ accountId: id, name, readAt: importLastSync ?? null });

/** For people, so it names the servers. */
function outcomeOf({ learned, marked }: Pick<FirstPlan, 'learned' | 'marked'>): string {
  const counts = Object.entries(marked).map(([backend, count]) => `${count} on ${backend}`);
  return `${learned} ${learned === 1 ? 'title was' : 'titles were'} learned; marks to send: ${counts.join(', ') || 'none'}.`;
}
