export { eventMigrations } from './events.schema.store.ts';
export type { DeadLetter } from './events.store.ts';
export { createEvents, type EventOf, type Events, type EventsDeps, type NewEvent, type Subscriber } from './events.ts';
