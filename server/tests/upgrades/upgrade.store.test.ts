import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createHistory } from '#core/viewing/index.ts';
import { systemClock } from '#kernel/instant.ts';
import { migrate, openDatabase } from '#platform/db/index.ts';
import { orderFaults } from '#tests/support/history-order.ts';
import { migrations } from '../../src/migrations.ts';

const folder = new URL('.', import.meta.url);
const points = readdirSync(folder).filter((name) => name.endsWith('.sql'));

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

  it('of a newer release is refused and left as it is', async () => {
    const home = mkdtempSync(join(tmpdir(), 'usherr-upgrade-'));
    const database = await openDatabase({ file: join(home, 'usherr.db') });
    try {
      await migrate(database, [...migrations, { name: '9999-of-tomorrow', up: () => ['create table tomorrow (id integer)'] }], 0);
      await expect(migrate(database, migrations, 0)).rejects.toMatchObject({
        code: 'misconfigured',
        message: /newer Usherr.*9999-of-tomorrow/,
      });
    } finally {
      await database.close();
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('is copied before it is changed', async () => {
    const home = mkdtempSync(join(tmpdir(), 'usherr-upgrade-'));
    const file = join(home, 'usherr.db');
    const database = await openDatabase({ file });
    try {
      await migrate(database, migrations, 0);
      const report = await migrate(database, [...migrations, { name: '9999-more', up: () => ['create table more (id integer)'] }], 5);
      expect(report.applied).toEqual(['9999-more']);
      const copy = new DatabaseSync(report.copy ?? '', { readOnly: true });
      expect(copy.prepare("select count(*) as n from sqlite_master where name = 'more'").get()).toMatchObject({ n: 0 });
      copy.close();
    } finally {
      await database.close();
      rmSync(home, { recursive: true, force: true });
    }
  });
});
