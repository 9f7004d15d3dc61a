export type { ExternalIds, Provider } from './external-ids.ts';
export { isProvider, normaliseExternalId, PROVIDERS } from './external-ids.ts';
