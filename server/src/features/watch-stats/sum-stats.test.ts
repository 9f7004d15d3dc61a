import { expect, it } from 'vitest';
import { type MediaId, mediaId } from '#kernel/ids.ts';
import { createSum, type LibraryRow } from './sum-stats.ts';

const row = (id: number, more: Partial<LibraryRow>): LibraryRow => ({
  mediaId: mediaId(id),
  type: 'shows',
  list: 'watching',
  watched: 0,
  total: 0,
  notAired: 0,
  ...more,
});
const lengths = (...minutes: (readonly [number, number])[]): ReadonlyMap<MediaId, number> =>
  new Map(minutes.map(([id, count]) => [mediaId(id), count * 60_000]));
const play = (id: number, work: number, plays: number, recent = 0) => ({ mediaId: mediaId(id), work: mediaId(work), plays, recent });

it('a library comes to its titles, episodes and minutes, by shelf and list', () => {
  const sum = createSum();
  sum.addTitles(
    [
      row(1, { watched: 3, total: 10, notAired: 2 }),
      row(2, { list: 'completed', watched: 8, total: 8 }),
      row(3, { type: 'movies', list: 'plantowatch' }),
      row(4, { type: 'movies', list: 'completed' }),
      row(5, { type: 'anime', watched: 30, total: 12 }),
    ],
    lengths([1, 45], [3, 120], [4, 90]),
  );
  const { shows, movies, anime } = sum.result();
  expect(shows.lists.watching).toEqual({ count: 1, minutes: 45, watched: 3, total: 10, left: 5, leftMinutes: 225 });
  expect(shows.lists.completed).toEqual({ count: 1, minutes: 0, watched: 8, total: 8, left: 0, leftMinutes: 0 });
  expect(shows.lists.hold.count).toBe(0);
  expect([movies.lists.plantowatch.minutes, movies.lists.completed.minutes]).toEqual([120, 90]);
  expect(anime.lists.watching).toMatchObject({ watched: 30, left: 0 });
});

it('plays come to minutes as often as they happened, an episode without a length at that of its show', () => {
  const sum = createSum();
  sum.addTitles([row(1, {}), row(4, { type: 'movies', list: 'completed' })], lengths());
  sum.addPlays([play(11, 1, 2, 1), play(12, 1, 1), play(4, 4, 3, 3), play(99, 98, 5, 5)], lengths([11, 60], [1, 40], [4, 100], [99, 10]));
  const { shows, movies } = sum.result();
  expect([shows.minutes, shows.weekMinutes]).toEqual([160, 60]);
  expect([movies.minutes, movies.weekMinutes]).toEqual([300, 300]);
});
