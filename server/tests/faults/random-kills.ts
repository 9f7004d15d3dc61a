import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { startDoomedHouse } from './doomed-house.ts';
import { createDice, type Dice, seedHousehold } from './seeded-household.ts';
import { journalOf, runTask, settled, standings } from './standing.ts';

const CALL_DEADLINE_MS = 1_500;
const TITLES = 200;
const FIRST_KILLS = 2;
const LATER_KILLS = 2;
const SEEDS = Number(process.env.USHERR_FAULT_SEEDS ?? 10);
/** Where the same seeds have to be tried from elsewhere: `USHERR_FAULT_FIRST_SEED=17 USHERR_FAULT_SEEDS=1`. */
const FIRST_SEED = Number(process.env.USHERR_FAULT_FIRST_SEED ?? 1);

/** Starts a house that imports and pushes, and kills it before it is done. */
async function killSomewhere(home: Household, dice: Dice, withinMs: number): Promise<void> {
  const doomed = startDoomedHouse(home, {
    work: 'import-forever',
    callDeadlineMs: CALL_DEADLINE_MS,
    role: dice.chance(0.2) ? 'front' : 'whole',
  });
  await doomed.says('ready');
  await sleep(dice.below(withinMs));
  await doomed.kill();
  expect(await doomed.ended).toBe('SIGKILL');
}

async function comeToRest(home: Household): Promise<void> {
  await home.start();
  await runTask(home, 'runImport');
  await settled(home, 90_000);
  // It reads everything once more: what was told comes back as no news.
  await runTask(home, 'runExport');
  await settled(home, 90_000);
}

const SEED_LIST = Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index);

/** Every second seed, beginning with the first or the second: a file each, so that they run side by side. */
export function describeRandomKills(half: 0 | 1): void {
  const seeds = SEED_LIST.filter((_, index) => index % 2 === half);
  describe.runIf(seeds.length > 0)('a house that is killed again and again while it imports and pushes', () => {
    it.each(seeds)('ends with everything in agreement and nothing counted twice (seed %i)', { timeout: 300_000 }, async (seed) => {
      const dice = createDice(seed);
      const home = await startHousehold({ house: { callDeadlineMs: CALL_DEADLINE_MS } });
      try {
        const seeded = seedHousehold(home, dice, TITLES);
        for (const kind of ['plex', 'jellyfin', 'emby'] as const) await home.addBackend(kind);
        await home.stop();

        for (let kill = 0; kill < FIRST_KILLS; kill += 1) await killSomewhere(home, dice, 2_000);
        seeded.agree();
        await comeToRest(home);
        expect(seeded.actual(await standings(home))).toEqual(seeded.expected());

        // Plex dates by the second: a play within two seconds of our own mark could not be told from it.
        await sleep(3_100);
        await seeded.live({ finished: 20, unwatched: 3 });
        await home.stop();
        for (let kill = 0; kill < LATER_KILLS; kill += 1) await killSomewhere(home, dice, 600);
        await comeToRest(home);
        expect(seeded.actual(await standings(home))).toEqual(seeded.expected());
        const unsettled = (await journalOf(home)).filter((entry) => entry.state === 'intended' || entry.state === 'unconfirmed');
        expect(unsettled).toEqual([]);
      } finally {
        await home.close();
      }
    });
  });
}
