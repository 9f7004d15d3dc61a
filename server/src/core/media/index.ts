export { type Anime, createAnime } from './anime.store.ts';
export type {
  AnimeCoordinates,
  AnimeCoordinatesDeps,
  AnimeTitle,
  Coordinates,
  LoadedMapping,
  MappingReport,
  NativeEpisode,
  NativePlace,
  TvdbEpisode,
} from './anime-coordinates.ts';
export { createAnimeCoordinates } from './anime-coordinates.ts';
export { animeMappingMigrations } from './anime-mapping.schema.store.ts';
export type { AnimeMapping, AnimeSpan, MappedAnime } from './anime-mapping.ts';
export { type AnimeType, type AnimeTypes, createAnimeTypes } from './anime-types.ts';
export { claimedIds, siteIdsOf } from './claim-ids.ts';
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
export type { EpisodeClaim } from './episode-claims.ts';
export type { EpisodeRange } from './episode-range.ts';
export { listEpisodes, MAX_EPISODE_RANGE, parseEpisodeRange } from './episode-range.ts';
export type { ExternalIds, Provider } from './external-ids.ts';
export { isProvider, normaliseExternalId, providerForms } from './external-ids.ts';
export type { MediaQuery } from './find.ts';
export type { IngestedCopy } from './ingest.ts';
export { createMatching, MATCH_BY_PATH, type Matching, type MatchOptions } from './matching.ts';
export { mediaMigrations } from './media.schema.store.ts';
export type { MediaConflict, MediaGraph, MediaGraphDeps } from './media-graph.ts';
export { createMediaGraph } from './media-graph.ts';
export { mediaOrderMigrations } from './media-order.schema.store.ts';
export type { MergedPair, MergeRecord } from './merge.store.ts';
export type { KnownTitle, NamedTitle } from './name-titles.ts';
export { createNativeEpisodes, type EpisodePlace, type NativeClaim, type NativeEpisodes } from './native-episodes.ts';
export { type CustomProvider, type IdLink, NO_OWN_IDS, type OwnIds, ownIdsOf } from './own-ids.ts';
export type { PicturedCopy } from './pictured-copies.store.ts';
export { createPlainTitles, type TitleSearch, type TitleShelf } from './plain-titles.store.ts';
export type { Choice } from './settle.ts';
export { type ClaimOptions, createTitleClaims, type TitleClaim, type TitleClaims, type VerifyTitle } from './title-claims.ts';
export type {
  KnownEpisode,
  KnownEpisodes,
  PosterSources,
  TitleFacts,
  TitlePicture,
  TitleStatus,
  ToldEpisode,
  ToldFacts,
  ToldTitle,
} from './title-fact.ts';
export { titleFactMigrations } from './title-facts.schema.store.ts';
export { createTitleFacts, type TitleFactDesk, type TitleFactsDeps } from './title-facts.ts';
export { titleInWords } from './title-in-words.ts';
export { createTitleNumbers, type TitleNumbers } from './title-numbers.ts';
export { createTitleSheets, type TitleSheet } from './title-sheets.ts';
export { titleNumberMigrations } from './titles.schema.store.ts';
export { worksOf } from './works.store.ts';
