import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { type MediaId, mediaId, personId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { createPositions } from './positions.store.ts';
import { createViewingStore, type StoredViewing } from './viewing.store.ts';

const [ALICE, BOB] = [personId(1), personId(2)];

describe.each(DATABASES)('where persons have stopped, on %s', (kind) => {
  let opened: TestDatabase;
  let heat: MediaId;
  let alien: MediaId;
  let pilot: MediaId;
  const standing = (media: MediaId, positionMs: number, at: number, more: Partial<StoredViewing> = {}): StoredViewing => ({
    mediaId: media,
    watched: false,
    changedAt: 1,
    positionMs,
    positionAt: at,
    createdAt: 1,
    updatedAt: at,
    ...more,
  });
  const positions = () => createPositions(opened.database);
  const ids = async (...args: Parameters<ReturnType<typeof createPositions>['begun']>) =>
    (await positions().begun(...args)).map((begun) => begun.mediaId);

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    const known = await opened.database.transaction((handle) =>
      createMediaGraph(handle, { clock: { now: () => 1 } }).know([
        { kind: 'movie', title: 'Heat', ids: { imdb: 'tt1' } },
        { kind: 'movie', title: 'Alien', ids: { imdb: 'tt2' } },
        { kind: 'episode', title: 'Pilot', ids: { tvdb: '3' }, show: { title: 'Lost', ids: { tvdb: '4' } }, season: 1, episode: 1 },
      ]),
    );
    [heat, alien, pilot] = known.map((one) => one.mediaId ?? mediaId(0)) as [MediaId, MediaId, MediaId];
    const viewing = createViewingStore(opened.database);
    await viewing.saveViewings(ALICE, [
      standing(heat, 60_000, 100),
      standing(alien, 5_000, 300, { watched: true, changedAt: 200 }),
      standing(pilot, 90_000, 200),
    ]);
    await viewing.saveViewings(BOB, [standing(heat, 0, 400)]);
  });
  afterAll(() => opened.close());

  it('are told last one first, each person’s own, and nothing where nothing was begun', async () => {
    expect(await positions().begun(ALICE, { limit: 10 })).toEqual([
      { mediaId: alien, positionMs: 5_000, at: 300, watchedAt: 200 },
      { mediaId: pilot, positionMs: 90_000, at: 200 },
      { mediaId: heat, positionMs: 60_000, at: 100 },
    ]);
    expect(await positions().begun(BOB, { limit: 10 })).toEqual([]);
  });

  it('are told of a kind, of a span, and no more than asked for', async () => {
    expect(await ids(ALICE, { kind: 'movie', limit: 10 })).toEqual([alien, heat]);
    expect(await ids(ALICE, { kind: 'episode', limit: 10 })).toEqual([pilot]);
    expect(await ids(ALICE, { from: 200, limit: 10 })).toEqual([alien, pilot]);
    expect(await ids(ALICE, { until: 200, limit: 10 })).toEqual([pilot, heat]);
    expect(await ids(ALICE, { limit: 1 })).toEqual([alien]);
  });

  it('come with the last plays of titles since a day', async () => {
    const evidence = { how: 'app', receivedAt: 1 } as const;
    await createViewingStore(opened.database).addPlays(
      ALICE,
      [
        { mediaId: heat, at: 500, evidence },
        { mediaId: heat, at: 700, evidence },
        { mediaId: alien, at: 400, evidence },
        { mediaId: pilot, evidence },
      ],
      1,
    );
    expect([...(await positions().lastPlays(ALICE, [heat, alien, pilot], 500))]).toEqual([[heat, 700]]);
    expect((await positions().lastPlays(BOB, [heat], 0)).size).toBe(0);
  });
});
