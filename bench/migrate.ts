import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import {
  awkwardRows,
  manyRows,
  openFakeState,
  writeWatchstateFolder,
} from '../server/src/integrations/watchstate/watchstate-folder.fake.ts';
import { startHouse } from './bench-house.ts';
import type { Bar, Figure, Reading } from './figure.ts';

const BACKENDS = ['attic', 'barn'] as const;

/** A real data folder with a history of that size, on two backends. */
async function layFolder(root: string, items: number): Promise<void> {
  const server = (name: string, type: string) => ({
    type,
    url: `http://${name}.invalid:8096`,
    token: `token-of-${name}`,
    uuid: `uuid-of-${name}`,
    user: 'u1',
    import: { enabled: true, lastSync: 1_700_000_000 },
    export: { enabled: true, lastSync: 1_700_000_000 },
    options: {},
  });
  await writeWatchstateFolder(root, { main: { servers: { attic: server('attic', 'jellyfin'), barn: server('barn', 'emby') } } });
  await mkdir(join(root, 'db'), { recursive: true });
  const state = openFakeState(join(root, 'db', 'watchstate_v02.db'));
  state.add(manyRows(items, BACKENDS));
  state.add(awkwardRows(BACKENDS));
  state.close();
}

/** Moving in, the first time and once more, when everything is here already. */
export const migrateFigure: Figure = {
  id: 'migrate',
  title: 'Moving in from WatchState',
  async measure({ items, runs, folder, tell }) {
    const root = join(folder, 'config');
    await layFolder(root, items);
    const first: Reading[] = [];
    const again: Reading[] = [];
    for (let run = 1; run <= runs; run++) {
      const house = await startHouse(await mkdtemp(join(folder, 'house-')));
      try {
        const once = await house.moveIn('watchstate', root);
        const twice = await house.moveIn('watchstate', root);
        if (once.taken < items || twice.taken + twice.changed > 0 || twice.refused !== once.refused)
          throw new Error(
            `Twice was not once: ${once.taken} were taken, then ${twice.taken}; ${once.refused} were refused, then ${twice.refused}.`,
          );
        first.push({ value: once.wallMs, beside: { cpuMs: once.cpuMs } });
        again.push({ value: twice.wallMs, beside: { cpuMs: twice.cpuMs } });
        tell(`migrate ${run}/${runs}: ${Math.round(once.wallMs)} ms, and once more ${Math.round(twice.wallMs)} ms`);
      } finally {
        await house.close();
      }
    }
    const bar = (name: string, msEach: number, readsEach: number, readings: readonly Reading[]): Bar => ({
      name,
      unit: 'ms',
      bar: items * msEach,
      against: { row: 'read', times: items * readsEach },
      readings,
    });
    return [bar(`Moving in with ${items} records`, 0.6, 75, first), bar('The same once more', 0.3, 40, again)];
  },
};
