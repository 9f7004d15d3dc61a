import { type MediaId, mediaId } from '#kernel/ids.ts';
import { type Handle, sql } from '#platform/db/index.ts';
import type { ListTables } from './lists.schema.store.ts';
import type { ViewingTables } from './viewing.schema.store.ts';

/** What somebody of the household watched, is in the middle of, keeps on a list or has rated: movies, shows and episodes, each once. */
export async function trackedTitles(handle: Handle): Promise<readonly MediaId[]> {
  const { rows } = await sql<{ media_id: number }>`
    select media_id from viewing where watched = 1 or position_ms > 0
    union select media_id from list_entry
    union select media_id from rating`.execute(handle.tables<ViewingTables & ListTables>());
  return rows.map((row) => mediaId(row.media_id));
}
