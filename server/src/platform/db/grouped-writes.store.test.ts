import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { createGroupedWrites, type GroupedWrite } from './grouped-writes.ts';

type Tables = { note: { id: number; text: string } };

describe.each(DATABASES)('grouped writes on %s', (kind) => {
  let opened: TestDatabase;
  let transactions = 0;
  let write: GroupedWrite;
  const add = (id: number) =>
    write(async (handle) => {
      await handle
        .tables<Tables>()
        .insertInto('note')
        .values({ id, text: String(id) })
        .execute();
      return id;
    });
  const ids = async () =>
    (await opened.database.tables<Tables>().selectFrom('note').select('id').orderBy('id').execute()).map((row) => row.id);

  beforeAll(async () => {
    opened = await openTestDatabase(kind, [
      { name: '0001-note', up: () => ['create table note (id integer primary key, text text not null)'] },
    ]);
    const { database } = opened;
    write = createGroupedWrites({
      transaction(work) {
        transactions += 1;
        return database.transaction(work);
      },
    });
  });
  beforeEach(async () => {
    await opened.database.tables<Tables>().deleteFrom('note').execute();
    transactions = 0;
  });
  afterAll(() => opened.close());

  it('that come together are one transaction, each with its own answer', async () => {
    expect(await Promise.all([1, 2, 3, 4].map(add))).toEqual([1, 2, 3, 4]);
    expect(await ids()).toEqual([1, 2, 3, 4]);
    expect(transactions).toBe(1);
  });

  it('that come later are the next ones, and none waits for ever', async () => {
    const first = add(1);
    const later = first.then(() => Promise.all([add(2), add(3)]));
    await Promise.all([first, later]);
    await Promise.all(Array.from({ length: 150 }, (_, index) => add(index + 10)));
    expect((await ids()).length).toBe(153);
  });

  it('do not fall with one that fails', async () => {
    const answers = await Promise.allSettled([add(1), add(2), add(1), add(3)]);
    expect(answers.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await ids()).toEqual([1, 2, 3]);
  });
});
