import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { calibrate } from './calibration.ts';
import { chartOf } from './chart.ts';
import { pathOf } from './child.ts';
import type { Bar, Figure, RunOptions } from './figure.ts';
import { historyFigure } from './history.ts';
import { importFigure } from './import.ts';
import { latencyFigure } from './latency.ts';
import { logStreamFigure } from './log-stream.ts';
import { memoryFigure } from './memory.ts';
import { migrateFigure } from './migrate.ts';
import { playerFigure } from './player.ts';
import { reimportFigure } from './reimport.ts';
import { replicationFigure } from './replication.ts';
import { judge, type Result, tableOf } from './results.ts';
import { scrollFigure } from './scroll.ts';
import { startupFigure } from './startup.ts';
import { trackerFigure } from './tracker.ts';
import { webhookFigure } from './webhook.ts';

const FIGURES: readonly Figure[] = [
  importFigure,
  reimportFigure,
  memoryFigure,
  latencyFigure,
  webhookFigure,
  startupFigure,
  migrateFigure,
  playerFigure,
  replicationFigure,
  historyFigure,
  logStreamFigure,
  trackerFigure,
  scrollFigure,
];
const USAGE = `npm run bench -- [--only ${FIGURES.map((figure) => figure.id).join(',')}] [--runs 5] [--items 100000] [--vendor plex|jellyfin]`;

/** A result with the day, the machine and the runs by which it was taken. */
type Stored = Result & Readonly<{ taken: string }>;
type Latest = Readonly<{ taken: string; results: readonly (Result & Readonly<{ taken?: string }>)[] }>;

type Wish = Pick<RunOptions, 'items' | 'runs' | 'vendor'> & Readonly<{ figures: readonly Figure[] }>;

function readWish(): Wish {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      runs: { type: 'string', default: '5' },
      items: { type: 'string', default: '100000' },
      vendor: { type: 'string', default: 'plex' },
    },
  });
  const ids = values.only?.split(',');
  const figures = FIGURES.filter((figure) => ids?.includes(figure.id) ?? true);
  const [runs, items] = [Number(values.runs), Number(values.items)];
  const vendor = values.vendor === 'plex' || values.vendor === 'jellyfin' ? values.vendor : undefined;
  if (figures.length === 0 || !Number.isInteger(runs) || runs < 1 || !Number.isInteger(items) || items < 100 || vendor === undefined) {
    throw new Error(`The options are not understood. ${USAGE}`);
  }
  return { figures, runs, items, vendor };
}

/** What was measured before of figures that are not measured now, each with the day of its own. */
async function resultsBefore(file: string, now: readonly Figure[]): Promise<readonly Stored[]> {
  const measured = new Set(now.map((figure) => figure.id));
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const { taken, results } = text === undefined ? { taken: '', results: [] } : (JSON.parse(text) as Latest);
  return results.filter((result) => !measured.has(result.figure)).map((result) => ({ ...result, taken: result.taken ?? taken }));
}

/** A median of fewer runs than were asked for would not be the one that is told. */
function measuredInFull(bars: readonly Bar[], runs: number): readonly Bar[] {
  const short = bars.find((bar) => bar.readings.length < runs);
  if (short) throw new Error(`${short.name} was measured ${short.readings.length} times instead of ${runs}.`);
  return bars;
}

async function main(): Promise<void> {
  const { figures, ...wish } = readWish();
  const folder = await mkdtemp(join(tmpdir(), 'usherr-bench-'));
  const tell = (text: string): void => void process.stderr.write(`${text}\n`);
  try {
    tell('calibrating');
    const calibration = await calibrate(folder);
    const results: Result[] = [];
    for (const figure of figures) {
      const own = await mkdtemp(join(folder, `${figure.id}-`));
      try {
        for (const bar of measuredInFull(await figure.measure({ ...wish, folder: own, tell }), wish.runs))
          results.push(judge(figure.id, bar, calibration));
      } catch (error) {
        // The other figures are worth having all the same.
        tell(`${figure.title} could not be measured: ${error instanceof Error ? error.message : String(error)}`);
        process.exitCode = 1;
      }
      await rm(own, { recursive: true, force: true });
    }
    const machine = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`;
    const taken = `${new Date().toISOString().slice(0, 16)}Z · ${machine} · ${wish.vendor}, ${wish.items} items, median of ${wish.runs} runs`;
    const target = pathOf('./results');
    await mkdir(target, { recursive: true });
    const file = join(target, 'latest.json');
    const all = [...(await resultsBefore(file, figures)), ...results.map((result) => ({ ...result, taken }))];
    await writeFile(file, `${JSON.stringify({ taken, ...wish, calibration, results: all }, null, 2)}\n`);
    await writeFile(join(target, 'latest.svg'), chartOf(all, taken));
    console.log(`${taken}\n\n${tableOf(results, calibration)}\n\nWritten to ${target}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
