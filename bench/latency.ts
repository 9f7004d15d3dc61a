import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BenchHouse, startHouse } from './bench-house.ts';
import { startUpstream } from './bench-upstream.ts';
import { type Figure, percentile, type Reading } from './figure.ts';

const PER_SECOND = 20;
const ALLOWED_MS = 50;

/** How long people wait for their history while a full import runs. */
export const latencyFigure: Figure = {
  id: 'latency',
  title: 'History while importing',
  async measure({ items, runs, vendor, folder, tell }) {
    const upstream = await startUpstream(vendor, items, folder);
    const readings: Reading[] = [];
    try {
      for (let run = 1; run <= runs; run++) {
        const house = await startHouse(await mkdtemp(join(folder, 'latency-')));
        try {
          await house.addBackend(upstream.backend);
          await timed(house, 0);
          const pacer = pace(house);
          await house.runImport();
          const times = await pacer.stop();
          const p99 = percentile(times, 0.99);
          readings.push({ value: p99, beside: { requests: times.length, p50Ms: percentile(times, 0.5), maxMs: Math.max(...times) } });
          tell(`latency ${run}/${runs}: p99 ${p99.toFixed(1)} ms of ${times.length} requests`);
        } finally {
          await house.close();
        }
      }
    } finally {
      await upstream.close();
    }
    return [{ name: 'History while importing, p99', unit: 'ms', bar: ALLOWED_MS, against: { row: 'route', times: 50 }, readings }];
  },
};

/** Requests at their times, whether or not the earlier ones have been answered: a slow house is not given a rest. */
function pace(house: BenchHouse): Readonly<{ stop(): Promise<readonly number[]> }> {
  const answers: Promise<number>[] = [];
  let going = true;
  const ended = (async () => {
    const begun = performance.now();
    for (let n = 1; going; n++) {
      answers.push(timed(house, n));
      await sleep(Math.max(0, begun + (n * 1_000) / PER_SECOND - performance.now()));
    }
  })();
  return {
    async stop() {
      going = false;
      await ended;
      return Promise.all(answers);
    },
  };
}

async function timed(house: BenchHouse, n: number): Promise<number> {
  const started = performance.now();
  const { status } = await house.call('GET', `/history?perpage=50&page=${1 + (n % 3)}`);
  // Before the first page is stored there is no history, and the page answers 404 for that.
  if (status !== 200 && status !== 404) throw new Error(`The history was answered ${status} during an import.`);
  return performance.now() - started;
}
