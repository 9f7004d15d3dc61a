import { createConnections } from '#core/connections/index.ts';
import type { Publish } from '#core/events.ts';
import { createIgnoreRules, type IgnoreRules } from '#core/ignore-rules/index.ts';
import { createMediaGraph } from '#core/media/index.ts';
import { createPeople, type People } from '#core/people/index.ts';
import { createMovingIn, type MovingIn } from '#features/moving-in/index.ts';
import type { Upkeep } from '#features/upkeep/index.ts';
import { mediaDeps } from '#features/watch-sync/index.ts';
import { createWatchstateFolder } from '#integrations/watchstate/index.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Database, Handle } from '#platform/db/index.ts';
import type { JobQueue } from '#platform/jobs/index.ts';

type RoomDeps = Parameters<typeof createConnections>[0];

export type HouseMovingInDeps = Readonly<{
  database: Database;
  clock: Clock;
  publish: Publish<Handle>;
  jobs: JobQueue;
  people: People;
  connections: ReturnType<typeof createConnections>;
  ignoreRules: IgnoreRules;
  secrets: RoomDeps['secrets'];
  drivers: RoomDeps['drivers'];
  upkeep: Upkeep;
  dataDir: string;
}>;

/** Moving in, with the programs that can be moved in from. A rehearsal has rooms of its own: what happens there is told to nobody. */
export function createHouseMovingIn(deps: HouseMovingInDeps): MovingIn {
  const { database, clock, people, connections, ignoreRules, secrets, drivers, upkeep } = deps;
  return createMovingIn({
    ...deps,
    sources: { watchstate: createWatchstateFolder({ clock }) },
    roomsOn: (on) =>
      on === database
        ? { people, connections, ignoreRules }
        : {
            people: createPeople({ database: on, clock }),
            connections: createConnections({ database: on, clock, secrets, drivers }),
            ignoreRules: createIgnoreRules(on, { clock }),
          },
    graphOn: (handle) => createMediaGraph(handle, mediaDeps(handle, { clock, publish: deps.publish })),
    keepBackup: upkeep.backups.keep,
    openBackup: upkeep.backups.open,
  });
}
