import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { startHouse } from './bench-house.ts';
import { startUpstream } from './bench-upstream.ts';
import type { Figure, Reading } from './figure.ts';

/** A full import of a library of which nothing has changed since the last one. */
export const reimportFigure: Figure = {
  id: 'reimport',
  title: 'Unchanged re-import',
  async measure({ items, runs, vendor, folder, tell }) {
    const upstream = await startUpstream(vendor, items, folder);
    const house = await startHouse(await mkdtemp(join(folder, 'reimport-')));
    const readings: Reading[] = [];
    try {
      await house.addBackend(upstream.backend);
      await house.runImport();
      for (let run = 1; run <= runs; run++) {
        const base = await upstream.baseline();
        const spent = await house.runImport();
        readings.push({ value: spent.wallMs, base: base.wallMs, beside: { cpuMs: spent.cpuMs, baselineCpuMs: base.cpuMs } });
        tell(`re-import ${run}/${runs}: ${Math.round(spent.wallMs)} ms, pages alone ${Math.round(base.wallMs)} ms`);
      }
    } finally {
      await house.close();
      await upstream.close();
    }
    return [{ name: `Unchanged re-import of ${items} items`, unit: 'ms', bar: 1.2, against: { row: 'baseline', times: 1.2 }, readings }];
  },
};
