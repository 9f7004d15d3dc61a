import type { ListName } from '#core/viewing/index.ts';
import { type MediaId, mediaId, type PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, idList, sql } from '#platform/db/index.ts';
import type { LibraryType } from './activities.ts';
import { entryOf, type StoredEntry } from './library.store.ts';
import type { EntryRow } from './tracker.schema.store.ts';

/** Which titles of a library. All that is given must hold. */
export type LibraryFilter = Readonly<{
  list?: ListName;
  /** Rated, or no longer rated, later than this. */
  ratedAfter?: Instant;
  ratings?: readonly number[];
}>;

export type LibraryRow = Readonly<{
  entry: StoredEntry;
  list: ListName;
  since: Instant;
  rating?: Readonly<{ rating: number; ratedAt: Instant }>;
}>;

/** Where a page ends: titles come in the order of their changes. */
export type Cursor = Readonly<{ at: Instant; mediaId: number }>;

type Row = EntryRow & { list: ListName; since: number; rating: number | null; rated_at: number | null };

const COLUMNS = `e.person_id, e.media_id, e.type, e.modified_at, e.watched, e.total, e.not_aired, e.last_watched_at, e.last_season,
  e.last_episode, e.next_season, e.next_episode, e.next_air_at`;

/** Pages of a library. Reads the tables of core/viewing, as one statement. The cross join keeps SQLite from walking all lists for each page. */
export function createLibraryPages(handle: Handle) {
  const db = handle.tables<Record<string, never>>();

  async function rows(where: ReturnType<typeof sql>, episodes: boolean, tail: ReturnType<typeof sql>): Promise<readonly LibraryRow[]> {
    const { rows: found } = await sql<Row>`
      select ${sql.raw(COLUMNS)}, ${episodes ? sql`e.episodes` : sql`'[]' as episodes`}, l.list, l.since, r.rating, r.rated_at
      from tracker_entry e cross join list_entry l
      left join rating r on r.person_id = e.person_id and r.media_id = e.media_id
      where ${where} and l.person_id = e.person_id and l.media_id = e.media_id ${tail}`.execute(db);
    return found.map((row) => ({
      entry: entryOf(row),
      list: row.list,
      since: row.since,
      ...(row.rating !== null && row.rated_at !== null && { rating: { rating: row.rating, ratedAt: row.rated_at } }),
    }));
  }

  return {
    /** `episodes` are only read where they are asked for: of most titles they are most of the row. */
    page(
      person: PersonId,
      type: LibraryType,
      filter: LibraryFilter,
      { after, limit, episodes }: Readonly<{ after: Cursor; limit: number; episodes: boolean }>,
    ): Promise<readonly LibraryRow[]> {
      const conditions = [
        sql`e.person_id = ${person} and e.type = ${type}`,
        sql`e.modified_at >= ${after.at} and (e.modified_at > ${after.at} or e.media_id > ${after.mediaId})`,
        ...(filter.ratedAfter === undefined ? [] : [sql`e.rating_changed_at > ${filter.ratedAfter}`]),
        ...(filter.list === undefined ? [] : [sql`l.list = ${filter.list}`]),
        ...(filter.ratings === undefined ? [] : [sql`r.rating in ${idList(handle.kind, filter.ratings)}`]),
      ];
      return rows(sql.join(conditions, sql` and `), episodes, sql`order by e.modified_at, e.media_id limit ${limit}`);
    },

    /** In no order; what is not in the library is left out. */
    async of(person: PersonId, media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, LibraryRow>> {
      if (media.length === 0) return new Map();
      const found = await rows(sql`e.person_id = ${person} and e.media_id in ${idList(handle.kind, media)}`, true, sql``);
      return new Map(found.map((row) => [row.entry.mediaId, row]));
    },

    /** Ids that others know, of titles and of episodes, by title. */
    async ids(media: readonly MediaId[], provider: string): Promise<ReadonlyMap<MediaId, string>> {
      const { rows: found } = await sql<{ media_id: number; value: string }>`
        select media_id, max(value) as value from external_id
        where media_id in ${idList(handle.kind, media)} and provider = ${provider} group by media_id`.execute(db);
      return new Map(found.map((row) => [mediaId(row.media_id), row.value]));
    },
  };
}
