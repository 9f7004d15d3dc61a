import { type MediaId, mediaId, type PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, sql } from '#platform/db/index.ts';
import type { ViewingTables } from './viewing.schema.store.ts';

/** How often a title was played, in all and since a day. `work`: the show of an episode, else the title itself. */
export type PlayTotal = Readonly<{ mediaId: MediaId; work: MediaId; plays: number; recent: number }>;

/** Of so many titles after the one given, in their order. What is marked as watched was played once at least. */
export async function playTotals(
  handle: Handle,
  person: PersonId,
  { after, since, limit }: Readonly<{ after: number; since: Instant; limit: number }>,
): Promise<readonly PlayTotal[]> {
  const { rows } = await sql<{ media_id: number; work: number; plays: number; recent: number }>`
    select t.media_id, coalesce(m.show_id, m.id) as work, max(t.plays) as plays, max(t.recent) as recent from (
      select media_id, count(*) as plays, sum(case when at >= ${since} then 1 else 0 end) as recent
      from play where person_id = ${person} and media_id > ${after} group by media_id
      union all select media_id, 1, 0 from viewing where person_id = ${person} and media_id > ${after} and watched = 1
    ) t join media m on m.id = t.media_id
    group by t.media_id, coalesce(m.show_id, m.id) order by t.media_id limit ${limit}`.execute(handle.tables<ViewingTables>());
  return rows.map((row) => ({
    mediaId: mediaId(row.media_id),
    work: mediaId(row.work),
    plays: Number(row.plays),
    recent: Number(row.recent),
  }));
}
