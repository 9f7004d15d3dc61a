import { type AccountId, accountId, type MediaId, mediaId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Database, type Handle, idList, insertRows, textList } from '#platform/db/index.ts';
import type { Value } from './plan-word.ts';
import type { ShelfSyncTables, ShelfWordRow } from './shelf-sync.schema.store.ts';

export type { Database, Handle };

export type WordKind = 'rating' | 'favourite' | 'watchlist';

export type StoredWord = Readonly<{
  what: WordKind;
  upstreamId: string;
  mediaId: MediaId;
  title: string;
  theirs: Value;
  ours: Value;
  /** The switches under which both were compared. Empty: they were not compared yet. */
  mode: string;
  seenAt: Instant;
}>;

export type DueWord = Readonly<{ what: WordKind; upstreamId: string; mayRemove: boolean }>;

const DUE = 1;
/** A run has counted what it takes away, and may do so. */
const DUE_AND_COUNTED = 2;

const COLUMNS = {
  account_id: 'integer',
  what: 'text',
  upstream_id: 'text',
  media_id: 'integer',
  title: 'text',
  theirs: 'real',
  ours: 'real',
  mode: 'text',
  seen_at: 'integer',
} as const;

const COMPARED = `(account_id, what, upstream_id) do update set media_id = excluded.media_id, title = excluded.title, theirs = excluded.theirs,
  ours = excluded.ours, mode = excluded.mode, seen_at = excluded.seen_at`;

const wordOf = (row: ShelfWordRow): StoredWord => ({
  what: row.what as WordKind,
  upstreamId: row.upstream_id,
  mediaId: mediaId(row.media_id),
  title: row.title,
  theirs: row.theirs,
  ours: row.ours,
  mode: row.mode,
  seenAt: row.seen_at,
});

/** What accounts and we said when we were last compared, and what has to be compared again. */
export function createWords(handle: Handle) {
  const db = handle.tables<ShelfSyncTables>();

  return {
    async of(account: AccountId, what: WordKind, upstreamIds: readonly string[]): Promise<ReadonlyMap<string, StoredWord>> {
      if (upstreamIds.length === 0) return new Map();
      const rows = await db
        .selectFrom('shelf_word')
        .selectAll()
        .where('account_id', '=', account)
        .where('what', '=', what)
        .where('upstream_id', 'in', textList(handle.kind, upstreamIds))
        .execute();
      return new Map(rows.map((row) => [row.upstream_id, wordOf(row)]));
    },

    async save(account: AccountId, words: readonly StoredWord[]): Promise<void> {
      const rows = words.map((one) => [
        account,
        one.what,
        one.upstreamId,
        one.mediaId,
        one.title,
        one.theirs,
        one.ours,
        one.mode,
        one.seenAt,
      ]);
      await insertRows(handle, 'shelf_word', COLUMNS, rows, { update: COMPARED });
    },

    /** How many titles had anything at the last look, on either side. */
    async kept(account: AccountId): Promise<ReadonlyMap<WordKind, number>> {
      const rows = await db
        .selectFrom('shelf_word')
        .select((eb) => ['what', eb.fn.countAll<number>().as('count')])
        .where('account_id', '=', account)
        .where((eb) => eb.or([eb('theirs', 'is not', null), eb('ours', 'is not', null)]))
        .groupBy('what')
        .execute();
      return new Map(rows.map((row) => [row.what as WordKind, Number(row.count)]));
    },

    /** All that was ever said of one kind. */
    async all(account: AccountId, what: WordKind): Promise<readonly StoredWord[]> {
      const rows = await db.selectFrom('shelf_word').selectAll().where('account_id', '=', account).where('what', '=', what).execute();
      return rows.map(wordOf);
    },

    /** These have to be compared again; words that were never compared are noted by `save` first. What a run has counted stays counted. */
    async due(account: AccountId, what: WordKind, upstreamIds: readonly string[], mayRemove: boolean): Promise<void> {
      if (upstreamIds.length === 0) return;
      await db
        .updateTable('shelf_word')
        .set((eb) => ({
          due: mayRemove ? DUE_AND_COUNTED : eb.case().when('due', '=', DUE_AND_COUNTED).then(DUE_AND_COUNTED).else(DUE).end(),
        }))
        .where('account_id', '=', account)
        .where('what', '=', what)
        .where('upstream_id', 'in', textList(handle.kind, upstreamIds))
        .execute();
    },

    /** What was said of these titles, by accounts. */
    async ofMedia(
      accounts: readonly AccountId[],
      media: readonly MediaId[],
    ): Promise<readonly (Pick<StoredWord, 'what' | 'upstreamId' | 'mediaId' | 'ours'> & Readonly<{ accountId: AccountId }>)[]> {
      if (accounts.length === 0 || media.length === 0) return [];
      const rows = await db
        .selectFrom('shelf_word')
        .select(['account_id', 'what', 'upstream_id', 'media_id', 'ours'])
        .where('account_id', 'in', idList(handle.kind, accounts))
        .where('media_id', 'in', idList(handle.kind, media))
        .execute();
      return rows.map((row) => ({
        accountId: accountId(row.account_id),
        what: row.what as WordKind,
        upstreamId: row.upstream_id,
        mediaId: mediaId(row.media_id),
        ours: row.ours,
      }));
    },

    async nextDue(account: AccountId, kinds: readonly WordKind[], limit: number): Promise<readonly DueWord[]> {
      const rows = await db
        .selectFrom('shelf_word')
        .select(['what', 'upstream_id', 'due'])
        .where('account_id', '=', account)
        .where('due', '>', 0)
        .where('what', 'in', textList(handle.kind, kinds))
        .orderBy('upstream_id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ what: row.what as WordKind, upstreamId: row.upstream_id, mayRemove: row.due === DUE_AND_COUNTED }));
    },

    /** Before it is compared: what changes meanwhile makes it due again. */
    async claim(account: AccountId, { what, upstreamId }: DueWord): Promise<void> {
      await db
        .updateTable('shelf_word')
        .set({ due: 0 })
        .where('account_id', '=', account)
        .where('what', '=', what)
        .where('upstream_id', '=', upstreamId)
        .execute();
    },

    /** The next comparison is the first again: what was said here went to the bin, or came back from it. */
    async unhear(accounts: readonly AccountId[]): Promise<void> {
      if (accounts.length === 0) return;
      await db.updateTable('shelf_word').set({ mode: '', due: 0 }).where('account_id', 'in', idList(handle.kind, accounts)).execute();
    },

    async accountsDue(): Promise<readonly AccountId[]> {
      const rows = await db.selectFrom('shelf_word').select('account_id').distinct().where('due', '>', 0).execute();
      return rows.map((row) => accountId(row.account_id));
    },
  };
}
