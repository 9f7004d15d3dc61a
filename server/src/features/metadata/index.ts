export type { AskedTitle } from './ask-about.ts';
export type { FillReport } from './fill-in.ts';
export { metadataMigrations } from './metadata.schema.store.ts';
export { type MetadataSettings, metadataSettingsOf } from './metadata.settings.ts';
export { createMetadata, type Metadata, type MetadataDeps, type MetadataStanding } from './metadata.ts';
