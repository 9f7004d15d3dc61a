import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { sql } from './index.ts';

const STEPS = [{ name: '0001-t', up: () => ['create table t (x text not null)'] }];

describe('a database whose disk is full', () => {
  let opened: TestDatabase;
  beforeEach(async () => {
    opened = await openTestDatabase('sqlite', STEPS);
  });
  afterEach(() => opened.close());

  it('says so, keeps nothing of what was begun, and goes on once there is room', async () => {
    const { database } = opened;
    const add = (times: number) =>
      database.transaction(async (handle) => {
        for (let time = 0; time < times; time += 1) await sql`insert into t values (${'x'.repeat(4_000)})`.execute(handle.tables());
      });
    const count = async () => (await sql<{ n: number }>`select count(*) as n from t`.execute(database.tables())).rows[0]?.n;
    await add(1);
    const pages = (await sql<{ page_count: number }>`pragma page_count`.execute(database.tables())).rows[0]?.page_count ?? 0;
    await sql.raw(`pragma max_page_count = ${pages + 5}`).execute(database.tables());
    await expect(add(50)).rejects.toThrow('database or disk is full');
    expect(await count()).toBe(1);
    await sql.raw('pragma max_page_count = 100000').execute(database.tables());
    await add(50);
    expect(await count()).toBe(51);
  });
});
