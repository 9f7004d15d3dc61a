import { hash } from 'node:crypto';
import type { AccountId, CopyId } from '#kernel/ids.ts';
import { type Handle, idList, sql } from '#platform/db/index.ts';

/**
 * All that a merge looks at before it finds that these copies say what they said last time, as one text: while it stays the same, the
 * same page read again changes nothing. It reads tables of core/media and core/viewing, as the push queue does and for the same reason.
 */
export async function standingOf(handle: Handle, account: AccountId, copies: readonly CopyId[]): Promise<string> {
  const said = (column: string) => sql.raw(`coalesce(cast(${column} as text), '-') || ' ' ||`);
  const { rows } = await sql<{ line: string }>`
    select c.id || ' ' || c.fingerprint || ' ' || ${said('c.gone_at')} ${said('l.media_id')} ${said('l.place')} ${said('o.played')}
      ${said('o.play_count')} ${said('o.last_played_at')} ${said('o.position_ms')} ${said('o.rating')} ${said('o.favorite')} ${said('o.added_at')}
      ${said('o.observed_at')} ${said('o.heard')} ${said('o.pushed_at')} coalesce(c.unmatched, '') as line
    from copy c left join copy_media l on l.copy_id = c.id left join observation o on o.account_id = ${account} and o.copy_id = c.id
    where c.id in ${idList(handle.kind, copies)} order by c.id, l.place`.execute(handle.tables());
  return hash('sha256', rows.map((row) => row.line).join('\n'));
}
