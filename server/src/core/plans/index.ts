export type { ChangeFact, ChangeState, NewPlan, NewPlanChange, Plan, PlanChange, PlanState } from './plan.ts';
export { planMigrations } from './plans.schema.store.ts';
export type { ChangeFilter, PlanFilter } from './plans.store.ts';
export type { Plans, PlansDeps } from './plans.ts';
export { createPlans } from './plans.ts';
