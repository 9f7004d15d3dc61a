import { createMediaGraph, titleInWords } from '#core/media/index.ts';
import {
  createDiagnosticsStore,
  createFileLook,
  createLibraryScan,
  createRecords,
  createReferenceCheck,
  createStaleItems,
} from '#features/diagnostics/index.ts';
import { mediaDeps } from '#features/watch-sync/index.ts';
import type { Rooms } from './app.ts';

/** What looks for faults in histories and libraries, with the hands to mend them: everything goes into the bin, and merges can be split. */
export function createDiagnostics(rooms: Rooms) {
  const { database, clock, matching, connections, settings, history, historyBin, watchSync } = rooms;
  const store = createDiagnosticsStore(database);
  const scan = createLibraryScan({ connections });
  const references = createReferenceCheck({ connections, clock });
  const records = createRecords({
    store,
    clock,
    connections,
    history,
    files: createFileLook({ settings }),
    remove: (personId, { media }, actor) =>
      watchSync.removeFromHistory(personId, media.id, historyBin.keepTitle({ personId, title: titleInWords(media), actor })),
    async merge(from, into, by) {
      const merged = await database.transaction((handle) =>
        createMediaGraph(handle, mediaDeps(handle, clock, matching.current())).merge(from, into, by.name),
      );
      await watchSync.tellAll('media.merged');
      return merged;
    },
  });
  const stale = createStaleItems({
    store,
    scan,
    history,
    clock,
    async removeReports(account, { media }, actor) {
      const departure = { personId: account.personId, title: titleInWords(media), actor };
      await history.removeReports(account.personId, media.id, account, historyBin.keepReports({ ...departure, account: account.name }));
    },
  });
  return { scan, records, stale, references };
}
