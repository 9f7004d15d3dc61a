import type { Calibration } from './calibration.ts';
import { type Bar, median } from './figure.ts';

/** A bar as it is shown and stored. */
export type Result = Readonly<{
  figure: string;
  name: string;
  unit: string;
  /** The median of all runs; for bars that are multiples, of the runs' own multiples. */
  median: number;
  bar: number;
  /** The value in relation to this run's calibration, and what that may be. */
  ratio: number;
  ratioBar: number;
  against: string;
  verdict: 'holds' | 'holds by calibration' | 'missed';
  runs: readonly Readonly<{ value: number; base?: number; beside?: Readonly<Record<string, number>> }>[];
  beside: Readonly<Record<string, number>>;
}>;

const ROWS = { route: 'routeMs', read: 'readMs', memory: 'memoryMb' } as const;

/** A bar is missed only where the ratio to the calibration is missed too. */
export function judge(figure: string, bar: Bar, calibration: Calibration): Result {
  const value = median(bar.readings.map((reading) => reading.value / (reading.base ?? 1)));
  const { row, times } = bar.against;
  const ratio = row === 'baseline' ? value : value / calibration[ROWS[row]];
  const verdict = value <= bar.bar ? 'holds' : ratio <= times ? 'holds by calibration' : 'missed';
  return {
    figure,
    name: bar.name,
    unit: row === 'baseline' ? '×' : bar.unit,
    median: value,
    bar: bar.bar,
    ratio,
    ratioBar: times,
    against: row === 'baseline' ? 'pages alone' : `bare ${row}`,
    verdict,
    runs: bar.readings,
    beside: besideOf(bar),
  };
}

function besideOf({ readings, against }: Bar): Readonly<Record<string, number>> {
  const names = new Set(readings.flatMap((reading) => Object.keys(reading.beside ?? {})));
  const means = Object.fromEntries(
    [...names].map((name) => [name, median(readings.map((reading) => reading.beside?.[name] ?? Number.NaN))]),
  );
  if (against.row !== 'baseline') return means;
  return {
    wallMs: median(readings.map((one) => one.value)),
    baselineWallMs: median(readings.map((one) => one.base ?? Number.NaN)),
    ...means,
  };
}

const short = (value: number): string => (Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3))));

export function tableOf(results: readonly Result[], calibration: Calibration): string {
  const head = ['', 'median', 'bar', 'to calibration', 'allowed', '', 'beside'];
  const rows = results.map((result) => [
    result.name,
    `${short(result.median)} ${result.unit}`,
    `${short(result.bar)} ${result.unit}`,
    `${short(result.ratio)} × ${result.against}`,
    `${short(result.ratioBar)} ×`,
    result.verdict,
    Object.entries(result.beside)
      .map(([name, value]) => `${name} ${short(value)}`)
      .join(', '),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const { routeMs, readMs, memoryMb } = calibration;
  const calibrated = `Calibration: bare Fastify route ${short(routeMs)} ms, bare SQLite read ${short(readMs * 1_000)} µs, idle Node ${short(memoryMb)} MB`;
  return [line(head), ...rows.map(line), '', calibrated].join('\n');
}
