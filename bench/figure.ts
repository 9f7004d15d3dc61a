import type { BenchVendor } from './upstream.ts';

/** What one run found. `value` is held against `bar`; where `base` is given, the bar is a multiple of it. */
export type Reading = Readonly<{ value: number; base?: number; beside?: Readonly<Record<string, number>> }>;

export type RunOptions = Readonly<{
  /** Titles in the library; figures about growth take it five times as large as well. */
  items: number;
  runs: number;
  vendor: BenchVendor;
  /** A folder that is deleted afterwards. */
  folder: string;
  /** Called after every run, so that whoever waits sees that it goes on. */
  tell(text: string): void;
}>;

/** One bar: `value ≤ bar` or, where readings carry a base, `value ≤ bar × base`. The medians of all runs are compared. */
export type Bar = Readonly<{
  name: string;
  unit: 'ms' | 'MB' | '×';
  bar: number;
  /** Which row of the calibration the value is put in relation to, and what that row may be multiplied by. */
  against: Readonly<{ row: 'route' | 'read' | 'memory' | 'baseline'; times: number }>;
  readings: readonly Reading[];
}>;

export type Figure = Readonly<{ id: string; title: string; measure(options: RunOptions): Promise<readonly Bar[]> }>;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
