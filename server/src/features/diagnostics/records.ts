import type { ActorRef } from '#core/activity/index.ts';
import type { Account, Connections } from '#core/connections/index.ts';
import { type MergedPair, parseEpisodeRange } from '#core/media/index.ts';
import type { History, HistoryEntry } from '#core/viewing/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import type { AccountId, MediaId, PersonId } from '#kernel/ids.ts';
import { type Clock, type Duration, type Instant, minutes } from '#kernel/instant.ts';
import type { DiagnosticsStore, Range, SharedPath } from './diagnostics.store.ts';
import { type FileFault, type FileLook, foundRoots, type LookedAt } from './look-for-files.ts';

export type RecordsDeps = Readonly<{
  store: DiagnosticsStore;
  clock: Clock;
  connections: Pick<Connections, 'list'>;
  history: Pick<History, 'of'>;
  files: FileLook;
  /** Takes a title out of a history, into the bin. */
  remove(person: PersonId, entry: HistoryEntry, by: ActorRef): Promise<void>;
  /** One title becomes the other; it can be split again. */
  merge(from: MediaId, into: MediaId, by: ActorRef): Promise<readonly MergedPair[]>;
}>;

export type Broken = Readonly<{ entry: HistoryEntry; faults: readonly (FileFault & Readonly<{ account: string }>)[] }>;
export type Page<T> = Readonly<{ items: readonly T[]; total: number }>;

export type Records = Readonly<{
  /** Titles that fewer than `min` accounts tell of; 0 means all of them. Throws `invalid` for more than there are. */
  parity(person: PersonId, min: number, range: Range): Promise<Page<HistoryEntry>>;
  /** Takes them out of the history, into the bin; answers how many. `min` must be at least 1. */
  removeBelow(person: PersonId, min: number, by: ActorRef): Promise<number>;
  /** Titles that are told to be the same file, file by file. Kept for 30 minutes; `anew` looks again. */
  duplicates(
    person: PersonId,
    range: Range & Readonly<{ anew: boolean }>,
  ): Promise<Page<HistoryEntry & Readonly<{ others: readonly MediaId[] }>>>;
  /**
   * Merges what was found last into the fullest record of each file; answers how many are gone. Throws `not-found` where nothing was
   * looked for within the last 30 minutes, or nothing was found.
   */
  mergeDuplicates(person: PersonId, by: ActorRef): Promise<number>;
  /** Titles whose files are not where they are told to be. Kept for an hour. */
  integrity(person: PersonId, limit: number): Promise<Page<Broken> & Readonly<{ cached: boolean }>>;
  forget(person?: PersonId): void;
}>;

const DUPLICATES_KEPT: Duration = minutes(30);
const INTEGRITY_KEPT: Duration = minutes(60);
const TITLES_AT_ONCE = 500;

type Kept<T> = Readonly<{ at: Instant; value: T }>;

/** A file that holds several episodes is each of them: two items that share it stand for themselves. */
const holdsSeveral = (path: string): boolean => {
  const range = parseEpisodeRange(path);
  return range !== undefined && range.last > range.first;
};

/** The more was told, watched and played of it, the less is lost by keeping it. */
const fullness = (entry: HistoryEntry): number =>
  entry.reports.length * 1_000 + entry.plays.length * 10 + Object.keys(entry.media.ids).length;

