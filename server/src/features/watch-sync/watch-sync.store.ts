import type { Publish, ViewingCause } from '#core/events.ts';
import { createIgnoreRules, type IgnoreRules } from '#core/ignore-rules/index.ts';
import { createMediaGraph, type MatchOptions, type MediaGraph, type MediaGraphDeps } from '#core/media/index.ts';
import {
  createMergedTitles,
  createTakenTitles,
  createUnshownTitles,
  createViewingStore,
  type TakenTitles,
  type UnshownTitles,
  type ViewingStore,
} from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Database, Handle } from '#platform/db/index.ts';
import { createPushQueue, type PushQueue } from './push-queue.store.ts';

export type { Database, Handle };

/** The rooms that one step of a sync writes to, all within one transaction. */
export type SyncStores = Readonly<{
  handle: Handle;
  media: MediaGraph;
  viewing: ViewingStore;
  taken: TakenTitles;
  unshown: UnshownTitles;
  queue: PushQueue;
  ignoreRules: IgnoreRules;
  /** Has others hear what changed, once this has been kept. */
  announce(person: PersonId, change: Announced): Promise<void>;
  /** Likewise what servers hold or say of these titles. */
  heard(mediaIds: readonly MediaId[]): Promise<void>;
}>;

export type Announced = Readonly<{ mediaIds: readonly MediaId[]; positions?: readonly MediaId[]; cause: ViewingCause }>;

export type WatchSyncStore = Readonly<{
  transaction<T>(work: (stores: SyncStores) => Promise<T>): Promise<T>;
  /** As `transaction`, and nothing of it is kept: for showing what a run would do. */
  rehearse<T>(work: (stores: SyncStores) => Promise<T>): Promise<T>;
  /** Within a transaction that somebody else has opened. */
  within(handle: Handle): SyncStores;
  /** Outside of any transaction, for reading and single statements. */
  read: SyncStores;
}>;

export type FollowDeps = Readonly<{ clock: Clock; publish?: Publish<Handle> | undefined; matching: MatchOptions }>;

/** What the history does when two titles become one, or are two again. Whoever builds a media graph hands it on. */
export const mediaDeps = (handle: Handle, { clock, publish, matching: { matchByPath, customProviders } }: FollowDeps): MediaGraphDeps => ({
  clock,
  matchByPath,
  customProviders,
  async onMerged(pairs) {
    await createMergedTitles(handle).merged(pairs, clock.now());
    for (const { from, into } of pairs) await publish?.(handle, 'media.merged', { fromId: from, intoId: into });
  },
  async onSplit(pairs) {
    await createMergedTitles(handle).split(pairs, clock.now());
    for (const { from, into } of pairs) await publish?.(handle, 'media.split', { fromId: from, intoId: into });
  },
  onMoved: (copies) => createViewingStore(handle).unhearCopies(copies),
  onCopies: async (mediaIds) => {
    if (mediaIds.length > 0) await publish?.(handle, 'copies.heard', { mediaIds });
  },
  onConflicts: async (conflictIds) => publish?.(handle, 'media.conflicts', { conflictIds }),
});

/** Opens the transactions of watch-sync and hands out the stores that take part in them. */
export function createWatchSyncStore({
  database,
  clock,
  matching,
  publish,
}: Readonly<{
  database: Database;
  clock: Clock;
  matching: () => MatchOptions;
  publish?: Publish<Handle> | undefined;
}>): WatchSyncStore {
  const storesOf = (handle: Handle): SyncStores => ({
    handle,
    media: createMediaGraph(handle, mediaDeps(handle, { clock, publish, matching: matching() })),
    viewing: createViewingStore(handle),
    taken: createTakenTitles(handle),
    unshown: createUnshownTitles(handle),
    queue: createPushQueue(handle),
    ignoreRules: createIgnoreRules(handle, { clock }),
    async announce(personId, { mediaIds, positions = [], cause }) {
      if (mediaIds.length === 0) return;
      await publish?.(handle, 'viewing.changed', { personId, mediaIds, cause, ...(positions.length > 0 && { positions }) });
    },
    async heard(mediaIds) {
      if (mediaIds.length > 0) await publish?.(handle, 'copies.heard', { mediaIds });
    },
  });
  return {
    transaction: (work) => database.transaction((handle) => work(storesOf(handle))),
    async rehearse(work) {
      const rehearsed = new Error('rehearsed');
      const kept: { result?: Awaited<ReturnType<typeof work>> } = {};
      await database
        .transaction(async (handle) => {
          kept.result = await work(storesOf(handle));
          throw rehearsed;
        })
        .catch((error: unknown) => {
          if (error !== rehearsed) throw error;
        });
      return kept.result as Awaited<ReturnType<typeof work>>;
    },
    within: storesOf,
    read: storesOf(database),
  };
}
