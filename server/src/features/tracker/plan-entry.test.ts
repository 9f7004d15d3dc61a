import { describe, expect, it } from 'vitest';
import type { KnownEpisode } from '#core/media/index.ts';
import type { ListName } from '#core/viewing/index.ts';
import { type MediaId, mediaId } from '#kernel/ids.ts';
import { type EntryFacts, planEntry } from './plan-entry.ts';

const NOW = Date.UTC(2026, 10, 26);
const DAY = 86_400_000;
const MOVIE = mediaId(500);
const at = (numbers: readonly number[], day = 1): Map<MediaId, number> => new Map(numbers.map((n) => [mediaId(n), day * DAY]));
/** Media 101 is S01E01, 203 is S02E03, 1 is the first special. */
const listed = (numbers: readonly number[], more: (n: number) => Partial<KnownEpisode> = () => ({})): KnownEpisode[] =>
  numbers.map((n) => ({ mediaId: mediaId(n), season: Math.floor(n / 100), number: n % 100, ...more(n) }));
const show = (more: Partial<EntryFacts> = {}): EntryFacts => ({
  kind: 'show',
  watched: new Map(),
  known: { complete: false, episodes: listed([1, 101, 102, 103]) },
  now: NOW,
  ...more,
});
const movie = (more: Partial<EntryFacts> = {}): EntryFacts => ({
  ...show(),
  kind: 'movie',
  known: { complete: false, episodes: [] },
  ...more,
});
const on = (list: ListName, seen: readonly number[] = [], day = 1) => ({ list, watched: at(seen, day) });
const ALL = { complete: true, episodes: listed([1, 101, 102]) };

describe('the list of a movie', () => {
  it.each<[string, ListName | undefined, Partial<EntryFacts>]>([
    ['nobody watched or listed it', undefined, {}],
    ['it was watched', 'completed', { watched: at([MOVIE]) }],
    ['it was planned and is watched now', 'completed', { before: on('plantowatch'), watched: at([MOVIE]) }],
    ['it was dropped and is watched after all', 'completed', { before: on('dropped'), watched: at([MOVIE]) }],
    ['it was put aside after it had been watched', 'dropped', { before: on('dropped', [MOVIE]), watched: at([MOVIE]) }],
    ['it was dropped and is watched again', 'completed', { before: on('dropped', [MOVIE]), watched: at([MOVIE], 2) }],
    ['its mark was taken away', 'plantowatch', { before: on('completed', [MOVIE]) }],
    ['it was called completed without a mark', 'completed', { before: on('completed') }],
    ['somebody says that they are watching it', 'completed', { wish: 'watching' }],
    ['somebody planned it', 'plantowatch', { wish: 'plantowatch' }],
    ['somebody puts it aside, which is for shows', 'plantowatch', { wish: 'hold' }],
  ])('where %s is %s', (_why, list, facts) => {
    expect(planEntry(movie(facts))?.list).toBe(list);
  });
});

