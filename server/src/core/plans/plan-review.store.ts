import type { AccountId, PlanId } from '#kernel/ids.ts';
import { type Handle, idList, sql, textList } from '#platform/db/index.ts';
import type { ChangeState, PlanChange } from './plan.ts';
import type { PlanTables } from './plans.schema.store.ts';
import { changeOf, type Page } from './plans.store.ts';

/** Some of the changes of a plan. What is left out asks for nothing. */
export type Selection = Readonly<{
  kind?: string;
  rule?: string;
  accountId?: AccountId;
  rows?: readonly string[];
  seqs?: readonly number[];
  states?: readonly ChangeState[];
}>;

export type Tally = Readonly<{
  kind: string;
  rule: string;
  accountId: number | undefined;
  state: ChangeState;
  mayLeaveOut: boolean;
  count: number;
  /** The first of them, as an example. */
  seq: number;
}>;

export type ReviewStore = ReturnType<typeof createReviewStore>;

/** What is asked of a plan's changes while somebody looks at them. */
export function createReviewStore(handle: Handle) {
  const db = handle.tables<PlanTables>();

  const chosen = ({ kind, rule, accountId, rows, seqs, states }: Selection) => sql<boolean>`1 = 1
    ${kind === undefined ? sql`` : sql`and kind = ${kind}`}
    ${rule === undefined ? sql`` : sql`and rule = ${rule}`}
    ${accountId === undefined ? sql`` : sql`and account_id = ${accountId}`}
    ${rows === undefined ? sql`` : sql`and row_key in ${textList(handle.kind, rows)}`}
    ${seqs === undefined ? sql`` : sql`and seq in ${idList(handle.kind, seqs)}`}
    ${states === undefined ? sql`` : sql`and state in ${textList(handle.kind, states)}`}`;

  return {
    async tallies(plan: PlanId): Promise<readonly Tally[]> {
      const rows = await db
        .selectFrom('plan_change')
        .select((eb) => [
          'kind',
          'rule',
          'account_id',
          'state',
          'may_leave_out',
          eb.fn.countAll<number>().as('count'),
          eb.fn.min('seq').as('seq'),
        ])
        .where('plan_id', '=', plan)
        .groupBy(['kind', 'rule', 'account_id', 'state', 'may_leave_out'])
        .orderBy('seq')
        .execute();
      return rows.map((row) => ({
        kind: row.kind,
        rule: row.rule,
        accountId: row.account_id ?? undefined,
        state: row.state as ChangeState,
        mayLeaveOut: row.may_leave_out === 1,
        count: Number(row.count),
        seq: Number(row.seq),
      }));
    },

    async some(plan: PlanId, selection: Selection): Promise<readonly PlanChange[]> {
      const rows = await db
        .selectFrom('plan_change')
        .selectAll()
        .where('plan_id', '=', plan)
        .where(chosen(selection))
        .orderBy('seq')
        .execute();
      return rows.map(changeOf);
    },

    /** All changes of these rows, by the key of the row. */
    async rowsOf(plan: PlanId, keys: readonly string[]): Promise<ReadonlyMap<string, readonly PlanChange[]>> {
      const rows = await db
        .selectFrom('plan_change')
        .selectAll()
        .where('plan_id', '=', plan)
        .where(chosen({ rows: keys }))
        .orderBy('seq')
        .execute();
      return new Map([...Map.groupBy(rows, (row) => row.row_key)].map(([key, some]) => [key, some.map(changeOf)]));
    },

    /** Keys of the rows in which something is chosen, in the order of the plan. */
    async rowKeys(
      plan: PlanId,
      selection: Selection,
      { offset, limit }: Page,
    ): Promise<Readonly<{ keys: readonly string[]; total: number }>> {
      const found = db.selectFrom('plan_change').where('plan_id', '=', plan).where(chosen(selection));
      const rows = await found
        .select((eb) => ['row_key', eb.fn.min('seq').as('first')])
        .groupBy('row_key')
        .orderBy('first')
        .offset(offset)
        .limit(limit)
        .execute();
      const { total } = await found.select(sql<number>`count(distinct row_key)`.as('total')).executeTakeFirstOrThrow();
      return { keys: rows.map((row) => row.row_key), total: Number(total) };
    },

    /** Takes part in the transaction of the caller, which holds the plan. */
    async setLeftOut(plan: PlanId, selection: Selection, leftOut: boolean): Promise<void> {
      const [from, to] = leftOut ? (['planned', 'left-out'] as const) : (['left-out', 'planned'] as const);
      await db
        .updateTable('plan_change')
        .set({ state: to })
        .where('plan_id', '=', plan)
        .where('state', '=', from)
        .where('may_leave_out', '=', 1)
        .where(chosen(selection))
        .execute();
    },

    /** What is not learned cannot be told: what rests on a lesson that is left out is left out with it. */
    async leaveOutWhatRests(plan: PlanId): Promise<void> {
      await sql`update plan_change set state = 'left-out' where plan_id = ${plan} and state = 'planned' and may_leave_out = 1
        and row_key in (select row_key from plan_change where plan_id = ${plan} and state = 'left-out' and kind like 'learn-%')`.execute(
        db,
      );
    },

    /** And the other way round: what is to be told has to be learned. */
    async takeInWhatIsNeeded(plan: PlanId): Promise<void> {
      await sql`update plan_change set state = 'planned' where plan_id = ${plan} and state = 'left-out' and kind like 'learn-%'
        and row_key in (select row_key from plan_change where plan_id = ${plan} and state = 'planned')`.execute(db);
    },
  };
}
