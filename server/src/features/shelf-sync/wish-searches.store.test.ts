import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountId, mediaId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { wishSearchMigrations } from './shelf-sync.schema.store.ts';
import { createWishSearches } from './wish-searches.store.ts';

const ACCOUNT = accountId(1);
const OTHER = accountId(2);
const [ONE, TWO] = [mediaId(10), mediaId(11)];
const accounts = [
  { name: '0000-accounts', up: () => ['create table account (id integer primary key)', 'insert into account values (1), (2)'] },
];

describe.each(DATABASES)('titles whose id is looked for, on %s', (kind) => {
  let test: TestDatabase;
  let searches: ReturnType<typeof createWishSearches>;
  beforeEach(async () => {
    test = await openTestDatabase(kind, [...accounts, ...wishSearchMigrations]);
    searches = createWishSearches(test.database);
  });
  afterEach(() => test.close());

  it('wait until they were found', async () => {
    await searches.want(ACCOUNT, [TWO, ONE]);
    await searches.want(ACCOUNT, [ONE]);
    expect(await searches.nextDue(ACCOUNT, 10)).toEqual([ONE, TWO]);
    expect(await searches.accountsDue()).toEqual([ACCOUNT]);
    await searches.forget(ACCOUNT, [ONE]);
    expect([await searches.nextDue(ACCOUNT, 10), await searches.nextDue(OTHER, 10)]).toEqual([[TWO], []]);
  });

  it('that were not found are known as such for a while, and wait again where somebody wants them', async () => {
    await searches.want(ACCOUNT, [ONE]);
    await searches.notFound(ACCOUNT, ONE, 1_000);
    expect(await searches.nextDue(ACCOUNT, 10)).toEqual([]);
    expect([await searches.notFoundSince(ACCOUNT, 999), await searches.notFoundSince(ACCOUNT, 1_000)]).toEqual([new Set([ONE]), new Set()]);
    await searches.want(ACCOUNT, [ONE]);
    expect(await searches.nextDue(ACCOUNT, 10)).toEqual([ONE]);
  });

  it('are forgotten with the history of their accounts, and with the account', async () => {
    for (const account of [ACCOUNT, OTHER]) await searches.want(account, [ONE]);
    await searches.forgetAll([ACCOUNT]);
    expect(await searches.accountsDue()).toEqual([OTHER]);
    await test.database.tables<{ account: { id: number } }>().deleteFrom('account').where('id', '=', 2).execute();
    expect(await searches.accountsDue()).toEqual([]);
  });
});
