import type { Counts, Plan, PlanChange, PlanPlace, PlanReview, PlanRow } from '#core/plans/index.ts';
import { type Instant, toIso } from '#kernel/instant.ts';
import { isoOrNull } from './account.shape.ts';
import type { PlanReview as ReviewShown, PlanRow as RowShown } from './contract.ts';

/** What accounts are called, and what kind of server they are on, by their ids. */
export type AccountNames = ReadonlyMap<number, Readonly<{ name: string; type: string }>>;

export const planShape = (plan: Plan, nameOf: (id: number | undefined) => string | null) => ({
  id: plan.id,
  feature: plan.feature,
  person: nameOf(plan.personId),
  title: plan.title,
  state: plan.state,
  reason: plan.reason,
  summary: { ...plan.summary },
  job_id: plan.jobId ?? null,
  created_at: toIso(plan.createdAt),
  expires_at: isoOrNull(plan.expiresAt),
  decided_at: isoOrNull(plan.decidedAt),
  decided_by: plan.decidedBy?.name ?? null,
  finished_at: isoOrNull(plan.finishedAt),
  outcome: plan.outcome ?? null,
});

export const changeShape = (change: PlanChange, accounts: AccountNames) => ({
  seq: change.seq,
  kind: change.kind,
  account_id: change.accountId ?? null,
  account: (change.accountId === undefined ? undefined : accounts.get(change.accountId)?.name) ?? null,
  subject: { ...change.subject },
  before: change.before,
  after: change.after,
  reason: {
    rule: change.reason.rule,
    facts: change.reason.facts.map(({ text, source, at }) => ({ text, source, at: isoOrNull(at) })),
  },
  asked_by: change.askedBy.name,
  may_leave_out: change.mayLeaveOut,
  state: change.state,
  outcome: change.outcome ?? null,
});

const isoOfNull = (at: Instant | null): string | null => (at === null ? null : toIso(at));
const countsShape = ({ add, change, remove, leftOut }: Counts) => ({ add, change, remove, left_out: leftOut });

export const placeShape = ({ accountId, name, readAt }: PlanPlace, accounts: AccountNames) => ({
  account_id: accountId,
  name: accounts.get(accountId)?.name ?? name,
  type: accounts.get(accountId)?.type ?? null,
  read_at: isoOfNull(readAt),
});

export const reviewShape = (
  { total, leftOut, fixed, places, own, groups, guards, outcomes }: PlanReview,
  accounts: AccountNames,
): Omit<ReviewShown, 'plan' | 'conflicts_open'> => ({
  total,
  left_out: leftOut,
  fixed,
  places: places.map((place) => ({ ...placeShape(place, accounts), counts: countsShape(place.counts) })),
  own: countsShape(own),
  groups: groups.map(({ kind, rule, effect, own: isOwn, mayLeaveOut, counts, byPlace }) => ({
    kind,
    rule,
    effect,
    own: isOwn,
    may_leave_out: mayLeaveOut,
    counts: countsShape(counts),
    by_place: byPlace.map((one) => ({ account_id: one.accountId, counts: countsShape(one.counts) })),
  })),
  guards: guards.map((guard) => ({ ...guard })),
  outcomes: {
    planned: outcomes.planned,
    left_out: outcomes['left-out'],
    done: outcomes.done,
    skipped: outcomes.skipped,
    failed: outcomes.failed,
    unconfirmed: outcomes.unconfirmed,
  },
});

export const rowShape = ({ key, title, leftOut, isNew, cells, changes }: PlanRow, accounts: AccountNames): RowShown => ({
  key,
  title,
  left_out: leftOut,
  is_new: isNew,
  cells: cells.map(({ accountId, state, change, standing }) => ({
    account_id: accountId,
    state,
    watched: standing?.watched ?? null,
    position_ms: standing?.positionMs ?? null,
    at: isoOrNull(standing?.at),
    seq: change?.seq ?? null,
  })),
  changes: changes.map((change) => changeShape(change, accounts)),
});
