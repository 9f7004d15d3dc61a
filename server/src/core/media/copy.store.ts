import type { UpstreamItem } from '#core/upstreams/index.ts';
import type { CopyId, ServerId } from '#kernel/ids.ts';
import { idList, insertRows, jsonRows, type RowValue, sql, textList } from '#platform/db/index.ts';
import { type Handle, tablesOf } from './media.schema.store.ts';

/** A copy as the store knows it, with the media that it stands for, in the order of its episodes. */
export type KnownCopy = {
  id: number;
  upstreamId: string;
  fingerprint: string;
  addedAt: number | null;
  goneAt: number | null;
  unmatched: string | null;
  mediaIds: number[];
};

export type CopyToWrite = Readonly<{
  id: number;
  item: UpstreamItem;
  fingerprint: string;
  unmatched: string | undefined;
  replaced: boolean;
}>;
export type LinkToWrite = Readonly<{ copyId: number; mediaId: number; place: number; how: string }>;

/** What a copy stood for before its ids or numbers changed. */
export type FormerLink = Readonly<{ copyId: number; mediaId: number; title: string; season: number | null; episodes: string | null }>;

const COLUMNS = {
  id: 'integer',
  upstream_id: 'text',
  library_id: 'text',
  fingerprint: 'text',
  added_at: 'integer',
  unmatched: 'text',
  kind: 'text',
  title: 'text',
  show_upstream_id: 'text',
  season: 'integer',
  episodes: 'text',
  path: 'text',
  size: 'integer',
  resolution: 'text',
  replaced_at: 'integer',
  files: 'text',
  detail: 'text',
} as const;

const NEW_COLUMNS = { ...COLUMNS, server_id: 'integer', first_seen_at: 'integer' } as const;
const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

type KnownRow = {
  id: number;
  upstream_id: string;
  fingerprint: string;
  added_at: number | null;
  gone_at: number | null;
  unmatched: string | null;
  media_id: number | null;
  place: number | null;
};

const knownCopy = (row: KnownRow): KnownCopy => ({
  id: row.id,
  upstreamId: row.upstream_id,
  fingerprint: row.fingerprint,
  addedAt: row.added_at,
  goneAt: row.gone_at,
  unmatched: row.unmatched,
  mediaIds: row.media_id === null ? [] : [row.media_id],
});

const inPlace = (rows: readonly KnownRow[]): number[] =>
  rows.toSorted((one, other) => (one.place ?? 0) - (other.place ?? 0)).flatMap((row) => row.media_id ?? []);

