import { describe, expect, it } from 'vitest';
import { type ObservationFacts, readNews } from './observation.ts';

const T0 = Date.UTC(2026, 0, 10, 12);
const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
const played = (lastPlayedAt?: number, playCount?: number) => ({
  played: true,
  positionMs: 0,
  addedAt: 1,
  ...(lastPlayedAt !== undefined && { lastPlayedAt }),
  ...(playCount !== undefined && { playCount }),
});
const unplayed = { played: false, positionMs: 0, addedAt: 1 };
const before = <T>(state: T) => ({ ...state, at: T0 });
const now = <T>(state: T) => ({ ...state, at: T0 + HOUR });

type Case = [
  what: string,
  facts: ObservationFacts,
  expected: { plays?: (number | undefined)[]; watched?: boolean; unwatched?: boolean; position?: number },
];

const cases: Case[] = [
  ['first sight of an unwatched title says nothing', { now: now(unplayed) }, {}],
  ['first sight of a watched title adds its play', { now: now(played(T0 - YEAR, 1)) }, { plays: [T0 - YEAR], watched: true }],
  [
    'first sight with a count of three adds three plays, one of them dated',
    { now: now(played(T0, 3)) },
    { plays: [T0, undefined, undefined], watched: true },
  ],
  [
    'first sight of a watched title that stands in the middle: its date is that of the beginning, not of the play',
    { now: { ...now(played(T0, 1)), positionMs: 9_000 } },
    { plays: [undefined], watched: true, position: 9_000 },
  ],
  [
    'first sight by an event: the day that the server shows, not that of the event',
    { now: now(played(T0 - YEAR, 1)), refined: { completed: true, playedAt: T0 + HOUR } },
    { plays: [T0 - YEAR], watched: true },
  ],
  ['first sight without a date adds a play without a date', { now: now(played()) }, { plays: [undefined], watched: true }],
  ['a date in the future is not used', { now: now(played(T0 + YEAR, 1)) }, { plays: [undefined], watched: true }],
  ['a date of 1970 is not used', { now: now(played(5_000, 1)) }, { plays: [undefined], watched: true }],
  ['not played, then played, is a play', { last: before(unplayed), now: now(played(T0 + 5, 1)) }, { plays: [T0 + 5], watched: true }],
  ['not played, then played twice', { last: before(unplayed), now: now(played(T0 + 5, 2)) }, { plays: [T0 + 5, undefined], watched: true }],
  [
    'played and played again, by count',
    { last: before(played(T0 - 5, 1)), now: now(played(T0 + 5, 2)) },
    { plays: [T0 + 5], watched: true },
  ],
  [
    'played and played again, by date alone where nothing is counted',
    { last: before(played(T0 - 5)), now: now(played(T0 + 5)) },
    { plays: [T0 + 5], watched: true },
  ],
  ['the same again is no news', { last: before(played(T0 - 5, 1)), now: now(played(T0 - 5, 1)) }, {}],
  [
    'begun again on a server that counts starts is no play',
    { last: before(played(T0 - 5, 1)), now: { ...now(played(T0 + 5, 2)), positionMs: 9_000 } },
    { position: 9_000 },
  ],
  ['played, then not: the mark was taken away', { last: before(played(T0 - 5, 1)), now: now(unplayed) }, { unwatched: true }],
  ['re-added copies start over', { last: before(played(T0 - 5, 1)), now: now({ ...unplayed, addedAt: 2 }) }, {}],
  ['an account that may never un-watch does not', { last: before(played(T0 - 5, 1)), now: now(unplayed), neverUnwatch: true }, {}],
  [
    'being watched again is no un-watch',
    { last: before(played(T0 - 5, 1)), now: { ...now(unplayed), lastPlayedAt: T0 + 9, playCount: 2, positionMs: 70_000 } },
    { position: 70_000 },
  ],
  [
    'begun again and left at once, on a server that keeps the count',
    { last: before(played(T0 - 5, 1)), now: now({ ...unplayed, playCount: 2 }) },
    {},
  ],
  ['our own mark is no play', { last: before(unplayed), now: now(played(T0 + 5, 1)), pushed: { played: true, at: T0 + 4 } }, {}],
  [
    'our own mark with a play on top of it, on a server that dates marks by itself',
    { last: before(unplayed), now: now(played(T0 + 50, 2)), pushed: { played: true, at: T0 + 4 } },
    { plays: [T0 + 50], watched: true },
  ],
  [
    'a play under our own mark, on a server that dates marks as it is told: it was finished right before the mark',
    { last: before(unplayed), now: now(played(T0 - YEAR, 2)), pushed: { played: true, at: T0 + 4, playedAt: T0 - YEAR } },
    { plays: [T0 + 4], watched: true },
  ],
  [
    'our own mark with the count that it was sent with',
    { last: before(unplayed), now: now(played(T0 - YEAR, 4)), pushed: { played: true, at: T0 + 4, playedAt: T0 - YEAR, playCount: 4 } },
    {},
  ],
  [
    'our own mark whose count came late',
    {
      last: before(played(T0 - YEAR, 1)),
      now: now(played(T0 - YEAR, 4)),
      pushed: { played: true, at: T0 - 4, playedAt: T0 - YEAR, playCount: 4 },
    },
    {},
  ],
  [
    'our own mark with its count, and a play on top of it',
    { last: before(unplayed), now: now(played(T0 + 50, 5)), pushed: { played: true, at: T0 + 4, playedAt: T0 - YEAR, playCount: 4 } },
    { plays: [T0 + 50], watched: true },
  ],
  [
    'our own mark without its count, and a play on top of it',
    { last: before(unplayed), now: now(played(T0 + 50, 2)), pushed: { played: true, at: T0 + 4, playedAt: T0 - YEAR, playCount: 4 } },
    { plays: [T0 + 50], watched: true },
  ],
  [
    'no answer to our mark, and one play: a date that we did not tell is not ours',
    { last: before(unplayed), now: now(played(T0 + 50, 1)), pushed: { played: true, at: T0 + 4, playedAt: T0 - YEAR } },
    { plays: [T0 + 50], watched: true },
  ],
  [
    'no answer to our mark of just now, and its own date, to the second',
    { last: before(unplayed), now: now(played(T0 - 1_000, 1)), pushed: { played: true, at: T0 + 4, playedAt: T0 - 40 } },
    {},
  ],
  [
    'no answer to our mark, and a date from long before it, which a server without our date may have kept',
    { last: before(unplayed), now: now(played(T0 - 9 * HOUR, 1)), pushed: { played: true, at: T0 + 4, playedAt: T0 - YEAR } },
    {},
  ],
  [
    'no answer to our mark, and the title stands in the middle: a beginning is no play',
    {
      last: before(unplayed),
      now: { ...now(played(T0 + 50, 2)), positionMs: 9_000 },
      pushed: { played: true, at: T0 + 4, playedAt: T0 - YEAR, playCount: 2 },
    },
    { position: 9_000 },
  ],
  [
    'no answer from a server that dates marks by itself, and one play: later than our mark can be',
    { last: before(unplayed), now: now(played(T0 + HOUR / 2, 1)), pushed: { played: true, at: T0 + 4 } },
    { plays: [T0 + HOUR / 2], watched: true },
  ],
  [
    'no answer from a server that dates marks by itself, and one play within its time: nobody can tell, and it is taken for ours',
    { last: before(unplayed), now: now(played(T0 + 30_000, 1)), pushed: { played: true, at: T0 + 4 } },
    {},
  ],
  [
    'no answer from a server that dates marks by itself, and a player says that it has finished',
    {
      last: before(unplayed),
      now: now(played(T0 + 30_000, 1)),
      pushed: { played: true, at: T0 + 4 },
      refined: { completed: true, finished: true, playedAt: T0 + 30_000 },
    },
    { plays: [T0 + 30_000], watched: true },
  ],
  [
    'no answer to our mark, whose own event is no player’s word',
    {
      last: before(unplayed),
      now: now(played(T0 - YEAR, 1)),
      pushed: { played: true, at: T0 + 4, playedAt: T0 - YEAR },
      refined: { completed: true, playedAt: T0 + 30_000 },
    },
    {},
  ],
  ['our own un-mark is no un-watch', { last: before(played(T0 - 5, 1)), now: now(unplayed), pushed: { played: false, at: T0 + 4 } }, {}],
  [
    'a push that was heard of before is no excuse',
    { last: before(played(T0 - 5, 1)), now: now(unplayed), pushed: { played: false, at: T0 - 60_000 } },
    { unwatched: true },
  ],
  [
    'a push that was on its way at the last look is seen only now',
    { last: before(unplayed), now: now(played(T0 + 1, 1)), pushed: { played: true, at: T0 - 4 } },
    {},
  ],
  [
    'a webhook that says finished is believed',
    { last: before(unplayed), now: now(unplayed), refined: { completed: true, playedAt: T0 + 7 } },
    { plays: [T0 + 7], watched: true },
  ],
  [
    'the same webhook again, without a date, adds nothing',
    { last: before(played(T0 + 7, 1)), now: now(played(T0 + 7, 1)), refined: { completed: true } },
    {},
  ],
  [
    'the echo of our own mark as a webhook, after the server had answered us',
    { last: before(played(T0 - 9, 1)), now: now(played(T0 - 9, 1)), refined: { completed: true, playedAt: T0 + 7 } },
    {},
  ],
  ['a new position', { last: before(unplayed), now: { ...now(unplayed), positionMs: 90_000 } }, { position: 90_000 }],
  [
    'the same position within a second',
    { last: { ...before(unplayed), positionMs: 90_000 }, now: { ...now(unplayed), positionMs: 90_400 } },
    {},
  ],
];

describe('what is new in an observation', () => {
  it.each(cases)('%s', (_, facts, expected) => {
    const news = readNews(facts);
    expect({
      plays: news.plays.map((play) => play.at),
      watched: news.watched,
      unwatched: news.unwatched,
      position: news.position?.ms,
    }).toEqual({ plays: [], watched: false, unwatched: false, position: undefined, ...expected });
  });

  it('believes somebody who takes a mark away on a copy that no read lists', () => {
    const { addedAt: _, ...last } = before(played(1, 1));
    const found = { last, now: now({ ...unplayed, addedAt: 2 }) };
    expect(readNews(found).unwatched).toBe(false);
    expect(readNews({ ...found, refined: { unplayed: true } }).unwatched).toBe(true);
  });

  it('says why it did not believe an un-watch', () => {
    const news = readNews({ last: before(played(1, 1)), now: now({ ...unplayed, addedAt: 2 }) });
    expect(news.notes).toEqual(['the copy was added anew, so its state started over']);
  });
});
