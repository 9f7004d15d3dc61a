import type { Connecting } from '#features/connecting/index.ts';
import type { Metadata } from '#features/metadata/index.ts';
import type { RequestReplication } from '#features/request-replication/index.ts';
import type { ShelfSync } from '#features/shelf-sync/index.ts';
import { HOUSE_TASKS, type TaskDefinition } from '#features/tasks/index.ts';
import type { Tracker } from '#features/tracker/index.ts';
import type { TrackerSync } from '#features/tracker-sync/index.ts';
import type { Upkeep } from '#features/upkeep/index.ts';
import type { WatchSync } from '#features/watch-sync/index.ts';
import type { JobQueue } from '#platform/jobs/index.ts';

export type HouseTasksDeps = Readonly<{
  watchSync: Pick<WatchSync, 'runImport' | 'runExport' | 'resume'>;
  shelfSync: Pick<ShelfSync, 'resume'>;
  requestReplication: Pick<RequestReplication, 'resume'>;
  trackerSync: Pick<TrackerSync, 'wakeAll'>;
  tracker: Pick<Tracker, 'resume' | 'countAired'>;
  metadata: Pick<Metadata, 'fillIn'>;
  upkeep: Upkeep;
  connecting: Pick<Connecting, 'waiting'>;
  jobs: Pick<JobQueue, 'wake'>;
}>;

/** Every task of the house, with what carries it out. */
export const tasksOf = ({
  watchSync,
  shelfSync,
  requestReplication,
  trackerSync,
  tracker,
  metadata,
  upkeep,
  connecting,
  jobs,
}: HouseTasksDeps): readonly TaskDefinition[] => [
  { ...HOUSE_TASKS.import, run: (request) => watchSync.runImport({ ...request, dryRun: request.flags.has('dry-run') }) },
  { ...HOUSE_TASKS.export, run: (request) => watchSync.runExport({ ...request, dryRun: request.flags.has('dry-run') }) },
  { ...HOUSE_TASKS.backup, run: (request) => upkeep.backup(request) },
  { ...HOUSE_TASKS.metadata, run: async (request) => ({ ...(await metadata.fillIn(request)) }) },
  { ...HOUSE_TASKS.indexes, run: (request) => upkeep.indexes(request) },
  { ...HOUSE_TASKS.validate, run: (request) => upkeep.validate(request) },
  { ...HOUSE_TASKS.prune, run: (request) => upkeep.prune(request) },
  { ...HOUSE_TASKS.trackers, run: async () => ({ asked: await trackerSync.wakeAll() }) },
  {
    ...HOUSE_TASKS.dispatch,
    async run() {
      jobs.wake();
      await watchSync.resume();
      await shelfSync.resume();
      await requestReplication.resume();
      await tracker.resume();
      await tracker.countAired();
      await connecting.waiting.tryDue();
    },
  },
];
