import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createHistory } from '#core/viewing/index.ts';
import { systemClock } from '#kernel/instant.ts';
import { type Database, migrate, openDatabase, sql } from '#platform/db/index.ts';
import { DATABASES, openTestDatabase } from '#tests/support/databases.ts';
import { orderFaults } from '#tests/support/history-order.ts';
import { openPostgres } from '#tests/support/postgres.ts';
import { dump } from '../../../scripts/release-point.ts';
import { migrations } from '../../src/migrations.ts';

const before = migrations.slice(
  0,
  migrations.findIndex((step) => step.name === '0130-media-in-order'),
);

/** A movie, a series with one episode, and an episode whose series only its copy tells. */
async function furnish(database: Database): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(database.tables<object>());
  await run(`insert into media (id, kind, title, year, show_id, season, episode, created_at, updated_at) values
    (1, 'movie', 'Die Ärzte', 1999, null, null, null, 0, 0), (2, 'show', 'Brücke', 2011, null, null, null, 0, 0),
    (3, 'episode', 'Folge Eins', null, 2, 1, 1, 0, 0), (4, 'episode', 'Ohne Heim', null, null, 1, 2, 0, 0)`);
  await run(`insert into copy (id, server_id, upstream_id, library_id, fingerprint, kind, title, first_seen_at, files, detail)
    values (1, 1, 'a', '1', 'f', 'episode', 'Ohne Heim', 0, '[]', '{"ids":{},"show":{"ids":{},"title":"Findelkind"}}')`);
  await run("insert into copy_media (copy_id, media_id, place, how) values (1, 4, 0, 'ids')");
  for (const id of [1, 3, 4]) {
    await run(`insert into viewing (person_id, media_id, watched, changed_at, position_ms, created_at, updated_at)
      values (${MAIN_PERSON}, ${id}, ${id % 2}, ${id}, 0, ${id}, ${id})`);
  }
}

async function expectWhole(database: Database): Promise<void> {
  expect(await orderFaults(database)).toEqual([]);
  const history = createHistory({ database, clock: systemClock, accountsOf: async () => [] });
  const found = async (title: string) => {
    const { entries, total } = await history.list(MAIN_PERSON, { title }, { offset: 0, limit: 9 });
    expect(total).toBe(entries.length);
    return entries.map((entry) => entry.media.id);
  };
  expect([await found('ÄRZT'), await found('rück'), await found('findel'), await found('rü'), await found('')]).toEqual([
    [1],
    [3],
    [4],
    [3],
    [4, 3, 1],
  ]);
  const { rows } = await sql<{ titles: number }>`
    select sum(titles) as titles from history_count where watched = 1`.execute(database.tables<object>());
  expect(Number(rows[0]?.titles)).toBe(2);
}

describe.each(DATABASES)('a history of before on %s', (kind) => {
  it('is counted, listed and found by its texts from then on', async () => {
    const test = await openTestDatabase(kind, before);
    try {
      await furnish(test.database);
      await migrate(test.database, migrations, 1);
      await expectWhole(test.database);
    } finally {
      await test.close();
    }
  });
});

describe('a release point', () => {
  it('of such a history is made again with its texts', async () => {
    const test = await openTestDatabase('sqlite', before);
    const again = join(mkdtempSync(join(tmpdir(), 'usherr-again-')), 'usherr.db');
    try {
      await furnish(test.database);
      await migrate(test.database, migrations, 1);
      const stored = new DatabaseSync(again);
      stored.exec(dump(await test.database.copy('release-point')));
      stored.close();
      const database = await openDatabase({ file: again });
      await expectWhole(database);
      await database.close();
    } finally {
      await test.close();
      rmSync(dirname(again), { recursive: true, force: true });
    }
  });
});

describe('a PostgreSQL that does not give its trigrams', () => {
  it('is good enough to start with, and finds as much', async () => {
    const postgres = await openPostgres();
    const role = new URL(postgres.url).pathname.slice(1).replace('test', 'guest');
    const admin = await openDatabase({ file: '', url: postgres.url });
    const run = (text: string) => sql.raw(text).execute(admin.tables<object>());
    const folder = mkdtempSync(join(tmpdir(), 'usherr-guest-'));
    try {
      // A schema to write in, and no right to create an extension.
      await run(`create role ${role} login password 'guest'`);
      await run(`grant usage, create on schema public to ${role}`);
      const url = Object.assign(new URL(postgres.url), { username: role, password: 'guest' }).href;
      const guest = await openDatabase({ file: join(folder, 'no.db'), url });
      try {
        await migrate(guest, migrations, 0);
        await furnish(guest);
        // What an import writes by itself.
        await sql`update media set title = title`.execute(guest.tables<object>());
        const { rows } = await sql`select 1 from pg_extension where extname = 'pg_trgm'`.execute(guest.tables<object>());
        expect(rows).toEqual([]);
        await expectWhole(guest);
      } finally {
        await guest.close();
      }
    } finally {
      await run(`drop owned by ${role} cascade`);
      await run(`drop role ${role}`);
      await admin.close();
      await postgres.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
