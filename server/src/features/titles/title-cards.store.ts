import type { MediaId, PersonId, ServerId } from '#kernel/ids.ts';
import { type Handle, idList, insertRows, type RowValue, sql } from '#platform/db/index.ts';
import { folded, sortedUnder } from './folded-title.ts';
import { type CountedTitle, standOf } from './stand-of.ts';
import type { TitleTables } from './titles.schema.store.ts';

export type { Database, Handle } from '#platform/db/index.ts';

const WORKS = "('movie', 'show')";

export type TitleCards = ReturnType<typeof createTitleCards>;

/**
 * Which titles have moved, and their cards made anew. It reads tables of the graph and the histories, which own them: as a few statements
 * for many titles it stays quick over a whole library.
 */
export function createTitleCards(handle: Handle) {
  const db = handle.tables<TitleTables>();
  const { kind } = handle;

  const due = (works: ReturnType<typeof sql>) => sql`insert into title_due (media_id) ${works} on conflict do nothing`.execute(db);

  return {
    /** These titles, and the shows of these episodes, are to be looked at again. */
    async touch(media: readonly MediaId[]): Promise<void> {
      if (media.length === 0) return;
      await due(sql`select distinct work from (
        select case kind when 'movie' then id when 'show' then id when 'episode' then show_id end as work
        from media where id in ${idList(kind, media)}) as given where work is not null`);
    },

    /** Whether titles were named that have no card yet: of what nobody has, no history tells. */
    async hasNew(): Promise<boolean> {
      const { rows } = await sql`select id from media where kind in ${sql.raw(WORKS)} and merged_into is null
        and id > coalesce((select max(media_id) from title_card), 0)
        and not exists (select 1 from title_due d where d.media_id = media.id) limit 1`.execute(db);
      return rows.length > 0;
    },

    touchNew: () =>
      due(sql`select id from media where kind in ${sql.raw(WORKS)} and merged_into is null
        and id > coalesce((select max(media_id) from title_card), 0)`),

    touchServer: (server: ServerId) => due(sql`select media_id from title_place where server_id = ${server}`),

    touchPerson: (person: PersonId) =>
      due(sql`select media_id from title_stand where person_id = ${person}
        union select coalesce(m.show_id, m.id) from viewing v join media m on m.id = v.media_id
        where v.person_id = ${person} and (m.kind in ${sql.raw(WORKS)} or m.show_id is not null)`),

    /** How many wait, counted up to `most` and one. */
    async waiting(most: number): Promise<number> {
      const { rows } = await sql<{ size: number }>`
        select count(*) as size from (select media_id from title_due limit ${most + 1}) as counted`.execute(db);
      return Number(rows[0]?.size ?? 0);
    },

    /** Makes the cards of so many that wait; answers how many that were. Within a transaction. */
    async renew(most: number): Promise<number> {
      const { rows } = await sql<{ media_id: number }>`
        delete from title_due where media_id in (select media_id from title_due order by media_id limit ${most}) returning media_id`.execute(
        db,
      );
      if (rows.length > 0) await make(rows.map((row) => row.media_id));
      return rows.length;
    },
  };

  async function make(ids: readonly number[]): Promise<void> {
    const works = idList(kind, ids);
    const parts = sql`with parts as materialized (
      select id as part, id as work, 0 as special from media where id in ${works} and kind = 'movie' and merged_into is null
      union all
      select id as part, show_id as work, case when season = 0 then 1 else 0 end as special from media
      where show_id in ${works} and merged_into is null)`;

    const titles = await sql<{ id: number; kind: string; title: string; year: number | null; created_at: number; has_ids: number }>`
      select m.id, m.kind, m.title, m.year, m.created_at, case when exists (
        select 1 from external_id e where e.media_id = m.id and e.provider <> 'path') then 1 else 0 end as has_ids
      from media m where m.id in ${works} and m.kind in ${sql.raw(WORKS)} and m.merged_into is null`.execute(db);
    const counts = await sql<{ work: number; special: number; parts: number }>`${parts}
      select work, special, count(*) as parts from parts group by work, special`.execute(db);
    const places = await sql<{ work: number; server_id: number; parts: number; added_at: number }>`${parts}
      select p.work, c.server_id, count(distinct p.part) as parts, max(coalesce(c.added_at, c.first_seen_at)) as added_at
      from parts p cross join copy_media l cross join copy c
      where l.media_id = p.part and c.id = l.copy_id and c.gone_at is null group by p.work, c.server_id`.execute(db);
    const stands = await sql<Counted>`${parts}
      select n.id as person_id, p.work, p.special, count(case when v.watched = 1 then 1 end) as watched,
        max(case when v.watched = 1 then v.changed_at end) as last_watched_at, count(case when v.position_ms > 0 then 1 end) as begun
      from person n cross join parts p cross join viewing v
      where v.person_id = n.id and v.media_id = p.part and (v.watched = 1 or v.position_ms > 0)
      group by n.id, p.work, p.special`.execute(db);
    const differing = await sql<{ person_id: number; work: number; parts: number }>`${parts}
      select t.person_id, t.work, count(*) as parts from (
        select s.person_id, s.work, s.part, min(s.played) as least, max(s.played) as most from (
          select a.person_id, p.work, p.part, o.account_id, max(o.played) as played
          from parts p cross join copy_media l cross join copy c cross join observation o cross join account a
          where l.media_id = p.part and c.id = l.copy_id and c.gone_at is null and o.copy_id = c.id and a.id = o.account_id
          and a.consent = 'given' and (a.import_enabled = 1 or a.export_enabled = 1)
          group by a.person_id, p.work, p.part, o.account_id) as s
        group by s.person_id, s.work, s.part) as t
      left join viewing v on v.person_id = t.person_id and v.media_id = t.part
      where t.least <> t.most or coalesce(v.watched, 0) <> t.most group by t.person_id, t.work`.execute(db);
    const ratings = await sql<{ person_id: number; media_id: number; rating: number }>`
      select person_id, media_id, rating from rating where media_id in ${works}`.execute(db);
    const lists = await sql<{ person_id: number; media_id: number; list: string }>`
      select person_id, media_id, list from list_entry where media_id in ${works}`.execute(db);

    for (const table of ['title_card', 'title_place', 'title_stand']) {
      await sql`delete from ${sql.table(table)} where media_id in ${works}`.execute(db);
    }
    const living = new Set(titles.rows.map((row) => row.id));
    const placed = places.rows.filter((row) => living.has(row.work));
    const partsOf = Map.groupBy(counts.rows, (row) => row.work);
    const placesOf = Map.groupBy(placed, (row) => row.work);
    await insertRows(
      handle,
      'title_card',
      CARD,
      titles.rows.map((row) => {
        const here = placesOf.get(row.id) ?? [];
        const addedAt = here.length > 0 ? Math.max(...here.map((one) => Number(one.added_at))) : row.created_at;
        const { title } = row;
        return [
          row.id,
          row.kind,
          title,
          sortedUnder(title),
          folded(title),
          row.year,
          addedAt,
          here.length,
          regularOf(partsOf.get(row.id)),
          row.has_ids,
        ];
      }),
    );
    await insertRows(
      handle,
      'title_place',
      { media_id: 'integer', server_id: 'integer', parts: 'integer' },
      placed.map((row) => [row.work, row.server_id, Number(row.parts)]),
    );
    const told = [...stands.rows, ...differing.rows, ...ratings.rows.map(atWork), ...lists.rows.map(atWork)];
    const people = Map.groupBy(
      told.filter((row) => living.has(row.work)),
      (row) => row.person_id,
    );
    const rows = [...people].flatMap(([person, mine]) =>
      [...Map.groupBy(mine, (row) => row.work)].map(([work, words]) => standRow(person, work, words, partsOf.get(work) ?? [])),
    );
    await insertRows(handle, 'title_stand', STAND, rows);
  }
}

