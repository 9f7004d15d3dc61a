import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { type MediaId, mediaId, personId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { playTotals } from './play-totals.store.ts';
import { createViewingStore } from './viewing.store.ts';

const [ALICE, BOB] = [personId(1), personId(2)];

describe.each(DATABASES)('how often titles were played, on %s', (kind) => {
  let opened: TestDatabase;
  let heat: MediaId;
  let pilot: MediaId;
  let marked: MediaId;
  let show: MediaId | undefined;

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    const { database } = opened;
    const clock = { now: () => 1 };
    const known = await database.transaction((handle) =>
      createMediaGraph(handle, { clock }).know([
        { kind: 'movie', title: 'Heat', ids: { imdb: 'tt1' } },
        { kind: 'episode', title: 'Pilot', ids: {}, show: { title: 'Lost', ids: { tvdb: '4' } }, season: 1, episode: 1 },
        { kind: 'movie', title: 'Marked', ids: { imdb: 'tt3' } },
      ]),
    );
    [heat, pilot, marked] = known.map((one) => one.mediaId ?? mediaId(0)) as [MediaId, MediaId, MediaId];
    show = (await createMediaGraph(database, { clock }).get([pilot]))[0]?.show?.id;
    const evidence = { how: 'app', receivedAt: 1 } as const;
    const viewing = createViewingStore(database);
    await viewing.addPlays(
      ALICE,
      [
        { mediaId: heat, at: 100, evidence },
        { mediaId: heat, at: 900, evidence },
        { mediaId: heat, evidence },
        { mediaId: pilot, at: 950, evidence },
      ],
      1,
    );
    const state = { watched: true, changedAt: 950, positionMs: 0, createdAt: 1, updatedAt: 1 };
    await viewing.saveViewings(ALICE, [
      { ...state, mediaId: heat },
      { ...state, mediaId: marked },
    ]);
    await viewing.addPlays(BOB, [{ mediaId: heat, at: 990, evidence }], 1);
  });
  afterAll(() => opened.close());

  it('is told of each, with its show, in all and lately; a mark without a play counts once', async () => {
    const totals = await playTotals(opened.database, ALICE, { after: 0, since: 900, limit: 10 });
    expect(new Map(totals.map(({ mediaId: id, ...rest }) => [id, rest]))).toEqual(
      new Map([
        [heat, { work: heat, plays: 3, recent: 1 }],
        [pilot, { work: show, plays: 1, recent: 1 }],
        [marked, { work: marked, plays: 1, recent: 0 }],
      ]),
    );
    expect(show).not.toBe(pilot);
  });

  it('is told page by page', async () => {
    const [first, ...none] = await playTotals(opened.database, ALICE, { after: 0, since: 0, limit: 1 });
    expect(none).toEqual([]);
    const rest = await playTotals(opened.database, ALICE, { after: first?.mediaId ?? 0, since: 0, limit: 10 });
    expect(rest).toHaveLength(2);
    expect(await playTotals(opened.database, ALICE, { after: 999, since: 0, limit: 10 })).toEqual([]);
  });
});
