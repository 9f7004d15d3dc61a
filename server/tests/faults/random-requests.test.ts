import { describe, expect, it } from 'vitest';
import type { FakeMood } from '#core/upstreams/media-server.fake.ts';
import { withDesks } from '#tests/support/desks.ts';
import { createDice } from './seeded-household.ts';
import { seedRequests } from './seeded-requests.ts';
import { journalOf } from './standing.ts';

const NAMES = ['A', 'B'] as const;
const ROUNDS = 4;
const ACTS = 14;
const DAY = 86_400_000;
const MOODS: readonly FakeMood[] = ['unauthorized', 'rate-limited', 'server-error', 'html', 'truncated', 'reset', 'late'];
const SEEDS = Number(process.env.USHERR_FAULT_SEEDS ?? 4);
const FIRST_SEED = Number(process.env.USHERR_FAULT_FIRST_SEED ?? 1);

describe('random households with random requests', () => {
  it.each(Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index))(
    'end with nothing lost, doubled, wrongly approved or wrongly deleted (seed %i)',
    { timeout: 120_000 },
    (seed) =>
      withDesks(
        {
          subordinates: NAMES,
          options: { user_mapping: 'email_match', sync_declined: true },
          household: { database: seed % 4 === 0 ? 'postgres' : 'sqlite', house: { callDeadlineMs: 1_500 } },
        },
        async (house) => {
          const dice = createDice(seed);
          const life = seedRequests(house, dice, NAMES);
          for (let round = 0; round < ROUNDS; round += 1) {
            const sick = dice.chance(0.6) ? dice.pick(house.everyone()) : undefined;
            life.live(ACTS, sick === undefined);
            sick?.setMood(dice.pick(MOODS));
            if (sick && dice.chance(0.5)) {
              sick.setMood(dice.pick(MOODS), { from: ({ method, path }) => method !== 'GET' || path !== '/api/v1/request' });
            }
            await house.cycle().catch((error: unknown) => expect(sick, String(error)).toBe(house.primary));
            life.expectNothingWrong();
            sick?.setMood('fine');
            if (dice.chance(0.5)) {
              await house.cycle();
              life.look();
            }
            life.expectNothingWrong();
          }
          for (let round = 0; round < 3; round += 1) {
            house.later(DAY);
            await house.cycle();
            life.look();
          }
          life.expectNothingWrong();
          await life.expectAllThere();
          expect((await journalOf(house.home)).filter(({ state }) => state === 'intended' || state === 'unconfirmed')).toEqual([]);
          house.forgetCalls();
          await house.cycle();
          for (const fake of house.everyone()) expect(fake.changes).toEqual([]);
        },
      ),
  );
});
