import { type MediaId, mediaId, type PersonId } from '#kernel/ids.ts';
import { type Handle, type Kysely, sql } from '#platform/db/index.ts';
import { type Condition, createHistoryConditions } from './history-conditions.store.ts';
import type { HistoryFilter, HistoryPage, HistorySort } from './history-query.ts';
import type { ViewingTables } from './viewing.schema.store.ts';

type By = HistorySort['by'];
/** A page that is to be cut out. */
export type Cut = Readonly<{ filter: HistoryFilter; sorts: readonly HistorySort[]; idsDescending: boolean } & HistoryPage>;

type Way = Readonly<{ index: string; of: 'history' | 'titles' }>;

/** The indexes in whose order a history, or all titles, can be read. */
const WAYS: Partial<Readonly<Record<By, Way>>> = {
  changedAt: { index: 'viewing_changed', of: 'history' },
  updatedAt: { index: 'viewing_updated', of: 'history' },
  createdAt: { index: 'viewing_created', of: 'history' },
  title: { index: 'media_work_title', of: 'titles' },
  year: { index: 'media_work_year', of: 'titles' },
  season: { index: 'media_season', of: 'titles' },
  episode: { index: 'media_episode', of: 'titles' },
};

/** Some indexes hold only what a filter lets through, in the order that is asked for. */
export function wayOf([first]: readonly HistorySort[], { kind, via, watched }: HistoryFilter): Way | undefined {
  if (first === undefined) {
    if (via?.length === 1) return { index: 'viewing_via', of: 'history' };
    return kind === undefined ? undefined : { index: 'media_kind', of: 'titles' };
  }
  return first.by === 'changedAt' && watched !== undefined ? { index: 'viewing_watched', of: 'history' } : WAYS[first.by];
}

/** The two ways in which a page can be cut out of a history, and what it takes to choose between them. */
export function createHistoryCuts(handle: Handle) {
  const db: Kysely<ViewingTables> = handle.tables<ViewingTables>();
  const { conditionsOf, sortOf } = createHistoryConditions(handle.kind);
  const onSqlite = handle.kind === 'sqlite';

  /** SQLite takes tables in the order given, so that a query goes the way that was chosen for it. PostgreSQL has its statistics. */
  const by = (way: Way | undefined): ReturnType<typeof sql> => {
    if (!onSqlite) return sql``;
    return way === undefined ? sql`not indexed` : sql`indexed by ${sql.ref(way.index)}`;
  };
  const allOf = (parts: readonly ReturnType<typeof sql>[]) => sql.join(parts, sql` and `);

  const orderOf = ({ sorts, idsDescending }: Pick<Cut, 'sorts' | 'idsDescending'>, id = sql`v.media_id`) =>
    sql.join(
      [...sorts.map((sort) => ({ sql: sortOf(sort.by).sql, descending: sort.descending })), { sql: id, descending: idsDescending }].map(
        (key) => (key.descending ? sql`${key.sql} desc` : key.sql),
      ),
    );

  async function sizeUpTo(most: number, { set }: Condition): Promise<number> {
    if (set === undefined) return Number.POSITIVE_INFINITY;
    const { rows } = await sql<{ size: number }>`
      select count(*) as size from (select id from (${set}) as met limit ${most + 1}) as counted`.execute(db);
    const size = Number(rows[0]?.size ?? 0);
    return size > most ? Number.POSITIVE_INFINITY : size;
  }

  /** From the titles that meet one condition to those that meet all. */
  function begunWith(person: PersonId, begin: Condition, conditions: readonly Condition[], withTitle: boolean) {
    const others = conditions.filter((one) => one !== begin).map((one) => one.sql);
    const title = withTitle || conditions.some((one) => one !== begin && one.ofTitle);
    return {
      met: sql`with met as materialized (${begin.set})`,
      from: title ? sql`met cross join viewing v cross join media m` : sql`met cross join viewing v`,
      where: allOf([sql`v.person_id = ${person} and v.media_id = met.id`, ...(title ? [sql`m.id = v.media_id`] : []), ...others]),
    };
  }

  async function countWith(person: PersonId, begin: Condition | undefined, conditions: readonly Condition[]): Promise<number> {
    if (begin?.set === undefined) {
      const { rows } = await sql<{ total: number }>`select count(*) as total from viewing v cross join media m
        where ${allOf([sql`v.person_id = ${person} and m.id = v.media_id`, ...conditions.map((one) => one.sql)])}`.execute(db);
      return Number(rows[0]?.total ?? 0);
    }
    const { met, from, where } = begunWith(person, begin, conditions, false);
    const { rows } = await sql<{ total: number }>`${met} select count(*) as total from ${from} where ${where}`.execute(db);
    return Number(rows[0]?.total ?? 0);
  }

  /** All titles that match are read and sorted. */
  async function sorted(person: PersonId, begin: Condition, conditions: readonly Condition[], cut: Cut) {
    const { met, from, where } = begunWith(
      person,
      begin,
      conditions,
      cut.sorts.some((sort) => sortOf(sort.by).ofTitle),
    );
    const { rows } = await sql<{ media_id: number; total: number }>`${met}
      select v.media_id, count(*) over () as total from ${from} where ${where}
      order by ${orderOf(cut)} limit ${cut.limit} offset ${cut.offset}`.execute(db);
    const ids = rows.map((row) => mediaId(row.media_id));
    if (rows[0] !== undefined || cut.offset === 0) return { ids, total: Number(rows[0]?.total ?? 0) };
    return { ids, total: await countWith(person, begin, conditions) };
  }

  function alongTables(along: Way | undefined, withTitle: boolean) {
    if (along?.of === 'titles') return sql`media m ${by(along)} cross join viewing v`;
    return withTitle ? sql`viewing v ${by(along)} cross join media m` : sql`viewing v ${by(along)}`;
  }

  /** Along the index of the first sort; `total` is how many match. */
  async function walked(person: PersonId, conditions: readonly Condition[], cut: Cut, total: number): Promise<readonly MediaId[]> {
    const { sorts, offset, idsDescending } = cut;
    const limit = Math.min(cut.limit, total - offset);
    if (limit <= 0) return [];
    const fromEnd = offset > total - offset - limit;
    const way = fromEnd
      ? { sorts: sorts.map((sort) => ({ ...sort, descending: !sort.descending })), idsDescending: !idsDescending }
      : { sorts, idsDescending };
    const along = wayOf(sorts, cut.filter);
    const ofTitles = along?.of === 'titles';
    const withTitle = ofTitles || [...sorts.map((sort) => sortOf(sort.by)), ...conditions].some((piece) => piece.ofTitle);
    const where = allOf([
      sql`v.person_id = ${person}`,
      ...(withTitle ? [sql`m.id = v.media_id`] : []),
      ...conditions.map((condition) => condition.sql),
    ]);
    const { rows } = await sql<{ media_id: number }>`select v.media_id from ${alongTables(along, withTitle)} where ${where}
      order by ${orderOf(way, ofTitles ? sql`m.id` : sql`v.media_id`)}
      limit ${limit} offset ${fromEnd ? total - offset - limit : offset}`.execute(db);
    const ids = rows.map((row) => mediaId(row.media_id));
    return fromEnd ? ids.toReversed() : ids;
  }

  async function titlesInAll(): Promise<number> {
    const { rows } = await sql<{ last: number | null }>`select max(id) as last from media`.execute(db);
    return Number(rows[0]?.last ?? 0);
  }

  return { conditionsOf, sizeUpTo, countWith, sorted, walked, titlesInAll };
}
