import { describe, expect, it } from 'vitest';
import { decidePlays, type KnownPlay } from './same-play.ts';

const DAY = 86_400_000;
const T0 = Date.UTC(2026, 0, 10, 12);
const marked: KnownPlay = {
  id: 7,
  at: T0 - 60 * DAY,
  evidence: [
    { accountId: 1, receivedAt: T0 - 59 * DAY },
    { accountId: 2, copyId: 30, at: T0, receivedAt: T0, ours: true },
  ],
};
const shown = (part: object) =>
  decidePlays([marked], { accountId: 3, copyId: 30, plays: [{ at: T0 + 1_000 }], window: { until: T0 + DAY }, ...part });

describe('the date of a mark that we made', () => {
  it('is the play that it was made for, on that copy', () => expect(shown({}).map((verdict) => verdict.same)).toEqual([7]));

  it('is a play of its own on any other copy', () => expect(shown({ copyId: 31 }).map((verdict) => verdict.same)).toEqual([undefined]));

  it('is the play that it was made for on another copy of the account too, and an echo where it was made since', () => {
    const verdicts = (after?: number) =>
      shown({ accountId: 2, copyId: 31, window: { ...(after !== undefined && { after }), until: T0 + DAY } }).map(
        ({ same, echo = false }) => [same, echo],
      );
    expect(verdicts(T0 - DAY)).toEqual([[7, true]]);
    expect(verdicts(T0 + DAY / 2)).toEqual([[7, false]]);
    expect(verdicts()).toEqual([[7, false]]);
  });

  it('is known once on another copy of the account where the server’s own date cannot be believed', () => {
    const reported = { accountId: 2, copyId: 31, plays: [{}], window: { after: T0 - DAY, until: T0 + DAY } };
    const said = (play: KnownPlay, more: object = {}) =>
      decidePlays([play], { ...reported, ...more }).map(({ same, echo = false }) => [same, echo]);
    expect(said(marked)).toEqual([[7, true]]);
    const heard = { ...marked, evidence: [...marked.evidence, { accountId: 2, copyId: 31, receivedAt: T0 + 1, ours: true }] };
    expect(said(heard)).toEqual([[undefined, false]]);
    expect(said(marked, { copyId: 30 })).toEqual([[undefined, false]]);
    expect(said(marked, { accountId: 3 })).toEqual([[undefined, false]]);
  });

  it('a real play some seconds later is a play of its own', () =>
    expect(shown({ plays: [{ at: T0 + 5_000 }] }).map((verdict) => verdict.same)).toEqual([undefined]));

  it('is no report by which an undated play of that window is known', () =>
    expect(shown({ plays: [{}], window: { after: T0 - DAY, until: T0 + DAY } }).map((verdict) => verdict.same)).toEqual([undefined]));
});

describe('the dates of which another program has told', () => {
  const told: KnownPlay = {
    id: 9,
    at: T0 - 60 * DAY,
    evidence: [
      { accountId: 1, copyId: 30, at: T0 - 60 * DAY, receivedAt: T0, told: true },
      { accountId: 2, copyId: 31, at: T0 - 20 * DAY, receivedAt: T0, told: true },
      { accountId: 3, copyId: 32, receivedAt: T0, told: true },
    ],
  };
  const verdict = (copyId: number, at: number) =>
    decidePlays([told], { accountId: 2, copyId, plays: [{ at }], window: { until: T0 + 9 * DAY } }).map(({ same, markedThen }) => [
      same,
      markedThen ?? false,
    ]);

  it.each<[string, number, number, number | undefined, boolean]>([
    ['the day on which it was watched', 30, T0 - 60 * DAY + 3_600_000, 9, false],
    ['the day on which the other program marked that copy', 31, T0 - 20 * DAY, 9, true],
    ['any day of that copy before the other program last looked', 32, T0 - DAY, 9, true],
    ['a day after the last look, which is a play of its own', 32, T0 + DAY, undefined, false],
    ['a day of a copy of which nothing was told, which is a play of its own', 33, T0 - DAY, undefined, false],
  ])('%s', (_, copyId, at, same, markedThen) => expect(verdict(copyId, at)).toEqual([[same, markedThen]]));

  it('are no reports by which an undated play of that window is known', () =>
    expect(
      decidePlays([told], { accountId: 4, copyId: 34, plays: [{}], window: { after: T0 - DAY, until: T0 + DAY } }).map((one) => one.same),
    ).toEqual([undefined]));
});
