import { type AccountId, accountId, type MediaId, mediaId, type PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, idList, sql } from '#platform/db/index.ts';
import type { ViewingTables } from './viewing.schema.store.ts';

/** A play of a known day, with who told of it first. */
export type DiaryPlay = Readonly<{ id: number; mediaId: MediaId; at: Instant; how?: string; accountId?: AccountId; event?: string }>;

/** `work`: the show of an episode, else the title itself. */
export type DatedPlay = Readonly<{ id: number; mediaId: MediaId; work: MediaId; kind: string; at: Instant }>;

/** Both ends are part of the span. */
export type DiarySpan = Readonly<{ from?: Instant; until?: Instant }>;

/** A person's plays in the order of their days. Plays of no known day are in no diary. */
export function createPlayDiary(handle: Handle) {
  const db = handle.tables<ViewingTables>();
  const within = (person: PersonId, { from, until }: DiarySpan) => sql`
    from play p where p.person_id = ${person} and p.at is not null
    ${from === undefined ? sql`` : sql`and p.at >= ${from}`}
    ${until === undefined ? sql`` : sql`and p.at <= ${until}`}`;

  return {
    /** Newest first. */
    async page(
      person: PersonId,
      span: DiarySpan,
      { offset, limit }: Readonly<{ offset: number; limit: number }>,
    ): Promise<Readonly<{ plays: readonly DiaryPlay[]; total: number }>> {
      const { rows } = await sql<{ id: number; media_id: number; at: number }>`
        select p.id, p.media_id, p.at ${within(person, span)}
        order by p.at desc, p.id desc limit ${limit} offset ${offset}`.execute(db);
      const { rows: counted } = await sql<{ count: number }>`select count(*) as count ${within(person, span)}`.execute(db);
      const { rows: told } = await sql<{ play_id: number; how: string; account_id: number | null; event: string | null }>`
        select e.play_id, e.how, e.account_id, e.event from evidence e
        join (select play_id, min(id) as id from evidence
          where play_id in ${idList(
            handle.kind,
            rows.map((row) => row.id),
          )} group by play_id) f on f.id = e.id`.execute(db);
      const first = new Map(told.map((row) => [row.play_id, row]));
      return {
        total: Number(counted[0]?.count ?? 0),
        plays: rows.map((row) => {
          const by = first.get(row.id);
          return {
            id: row.id,
            mediaId: mediaId(row.media_id),
            at: row.at,
            ...(by && { how: by.how }),
            ...(by && by.account_id !== null && { accountId: accountId(by.account_id) }),
            ...(by && by.event !== null && { event: by.event }),
          };
        }),
      };
    },

    /** Oldest first, after one of them: for sums. */
    async after(person: PersonId, { at, id, limit }: Readonly<{ at: Instant; id: number; limit: number }>): Promise<readonly DatedPlay[]> {
      const { rows } = await sql<{ id: number; media_id: number; work: number; kind: string; at: number }>`
        select p.id, p.media_id, coalesce(m.show_id, m.id) as work, m.kind, p.at from play p join media m on m.id = p.media_id
        where p.person_id = ${person} and p.at >= ${at} and (p.at > ${at} or p.id > ${id})
        order by p.at, p.id limit ${limit}`.execute(db);
      return rows.map((row) => ({ id: row.id, mediaId: mediaId(row.media_id), work: mediaId(row.work), kind: row.kind, at: row.at }));
    },
  };
}
