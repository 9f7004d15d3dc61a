export type { Difference, Drift, DriftKind } from './drift.ts';
export type { Failure, StandingState, UserMapping } from './facts.ts';
export type { StateImport } from './import-dumb-state.ts';
export type { Preview, PreviewedChange, PreviewedStanding, SubordinatePreview } from './preview.ts';
export { quietCycleMigrations, replicationMigrations } from './replication.schema.store.ts';
export type { ConfigImport, ConfigVerbs, ConfigView, ReplicationOptions } from './replication-config.ts';
export type { RunContext } from './replication-parts.ts';
export { type ReplicationOption, replicationSettings } from './replication-settings.ts';
export type {
  FailedRequest,
  ReplicaAt,
  ReplicationState,
  ReplicationStatus,
  RequestStanding,
  StandingThere,
  SubordinateStatus,
  TrackedRequest,
} from './reports.ts';
export {
  createRequestReplication,
  type RequestReplication,
  type RequestReplicationDeps,
  type RetryWish,
  type WebhookAnswer,
} from './request-replication.ts';
