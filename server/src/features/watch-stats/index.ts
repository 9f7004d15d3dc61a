export type { LibraryRow, ListStats, ShelfStats, WatchStats } from './sum-stats.ts';
export { createWatchStats, type WatchStatsDeps, type WatchStatsDesk } from './watch-stats.ts';
