export type { BackupFile, BackupFolder } from './backup-folder.ts';
export { createReset } from './reset-histories.ts';
export { createUpkeep, type Upkeep, type UpkeepDeps } from './upkeep.ts';
export type { UpkeepRequest } from './upkeep-request.ts';
