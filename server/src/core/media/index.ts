export type { ConflictKind } from './conflict.store.ts';
export type { CopyDetail } from './copy.store.ts';
export { customIdMigrations } from './custom-ids.schema.store.ts';
export {
  type CustomIds,
  createCustomIds,
  customIdRestorers,
  type LinkDraft,
  type ProviderDraft,
  providerName,
} from './custom-ids.ts';
export type { Copy, Media } from './describe.store.ts';
export type { EpisodeRange } from './episode-range.ts';
export { listEpisodes, MAX_EPISODE_RANGE, parseEpisodeRange } from './episode-range.ts';
export type { ExternalIds, Provider } from './external-ids.ts';
export { isProvider, normaliseExternalId, providerForms } from './external-ids.ts';
export type { MediaQuery } from './find.ts';
export type { IngestedCopy } from './ingest.ts';
export { createMatching, MATCH_BY_PATH, type Matching, type MatchOptions } from './matching.ts';
export { mediaMigrations } from './media.schema.store.ts';
export type { GoneCopy, MediaConflict, MediaGraph, MediaGraphDeps } from './media-graph.ts';
export { createMediaGraph } from './media-graph.ts';
export { mediaOrderMigrations } from './media-order.schema.store.ts';
export type { MergedPair, MergeRecord } from './merge.store.ts';
export type { KnownTitle, NamedTitle } from './name-titles.ts';
export { type CustomProvider, type IdLink, NO_OWN_IDS, type OwnIds, ownIdsOf } from './own-ids.ts';
export type { Choice } from './settle.ts';
export { titleInWords } from './title-in-words.ts';
