export { activityMigrations } from './activity.schema.store.ts';
export type { Activity, ActivityEntry, ActivityFilter, NewActivity } from './activity.store.ts';
export { createActivity } from './activity.store.ts';
export { type ActorRef, houseActor } from './actor-ref.ts';
