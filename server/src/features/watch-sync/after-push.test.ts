import { describe, expect, it } from 'vitest';
import { lastWordAfter } from './after-push.ts';

const mark = { action: 'mark', at: 1_000, plays: 1, reason: '' } as const;
const unmark = { action: 'unmark', reason: '' } as const;
const position = { action: 'position', positionMs: 600_000, at: 1_000, reason: '' } as const;
const fresh = { played: false, playCount: 0, positionMs: 0 };
const once = { played: true, playCount: 1, lastPlayedAt: 5_000, positionMs: 0 };

describe('what is written down after our own change', () => {
  it('is what the server says, where nobody did anything meanwhile', () => {
    expect(lastWordAfter({ push: mark, before: fresh, now: once })).toEqual(once);
    expect(lastWordAfter({ push: unmark, before: once, now: fresh })).toEqual(fresh);
    const begun = { ...fresh, positionMs: 600_000, lastPlayedAt: 5_000 };
    expect(lastWordAfter({ push: position, before: fresh, now: begun })).toEqual(begun);
  });

  it('counts our mark alone: a play beside it is still to be heard of', () => {
    expect(lastWordAfter({ push: mark, before: fresh, now: { ...once, playCount: 2 } }).playCount).toBe(1);
    expect(lastWordAfter({ push: mark, before: { ...fresh, playCount: 3 }, now: { ...once, playCount: 5 } }).playCount).toBe(4);
  });

  it('counts what our mark was to bring the count up to, and no play beside it', () => {
    const after = (now: number, before = 0) =>
      lastWordAfter({ push: mark, before: { ...fresh, playCount: before }, now: { ...once, playCount: now }, playCount: 4 }).playCount;
    expect(after(4)).toBe(4);
    expect(after(5)).toBe(4);
    // A version that takes no counts: the second is somebody's own.
    expect(after(1)).toBe(1);
    expect(after(2)).toBe(1);
  });

  it('does not bring a play twice that was heard of while the call was under way', () => {
    expect(lastWordAfter({ push: mark, before: fresh, now: { ...once, playCount: 2 }, heardCount: 2 }).playCount).toBe(2);
  });

  it('does not take a mark that came after our un-mark for our own', () => {
    expect(lastWordAfter({ push: unmark, before: once, now: once })).toEqual(fresh);
  });

  it('does not take the end of a title for our position', () => {
    expect(lastWordAfter({ push: position, before: fresh, now: once })).toEqual({ ...fresh, positionMs: 600_000 });
  });

  it('knows that a server takes a position near the end for the end', () => {
    expect(lastWordAfter({ push: position, before: fresh, now: once, runtimeMs: 620_000 })).toEqual(once);
  });
});
