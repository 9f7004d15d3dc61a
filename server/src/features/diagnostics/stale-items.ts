import type { ActorRef } from '#core/activity/index.ts';
import type { Account } from '#core/connections/index.ts';
import type { CallOptions, UpstreamLibrary } from '#core/upstreams/index.ts';
import type { History, HistoryEntry } from '#core/viewing/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import { type Clock, type Duration, type Instant, minutes } from '#kernel/instant.ts';
import type { DiagnosticsStore } from './diagnostics.store.ts';
import type { LibraryScan } from './scan-libraries.ts';

export type StaleDeps = Readonly<{
  store: Pick<DiagnosticsStore, 'toldOfLibrary'>;
  scan: Pick<LibraryScan, 'library' | 'ids'>;
  history: Pick<History, 'of'>;
  clock: Clock;
  /** Takes what the account said of the title out of the history, into the bin. */
  removeReports(account: Account, entry: HistoryEntry, by: ActorRef): Promise<void>;
}>;

export type StaleReport = Readonly<{ library: UpstreamLibrary; remote: number; local: number; stale: readonly HistoryEntry[] }>;

export type StaleItems = Readonly<{
  /** What we believe to be in a library, and its server does not list. The listing is kept for ten minutes; `anew` reads it again. */
  find(account: Account, library: string, how: CallOptions & Readonly<{ anew: boolean }>): Promise<StaleReport>;
  /** Only what is stale now is taken out; answers how many. */
  remove(account: Account, library: string, ids: readonly MediaId[], by: ActorRef, call: CallOptions): Promise<number>;
  forget(): void;
}>;

const KEPT: Duration = minutes(10);

type Listing = Readonly<{ at: Instant; library: UpstreamLibrary; ids: ReadonlySet<string> }>;

export function createStaleItems({ store, scan, history, clock, removeReports }: StaleDeps): StaleItems {
  const kept = new Map<string, Listing>();

  async function listingOf(account: Account, id: string, { anew, signal }: CallOptions & Readonly<{ anew: boolean }>): Promise<Listing> {
    const key = `${account.id} ${id}`;
    const known = kept.get(key);
    if (!anew && known && clock.now() - known.at < KEPT) return known;
    const at = clock.now();
    const library = await scan.library(account, id, { signal });
    // A listing that breaks off throws: what it did not come to is not stale for that.
    const listing = { at, library, ids: await scan.ids(account, library, { signal }) };
    kept.set(key, listing);
    return listing;
  }

  async function find(account: Account, id: string, how: CallOptions & Readonly<{ anew: boolean }>): Promise<StaleReport> {
    const { library, ids } = await listingOf(account, id, how);
    const told = await store.toldOfLibrary(account.personId, account.id, account.server.id, id);
    const stale = [...told].filter(([upstreamId]) => !ids.has(upstreamId)).flatMap(([, media]) => media);
    const entries = await history.of(account.personId, [...new Set(stale)]);
    return { library, remote: ids.size, local: told.size, stale: entries };
  }

  return {
    find,
    async remove(account, library, ids, by, call) {
      const wanted = new Set(ids);
      const { stale } = await find(account, library, { ...call, anew: true });
      const found = stale.filter((entry) => wanted.has(entry.media.id));
      for (const entry of found) await removeReports(account, entry, by);
      return found.length;
    },
    forget: () => kept.clear(),
  };
}
