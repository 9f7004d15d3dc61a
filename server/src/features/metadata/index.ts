export type { AskedTitle } from './ask-about.ts';
export type { FillReport } from './fill-in.ts';
export type { FilmFound, LimitedQuestions } from './limit-questions.ts';
export { createMappingImports, type MappingImports, type MappingImportsDeps } from './mapping-imports.ts';
export { metadataMigrations } from './metadata.schema.store.ts';
export { type MetadataSettings, metadataSettingsOf } from './metadata.settings.ts';
export { createMetadata, type Metadata, type MetadataDeps, type MetadataStanding } from './metadata.ts';
