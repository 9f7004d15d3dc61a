import type { UpstreamItem } from '#core/upstreams/index.ts';
import type { CopyId, MediaId, ServerId } from '#kernel/ids.ts';
import { jsonRows, type RowValue, sql } from '#platform/db/index.ts';
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

const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

export function createCopyStore(handle: Handle) {
  const db = tablesOf(handle);
  const { kind } = handle;
  const idRows = (ids: readonly number[]) =>
    jsonRows(
      kind,
      { id: 'integer' },
      ids.map((id) => [id]),
    );

  return {
    /** One indexed query, whatever the size of the page. The cross join makes SQLite begin with the page, not with the server's copies. */
    async known(serverId: ServerId, upstreamIds: readonly string[]): Promise<ReadonlyMap<string, KnownCopy>> {
      const given = jsonRows(
        kind,
        { upstream_id: 'text' },
        upstreamIds.map((id) => [id]),
      );
      type Row = {
        id: number;
        upstream_id: string;
        fingerprint: string;
        added_at: number | null;
        gone_at: number | null;
        unmatched: string | null;
        media_id: number | null;
        place: number | null;
      };
      const { rows } = await sql<Row>`
        select c.id, c.upstream_id, c.fingerprint, c.added_at, c.gone_at, c.unmatched, l.media_id, l.place from ${given}
        cross join copy c left join copy_media l on l.copy_id = c.id
        where c.server_id = ${serverId} and c.upstream_id = given.upstream_id`.execute(db);
      const known = new Map<string, KnownCopy>();
      const places = new Map<KnownCopy, Map<number, number>>();
      for (const row of rows) {
        const copy = known.get(row.upstream_id);
        if (!copy) {
          known.set(row.upstream_id, {
            id: row.id,
            upstreamId: row.upstream_id,
            fingerprint: row.fingerprint,
            addedAt: row.added_at,
            goneAt: row.gone_at,
            unmatched: row.unmatched,
            mediaIds: row.media_id === null ? [] : [row.media_id],
          });
          if (row.place) places.set(known.get(row.upstream_id) as KnownCopy, new Map([[row.media_id ?? 0, row.place]]));
        } else if (row.media_id !== null && row.place !== null) {
          const placed = places.get(copy) ?? new Map(copy.mediaIds.map((id) => [id, 0]));
          if (placed.has(row.media_id)) continue;
          placed.set(row.media_id, row.place);
          places.set(copy, placed);
          copy.mediaIds.push(row.media_id);
        }
      }
      for (const [copy, placed] of places) copy.mediaIds.sort((a, b) => (placed.get(a) ?? 0) - (placed.get(b) ?? 0));
      return known;
    },

    async insert(serverId: ServerId, copies: readonly CopyToWrite[], now: number): Promise<void> {
      if (copies.length === 0) return;
      const given = jsonRows(
        kind,
        COLUMNS,
        copies.map((copy) => rowOf(copy, null)),
      );
      const names = sql.join(NAMES.map((name) => sql.ref(name)));
      await sql`
        insert into copy (server_id, first_seen_at, ${names})
        select ${sql.lit(serverId)}, ${now}, ${names} from ${given}`.execute(db);
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
      const given = idRows(copyIds);
      const { rows } = await sql<{ copy_id: number; media_id: number; title: string; season: number | null; episodes: string | null }>`
        select l.copy_id, l.media_id, c.title, c.season, c.episodes from ${given}
        join copy c on c.id = given.id join copy_media l on l.copy_id = c.id order by l.copy_id, l.place`.execute(db);
      const media = idRows([...new Set(rows.map((row) => row.media_id))]);
      await sql`
        delete from coordinate where media_id in (select id from ${media}) and copy_id in (select id from ${given})`.execute(db);
      await sql`delete from copy_media where copy_id in (select id from ${given})`.execute(db);
      return rows.map((row) => ({
        copyId: row.copy_id,
        mediaId: row.media_id,
        title: row.title,
        season: row.season,
        episodes: row.episodes,
      }));
    },

    async link(links: readonly LinkToWrite[]): Promise<void> {
      if (links.length === 0) return;
      const rows = links.map((one) => [one.copyId, one.mediaId, one.place, one.how]);
      const given = jsonRows(kind, { copy_id: 'integer', media_id: 'integer', place: 'integer', how: 'text' }, rows);
      await sql`
        insert into copy_media (copy_id, media_id, place, how) select copy_id, media_id, place, how from ${given} where true
        on conflict do nothing`.execute(db);
    },

    async setUnmatched(copyId: number, reason: string | null): Promise<void> {
      await db.updateTable('copy').set({ unmatched: reason }).where('id', '=', copyId).execute();
    },

    /** Marks copies that their server was asked for and does not have. */
    async setGone(ids: readonly CopyId[], now: number): Promise<void> {
      if (ids.length > 0)
        await sql`update copy set gone_at = ${now} where gone_at is null and id in (select id from ${idRows(ids)})`.execute(db);
    },

    /** Marks the library's copies that are not among `seen`, and answers them. */
    async markGone(serverId: ServerId, libraryId: string, seen: ReadonlySet<CopyId>, now: number) {
      const live = await db
        .selectFrom('copy')
        .select('id')
        .where('server_id', '=', serverId)
        .where('library_id', '=', libraryId)
        .where('gone_at', 'is', null)
        .execute();
      const gone = live.map((row) => row.id).filter((id) => !seen.has(id as CopyId));
      if (gone.length === 0) return [];
      const given = idRows(gone);
      await sql`update copy set gone_at = ${now} where id in (select id from ${given})`.execute(db);
      const { rows } = await sql<{ id: number; upstream_id: string; title: string; media_id: number | null }>`
        select c.id, c.upstream_id, c.title, l.media_id from ${given} join copy c on c.id = given.id
        left join copy_media l on l.copy_id = c.id order by c.id, l.place`.execute(db);
      const found = new Map<number, { copyId: CopyId; upstreamId: string; title: string; mediaIds: MediaId[] }>();
      for (const row of rows) {
        const copy = found.get(row.id) ?? { copyId: row.id as CopyId, upstreamId: row.upstream_id, title: row.title, mediaIds: [] };
        if (row.media_id !== null) copy.mediaIds.push(row.media_id as MediaId);
        found.set(row.id, copy);
      }
      return [...found.values()];
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
