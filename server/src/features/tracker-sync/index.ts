export type { ConnectState, Invitation, NewLink } from './connect.ts';
export type { TrackerLink } from './connections.store.ts';
export type { Switches } from './facts.ts';
export type { Open } from './library.store.ts';
export type { Arrivals, TrackerSyncDeps } from './parts.ts';
export { trackerSyncMigrations } from './tracker-sync.schema.store.ts';
export { TRACKER_APP, trackerSyncSettings } from './tracker-sync.settings.ts';
export { createTrackerSync, type TrackerSync } from './tracker-sync.ts';
