import type { Publish } from '#core/events.ts';
import { createTitleClaims, createTitleNumbers, type Matching } from '#core/media/index.ts';
import type { People } from '#core/people/index.ts';
import { createHistoryFiles, type HistoryFiles } from '#features/history-files/index.ts';
import { createMemos } from '#features/tracker/index.ts';
import type { WatchSync } from '#features/watch-sync/index.ts';
import { letterboxdExport } from '#integrations/letterboxd/index.ts';
import { simklBackup } from '#integrations/simkl-backup/index.ts';
import { traktExport } from '#integrations/trakt/index.ts';
import { tvTimeExport } from '#integrations/tv-time/index.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Database, Handle } from '#platform/db/index.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import { houseGraph } from './house-graph.ts';

export type HouseHistoryFilesDeps = Readonly<{
  database: Database;
  clock: Clock;
  publish: Publish<Handle>;
  jobs: JobQueue;
  people: People;
  matching: Matching;
  watchSync: Pick<WatchSync, 'tellAll'>;
  dataDir: string;
}>;

/** Histories as files, with the services whose exports can be read. A rehearsal has a graph of its own, and tells nobody. */
export function createHouseHistoryFiles({ publish, matching, watchSync, ...deps }: HouseHistoryFilesDeps): HistoryFiles {
  const { database, clock } = deps;
  return createHistoryFiles({
    ...deps,
    publish,
    readers: [simklBackup, traktExport, tvTimeExport, letterboxdExport],
    claimsOn: (on) =>
      createTitleClaims({
        database: on,
        numbers: createTitleNumbers({ database: on }),
        graphOn: houseGraph({ clock, matching, publish: on === database ? publish : undefined }),
      }),
    memos: {
      of: (handle, person, media) => createMemos(handle).of(person, media),
      put: (handle, person, memos) => createMemos(handle).put(person, memos, clock.now()),
    },
    tellServers: (person) => watchSync.tellAll(HISTORY_FILE, person),
  });
}

/** Why servers are told. */
const HISTORY_FILE = 'history.file';
