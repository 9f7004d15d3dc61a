import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AboutDesk } from '#surfaces/app/index.ts';
import type { Rooms } from './app.ts';
import { release } from './release.ts';

/** What lies below a folder, in bytes. What goes away meanwhile counts nothing; links are not followed. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += await bytesIn(path);
    else if (entry.isFile())
      bytes += await lstat(path).then(
        (found) => found.size,
        () => 0,
      );
  }
  return bytes;
}

/** What this house is and where it keeps things. */
export function createAboutDesk({ config, database, clock }: Pick<Rooms, 'config' | 'database' | 'clock'>): AboutDesk {
  const startedAt = clock.now();
  return {
    async read() {
      return {
        version: release.version,
        licence: release.licence,
        startedAt,
        runtime: `Node.js ${process.version}`,
        dataFolder: { path: config.dataDir, bytes: await bytesIn(config.dataDir) },
        database: { kind: database.kind, place: database.place },
      };
    },
  };
}
