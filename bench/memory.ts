import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startHouse } from './bench-house.ts';
import { startUpstream } from './bench-upstream.ts';
import { memoryOf, watchMemory } from './child.ts';
import type { Bar, Figure, Reading, RunOptions } from './figure.ts';

const SETTLE_MS = 1_500;
const ALLOWED_MB = 150;

/** How much memory a house takes beyond what it has when idle, at its highest during a full import. */
export const memoryFigure: Figure = {
  id: 'memory',
  title: 'Memory over idle',
  async measure(options) {
    const bars: Bar[] = [];
    for (const items of [options.items, options.items * 5]) {
      const readings = await growth(items, options);
      bars.push({
        name: `Memory over idle, ${items} items`,
        unit: 'MB',
        bar: ALLOWED_MB,
        against: { row: 'memory', times: 2.5 },
        readings,
      });
    }
    return bars;
  },
};

async function growth(items: number, { runs, vendor, folder, tell }: RunOptions): Promise<readonly Reading[]> {
  const upstream = await startUpstream(vendor, items, folder);
  const readings: Reading[] = [];
  try {
    for (let run = 1; run <= runs; run++) {
      const house = await startHouse(await mkdtemp(join(folder, 'memory-')));
      try {
        await house.addBackend(upstream.backend);
        await sleep(SETTLE_MS);
        const idle = memoryOf(house.pid);
        const watched = watchMemory(house.pid);
        await house.runImport();
        const peak = watched.stop();
        readings.push({ value: peak - idle, beside: { idleMb: idle, peakMb: peak } });
        tell(`memory ${run}/${runs}, ${items} items: ${Math.round(idle)} MB idle, ${Math.round(peak)} MB at most`);
      } finally {
        await house.close();
      }
    }
  } finally {
    await upstream.close();
  }
  return readings;
}
