import type { Publish } from '#core/events.ts';
import type { Matching } from '#core/media/index.ts';
import type { People } from '#core/people/index.ts';
import { createHistoryFiles, type HistoryFiles } from '#features/history-files/index.ts';
import type { Metadata } from '#features/metadata/index.ts';
import { createKeptPlaybacks } from '#features/scrobbling/index.ts';
import { createMemos } from '#features/tracker/index.ts';
import type { WatchSync } from '#features/watch-sync/index.ts';
import { letterboxdExport } from '#integrations/letterboxd/index.ts';
import { simklBackup } from '#integrations/simkl-backup/index.ts';
import { traktExport } from '#integrations/trakt/index.ts';
import { tvTimeExport } from '#integrations/tv-time/index.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Database, Handle } from '#platform/db/index.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import { claimBuilder } from './claim-builder.ts';

export type HouseHistoryFilesDeps = Readonly<{
  database: Database;
  clock: Clock;
  publish: Publish<Handle>;
  jobs: JobQueue;
  people: People;
  matching: Matching;
  metadata: Pick<Metadata, 'limited'>;
  watchSync: Pick<WatchSync, 'tellAll'>;
  dataDir: string;
}>;

/** Histories as files, with the services whose exports can be read. What a file names is looked up as what apps name, within limits. */
export function createHouseHistoryFiles({ publish, matching, metadata, watchSync, ...deps }: HouseHistoryFilesDeps): HistoryFiles {
  const { database, clock } = deps;
  const claims = claimBuilder({ clock, publish, matching });
  return createHistoryFiles({
    ...deps,
    publish,
    readers: [simklBackup, traktExport, tvTimeExport, letterboxdExport],
    ask(ours) {
      const questions = metadata.limited(QUESTIONS);
      const source = ours ? AS_TOLD : questions;
      return { ...questions, claimsOn: (on) => claims(source, { database: on, rehearsed: on !== database, ownIds: ours }) };
    },
    memos: {
      of: (handle, person, media) => createMemos(handle).of(person, media),
      put: (handle, person, memos) => createMemos(handle).put(person, memos, clock.now()),
    },
    playbacks: {
      of: (handle, person) => createKeptPlaybacks(handle, { clock }).of(person),
      put: (handle, person, told) => createKeptPlaybacks(handle, { clock }).put(person, told, HISTORY_FILE),
    },
    tellServers: (person) => watchSync.tellAll(HISTORY_FILE, person),
  });
}

/** Of one file: the longest that people have would else take the calls of a whole day. */
const QUESTIONS = 2_000;
/** What a house wrote out was in its history, whoever else knows of it, and a title without a name waits for one here as it did there. */
const AS_TOLD: Pick<Metadata, 'verify' | 'nameOf'> = { verify: async () => 'unavailable', nameOf: async () => ({ title: '' }) };
/** Why servers are told. */
const HISTORY_FILE = 'history.file';
