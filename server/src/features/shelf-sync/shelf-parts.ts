import type { ActorRef } from '#core/activity/index.ts';
import type { Account, Connections } from '#core/connections/index.ts';
import type { TitleClaims } from '#core/media/index.ts';
import type { Plans } from '#core/plans/index.ts';
import type { FavouriteSink, MediaServer, RatingSink, ShelfSource } from '#core/upstreams/index.ts';
import type { ShelfWord } from '#core/viewing/index.ts';
import type { JobId, PersonId } from '#kernel/ids.ts';
import type { Clock, Duration } from '#kernel/instant.ts';
import type { JobQueue, LogLevel } from '#platform/jobs/index.ts';
import type { Journal } from '#platform/journal/index.ts';
import type { Compared } from './compare.ts';
import { isNew, shelfWordOf, wordAfter } from './compare.ts';
import { createWords, type Database } from './words.store.ts';

/** Takes words into a person's library, with all that follows from them there; answers those that took place. */
export type TakeWords = (person: PersonId, words: readonly ShelfWord[], by: ActorRef) => Promise<ReadonlySet<ShelfWord>>;

export type ShelfParts = Readonly<{
  database: Database;
  clock: Clock;
  connections: Pick<Connections, 'byId' | 'list' | 'connect'>;
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
export type ShelfServer = MediaServer & ShelfSource & Partial<RatingSink & FavouriteSink>;

export const keepsShelves = (server: MediaServer): server is ShelfServer =>
  server.readShelf !== undefined && server.readShelfItem !== undefined;

/** Has the library take what an account taught, and notes what both say now; answers those that took place. */
export async function takeIn(parts: ShelfParts, account: Account, all: readonly Compared[]): Promise<readonly Compared[]> {
  const words = new Map(all.map((one) => [shelfWordOf(one), one]));
  const by: ActorRef = { kind: 'job', id: 'shelf-sync', name: account.name };
  const took = words.size === 0 ? new Set<ShelfWord>() : await parts.takeWords(account.personId, [...words.keys()], by);
  const done = [...words].flatMap(([word, one]) => (took.has(word) ? one : []));
  await note(parts, account, done);
  return done;
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
