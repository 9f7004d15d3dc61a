import { describe, expect, it } from 'vitest';
import type { KnownPlay, ViewingState } from '#core/viewing/index.ts';
import { planWatch, type ToldDay, toldDay } from './plan-watch.ts';

const NOW = Date.UTC(2026, 10, 26, 20);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const seen = (at: number): ViewingState => ({ watched: true, changedAt: at, positionMs: 0 });
const play = (id: number, at?: number): KnownPlay => ({ id, evidence: [], ...(at !== undefined && { at }) });
const plan = (day: ToldDay, known?: ViewingState, plays: readonly KnownPlay[] = []) =>
  planWatch({ day, plays, now: NOW, ...(known && { known }) });

describe('an app’s word that something was watched', () => {
  it('without a day is a play of now', () => {
    expect(plan(undefined)).toEqual({
      added: true,
      play: { at: NOW },
      state: { watched: true, changedAt: NOW, positionMs: 0, positionAt: NOW },
    });
  });

  it('without a day says nothing of what is watched already, however often it is said', () => {
    expect(plan(undefined, seen(NOW - DAY), [play(1, NOW - DAY)])).toEqual({ added: false });
    expect(plan(undefined, seen(NOW - DAY), [])).toEqual({ added: false });
  });

  it('with the day of a play that is known is that play', () => {
    expect(plan(NOW - DAY + HOUR, seen(NOW - DAY), [play(1, NOW - DAY)])).toEqual({ added: false, same: 1 });
  });

  it('with another day is another play, and moves where the person stands only forward', () => {
    const again = plan(NOW, seen(NOW - DAY), [play(1, NOW - DAY)]);
    expect(again).toMatchObject({ added: false, play: { at: NOW }, state: { watched: true, changedAt: NOW } });
    expect(plan(NOW - 9 * DAY, seen(NOW - DAY), [play(1, NOW - DAY)])).toEqual({ added: false, play: { at: NOW - 9 * DAY } });
  });

  it('of a day that nobody knows is a play without a day, once', () => {
    expect(plan('unknown')).toMatchObject({ added: true, play: {}, state: { watched: true } });
    expect(plan('unknown', seen(NOW - DAY), [play(1, NOW - DAY)])).toEqual({ added: false, same: 1 });
    expect(plan('unknown', seen(NOW - DAY), [play(1)])).toEqual({ added: false, same: 1 });
  });

  it('after a mark was taken away watches it again, also where the play is known', () => {
    const known: ViewingState = { watched: false, changedAt: NOW - HOUR, unwatchedAt: NOW - HOUR, positionMs: 0 };
    expect(plan(undefined, known)).toMatchObject({ added: true, play: { at: NOW }, state: { watched: true, changedAt: NOW } });
    expect(plan(NOW - DAY, known, [play(4, NOW - DAY)])).toMatchObject({
      added: true,
      same: 4,
      state: { watched: true, changedAt: NOW - HOUR + 1 },
    });
  });

  it('ends what was begun', () => {
    const known: ViewingState = { watched: false, changedAt: 0, positionMs: 90_000, positionAt: NOW - HOUR };
    expect(plan(NOW, known).state).toMatchObject({ watched: true, positionMs: 0 });
  });
});

it.each<[string, number | undefined, ToldDay]>([
  ['no day', undefined, undefined],
  ['the first second of 1970', 1_000, 'unknown'],
  ['a day of the last century', Date.UTC(1999, 11, 31), 'unknown'],
  ['a day in the future', NOW + DAY, NOW],
  ['a day', NOW - DAY, NOW - DAY],
])('reads %s', (_what, at, day) => {
  expect(toldDay(at, NOW)).toBe(day);
});