describe('the list of a show', () => {
  const ended = { known: ALL, status: 'ended' } as const;
  it.each<[string, ListName | undefined, Partial<EntryFacts>]>([
    ['nobody watched or listed it', undefined, {}],
    ['an episode was watched', 'watching', { watched: at([101]) }],
    ['it was planned, and an episode is watched', 'watching', { before: on('plantowatch'), watched: at([101]) }],
    ['it was on hold, and an episode is watched', 'watching', { before: on('hold', [101]), watched: at([101, 102]) }],
    ['it is on hold and nothing happened', 'hold', { before: on('hold', [101]), watched: at([101]) }],
    ['it was dropped, and an episode is watched', 'dropped', { before: on('dropped'), watched: at([101]) }],
    ['it was completed and a mark is gone', 'watching', { before: on('completed', [101, 102]), watched: at([101]) }],
    ['a mark of a show on hold is gone', 'hold', { before: on('hold', [101, 102]), watched: at([101]) }],
    ['all that servers have was watched, but nobody knows the full list', 'watching', { watched: at([101, 102, 103]), status: 'ended' }],
    ['all was watched, and it goes on', 'watching', { watched: at([101, 102]), known: ALL, status: 'airing' }],
    ['all was watched, and nobody knows whether it goes on', 'watching', { watched: at([101, 102]), known: ALL }],
    ['all was watched and it has ended', 'completed', { ...ended, watched: at([101, 102]) }],
    ['all but the specials was watched and it has ended', 'completed', { ...ended, before: on('hold', [101]), watched: at([101, 102]) }],
    ['a special was watched in place of the last episode', 'watching', { ...ended, watched: at([1, 101]) }],
    [
      'an episode of the full list was named by nobody',
      'watching',
      {
        status: 'ended',
        watched: at([101, 102]),
        known: { complete: true, episodes: [...ALL.episodes, { season: 1, number: 3 }] },
      },
    ],
    [
      'somebody goes on with what they had watched to its end',
      'completed',
      { ...ended, before: on('hold', [101, 102]), watched: at([101, 102]), wish: 'watching' },
    ],
    ['somebody calls it completed while it goes on', 'watching', { wish: 'completed', status: 'airing' }],
    [
      'somebody calls it completed before its last episode airs',
      'watching',
      {
        wish: 'completed',
        status: 'ended',
        known: { complete: true, episodes: listed([101], () => ({ airedAt: NOW + DAY })) },
      },
    ],
    ['somebody calls it completed and it has ended', 'completed', { ...ended, wish: 'completed' }],
    ['somebody calls it completed and nobody knows whether it goes on', 'completed', { wish: 'completed' }],
    ['somebody drops what they watch', 'dropped', { before: on('watching', [101]), watched: at([101]), wish: 'dropped' }],
  ])('where %s is %s', (_why, list, facts) => {
    expect(planEntry(show(facts))?.list).toBe(list);
  });
});

describe('what an entry counts and points at', () => {
  it('leaves specials out of its counts and lists them among the watched', () => {
    const entry = planEntry(show({ watched: new Map([...at([1], 9), ...at([101])]) }));
    expect(entry).toMatchObject({ watched: 1, total: 3, notAired: 0, lastWatchedAt: 9 * DAY });
    expect(entry?.episodes.map(({ season, number }) => [season, number])).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect(entry?.lastWatched).toEqual({ season: 1, number: 1 });
  });

  it('points at the first that is out and unseen after the one watched last, whatever was skipped', () => {
    const known = { complete: true, episodes: listed([101, 102, 103, 201, 202], (n) => ({ airedAt: n === 202 ? NOW + DAY : DAY })) };
    const next = (watched: EntryFacts['watched']) => planEntry(show({ known, watched, wish: 'watching' }))?.nextToWatch;
    expect(next(new Map())).toEqual({ season: 1, number: 1 });
    expect(next(at([103]))).toEqual({ season: 2, number: 1 });
    expect(next(new Map([...at([103], 2), ...at([101], 5)]))).toEqual({ season: 1, number: 2 });
    expect(next(at([101, 102, 103, 201]))).toBeUndefined();
  });

  it('takes the furthest of one day for the one watched last', () => {
    expect(planEntry(show({ watched: at([102, 101, 103]) }))?.lastWatched).toEqual({ season: 1, number: 3 });
  });

  it('counts what has no date as out where a server has it or the show has ended, and says when the next one airs', () => {
    const episodes: KnownEpisode[] = [
      ...listed([101]),
      { season: 1, number: 2 },
      { season: 1, number: 3, airedAt: NOW + 2 * DAY },
      { season: 1, number: 4, airedAt: NOW + DAY },
    ];
    const entry = (status: EntryFacts['status']) =>
      planEntry(show({ known: { complete: true, episodes }, wish: 'plantowatch', ...(status && { status }) }));
    expect(entry('airing')).toMatchObject({ total: 4, notAired: 3, nextAirAt: NOW + DAY });
    expect(entry('ended')).toMatchObject({ total: 4, notAired: 2 });
  });

  it('of a movie is its day alone', () => {
    expect(planEntry(movie({ watched: at([MOVIE], 7) }))).toEqual({
      list: 'completed',
      lastWatchedAt: 7 * DAY,
      watched: 0,
      total: 0,
      notAired: 0,
      episodes: [],
    });
  });
});
