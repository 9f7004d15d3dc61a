import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountId, mediaId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { shelfSyncMigrations } from './shelf-sync.schema.store.ts';
import { createWords, type StoredWord } from './words.store.ts';

const ACCOUNT = accountId(1);
const OTHER = accountId(2);
const accounts = [
  { name: '0000-accounts', up: () => ['create table account (id integer primary key)', 'insert into account values (1), (2)'] },
];

const word = (upstreamId: string, more: Partial<StoredWord> = {}): StoredWord => ({
  what: 'rating',
  upstreamId,
  mediaId: mediaId(10),
  title: 'Alien (1979)',
  theirs: 7.5,
  ours: 8,
  mode: 'takes tells',
  seenAt: 5,
  ...more,
});

describe.each(DATABASES)('what was compared, on %s', (kind) => {
  let test: TestDatabase;
  let words: ReturnType<typeof createWords>;

  beforeEach(async () => {
    test = await openTestDatabase(kind, [...accounts, ...shelfSyncMigrations]);
    words = createWords(test.database);
  });
  afterEach(() => test.close());

  it('is kept by account, kind and item, halves as they are, and replaced by the next comparison', async () => {
    await words.save(ACCOUNT, [word('a'), word('b', { theirs: null, ours: null })]);
    await words.save(OTHER, [word('a', { theirs: 1 })]);
    await words.save(ACCOUNT, [word('b', { theirs: 0.5, ours: 1, mode: 'takes' })]);
    expect([...(await words.of(ACCOUNT, 'rating', ['a', 'b', 'c'])).values()]).toEqual([
      word('a'),
      word('b', { theirs: 0.5, ours: 1, mode: 'takes' }),
    ]);
    expect(await words.of(ACCOUNT, 'favourite', ['a'])).toEqual(new Map());
    expect([await words.kept(ACCOUNT), await words.kept(OTHER)]).toEqual([new Map([['rating', 2]]), new Map([['rating', 1]])]);
  });

  it('counts as kept where either side has something', async () => {
    await words.save(ACCOUNT, [word('a', { theirs: null }), word('b', { ours: null }), word('c', { theirs: null, ours: null })]);
    await words.save(ACCOUNT, [word('w', { what: 'watchlist', theirs: 1, ours: 1 })]);
    expect(await words.kept(ACCOUNT)).toEqual(
      new Map([
        ['rating', 2],
        ['watchlist', 1],
      ]),
    );
  });

  it('is found by title, for the accounts that are asked about', async () => {
    await words.save(ACCOUNT, [word('a'), word('b', { mediaId: mediaId(11) })]);
    await words.save(OTHER, [word('a')]);
    expect(await words.ofMedia([ACCOUNT], [mediaId(10)])).toEqual([
      { accountId: ACCOUNT, what: 'rating', upstreamId: 'a', mediaId: mediaId(10), ours: 8 },
    ]);
    expect(await words.ofMedia([ACCOUNT, OTHER], [mediaId(10), mediaId(11)])).toHaveLength(3);
    expect(await words.ofMedia([ACCOUNT], [mediaId(99)])).toEqual([]);
  });

  it('is due until it is taken up, and a comparison in between does not lose that', async () => {
    await words.save(ACCOUNT, [word('a'), word('b')]);
    await words.due(ACCOUNT, 'rating', ['a'], false);
    await words.save(ACCOUNT, [word('a', { ours: 3 })]);
    expect(await words.nextDue(ACCOUNT, ['rating'], 10)).toEqual([{ what: 'rating', upstreamId: 'a', mayRemove: false }]);
    expect(await words.accountsDue()).toEqual([ACCOUNT]);
    await words.claim(ACCOUNT, { what: 'rating', upstreamId: 'a', mayRemove: false });
    expect(await words.nextDue(ACCOUNT, ['rating'], 10)).toEqual([]);
  });

  it('stays counted by a run, whatever else makes it due', async () => {
    await words.save(ACCOUNT, [word('a')]);
    await words.due(ACCOUNT, 'rating', ['a'], true);
    await words.due(ACCOUNT, 'rating', ['a'], false);
    expect(await words.nextDue(ACCOUNT, ['rating'], 10)).toEqual([{ what: 'rating', upstreamId: 'a', mayRemove: true }]);
  });

  it('begins anew for the accounts whose history was replaced', async () => {
    await words.save(ACCOUNT, [word('a')]);
    await words.save(OTHER, [word('a')]);
    for (const account of [ACCOUNT, OTHER]) await words.due(account, 'rating', ['a'], false);
    await words.unhear([ACCOUNT]);
    expect((await words.of(ACCOUNT, 'rating', ['a'])).get('a')?.mode).toBe('');
    expect(await words.accountsDue()).toEqual([OTHER]);
  });

  it('is told of by kinds, and all of one kind can be had', async () => {
    await words.save(ACCOUNT, [word('a'), word('w', { what: 'watchlist' })]);
    for (const what of ['rating', 'watchlist'] as const) await words.due(ACCOUNT, what, ['a', 'w'], false);
    expect(await words.nextDue(ACCOUNT, ['watchlist'], 10)).toEqual([{ what: 'watchlist', upstreamId: 'w', mayRemove: false }]);
    expect(await words.nextDue(ACCOUNT, ['rating', 'favourite'], 10)).toEqual([{ what: 'rating', upstreamId: 'a', mayRemove: false }]);
    expect(await words.all(ACCOUNT, 'watchlist')).toEqual([word('w', { what: 'watchlist' })]);
  });

  it('goes with its account', async () => {
    await words.save(ACCOUNT, [word('a')]);
    await test.database.tables<{ account: { id: number } }>().deleteFrom('account').where('id', '=', 1).execute();
    expect(await words.of(ACCOUNT, 'rating', ['a'])).toEqual(new Map());
  });
});
