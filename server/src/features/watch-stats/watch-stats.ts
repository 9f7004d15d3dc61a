import type { TitleFactDesk } from '#core/media/index.ts';
import type { PlayTotal } from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import { type Clock, type Duration, days, type Instant } from '#kernel/instant.ts';
import { createSum, type LibraryRow, type WatchStats } from './sum-stats.ts';

/** So many titles are looked at between two breaths of the house. */
const PAGE = 1_000;

export type WatchStatsDeps = Readonly<{
  clock: Clock;
  facts: Pick<TitleFactDesk, 'of'>;
  /** All titles of a person's library, page by page. */
  library(person: PersonId): AsyncIterable<readonly LibraryRow[]>;
  /** What the person played, by title, after the one given. */
  played(person: PersonId, page: Readonly<{ after: number; since: Instant; limit: number }>): Promise<readonly PlayTotal[]>;
}>;

export type WatchStatsDesk = Readonly<{ of(person: PersonId): Promise<WatchStats> }>;

/** What a person's watching comes to, in titles, episodes and minutes. */
export function createWatchStats({ clock, facts, library, played }: WatchStatsDeps): WatchStatsDesk {
  async function runtimesOf(media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, Duration>> {
    const known = await facts.of(media);
    return new Map([...known].flatMap(([id, { runtimeMs }]) => (runtimeMs === undefined ? [] : [[id, runtimeMs] as const])));
  }

  return {
    async of(person) {
      const sum = createSum();
      for await (const page of library(person)) sum.addTitles(page, await runtimesOf(page.map((row) => row.mediaId)));
      const since = clock.now() - days(7);
      for (let after = 0; ; ) {
        const page = await played(person, { after, since, limit: PAGE });
        sum.addPlays(page, await runtimesOf([...new Set(page.flatMap((row) => [row.mediaId, row.work]))]));
        const last = page.at(-1);
        if (last === undefined || page.length < PAGE) return sum.result();
        after = last.mediaId;
      }
    },
  };
}
