import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBin } from '#core/bin/index.ts';
import { type MediaId, mediaId, personId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import type { ListTables } from './lists.schema.store.ts';
import { createLists, type ListEntry, type ListName } from './lists.store.ts';
import { createMergedTitles } from './merged-titles.store.ts';
import { createRatings, type Rating } from './ratings.store.ts';
import { createWholeHistory } from './whole-history.store.ts';

const [ALICE, BOB] = [personId(1), personId(2)];
const [HEAT, ALIEN, DUNE] = [mediaId(11), mediaId(12), mediaId(13)];
const entry = (media: MediaId, list: ListName, at: number, since = at): ListEntry => ({ mediaId: media, list, since, changedAt: at });
const rated = (media: MediaId, rating: number, at: number): Rating => ({ mediaId: media, rating, ratedAt: at });

describe.each(DATABASES)('lists and ratings on %s', (kind) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    const db = test.database.tables<ListTables>();
    for (const table of ['list_entry', 'rating', 'list_aside', 'rating_aside'] as const) await db.deleteFrom(table).execute();
  });
  const lists = () => createLists(test.database);
  const ratings = () => createRatings(test.database);
  const listOf = async (media: MediaId, person = ALICE) => (await lists().of(person, [media])).get(media);
  const ratingOf = async (media: MediaId, person = ALICE) => (await ratings().of(person, [media])).get(media);
  const merged = createMergedPair(() => test);

  it('keep each title on one list, whatever it was on before', async () => {
    await lists().put(ALICE, [entry(HEAT, 'plantowatch', 5), entry(ALIEN, 'watching', 5)]);
    await lists().put(ALICE, [entry(HEAT, 'completed', 9, 5)]);
    expect(await listOf(HEAT)).toEqual({ mediaId: HEAT, list: 'completed', since: 5, changedAt: 9 });
    expect(await listOf(ALIEN)).toMatchObject({ list: 'watching' });
    expect((await lists().of(ALICE, [])).size).toBe(0);
  });

  it('are each person’s own', async () => {
    await lists().put(ALICE, [entry(HEAT, 'hold', 5)]);
    await ratings().put(BOB, [rated(HEAT, 3, 5)]);
    expect(await listOf(HEAT, BOB)).toBeUndefined();
    expect(await ratingOf(HEAT, ALICE)).toBeUndefined();
    expect(await ratings().take(ALICE, [HEAT])).toEqual([]);
    expect(await ratingOf(HEAT, BOB)).toEqual(rated(HEAT, 3, 5));
  });

  it('tell what was taken, once', async () => {
    await lists().put(ALICE, [entry(HEAT, 'hold', 5)]);
    await ratings().put(ALICE, [rated(HEAT, 3, 5)]);
    await ratings().put(ALICE, [rated(HEAT, 8, 6)]);
    expect(await lists().take(ALICE, [HEAT, ALIEN])).toEqual([entry(HEAT, 'hold', 5)]);
    expect(await ratings().take(ALICE, [HEAT, ALIEN])).toEqual([rated(HEAT, 8, 6)]);
    expect(await lists().take(ALICE, [HEAT])).toEqual([]);
    expect(await listOf(HEAT)).toBeUndefined();
  });

  it('follow a merge, where the newer word stands, and part again as they were', async () => {
    await lists().put(ALICE, [entry(HEAT, 'plantowatch', 5, 2), entry(ALIEN, 'dropped', 7)]);
    await lists().put(BOB, [entry(HEAT, 'hold', 5)]);
    await ratings().put(ALICE, [rated(HEAT, 9, 8), rated(ALIEN, 4, 3)]);
    await merged.merge(HEAT, ALIEN);
    expect(await listOf(ALIEN)).toEqual(entry(ALIEN, 'dropped', 7, 2));
    expect(await ratingOf(ALIEN)).toEqual(rated(ALIEN, 9, 8));
    expect(await listOf(ALIEN, BOB)).toEqual(entry(ALIEN, 'hold', 5));
    expect(await listOf(HEAT)).toBeUndefined();
    await merged.split(HEAT, ALIEN);
    expect(await listOf(ALIEN)).toEqual(entry(ALIEN, 'dropped', 7));
    expect(await listOf(HEAT)).toEqual(entry(HEAT, 'plantowatch', 5, 2));
    expect([await ratingOf(HEAT), await ratingOf(ALIEN)]).toEqual([rated(HEAT, 9, 8), rated(ALIEN, 4, 3)]);
    expect([await listOf(HEAT, BOB), await listOf(ALIEN, BOB)]).toEqual([entry(HEAT, 'hold', 5), undefined]);
  });

  it('keep what was said after the merge with the title that lasted', async () => {
    await lists().put(ALICE, [entry(HEAT, 'plantowatch', 5)]);
    await ratings().put(ALICE, [rated(HEAT, 9, 8)]);
    await merged.merge(HEAT, ALIEN);
    await lists().put(ALICE, [entry(ALIEN, 'completed', 20, 5)]);
    await ratings().take(ALICE, [ALIEN]);
    await merged.split(HEAT, ALIEN);
    expect([await listOf(HEAT), await listOf(ALIEN)]).toEqual([entry(HEAT, 'plantowatch', 5), entry(ALIEN, 'completed', 20, 5)]);
    expect([await ratingOf(HEAT), await ratingOf(ALIEN)]).toEqual([rated(HEAT, 9, 8), undefined]);
  });

  it('go with the whole history into the bin and come back, but not over what is newer', async () => {
    await lists().put(ALICE, [entry(HEAT, 'hold', 5), entry(ALIEN, 'watching', 6)]);
    await lists().put(BOB, [entry(DUNE, 'watching', 6)]);
    await ratings().put(ALICE, [rated(HEAT, 9, 8)]);
    const bin = createBin({ database: test.database, clock: { now: () => 30 } });
    const id = await bin.put(test.database, {
      kind: 'viewing.history',
      personId: ALICE,
      title: 'all',
      payload: {},
      actor: { kind: 'login', id: '1', name: 'a' },
    });
    await createWholeHistory(test.database).take(ALICE, id);
    expect([await listOf(HEAT), await ratingOf(HEAT)]).toEqual([undefined, undefined]);
    expect(await listOf(DUNE, BOB)).toBeDefined();
    await lists().put(ALICE, [entry(ALIEN, 'completed', 40)]);
    await createWholeHistory(test.database).putBack(BOB, id);
    expect([await listOf(HEAT, BOB), await ratingOf(HEAT, BOB)]).toEqual([entry(HEAT, 'hold', 5), rated(HEAT, 9, 8)]);
    await createWholeHistory(test.database).putBack(ALICE, id);
    expect([await listOf(HEAT), await listOf(ALIEN)]).toEqual([entry(HEAT, 'hold', 5), entry(ALIEN, 'completed', 40)]);
  });
});

function createMergedPair(test: () => TestDatabase) {
  const within = (work: (titles: ReturnType<typeof createMergedTitles>) => Promise<void>) =>
    test().database.transaction((handle) => work(createMergedTitles(handle)));
  return {
    merge: (from: MediaId, into: MediaId) => within((titles) => titles.merged([{ from, into }], 10)),
    split: (from: MediaId, into: MediaId) => within((titles) => titles.split([{ from, into }], 30)),
  };
}
