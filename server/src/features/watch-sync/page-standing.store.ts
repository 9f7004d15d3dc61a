import { hash } from 'node:crypto';
import type { AccountId, CopyId } from '#kernel/ids.ts';
import { type Handle, idList, sql } from '#platform/db/index.ts';

/**
 * All that a merge looks at before it finds that these copies say what they said last time, as one text: while it stays the same, the
 * same page read again changes nothing. It reads tables of core/media and core/viewing, as the push queue does and for the same reason.
 */
export async function standingOf(handle: Handle, account: AccountId, copies: readonly CopyId[]): Promise<string> {
  const listed = sql.raw(handle.kind === 'sqlite' ? 'json_array' : 'json_build_array');
  const joined = sql.raw(handle.kind === 'sqlite' ? 'group_concat' : 'string_agg');
  // One text, since a row for each of a thousand copies takes as long again to hand over. In another order the page is read once more.
  const { rows } = await sql<{ lines: string | null }>`
    select ${joined}(line, ';') as lines from (
      select cast(${listed}(c.id, c.fingerprint, c.gone_at, c.unmatched, l.media_id, l.place, o.played, o.play_count, o.last_played_at,
        o.position_ms, o.rating, o.favorite, o.added_at, o.observed_at, o.heard, o.pushed_at) as text) as line
      from copy c left join copy_media l on l.copy_id = c.id left join observation o on o.account_id = ${account} and o.copy_id = c.id
      where c.id in ${idList(handle.kind, copies)} order by c.id, l.place) as standing`.execute(handle.tables());
  return hash('sha256', rows[0]?.lines ?? '');
}
