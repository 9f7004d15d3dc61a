import { describe, expect, it } from 'vitest';
import type { KnownEpisodes } from '#core/media/index.ts';
import { mediaId } from '#kernel/ids.ts';
import { planTitleWatch, type TitleWatchFacts, type TitleWord } from './plan-title-watch.ts';

const NOW = Date.UTC(2026, 10, 26);
const known: KnownEpisodes = {
  complete: true,
  episodes: [
    { season: 0, number: 1, mediaId: mediaId(1) },
    { season: 1, number: 1, airedAt: NOW - 9 },
    { season: 1, number: 2, airedAt: NOW - 8 },
    { season: 2, number: 1, airedAt: NOW - 7 },
    { season: 2, number: 2, airedAt: NOW + 7 },
  ],
};
const plan = (word: TitleWord, more: Partial<TitleWatchFacts> = {}) =>
  planTitleWatch({ kind: 'show', word, known, skipAutoWatching: false, now: NOW, ...more });
const slots = (result: ReturnType<typeof plan>): string => result.episodes.map(({ season, number }) => `${season}x${number}`).join(' ');

describe('a whole show', () => {
  it.each<[string, TitleWord, Partial<TitleWatchFacts>, string, string | undefined]>([
    ['that airs is all that is out of it', {}, { status: 'airing' }, '1x1 1x2 2x1', 'watching'],
    ['that has ended is all that is out of it', {}, { status: 'ended' }, '1x1 1x2 2x1', 'watching'],
    ['that is not out yet is nothing of it', {}, { status: 'upcoming' }, '', 'watching'],
    ['called completed is all that is out of it', { list: 'completed' }, { status: 'airing' }, '1x1 1x2 2x1', 'completed'],
    ['called watching only moves', { list: 'watching' }, {}, '', 'watching'],
    ['that is planned only moves', { list: 'plantowatch' }, {}, '', 'plantowatch'],
    ['without automatic marks only comes on a list', {}, { skipAutoWatching: true }, '', 'plantowatch'],
    ['without automatic marks stays on its list', {}, { skipAutoWatching: true, listed: 'hold' }, '', undefined],
    [
      'without automatic marks is still what an app calls it',
      { list: 'completed' },
      { skipAutoWatching: true },
      '1x1 1x2 2x1',
      'completed',
    ],
    ['with a memo alone does not move where it is listed', { memo: { text: 'x', isPrivate: false } }, { listed: 'hold' }, '', undefined],
    ['with a memo is watched where it is not listed', { memo: { text: 'x', isPrivate: false } }, {}, '1x1 1x2 2x1', 'watching'],
    ['with an empty list of seasons is nothing', { seasons: [] }, {}, '', undefined],
  ])('%s', (_what, word, more, episodes, list) => {
    const result = plan(word, more);
    expect([slots(result), result.list]).toEqual([episodes, list]);
  });

  it('takes the day of the title', () => {
    expect(plan({ day: 5 }).episodes[0]).toEqual({ season: 1, number: 1, day: 5 });
  });
});

describe('seasons and episodes', () => {
  it('are what is out of the season, or the episodes that are named', () => {
    expect(slots(plan({ seasons: [{ number: 2 }] }))).toBe('2x1');
    expect(slots(plan({ seasons: [{ number: 0 }] }))).toBe('0x1');
    expect(slots(plan({ seasons: [{ number: 2, episodes: [{ number: 2 }, { number: 9 }] }] }))).toBe('2x2 2x9');
  });

  it('have the day that is nearest to them', () => {
    const word = {
      day: 1,
      seasons: [
        { number: 1, episodes: [{ number: 1, day: 3 }, { number: 2 }] },
        { number: 2, day: 2 },
      ],
    };
    expect(plan(word).episodes.map(({ day }) => day)).toEqual([3, 1, 2]);
  });

  it('move nothing by themselves, and go with what the app calls the show', () => {
    expect(plan({ seasons: [{ number: 1 }] }).list).toBeUndefined();
    expect(plan({ list: 'hold', seasons: [{ number: 1 }] }).list).toBe('hold');
  });
});

describe('a movie', () => {
  it.each<[string, TitleWord, object]>([
    ['is watched', { day: 5 }, { episodes: [], movie: { day: 5 } }],
    ['called completed is watched', { list: 'completed' }, { episodes: [], list: 'completed', movie: {} }],
    ['called watching is watched', { list: 'watching' }, { episodes: [], list: 'watching', movie: {} }],
    ['that is planned is not', { list: 'plantowatch' }, { episodes: [], list: 'plantowatch' }],
    ['that is dropped is not', { list: 'dropped', day: 5 }, { episodes: [], list: 'dropped' }],
  ])('%s', (_what, word, result) => {
    expect(plan(word, { kind: 'movie' })).toEqual(result);
  });
});
