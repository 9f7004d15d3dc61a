import { type MediaId, mediaId, type PersonId, personId, type ServerId, serverId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, idList, sql } from '#platform/db/index.ts';
import { wordsOf } from './folded-title.ts';
import { STATES, stateOf, type TitleState } from './stand-of.ts';
import type { TitleCounts, TitleFilter, TitlePage, TitleSort, Viewer } from './title-query.ts';
import type { CardRow, StandRow, TitleTables } from './titles.schema.store.ts';

type Sql = ReturnType<typeof sql>;

/** A movie or show in a list. `parts`: the episodes that count, 1 for a movie. */
export type TitleCard = Readonly<{
  id: MediaId;
  kind: 'movie' | 'show';
  title: string;
  year?: number;
  addedAt: Instant;
  parts: number;
  missingIds: boolean;
  places: readonly Readonly<{ serverId: ServerId; parts: number }>[];
  stands: readonly PersonStand[];
}>;

export type PersonStand = Readonly<{
  personId: PersonId;
  state: TitleState;
  watched: number;
  lastWatchedAt?: Instant;
  rating?: number;
  list?: string;
  differs: number;
}>;

/** Under these an id is known by people: one of a household's own is searched by its own page. */
const SEARCHED = ['imdb', 'tmdb', 'tvdb', 'tvmaze', 'simkl', 'anidb', 'mal', 'anilist', 'kitsu'];
const LOOKS_LIKE_ID = /^(?:tt\d+|\d{2,10})$/;

const isStand = (sort: TitleSort): boolean => sort === 'watched' || sort === 'rating';

