import { describe, expect, it } from 'vitest';
import { folded, sortedUnder, wordsOf } from './folded-title.ts';
import { standOf } from './stand-of.ts';

const counted = (watched: number, more: Partial<{ special: boolean; begun: number; lastWatchedAt: number }> = {}) => ({
  special: false,
  watched,
  begun: 0,
  ...more,
});

describe('how a person stands with a title', () => {
  it.each([
    ['nothing of it', 1, false, [], { state: 0, watched: 0 }],
    ['a film that was watched', 1, false, [counted(1, { lastWatchedAt: 5 })], { state: 2, watched: 1, lastWatchedAt: 5 }],
    ['a film that was begun', 1, false, [counted(0, { begun: 1 })], { state: 1, watched: 0 }],
    ['some episodes', 10, false, [counted(4, { lastWatchedAt: 9 })], { state: 1, watched: 4, lastWatchedAt: 9 }],
    ['all episodes, and no special', 10, false, [counted(10)], { state: 2, watched: 10 }],
    [
      'specials alone of a show that has more',
      10,
      false,
      [counted(3, { special: true, lastWatchedAt: 4 })],
      { state: 1, watched: 0, lastWatchedAt: 4 },
    ],
    ['all of a show of specials', 2, true, [counted(2, { special: true })], { state: 2, watched: 2 }],
    ['a show of which no episode is known', 0, false, [], { state: 0, watched: 0 }],
  ] as const)('%s', (_what, parts, onlySpecials, words, expected) => {
    expect(standOf(parts, onlySpecials, words)).toEqual(expected);
  });
});

describe('a title as it is searched and sorted', () => {
  it.each([
    ['Amélie', 'amelie', 'amelie'],
    ['The Wild Robot', 'the wild robot', 'wild robot'],
    ['Das Boot', 'das boot', 'boot'],
    ['The', 'the', 'the'],
    ["Ocean's Eleven", 'oceans eleven', 'oceans eleven'],
    ['Mission: Impossible – Fallout', 'mission impossible fallout', 'mission impossible fallout'],
    ['七人の侍', '七人の侍', '七人の侍'],
    ['Ёлки', 'елки', 'елки'],
  ])('%s', (title, searched, sorted) => {
    expect([folded(title), sortedUnder(title)]).toEqual([searched, sorted]);
  });

  it('is asked for by words', () => {
    expect([wordsOf('  Wild,  ROBOT '), wordsOf('?!')]).toEqual([['wild', 'robot'], []]);
  });
});
