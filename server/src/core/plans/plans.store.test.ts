import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { houseActor } from '#core/activity/index.ts';
import type { Events } from '#core/events.ts';
import { type AppErrorCode, isAppError } from '#kernel/app-error.ts';
import { accountId, jobId, type PlanId, personId, planId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import type { NewPlan, NewPlanChange, PlanState } from './plan.ts';
import { createPlans, type Plans } from './plans.ts';

const alice = { kind: 'login', id: 7, name: 'alice', role: 'owner' };
const ALL = { offset: 0, limit: 10_000 };
const coded = (code: AppErrorCode) => (error: unknown) => isAppError(error, code);

const change = (number: number, more: Partial<NewPlanChange> = {}): NewPlanChange => ({
  kind: 'mark-played',
  accountId: accountId(3),
  subject: { title: `Film ${number} "'\\ 🎬` },
  before: { played: false },
  after: { played: true },
  reason: { rule: 'watched-elsewhere', facts: [{ text: 'played', source: 'attic', at: 5 }] },
  askedBy: houseActor,
  ...more,
});
const newPlan = (more: Partial<NewPlan> = {}): NewPlan => ({
  feature: 'watch-sync',
  personId: personId(1),
  title: 'Export to attic',
  reason: 'the server is new',
  summary: { marks: 1 },
  changes: [change(1)],
  ...more,
});

describe.each(DATABASES)('plans on %s', (kind) => {
  let opened: TestDatabase;
  let plans: Plans;
  let now = 1_000;
  const decisions: Events['plan.decided'][] = [];
  let deaf = false;

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    plans = createPlans({
      database: opened.database,
      clock: { now: () => now },
      publish: async (_tx, topic, payload) => {
        if (deaf) throw new Error('the outbox failed');
        if (topic === 'plan.decided') decisions.push(payload as Events['plan.decided']);
      },
    });
  });
  afterAll(() => opened.close());

  it('keeps a plan with all its changes in order, each with its reason', async () => {
    const changes = Array.from({ length: 2_500 }, (_, index) => change(index + 1, index % 2 === 0 ? {} : { accountId: accountId(4) }));
    const plan = await plans.propose(newPlan({ changes, expiresAt: 9_000, jobId: jobId('job-1') }));
    expect(plan).toMatchObject({ state: 'proposed', createdAt: 1_000, expiresAt: 9_000, summary: { marks: 1 }, jobId: 'job-1' });
    const { changes: page, total } = await plans.changes(plan.id, {}, { offset: 999, limit: 3 });
    expect(total).toBe(2_500);
    expect(page.map((each) => each.seq)).toEqual([1_000, 1_001, 1_002]);
    expect(page[1]).toMatchObject({ ...change(1_001), state: 'planned', outcome: undefined });
    expect((await plans.changes(plan.id, { accountId: accountId(4) }, { offset: 0, limit: 1 })).total).toBe(1_250);
  });

  it('keeps a change that belongs to no account and goes from nothing to nothing', async () => {
    const { accountId: _none, ...loose } = change(1, { before: null, after: null });
    const plan = await plans.propose(newPlan({ changes: [loose] }));
    expect((await plans.changes(plan.id, {}, ALL)).changes[0]).toMatchObject({ accountId: undefined, before: null, after: null });
  });

  it('goes from proposal to done, and tells of the decision', async () => {
    const { id } = await plans.propose(newPlan());
    decisions.length = 0;
    now = 2_000;
    expect(await plans.approve(id, alice)).toMatchObject({
      state: 'approved',
      decidedAt: 2_000,
      decidedBy: { kind: 'login', id: 7, name: 'alice' },
    });
    expect(decisions).toEqual([{ planId: id, feature: 'watch-sync', decision: 'approved', personId: 1 }]);
    expect(await plans.markApplying(id, jobId('job-2'))).toMatchObject({ state: 'applying', jobId: 'job-2' });
    expect(await plans.markApplying(id)).toMatchObject({ state: 'applying', jobId: 'job-2' });
    await plans.markChange(id, 1, 'unconfirmed', 'no answer');
    expect((await plans.changes(id, { states: ['unconfirmed'] }, ALL)).changes[0]?.outcome).toBe('no answer');
    await expect(plans.markChange(id, 2, 'done')).rejects.toSatisfy(coded('not-found'));
    now = 3_000;
    expect(await plans.markApplied(id, '1 mark')).toMatchObject({ state: 'applied', finishedAt: 3_000, outcome: '1 mark' });
  });

  it('has all its changes done when it was applied, but for those that something else was said of', async () => {
    const { id } = await plans.propose(newPlan({ changes: [change(1), change(2)] }));
    await plans.approve(id, alice);
    await plans.markApplying(id);
    await plans.markChange(id, 1, 'failed', 'refused');
    await plans.markApplied(id);
    expect((await plans.changes(id, {}, ALL)).changes.map((one) => one.state)).toEqual(['failed', 'done']);
  });

  const walk: Readonly<Record<PlanState, (id: PlanId) => Promise<unknown>>> = {
    proposed: async () => undefined,
    approved: (id) => plans.approve(id, alice),
    rejected: (id) => plans.reject(id, alice),
    expired: (id) => plans.expire(id),
    applying: async (id) => {
      await plans.approve(id, alice);
      await plans.markApplying(id);
    },
    applied: async (id) => {
      await walk.applying(id);
      await plans.markApplied(id);
    },
    failed: async (id) => {
      await walk.applying(id);
      await plans.markFailed(id, 'the server was gone');
    },
  };

  const attempts = {
    approve: (id: PlanId) => plans.approve(id, alice),
    reject: (id: PlanId) => plans.reject(id, alice),
    expire: (id: PlanId) => plans.expire(id, alice),
    markApplying: (id: PlanId) => plans.markApplying(id),
    markApplied: (id: PlanId) => plans.markApplied(id, 'done'),
    markFailed: (id: PlanId) => plans.markFailed(id, 'failed'),
  };

  it.each<[PlanState, keyof typeof attempts]>([
    ['proposed', 'markApplying'],
    ['proposed', 'markApplied'],
    ['approved', 'approve'],
    ['approved', 'reject'],
    ['approved', 'markFailed'],
    ['rejected', 'approve'],
    ['rejected', 'expire'],
    ['expired', 'approve'],
    ['expired', 'markApplying'],
    ['applying', 'expire'],
    ['applying', 'reject'],
    ['applied', 'markApplying'],
    ['applied', 'approve'],
    ['failed', 'markApplied'],
    ['failed', 'approve'],
  ])('once %s is not open to %s', async (state, verb) => {
    const { id } = await plans.propose(newPlan());
    await walk[state](id);
    const before = await plans.get(id);
    await expect(attempts[verb](id)).rejects.toSatisfy(coded('conflict'));
    expect(await plans.get(id)).toEqual(before);
  });

  it('takes one of two answers that come at once', async () => {
    const { id } = await plans.propose(newPlan());
    const answers = await Promise.allSettled([plans.approve(id, alice), plans.reject(id, alice)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('decides nothing where the decision cannot be told', async () => {
    const { id } = await plans.propose(newPlan());
    deaf = true;
    await expect(plans.approve(id, alice)).rejects.toThrow('the outbox failed');
    deaf = false;
    expect((await plans.get(id)).state).toBe('proposed');
  });

  it('expires what nobody answered in time, and only that', async () => {
    const late = await plans.propose(newPlan({ expiresAt: now + 10 }));
    const answered = await plans.propose(newPlan({ expiresAt: now + 10 }));
    const patient = await plans.propose(newPlan());
    const asked = await plans.propose(newPlan({ expiresAt: now + 10 }));
    await plans.approve(answered.id, alice);
    now += 10;
    await expect(plans.approve(asked.id, alice)).rejects.toSatisfy(coded('conflict'));
    expect((await plans.get(asked.id)).state).toBe('expired');
    expect(await plans.expireDue()).toEqual([late.id]);
    expect((await plans.get(late.id)).decidedBy).toEqual(houseActor);
    expect((await plans.get(answered.id)).state).toBe('approved');
    expect((await plans.get(patient.id)).state).toBe('proposed');
  });

  it('lists by person, feature and state, newest first', async () => {
    now = 50_000;
    const one = await plans.propose(newPlan({ feature: 'retention', personId: personId(2) }));
    now = 50_001;
    const two = await plans.propose(newPlan({ feature: 'retention' }));
    await plans.reject(one.id, alice);
    const { plans: listed, total } = await plans.list({ feature: 'retention' }, ALL);
    expect({ ids: listed.map((plan) => plan.id), total }).toEqual({ ids: [two.id, one.id], total: 2 });
    expect((await plans.list({ feature: 'retention', states: ['rejected'] }, ALL)).plans.map((plan) => plan.id)).toEqual([one.id]);
    expect((await plans.list({ personId: personId(2) }, ALL)).plans.map((plan) => plan.id)).toEqual([one.id]);
  });

  it('knows no plan that was never made', async () => {
    await expect(plans.get('nonsense')).rejects.toSatisfy(coded('not-found'));
    await expect(plans.approve(planId('nonsense'), alice)).rejects.toSatisfy(coded('not-found'));
    await expect(plans.markApplying(planId('nonsense'))).rejects.toSatisfy(coded('not-found'));
  });

  it('forgets old plans that are over, with their changes, and none that still waits', async () => {
    now = 100_000;
    const over = await plans.propose(newPlan());
    await plans.reject(over.id, alice);
    const waiting = await plans.propose(newPlan());
    now = 200_000;
    expect(await plans.prune(50_000)).toBeGreaterThan(0);
    await expect(plans.get(over.id)).rejects.toSatisfy(coded('not-found'));
    expect((await plans.changes(over.id, {}, ALL)).total).toBe(0);
    expect((await plans.get(waiting.id)).state).toBe('proposed');
  });
});
