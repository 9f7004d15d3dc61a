import { HOUSE_TASKS, type TaskDefinition } from '#features/tasks/index.ts';
import type { Upkeep } from '#features/upkeep/index.ts';
import type { WatchSync } from '#features/watch-sync/index.ts';

export type TaskWorkers = Readonly<{
  watchSync: Pick<WatchSync, 'runImport' | 'runExport'>;
  upkeep: Upkeep;
  /** Looks for due jobs and undelivered events now. */
  wake(): void;
}>;

/** Who carries out which task of the house. */
export const taskList = ({ watchSync, upkeep, wake }: TaskWorkers): readonly TaskDefinition[] => [
  { ...HOUSE_TASKS.import, run: watchSync.runImport },
  { ...HOUSE_TASKS.export, run: watchSync.runExport },
  { ...HOUSE_TASKS.backup, run: upkeep.backup },
  { ...HOUSE_TASKS.indexes, run: upkeep.indexes },
  { ...HOUSE_TASKS.validate, run: upkeep.validate },
  { ...HOUSE_TASKS.prune, run: upkeep.prune },
  { ...HOUSE_TASKS.dispatch, run: async () => wake() },
];