export function createCopyStore(handle: Handle) {
  const db = tablesOf(handle);
  const { kind } = handle;

  return {
    /** One indexed query, whatever the size of the page. */
    async known(serverId: ServerId, upstreamIds: readonly string[]): Promise<ReadonlyMap<string, KnownCopy>> {
      const { rows } = await sql<KnownRow>`
        select c.id, c.upstream_id, c.fingerprint, c.added_at, c.gone_at, c.unmatched, l.media_id, l.place
        from copy c left join copy_media l on l.copy_id = c.id
        where c.server_id = ${serverId} and c.upstream_id in ${textList(kind, upstreamIds)}`.execute(db);
      const known = new Map<string, KnownCopy>();
      const several = new Set<string>();
      for (const row of rows) {
        if (known.has(row.upstream_id)) several.add(row.upstream_id);
        else known.set(row.upstream_id, knownCopy(row));
      }
      // Files of several episodes: their links come in any order.
      for (const [upstreamId, links] of Map.groupBy(several.size > 0 ? rows : [], (row) => row.upstream_id)) {
        const copy = known.get(upstreamId);
        if (copy && several.has(upstreamId)) copy.mediaIds = inPlace(links);
      }
      return known;
    },

    async insert(serverId: ServerId, copies: readonly CopyToWrite[], now: number): Promise<void> {
      const rows = copies.map((copy) => {
        const row = rowOf(copy, null);
        row.push(serverId, now);
        return row;
      });
      await insertRows(handle, 'copy', NEW_COLUMNS, rows);
    },

    async update(copies: readonly CopyToWrite[], now: number): Promise<void> {
      if (copies.length === 0) return;
      const given = jsonRows(
        kind,
        COLUMNS,
        copies.map((copy) => rowOf(copy, copy.replaced ? now : null)),
      );
      const set = NAMES.filter((name) => name !== 'id' && name !== 'replaced_at' && name !== 'upstream_id').map(
        (name) => sql`${sql.ref(name)} = ${sql.ref(`given.${name}`)}`,
      );
      await sql`
        update copy set gone_at = null, replaced_at = coalesce(given.replaced_at, copy.replaced_at), ${sql.join(set)}
        from ${given} where copy.id = given.id`.execute(db);
    },

    /** Ends the links and claims of copies whose identity changed, and answers what they were. */
    async detach(copyIds: readonly number[]): Promise<readonly FormerLink[]> {
      if (copyIds.length === 0) return [];
      const given = idList(kind, copyIds);
      const { rows } = await sql<{ copy_id: number; media_id: number; title: string; season: number | null; episodes: string | null }>`
        select l.copy_id, l.media_id, c.title, c.season, c.episodes
        from copy c join copy_media l on l.copy_id = c.id where c.id in ${given} order by l.copy_id, l.place`.execute(db);
      const media = idList(kind, [...new Set(rows.map((row) => row.media_id))]);
      await sql`
        delete from coordinate where media_id in ${media} and copy_id in ${given}`.execute(db);
      await sql`delete from copy_media where copy_id in ${given}`.execute(db);
      return rows.map((row) => ({
        copyId: row.copy_id,
        mediaId: row.media_id,
        title: row.title,
        season: row.season,
        episodes: row.episodes,
      }));
    },

    async link(links: readonly LinkToWrite[]): Promise<void> {
      const rows = links.map((one) => [one.copyId, one.mediaId, one.place, one.how]);
      await insertRows(handle, 'copy_media', { copy_id: 'integer', media_id: 'integer', place: 'integer', how: 'text' }, rows, 'skip');
    },

    async setUnmatched(copyId: number, reason: string | null): Promise<void> {
      await db.updateTable('copy').set({ unmatched: reason }).where('id', '=', copyId).execute();
    },

    /** Marks copies that their server was asked for and does not have. */
    async setGone(ids: readonly CopyId[], now: number): Promise<void> {
      if (ids.length > 0) await sql`update copy set gone_at = ${now} where gone_at is null and id in ${idList(kind, ids)}`.execute(db);
    },

    async countInLibrary(serverId: ServerId, libraryId: string): Promise<number> {
      const { count } = await db
        .selectFrom('copy')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('server_id', '=', serverId)
        .where('library_id', '=', libraryId)
        .where('gone_at', 'is', null)
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    /** Forgets the copies of a server and what they claimed. The media, and what is known of them, stay. */
    async forgetServer(serverId: ServerId): Promise<void> {
      const mine = sql`(select id from copy where server_id = ${serverId})`;
      await sql`delete from media_conflict where copy_id in ${mine}`.execute(db);
      await sql`delete from copy_media where copy_id in ${mine}`.execute(db);
      await sql`delete from coordinate where server_id = ${serverId}`.execute(db);
      await db.deleteFrom('server_show').where('server_id', '=', serverId).execute();
      await db.deleteFrom('copy').where('server_id', '=', serverId).execute();
    },
  };
}

export type CopyStore = ReturnType<typeof createCopyStore>;

function rowOf({ id, item, fingerprint, unmatched }: CopyToWrite, replacedAt: number | null): RowValue[] {
  const [file] = item.files;
  return [
    id,
    item.upstreamId,
    item.libraryId,
    fingerprint,
    item.addedAt ?? null,
    unmatched ?? null,
    item.kind,
    item.title,
    item.show?.upstreamId ?? null,
    item.season ?? null,
    item.episodes ? JSON.stringify(item.episodes) : null,
    file?.path ?? null,
    file?.size ?? null,
    file?.resolution ?? null,
    replacedAt,
    item.files.length > 1 ? JSON.stringify(item.files) : '[]',
    JSON.stringify(detailOf(item)),
  ];
}

/** What is kept of an item beside its columns. */
export type CopyDetail = Readonly<{
  ids: UpstreamItem['ids'];
  show?: Readonly<{ ids: UpstreamItem['ids']; title: string; year?: number }>;
  year?: number;
  overview?: string;
  genres?: readonly string[];
  releasedOn?: string;
  runtimeMs?: number;
}>;

const detailOf = (item: UpstreamItem): CopyDetail => ({
  ids: item.ids,
  ...(item.show && { show: { ids: item.show.ids, title: item.show.title, ...(item.show.year !== undefined && { year: item.show.year }) } }),
  ...(item.year !== undefined && { year: item.year }),
  ...(item.overview !== undefined && { overview: item.overview }),
  ...(item.genres.length > 0 && { genres: item.genres }),
  ...(item.releasedOn !== undefined && { releasedOn: item.releasedOn }),
  ...(item.runtimeMs !== undefined && { runtimeMs: item.runtimeMs }),
});
