import { type AccountId, accountId, copyId, mediaId, type PersonId } from '#kernel/ids.ts';
import { type Handle, idList, sql } from '#platform/db/index.ts';
import type { DisputedCopy } from './first-plan.ts';
import { SMALLEST_POSITION } from './plan-push.ts';

type Row = {
  media_id: number;
  title: string;
  season: number | null;
  episode: number | null;
  account_id: number;
  copy_id: number;
  played: number;
  last_played_at: number | null;
  watched: number;
  changed_at: number | null;
  position_ms: number;
  known_position_ms: number;
  known_position_at: number | null;
};

/**
 * The copies of titles on which these accounts, or one of them and the history, do not agree. Reads the tables of
 * core/media and core/viewing as one statement, since a whole library is compared.
 */
export async function readDisputed(handle: Handle, person: PersonId, accounts: readonly AccountId[]): Promise<readonly DisputedCopy[]> {
  if (accounts.length === 0) return [];
  const of = idList(handle.kind, accounts);
  const { rows } = await sql<Row>`
    select cm.media_id, coalesce(s.title, m.title) as title, m.season, m.episode, o.account_id, o.copy_id, o.played, o.last_played_at,
      coalesce(v.watched, 0) as watched, v.changed_at, o.position_ms, coalesce(v.position_ms, 0) as known_position_ms,
      v.position_at as known_position_at
    from observation o
    join copy c on c.id = o.copy_id and c.gone_at is null
    join copy_media cm on cm.copy_id = o.copy_id
    join media m on m.id = cm.media_id
    left join media s on s.id = m.show_id
    left join viewing v on v.media_id = cm.media_id and v.person_id = ${person}
    where o.account_id in ${of} and cm.media_id in (
      select cm2.media_id from observation o2 join copy_media cm2 on cm2.copy_id = o2.copy_id
      left join viewing v2 on v2.media_id = cm2.media_id and v2.person_id = ${person}
      where o2.account_id in ${of}
      group by cm2.media_id
      having max(o2.played) <> min(o2.played) or max(o2.played) <> max(coalesce(v2.watched, 0)) or min(o2.played) <> min(coalesce(v2.watched, 0))
        or (max(o2.played) = 0 and (max(o2.position_ms) >= ${SMALLEST_POSITION} or max(coalesce(v2.position_ms, 0)) >= ${SMALLEST_POSITION})))
    order by title, m.season, m.episode, cm.media_id, o.account_id, o.copy_id`.execute(handle.tables());
  return rows.map((row) => ({
    mediaId: mediaId(row.media_id),
    title:
      row.episode === null
        ? row.title
        : `${row.title} S${String(row.season ?? 0).padStart(2, '0')}E${String(row.episode).padStart(2, '0')}`,
    accountId: accountId(row.account_id),
    copyId: copyId(row.copy_id),
    played: row.played === 1,
    ...(row.last_played_at !== null && { lastPlayedAt: row.last_played_at }),
    watched: row.watched === 1,
    ...(row.changed_at !== null && { changedAt: row.changed_at }),
    positionMs: row.position_ms,
    knownPosition: { ms: row.known_position_ms, at: row.known_position_at ?? 0 },
  }));
}
