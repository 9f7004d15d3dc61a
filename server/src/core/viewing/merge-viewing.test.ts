import { describe, expect, it } from 'vitest';
import { fc } from '#tests/support/properties.ts';
import { mergeViewing, type ViewingState } from './merge-viewing.ts';
import { type News, type Observation, readNews } from './observation.ts';
import { decidePlays } from './same-play.ts';

const T0 = Date.UTC(2026, 0, 10, 12);
const HOUR = 3_600_000;
const news = (part: Partial<News>): News => ({
  window: { after: T0, until: T0 + HOUR },
  plays: [],
  watched: false,
  unwatched: false,
  notes: [],
  ...part,
});
const watched: ViewingState = { watched: true, changedAt: T0 - HOUR, positionMs: 0 };
const fresh: ViewingState = { watched: false, changedAt: T0 - 9 * HOUR, positionMs: 0 };

describe('where a person stands after news', () => {
  it('a title seen for the first time as watched is watched at its own date', () => {
    const change = mergeViewing({ news: news({ watched: true, plays: [{ at: T0 - 5 }], window: { until: T0 } }) });
    expect(change?.state).toMatchObject({ watched: true, changedAt: T0 - 5 });
  });

  it('a play on another server makes it watched at the date of the play, not of the reading', () => {
    expect(mergeViewing({ known: fresh, news: news({ watched: true, plays: [{ at: T0 + 5 }] }), accountId: 2 })?.state).toMatchObject({
      watched: true,
      changedAt: T0 + 5,
      viaAccountId: 2,
    });
  });

  it('an un-watch is believed where the account had seen the title as watched', () => {
    const change = mergeViewing({ known: watched, news: news({ unwatched: true }) });
    expect(change?.state).toMatchObject({ watched: false, unwatchedAt: T0 + HOUR });
  });

  it('watched wins where both happened within the same window', () => {
    expect(mergeViewing({ known: { ...watched, changedAt: T0 + 5 }, news: news({ unwatched: true }) })).toBeUndefined();
  });

  it('a play is older than an un-watch that was made after it was looked for, and not older than one that was only found then', () => {
    const known = { ...fresh, changedAt: T0 + HOUR + 5_000, unwatchedAt: T0 + HOUR + 5_000 };
    const played = news({ watched: true, plays: [{ at: T0 + 5 }] });
    expect(mergeViewing({ known, news: played })).toBeUndefined();
    expect(mergeViewing({ known, news: played, unwatchWasFound: true })?.state).toMatchObject({ watched: true });
  });

  it('an un-watch of hours ahead was made while our own clock was wrong, and holds no play up', () => {
    const known = { ...fresh, changedAt: T0 + 4 * HOUR, unwatchedAt: T0 + 4 * HOUR };
    expect(mergeViewing({ known, news: news({ watched: true, plays: [{ at: T0 + 5 }] }) })?.state).toMatchObject({ watched: true });
  });

  it('a first sight cannot outdo a newer date, and still adds nothing twice', () => {
    expect(
      mergeViewing({ known: watched, news: news({ watched: true, plays: [{ at: T0 - 9 * HOUR }], window: { until: T0 } }) }),
    ).toBeUndefined();
  });

  it('an old position does not replace a newer one', () => {
    const known = { ...fresh, positionMs: 5_000, positionAt: T0 };
    expect(mergeViewing({ known, news: news({ position: { ms: 9_000, at: T0 - 1 } }) })).toBeUndefined();
    expect(mergeViewing({ known, news: news({ position: { ms: 9_000, at: T0 + 1 } }) })?.state.positionMs).toBe(9_000);
  });

  it('a watched title keeps a position of a later sitting', () => {
    expect(mergeViewing({ known: watched, news: news({ position: { ms: 9_000, at: T0 + 1 } }) })?.state).toMatchObject({
      watched: true,
      positionMs: 9_000,
    });
  });

  it('no observation of a server seen for the first time ever takes a watched mark away', () => {
    fc.assert(
      fc.property(
        fc.record({
          played: fc.boolean(),
          positionMs: fc.nat(),
          playCount: fc.option(fc.nat(5), { nil: undefined }),
          lastPlayedAt: fc.option(fc.integer(), { nil: undefined }),
        }),
        (state) => {
          const now = { ...state, at: T0 } as Observation;
          const change = mergeViewing({ known: watched, news: readNews({ now }) });
          expect(change?.state.watched ?? true).toBe(true);
        },
      ),
    );
  });
});

describe('which reports are the same play', () => {
  const at = (time: number, accountId = 1) => ({ id: time, at: time, evidence: [{ accountId, receivedAt: time + 60_000 }] });
  const window = { after: T0, until: T0 + HOUR };
  const ids = (known: Parameters<typeof decidePlays>[0], reported: Parameters<typeof decidePlays>[1]) =>
    decidePlays(known, reported).map((verdict) => verdict.same);

  it.each([
    ['a webhook and the poll after it', [at(T0 + 5)], { accountId: 1, plays: [{ at: T0 + 9_000 }], window }, [T0 + 5]],
    ['another server that reports the same sitting', [at(T0 + 5)], { accountId: 2, plays: [{ at: T0 + HOUR }], window }, [T0 + 5]],
    ['another sitting the next day', [at(T0 - 24 * HOUR)], { accountId: 1, plays: [{ at: T0 }], window }, [undefined]],
    ['a play without a date in a window in which another server saw one', [at(T0 + 5)], { accountId: 2, plays: [{}], window }, [T0 + 5]],
    ['a play without a date long after the known one', [at(T0 - 99 * HOUR)], { accountId: 2, plays: [{}], window }, [undefined]],
    ['a second play without a date of the same account', [at(T0 + 5)], { accountId: 1, plays: [{}], window }, [undefined]],
    [
      'a new server that counts as many as we hold',
      [at(T0 - 99 * HOUR)],
      { accountId: 2, plays: [{}], window: { until: T0 } },
      [T0 - 99 * HOUR],
    ],
    [
      'a new server that counts one more',
      [at(T0 - 99 * HOUR)],
      { accountId: 2, plays: [{}, {}], window: { until: T0 } },
      [T0 - 99 * HOUR, undefined],
    ],
  ] as const)('%s', (_, known, reported, expected) => {
    expect(ids(known, reported)).toEqual(expected);
  });
});
