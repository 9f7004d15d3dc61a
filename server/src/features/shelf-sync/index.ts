export { shelfSyncMigrations, wishSearchMigrations } from './shelf-sync.schema.store.ts';
export { createShelfSync, type ShelfSync, type ShelfSyncDeps } from './shelf-sync.ts';
