import { type MediaId, mediaId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, idList, insertRows, sql } from '#platform/db/index.ts';
import type { MetadataTables } from './metadata.schema.store.ts';

export type { Database, Handle } from '#platform/db/index.ts';

/**
 * `told`: the source knows it. `unknown`: it has no such title. `doubtful`: what it has contradicts what is known of the title.
 * `no-ids`: there is no id by which it could be asked. `failed`: it did not answer, and `fault` says how.
 */
export type CheckState = 'told' | 'unknown' | 'doubtful' | 'no-ids' | 'failed';
export type Check = Readonly<{ media: MediaId; state: CheckState; dueAt: Instant; failures?: number; fault?: string }>;
export type DueTitle = Readonly<{ media: MediaId; failures: number }>;

const COLUMNS = {
  media_id: 'integer',
  source: 'text',
  state: 'text',
  checked_at: 'integer',
  due_at: 'integer',
  failures: 'integer',
  fault: 'text',
} as const;

const dayOf = (now: Instant): string => new Date(now).toISOString().slice(0, 10);

export function createMetadataStore(handle: Handle) {
  const db = handle.tables<MetadataTables>();

  return {
    /** Those that were never asked about first, then those that have waited longest. */
    async dueAmong(source: string, titles: readonly MediaId[], now: Instant): Promise<readonly DueTitle[]> {
      if (titles.length === 0) return [];
      const { rows } = await sql<{ media_id: number; due_at: number; failures: number }>`
        select media_id, due_at, failures from metadata_check
        where source = ${source} and media_id in ${idList(handle.kind, titles)}`.execute(db);
      const known = new Map(rows.map((row) => [row.media_id, row]));
      return titles
        .flatMap((media) => {
          const row = known.get(media);
          if (row !== undefined && row.due_at > now) return [];
          return [{ media, failures: row?.failures ?? 0, since: row?.due_at ?? 0 }];
        })
        .sort((one, other) => one.since - other.since)
        .map(({ media, failures }) => ({ media, failures }));
    },

    async save(source: string, checks: readonly Check[], now: Instant): Promise<void> {
      const rows = checks.map((check) => [check.media, source, check.state, now, check.dueAt, check.failures ?? 0, check.fault ?? null]);
      await insertRows(handle, 'metadata_check', COLUMNS, rows, {
        update: `(media_id, source) do update set state = excluded.state, checked_at = excluded.checked_at, due_at = excluded.due_at,
          failures = excluded.failures, fault = excluded.fault`,
      });
    },

    /** How many titles stand where. */
    async standing(source: string): Promise<Readonly<Record<CheckState, number>>> {
      const { rows } = await sql<{ state: CheckState; titles: number }>`
        select state, count(*) as titles from metadata_check where source = ${source} group by state`.execute(db);
      const counts = Object.fromEntries(rows.map((row) => [row.state, Number(row.titles)]));
      return { told: 0, unknown: 0, doubtful: 0, 'no-ids': 0, failed: 0, ...counts };
    },

    /** Titles that failed, newest first. */
    async failed(source: string, limit: number): Promise<readonly Readonly<{ media: MediaId; fault: string; dueAt: Instant }>[]> {
      const rows = await db
        .selectFrom('metadata_check')
        .select(['media_id', 'fault', 'due_at'])
        .where('source', '=', source)
        .where('state', '=', 'failed')
        .orderBy('checked_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ media: mediaId(row.media_id), fault: row.fault ?? '', dueAt: row.due_at }));
    },

    /** Asked about again at the next run, whatever was known. */
    async forget(source: string): Promise<void> {
      await db.deleteFrom('metadata_check').where('source', '=', source).execute();
    },

    async countCalls(source: string, calls: number, now: Instant): Promise<void> {
      if (calls === 0) return;
      await sql`
        insert into metadata_day (source, day, calls) values (${source}, ${dayOf(now)}, ${calls})
        on conflict (source, day) do update set calls = metadata_day.calls + excluded.calls`.execute(db);
      await sql`delete from metadata_day where source = ${source} and day < ${dayOf(now)}`.execute(db);
    },

    async callsToday(source: string, now: Instant): Promise<number> {
      const row = await db
        .selectFrom('metadata_day')
        .select('calls')
        .where('source', '=', source)
        .where('day', '=', dayOf(now))
        .executeTakeFirst();
      return row?.calls ?? 0;
    },
  };
}
