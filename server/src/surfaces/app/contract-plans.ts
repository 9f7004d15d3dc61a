import { type Static, Type } from 'typebox';
import { Anything, Count, Members, OneOf, OrNull, PageQuery, PersonQuery, strict, Text, Time } from './contract-words.ts';

const PlanState = OneOf(['proposed', 'approved', 'rejected', 'expired', 'applying', 'applied', 'failed']);
const ChangeState = OneOf(['planned', 'left-out', 'done', 'skipped', 'failed', 'unconfirmed']);
export const Plan = Type.Object({
  id: Type.String(),
  feature: Type.String(),
  person: OrNull(Type.String()),
  title: Type.String(),
  state: PlanState,
  reason: Type.String(),
  summary: Members,
  job_id: OrNull(Type.String()),
  created_at: Time,
  expires_at: OrNull(Time),
  decided_at: OrNull(Time),
  decided_by: OrNull(Type.String()),
  finished_at: OrNull(Time),
  outcome: OrNull(Type.String()),
});
export type Plan = Static<typeof Plan>;
export const PlanChange = Type.Object({
  seq: Type.Integer(),
  kind: Type.String(),
  account_id: OrNull(Type.Integer()),
  account: OrNull(Type.String({ description: 'The name of that account; null once it is removed' })),
  subject: Members,
  before: Anything,
  after: Anything,
  reason: Type.Object({
    rule: Type.String(),
    facts: Type.Array(Type.Object({ text: Type.String(), source: Type.String(), at: OrNull(Time) })),
  }),
  asked_by: Type.String(),
  may_leave_out: Type.Boolean(),
  state: ChangeState,
  outcome: OrNull(Type.String()),
});
export type PlanChange = Static<typeof PlanChange>;
export const PlanQuery = Type.Object({ ...PageQuery, ...PersonQuery, state: Type.Optional(PlanState) });
export const ChangeQuery = Type.Object({ ...PageQuery, state: Type.Optional(ChangeState) });
export const PlanWish = Type.Object({ ...PersonQuery }, strict);

const Counts = Type.Object({ add: Count, change: Count, remove: Count, left_out: Count });
const PlaceShown = Type.Object({ account_id: Type.Integer(), name: Type.String(), type: OrNull(Type.String()), read_at: OrNull(Time) });
export const PlanReview = Type.Object({
  plan: Plan,
  total: Count,
  left_out: Count,
  fixed: Type.Integer({ minimum: 0, description: 'Changes that cannot be left out' }),
  places: Type.Array(Type.Object({ ...PlaceShown.properties, counts: Counts })),
  own: Type.Object({ ...Counts.properties }, { description: 'What the history of this house would learn' }),
  groups: Type.Array(
    Type.Object({
      kind: Type.String(),
      rule: Type.String(),
      effect: OneOf(['add', 'change', 'remove']),
      own: Type.Boolean(),
      may_leave_out: Type.Boolean(),
      counts: Counts,
      by_place: Type.Array(Type.Object({ account_id: Type.Integer(), counts: Counts })),
    }),
  ),
  guards: Type.Array(Type.Object({ guard: OneOf(['sources', 'limit', 'removals']), passed: Type.Boolean(), message: Type.String() })),
  conflicts_open: Count,
  outcomes: Type.Object({ planned: Count, left_out: Count, done: Count, skipped: Count, failed: Count, unconfirmed: Count }),
});
export type PlanReview = Static<typeof PlanReview>;

export const PlanRow = Type.Object({
  key: Type.String(),
  title: Type.String(),
  left_out: Type.Boolean(),
  is_new: Type.Boolean({ description: 'Came to the plan after a former one was approved' }),
  cells: Type.Array(
    Type.Object({
      account_id: Type.Integer(),
      state: OneOf(['add', 'change', 'remove', 'source', 'already', 'untouched', 'absent', 'unknown']),
      watched: OrNull(Type.Boolean()),
      position_ms: OrNull(Type.Integer()),
      at: OrNull(Time),
      seq: OrNull(Type.Integer()),
    }),
  ),
  changes: Type.Array(PlanChange),
});
export type PlanRow = Static<typeof PlanRow>;
export const PlanRows = Type.Object({
  places: Type.Array(PlaceShown),
  items: Type.Array(PlanRow),
  total: Count,
  page: Type.Integer(),
  per_page: Type.Integer(),
});
const Chosen = {
  kind: Type.Optional(Text(100)),
  rule: Type.Optional(Text(500)),
  account: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
};
export const RowQuery = Type.Object({ ...PageQuery, ...Chosen, state: Type.Optional(ChangeState) });
export const LeaveOutWish = Type.Object(
  {
    left_out: Type.Boolean({ description: 'False takes them in again' }),
    ...Chosen,
    rows: Type.Optional(Type.Array(Text(200), { minItems: 1, maxItems: 1_000 })),
  },
  strict,
);