type Counted = {
  person_id: number;
  work: number;
  special: number;
  watched: number;
  last_watched_at: number | null;
  begun: number;
};

type Word = Readonly<{ person_id: number; work: number }>;
type Counts = readonly Readonly<{ special: number; parts: number }>[];

const atWork = <T extends { media_id: number }>(row: T) => ({ ...row, work: row.media_id });

function standRow(person: number, work: number, words: readonly Word[], parts: Counts): RowValue[] {
  const counted = words.flatMap((word) => ('special' in word ? countedOf(word as Counted) : []));
  const stand = standOf(
    regularOf(parts),
    parts.every((row) => row.special === 1),
    counted,
  );
  const said = <T>(name: string): T | undefined => (words.find((word) => name in word) as Record<string, T> | undefined)?.[name];
  return [
    person,
    work,
    stand.state,
    stand.watched,
    stand.lastWatchedAt ?? null,
    said<number>('rating') ?? null,
    said<string>('list') ?? null,
    Number(said<number>('parts') ?? 0),
  ];
}

const countedOf = (row: Counted): CountedTitle => ({
  special: row.special === 1,
  watched: Number(row.watched),
  begun: Number(row.begun),
  ...(row.last_watched_at !== null && { lastWatchedAt: Number(row.last_watched_at) }),
});

/** Specials count only where there is nothing else. */
const regularOf = (rows: readonly Readonly<{ special: number; parts: number }>[] = []): number =>
  Number((rows.find((row) => row.special === 0) ?? rows[0])?.parts ?? 0);

const CARD = {
  media_id: 'integer',
  kind: 'text',
  title: 'text',
  sort_title: 'text',
  plain: 'text',
  year: 'integer',
  added_at: 'integer',
  servers: 'integer',
  parts: 'integer',
  has_ids: 'integer',
} as const;

const STAND = {
  person_id: 'integer',
  media_id: 'integer',
  state: 'integer',
  watched: 'integer',
  last_watched_at: 'integer',
  rating: 'integer',
  list: 'text',
  differs: 'integer',
} as const;
