import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { holdFolder } from '#platform/db/index.ts';
import { startHousehold } from '#tests/support/household.ts';
import { startDoomedHouse } from './doomed-house.ts';

describe('a data folder', () => {
  it('is one house’s: a second one refuses to start, and leaves the first in peace', { timeout: 60_000 }, async () => {
    const home = await startHousehold({ servers: ['jellyfin'] });
    try {
      const second = startDoomedHouse(home, {});
      await expect(second.says('ready')).rejects.toThrow(/Another Usherr runs on the data folder/);
      expect((await home.get('/v1/api/system/healthcheck')).status).toBe(200);
    } finally {
      await home.close();
    }
  });

  it('is free again when its house was killed', { timeout: 60_000 }, async () => {
    const home = await startHousehold({ servers: ['jellyfin'] });
    try {
      await home.stop();
      const first = startDoomedHouse(home, {});
      await first.says('ready');
      await first.kill();
      await home.start();
      expect((await home.get('/v1/api/system/healthcheck')).status).toBe(200);
    } finally {
      await home.close();
    }
  });

  it('is waited for while its house closes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'usherr-hold-'));
    try {
      const first = await holdFolder(folder, 0);
      await expect(holdFolder(folder, 0)).rejects.toMatchObject({ code: 'misconfigured' });
      const second = holdFolder(folder, 5_000);
      await sleep(150);
      first.release();
      (await second).release();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('is made for its own user alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'usherr-hold-'));
    try {
      const made = join(folder, 'data');
      (await holdFolder(made, 0)).release();
      expect((await stat(made)).mode & 0o777).toBe(0o700);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
