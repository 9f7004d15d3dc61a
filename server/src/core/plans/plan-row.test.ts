import { describe, expect, it } from 'vitest';
import { houseActor } from '#core/activity/index.ts';
import { accountId } from '#kernel/ids.ts';
import type { Json, JsonObject } from '#kernel/json.ts';
import type { PlanChange } from './plan.ts';
import { effectOf, isOwn, rowKeyOf, rowOf } from './plan-row.ts';

const change = (more: Partial<PlanChange> = {}): PlanChange => ({
  id: 1,
  seq: 1,
  kind: 'mark-played',
  accountId: accountId(2),
  subject: { title: 'Heat', mediaId: 7 },
  before: { watched: false },
  after: { watched: true },
  reason: { rule: 'rule', facts: [{ text: 'watched', source: 'plex', at: 5 }] },
  askedBy: houseActor,
  mayLeaveOut: true,
  state: 'planned',
  outcome: undefined,
  ...more,
});

describe('what a change does', () => {
  it.each<[string, Json, Json, string]>([
    ['a mark that is set', { watched: false }, { watched: true }, 'add'],
    ['a mark that is taken away', { watched: true }, { watched: false }, 'remove'],
    ['a position where there was none', { positionMs: 0 }, { positionMs: 60_000 }, 'add'],
    ['another position', { positionMs: 5_000 }, { positionMs: 60_000 }, 'change'],
    ['a rating that comes', null, 8, 'add'],
    ['another rating', 6, 8, 'change'],
    ['a rating that goes', 8, null, 'remove'],
    ['something that stays as it is', { watched: true, positionMs: 5 }, { watched: true, positionMs: 0 }, 'change'],
  ])('is told by what was and what will be: %s', (_name, before, after, effect) => {
    expect(effectOf({ before, after })).toBe(effect);
  });

  it('to our own history is told by its kind', () => {
    expect(['learn-watched', 'mark-played'].map((kind) => isOwn({ kind }))).toEqual([true, false]);
  });
});

describe('a row of a plan', () => {
  it.each<[JsonObject, string]>([
    [{ title: 'x', mediaId: 7, copyId: 9 }, 'media 7'],
    [{ title: 'x', copyId: 9 }, 'copy 9'],
    [{ title: 'x' }, 'change 3'],
    [{ title: 'x', mediaId: '7' }, 'change 3'],
  ])('is one title, else one copy, else the change alone: %j', (subject, key) => {
    expect(rowKeyOf(subject, 3)).toBe(key);
  });

  const places = ['plex', 'jellyfin', 'emby', 'seen', 'unseen', 'begun', 'bare'].map((name, index) => ({
    accountId: index + 1,
    name,
    readAt: name === 'unseen' ? null : 9,
  }));
  const standings = {
    1: { watched: true, at: 5 },
    2: { watched: false },
    4: { watched: true },
    6: { watched: false, positionMs: 9 },
    7: { watched: false },
  };

  it('has a cell for each place: what changes, what it rests on, what stays, what is not there, what is not known', () => {
    const lesson = change({ kind: 'learn-watched', accountId: accountId(1), subject: { title: 'Heat', mediaId: 7, places: standings } });
    const row = rowOf('media 7', [lesson, change({ seq: 2 })], places);
    expect(row.cells.map(({ state }) => state)).toEqual(['source', 'add', 'absent', 'already', 'unknown', 'already', 'untouched']);
    expect(row.cells[1]?.change?.seq).toBe(2);
    expect(row).toMatchObject({ title: 'Heat', leftOut: false, isNew: false });
  });

  it('says of a place that was not looked at for this title that it is not known', () => {
    expect(rowOf('media 7', [change()], places).cells[2]?.state).toBe('unknown');
  });

  it.each([
    ['all that may be is left out', ['left-out', 'left-out'], [true, true], true],
    ['a part of it is made', ['left-out', 'planned'], [true, true], false],
    ['the rest cannot be left out', ['left-out', 'planned'], [true, false], true],
    ['nothing of it may be left out', ['planned', 'planned'], [false, false], false],
  ] as const)('is left out where %s', (_name, states, mays, leftOut) => {
    const changes = states.map((state, index) => change({ seq: index + 1, state, mayLeaveOut: mays[index] === true }));
    expect(rowOf('media 7', changes, places).leftOut).toBe(leftOut);
  });
});
