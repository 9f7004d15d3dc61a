export type { Activities, LibraryType, StampKind } from './activities.ts';
export type { StampedTx } from './stamps.store.ts';
export type { AnimeAmong } from './title-types.store.ts';
export { trackerMigrations } from './tracker.schema.store.ts';
export { createTracker, type Tracker, type TrackerDeps } from './tracker.ts';
