import { describe, expect, it } from 'vitest';
import { type KnownPlay, mergeViewing, readNews, type StoredViewing } from '#core/viewing/index.ts';
import { accountId, copyId, mediaId } from '#kernel/ids.ts';
import { fc } from '#tests/support/properties.ts';
import { type ArrivalFacts, planArrival, type ShownBy } from './plan-arrival.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 2, 1);
const THEN = NOW - 400 * DAY;
const PLEX = accountId(1);
const plexCopy: ShownBy = { accountId: PLEX, copyId: copyId(11), playedAt: THEN, seenAt: NOW - DAY };
const jellyCopy: ShownBy = { accountId: accountId(2), copyId: copyId(12), playedAt: THEN + 3 * DAY, seenAt: NOW - DAY };

const facts = (more: Partial<ArrivalFacts> = {}): ArrivalFacts => ({
  mediaId: mediaId(5),
  told: { watched: true, changedAt: THEN, createdAt: THEN - DAY, updatedAt: THEN + DAY, event: 'task.import' },
  viaAccountId: PLEX,
  shownBy: [plexCopy, jellyCopy],
  plays: [],
  now: NOW,
  ...more,
});
const standing = (more: Partial<StoredViewing> = {}): StoredViewing => ({
  mediaId: mediaId(5),
  watched: false,
  changedAt: THEN - 10 * DAY,
  positionMs: 0,
  createdAt: THEN,
  updatedAt: THEN,
  ...more,
});
const play = (at: number | undefined, id = 3): KnownPlay => ({ id, ...(at !== undefined && { at }), evidence: [{ receivedAt: NOW }] });

