import { createMediaGraph, type TitleFactDesk } from '#core/media/index.ts';
import { createDiary, playTotals } from '#core/viewing/index.ts';
import { createScrobbling } from '#features/scrobbling/index.ts';
import type { Tracker } from '#features/tracker/index.ts';
import { createWatchChart, createWatchStats } from '#features/watch-stats/index.ts';
import type { WatchSync } from '#features/watch-sync/index.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Database } from '#platform/db/index.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import type { createTitleRooms } from './title-rooms.ts';

export type TrackingRoomsDeps = Readonly<{
  database: Database;
  clock: Clock;
  titleFacts: TitleFactDesk;
  titles: ReturnType<typeof createTitleRooms>;
  tracker: Tracker;
  watchSync: Pick<WatchSync, 'tell'>;
  jobs: JobQueue;
}>;

/** What players tell of a title while it plays, and what a person's watching comes to. */
export function createTrackingRooms({ database, clock, titleFacts: facts, titles, tracker, watchSync, jobs }: TrackingRoomsDeps) {
  const scrobbling = createScrobbling({
    database,
    clock,
    graph: createMediaGraph(database, { clock }),
    claims: titles.titleClaims,
    nativeEpisodes: titles.nativeEpisodes,
    facts,
    anime: titles.anime,
    tracker,
    jobs,
    tell: watchSync.tell,
  });
  const watchStats = createWatchStats({
    clock,
    facts,
    async *library(person) {
      for await (const { items } of tracker.library(person, ['shows', 'anime', 'movies'], {}, {})) {
        yield items.map(({ entry, list }) => ({ ...entry, list }));
      }
    },
    played: (person, page) => playTotals(database, person, page),
  });
  const diary = createDiary({ database, clock });
  const watchChart = createWatchChart({
    clock,
    plays: diary.after,
    anime: titles.anime.isAnime,
    async runtimes(media) {
      const known = await facts.of(media);
      return new Map([...known].flatMap(([id, { runtimeMs }]) => (runtimeMs === undefined ? [] : [[id, runtimeMs] as const])));
    },
  });
  return { scrobbling, watchStats, watchChart, diary };
}