/** Pages of titles, cut from their cards. */
export function createTitleBrowsing(handle: Handle) {
  const db = handle.tables<TitleTables>();
  const { kind } = handle;

  const holds = (word: string): Sql => (kind === 'sqlite' ? sql`instr(c.plain, ${word}) > 0` : sql`strpos(c.plain, ${word}) > 0`);

  function matching(text: string): readonly Sql[] {
    const words = wordsOf(text);
    const named = sql`(${sql.join(words.map(holds), sql` and `)})`;
    if (!LOOKS_LIKE_ID.test(text.trim())) return words.length > 0 ? [named] : [sql`1 = 0`];
    return [
      sql`(${named} or c.media_id in (select media_id from external_id where kind in ('movie', 'show')
        and provider in (${sql.join(SEARCHED.map((provider) => sql.lit(provider)))}) and value = ${text.trim()}))`,
    ];
  }

  const watchedBy = (by: PersonId): Sql =>
    sql`exists (select 1 from title_stand w where w.person_id = ${by} and w.media_id = c.media_id and w.state = 2)`;

  function conditionsOf({ everything }: Viewer, filter: TitleFilter): readonly Sql[] {
    const is: { readonly [K in keyof TitleFilter]-?: (value: NonNullable<TitleFilter[K]>) => readonly Sql[] } = {
      text: (text) => (text.trim() === '' ? [] : matching(text)),
      kind: (wanted) => [sql`c.kind = ${wanted}`],
      state: (state) => [sql`coalesce(s.state, 0) = ${STATES.indexOf(state)}`],
      watchedBy: (by) => [watchedBy(by)],
      unwatchedBy: (by) => [sql`not ${watchedBy(by)}`],
      differs: (yes) => [yes ? sql`s.differs > 0` : sql`coalesce(s.differs, 0) = 0`],
      place: (server) => [sql`exists (select 1 from title_place t where t.media_id = c.media_id and t.server_id = ${server})`],
      list: (list) => [list === 'any' ? sql`s.list is not null` : sql`s.list = ${list}`],
      rated: (yes) => [yes ? sql`s.rating is not null` : sql`s.rating is null`],
      missingIds: (yes) => [sql`c.has_ids = ${yes ? 0 : 1}`],
      among: (ids) => [sql`c.media_id in ${idList(kind, ids)}`],
      notAmong: (ids) => [sql`c.media_id not in ${idList(kind, ids)}`],
    };
    const told = Object.entries(is).flatMap(([name, make]) => {
      const value = filter[name as keyof TitleFilter];
      return value === undefined ? [] : (make as (value: unknown) => readonly Sql[])(value);
    });
    // Of an empty list of conditions no text can be made.
    return [everything ? sql`1 = 1` : sql`(c.servers > 0 or s.media_id is not null)`, ...told];
  }

  const tables = ({ person }: Viewer, needsStand: boolean): Sql =>
    needsStand ? sql`title_card c left join title_stand s on s.person_id = ${person} and s.media_id = c.media_id` : sql`title_card c`;

  const needsStand = ({ everything }: Viewer, { state, differs, list, rated }: TitleFilter): boolean =>
    !everything || [state, differs, list, rated].some((one) => one !== undefined);

  const keyOf: Readonly<Record<TitleSort, Sql>> = {
    title: sql`c.sort_title`,
    added: sql`c.added_at`,
    year: sql`coalesce(c.year, -1)`,
    watched: sql`coalesce(s.last_watched_at, -1)`,
    rating: sql`coalesce(s.rating, -1)`,
  };

  async function count(viewer: Viewer, filter: TitleFilter): Promise<number> {
    const { rows } = await sql<{ total: number }>`select count(*) as total from ${tables(viewer, needsStand(viewer, filter))}
      where ${sql.join(conditionsOf(viewer, filter), sql` and `)}`.execute(db);
    return Number(rows[0]?.total ?? 0);
  }

  async function cards(ids: readonly MediaId[], people: readonly PersonId[]): Promise<readonly TitleCard[]> {
    if (ids.length === 0) return [];
    const asked = idList(kind, ids);
    const rows = await db.selectFrom('title_card').selectAll().where('media_id', 'in', asked).execute();
    const places = Map.groupBy(
      await db.selectFrom('title_place').selectAll().where('media_id', 'in', asked).orderBy('server_id').execute(),
      (row) => row.media_id,
    );
    const stands = Map.groupBy(
      await db
        .selectFrom('title_stand')
        .selectAll()
        .where('media_id', 'in', asked)
        .where('person_id', 'in', idList(kind, people))
        .orderBy('person_id')
        .execute(),
      (row) => row.media_id,
    );
    const found = new Map(rows.map((row) => [row.media_id, row]));
    return ids.flatMap((id) => {
      const row = found.get(id);
      if (row === undefined) return [];
      const here = (places.get(id) ?? []).map((place) => ({ serverId: serverId(place.server_id), parts: place.parts }));
      return [{ ...cardOf(row), places: here, stands: (stands.get(id) ?? []).map(personStandOf) }];
    });
  }

  return {
    count,
    cards,

    /** One window, with how many there are in all. From whichever end is nearer. */
    async page(viewer: Viewer, filter: TitleFilter, page: TitlePage, people: readonly PersonId[]) {
      const total = await count(viewer, filter);
      const limit = Math.max(0, Math.min(page.limit, total - page.offset));
      if (limit === 0) return { cards: [], total };
      const behind = total - page.offset - limit;
      const fromEnd = behind < page.offset;
      const down = fromEnd ? !page.descending : page.descending;
      const way = sql.raw(down ? 'desc' : 'asc');
      const from = tables(viewer, needsStand(viewer, filter) || isStand(page.sort));
      const { rows } = await sql<{ media_id: number }>`select c.media_id from ${from}
        where ${sql.join(conditionsOf(viewer, filter), sql` and `)}
        order by ${keyOf[page.sort]} ${way}, c.media_id ${way} limit ${limit} offset ${fromEnd ? behind : page.offset}`.execute(db);
      const ids = rows.map((row) => mediaId(row.media_id));
      return { cards: await cards(fromEnd ? ids.toReversed() : ids, people), total };
    },

    /** In one pass. */
    async counts(viewer: Viewer, filter: TitleFilter): Promise<TitleCounts> {
      const { rows } = await sql<Record<keyof TitleCounts, number>>`select count(*) as "total",
        count(case when c.kind = 'movie' then 1 end) as "movies", count(case when c.kind = 'show' then 1 end) as "shows",
        count(case when coalesce(s.state, 0) = 0 then 1 end) as "open", count(case when s.state = 1 then 1 end) as "part",
        count(case when s.state = 2 then 1 end) as "watched", count(case when s.differs > 0 then 1 end) as "differs",
        count(s.list) as "listed", count(s.rating) as "rated", count(case when c.has_ids = 0 then 1 end) as "missingIds"
        from ${tables(viewer, true)} where ${sql.join(conditionsOf(viewer, filter), sql` and `)}`.execute(db);
      const told = rows[0];
      return {
        total: Number(told?.total ?? 0),
        movies: Number(told?.movies ?? 0),
        shows: Number(told?.shows ?? 0),
        open: Number(told?.open ?? 0),
        part: Number(told?.part ?? 0),
        watched: Number(told?.watched ?? 0),
        differs: Number(told?.differs ?? 0),
        listed: Number(told?.listed ?? 0),
        rated: Number(told?.rated ?? 0),
        missingIds: Number(told?.missingIds ?? 0),
      };
    },

    /** How many titles each server has, of those that the viewer may see. */
    async places(): Promise<ReadonlyMap<ServerId, number>> {
      const { rows } = await sql<{ server_id: number; titles: number }>`
        select server_id, count(*) as titles from title_place group by server_id`.execute(db);
      return new Map(rows.map((row) => [serverId(row.server_id), Number(row.titles)]));
    },
  };
}

const cardOf = (row: CardRow) => ({
  id: mediaId(row.media_id),
  kind: row.kind === 'movie' ? ('movie' as const) : ('show' as const),
  title: row.title,
  ...(row.year !== null && { year: row.year }),
  addedAt: row.added_at,
  parts: row.parts,
  missingIds: row.has_ids === 0,
});

const personStandOf = (row: StandRow): PersonStand => ({
  personId: personId(row.person_id),
  state: stateOf(row.state),
  watched: row.watched,
  ...(row.last_watched_at !== null && { lastWatchedAt: row.last_watched_at }),
  ...(row.rating !== null && { rating: row.rating }),
  ...(row.list !== null && { list: row.list }),
  differs: row.differs,
});