describe('a told title', () => {
  it('that is new stands as it was told, with its play and what each copy showed of it', () => {
    const arrival = planArrival(facts());
    expect(arrival).toMatchObject({
      is: 'new',
      viewing: {
        watched: true,
        changedAt: THEN,
        viaAccountId: 1,
        positionMs: 0,
        event: 'task.import',
        createdAt: THEN - DAY,
        updatedAt: THEN + DAY,
      },
      play: { at: THEN },
    });
    expect(arrival.evidence).toEqual([
      { accountId: 1, copyId: 11, how: 'migration', at: THEN, receivedAt: NOW - DAY },
      { accountId: 2, copyId: 12, how: 'migration', at: THEN + 3 * DAY, receivedAt: NOW - DAY },
    ]);
  });

  it('that is not watched has no play, and stands where it was begun', () => {
    const arrival = planArrival(
      facts({ told: { watched: false, changedAt: THEN }, position: { ms: 60_000, at: THEN + DAY, accountId: PLEX } }),
    );
    expect(arrival).toMatchObject({
      is: 'new',
      viewing: { watched: false, positionMs: 60_000, positionAt: THEN + DAY, positionAccountId: 1 },
      evidence: [],
    });
    expect(arrival.play).toBeUndefined();
    expect(arrival.viewing?.unwatchedAt).toBeUndefined();
  });

  it('whose date is unknown comes before all others, and its play has none', () => {
    const arrival = planArrival(facts({ told: { watched: true }, shownBy: [] }));
    expect(arrival).toMatchObject({
      viewing: { watched: true, changedAt: Date.UTC(1990, 0, 1) },
      play: {},
      evidence: [{ how: 'migration', receivedAt: NOW }],
    });
  });

  it.each<[string, Partial<StoredViewing>, object | undefined]>([
    ['was never watched is watched now', {}, { watched: true, changedAt: THEN }],
    ['was un-watched here since stays so', { unwatchedAt: THEN + DAY, changedAt: THEN + DAY }, undefined],
    ['was un-watched before is watched again', { unwatchedAt: THEN - DAY, changedAt: THEN - DAY }, { watched: true, changedAt: THEN }],
    ['is watched since later stays so', { watched: true, changedAt: THEN + DAY }, undefined],
    ['is watched since earlier takes the newer date', { watched: true, changedAt: THEN - DAY }, { watched: true, changedAt: THEN }],
    ['was begun since goes on there', { positionMs: 9_000, positionAt: THEN + DAY }, { watched: true, positionMs: 9_000 }],
    ['was begun before is done', { positionMs: 9_000, positionAt: THEN - DAY }, { watched: true, positionMs: 0 }],
  ])('that %s', (_, known, expected) => {
    const { viewing } = planArrival(facts({ known: standing(known) }));
    if (expected === undefined) expect(viewing).toBeUndefined();
    else expect(viewing).toMatchObject(expected);
    expect(viewing?.unwatchedAt).toBeUndefined();
  });

  it.each<[string, Partial<StoredViewing>, boolean]>([
    ['an older position', { positionMs: 5_000, positionAt: THEN }, true],
    ['a newer position', { positionMs: 5_000, positionAt: NOW }, false],
    ['a mark', { watched: true }, false],
  ])('that was begun moves %s: %j', (_, known, moves) => {
    const told = { watched: false, changedAt: THEN };
    const { viewing } = planArrival(facts({ told, position: { ms: 60_000, at: THEN + DAY }, known: standing(known) }));
    expect(viewing?.positionMs).toBe(moves ? 60_000 : undefined);
  });

  it.each<[string, readonly KnownPlay[], number | undefined]>([
    ['that day', [play(THEN + 3_600_000)], 3],
    ['the day on which one of its copies was marked', [play(THEN + 3 * DAY)], 3],
    ['a day that nobody knows', [play(undefined)], 3],
    ['the nearest of several', [play(THEN + 3 * DAY, 4), play(THEN, 3), play(undefined, 2)], 3],
    ['another day is another play', [play(THEN + 200 * DAY)], undefined],
  ])('is the play of %s', (_, plays, same) => {
    const arrival = planArrival(facts({ plays, known: standing({ watched: true, changedAt: NOW }) }));
    expect([arrival.same, arrival.play === undefined]).toEqual([same, same !== undefined]);
  });

  it('is the play of which a copy of it has told before, and a later day is another', () => {
    const plays: KnownPlay[] = [{ id: 3, at: THEN, evidence: [{ copyId: 12, told: true, receivedAt: THEN + 100 * DAY }] }];
    const known = standing({ watched: true, changedAt: THEN });
    const of = (changedAt: number) =>
      planArrival(facts({ told: { watched: true, changedAt }, shownBy: [{ ...jellyCopy, playedAt: changedAt }], plays, known }));
    expect(of(THEN + 40 * DAY)).toMatchObject({ same: 3 });
    expect(of(THEN + 140 * DAY)).toMatchObject({ play: { at: THEN + 140 * DAY }, viewing: { changedAt: THEN + 140 * DAY } });
  });

  it('that is told again changes nothing', () => {
    const date = fc.option(fc.integer({ min: Date.UTC(1991, 0, 1), max: NOW }), { nil: undefined });
    const copy = fc.record({ copyId: fc.integer({ min: 1, max: 5 }), playedAt: date, seenAt: fc.integer({ min: THEN, max: NOW }) });
    const told = fc.record({
      watched: fc.boolean(),
      changedAt: date,
      createdAt: date,
      position: fc.option(fc.integer({ min: 1, max: 9e6 }), { nil: undefined }),
      positionAt: date,
    });
    fc.assert(
      fc.property(
        fc.array(told, { minLength: 1, maxLength: 4 }),
        fc.uniqueArray(copy, { selector: (one) => one.copyId, maxLength: 3 }),
        (words, copies) => {
          const shownBy = copies.map(
            (one): ShownBy => ({
              accountId: accountId(one.copyId),
              copyId: copyId(one.copyId),
              seenAt: one.seenAt,
              ...(one.playedAt !== undefined && { playedAt: one.playedAt }),
            }),
          );
          let [known, plays]: [StoredViewing | undefined, KnownPlay[]] = [undefined, []];
          const tell = (word: (typeof words)[number]) => {
            const { position, positionAt, ...state } = word;
            const told2 = {
              watched: state.watched,
              ...(state.changedAt !== undefined && { changedAt: state.changedAt }),
              ...(state.createdAt !== undefined && { createdAt: state.createdAt }),
            };
            const arrival = planArrival(
              facts({
                told: told2,
                shownBy,
                plays,
                ...(position !== undefined && { position: { ms: position, ...(positionAt !== undefined && { at: positionAt }) } }),
                ...(known && { known }),
              }),
            );
            known = arrival.viewing ?? known;
            const evidence = arrival.evidence.map((piece) => ({ ...piece, told: true }));
            if (arrival.play) plays = [...plays, { id: plays.length + 1, ...arrival.play, evidence }];
            else plays = plays.map((one) => (one.id === arrival.same ? { ...one, evidence: [...one.evidence, ...evidence] } : one));
            return arrival;
          };
          for (const word of words) tell(word);
          const before = JSON.stringify([known, plays]);
          for (const word of words) expect(tell(word).is).toBe('there');
          expect(JSON.stringify([known, plays])).toBe(before);
        },
      ),
    );
  });
});

describe('the first word of a server afterwards', () => {
  const arrived = planArrival(facts()).viewing;
  const first = (state: object) =>
    mergeViewing({
      ...(arrived && { known: arrived }),
      news: { ...readNews({ now: { played: false, positionMs: 0, at: NOW, ...state } }), plays: [] },
      accountId: 2,
    });

  it('takes no mark away', () => expect(first({ played: false })).toBeUndefined());
  it('that shows the mark of the other program moves nothing', () =>
    expect(first({ played: true, playCount: 1, lastPlayedAt: THEN + 3 * DAY })).toBeUndefined());
});
