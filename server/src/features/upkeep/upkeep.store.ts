import { createMediaGraph, type Media, type MediaGraph } from '#core/media/index.ts';
import { createHistoryCounts } from '#core/viewing/index.ts';
import type { AccountId, CopyId, MediaId, PersonId, ServerId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { type Database, type Handle, sql } from '#platform/db/index.ts';

export type { Database } from '#platform/db/index.ts';

/** What an account said last about one of its items, and what that item stands for. */
export type SaidItem = Readonly<{ copyId: CopyId; played: boolean; positionMs: number; at: Instant; media: readonly Media[] }>;

/** `media` is absent where the title is not known any more. */
export type StandingItem = Readonly<{ mediaId: number; watched: boolean; at: Instant; positionMs: number; media?: Media }>;

export type ListedCopy = Readonly<{ id: CopyId; upstreamId: string; title: string }>;

/** The media graph of the house, whose changes are told. */
export type GraphOn = (handle: Handle) => Pick<MediaGraph, 'markCopiesGone'>;

export type UpkeepStore = ReturnType<typeof createUpkeepStore>;

/** A schema that `Database.copy` made before a change of the whole database. */
const COPY_SCHEMA = /^before_before_[a-z0-9_]+_(\d{13})$/;

/**
 * Whole tables, page by page. It reads the tables of core/media and core/viewing, which own them: one statement for a page is
 * what keeps a backup of a big library quick.
 */
export function createUpkeepStore(database: Database, clock: Clock, graphOn: GraphOn = (handle) => createMediaGraph(handle, { clock })) {
  const db = database.tables<Record<string, never>>();

  return {
    /** In the order of copies, those after `after`. What has no title or is gone is left out. */
    async saidBy(account: AccountId, after: number, limit: number): Promise<readonly SaidItem[]> {
      type Row = { copy_id: number; played: number; position_ms: number; at: number; media_id: number };
      const { rows } = await sql<Row>`
        select page.copy_id, page.played, page.position_ms, page.at, cm.media_id from (
          select o.copy_id, o.played, o.position_ms,
            coalesce(case when o.played = 1 then o.last_played_at end, o.added_at, c.added_at, o.observed_at) as at
          from observation o join copy c on c.id = o.copy_id and c.gone_at is null
          where o.account_id = ${account} and o.copy_id > ${after}
            and exists (select 1 from copy_media m where m.copy_id = o.copy_id)
          order by o.copy_id limit ${limit}) as page
        join copy_media cm on cm.copy_id = page.copy_id order by page.copy_id, cm.place`.execute(db);
      const ids = [...new Set(rows.map((row) => row.media_id as MediaId))];
      const known = await createMediaGraph(database, { clock }).describe(ids);
      return [...Map.groupBy(rows, (row) => row.copy_id)].flatMap(([copyId, group]) => {
        const [first] = group;
        if (!first) return [];
        const media = group.flatMap((row) => known.get(row.media_id) ?? []);
        return [{ copyId: copyId as CopyId, played: first.played === 1, positionMs: first.position_ms, at: first.at, media }];
      });
    },

    /** Where the person stands with each title, in the order of titles, those after `after`. */
    async standingsOf(person: PersonId, after: number, limit: number): Promise<readonly StandingItem[]> {
      type Row = { media_id: number; watched: number; changed_at: number; position_ms: number };
      const { rows } = await sql<Row>`
        select media_id, watched, changed_at, position_ms from viewing
        where person_id = ${person} and media_id > ${after} order by media_id limit ${limit}`.execute(db);
      const known = await createMediaGraph(database, { clock }).describe(rows.map((row) => row.media_id as MediaId));
      return rows.map((row) => {
        const media = known.get(row.media_id);
        const standing = { mediaId: row.media_id, watched: row.watched === 1, at: row.changed_at, positionMs: row.position_ms };
        return { ...standing, ...(media && { media }) };
      });
    },

    /** Copies of the server that are taken to be there, in their order, those after `after`. */
    async listedOn(server: ServerId, after: number, limit: number): Promise<readonly ListedCopy[]> {
      const { rows } = await sql<{ id: number; upstream_id: string; title: string }>`
        select id, upstream_id, title from copy where server_id = ${server} and gone_at is null and id > ${after}
        order by id limit ${limit}`.execute(db);
      return rows.map((row) => ({ id: row.id as CopyId, upstreamId: row.upstream_id, title: row.title }));
    },

    async markGone(copies: readonly CopyId[]): Promise<void> {
      await database.transaction((handle) => graphOn(handle).markCopiesGone(copies));
    },

    /** Statistics for the planner of queries; counters that are in many rows are added up. */
    async analyse(): Promise<void> {
      await createHistoryCounts(database).fold();
      if (database.kind === 'postgres') {
        await sql`analyze`.execute(db);
        return;
      }
      // Without a limit SQLite reads every index in full, and nothing else is answered meanwhile.
      await sql`pragma analysis_limit = 1000`.execute(db);
      await sql`analyze`.execute(db);
      await sql`pragma optimize`.execute(db);
      await sql`pragma wal_checkpoint(passive)`.execute(db);
    },

    /** Copies of the database within the database itself, with their age. None on SQLite, where they are files. */
    async copySchemas(): Promise<readonly Readonly<{ name: string; at: Instant }>[]> {
      if (database.kind === 'sqlite') return [];
      const { rows } = await sql<{ name: string }>`select nspname as name from pg_namespace`.execute(db);
      return rows.flatMap(({ name }) => {
        const at = COPY_SCHEMA.exec(name)?.[1];
        return at === undefined ? [] : [{ name, at: Number(at) }];
      });
    },

    async dropSchema(name: string): Promise<void> {
      await sql`drop schema ${sql.id(name)} cascade`.execute(db);
    },
  };
}
