import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { startHouse } from './bench-house.ts';
import { startUpstream } from './bench-upstream.ts';
import type { Figure, Reading } from './figure.ts';

const ALLOWED_MS = 1_000;

/** From the start of the process until it listens, with a whole library stored. */
export const startupFigure: Figure = {
  id: 'startup',
  title: 'Second start',
  async measure({ items, runs, vendor, folder, tell }) {
    const data = await mkdtemp(join(folder, 'startup-'));
    const upstream = await startUpstream(vendor, items, folder);
    try {
      const first = await startHouse(data);
      await first.addBackend(upstream.backend);
      await first.runImport();
      await first.close();
    } finally {
      await upstream.close();
    }
    const readings: Reading[] = [];
    for (let run = 1; run <= runs; run++) {
      const house = await startHouse(data);
      readings.push({ value: house.listeningMs });
      await house.close();
      tell(`start ${run}/${runs}: ${Math.round(house.listeningMs)} ms`);
    }
    return [{ name: `Second start with ${items} items`, unit: 'ms', bar: ALLOWED_MS, against: { row: 'route', times: 1_000 }, readings }];
  },
};
