import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { withDesks } from '#tests/support/desks.ts';
import { startDoomedHouse } from './doomed-house.ts';
import { aheadOf, goRound } from './replication-by-itself.ts';
import { createDice } from './seeded-household.ts';
import { seedRequests } from './seeded-requests.ts';
import { journalOf } from './standing.ts';

const CALL_DEADLINE_MS = 1_500;
const NAMES = ['A', 'B'] as const;
const KILLS = 3;
const ACTS = 40;
const HOUR = 3_600_000;
/** So that a cycle has a middle. */
const ANSWER_MS = 15;
const WITHIN_MS = 1_200;
/** A fifth of what the dice of others get: each is five processes. */
const SEEDS = Math.max(1, Math.floor(Number(process.env.USHERR_FAULT_SEEDS ?? 5) / 5));
const FIRST_SEED = Number(process.env.USHERR_FAULT_FIRST_SEED ?? 1);

describe('a replication that is killed again and again', () => {
  it.each(Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index))(
    'ends with nothing lost, doubled, wrongly approved or wrongly deleted (seed %i)',
    { timeout: 120_000 },
    (seed) =>
      withDesks(
        {
          subordinates: NAMES,
          options: { user_mapping: 'email_match', sync_declined: true },
          household: { house: { callDeadlineMs: CALL_DEADLINE_MS } },
        },
        async (house) => {
          const dice = createDice(seed);
          const life = seedRequests(house, dice, NAMES);
          for (const fake of house.everyone()) fake.setDelay(ANSWER_MS);
          await house.home.stop();
          let changes = 0;
          for (let kill = 0; kill < KILLS; kill += 1) {
            life.live(ACTS, false);
            const doomed = startDoomedHouse(house.home, {
              work: 'replicate-forever',
              callDeadlineMs: CALL_DEADLINE_MS,
              aheadMs: aheadOf(house),
            });
            await doomed.says('ready');
            await sleep(dice.below(WITHIN_MS));
            await doomed.kill();
            expect(await doomed.ended).toBe('SIGKILL');
            life.look();
            life.expectNothingWrong();
            changes = NAMES.reduce((sum, name) => sum + house.sub(name).changes.length, 0);
          }
          // It was killed at work, and not before.
          expect(changes).toBeGreaterThan(0);
          await house.home.start();
          await goRound(house, 2, HOUR);
          life.look();
          await goRound(house, 1, 25 * HOUR);
          life.expectNothingWrong();
          await life.expectAllThere();
          expect((await journalOf(house.home)).filter(({ state }) => state === 'intended' || state === 'unconfirmed')).toEqual([]);
          expect(await house.rooms.requestReplication.failed()).toEqual([]);
          house.forgetCalls();
          await goRound(house, 1);
          for (const fake of house.everyone()) expect(fake.changes).toEqual([]);
        },
      ),
  );
});
