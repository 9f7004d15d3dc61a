import { describe, expect, it } from 'vitest';
import { type MediaId, mediaId } from '#kernel/ids.ts';
import { fc } from '#tests/support/properties.ts';
import { goingOn, isApart, type Rewatch, repeatsOf, shareOut, verdictOf, without, withPlays } from './plan-rewatches.ts';

const DAY = 86_400_000;
const SHOW = mediaId(1);
const [A, B] = [mediaId(11), mediaId(12)];
const play = (id: MediaId, day: number) => ({ mediaId: id, at: day * DAY });
const ONE = { id: 7, mediaId: SHOW, status: 'active', startedAt: 10 * DAY, plays: [] } as const;
const shown = (all: readonly Rewatch[]) =>
  all.map((one) => [one.status, one.plays.map(({ mediaId: id, at }) => `${id}@${at / DAY}`).join(' ')]);

describe('the times that somebody went through a title again', () => {
  it('are the plays after the first that are two days and more after another', () => {
    expect(repeatsOf([])).toEqual([]);
    expect(repeatsOf([9, 1, 2, 4].map((day) => day * DAY))).toEqual([4 * DAY, 9 * DAY]);
    expect([isApart(5 * DAY, [3 * DAY]), isApart(5 * DAY - 1, [3 * DAY]), isApart(DAY, [2 * DAY])]).toEqual([true, false, false]);
  });

  it('go on where they were, and begin anew with what they have', () => {
    const plays = [play(A, 10), play(B, 11), play(A, 20), play(A, 30), play(B, 31)];
    expect(shown(shareOut(SHOW, [], plays, [A, B]))).toEqual([
      ['completed', '11@10 12@11'],
      ['closed', '11@20'],
      ['completed', '11@30 12@31'],
    ]);
    expect(shown(shareOut(SHOW, [], plays, undefined))).toEqual([
      ['closed', '11@10 12@11'],
      ['closed', '11@20'],
      ['active', '11@30 12@31'],
    ]);
  });

  it('have no play before they began, and none of one that is over', () => {
    const one = { mediaId: SHOW, status: 'active', startedAt: 10 * DAY, plays: [] } as const;
    expect(goingOn([one], [play(A, 9)])).toBeUndefined();
    expect(goingOn([one], [play(A, 10)])).toBe(one);
    expect(goingOn([{ ...one, status: 'closed' }], [play(A, 10)])).toBeUndefined();
    expect(withPlays({ ...one, status: 'closed' }, [play(A, 12)], [A, B]).status).toBe('closed');
  });

  it.each<[string, Parameters<typeof verdictOf>, ReturnType<typeof verdictOf>]>([
    ['in the one that goes on', [play(A, 30), [{ ...ONE, plays: [play(A, 30)] }], [9 * DAY]], { status: 'active', id: 7 }],
    ['in one that it ended', [play(A, 30), [{ ...ONE, status: 'completed', plays: [play(A, 30)] }], []], { status: 'completed', id: 7 }],
    ['too soon', [play(A, 30), [{ ...ONE, status: 'closed' }], [29 * DAY]], { status: 'too-soon' }],
    ['too soon, while one goes on', [play(A, 30), [{ ...ONE, plays: [play(A, 29)] }], [29 * DAY]], { status: 'too-soon', id: 7 }],
    ['in none, where there are too many', [play(A, 30), [{ ...ONE, plays: [play(A, 20)] }], [20 * DAY]], { status: 'not-eligible' }],
  ])('tell what became of a play: %s', (_what, told, verdict) => {
    expect(verdictOf(...told)).toEqual(verdict);
  });

  it('hold each repeat once, and nothing twice, whatever was there before', () => {
    const repeat = fc.record({ id: fc.constantFrom(A, B, mediaId(13)), day: fc.integer({ min: 1, max: 60 }) });
    fc.assert(
      fc.property(fc.uniqueArray(repeat, { maxLength: 30, selector: ({ id, day }) => `${id} ${day}` }), fc.nat(30), (repeats, cut) => {
        const plays = repeats.map(({ id, day }) => play(id, day));
        const first = shareOut(SHOW, [], plays.slice(0, cut), [A, B]);
        const all = shareOut(SHOW, first, without(plays, first), [A, B]);
        const held = all.flatMap((one) => one.plays);
        expect(held.toSorted((a, b) => a.at - b.at || a.mediaId - b.mediaId)).toEqual(
          plays.toSorted((a, b) => a.at - b.at || a.mediaId - b.mediaId),
        );
        for (const one of all) expect(new Set(one.plays.map((each) => each.mediaId)).size).toBe(one.plays.length);
        expect(all.filter((one) => one.status === 'active').length).toBeLessThanOrEqual(1);
        expect(without(plays, all)).toEqual([]);
      }),
    );
  });
});
