import { jobActor } from '#core/access/index.ts';
import type { Activity } from '#core/activity/index.ts';
import type { Bin } from '#core/bin/index.ts';
import { createConnections } from '#core/connections/index.ts';
import type { Publish } from '#core/events.ts';
import { createIgnoreRules, type IgnoreRules } from '#core/ignore-rules/index.ts';
import { type CustomIds, createCustomIds, createMatching, type Matching } from '#core/media/index.ts';
import { createPeople, type People } from '#core/people/index.ts';
import type { Settings } from '#core/settings/index.ts';
import { createSuppressions, type Suppressions } from '#features/diagnostics/index.ts';
import { createMovingIn, type MovingIn } from '#features/moving-in/index.ts';
import type { Upkeep } from '#features/upkeep/index.ts';
import { createWatchstateFolder } from '#integrations/watchstate/index.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Database, Handle } from '#platform/db/index.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import { houseGraph } from './house-graph.ts';
import { createMovingInDesks } from './moving-in-desks.ts';

type RoomDeps = Parameters<typeof createConnections>[0];

export type HouseMovingInDeps = Readonly<{
  database: Database;
  clock: Clock;
  publish: Publish<Handle>;
  jobs: JobQueue;
  people: People;
  connections: ReturnType<typeof createConnections>;
  ignoreRules: IgnoreRules;
  settingsOn(database: Database): Settings;
  settings: Settings;
  suppressions: Suppressions;
  matching: Matching;
  customIds: CustomIds;
  bin: Bin;
  activity: Activity;
  secrets: RoomDeps['secrets'];
  drivers: RoomDeps['drivers'];
  upkeep: Upkeep;
  dataDir: string;
}>;

/** Moving in, with the programs that can be moved in from. A rehearsal has rooms of its own: what happens there is told to nobody. */
export function createHouseMovingIn(deps: HouseMovingInDeps): MovingIn {
  const { database, clock, people, connections, ignoreRules, secrets, drivers, upkeep } = deps;
  const by = jobActor('moving-in');

  const roomsFrom = (
    rooms: Pick<HouseMovingInDeps, 'people' | 'connections' | 'ignoreRules' | 'matching' | 'customIds' | 'suppressions' | 'settings'>,
  ) => ({
    people: rooms.people,
    connections: rooms.connections,
    ignoreRules: rooms.ignoreRules,
    ownIds: () => rooms.matching.current().ownIds,
    desks: createMovingInDesks({ ...rooms, by }),
    graphOn: houseGraph({ clock, publish: deps.publish, matching: rooms.matching }),
  });

  async function rehearsalOn(on: Database) {
    const settings = deps.settingsOn(on);
    const matching = createMatching({ settings, database: on });
    await matching.load();
    return roomsFrom({
      settings,
      matching,
      people: createPeople({ database: on, clock }),
      connections: createConnections({ database: on, clock, secrets, drivers }),
      ignoreRules: createIgnoreRules(on, { clock }),
      customIds: createCustomIds({ database: on, clock, bin: deps.bin, activity: deps.activity, changed: matching.load }),
      suppressions: createSuppressions({ settings, suppress: () => undefined }),
    });
  }

  return createMovingIn({
    ...deps,
    sources: { watchstate: createWatchstateFolder({ clock }) },
    async roomsOn(on) {
      if (on !== database) return rehearsalOn(on);
      // This may be the thread for long work, which learns of changes a moment later.
      await deps.matching.load();
      return roomsFrom({ ...deps, people, connections, ignoreRules });
    },
    keepBackup: upkeep.backups.keep,
    openBackup: upkeep.backups.open,
  });
}
