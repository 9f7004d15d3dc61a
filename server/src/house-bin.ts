import type { Activity } from '#core/activity/index.ts';
import { type Bin, createRestoring, type Restorer } from '#core/bin/index.ts';
import type { Publish } from '#core/events.ts';
import { customIdRestorers, type Matching } from '#core/media/index.ts';
import type { People } from '#core/people/index.ts';
import { createHistoryBin, historyRestorers } from '#core/viewing/index.ts';
import { memosBesideHistory, rewatchesBesideHistory } from '#features/tracker/index.ts';
import type { WatchSync } from '#features/watch-sync/index.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Database, Handle } from '#platform/db/index.ts';

export type HouseBinDeps = Readonly<{
  database: Database;
  clock: Clock;
  publish: Publish<Handle>;
  bin: Bin;
  activity: Activity;
  people: Pick<People, 'onRemove'>;
  matching: Matching;
  watchSync: Pick<WatchSync, 'tellAll'>;
  restorers: Readonly<Record<string, Restorer>>;
}>;

/** What of a person's is taken into the bin, and how everything comes back from it. */
export function createHouseBin({ database, clock, publish, bin, activity, people, matching, watchSync, restorers }: HouseBinDeps) {
  const companions = [memosBesideHistory({ clock }), rewatchesBesideHistory];
  const historyBin = createHistoryBin({ bin, activity, publish, companions });
  // What somebody watched is not lost with them: it lies in the bin, and comes back with their name.
  people.onRemove(async (handle, person, by) => {
    await historyBin.takeAll(handle, { personId: person.id, title: `The history of ${person.displayName}`, actor: by });
  });
  const shelf = createRestoring({
    database,
    bin,
    activity,
    restorers: { ...historyRestorers({ publish, companions }), ...customIdRestorers, ...restorers },
  });
  const restoring: typeof shelf = {
    async restore(id, actor) {
      const entry = await shelf.restore(id, actor);
      await matching.load();
      await watchSync.tellAll('bin.restored', entry.personId);
      return entry;
    },
  };
  return { historyBin, restoring };
}
