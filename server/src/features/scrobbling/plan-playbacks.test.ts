import { describe, expect, it } from 'vitest';
import type { Begun } from '#core/viewing/index.ts';
import { mediaId } from '#kernel/ids.ts';
import { type PlaybackFacts, planPlaybacks, stands } from './plan-playbacks.ts';
import type { Session } from './sessions.store.ts';

const begun = (id: number, positionMs: number, at: number, watchedAt?: number): Begun => ({
  mediaId: mediaId(id),
  positionMs,
  at,
  ...(watchedAt !== undefined && { watchedAt }),
});
const session = (id: number, progress: number, at: number, state: Session['state'] = 'paused'): Session => ({
  mediaId: mediaId(id),
  state,
  progress,
  at,
  startedAt: at,
  client: 'app',
});
const list = (facts: Partial<PlaybackFacts>) =>
  planPlaybacks({
    begun: [],
    sessions: [],
    runtimes: new Map([1, 2, 3].map((id) => [mediaId(id), 3_000])),
    hideWatched: false,
    ...facts,
  }).map((one) => [one.mediaId, one.progress, one.pausedAt]);

describe('what a person can go on with', () => {
  it('is a share of the length, to the hundredth, the last one first', () => {
    expect(list({ begun: [begun(1, 1_000, 5), begun(2, 3_500, 9)] })).toEqual([
      [2, 100, 9],
      [1, 33.33, 5],
    ]);
  });

  it('is left out where the length is not known, unless an app told the share', () => {
    expect(list({ begun: [begun(7, 1_000, 5)] })).toEqual([]);
    expect(list({ begun: [begun(7, 1_000, 5)], sessions: [session(7, 12.34, 6)] })).toEqual([[7, 12.34, 6]]);
  });

  it('is one place for each title: what an app said last, as it said it', () => {
    expect(list({ begun: [begun(1, 1_000, 5)], sessions: [session(1, 33.3, 5)] })).toEqual([[1, 33.3, 5]]);
  });

  it('is no title that was only checked in to, or that stands at its beginning', () => {
    expect(list({ sessions: [session(1, 50, 5, 'checkin'), session(2, 0, 5, 'started')] })).toEqual([]);
    expect(list({ sessions: [session(1, 50, 5, 'started')] })).toEqual([[1, 50, 5]]);
  });

  it('leaves out what was watched after it had been left, where that is asked for, and keeps what is watched again', () => {
    const facts = { begun: [begun(1, 1_000, 5, 6), begun(2, 1_000, 5, 4), begun(3, 1_000, 5)] };
    expect(list({ ...facts, hideWatched: true }).map(([id]) => id)).toEqual([3, 2]);
    expect(list(facts).map(([id]) => id)).toEqual([3, 2, 1]);
  });
});

describe('the last word of an app', () => {
  it.each([
    ['nobody else said anything', undefined, true],
    ['the place is the one it told', { watched: false, changedAt: 1, positionAt: 10 }, true],
    ['a server told a place before', { watched: false, changedAt: 1, positionAt: 9 }, true],
    ['a server told a place since', { watched: false, changedAt: 1, positionAt: 11 }, false],
    ['it was watched before', { watched: true, changedAt: 9 }, true],
    ['it was watched since', { watched: true, changedAt: 11 }, false],
  ] as const)('where %s, holds or not', (_, standing, holds) => {
    expect(stands(session(1, 50, 10), standing)).toBe(holds);
  });
});
