import { describe, expect, it } from 'vitest';
import { minutes } from '#kernel/instant.ts';
import { type Facts, planScrobble, type Told } from './plan-scrobble.ts';
import type { Session } from './sessions.store.ts';

const NOW = 10_000_000;
const session = (media: number, progress: number, more: Partial<Session> = {}): Session => ({
  mediaId: media as Session['mediaId'],
  state: 'paused',
  progress,
  at: NOW - 500,
  startedAt: NOW - 900,
  client: 'app',
  ...more,
});
const plan = (told: Partial<Told>, facts: Partial<Facts> = {}) =>
  planScrobble({ action: 'start', mediaId: 1, progress: 0, at: NOW, ...told }, { sessions: [], kind: 'movie', ...facts });

describe('what a player does', () => {
  it.each([
    ['is watched from 80 % on, where it stops', 80, { kind: 'watched' }],
    ['is watched at its end', 100, { kind: 'watched' }],
    ['is paused before', 79.99, { kind: 'playing', state: 'paused', startedAt: NOW }],
  ])('%s', (_, progress, outcome) => {
    expect(plan({ action: 'stop', progress }).outcome).toEqual(outcome);
  });

  it('is a repeat where it was watched within the hour', () => {
    expect(plan({ action: 'stop', progress: 95 }, { watchedAt: NOW - 7 }).outcome).toEqual({ kind: 'watched', repeatOf: NOW - 7 });
  });

  it('stays paused where it pauses, however far it has come', () => {
    expect(plan({ action: 'pause', progress: 97 }, { runtimeMs: 1_000 }).outcome).toEqual({
      kind: 'playing',
      state: 'paused',
      startedAt: NOW,
      positionMs: 970,
    });
  });

  it('ends what had come as far as 80 % before it starts, and nothing else', () => {
    const sessions = [session(2, 80), session(3, 79.9), session(4, 95, { state: 'checkin' }), session(5, 99, { state: 'started' })];
    expect(plan({}, { sessions }).finishes.map((one) => one.mediaId)).toEqual([2, 5]);
    for (const action of ['pause', 'stop', 'checkin'] as const) expect(plan({ action, progress: 10 }, { sessions }).finishes).toEqual([]);
  });

  it('goes on with the same title, and is a second time where that had come to its end', () => {
    const begun = plan({ progress: 40 }, { sessions: [session(1, 30)] });
    expect(begun).toMatchObject({ finishes: [], outcome: { startedAt: NOW - 900 } });
    const resumed = plan({ progress: 90 }, { sessions: [session(1, 85)] });
    expect(resumed).toMatchObject({ finishes: [], outcome: { startedAt: NOW - 900 } });
    const again = plan({ progress: 0 }, { sessions: [session(1, 85)] });
    expect(again).toMatchObject({ finishes: [{ mediaId: 1 }], outcome: { startedAt: NOW } });
    expect(plan({ progress: 5 }, { sessions: [session(1, 0, { state: 'checkin' })] }).outcome).toMatchObject({ startedAt: NOW });
  });

  it.each([
    ['movie', undefined, 0, minutes(90)],
    ['episode', undefined, 0, minutes(45)],
    ['anime', undefined, 0, minutes(25)],
    ['movie', minutes(120), 0, minutes(120)],
    ['movie', minutes(120), 75, minutes(30)],
    ['movie', minutes(120), 100, 0],
  ] as const)('checked in to a %s of %s ms at %s % counts after %s ms', (kind, runtimeMs, progress, after) => {
    const facts = { kind, ...(runtimeMs !== undefined && { runtimeMs }) };
    expect(plan({ action: 'checkin', progress }, facts)).toEqual({ finishes: [], outcome: { kind: 'checkin', dueAt: NOW + after } });
  });
});
