import { type AccountId, accountId, type MediaId, mediaId, type PersonId, personId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, idList, sql } from '#platform/db/index.ts';

/** What one account's server shows of a title, added up over its parts (the episodes of a show, the movie itself). */
export type ShownParts = Readonly<{ accountId: AccountId; parts: number; watched: number; begun: number; at: Instant }>;

/** Where a person stands with one movie or episode. */
export type PartStanding = Readonly<{
  personId: PersonId;
  mediaId: MediaId;
  watched: boolean;
  changedAt: Instant;
  unwatchedAt?: Instant;
  positionMs: number;
  positionAt?: Instant;
  event?: string;
}>;

/** A play with all that is told of it. */
export type ToldPlay = Readonly<{ personId: PersonId; mediaId: MediaId; id: number; at?: Instant; evidence: readonly PlayWord[] }>;
export type PlayWord = Readonly<{ accountId?: AccountId; how: string; event?: string; at?: Instant; receivedAt: Instant }>;

/** Reads what histories and servers say of the parts of one title. The tables belong to core/viewing and core/media. */
export function createStandings(handle: Handle) {
  const db = handle.tables<object>();
  const { kind } = handle;

  return {
    async shown(parts: readonly MediaId[]): Promise<readonly ShownParts[]> {
      type Row = { account_id: number; parts: number; watched: number; begun: number; at: number };
      const { rows } = await sql<Row>`
        select t.account_id, count(*) as parts, sum(t.played) as watched, sum(t.begun) as begun, max(t.at) as at from (
          select o.account_id, l.media_id, max(o.played) as played,
            max(case when o.played = 0 and o.position_ms > 0 then 1 else 0 end) as begun, max(o.observed_at) as at
          from copy_media l cross join copy c cross join observation o
          where l.media_id in ${idList(kind, parts)} and c.id = l.copy_id and c.gone_at is null and o.copy_id = c.id
          group by o.account_id, l.media_id) as t
        group by t.account_id`.execute(db);
      return rows.map((row) => ({
        accountId: accountId(row.account_id),
        parts: Number(row.parts),
        watched: Number(row.watched),
        begun: Number(row.begun),
        at: Number(row.at),
      }));
    },

    /** How many of the parts each server has. */
    async onServers(parts: readonly MediaId[]): Promise<ReadonlyMap<number, number>> {
      const { rows } = await sql<{ server_id: number; parts: number }>`
        select c.server_id, count(distinct l.media_id) as parts from copy_media l cross join copy c
        where l.media_id in ${idList(kind, parts)} and c.id = l.copy_id and c.gone_at is null group by c.server_id`.execute(db);
      return new Map(rows.map((row) => [row.server_id, Number(row.parts)]));
    },

    async standings(people: readonly PersonId[], parts: readonly MediaId[]): Promise<readonly PartStanding[]> {
      type Row = {
        person_id: number;
        media_id: number;
        watched: number;
        changed_at: number;
        unwatched_at: number | null;
        position_ms: number;
        position_at: number | null;
        event: string | null;
      };
      const { rows } = await sql<Row>`
        select person_id, media_id, watched, changed_at, unwatched_at, position_ms, position_at, event from viewing
        where person_id in ${idList(kind, people)} and media_id in ${idList(kind, parts)}`.execute(db);
      return rows.map((row) => ({
        personId: personId(row.person_id),
        mediaId: mediaId(row.media_id),
        watched: row.watched === 1,
        changedAt: row.changed_at,
        ...(row.unwatched_at !== null && { unwatchedAt: row.unwatched_at }),
        positionMs: row.position_ms,
        ...(row.position_at !== null && { positionAt: row.position_at }),
        ...(row.event !== null && { event: row.event }),
      }));
    },

    async plays(people: readonly PersonId[], parts: readonly MediaId[]): Promise<readonly ToldPlay[]> {
      type Row = {
        id: number;
        person_id: number;
        media_id: number;
        at: number | null;
        account_id: number | null;
        how: string | null;
        event: string | null;
        told_at: number | null;
        received_at: number | null;
      };
      const { rows } = await sql<Row>`
        select p.id, p.person_id, p.media_id, p.at, e.account_id, e.how, e.event, e.at as told_at, e.received_at
        from play p left join evidence e on e.play_id = p.id
        where p.person_id in ${idList(kind, people)} and p.media_id in ${idList(kind, parts)} order by p.id, e.id`.execute(db);
      return [...Map.groupBy(rows, (row) => row.id).values()].flatMap((words): ToldPlay[] => {
        const [first] = words;
        if (first === undefined) return [];
        return [
          {
            id: first.id,
            personId: personId(first.person_id),
            mediaId: mediaId(first.media_id),
            ...(first.at !== null && { at: first.at }),
            evidence: words.flatMap((word): PlayWord[] =>
              word.how === null || word.received_at === null
                ? []
                : [
                    {
                      ...(word.account_id !== null && { accountId: accountId(word.account_id) }),
                      how: word.how,
                      ...(word.event !== null && { event: word.event }),
                      ...(word.told_at !== null && { at: word.told_at }),
                      receivedAt: word.received_at,
                    },
                  ],
            ),
          },
        ];
      });
    },

    /** The episodes of a show as they are now, in their order. */
    async episodes(show: MediaId): Promise<readonly Readonly<{ id: MediaId; season?: number; number?: number; title: string }>[]> {
      const { rows } = await sql<{ id: number; season: number | null; episode: number | null; title: string }>`
        select id, season, episode, title from media where show_id = ${show} and kind = 'episode' and merged_into is null
        order by season, episode, id`.execute(db);
      return rows.map((row) => ({
        id: mediaId(row.id),
        ...(row.season !== null && { season: row.season }),
        ...(row.episode !== null && { number: row.episode }),
        title: row.title,
      }));
    },

    /** Questions that were or are open about these titles and copies. */
    async conflicts(media: readonly number[], copies: readonly number[]) {
      type Row = {
        id: number;
        kind: string;
        reason: string;
        candidates: string;
        copy_id: number | null;
        created_at: number;
        resolved_at: number | null;
        resolution: string | null;
      };
      const about = new Set(media);
      const { rows } = await sql<Row>`
        select id, kind, reason, candidates, copy_id, created_at, resolved_at, resolution from media_conflict
        where copy_id in ${idList(kind, copies)} or ${sql.join(
          media.slice(0, 20).map((id) => sql`candidates like ${`%${id}%`}`),
          sql` or `,
        )} order by id`.execute(db);
      return rows
        .filter(
          (row) =>
            (row.copy_id !== null && copies.includes(row.copy_id)) || (JSON.parse(row.candidates) as number[]).some((id) => about.has(id)),
        )
        .map((row) => ({
          id: row.id,
          kind: row.kind,
          reason: row.reason,
          at: row.created_at,
          ...(row.resolved_at !== null && { resolvedAt: row.resolved_at }),
          ...(row.resolution !== null && { resolution: row.resolution }),
        }));
    },

    /** What became this title, and was taken away again. */
    async merges(title: MediaId) {
      type Row = { id: number; from_id: number; into_id: number; at: number; actor: string; split_at: number | null; title: string };
      const { rows } = await sql<Row>`
        select g.id, g.from_id, g.into_id, g.at, g.actor, g.split_at, m.title from media_merge g
        join media m on m.id = case when g.into_id = ${title} then g.from_id else g.into_id end
        where (g.into_id = ${title} or g.from_id = ${title}) and g.parent_id is null order by g.id`.execute(db);
      return rows.map((row) => ({
        id: row.id,
        title: row.title,
        into: row.into_id === title,
        at: row.at,
        actor: row.actor,
        ...(row.split_at !== null && { splitAt: row.split_at }),
      }));
    },
  };
}
