import { accountId, type CopyId, type MediaId, mediaId, type PersonId } from '#kernel/ids.ts';
import { type Database, type Handle, idList, type Kysely, sql, textList } from '#platform/db/index.ts';
import { createHistoryPages } from './history-pages.store.ts';
import type { PlayTold } from './history-query.ts';
import type { ObservationRow, ViewingTables } from './viewing.schema.store.ts';

export type { Database, Handle };

/** What an account said of its copies of a title, taken out of the history: plain data, for the bin. */
export type TakenReports = Readonly<{ mediaId: MediaId; observations: readonly ObservationRow[] }>;

export type HistoryStore = ReturnType<typeof createHistoryStore>;

/**
 * The queries behind a person's history. It reads tables of other rooms as well (titles and copies, and the names of
 * accounts), and writes none of them: filters and sorts must happen where the pages are cut.
 */
export function createHistoryStore(handle: Handle) {
  const db: Kysely<ViewingTables> = handle.tables<ViewingTables>();

  return {
    /** The titles of one page, in order, and how many there are on all pages. */
    page: createHistoryPages(handle).page,

    /** Oldest first; plays of unknown date come before all others. */
    async plays(person: PersonId, media: readonly MediaId[]): Promise<readonly PlayTold[]> {
      if (media.length === 0) return [];
      const { rows } = await sql<{ id: number; media_id: number; at: number | null; account_id: number | null; how: string | null }>`
        select p.id, p.media_id, p.at, e.account_id, e.how from play p left join evidence e on e.play_id = p.id
        where p.person_id = ${person} and p.media_id in ${idList(handle.kind, media)} order by coalesce(p.at, 0), p.id, e.id`.execute(db);
      return [...Map.groupBy(rows, (row) => row.id).values()].flatMap(([first]) =>
        first === undefined
          ? []
          : [
              {
                mediaId: mediaId(first.media_id),
                ...(first.at !== null && { at: first.at }),
                ...(first.account_id !== null && { accountId: accountId(first.account_id) }),
                ...(first.how !== null && { how: first.how }),
              },
            ],
      );
    },

    /** Other titles of the person whose file is one of these. Files of several episodes are shared by right, and left out. */
    async titlesByPath(person: PersonId, paths: readonly string[]): Promise<readonly Readonly<{ path: string; mediaId: MediaId }>[]> {
      if (paths.length === 0) return [];
      const { rows } = await sql<{ path: string; media_id: number }>`
        select distinct c.path, l.media_id from copy c join copy_media l on l.copy_id = c.id
        join viewing v on v.person_id = ${person} and v.media_id = l.media_id
        where c.path in ${textList(handle.kind, paths)} and (c.episodes is null or c.episodes not like '%,%') order by l.media_id`.execute(
        db,
      );
      return rows.map((row) => ({ path: row.path, mediaId: mediaId(row.media_id) }));
    },

    /** Titles at random places of the history, so that a big one costs no more than a small one. */
    async random(person: PersonId, count: number): Promise<readonly MediaId[]> {
      const ends = await db
        .selectFrom('viewing')
        .select((eb) => [eb.fn.min('media_id').as('first'), eb.fn.max('media_id').as('last')])
        .where('person_id', '=', person)
        .executeTakeFirst();
      const [first, last] = [Number(ends?.first ?? 0), Number(ends?.last ?? -1)];
      const found = new Set<MediaId>();
      for (let tries = 0; tries < count && last >= first; tries += 1) {
        const from = first + Math.floor(Math.random() * (last - first + 1));
        const row = await db
          .selectFrom('viewing')
          .select('media_id')
          .where('person_id', '=', person)
          .where('media_id', '>=', from)
          .orderBy('media_id')
          .limit(1)
          .executeTakeFirst();
        if (row) found.add(mediaId(row.media_id));
      }
      return [...found];
    },

    /** Undefined where the account has said nothing of these copies. It may say it again at its next read. */
    async takeReports(account: number, media: MediaId, copies: readonly CopyId[]): Promise<TakenReports | undefined> {
      if (copies.length === 0) return undefined;
      const observations = await db
        .deleteFrom('observation')
        .where('account_id', '=', account)
        .where('copy_id', 'in', idList(handle.kind, copies))
        .returningAll()
        .execute();
      return observations.length === 0 ? undefined : { mediaId: media, observations };
    },

    /** What was said again meanwhile stands. */
    async putBackReports(taken: TakenReports): Promise<void> {
      for (const row of taken.observations) {
        await db
          .insertInto('observation')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    },
  };
}
