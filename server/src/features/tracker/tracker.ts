import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Activities } from './activities.ts';
import { createStamps, type Database, type StampedTx } from './stamps.store.ts';
import { type AnimeAmong, createTitleTypes } from './title-types.store.ts';

export type TrackerDeps = Readonly<{
  database: Database;
  clock: Clock;
  animeAmong: AnimeAmong;
}>;

export type Tracker = Readonly<{
  /** When something of the person's library last changed, by shelf and by what it was. */
  activities(person: PersonId): Promise<Activities>;
  /** One change of a person's library: a transaction that holds the person's history and has one day for all that it changes. */
  withinStamp<T>(person: PersonId, work: (tx: StampedTx) => Promise<T>): Promise<T>;
  /** The person stands at another place in these movies or episodes, or at none any more. */
  playbackChanged(tx: StampedTx, media: readonly MediaId[]): Promise<void>;
}>;

/** What a person tracks, as the apps that follow it see it. */
export function createTracker({ database, clock, animeAmong }: TrackerDeps): Tracker {
  const stamps = createStamps({ database, clock });

  return {
    activities: stamps.activities,
    withinStamp: stamps.withinStamp,
    async playbackChanged(tx, media) {
      for (const title of await createTitleTypes(tx.handle, animeAmong).behind(media)) tx.touch(title.type, 'playback');
    },
  };
}
