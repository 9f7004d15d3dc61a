import type { ListName } from '#core/viewing/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import { type Duration, minutes } from '#kernel/instant.ts';

export type StatsShelf = 'shows' | 'anime' | 'movies';

/** A title of a person's library, with what is counted of its regular episodes. */
export type LibraryRow = Readonly<{ mediaId: MediaId; type: StatsShelf; list: ListName; watched: number; total: number; notAired: number }>;

/** What was played of a title or an episode. `work`: the show of an episode, else the title itself. */
export type PlayedRow = Readonly<{ mediaId: MediaId; work: MediaId; plays: number; recent: number }>;

export type ListStats = Readonly<{ count: number; minutes: number; watched: number; total: number; left: number; leftMinutes: number }>;
export type ShelfStats = Readonly<{ minutes: number; weekMinutes: number; lists: Readonly<Record<ListName, ListStats>> }>;
export type WatchStats = Readonly<Record<StatsShelf, ShelfStats>>;

type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

const none = (): Draft<ListStats> => ({ count: 0, minutes: 0, watched: 0, total: 0, left: 0, leftMinutes: 0 });
const shelf = () => ({
  ms: 0,
  weekMs: 0,
  lists: { watching: none(), plantowatch: none(), hold: none(), completed: none(), dropped: none() } satisfies Record<ListName, ListStats>,
});

const MINUTE = minutes(1);

/**
 * Sums up a library and its plays, page by page. What somebody played counts as often as it was played; a title whose length nobody knows
 * counts no minutes.
 */
export function createSum() {
  const sums = { shows: shelf(), anime: shelf(), movies: shelf() } satisfies Record<StatsShelf, ReturnType<typeof shelf>>;
  const typeOf = new Map<MediaId, StatsShelf>();

  return {
    addTitles(rows: readonly LibraryRow[], runtimes: ReadonlyMap<MediaId, Duration>): void {
      for (const { mediaId, type, list, watched, total, notAired } of rows) {
        typeOf.set(mediaId, type);
        const sum = sums[type].lists[list];
        const length = runtimes.get(mediaId) ?? 0;
        const left = Math.max(0, total - notAired - watched);
        sum.count += 1;
        sum.minutes += Math.round(length / MINUTE);
        sum.watched += watched;
        sum.total += total;
        sum.left += left;
        sum.leftMinutes += Math.round((left * length) / MINUTE);
      }
    },

    /** After the titles. What lies on no list counts nowhere. */
    addPlays(rows: readonly PlayedRow[], runtimes: ReadonlyMap<MediaId, Duration>): void {
      for (const { mediaId, work, plays, recent } of rows) {
        const type = typeOf.get(work);
        const length = runtimes.get(mediaId) ?? runtimes.get(work) ?? 0;
        if (type === undefined) continue;
        sums[type].ms += plays * length;
        sums[type].weekMs += recent * length;
      }
    },

    result(): WatchStats {
      const of = ({ ms, weekMs, lists }: ReturnType<typeof shelf>): ShelfStats => ({
        minutes: Math.round(ms / MINUTE),
        weekMinutes: Math.round(weekMs / MINUTE),
        lists,
      });
      return { shows: of(sums.shows), anime: of(sums.anime), movies: of(sums.movies) };
    },
  };
}
