import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { startHouse } from './bench-house.ts';
import { startUpstream } from './bench-upstream.ts';
import type { Figure, Reading } from './figure.ts';

/** The first import of a whole library into an empty house, beside the mere reading of its pages. */
export const importFigure: Figure = {
  id: 'import',
  title: 'Full import',
  async measure({ items, runs, vendor, folder, tell }) {
    const upstream = await startUpstream(vendor, items, folder);
    const readings: Reading[] = [];
    try {
      for (let run = 1; run <= runs; run++) {
        const base = await upstream.baseline();
        const house = await startHouse(await mkdtemp(join(folder, 'import-')));
        try {
          await house.addBackend(upstream.backend);
          const spent = await house.runImport();
          readings.push({ value: spent.wallMs, base: base.wallMs, beside: { cpuMs: spent.cpuMs, baselineCpuMs: base.cpuMs } });
          tell(`import ${run}/${runs}: ${Math.round(spent.wallMs)} ms, pages alone ${Math.round(base.wallMs)} ms`);
        } finally {
          await house.close();
        }
      }
    } finally {
      await upstream.close();
    }
    return [{ name: `Full import of ${items} items`, unit: 'ms', bar: 1.5, against: { row: 'baseline', times: 1.5 }, readings }];
  },
};
