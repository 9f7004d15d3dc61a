import type { Connections } from '#core/connections/index.ts';
import type { People } from '#core/people/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createDemo, type Demo, type DemoGate } from '#features/demo/index.ts';
import { PROPOSE_JOB } from '#features/watch-sync/index.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Database } from '#platform/db/index.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import { openDemoStage } from './demo-servers.ts';

export type HouseDemoDeps = Readonly<{
  database: Database;
  clock: Clock;
  gate: DemoGate;
  people: People;
  connections: Connections;
  jobs: JobQueue;
  forgotten(): Promise<void>;
}>;

/** The demo household, played by this process. */
export const createHouseDemo = (deps: HouseDemoDeps): Demo =>
  createDemo({
    ...deps,
    mainPerson: MAIN_PERSON,
    openStage: openDemoStage,
    async propose(person) {
      await deps.jobs.enqueue({
        name: PROPOSE_JOB,
        lane: 'bulk',
        person,
        reference: `${PROPOSE_JOB}:${person}`,
        payload: { personId: person },
      });
    },
  });
