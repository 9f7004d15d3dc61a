import { readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { manyRows } from '#integrations/watchstate/watchstate-folder.fake.ts';
import { DATABASES } from '#tests/support/databases.ts';
import { API_KEY, type Household, startHousehold } from '#tests/support/household.ts';
import { everything, layFolder, moveIn, reportOf } from '#tests/support/moving.ts';
import { startDoomedHouse } from './doomed-house.ts';

const RECORDS = 6_000;
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function bigFolder(): Promise<string> {
  const server = (name: string) => ({
    type: 'jellyfin',
    url: `http://${name}.invalid`,
    token: 't',
    uuid: name,
    user: 'u',
    import: { enabled: true, lastSync: 1_700_000_000 },
  });
  const folder = await layFolder({
    main: { servers: { attic: server('attic'), barn: server('barn') }, rows: [...manyRows(RECORDS, ['attic', 'barn'])] },
  });
  folders.push(folder);
  return folder;
}

/** What must be the same whether or not it was interrupted: everything but ids, and the times at which we wrote it down. */
async function told(home: Household): Promise<unknown> {
  const { media, viewing, play, evidence, copy, observation } = await everything(home.rooms.database);
  const titles = new Map((media as { id: number; title: string }[]).map(({ id, title }) => [id, title]));
  const standings = (viewing as { media_id: number; watched: number; changed_at: number; position_ms: number }[]).map((one) => [
    titles.get(one.media_id),
    one.watched,
    one.changed_at,
    one.position_ms,
  ]);
  const plays = (play as { media_id: number; at: number }[]).map((one) => [titles.get(one.media_id), one.at]);
  return { standings: standings.sort(), plays: plays.sort(), counts: [media, evidence, copy, observation].map((rows) => rows?.length) };
}

describe('moving in', () => {
  it('that is killed in the middle goes on at the next start, and ends as if nothing had happened', { timeout: 120_000 }, async () => {
    const folder = await bigFolder();
    const [home, quiet] = [await startHousehold({ servers: [] }), await startHousehold({ servers: [] })];
    try {
      await moveIn(quiet, { program: 'watchstate', folder, apply: true });
      await home.stop();
      const doomed = startDoomedHouse(home, { listens: true });
      const [, address = ''] = (await doomed.says('ready')).split(' ');
      // What the key of the household was is known to this house alone.
      const headers = {
        'x-api-key': readFileSync(join(home.config.dataDir, 'cli.key'), 'utf8').trim(),
        'content-type': 'application/json',
      };
      const call = async (path: string, init: RequestInit = {}) =>
        (await (await fetch(`${address}/api/v1${path}`, { headers, ...init })).json()) as Record<string, unknown>;
      const { job_id } = await call('/moving-in', { method: 'POST', body: JSON.stringify({ program: 'watchstate', folder, apply: true }) });
      const id = String(job_id);
      while (Number((await call('/history?per_page=1')).total) === 0) await sleep(5);
      await doomed.kill();

      await home.start();
      const report = await reportOf(home, id);
      const { taken, there, refused } = report.people[0]?.history ?? expect.fail();
      expect(taken + there + refused).toBe(RECORDS);
      expect(there).toBeGreaterThan(0);
      expect(await told(home)).toEqual(await told(quiet));
      const files = await readdir(home.config.dataDir);
      expect(files.filter((name) => name.includes('before-moving-in'))).toHaveLength(1);
      expect(await readdir(join(home.config.dataDir, 'moving-in'))).toEqual([`${id}.json`]);
    } finally {
      await home.close();
      await quiet.close();
    }
  });

  it.each(DATABASES)(
    'that is cancelled leaves what it has taken, and is finished by the next, on %s',
    { timeout: 60_000 },
    async (database) => {
      const folder = await bigFolder();
      const home = await startHousehold({ servers: [], database });
      try {
        const owner = (await home.rooms.access.authenticate({ credential: API_KEY, surface: 'app' })) ?? expect.fail();
        const { id } = await home.rooms.movingIn.move({ program: 'watchstate', folder, apply: true }, owner.actor);
        const held = async () => ((await everything(home.rooms.database, ['viewing'])).viewing ?? []).length;
        while ((await held()) === 0) await sleep(5);
        await home.rooms.jobs.cancel(id);
        expect((await home.rooms.jobs.settled(id, AbortSignal.timeout(20_000))).status).toBe('cancelled');
        const { people } = await moveIn(home, { program: 'watchstate', folder, apply: true });
        expect((people[0]?.history.taken ?? 0) + (people[0]?.history.there ?? 0)).toBe(RECORDS);
        expect((await everything(home.rooms.database)).play).toHaveLength(RECORDS * 0.6);
      } finally {
        await home.close();
      }
    },
  );
});
