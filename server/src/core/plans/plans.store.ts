import { type AccountId, accountId, type JobId, jobId, type PersonId, type PlanId, personId, planId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Json, JsonObject } from '#kernel/json.ts';
import { type Handle, idList, jsonRows, type Selectable, sql, textList, type Updateable } from '#platform/db/index.ts';
import type { ChangeState, NewPlan, Plan, PlanChange, PlanState } from './plan.ts';
import { rowKeyOf } from './plan-row.ts';
import type { PlanTables } from './plans.schema.store.ts';

export type { Database, Handle } from '#platform/db/index.ts';

export type PlanFilter = Readonly<{
  personId?: PersonId;
  feature?: string;
  states?: readonly PlanState[];
  /** Made by one of these jobs, or carried out by it. */
  jobs?: readonly JobId[];
}>;
export type ChangeFilter = Readonly<{ states?: readonly ChangeState[]; accountId?: AccountId }>;
export type Page = Readonly<{ offset: number; limit: number }>;

const CHANGES_PER_STATEMENT = 1_000;
const CHANGE_COLUMNS = {
  seq: 'integer',
  kind: 'text',
  account_id: 'integer',
  subject: 'text',
  before: 'text',
  after: 'text',
  reason: 'text',
  asked_by: 'text',
  rule: 'text',
  row_key: 'text',
  may_leave_out: 'integer',
} as const;

const planOf = (row: Selectable<PlanTables['plan']>): Plan => ({
  id: planId(row.id),
  feature: row.feature,
  personId: row.person_id === null ? undefined : personId(row.person_id),
  title: row.title,
  state: row.state as PlanState,
  reason: row.reason,
  summary: JSON.parse(row.summary) as JsonObject,
  jobId: row.job_id === null ? undefined : jobId(row.job_id),
  createdAt: row.created_at,
  expiresAt: row.expires_at ?? undefined,
  decidedAt: row.decided_at ?? undefined,
  decidedBy: row.decided_by === null ? undefined : (JSON.parse(row.decided_by) as Plan['decidedBy']),
  finishedAt: row.finished_at ?? undefined,
  outcome: row.outcome ?? undefined,
});

export const changeOf = (row: Selectable<PlanTables['plan_change']>): PlanChange => ({
  id: row.id,
  seq: row.seq,
  kind: row.kind,
  accountId: row.account_id === null ? undefined : accountId(row.account_id),
  subject: JSON.parse(row.subject) as JsonObject,
  before: JSON.parse(row.before) as Json,
  after: JSON.parse(row.after) as Json,
  reason: JSON.parse(row.reason) as PlanChange['reason'],
  askedBy: JSON.parse(row.asked_by) as PlanChange['askedBy'],
  mayLeaveOut: row.may_leave_out === 1,
  state: row.state as ChangeState,
  outcome: row.outcome ?? undefined,
});

export type PlansStore = ReturnType<typeof createPlansStore>;

