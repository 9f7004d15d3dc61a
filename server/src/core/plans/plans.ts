import { randomUUID } from 'node:crypto';
import { type ActorRef, houseActor } from '#core/activity/index.ts';
import type { Publish } from '#core/events.ts';
import { AppError } from '#kernel/app-error.ts';
import { type JobId, type PlanId, planId } from '#kernel/ids.ts';
import type { Clock, Duration } from '#kernel/instant.ts';
import { type ChangeState, type NewPlan, PLAN_MOVES, type Plan, type PlanChange, type PlanState, statesBefore } from './plan.ts';
import { createPlanReview } from './plan-review.ts';
import {
  type ChangeFilter,
  createPlansStore,
  type Database,
  type Handle,
  type Page,
  type PlanFilter,
  type PlansStore,
} from './plans.store.ts';

export type PlansDeps = Readonly<{
  database: Database;
  clock: Clock;
  /** Hears `plan.decided`, in the transaction of the decision. */
  publish?: Publish<Handle>;
}>;

/** Who may decide is checked by the caller. Every verb throws `not-found`, and `conflict` where the plan's state forbids it. */
export type Plans = ReturnType<typeof createPlanReview> &
  Readonly<{
    /** Stores the plan with its changes, all or nothing. */
    propose(plan: NewPlan): Promise<Plan>;
    get(id: string): Promise<Plan>;
    /** In the order in which they are to be made. */
    changes(id: PlanId, filter: ChangeFilter, page: Page): Promise<Readonly<{ changes: readonly PlanChange[]; total: number }>>;
    /** Newest first. */
    list(filter: PlanFilter, page: Page): Promise<Readonly<{ plans: readonly Plan[]; total: number }>>;
    /** A plan whose time is over is not approved: it expires, and the call is a `conflict`. */
    approve(id: PlanId, actor: ActorRef): Promise<Plan>;
    reject(id: PlanId, actor: ActorRef): Promise<Plan>;
    expire(id: PlanId, actor?: ActorRef): Promise<Plan>;
    /** Expires every plan that nobody answered in its time; answers which. */
    expireDue(): Promise<readonly PlanId[]>;
    /** Also for one that is applying already: a job that takes up after a crash says so again. */
    markApplying(id: PlanId, jobId?: JobId): Promise<Plan>;
    /** Changes that `markChange` did not speak of, and that were not left out, are done with it. */
    markApplied(id: PlanId, outcome?: string): Promise<Plan>;
    markFailed(id: PlanId, outcome: string): Promise<Plan>;
    /** What came of one change, while the plan is being applied. */
    markChange(id: PlanId, seq: number, state: ChangeState, outcome?: string): Promise<void>;
    /** As `markChange`, for many of which the same is said. */
    markChanges(id: PlanId, seqs: readonly number[], state: ChangeState, outcome?: string): Promise<void>;
    /** Deletes plans that are over and were made longer ago than `age`; answers how many. */
    prune(age: Duration): Promise<number>;
  }>;

const WORDS: Readonly<Record<PlanState, string>> = {
  proposed: 'waits for an answer',
  approved: 'was approved',
  rejected: 'was rejected',
  expired: 'has expired: ask for a new one',
  applying: 'is being applied',
  applied: 'was applied',
  failed: 'failed: ask for a new one',
};
const FINAL = (Object.keys(PLAN_MOVES) as PlanState[]).filter((state) => PLAN_MOVES[state].length === 0);

const absent = (id: string): AppError => new AppError('not-found', `There is no plan ${id}.`);
const barred = (plan: Plan): AppError =>
  new AppError('conflict', `The plan "${plan.title}" ${WORDS[plan.state]}.`, { details: { planId: plan.id, state: plan.state } });

/** Plans: what would change and why, kept until somebody decides. What is applied is the plan that was shown. */
export function createPlans({ database, clock, publish }: PlansDeps): Plans {
  const store = createPlansStore(database);

  async function move(within: PlansStore, id: PlanId, to: PlanState, set: Parameters<PlansStore['move']>[2] = {}): Promise<Plan> {
    const moved = await within.move(id, statesBefore(to), { ...set, state: to });
    if (moved) return moved;
    const plan = await within.byId(id);
    throw plan ? barred(plan) : absent(id);
  }

  async function decide(id: PlanId, decision: 'approved' | 'rejected' | 'expired', actor: ActorRef): Promise<Plan> {
    return database.transaction(async (handle) => {
      const decidedBy = JSON.stringify({ kind: actor.kind, id: actor.id, name: actor.name });
      const plan = await move(createPlansStore(handle), id, decision, { decided_at: clock.now(), decided_by: decidedBy });
      const { feature, personId } = plan;
      await publish?.(handle, 'plan.decided', { planId: id, feature, decision, ...(personId !== undefined && { personId }) });
      return plan;
    });
  }

  async function get(id: string): Promise<Plan> {
    const plan = await store.byId(planId(id));
    if (!plan) throw absent(id);
    return plan;
  }

  const isDue = (plan: Plan): boolean => plan.expiresAt !== undefined && plan.expiresAt <= clock.now();
  const finish = (id: PlanId, to: 'applied' | 'failed', outcome: string | undefined): Promise<Plan> =>
    move(store, id, to, { finished_at: clock.now(), outcome: outcome ?? null });

  return {
    async propose(plan) {
      const id = planId(randomUUID());
      await database.transaction((handle) => createPlansStore(handle).insert(id, plan, clock.now()));
      return get(id);
    },
    get,
    changes: (id, filter, page) => store.changes(id, filter, page),
    list: (filter, page) => store.list(filter, page),

    async approve(id, actor) {
      const plan = await get(id);
      if (plan.state !== 'proposed' || !isDue(plan)) return decide(id, 'approved', actor);
      throw barred(await decide(id, 'expired', houseActor));
    },
    reject: (id, actor) => decide(id, 'rejected', actor),
    expire: (id, actor = houseActor) => decide(id, 'expired', actor),

    async expireDue() {
      const expired: PlanId[] = [];
      for (const id of await store.due(clock.now())) {
        // Somebody may have decided between the reading and this line; their word stands.
        const done = await decide(id, 'expired', houseActor).catch((error: unknown) => {
          if (error instanceof AppError && error.code === 'conflict') return undefined;
          throw error;
        });
        if (done) expired.push(id);
      }
      return expired;
    },

    markApplying: (id, job) => move(store, id, 'applying', job === undefined ? {} : { job_id: job }),
    async markApplied(id, outcome) {
      const plan = await finish(id, 'applied', outcome);
      await store.setPlannedDone(id);
      return plan;
    },
    markFailed: (id, outcome) => finish(id, 'failed', outcome),

    async markChange(id, seq, state, outcome) {
      const known = await store.setChange(id, seq, state, outcome ?? null);
      if (!known) throw new AppError('not-found', `Plan ${id} has no change ${seq}.`);
    },

    markChanges: (id, seqs, state, outcome) => store.setChanges(id, seqs, state, outcome ?? null),
    ...createPlanReview(database),

    prune: (age) => store.deleteFinished(clock.now() - age, FINAL),
  };
}
