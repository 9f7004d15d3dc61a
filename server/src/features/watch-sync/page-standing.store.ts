import { hash } from 'node:crypto';
import type { AccountId, CopyId } from '#kernel/ids.ts';
import { type Handle, idList, sql } from '#platform/db/index.ts';

/**
 * All that a merge looks at before it finds that these copies say what they said last time, as one text: while it stays the same, the
 * same page read again changes nothing. It reads tables of core/media and core/viewing, as the push queue does and for the same reason.
 */
export async function standingOf(handle: Handle, account: AccountId, copies: readonly CopyId[]): Promise<string> {
  const columns = sql`c.id, c.fingerprint, c.gone_at, c.unmatched, l.media_id, l.place, o.played, o.play_count, o.last_played_at,
    o.position_ms, o.rating, o.favorite, o.added_at, o.observed_at, o.heard, o.pushed_at`;
  // One text, since a row for each of a thousand copies takes as long again to hand over. SQLite finds them in the order of their ids by itself;
  // in another order the page is read once more.
  const text =
    handle.kind === 'sqlite'
      ? sql`json_group_array(json_array(${columns}))`
      : sql`cast(json_agg(json_build_array(${columns}) order by c.id, l.place) as text)`;
  const { rows } = await sql<{ lines: string | null }>`
    select ${text} as lines
    from copy c left join copy_media l on l.copy_id = c.id left join observation o on o.account_id = ${account} and o.copy_id = c.id
    where c.id in ${idList(handle.kind, copies)}`.execute(handle.tables());
  return hash('sha256', rows[0]?.lines ?? '');
}