export function createPlansStore(handle: Handle) {
  const db = handle.tables<PlanTables>();

  function plans(filter: PlanFilter) {
    let query = db.selectFrom('plan');
    if (filter.personId !== undefined) query = query.where('person_id', '=', filter.personId);
    if (filter.feature !== undefined) query = query.where('feature', '=', filter.feature);
    if (filter.states !== undefined) query = query.where('state', 'in', filter.states);
    if (filter.jobs !== undefined) query = query.where(sql<boolean>`job_id in ${textList(handle.kind, filter.jobs)}`);
    return query;
  }

  function changes(plan: PlanId, filter: ChangeFilter) {
    let query = db.selectFrom('plan_change').where('plan_id', '=', plan);
    if (filter.states !== undefined) query = query.where('state', 'in', filter.states);
    if (filter.accountId !== undefined) query = query.where('account_id', '=', filter.accountId);
    return query;
  }

  return {
    async insert(id: PlanId, plan: NewPlan, now: Instant): Promise<void> {
      await db
        .insertInto('plan')
        .values({
          id,
          feature: plan.feature,
          person_id: plan.personId ?? null,
          title: plan.title,
          state: 'proposed',
          reason: plan.reason,
          summary: JSON.stringify(plan.summary),
          job_id: plan.jobId ?? null,
          created_at: now,
          expires_at: plan.expiresAt ?? null,
          decided_at: null,
          decided_by: null,
          finished_at: null,
          outcome: null,
        })
        .execute();
      for (let start = 0; start < plan.changes.length; start += CHANGES_PER_STATEMENT) {
        const rows = plan.changes
          .slice(start, start + CHANGES_PER_STATEMENT)
          .map((change, index) => [
            start + index + 1,
            change.kind,
            change.accountId ?? null,
            JSON.stringify(change.subject),
            JSON.stringify(change.before),
            JSON.stringify(change.after),
            JSON.stringify(change.reason),
            JSON.stringify({ kind: change.askedBy.kind, id: change.askedBy.id, name: change.askedBy.name }),
            change.reason.rule,
            rowKeyOf(change.subject, start + index + 1),
            Number(change.mayLeaveOut === true),
          ]);
        await sql`insert into plan_change (plan_id, seq, kind, account_id, subject, before, after, reason, asked_by, rule,
            row_key, may_leave_out, state)
          select ${id}, seq, kind, account_id, subject, before, after, reason, asked_by, rule, row_key, may_leave_out, 'planned'
          from ${jsonRows(handle.kind, CHANGE_COLUMNS, rows)} order by position`.execute(db);
      }
    },

    async byId(id: PlanId): Promise<Plan | undefined> {
      const row = await db.selectFrom('plan').selectAll().where('id', '=', id).executeTakeFirst();
      return row && planOf(row);
    },

    /** Moves the plan where it is in one of these states; undefined where it was in none of them, or is not there. */
    async move(id: PlanId, from: readonly PlanState[], set: Updateable<PlanTables['plan']>): Promise<Plan | undefined> {
      const row = await db.updateTable('plan').set(set).where('id', '=', id).where('state', 'in', from).returningAll().executeTakeFirst();
      return row && planOf(row);
    },

    /** Whether it waits for an answer; if so, nobody can answer it until the transaction ends. */
    async hold(id: PlanId): Promise<boolean> {
      const row = await db
        .updateTable('plan')
        .set({ state: 'proposed' })
        .where('id', '=', id)
        .where('state', '=', 'proposed')
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    /** The plan was carried out as a whole: what nobody has spoken of by itself is done. */
    async setPlannedDone(id: PlanId): Promise<void> {
      await db.updateTable('plan_change').set({ state: 'done' }).where('plan_id', '=', id).where('state', '=', 'planned').execute();
    },

    async due(now: Instant): Promise<readonly PlanId[]> {
      const rows = await db.selectFrom('plan').select('id').where('state', '=', 'proposed').where('expires_at', '<=', now).execute();
      return rows.map((row) => planId(row.id));
    },

    async list(filter: PlanFilter, { offset, limit }: Page): Promise<Readonly<{ plans: readonly Plan[]; total: number }>> {
      const rows = await plans(filter).selectAll().orderBy('created_at', 'desc').orderBy('id').offset(offset).limit(limit).execute();
      const { total } = await plans(filter).select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow();
      return { plans: rows.map(planOf), total };
    },

    async changes(
      plan: PlanId,
      filter: ChangeFilter,
      { offset, limit }: Page,
    ): Promise<Readonly<{ changes: readonly PlanChange[]; total: number }>> {
      const rows = await changes(plan, filter).selectAll().orderBy('seq').offset(offset).limit(limit).execute();
      const { total } = await changes(plan, filter).select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow();
      return { changes: rows.map(changeOf), total };
    },

    /** As `setChange`, for many at once. */
    async setChanges(plan: PlanId, seqs: readonly number[], state: ChangeState, outcome: string | null): Promise<void> {
      await db
        .updateTable('plan_change')
        .set({ state, outcome })
        .where('plan_id', '=', plan)
        .where(sql<boolean>`seq in ${idList(handle.kind, seqs)}`)
        .execute();
    },

    async setChange(plan: PlanId, seq: number, state: ChangeState, outcome: string | null): Promise<boolean> {
      const row = await db
        .updateTable('plan_change')
        .set({ state, outcome })
        .where('plan_id', '=', plan)
        .where('seq', '=', seq)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    async deleteFinished(before: Instant, final: readonly PlanState[]): Promise<number> {
      const { numDeletedRows } = await db
        .deleteFrom('plan')
        .where('state', 'in', final)
        .where('created_at', '<', before)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}
