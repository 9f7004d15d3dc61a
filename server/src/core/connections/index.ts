export type { Account, AccountHealth, ServerRecord } from './account.ts';
export { describe, isListenedTo } from './account.ts';
export type { AccountPatch, AccountReplacement, NewAccount } from './account-draft.ts';
export { sendsTokenElsewhere } from './account-draft.ts';
export { normalUrl, refuseFaults, urlFault } from './account-input.ts';
export type { AccountOption, AccountOptions, OptionValue } from './account-options.ts';
export {
  ACCOUNT_OPTIONS,
  accountOption,
  flattenOptions,
  ignoredLibraries,
  nestOptions,
  optionsOfUser,
  readOptions,
  USER_PIN,
  uuidOfUser,
} from './account-options.ts';
export type { Drivers, UnsavedConnection } from './connection-of.ts';
export { connectionHealthMigrations, connectionMigrations } from './connections.schema.store.ts';
export type { Connections, ConnectionsDeps } from './connections.ts';
export { createConnections } from './connections.ts';
export type { FileStanding } from './file-standing.ts';
export type { LocalFile, LocalFiles, LocalFilesDeps, Reach } from './local-files.ts';
export { createLocalFiles } from './local-files.ts';
export type { PathMapping, Place } from './path-mapping.ts';
export { MEDIA_FOLDERS, PATH_MAPPINGS, placeOf } from './path-mapping.ts';
