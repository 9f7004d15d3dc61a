import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inHousehold, MINUTE } from '#tests/support/journey.ts';
import { APART, beginLife, createLeapingClock, type RandomLife } from '#tests/support/random-life.ts';

/** More of them by hand: `USHERR_LIFE_FIRST_SEED=17 USHERR_LIFE_SEEDS=1`. */
const SEEDS = Number(process.env.USHERR_LIFE_SEEDS ?? 3);
const FIRST_SEED = Number(process.env.USHERR_LIFE_FIRST_SEED ?? 1);
const DAYS = Number(process.env.USHERR_LIFE_DAYS ?? 12);

/** Something happens; now and then while a server is sick, right after a restart, or in the middle of an import. */
async function something(life: RandomLife): Promise<void> {
  const { dice } = life;
  if (dice.chance(0.03)) await life.restart();
  if (dice.chance(0.1)) life.sicken();
  const reading = dice.chance(0.3) ? life.read() : undefined;
  if (reading && dice.chance(0.5)) await sleep(dice.below(60));
  await life.act();
  await reading;
}

describe('a household that does something at random', () => {
  it.each(Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index))(
    'is in agreement whenever it is at rest, has lost and doubled no play, and then stays at rest (seed %i)',
    { timeout: 120_000 },
    async (seed) => {
      const clock = createLeapingClock();
      await inHousehold({ clock, house: { callDeadlineMs: 800 } }, async (home) => {
        const life = await beginLife(home, clock, seed);
        await life.rest();
        for (let day = 0; day < DAYS; day += 1) {
          const wrong = [...(await life.faults()), ...(await life.disturbed())];
          expect(wrong, life.diary.slice(-40).join('\n')).toEqual([]);
          for (let act = 2 + life.dice.below(5); act > 0; act -= 1) {
            clock.leap(life.dice.chance(0.8) ? APART : 10 * MINUTE);
            await something(life);
            await life.calm();
          }
          life.heal();
          clock.leap(APART);
          await life.rest();
        }
      });
    },
  );
});
