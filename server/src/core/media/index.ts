export type { EpisodeRange } from './episode-range.ts';
export { listEpisodes, MAX_EPISODE_RANGE, parseEpisodeRange } from './episode-range.ts';
export type { ExternalIds, Provider } from './external-ids.ts';
export { isProvider, normaliseExternalId, PROVIDERS } from './external-ids.ts';
