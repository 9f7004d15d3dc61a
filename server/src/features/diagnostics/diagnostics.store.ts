import { type AccountId, type MediaId, mediaId, type PersonId, type ServerId } from '#kernel/ids.ts';
import { type Database, idList, sql } from '#platform/db/index.ts';

export type { Database } from '#platform/db/index.ts';

export type Range = Readonly<{ offset: number; limit: number }>;
/** A file that an account told us of, for a title of the person's history. */
export type ToldPath = Readonly<{ mediaId: MediaId; accountId: AccountId; path: string }>;
export type SharedPath = Readonly<{ path: string; media: readonly MediaId[] }>;

export type DiagnosticsStore = ReturnType<typeof createDiagnosticsStore>;

/** Questions about whole histories. It reads the tables of core/media and core/viewing, which own them, a statement for each question. */
export function createDiagnosticsStore(database: Database) {
  const db = database.tables<Record<string, never>>();
  const { kind } = database;

  const toldBelow = (person: PersonId, accounts: readonly AccountId[], min: number) => sql`
    from viewing v left join (
      select cm.media_id, count(distinct o.account_id) as told from observation o
      join copy c on c.id = o.copy_id and c.gone_at is null
      join copy_media cm on cm.copy_id = o.copy_id
      where o.account_id in ${idList(kind, accounts)} group by cm.media_id) as words on words.media_id = v.media_id
    where v.person_id = ${person} and coalesce(words.told, 0) < ${min}`;

  return {
    /** Titles of which fewer than `min` of these accounts say anything, newest change first. */
    async belowParity(
      person: PersonId,
      accounts: readonly AccountId[],
      min: number,
      range?: Range,
    ): Promise<Readonly<{ ids: readonly MediaId[]; total: number }>> {
      const where = toldBelow(person, accounts, min);
      const counted = await sql<{ total: number }>`select count(*) as total ${where}`.execute(db);
      const page = range === undefined ? sql`` : sql`limit ${range.limit} offset ${range.offset}`;
      const { rows } = await sql<{ id: number }>`
        select v.media_id as id ${where} order by v.updated_at desc, v.media_id desc ${page}`.execute(db);
      return { ids: rows.map((row) => mediaId(row.id)), total: Number(counted.rows[0]?.total ?? 0) };
    },

    /** Paths of files of one episode (or movie) that stand for more than one title of the history, by path. */
    async sharedPaths(person: PersonId): Promise<readonly SharedPath[]> {
      const { rows } = await sql<{ path: string; id: number }>`
        select distinct told.path, l.media_id as id from (
          select c.path from copy c join copy_media m on m.copy_id = c.id
          join viewing v on v.person_id = ${person} and v.media_id = m.media_id
          where c.path is not null and c.gone_at is null and (c.episodes is null or c.episodes not like '%,%')
          group by c.path having count(distinct m.media_id) > 1) as told
        join copy c on c.path = told.path and c.gone_at is null and (c.episodes is null or c.episodes not like '%,%')
        join copy_media l on l.copy_id = c.id
        join viewing v on v.person_id = ${person} and v.media_id = l.media_id
        order by told.path, l.media_id`.execute(db);
      return [...Map.groupBy(rows, (row) => row.path)].map(([path, group]) => ({ path, media: group.map((row) => mediaId(row.id)) }));
    },

    /** Files of titles after `after`, in the order of titles; whole titles only. */
    async toldPaths(person: PersonId, accounts: readonly AccountId[], after: number, titles: number): Promise<readonly ToldPath[]> {
      const { rows } = await sql<{ id: number; account_id: number; path: string }>`
        select distinct page.media_id as id, o.account_id, c.path from (
          select media_id from viewing where person_id = ${person} and media_id > ${after} order by media_id limit ${titles}) as page
        join copy_media cm on cm.media_id = page.media_id
        join copy c on c.id = cm.copy_id and c.gone_at is null and c.path is not null
        join observation o on o.copy_id = c.id and o.account_id in ${idList(kind, accounts)}
        order by page.media_id, o.account_id, c.path`.execute(db);
      return rows.map((row) => ({ mediaId: mediaId(row.id), accountId: row.account_id as AccountId, path: row.path }));
    },

    /** The last title of such a page; undefined where there is none left. */
    async lastOfPage(person: PersonId, after: number, titles: number): Promise<number | undefined> {
      const { rows } = await sql<{ id: number | null }>`
        select max(media_id) as id from (
          select media_id from viewing where person_id = ${person} and media_id > ${after} order by media_id limit ${titles}) as page`.execute(
        db,
      );
      return rows[0]?.id ?? undefined;
    },

    /** What the account has told of a library, by the ids of its server: the titles that are in the person's history. */
    async toldOfLibrary(
      person: PersonId,
      account: AccountId,
      server: ServerId,
      library: string,
    ): Promise<ReadonlyMap<string, readonly MediaId[]>> {
      const { rows } = await sql<{ upstream_id: string; id: number }>`
        select c.upstream_id, cm.media_id as id from copy c
        join observation o on o.copy_id = c.id and o.account_id = ${account}
        join copy_media cm on cm.copy_id = c.id
        join viewing v on v.person_id = ${person} and v.media_id = cm.media_id
        where c.server_id = ${server} and c.library_id = ${library} order by cm.media_id`.execute(db);
      const groups = Map.groupBy(rows, (row) => row.upstream_id);
      return new Map([...groups].map(([id, group]) => [id, group.map((row) => mediaId(row.id))]));
    },
  };
}
