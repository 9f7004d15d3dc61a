export { binMigrations } from './bin.schema.store.ts';
export type { Bin, BinContent, BinEntry, BinFilter, NewBinEntry } from './bin.store.ts';
export { createBin } from './bin.store.ts';
export type { Restorer, Restoring, RestoringDeps } from './restoring.store.ts';
export { createRestoring } from './restoring.store.ts';
