import { type ListName, partOf } from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, sql, textList } from '#platform/db/index.ts';
import type { LibraryType } from './activities.ts';
import { type Progressed, progressOf } from './library.store.ts';
import type { Slot } from './plan-entry.ts';

export type LibrarySort = 'title' | 'year' | 'added' | 'watched' | 'rating' | 'rated' | 'changed';

/** All that is given must hold; an empty list of types or lists means all of them. */
export type WindowFilter = Readonly<{ types: readonly LibraryType[]; lists: readonly ListName[]; text?: string; rated?: boolean }>;
export type WindowWish = WindowFilter & Readonly<{ sort: LibrarySort; down: boolean; offset: number; limit: number }>;

export type WindowRow = Readonly<{
  mediaId: MediaId;
  type: LibraryType;
  list: ListName;
  since: Instant;
  changedAt: Instant;
  watched: number;
  total: number;
  notAired: number;
  lastWatchedAt?: Instant;
  lastWatched?: Slot;
  nextToWatch?: Slot;
  nextAirAt?: Instant;
  rating?: Readonly<{ rating: number; ratedAt: Instant }>;
}>;

export type ShelfCount = Readonly<{ type: LibraryType; list: ListName; count: number }>;
export type RatingCount = Readonly<{ type: LibraryType; rating: number; count: number }>;

type Row = Progressed & Readonly<{ list: ListName; since: number; changed_at: number; rating: number | null; rated_at: number | null }>;

const COLUMNS = `e.media_id, e.type, l.list, l.since, l.changed_at, e.watched, e.total, e.not_aired, e.last_watched_at, e.last_season,
  e.last_episode, e.next_season, e.next_episode, e.next_air_at, r.rating, r.rated_at`;

const rowOf = (row: Row): WindowRow => ({
  ...progressOf(row),
  list: row.list,
  since: row.since,
  changedAt: row.changed_at,
  ...(row.rating !== null && row.rated_at !== null && { rating: { rating: row.rating, ratedAt: row.rated_at } }),
});

/** Windows into a library, for lists that are scrolled. Reads the tables of core/viewing and core/media, as single statements. */
export function createLibraryWindows(handle: Handle) {
  const db = handle.tables<Record<string, never>>();
  const text = handle.kind === 'sqlite' ? sql`lower(m.title)` : sql`lower(m.title) collate "C"`;
  /** What is not there comes last, whichever way the rest goes. */
  const ORDERS: Readonly<Record<LibrarySort, ReturnType<typeof sql>>> = {
    title: text,
    year: sql`m.year`,
    added: sql`l.since`,
    watched: sql`e.last_watched_at`,
    rating: sql`r.rating`,
    rated: sql`r.rated_at`,
    changed: sql`l.changed_at`,
  };

  const shelf = (person: PersonId) => sql`
    from tracker_entry e
    join list_entry l on l.person_id = e.person_id and l.media_id = e.media_id
    join media m on m.id = e.media_id
    left join rating r on r.person_id = e.person_id and r.media_id = e.media_id
    where e.person_id = ${person}`;

  const conditionsOf = ({ types, lists, text: part, rated }: WindowFilter) =>
    sql.join(
      [
        ...(types.length === 0 ? [] : [sql`and e.type in ${textList(handle.kind, types)}`]),
        ...(lists.length === 0 ? [] : [sql`and l.list in ${textList(handle.kind, lists)}`]),
        ...(part === undefined || part === '' ? [] : [sql`and ${partOf(handle.kind, sql`m.title`, part)}`]),
        ...(rated === undefined ? [] : [rated ? sql`and r.rating is not null` : sql`and r.rating is null`]),
        sql``,
      ],
      sql` `,
    );

  return {
    async window(person: PersonId, wish: WindowWish): Promise<Readonly<{ rows: readonly WindowRow[]; total: number }>> {
      const where = sql`${shelf(person)} ${conditionsOf(wish)}`;
      const order = ORDERS[wish.sort];
      const way = wish.down ? sql`desc` : sql`asc`;
      const { rows } = await sql<Row>`select ${sql.raw(COLUMNS)} ${where}
        order by case when ${order} is null then 1 else 0 end, ${order} ${way}, e.media_id ${way}
        limit ${wish.limit} offset ${wish.offset}`.execute(db);
      const { rows: counted } = await sql<{ count: number }>`select count(*) as count ${where}`.execute(db);
      return { rows: rows.map(rowOf), total: Number(counted[0]?.count ?? 0) };
    },

    /** Shows that are being watched and have an episode to watch: the one that was watched last comes first. */
    async upNext(
      person: PersonId,
      page: Readonly<{ offset: number; limit: number }>,
    ): Promise<Readonly<{ rows: readonly WindowRow[]; total: number }>> {
      const where = sql`${shelf(person)} and l.list = 'watching' and e.next_season is not null`;
      const { rows } = await sql<Row>`select ${sql.raw(COLUMNS)} ${where}
        order by coalesce(e.last_watched_at, 0) desc, l.changed_at desc, e.media_id limit ${page.limit} offset ${page.offset}`.execute(db);
      const { rows: counted } = await sql<{ count: number }>`select count(*) as count ${where}`.execute(db);
      return { rows: rows.map(rowOf), total: Number(counted[0]?.count ?? 0) };
    },

    /** Shows that are being watched or planned, by the day of the next episode that is announced. */
    async coming(person: PersonId, now: Instant, limit: number): Promise<readonly WindowRow[]> {
      const { rows } = await sql<Row>`select ${sql.raw(COLUMNS)} ${shelf(person)}
        and l.list in ('watching', 'plantowatch') and e.next_air_at > ${now} order by e.next_air_at, e.media_id limit ${limit}`.execute(db);
      return rows.map(rowOf);
    },

    async counts(person: PersonId): Promise<readonly ShelfCount[]> {
      const { rows } = await sql<{ type: string; list: ListName; count: number }>`
        select e.type, l.list, count(*) as count from tracker_entry e
        join list_entry l on l.person_id = e.person_id and l.media_id = e.media_id
        where e.person_id = ${person} group by e.type, l.list`.execute(db);
      return rows.map((row) => ({ type: row.type as LibraryType, list: row.list, count: Number(row.count) }));
    },

    async ratings(person: PersonId): Promise<readonly RatingCount[]> {
      const { rows } = await sql<{ type: string; rating: number; count: number }>`
        select e.type, r.rating, count(*) as count from tracker_entry e
        join rating r on r.person_id = e.person_id and r.media_id = e.media_id
        where e.person_id = ${person} group by e.type, r.rating`.execute(db);
      return rows.map((row) => ({ type: row.type as LibraryType, rating: row.rating, count: Number(row.count) }));
    },
  };
}
