import { describe, expect, it } from 'vitest';
import type { StoredViewing } from '#core/viewing/index.ts';
import { accountId, mediaId } from '#kernel/ids.ts';
import { type PushFacts, planPush } from './plan-push.ts';

const T0 = Date.UTC(2026, 0, 10, 12);
const HOUR = 3_600_000;
const viewing = (part: Partial<StoredViewing> = {}): StoredViewing => ({
  mediaId: mediaId(1),
  watched: false,
  changedAt: T0,
  positionMs: 0,
  createdAt: T0,
  updatedAt: T0,
  ...part,
});
const watched = viewing({ watched: true });
const unwatched = viewing({ unwatchedAt: T0 });
const begun = viewing({ positionMs: 600_000, positionAt: T0, positionAccountId: 2 });
const target = { played: false, positionMs: 0, at: T0 + 24 * HOUR, heard: true, markedByUs: false };
const facts = (part: Partial<PushFacts>): PushFacts => ({
  accountId: accountId(1),
  viewings: [watched],
  titles: 1,
  plays: 1,
  target,
  partOfRange: false,
  playingNow: false,
  replay: false,
  ...part,
});

const cases: [string, Partial<PushFacts>, string][] = [
  ['watched here, not there', {}, 'mark'],
  ['watched on both', { target: { ...target, played: true } }, 'none'],
  ['a position in a file of other episodes too', { viewings: [begun], partOfRange: true }, 'none'],
  ['nothing is written where the person plays it now', { playingNow: true }, 'none'],
  [
    'its date is in the future, so its clock is wrong: un-marked all the same',
    { viewings: [unwatched], target: { ...target, played: true, lastPlayedAt: T0 + 900 * HOUR } },
    'unmark',
  ],
  ['being watched again there', { target: { ...target, positionMs: 9_000, lastPlayedAt: T0 + HOUR } }, 'none'],
  [
    'left there in the middle, in the second in which it was finished here',
    { target: { ...target, positionMs: 9_000, lastPlayedAt: T0 + 999 } },
    'mark',
  ],
  ['a file of two episodes, both watched', { viewings: [watched, watched], titles: 2 }, 'mark'],
  ['a file of two episodes, one watched', { viewings: [watched, viewing()], titles: 2 }, 'none'],
  ['a file of two episodes, one of them never heard of', { viewings: [watched], titles: 2 }, 'none'],
  [
    'a file of two episodes is never un-marked for one of them',
    { viewings: [watched, unwatched], titles: 2, target: { ...target, played: true } },
    'none',
  ],
  ['un-watched here, watched there', { viewings: [unwatched], target: { ...target, played: true, lastPlayedAt: T0 - HOUR } }, 'unmark'],
  ['never watched here, watched there', { viewings: [viewing()], target: { ...target, played: true } }, 'none'],
  [
    'un-watched here, played there after it',
    { viewings: [unwatched], target: { ...target, played: true, lastPlayedAt: T0 + HOUR } },
    'none',
  ],
  [
    'un-watched here, on a server that we never listened to',
    { viewings: [unwatched], target: { ...target, played: true, heard: false } },
    'none',
  ],
  [
    'un-watched here, on a server where the mark is our own',
    { viewings: [unwatched], target: { ...target, played: true, heard: false, markedByUs: true } },
    'unmark',
  ],
  ['begun elsewhere', { viewings: [begun] }, 'position'],
  ['begun there', { viewings: [begun], accountId: accountId(2) }, 'none'],
  ['under a minute', { viewings: [viewing({ positionMs: 59_999, positionAt: T0, positionAccountId: 2 })] }, 'none'],
  ['exactly a minute', { viewings: [viewing({ positionMs: 60_000, positionAt: T0, positionAccountId: 2 })] }, 'position'],
  ['played there since', { viewings: [begun], target: { ...target, lastPlayedAt: T0 + HOUR, positionMs: 5 } }, 'none'],
  ['a watched title stays without its position', { viewings: [{ ...begun, watched: true }], target: { ...target, played: true } }, 'none'],
  [
    'with replay its position travels',
    { viewings: [{ ...begun, watched: true }], target: { ...target, played: true }, replay: true },
    'position',
  ],
];

describe('what a server is told about a copy', () => {
  it.each(cases)('%s', (_, part, action) => {
    const push = planPush(facts(part));
    expect(push.action).toBe(action);
    expect(push.reason).not.toBe('');
  });
});
