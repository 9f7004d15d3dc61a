export type { ChangeFact, ChangeState, NewPlan, NewPlanChange, PlaceStanding, Plan, PlanChange, PlanPlace, PlanState } from './plan.ts';
export type { Counts, Guard, LeaveOut, PlanGroup, PlanReview } from './plan-review.ts';
export type { Cell, CellState, Effect, PlanRow } from './plan-row.ts';
export { planMigrations, planReviewMigrations } from './plans.schema.store.ts';
export type { ChangeFilter, PlanFilter } from './plans.store.ts';
export type { Plans, PlansDeps } from './plans.ts';
export { createPlans } from './plans.ts';
