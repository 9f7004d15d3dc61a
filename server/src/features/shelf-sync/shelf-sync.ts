import type { Account } from '#core/connections/index.ts';
import type { Events } from '#core/events.ts';
import { createLists, createRatings, type ListEntry } from '#core/viewing/index.ts';
import { accountId, type MediaId } from '#kernel/ids.ts';
import { type Duration, seconds } from '#kernel/instant.ts';
import type { Lane } from '#platform/jobs/index.ts';
import { isToldOf, KINDS, listOf } from './mappings.ts';
import { createShelfReader, type ShelfReader } from './read-shelf.ts';
import { createRemovalDesk, type RemovalDesk } from './removal-plan.ts';
import type { ShelfParts } from './shelf-parts.ts';
import { tellDue } from './tell-words.ts';
import { createWishSearches } from './wish-searches.store.ts';
import { createWords, type WordKind } from './words.store.ts';

type Telling = Readonly<{ job: string; kinds: readonly WordKind[]; lane(account: Account): Lane }>;

const SHELVES: Telling = { job: 'shelf:tell', kinds: ['rating', 'favourite'], lane: ({ server }) => `push:${server.id}` };
/** Kept by the vendor: one at a time for everybody, and no server's plays wait for it. */
const WATCHLISTS: Telling = { job: 'shelf:watchlist', kinds: ['watchlist'], lane: ({ server }) => `push:watchlists-${server.type}` };
const TRIES = 8;
const CALL_DEADLINE: Duration = seconds(30);

export type ShelfSyncDeps = Omit<ShelfParts, 'callDeadlineMs'> & Readonly<{ callDeadlineMs?: Duration }>;

export type ShelfSync = Readonly<{
  imported: ShelfReader['imported'];
  planned: ShelfReader['planned'];
  /** Ratings or lists of a person changed: whoever shows these titles is told. */
  changed(event: Events['shelf.changed']): Promise<void>;
  /** A person's whole history went to the bin, or came back: nothing was taken away there or here by that. */
  replaced(event: Events['viewing.replaced']): Promise<void>;
  settlePlan: RemovalDesk['settlePlan'];
  registerJobs(): void;
  /** Takes up what an earlier process left waiting. */
  resume(): Promise<void>;
}>;

/** What a person thinks of titles, in agreement with what their media servers keep of it. */
export function createShelfSync(deps: ShelfSyncDeps): ShelfSync {
  const { connections, jobs, database } = deps;

  async function tellSoon(account: Account): Promise<void> {
    const words = createWords(database);
    const isSearched = (await createWishSearches(database).nextDue(account.id, 1)).length > 0;
    for (const { job, kinds, lane } of [SHELVES, WATCHLISTS]) {
      const isDue = (kinds.includes('watchlist') && isSearched) || (await words.nextDue(account.id, kinds, 1)).length > 0;
      if (!isDue) continue;
      await jobs.enqueue({
        name: job,
        lane: lane(account),
        person: account.personId,
        reference: `${job}:${account.id}`,
        payload: { accountId: account.id, backend: account.name },
        maxAttempts: TRIES,
      });
    }
  }

  const parts: ShelfParts & { tellSoon: typeof tellSoon } = { ...deps, callDeadlineMs: deps.callDeadlineMs ?? CALL_DEADLINE, tellSoon };
  const removals = createRemovalDesk(parts);
  const reader = createShelfReader({ ...parts, removals });

  /** Titles that came on the list of the account's watchlist, and of which it was never told. */
  async function newWishes(account: Account, lists: ReadonlyMap<MediaId, ListEntry>, told: ReadonlySet<MediaId>) {
    if (!isToldOf(account, 'watchlist') || (await connections.connect(account)).setWatchlisted === undefined) return [];
    const list = listOf(account, 'watchlist');
    return [...lists.values()].flatMap((entry) => (entry.list === list && !told.has(entry.mediaId) ? entry.mediaId : []));
  }

  return {
    imported: reader.imported,
    planned: reader.planned,
    settlePlan: removals.settlePlan,

    async changed({ personId, mediaIds }) {
      const accounts = (await connections.list(personId)).filter((account) => KINDS.some((what) => isToldOf(account, what)));
      const words = createWords(database);
      const shown = await words.ofMedia(
        accounts.map((account) => account.id),
        mediaIds,
      );
      const ratings = await createRatings(database).of(personId, mediaIds);
      const lists = await createLists(database).of(personId, mediaIds);
      for (const account of accounts) {
        const own = shown.filter((one) => one.accountId === account.id);
        // Most changes, such as those that an import makes, are none of what is told: the server is not asked for those.
        const differ = own.filter(({ what, mediaId, ours }) => {
          const now =
            what === 'rating' ? (ratings.get(mediaId)?.rating ?? null) : lists.get(mediaId)?.list === listOf(account, what) ? 1 : null;
          return ours !== now;
        });
        for (const [what, some] of Map.groupBy(differ, (one) => one.what)) {
          const ids = some.map((one) => one.upstreamId);
          await words.due(account.id, what, ids, false);
        }
        const told = new Set(own.flatMap(({ what, mediaId }) => (what === 'watchlist' ? mediaId : [])));
        const wishes = await newWishes(account, lists, told);
        await createWishSearches(database).want(account.id, wishes);
        if (differ.length > 0 || wishes.length > 0) await tellSoon(account);
      }
    },

    async replaced({ personId }) {
      const accounts = (await connections.list(personId)).map((account) => account.id);
      await createWords(database).unhear(accounts);
      await createWishSearches(database).forgetAll(accounts);
    },

    registerJobs() {
      for (const { job: name, kinds } of [SHELVES, WATCHLISTS]) {
        jobs.handle(name, async (job, context) => {
          const account = await connections.byId(accountId(Number(job.payload.accountId)));
          return { ...(await tellDue(parts, account, kinds, context)) };
        });
      }
    },

    async resume() {
      const due = new Set([...(await createWords(database).accountsDue()), ...(await createWishSearches(database).accountsDue())]);
      if (due.size === 0) return;
      for (const account of await connections.list()) if (due.has(account.id)) await tellSoon(account);
    },
  };
}
