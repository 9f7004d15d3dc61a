import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { type Activity, type ActivityFilter, createActivity } from './activity.store.ts';
import { houseActor } from './actor-ref.ts';

const ALL = { offset: 0, limit: 100 };
const alice = { kind: 'login', id: 7, name: 'alice' };

describe.each(DATABASES)('activity on %s', (kind) => {
  let opened: TestDatabase;
  let activity: Activity;
  let now = 0;
  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    activity = createActivity({ database: opened.database, clock: { now: () => now } });
    const record = async (at: number, entry: Parameters<Activity['record']>[0]) => {
      now = at;
      await activity.record(entry);
    };
    await record(1, { actor: alice, verb: 'account.added', subject: 'attic', detail: { url: 'http://a' }, personId: personId(1) });
    await record(2, { actor: houseActor, verb: 'plan.expired', subject: 'Import' });
    await record(3, {
      actor: { kind: 'api-key', id: 7, name: 'script' },
      verb: 'account.removed',
      subject: 'attic',
      personId: personId(2),
    });
    await record(3, { actor: alice, verb: 'accounting', subject: '100 %' });
  });
  afterAll(() => opened.close());

  const verbs = async (filter: ActivityFilter): Promise<readonly string[]> =>
    (await activity.list(filter, ALL)).entries.map((entry) => entry.verb);

  it('tells who did what, newest first', async () => {
    const { entries, total } = await activity.list({}, ALL);
    expect(total).toBe(4);
    expect(entries.map((entry) => entry.verb)).toEqual(['accounting', 'account.removed', 'plan.expired', 'account.added']);
    expect(entries[3]).toMatchObject({
      at: 1,
      actor: { kind: 'login', id: '7', name: 'alice' },
      subject: 'attic',
      detail: { url: 'http://a' },
      personId: 1,
    });
    expect(entries[2]?.personId).toBeUndefined();
  });

  it.each<[ActivityFilter, readonly string[]]>([
    [{ personId: personId(1) }, ['account.added']],
    [{ actor: { kind: 'login' } }, ['accounting', 'account.added']],
    [{ actor: { kind: 'api-key', id: 7 } }, ['account.removed']],
    [{ verb: 'account.' }, ['account.removed', 'account.added']],
    [{ verb: 'account.added' }, ['account.added']],
    [{ verb: 'a%.' }, []],
    [{ subject: 'attic', from: 2 }, ['account.removed']],
    [{ from: 1, until: 3 }, ['plan.expired', 'account.added']],
  ])('is filtered by %j', async (filter, expected) => {
    expect(await verbs(filter)).toEqual(expected);
    expect((await activity.list(filter, { offset: 0, limit: 1 })).total).toBe(expected.length);
  });

  it('comes in pages', async () => {
    const { entries, total } = await activity.list({}, { offset: 1, limit: 2 });
    expect(entries.map((entry) => entry.verb)).toEqual(['account.removed', 'plan.expired']);
    expect(total).toBe(4);
  });

  it('is not there without the fact that it tells of', async () => {
    const failing = opened.database.transaction(async (handle) => {
      await activity.record({ actor: alice, verb: 'never', subject: 'x' }, handle);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await verbs({ verb: 'never' })).toEqual([]);
  });

  it('goes by age only', async () => {
    now = 10;
    expect(await activity.prune(8)).toBe(1);
    expect(await verbs({})).toEqual(['accounting', 'account.removed', 'plan.expired']);
  });
});
