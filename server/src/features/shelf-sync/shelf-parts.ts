import type { ActorRef } from '#core/activity/index.ts';
import type { Account, Connections } from '#core/connections/index.ts';
import type { TitleClaims } from '#core/media/index.ts';
import type { Plans } from '#core/plans/index.ts';
import type {
  CallOptions,
  FavouriteSink,
  MediaServer,
  RatingSink,
  ShelfSource,
  UpstreamShelfItem,
  WatchlistKeeper,
} from '#core/upstreams/index.ts';
import type { ShelfWord } from '#core/viewing/index.ts';
import type { JobId, PersonId } from '#kernel/ids.ts';
import type { Clock, Duration } from '#kernel/instant.ts';
import type { JobQueue, LogLevel } from '#platform/jobs/index.ts';
import type { Journal } from '#platform/journal/index.ts';
import type { Compared } from './compare.ts';
import { isNew, shelfWordOf, titleOf, wordAfter } from './compare.ts';
import { createWords, type Database, type WordKind } from './words.store.ts';

/** Takes words into a person's library, with all that follows from them there; answers those that took place. */
export type TakeWords = (person: PersonId, words: readonly ShelfWord[], by: ActorRef) => Promise<ReadonlySet<ShelfWord>>;

export type ShelfParts = Readonly<{
  database: Database;
  clock: Clock;
  connections: Pick<Connections, 'byId' | 'list' | 'connect'>;
  /** A title of a watchlist that nobody knew of is made. */
  claims: TitleClaims;
  plans: Plans;
  jobs: JobQueue;
  journal: Journal;
  takeWords: TakeWords;
  /** Within this a change is answered, or it is looked at later whether it took place. */
  callDeadlineMs: Duration;
}>;

export type ShelfRun = Readonly<{
  jobId?: JobId;
  dryRun?: boolean;
  signal: AbortSignal;
  log(level: LogLevel, text: string): void;
}>;

/** A server that keeps more of titles than that they were watched. */
export type ShelfServer = MediaServer & ShelfSource & Partial<RatingSink & FavouriteSink & WatchlistKeeper>;

export const keepsShelves = (server: MediaServer): server is ShelfServer =>
  server.readShelf !== undefined && server.readShelfItem !== undefined;

/** A title as an account keeps it now: of a watchlist the ids are the vendor's, and not those of the server. */
export const readOne = async (
  server: ShelfServer,
  what: WordKind,
  upstreamId: string,
  options: CallOptions,
): Promise<UpstreamShelfItem | undefined> =>
  what === 'watchlist' ? server.readWatchlistItem?.(upstreamId, options) : server.readShelfItem(upstreamId, options);

/** What is taken in before it is noted: the library tells of it at once, and whoever hears of it would ask the server again. */
const TAKEN_AT_ONCE = 250;

/** Has the library take what an account taught, and notes what both say now; answers those that took place. */
export async function takeIn(parts: ShelfParts, account: Account, all: readonly Compared[]): Promise<readonly Compared[]> {
  const done: Compared[] = [];
  const by: ActorRef = { kind: 'job', id: 'shelf-sync', name: account.name };
  for (let from = 0; from < all.length; from += TAKEN_AT_ONCE) {
    const words = new Map(all.slice(from, from + TAKEN_AT_ONCE).map((one) => [shelfWordOf(one), one]));
    const took = await parts.takeWords(account.personId, [...words.keys()], by);
    const taken = [...words].flatMap(([word, one]) => (took.has(word) ? one : []));
    await note(parts, account, taken);
    done.push(...taken);
  }
  return done;
}

/** What the account has to be told is compared again one by one, right before. `counted`: a run has counted what that takes away. */
export async function owe({ database, clock }: ShelfParts, account: Account, all: readonly Compared[], counted: boolean): Promise<void> {
  const words = createWords(database);
  const unseen = all.filter((one) => one.last === undefined);
  await words.save(
    account.id,
    unseen.map(({ mapping: { what }, item, mediaId }) => ({
      what,
      upstreamId: item.upstreamId,
      mediaId,
      title: titleOf(item),
      theirs: null,
      ours: null,
      mode: '',
      seenAt: clock.now(),
    })),
  );
  for (const [what, some] of Map.groupBy(all, (one): WordKind => one.mapping.what)) {
    const ids = some.map((one) => one.item.upstreamId);
    await words.due(account.id, what, ids, counted);
  }
}

/** Both have been compared, and what followed has been done. */
export async function note({ database, clock }: ShelfParts, account: Account, all: readonly Compared[]): Promise<void> {
  const now = clock.now();
  const words = all.flatMap((one) => {
    const word = wordAfter(one, now);
    return isNew(word, one.last) ? word : [];
  });
  if (words.length > 0) await createWords(database).save(account.id, words);
}
