import type { MediaId } from '#kernel/ids.ts';
import { type Handle, idList, sql } from '#platform/db/index.ts';
import { createDescribeStore } from './describe.store.ts';
import { tablesOf } from './media.schema.store.ts';

/** So many ids go into one statement. */
const AT_ONCE = 20_000;

/** The movies and shows behind media: an episode stands for its show, and one whose show is not known for nothing. Each comes once. */
export async function worksOf(handle: Handle, media: readonly MediaId[]): Promise<readonly MediaId[]> {
  const db = tablesOf(handle);
  const found = new Set<number>();
  for (let from = 0; from < media.length; from += AT_ONCE) {
    const { rows } = await sql<{ id: number }>`
      select distinct case when kind = 'episode' then show_id else id end as id from media
      where id in ${idList(handle.kind, media.slice(from, from + AT_ONCE))} and (kind in ('movie', 'show') or show_id is not null)`.execute(
      db,
    );
    for (const row of rows) found.add(row.id);
  }
  const lasting = await createDescribeStore(handle).lasting([...found]);
  return [...new Set(lasting.values())].sort((one, other) => one - other) as MediaId[];
}
