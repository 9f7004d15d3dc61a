import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Activity, createActivity } from '#core/activity/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import { personId } from '#kernel/ids.ts';
import { days } from '#kernel/instant.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { type Bin, type BinContent, createBin, type NewBinEntry } from './bin.store.ts';
import { createRestoring, type Restoring } from './restoring.store.ts';

const alice = { kind: 'login', id: 7, name: 'alice' };
const ALL = { offset: 0, limit: 100 };
const coded = (code: Parameters<typeof isAppError>[1]) => (error: unknown) => isAppError(error, code ?? 'invalid');

describe.each(DATABASES)('the bin on %s', (kind) => {
  let opened: TestDatabase;
  let bin: Bin;
  let activity: Activity;
  let restoring: Restoring;
  let now = 0;
  let restored: BinContent[] = [];
  let fails = false;

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    bin = createBin({ database: opened.database, clock: { now: () => now } });
    activity = createActivity({ database: opened.database, clock: { now: () => now } });
    const restorers = {
      'test.play': async (_handle: unknown, entry: BinContent) => {
        if (fails) throw new Error('the owner could not');
        restored.push(entry);
      },
    };
    restoring = createRestoring({ database: opened.database, bin, activity, restorers });
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    now = days(1_000);
    await bin.prune();
    now = 0;
    restored = [];
    fails = false;
  });

  const put = (more: Partial<NewBinEntry> = {}): Promise<number> =>
    opened.database.transaction((handle) =>
      bin.put(handle, { kind: 'test.play', personId: personId(1), title: 'Alien', payload: { at: 5 }, actor: alice, ...more }),
    );

  it('keeps what was deleted for 30 days', async () => {
    const id = await put();
    expect(await bin.get(id)).toMatchObject({
      kind: 'test.play',
      title: 'Alien',
      payload: { at: 5 },
      deletedAt: 0,
      restoreUntil: days(30),
    });
    expect((await bin.get(id)).actor).toEqual({ kind: 'login', id: '7', name: 'alice' });
    now = days(30) - 1;
    expect((await bin.list({}, ALL)).total).toBe(1);
    expect(await bin.prune()).toBe(0);
    now = days(30);
    expect((await bin.list({}, ALL)).total).toBe(0);
    expect(await bin.prune()).toBe(1);
    await expect(bin.get(id)).rejects.toSatisfy(coded('not-found'));
  });

  it('holds nothing of a deletion that did not happen', async () => {
    const failing = opened.database.transaction(async (handle) => {
      await bin.put(handle, { kind: 'test.play', title: 'Alien', payload: {}, actor: alice });
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect((await bin.list({}, ALL)).total).toBe(0);
  });

  it('lists by person and kind, newest first, in pages', async () => {
    const first = await put();
    now = 5;
    const second = await put({ kind: 'test.list' });
    await put({ personId: personId(2) });
    const { entries, total } = await bin.list({ personId: personId(1) }, ALL);
    expect({ ids: entries.map((entry) => entry.id), total }).toEqual({ ids: [second, first], total: 2 });
    expect((await bin.list({ personId: personId(1) }, { offset: 1, limit: 1 })).entries.map((entry) => entry.id)).toEqual([first]);
    expect((await bin.list({ kind: 'test.list' }, ALL)).entries.map((entry) => entry.id)).toEqual([second]);
  });

  it('brings an entry back once, through the room that owns it, and says who did', async () => {
    const id = await put();
    expect(await restoring.restore(id, alice)).toMatchObject({ id, restoredAt: 0 });
    expect(restored.map((entry) => entry.payload)).toEqual([{ at: 5 }]);
    expect((await activity.list({ verb: 'bin.restored' }, { offset: 0, limit: 1 })).entries[0]).toMatchObject({
      subject: 'Alien',
      personId: 1,
    });
    await expect(restoring.restore(id, alice)).rejects.toSatisfy(coded('conflict'));
    expect(restored).toHaveLength(1);
    expect((await bin.list({}, ALL)).total).toBe(0);
    expect((await bin.list({ includeRestored: true }, ALL)).total).toBe(1);
  });

  it('keeps the entry where its owner fails or is not there', async () => {
    const id = await put();
    fails = true;
    await expect(restoring.restore(id, alice)).rejects.toThrow('the owner could not');
    fails = false;
    expect(await restoring.restore(id, alice)).toMatchObject({ id });
    const orphan = await put({ kind: 'constructor' });
    await expect(restoring.restore(orphan, alice)).rejects.toSatisfy(coded('unavailable'));
    expect((await bin.get(orphan)).restoredAt).toBeUndefined();
  });

  it('brings nothing back after its time, and nothing that it never held', async () => {
    const id = await put();
    now = days(30);
    await expect(restoring.restore(id, alice)).rejects.toSatisfy(coded('conflict'));
    await expect(restoring.restore(999_999, alice)).rejects.toSatisfy(coded('not-found'));
    expect(restored).toEqual([]);
  });
});
