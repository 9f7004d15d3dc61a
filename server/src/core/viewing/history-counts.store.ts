import type { PersonId } from '#kernel/ids.ts';
import { type Handle, sql } from '#platform/db/index.ts';
import type { HistoryFilter } from './history-query.ts';
import type { HistorySizeTables } from './history-size.schema.store.ts';

/** Titles of a person that are alike in what the counters tell apart. `via` is 0 where no account decided. */
export type CountedTitles = Readonly<{ kind: string; watched: boolean; via: number; titles: number }>;

export type HistoryCounts = ReturnType<typeof createHistoryCounts>;

/** The counters that triggers keep beside a history: some ten rows for each person, whatever the size of the history. */
export function createHistoryCounts(handle: Handle) {
  const db = handle.tables<HistorySizeTables>();

  return {
    async of(person: PersonId): Promise<readonly CountedTitles[]> {
      const rows = await db
        .selectFrom('history_count')
        .select((eb) => ['kind', 'watched', 'via', eb.fn.sum<number>('titles').as('titles')])
        .where('person_id', '=', person)
        .groupBy(['kind', 'watched', 'via'])
        .execute();
      return rows
        .map((row) => ({ kind: row.kind, watched: row.watched === 1, via: row.via, titles: Number(row.titles) }))
        .filter((row) => row.titles > 0);
    },

    /** Adds up what connections of PostgreSQL have counted each for itself. Rows that somebody is writing to wait for the next time. */
    async fold(): Promise<void> {
      if (handle.kind !== 'postgres') return;
      await sql`with own as (
          select person_id, kind, watched, via, shard from history_count where shard <> 0 for update skip locked
        ), gone as (
          delete from history_count c using own
          where c.person_id = own.person_id and c.kind = own.kind and c.watched = own.watched and c.via = own.via and c.shard = own.shard
          returning c.person_id, c.kind, c.watched, c.via, c.titles
        )
        insert into history_count (person_id, kind, watched, via, shard, titles)
        select person_id, kind, watched, via, 0, sum(titles) from gone group by person_id, kind, watched, via
        on conflict (person_id, kind, watched, via, shard) do update set titles = history_count.titles + excluded.titles`.execute(db);
    },
  };
}

/** How many of them meet the filter, as far as it speaks of what is counted. */
export const countOf = (
  counted: readonly CountedTitles[],
  { watched, via, kind }: Pick<HistoryFilter, 'watched' | 'via' | 'kind'>,
): number =>
  counted
    .filter((row) => watched === undefined || row.watched === watched)
    .filter((row) => kind === undefined || row.kind === kind)
    .filter((row) => via === undefined || (via as readonly number[]).includes(row.via))
    .reduce((sum, row) => sum + row.titles, 0);
