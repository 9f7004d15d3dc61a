import { type DeskHousehold, holds } from '#tests/support/desks.ts';
import { eventually } from '#tests/support/household.ts';
import { CYCLE_JOB } from '../../src/features/request-replication/replication-jobs.ts';
import { journalOf } from './standing.ts';

const MINUTE = 60_000;

/** How far the clock of this household is ahead: a process of its own has to have the same. */
export const aheadOf = (house: DeskHousehold): number => house.now() - Date.now();

/** Cycles of the house itself, each as much later than the last, until none waits or runs. */
export async function goRound(house: DeskHousehold, times: number, laterMs = 30 * MINUTE): Promise<void> {
  const { jobs, requestReplication } = house.rooms;
  const ended = async (): Promise<string | undefined> =>
    (await jobs.list({ name: CYCLE_JOB, statuses: ['completed', 'failed'] }, 1, 1)).jobs[0]?.id;
  for (let round = 0; round < times; round += 1) {
    const before = await ended();
    house.later(laterMs);
    await requestReplication.wake();
    await eventually(async () => {
      const { jobs: open } = await jobs.list({ name: CYCLE_JOB, statuses: ['pending', 'running'] }, 1, 10);
      const busy = open.filter((job) => job.status === 'running' || job.runAt <= house.now());
      if (busy.length > 0 || (await ended()) === before) throw new Error(`the cycle has not ended: ${JSON.stringify(open)}`);
    });
  }
}

/** Changes of which nobody has written down yet what became of them. */
export const inDoubt = async (house: DeskHousehold) => (await journalOf(house.home)).filter(({ state }) => state === 'intended');

/** What every desk has of a title, in short. */
export const holdsOf = (house: DeskHousehold, desk: string, title: string): readonly string[] =>
  holds(house.sub(desk)).filter((line) => line.startsWith(`${title} `));
