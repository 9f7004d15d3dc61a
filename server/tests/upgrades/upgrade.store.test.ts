import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPeople, MAIN_PERSON } from '#core/people/index.ts';
import { createHistory } from '#core/viewing/index.ts';
import { systemClock } from '#kernel/instant.ts';
import { loadConfig } from '#platform/config/index.ts';
import { type Handle, migrate, openDatabase, sql } from '#platform/db/index.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { orderFaults } from '#tests/support/history-order.ts';
import { openMigrated } from '../../src/house-database.ts';
import { migrations } from '../../src/migrations.ts';

const folder = new URL('.', import.meta.url);
const points = readdirSync(folder).filter((name) => name.endsWith('.sql'));

const MORE = { name: '9999-more', up: () => ['delete from person', 'create table more (id integer)'] };

describe('a database of an earlier release', () => {
  it('is stored for each release point', () => {
    expect(points).not.toEqual([]);
  });

  it.each(points)('%s is taken over with its whole history', async (point) => {
    const home = mkdtempSync(join(tmpdir(), 'usherr-upgrade-'));
    const file = join(home, 'usherr.db');
    const stored = new DatabaseSync(file);
    stored.exec(readFileSync(new URL(point, folder), 'utf8'));
    stored.close();
    const database = await openDatabase({ file });
    try {
      await migrate(database, migrations, systemClock.now());
      const history = createHistory({ database, clock: systemClock, accountsOf: async () => [] });
      const { entries, total } = await history.list(MAIN_PERSON, {}, { offset: 0, limit: 50 });
      expect(total).toBe(4);
      expect(await orderFaults(database)).toEqual([]);
      expect(entries.filter((entry) => entry.plays.length > 0)).toMatchObject([{ plays: [{}, {}] }]);
    } finally {
      await database.close();
      rmSync(home, { recursive: true, force: true });
    }
  });
});

describe.each(DATABASES)('a database that is taken over, on %s', (kind) => {
  let opened: TestDatabase;
  beforeEach(async () => {
    opened = await openTestDatabase(kind);
  });
  afterEach(() => opened.close());

  const names = async (handle: Handle, schema: string) => {
    const { rows } =
      kind === 'sqlite'
        ? await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(handle.tables())
        : await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = ${schema}`.execute(handle.tables());
    return rows.map((row) => row.name);
  };

  it('by an older release than the one that wrote it is refused and left as it is', async () => {
    const { database } = opened;
    await migrate(database, [...migrations, { name: '9999-of-tomorrow', up: () => ['create table tomorrow (id integer)'] }], 0);
    await expect(migrate(database, migrations, 0)).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringMatching(/newer Usherr.*9999-of-tomorrow/) as string,
    });
    expect(await names(database, 'public')).toContain('tomorrow');
  });

  it('leaves no copy of each try where a step fails, and none that a killed process left half made', async () => {
    const { database, file } = opened;
    const bad = { name: '9999-bad', up: () => ['create table more (id integer)', 'not a statement'] };
    const half = `${file}.before-9999-bad-4.part`;
    if (kind === 'sqlite') writeFileSync(half, 'half');
    const copies = async (): Promise<readonly string[]> => {
      if (kind === 'sqlite') return readdirSync(dirname(file)).filter((name) => name.includes('before'));
      const { rows } = await sql<{ name: string }>`select nspname as name from pg_namespace where nspname like 'before%'`.execute(
        database.tables(),
      );
      return rows.map((row) => row.name);
    };
    for (const at of [5, 6])
      await expect(migrate(database, [...migrations, bad], at)).rejects.toMatchObject({
        code: 'misconfigured',
        message: expect.stringContaining('9999-bad failed') as string,
      });
    expect(await copies()).toEqual([]);
    expect(await names(database, 'public')).not.toContain('more');
    await expect(migrate(database, [...migrations, MORE, { ...bad, name: '9999-worse' }], 7)).rejects.toThrow('9999-worse failed');
    expect(await copies()).toHaveLength(1);
  });

  it('is copied with what it holds before it is changed', async () => {
    const { database } = opened;
    const people = createPeople({ database, clock: systemClock, publish: async () => undefined });
    await people.create('anna');
    const { applied, copy = '' } = await migrate(database, [...migrations, MORE], 5);
    expect(applied).toEqual(['9999-more']);
    expect((await people.list()).map((person) => person.name)).toEqual([]);
    if (kind === 'postgres') {
      const schema = /schema (\S+)/.exec(copy)?.[1] ?? '';
      expect(await names(database, schema)).not.toContain('more');
      const { rows } = await sql<{ name: string }>`select name from ${sql.id(schema, 'person')} order by id`.execute(database.tables());
      expect(rows.map((row) => row.name)).toEqual(['main', 'anna']);
      return;
    }
    const stored = await openDatabase({ file: copy });
    try {
      expect(await names(stored, '')).not.toContain('more');
      const { rows } = await sql<{ name: string }>`select name from person order by id`.execute(stored.tables());
      expect(rows.map((row) => row.name)).toEqual(['main', 'anna']);
    } finally {
      await stored.close();
    }
  });
});

it('a database that cannot be written to is told at the start, in words, also where there is nothing to migrate', async () => {
  const { database, file, close } = await openTestDatabase('sqlite');
  try {
    const config = { ...loadConfig({}), dataDir: dirname(file) };
    const again = await openMigrated(config, systemClock);
    expect(again.migrated.applied).toEqual([]);
    await again.database.close();
    await sql`create trigger no before update on schema_migration begin select raise(abort, 'the disk says no'); end`.execute(
      database.tables(),
    );
    await expect(openMigrated(config, systemClock)).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringMatching(/usherr\.db cannot be written to: the disk says no\. Check that there is room/) as string,
    });
  } finally {
    await close();
  }
});
