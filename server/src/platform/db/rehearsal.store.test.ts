import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { type Handle, sql } from './index.ts';

const STEPS = [{ name: '0001-t', up: () => ['create table t (x integer not null)', 'insert into t values (1)'] }];

describe.each(DATABASES)('a database that rehearses, on %s', (kind) => {
  let opened: TestDatabase;
  beforeEach(async () => {
    opened = await openTestDatabase(kind, STEPS);
  });
  afterEach(() => opened.close());

  const add = (handle: Handle, x: number) => sql`insert into t values (${x})`.execute(handle.tables());
  const all = async (handle: Handle) =>
    (await sql<{ x: number }>`select x from t order by x`.execute(handle.tables())).rows.map((row) => row.x);

  it('shows what would be there, and keeps nothing of it', async () => {
    const seen = await opened.database.rehearse(async (scratch) => {
      await add(scratch, 2);
      await scratch.transaction((handle) => add(handle, 3));
      return all(scratch);
    });
    expect(seen).toEqual([1, 2, 3]);
    expect(await all(opened.database)).toEqual([1]);
    expect((await readdir(dirname(opened.file))).filter((name) => name.includes('rehearsal'))).toEqual([]);
  });

  it('keeps nothing of a rehearsal that fails either, and tells the fault', async () => {
    const fault = new Error('no');
    await expect(
      opened.database.rehearse(async (scratch) => {
        await add(scratch, 2);
        throw fault;
      }),
    ).rejects.toBe(fault);
    expect(await all(opened.database)).toEqual([1]);
    expect((await readdir(dirname(opened.file))).filter((name) => name.includes('rehearsal'))).toEqual([]);
  });

  it('is copied once for each label', async () => {
    const first = await opened.database.copy('before-moving-in-1234567890123');
    await add(opened.database, 2);
    expect(await opened.database.copy('before-moving-in-1234567890123')).toBe(first);
    if (kind === 'postgres') {
      const { rows } = await sql<{ x: number }>`select x from before_before_moving_in_1234567890123.t`.execute(opened.database.tables());
      expect(rows.map((row) => row.x)).toEqual([1]);
    } else {
      expect(existsSync(first)).toBe(true);
      expect(existsSync(`${first}.part`)).toBe(false);
    }
  });
});
