import { titleInWords } from '#core/media/index.ts';
import {
  createDiagnosticsStore,
  createFileLook,
  createLibraryScan,
  createRecords,
  createReferenceCheck,
  createStaleItems,
} from '#features/diagnostics/index.ts';
import type { Rooms } from './app.ts';
import { createMediaDesk } from './media-desk.ts';

/** What looks for faults in histories and libraries, with the hands to mend them: everything goes into the bin, and merges can be split. */
export function createDiagnostics(rooms: Rooms) {
  const { database, clock, connections, settings, history, historyBin, watchSync } = rooms;
  const store = createDiagnosticsStore(database);
  const scan = createLibraryScan({ connections });
  const { merge } = createMediaDesk(rooms);
  const references = createReferenceCheck({ connections, clock });
  const records = createRecords({
    store,
    clock,
    connections,
    history,
    files: createFileLook({ settings }),
    remove: (personId, { media }, actor) =>
      watchSync.removeFromHistory(personId, media.id, historyBin.keepTitle({ personId, title: titleInWords(media), actor })),
    merge: (from, into, by) => merge(from, into, by.name),
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
