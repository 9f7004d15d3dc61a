export type { ChartStep } from './chart-days.ts';
export type { LibraryRow, ListStats, ShelfStats, WatchStats } from './sum-stats.ts';
export { type ChartStepSums, type ChartSum, type ChartWish, createWatchChart } from './watch-chart.ts';
export { createWatchStats, type WatchStatsDeps, type WatchStatsDesk } from './watch-stats.ts';
