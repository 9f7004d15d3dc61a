import type { Dialect } from '#features/app-grants/index.ts';
import type { ListStats, ShelfStats, WatchStats } from '#features/watch-stats/index.ts';
import type { JsonObject } from '#kernel/json.ts';

/** What older apps call the list of what somebody has given up. */
const droppedIn = (dialect: Dialect): string => (dialect === 'legacy' ? 'notinteresting' : 'dropped');

const movieList = ({ minutes, count }: ListStats): JsonObject => ({ mins: minutes, count });

const openList = ({ watched, count, left, leftMinutes, total }: ListStats): JsonObject => ({
  watched_episodes_count: watched,
  count,
  left_to_watch_episodes: left,
  left_to_watch_mins: leftMinutes,
  total_episodes_count: total,
});

const closedList = ({ watched, count }: ListStats): JsonObject => ({ watched_episodes_count: watched, count });

const seriesOf = ({ minutes, lists }: ShelfStats, dialect: Dialect): JsonObject => ({
  total_mins: minutes,
  watching: openList(lists.watching),
  hold: openList(lists.hold),
  plantowatch: openList(lists.plantowatch),
  completed: closedList(lists.completed),
  [droppedIn(dialect)]: closedList(lists.dropped),
});

export const statsOf = ({ movies, shows, anime }: WatchStats, dialect: Dialect): JsonObject => ({
  total_mins: movies.minutes + shows.minutes + anime.minutes,
  movies: {
    total_mins: movies.minutes,
    plantowatch: movieList(movies.lists.plantowatch),
    completed: movieList(movies.lists.completed),
    [droppedIn(dialect)]: movieList(movies.lists.dropped),
  },
  tv: seriesOf(shows, dialect),
  anime: seriesOf(anime, dialect),
  watched_last_week: {
    total_mins: movies.weekMinutes + shows.weekMinutes + anime.weekMinutes,
    movies_mins: movies.weekMinutes,
    tv_mins: shows.weekMinutes,
    anime_mins: anime.weekMinutes,
  },
});

const NOTHING: ListStats = { count: 0, minutes: 0, watched: 0, total: 0, left: 0, leftMinutes: 0 };
const NO_SHELF: ShelfStats = {
  minutes: 0,
  weekMinutes: 0,
  lists: { watching: NOTHING, plantowatch: NOTHING, hold: NOTHING, completed: NOTHING, dropped: NOTHING },
};

/** The figures of somebody of whom nothing is told. */
export const emptyStatsOf = (dialect: Dialect): JsonObject => statsOf({ movies: NO_SHELF, shows: NO_SHELF, anime: NO_SHELF }, dialect);
