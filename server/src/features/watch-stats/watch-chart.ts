import { invalid } from '#kernel/app-error.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import { type Clock, type Duration, type Instant, minutes } from '#kernel/instant.ts';
import { type ChartStep, calendarOf, stepsUntil } from './chart-days.ts';
import type { StatsShelf } from './sum-stats.ts';

/** So many plays are looked at between two breaths of the house. */
const PAGE = 1_000;

type Dated = Readonly<{ id: number; mediaId: MediaId; work: MediaId; kind: string; at: Instant }>;

export type WatchChartDeps = Readonly<{
  clock: Clock;
  /** Oldest first, after the one given. */
  plays(person: PersonId, after: Readonly<{ at: Instant; id: number; limit: number }>): Promise<readonly Dated[]>;
  /** Those of these movies and shows that are anime. */
  anime(works: readonly MediaId[]): Promise<ReadonlySet<MediaId>>;
  runtimes(media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, Duration>>;
}>;

export type ChartWish = Readonly<{ step: ChartStep; count: number; zone: string }>;
export type ChartSum = Readonly<{ plays: number; minutes: number }>;
export type ChartStepSums = Readonly<{ name: string }> & Readonly<Record<StatsShelf, ChartSum>>;

type Draft = Record<StatsShelf, { plays: number; ms: number }>;

const MINUTE = minutes(1);
const none = (): Draft => ({ movies: { plays: 0, ms: 0 }, shows: { plays: 0, ms: 0 }, anime: { plays: 0, ms: 0 } });

/** What a person played in each of the latest days, months or years. Plays of no known day are in none of them. */
export function createWatchChart({ clock, plays, anime, runtimes }: WatchChartDeps) {
  async function add(page: readonly Dated[], sums: ReadonlyMap<string, Draft>, nameOf: (at: Instant) => string): Promise<void> {
    const wanted = page.filter((play) => sums.has(nameOf(play.at)));
    const works = [...new Set(wanted.map((play) => play.work))];
    const [isAnime, lengths] = await Promise.all([anime(works), runtimes([...new Set([...wanted.map((play) => play.mediaId), ...works])])]);
    for (const { mediaId, work, kind, at } of wanted) {
      const shelf = isAnime.has(work) ? 'anime' : kind === 'movie' ? 'movies' : 'shows';
      const sum = sums.get(nameOf(at))?.[shelf];
      if (sum === undefined) continue;
      sum.plays += 1;
      sum.ms += lengths.get(mediaId) ?? lengths.get(work) ?? 0;
    }
  }

  return {
    /** Oldest first, empty ones included. @throws AppError `invalid` (field `zone`) */
    async of(person: PersonId, wish: ChartWish): Promise<readonly ChartStepSums[]> {
      const now = clock.now();
      const { names, from, nameOf } = inZone(now, wish);
      const sums = new Map(names.map((name) => [name, none()]));
      for (let after = { at: from, id: 0 }; ; ) {
        const page = await plays(person, { ...after, limit: PAGE });
        await add(page, sums, nameOf);
        const last = page.at(-1);
        if (last === undefined || page.length < PAGE) break;
        after = { at: last.at, id: last.id };
      }
      const shown = ({ plays: count, ms }: Draft[StatsShelf]): ChartSum => ({ plays: count, minutes: Math.round(ms / MINUTE) });
      return [...sums].map(([name, { movies, shows, anime: drawn }]) => ({
        name,
        movies: shown(movies),
        shows: shown(shows),
        anime: shown(drawn),
      }));
    },
  };
}

function inZone(now: Instant, wish: ChartWish) {
  try {
    return { ...stepsUntil(now, wish), nameOf: calendarOf(wish.step, wish.zone).nameOf };
  } catch (cause) {
    if (cause instanceof RangeError) throw invalid('zone', 'is no time zone that is known here', cause);
    throw cause;
  }
}
