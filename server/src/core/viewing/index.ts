export type { ViewingChange, ViewingFacts, ViewingState } from './merge-viewing.ts';
export { mergeViewing } from './merge-viewing.ts';
export type { News, Observation, ObservationFacts, OwnPush, PlayNews, Refinement, Window } from './observation.ts';
export { believableDate, CLOCK_TOLERANCE, readNews } from './observation.ts';
export type { KnownPlay, PlayVerdict, ReportedPlays } from './same-play.ts';
export { decidePlays, sittingOf } from './same-play.ts';
export { viewingMigrations } from './viewing.schema.store.ts';
export type { EvidenceKind, NewEvidence, NewPlay, StoredObservation, StoredViewing, ViewingStore } from './viewing.store.ts';
export { createViewingStore } from './viewing.store.ts';
