import type { UpstreamItem } from '#core/upstreams/index.ts';
import type { CopyId, MediaId, ServerId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { type ConflictKind, createConflictStore, type StoredConflict } from './conflict.store.ts';
import { createCopyStore } from './copy.store.ts';
import { type Copy, createDescribeStore, type Media } from './describe.store.ts';
import { findMedia, type MediaQuery } from './find.ts';
import { createIngest, type IngestedCopy } from './ingest.ts';
import { withKeptNumbers } from './kept-numbers.ts';
import { createShowNaming, type NamedShow } from './know-shows.ts';
import type { Handle } from './media.schema.store.ts';
import { createMediaStore, lockGraph } from './media.store.ts';
import { createMergeStore, type MergedPair, type MergeRecord } from './merge.store.ts';
import { createNaming, type KnownTitle, type NamedTitle } from './name-titles.ts';
import { type Choice, createSettlement } from './settle.ts';

/** What only a person can tell, with all that is needed to tell it. */
export type MediaConflict = Readonly<{
  id: number;
  kind: ConflictKind;
  reason: string;
  /** The copy in question; absent where it is about a series or about two entries. */
  copy?: Copy;
  /** Which of the copy's episodes, from 0. */
  place: number;
  candidates: readonly Media[];
  createdAt: number;
  resolvedAt?: number;
  resolution?: string;
}>;

export type Page = Readonly<{ limit: number; offset: number }>;

export type MediaGraphDeps = Readonly<{
  clock: Clock;
  /** Providers of the household's own, by name, beside those that every room knows. */
  customProviders?: readonly string[];
  /** Whether the end of a file's path may identify what has no ids. Off unless a person asked for it. */
  matchByPath?: boolean;
  /** Called inside the transaction whenever one medium became another, so that what hangs on it can follow. */
  onMerged?: (pairs: readonly MergedPair[]) => Promise<void>;
  /** The opposite: `from` is itself again. */
  onSplit?: (pairs: readonly MergedPair[]) => Promise<void>;
  /** A person's word moved these copies to other titles. */
  onMoved?: (copies: readonly CopyId[]) => Promise<void>;
  /** Other copies stand for these titles now, and no page of a server told so: copies are gone, or a person's word moved them. */
  onCopies?: (titles: readonly MediaId[]) => Promise<void>;
  /** Conflicts came up, were settled, or ask something else now. */
  onConflicts?: (ids: readonly number[]) => Promise<void>;
}>;

export type MediaGraph = ReturnType<typeof createMediaGraph>;

/**
 * The one media graph, on the handle given: build it inside the transaction that the work belongs to. Every verb that
 * writes must be inside one.
 */
export function createMediaGraph(handle: Handle, deps: MediaGraphDeps) {
  const { clock } = deps;
  const customProviders = new Set(deps.customProviders);
  const media = createMediaStore(handle);
  const copies = createCopyStore(handle);
  const conflicts = createConflictStore(handle, deps.onConflicts);
  const merges = createMergeStore(handle);
  const describing = createDescribeStore(handle);
  const onMerged = deps.onMerged ?? (async () => undefined);
  const onMoved = deps.onMoved ?? (async () => undefined);
  const onCopies = deps.onCopies ?? (async () => undefined);
  const options = { customProviders, matchByPath: deps.matchByPath ?? false };
  const { ingest, place, mergeStored, born } = createIngest({ handle, clock, options, media, copies, conflicts, merges, onMerged });
  const settlement = createSettlement({
    handle,
    clock,
    customProviders,
    media,
    copies,
    conflicts,
    merges,
    describing,
    place,
    onMerged,
    onMoved,
    onCopies,
  });
  const naming = { handle, clock, options, media, conflicts, mergeStored, onMerged };
  const know = createNaming(naming);
  const knowShows = createShowNaming(naming);

  async function explain(stored: readonly StoredConflict[]): Promise<readonly MediaConflict[]> {
    const known = await describing.describe(stored.flatMap((one) => one.candidates));
    const involved = await describing.copies(stored.flatMap((one) => one.copyId ?? []));
    const byId = new Map(involved.map((copy) => [copy.id as number, copy]));
    return stored.map((one) => {
      const copy = byId.get(one.copyId ?? 0);
      return {
        id: one.id,
        kind: one.kind,
        reason: one.reason,
        ...(copy && { copy }),
        place: one.place,
        candidates: [...new Set(one.candidates.flatMap((id) => known.get(id) ?? []))],
        createdAt: one.createdAt,
        ...(one.resolvedAt !== undefined && { resolvedAt: one.resolvedAt }),
        ...(one.resolution !== undefined && { resolution: one.resolution }),
      };
    });
  }

  return {
    /**
     * Stores what a server lists and says for each item, in the order given, which media it stands for. Meant for pages of
     * up to a thousand: the number of statements does not grow with them, and unchanged items cost one query in all.
     */
    ingest: (serverId: ServerId, items: readonly UpstreamItem[]): Promise<readonly IngestedCopy[]> =>
      ingest(serverId, items.map(withKeptNumbers)),

    /** Nobody knew the medium before the last `ingest`: until then nothing can have been said of it. */
    isFresh: (id: MediaId): boolean => born.has(id),

    /**
     * The titles that somebody names without having a copy of them, in the order given: those that are known, and new ones for the rest.
     * Weighed as an import weighs them. Meant for pages, as `ingest` is.
     */
    know: (titles: readonly NamedTitle[]): Promise<readonly KnownTitle[]> => know(titles.map(withKeptNumbers)),

    /** The same for series, which `know` only hears of beside an episode. */
    knowShows: (shows: readonly NamedShow[]): Promise<readonly KnownTitle[]> => knowShows(shows.map(withKeptNumbers)),

    find: (query: MediaQuery): Promise<readonly MediaId[]> => findMedia(media, customProviders, query),

    /** In the order asked; unknown ids are left out. A merged medium is answered as what it became. */
    async get(ids: readonly MediaId[]): Promise<readonly Media[]> {
      const known = await describing.describe(ids);
      return ids.flatMap((id) => known.get(id) ?? []);
    },

    /** Each id that was asked for, and the id under which that title lives now; unknown ones are missing. */
    lasting: (ids: readonly MediaId[]): Promise<ReadonlyMap<number, number>> => describing.lasting(ids),

    /** By the id asked for: what a history row shows of its title. */
    describe: (ids: readonly MediaId[]): Promise<ReadonlyMap<number, Media>> => describing.describe(ids),

    /** Entries by themselves, also those that became another: for telling what was merged. */
    entries: (ids: readonly MediaId[]): Promise<ReadonlyMap<number, Media>> => describing.describe(ids, false),

    /** Copies that are there and copies that are gone (`goneAt`). */
    copiesOf: (mediaIds: readonly MediaId[]): Promise<readonly Copy[]> => describing.copiesOf(mediaIds),
    copies: (ids: readonly CopyId[]): Promise<readonly Copy[]> => describing.copies(ids),
    copiesOnServer: (serverId: ServerId, upstreamIds: readonly string[]): Promise<readonly Copy[]> =>
      describing.copiesOfServer(serverId, upstreamIds),
    /** Copies that stand for nothing, each with its reason. */
    unplaced: (page: Page): Promise<readonly Copy[]> => describing.unplaced(page.limit, page.offset),
    /** Copies that are there. */
    sizeOfLibrary: (serverId: ServerId, libraryId: string): Promise<number> => copies.countInLibrary(serverId, libraryId),
    /** By season and number. */
    episodesOf: (show: MediaId): Promise<readonly MediaId[]> => describing.episodesOf(show),

    async conflicts(filter: Partial<Page> & Readonly<{ state?: 'open' | 'settled' | 'all' }> = {}): Promise<readonly MediaConflict[]> {
      return explain(await conflicts.list({ state: 'open', limit: 1_000, offset: 0, ...filter }));
    },
    openConflicts: (): Promise<number> => conflicts.count(),
    /** `not-found`, `conflict` where it is settled already, `invalid` where the choice does not fit. */
    settle: (conflictId: number, choice: Choice, actor: string): Promise<void> => settlement.settle(conflictId, choice, actor),

    /** `from` becomes `into`, and can be split from it again. `conflict` where they are not of one kind. */
    merge: (from: MediaId, into: MediaId, actor: string): Promise<readonly MergedPair[]> => settlement.merge(from, into, actor),
    /** Takes a merge back and holds the two apart from then on. */
    async split(mergeId: number): Promise<readonly MergedPair[]> {
      await lockGraph(handle);
      const pairs = await merges.split(mergeId, clock.now());
      await deps.onSplit?.(pairs);
      return pairs;
    },
    /** Newest first. */
    merges: (page: Page): Promise<readonly MergeRecord[]> => merges.list(page.limit, page.offset),

    /** Copies that their server was asked for, and answered that it has none. */
    async markCopiesGone(ids: readonly CopyId[]): Promise<void> {
      await copies.setGone(ids, clock.now());
      await onCopies((await describing.copies(ids)).flatMap((copy) => copy.mediaIds));
    },

    /** The server was removed: its copies are forgotten, the media stay. */
    forgetServer: (serverId: ServerId): Promise<void> => copies.forgetServer(serverId),
  };
}
