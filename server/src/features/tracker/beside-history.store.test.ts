import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { type MediaId, mediaId, personId } from '#kernel/ids.ts';
import type { Json } from '#kernel/json.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { memosBesideHistory, rewatchesBesideHistory } from './beside-history.ts';
import { createMemos, type Memo } from './memos.store.ts';
import { createRewatchStore } from './rewatches.store.ts';

const GONE = personId(5);
const BACK = personId(6);
const memo = (text: string): Memo => ({ text, isPrivate: text.length % 2 === 0 });

describe.each(DATABASES)('memos of somebody who goes, on %s', (kind) => {
  let test: TestDatabase;
  const clock = { now: () => 1_000_000 };
  const companion = memosBesideHistory({ clock });
  const titles: MediaId[] = [];

  beforeAll(async () => {
    test = await openTestDatabase(kind);
    const known = await test.database.transaction((handle) =>
      createMediaGraph(handle, { clock }).know(
        [1, 2, 3, 4].map((number) => ({ kind: 'movie', title: `Movie ${number}`, ids: { imdb: `tt000000${number}` } })),
      ),
    );
    titles.push(...known.map((one) => one.mediaId ?? mediaId(0)));
  });
  afterAll(() => test.close());

  it('go as plain data, and come back to whoever they are then, on what their titles are by then', async () => {
    const [one, two, three, four] = titles as [MediaId, MediaId, MediaId, MediaId];
    const { database } = test;
    const memos = createMemos(database);
    await memos.put(
      GONE,
      new Map([
        [one, memo('one')],
        [two, memo('twos')],
        [three, memo('three')],
      ]),
      7,
    );
    await memos.put(personId(9), new Map([[one, memo('of another')]]), 7);
    const kept = await database.transaction((handle) => companion.take(handle, GONE));
    expect(await memos.of(GONE, titles)).toEqual(new Map());
    const stored = JSON.parse(JSON.stringify(kept)) as Json;

    await memos.put(BACK, new Map([[one, memo('newer')]]), 8);
    await database.transaction((handle) => createMediaGraph(handle, { clock }).merge(three, four, 'somebody'));
    await database.transaction((handle) => companion.putBack(handle, BACK, stored));
    const lasting = (await createMediaGraph(database, { clock }).describe([three])).get(three)?.id ?? three;
    expect(await memos.of(BACK, [...titles, lasting])).toEqual(
      new Map([
        [one, memo('newer')],
        [two, memo('twos')],
        [lasting, memo('three')],
      ]),
    );
    expect(await memos.of(personId(9), titles)).toEqual(new Map([[one, memo('of another')]]));
  });

  it('are kept without what no database keeps', async () => {
    const [one, two] = titles as [MediaId, MediaId];
    const memos = createMemos(test.database);
    const read = async () => memos.of(personId(10), [one, two]);
    await memos.put(personId(10), new Map([[one, memo('a\0b')]]), 7);
    expect([...(await read()).values()].map(({ text }) => text)).toEqual(['ab']);
    await memos.put(personId(10), new Map([[one, memo('\0')]]), 8);
    expect(await read()).toEqual(new Map());
  });

  it('have their times more with them', async () => {
    const { database } = test;
    const [one] = titles as [MediaId];
    const store = createRewatchStore(database);
    const told = { mediaId: one, status: 'closed', startedAt: 5_000, plays: [{ mediaId: one, at: 5_000 }] } as const;
    await store.save(GONE, told);
    const kept = await database.transaction((handle) => rewatchesBesideHistory.take(handle, GONE));
    expect(await store.of(GONE, [one])).toEqual(new Map());
    await database.transaction((handle) => rewatchesBesideHistory.putBack(handle, BACK, JSON.parse(JSON.stringify(kept)) as Json));
    expect((await store.of(BACK, [one])).get(one)).toEqual([{ ...told, id: expect.any(Number) }]);
    expect(await database.transaction((handle) => rewatchesBesideHistory.take(handle, GONE))).toBeUndefined();
  });

  it('are nothing where there are none', async () => {
    expect(await test.database.transaction((handle) => companion.take(handle, personId(77)))).toBeUndefined();
  });
});
