import { createAnime } from '#core/media/index.ts';
import { createLists, createRatings, createTakenTitles, type ListEntry, type Rating } from '#core/viewing/index.ts';
import { type MediaId, mediaId, type PersonId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { type Handle, idList, sql } from '#platform/db/index.ts';
import type { Switches, WatchedHere } from './facts.ts';

export type TitleHere = Readonly<{
  mediaId: MediaId;
  kind: 'movie' | 'show';
  title: string;
  year?: number;
  ids: Readonly<Record<string, string>>;
  anime: boolean;
  watched: readonly WatchedHere[];
  hidden: ReadonlySet<MediaId>;
  list?: ListEntry;
  rating?: Rating;
}>;

export type HereStore = ReturnType<typeof createHereStore>;

/** What the house holds of a person. Reads the tables of core/media and core/viewing, a few statements for however many titles. */
export function createHereStore(handle: Handle, { clock }: Readonly<{ clock: Clock }>) {
  const db = handle.tables<Record<string, never>>();
  const list = (ids: readonly number[]) => idList(handle.kind, ids);

  async function watchedOf(person: PersonId, titles: readonly MediaId[]): Promise<ReadonlyMap<number, readonly WatchedHere[]>> {
    const { rows } = await sql<{
      id: number;
      title_id: number;
      kind: string;
      season: number | null;
      episode: number | null;
      at: number | null;
    }>`
      select m.id, coalesce(m.show_id, m.id) as title_id, m.kind, m.season, m.episode, max(p.at) as at
      from (select id from media where id in ${list(titles)} union select id from media where show_id in ${list(titles)}) as part
      cross join media m cross join viewing v
      left join play p on p.person_id = v.person_id and p.media_id = v.media_id
      where m.id = part.id and m.merged_into is null and v.media_id = m.id and v.person_id = ${person} and v.watched = 1
      group by m.id, m.show_id, m.kind, m.season, m.episode order by m.season, m.episode, m.id`.execute(db);
    const known = rows.map((row) => ({
      titleId: row.title_id,
      one: {
        mediaId: mediaId(row.id),
        ...(row.kind === 'episode' && row.season !== null && row.episode !== null && { slot: { season: row.season, number: row.episode } }),
        ...(row.at !== null && { at: row.at }),
      },
    }));
    return new Map([...Map.groupBy(known, (entry) => entry.titleId)].map(([id, own]) => [id, own.map(({ one }) => one)]));
  }

  return {
    async titles(person: PersonId, titles: readonly MediaId[]): Promise<ReadonlyMap<MediaId, TitleHere>> {
      if (titles.length === 0) return new Map();
      const { rows } = await sql<{ id: number; kind: string; title: string; year: number | null }>`
        select id, kind, title, year from media where id in ${list(titles)} and kind in ('movie', 'show') and merged_into is null`.execute(
        db,
      );
      const { rows: ids } = await sql<{ media_id: number; provider: string; value: string }>`
        select media_id, provider, value from external_id where media_id in ${list(titles)} and kind in ('movie', 'show') and provider <> 'path'
        order by media_id, provider, value desc`.execute(db);
      const { rows: parts } = await sql<{ id: number; title_id: number }>`
        select id, coalesce(show_id, id) as title_id from media where id in ${list(titles)} or show_id in ${list(titles)}`.execute(db);
      const hidden = await createTakenTitles(handle).takenOf(
        person,
        parts.map((part) => mediaId(part.id)),
      );
      const [watched, lists, ratings, anime] = [
        await watchedOf(person, titles),
        await createLists(handle).of(person, titles),
        await createRatings(handle).of(person, titles),
        await createAnime(handle, { clock }).isAnime(titles),
      ];
      const idsOf = Map.groupBy(ids, (row) => row.media_id);
      const partsOf = Map.groupBy(parts, (row) => row.title_id);
      return new Map(
        rows.map((row): [MediaId, TitleHere] => {
          const id = mediaId(row.id);
          const [onList, rated] = [lists.get(id), ratings.get(id)];
          return [
            id,
            {
              mediaId: id,
              kind: row.kind === 'movie' ? 'movie' : 'show',
              title: row.title,
              ...(row.year !== null && { year: row.year }),
              ids: Object.fromEntries((idsOf.get(row.id) ?? []).map(({ provider, value }) => [provider, value])),
              anime: anime.has(id),
              watched: watched.get(row.id) ?? [],
              hidden: new Set((partsOf.get(row.id) ?? []).map((part) => mediaId(part.id)).filter((part) => hidden.has(part))),
              ...(onList && { list: onList }),
              ...(rated && { rating: rated }),
            },
          ];
        }),
      );
    },

    /** Movies and shows of which something here is otherwise than both sides had agreed on. */
    async moved(person: PersonId, connection: number, switches: Switches): Promise<readonly MediaId[]> {
      const found = new Set<number>();
      const gather = async (query: ReturnType<typeof sql<{ id: number | null }>>): Promise<void> => {
        for (const { id } of (await query.execute(db)).rows) if (id !== null) found.add(id);
      };
      await gather(sql<{ id: number | null }>`
        select distinct coalesce(t.merged_into, a.title_id) as id from remote_agreed a
        left join media m on m.id = a.media_id left join media t on t.id = a.title_id
        left join viewing v on v.person_id = ${person} and v.media_id = coalesce(m.merged_into, a.media_id)
        where a.connection_id = ${connection} and coalesce(v.watched, 0) = 0`);
      if (switches.sends) {
        await gather(sql<{ id: number | null }>`
          select distinct coalesce(m.show_id, m.id) as id from viewing v join media m on m.id = v.media_id and m.merged_into is null
          left join remote_agreed a on a.connection_id = ${connection} and a.media_id = v.media_id
          left join remote_open o on o.connection_id = ${connection} and o.media_id = v.media_id and o.what = 'watched'
          where v.person_id = ${person} and v.watched = 1 and a.media_id is null and o.media_id is null`);
      }
      for (const [wanted, table, value, agreed] of [
        [switches.lists, 'list_entry', 'list', 'list_here'],
        [switches.ratings, 'rating', 'rating', 'rating_here'],
      ] as const) {
        if (!wanted) continue;
        await gather(sql<{ id: number | null }>`
          select l.media_id as id from ${sql.table(table)} l
          left join remote_title t on t.connection_id = ${connection} and t.media_id = l.media_id
          where l.person_id = ${person} and (t.number is null or ${sql.ref(`t.${agreed}`)} is null or ${sql.ref(`t.${agreed}`)} <> ${sql.ref(`l.${value}`)})`);
        await gather(sql<{ id: number | null }>`
          select t.media_id as id from remote_title t left join ${sql.table(table)} l on l.person_id = ${person} and l.media_id = t.media_id
          where t.connection_id = ${connection} and ${sql.ref(`t.${agreed}`)} is not null and l.media_id is null`);
      }
      return [...found].map(mediaId);
    },
  };
}