export function createRecords({ store, clock, connections, history, files, remove, merge }: RecordsDeps): Records {
  const shared = new Map<PersonId, Kept<readonly SharedPath[]>>();
  const broken = new Map<PersonId, Kept<readonly Broken[]>>();

  function fresh<T>(kept: ReadonlyMap<PersonId, Kept<T>>, person: PersonId, lasts: Duration): T | undefined {
    const found = kept.get(person);
    return found !== undefined && clock.now() - found.at < lasts ? found.value : undefined;
  }

  async function accountsFor(person: PersonId, min: number): Promise<Readonly<{ ids: readonly AccountId[]; min: number }>> {
    const ids = (await connections.list(person)).map((account) => account.id);
    if (min > ids.length) throw invalid('min', `must be at most ${ids.length}, the number of backends`);
    return { ids, min: min === 0 ? ids.length : min };
  }

  async function findShared(person: PersonId): Promise<readonly SharedPath[]> {
    const value = (await store.sharedPaths(person)).filter(({ path }) => !holdsSeveral(path));
    shared.set(person, { at: clock.now(), value });
    return value;
  }

  type Told = LookedAt & Readonly<{ account: string; mediaId: MediaId }>;

  async function lookAt(person: PersonId, accounts: readonly Account[]): Promise<readonly Told[]> {
    const looked: Told[] = [];
    const ids = accounts.map((account) => account.id);
    const named = new Map(accounts.map((account) => [account.id, account]));
    files.begin();
    for (let after = 0; ; ) {
      const last = await store.lastOfPage(person, after, TITLES_AT_ONCE);
      if (last === undefined) return looked;
      for (const { mediaId, accountId, path } of await store.toldPaths(person, ids, after, TITLES_AT_ONCE)) {
        const account = named.get(accountId);
        if (account) looked.push({ ...(await files.look(account, path)), account: account.name, mediaId });
      }
      after = last;
    }
  }

  async function findBroken(person: PersonId): Promise<readonly Broken[]> {
    const looked = await lookAt(person, await connections.list(person));
    const roots = foundRoots(looked);
    const faults = looked.filter(({ root, fault }) => fault !== undefined && roots.has(root));
    const groups = Map.groupBy(faults, ({ mediaId }) => mediaId);
    const entries = await history.of(person, [...groups.keys()]);
    return entries.map((entry) => ({
      entry,
      faults: (groups.get(entry.media.id) ?? []).flatMap(({ fault, account }) => (fault ? [{ ...fault, account }] : [])),
    }));
  }

  async function mergeInto(entries: readonly HistoryEntry[], by: ActorRef): Promise<readonly MediaId[]> {
    const [kept, ...rest] = entries.toSorted((one, other) => fullness(other) - fullness(one));
    const gone: MediaId[] = [];
    for (const entry of rest) {
      if (entry.media.kind !== kept?.media.kind) continue;
      gone.push(...(await merge(entry.media.id, kept.media.id, by)).map((pair) => pair.from));
    }
    return gone;
  }

  return {
    async parity(person, wanted, range) {
      const { ids: accounts, min } = await accountsFor(person, wanted);
      const { ids, total } = await store.belowParity(person, accounts, min, range);
      return { items: await history.of(person, ids), total };
    },
    async removeBelow(person, min, by) {
      if (min < 1) throw invalid('min', 'must be at least 1');
      const { ids: accounts } = await accountsFor(person, min);
      const { ids } = await store.belowParity(person, accounts, min);
      let removed = 0;
      for (const entry of await history.of(person, ids)) {
        await remove(person, entry, by);
        removed += 1;
      }
      return removed;
    },
    async duplicates(person, { anew, offset, limit }) {
      const found = (anew ? undefined : fresh(shared, person, DUPLICATES_KEPT)) ?? (await findShared(person));
      const page = found.slice(offset, offset + limit);
      const others = new Map<MediaId, Set<MediaId>>();
      for (const { media } of page) {
        for (const id of media) others.set(id, new Set([...(others.get(id) ?? []), ...media.filter((other) => other !== id)]));
      }
      const entries = await history.of(person, [...others.keys()]);
      return { items: entries.map((entry) => ({ ...entry, others: [...(others.get(entry.media.id) ?? [])] })), total: found.length };
    },
    async mergeDuplicates(person, by) {
      const found = fresh(shared, person, DUPLICATES_KEPT) ?? [];
      if (found.length === 0)
        throw new AppError('not-found', 'No duplicates were looked for within the last 30 minutes, or there are none.');
      shared.delete(person);
      const gone = new Set<MediaId>();
      for (const { media } of found) {
        const entries = await history.of(
          person,
          media.filter((id) => !gone.has(id)),
        );
        for (const from of await mergeInto(entries, by)) gone.add(from);
      }
      return gone.size;
    },
    async integrity(person, limit) {
      const known = fresh(broken, person, INTEGRITY_KEPT);
      if (known) return { items: known.slice(0, limit), total: known.length, cached: true };
      const value = await findBroken(person);
      broken.set(person, { at: clock.now(), value });
      return { items: value.slice(0, limit), total: value.length, cached: false };
    },
    forget(person) {
      for (const kept of [shared, broken]) {
        if (person === undefined) kept.clear();
        else kept.delete(person);
      }
    },
  };
}
