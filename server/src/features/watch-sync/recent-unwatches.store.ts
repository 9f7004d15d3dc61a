import type { Account } from '#core/connections/index.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, sql } from '#platform/db/index.ts';
import type { Unwatch } from './guard-webhooks.ts';
import { IMPORT_EVENT } from './plan-merge.ts';

type Asked = Readonly<{ account: Pick<Account, 'id' | 'personId'>; since: Instant }>;

/**
 * What events of an account have un-watched since then, as far as it still stands. This reads the tables of core/media and core/viewing, as
 * the push queue does.
 */
export async function recentUnwatches(handle: Handle, { account, since }: Asked): Promise<readonly Unwatch[]> {
  const { rows } = await sql<{ at: number; library_id: string }>`
    select v.unwatched_at as at, min(c.library_id) as library_id
    from viewing v cross join copy_media l cross join copy c cross join observation o
    where v.person_id = ${account.personId} and v.updated_at > ${since} and v.unwatched_at > ${since} and v.watched = 0
    and v.event <> ${IMPORT_EVENT} and l.media_id = v.media_id and c.id = l.copy_id
    and o.account_id = ${account.id} and o.copy_id = c.id and o.played = 0 and o.event = v.event
    group by v.media_id, v.unwatched_at`.execute(handle.tables());
  return rows.map((row) => ({ libraryId: row.library_id, at: Number(row.at) }));
}
