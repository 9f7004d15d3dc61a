export type { WebhookOutcome } from './receive-webhook.ts';
export { createRunHistory, type RunHistory, type RunKind, type SyncRun } from './run-history.ts';
export type { MarksOnPlace, ShownMarks } from './show-marks.ts';
export type { RunRequest } from './sync-parts.ts';
export type { TitleTellings, ToldChange, WaitingChange } from './told-of-titles.ts';
export { heldPushMigrations, watchSyncMigrations } from './watch-sync.schema.store.ts';
export { REPLAY } from './watch-sync.settings.ts';
export { mediaDeps } from './watch-sync.store.ts';
export {
  createWatchSync,
  type ForgottenAccount,
  PROPOSE_JOB,
  type PushStatus,
  type WatchSync,
  type WatchSyncDeps,
} from './watch-sync.ts';
