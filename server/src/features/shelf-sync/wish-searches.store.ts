import { type AccountId, accountId, type MediaId, mediaId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, idList, insertRows } from '#platform/db/index.ts';
import type { ShelfSyncTables } from './shelf-sync.schema.store.ts';

const COLUMNS = { account_id: 'integer', media_id: 'integer' } as const;

/** Titles for which a vendor's id is looked for, by account. */
export function createWishSearches(handle: Handle) {
  const db = handle.tables<ShelfSyncTables>();

  return {
    /** They are looked for at the next chance, whatever came of it before. */
    async want(account: AccountId, media: readonly MediaId[]): Promise<void> {
      const rows = media.map((id) => [account, id]);
      await insertRows(handle, 'wish_search', COLUMNS, rows, { update: '(account_id, media_id) do update set due = 1' });
    },

    async nextDue(account: AccountId, limit: number): Promise<readonly MediaId[]> {
      const rows = await db
        .selectFrom('wish_search')
        .select('media_id')
        .where('account_id', '=', account)
        .where('due', '>', 0)
        .orderBy('media_id')
        .limit(limit)
        .execute();
      return rows.map((row) => mediaId(row.media_id));
    },

    /** Those that were not found after `since`: asking again so soon would only cost calls. */
    async notFoundSince(account: AccountId, since: Instant): Promise<ReadonlySet<MediaId>> {
      const rows = await db
        .selectFrom('wish_search')
        .select('media_id')
        .where('account_id', '=', account)
        .where('searched_at', '>', since)
        .execute();
      return new Set(rows.map((row) => mediaId(row.media_id)));
    },

    async notFound(account: AccountId, media: MediaId, at: Instant): Promise<void> {
      await db
        .updateTable('wish_search')
        .set({ due: 0, searched_at: at })
        .where('account_id', '=', account)
        .where('media_id', '=', media)
        .execute();
    },

    /** Nothing is looked for any more: the id was found, or nobody wants it. */
    async forget(account: AccountId, media: readonly MediaId[]): Promise<void> {
      if (media.length === 0) return;
      await db.deleteFrom('wish_search').where('account_id', '=', account).where('media_id', 'in', idList(handle.kind, media)).execute();
    },

    async forgetAll(accounts: readonly AccountId[]): Promise<void> {
      if (accounts.length === 0) return;
      await db.deleteFrom('wish_search').where('account_id', 'in', idList(handle.kind, accounts)).execute();
    },

    async accountsDue(): Promise<readonly AccountId[]> {
      const rows = await db.selectFrom('wish_search').select('account_id').distinct().where('due', '>', 0).execute();
      return rows.map((row) => accountId(row.account_id));
    },
  };
}
