export type { PinnedSource } from './pinned-settings.ts';
export type { SettingDefinition, SettingScope } from './setting-definition.ts';
export { defineSetting } from './setting-definition.ts';
export { settingMigrations } from './settings.schema.store.ts';
export type { SettingChange, SettingSubject, Settings, SettingsDeps, SettingView } from './settings.ts';
export { createSettings } from './settings.ts';
