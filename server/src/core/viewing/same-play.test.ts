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

  it('a real play some seconds later is a play of its own', () =>
    expect(shown({ plays: [{ at: T0 + 5_000 }] }).map((verdict) => verdict.same)).toEqual([undefined]));

  it('is no report by which an undated play of that window is known', () =>
    expect(shown({ plays: [{}], window: { after: T0 - DAY, until: T0 + DAY } }).map((verdict) => verdict.same)).toEqual([undefined]));
});
