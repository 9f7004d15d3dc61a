import type { ServerId } from '#kernel/ids.ts';
import { type Handle, sql } from '#platform/db/index.ts';
import { tablesOf } from './media.schema.store.ts';

/** An item by which its server can be asked for the picture of a title. */
export type PicturedCopy = Readonly<{ serverId: ServerId; upstreamId: string; showUpstreamId?: string }>;

type Row = { server_id: number; upstream_id: string; show_upstream_id: string | null };

/** One item of each server that has the title, in the order in which servers were added. A series is asked for by one of its episodes. */
export async function picturedCopies(handle: Handle, title: Readonly<{ id: number; kind: string }>): Promise<readonly PicturedCopy[]> {
  const among =
    title.kind === 'show'
      ? sql`select min(c.id) from coordinate co join copy c on c.id = co.copy_id
          where co.show_id = ${title.id} and c.gone_at is null and c.show_upstream_id is not null group by c.server_id`
      : sql`select min(c.id) from copy_media l join copy c on c.id = l.copy_id
          where l.media_id = ${title.id} and c.gone_at is null group by c.server_id`;
  const { rows } = await sql<Row>`
    select server_id, upstream_id, show_upstream_id from copy where id in (${among}) order by server_id`.execute(tablesOf(handle));
  return rows.map((row) => ({
    serverId: row.server_id as ServerId,
    upstreamId: row.upstream_id,
    ...(row.show_upstream_id !== null && { showUpstreamId: row.show_upstream_id }),
  }));
}
