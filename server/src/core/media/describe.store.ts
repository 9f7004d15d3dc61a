import type { CopyId, MediaId, ServerId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { idList, sql, textList } from '#platform/db/index.ts';
import type { CopyDetail } from './copy.store.ts';
import type { ExternalIds } from './external-ids.ts';
import { type Handle, tablesOf } from './media.schema.store.ts';
import type { Subject } from './signature.ts';

/** A title with all that is known of it, for people. */
export type Media = Readonly<{
  id: MediaId;
  kind: string;
  /** Of the movie, the series, or the episode itself. */
  title: string;
  year?: number;
  ids: ExternalIds;
  season?: number;
  episode?: number;
  /** Of an episode. `id` is absent where the series itself could not be placed. */
  show?: Readonly<{ id?: MediaId; title: string; year?: number; ids: ExternalIds }>;
  createdAt: Instant;
  updatedAt: Instant;
}>;

/** An item on a server that stands for one or more media. Sizes in bytes. */
export type Copy = Readonly<{
  id: CopyId;
  serverId: ServerId;
  upstreamId: string;
  libraryId: string;
  kind: string;
  title: string;
  showUpstreamId?: string;
  season?: number;
  episodes: readonly number[];
  path?: string;
  size?: number;
  resolution?: string;
  /** All files, where there are several. */
  files: readonly Readonly<{ path: string; size?: number; resolution?: string }>[];
  addedAt?: Instant;
  replacedAt?: Instant;
  firstSeenAt: Instant;
  goneAt?: Instant;
  unmatched?: string;
  detail: CopyDetail;
  mediaIds: readonly MediaId[];
}>;

const said = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

export function createDescribeStore(handle: Handle) {
  const db = tablesOf(handle);
  const list = (ids: readonly number[]) => idList(handle.kind, ids);

  /** Asked id to the id that it lives under now. Unknown ids are left out. */
  async function lasting(ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const { rows } = await sql<{ id: number; merged_into: number | null }>`
      select id, merged_into from media where id in ${list(ids)}`.execute(db);
    const merged = rows.flatMap((row) => row.merged_into ?? []);
    const further = merged.length > 0 ? await lasting(merged) : new Map<number, number>();
    return new Map(rows.map((row) => [row.id, row.merged_into === null ? row.id : (further.get(row.merged_into) ?? row.merged_into)]));
  }

  async function idsOf(ids: readonly number[]): Promise<ReadonlyMap<number, ExternalIds>> {
    const { rows } = await sql<{ media_id: number; provider: string; value: string }>`
      select e.media_id, e.provider, e.value from external_id e
      where e.media_id in ${list(ids)} and e.provider <> 'path' order by e.media_id, e.provider, e.value desc`.execute(db);
    const found = new Map<number, Record<string, string>>();
    for (const row of rows) found.set(row.media_id, { ...found.get(row.media_id), [row.provider]: row.value });
    return found;
  }

  async function copiesWhere(condition: ReturnType<typeof sql>): Promise<readonly Copy[]> {
    const { rows } = await sql<CopyRow>`
      select c.*, l.media_id from copy c left join copy_media l on l.copy_id = c.id where ${condition} order by c.id, l.place`.execute(db);
    return [...Map.groupBy(rows, (row) => row.id).values()].flatMap(copyOf);
  }

  const copiesOf = (mediaIds: readonly number[]) =>
    copiesWhere(sql`c.id in (select copy_id from copy_media where media_id in ${list(mediaIds)})`);

  return {
    lasting,
    copiesOf,

    copies: (ids: readonly number[]) => copiesWhere(sql`c.id in ${list(ids)}`),

    copiesOfServer: (serverId: number, upstreamIds: readonly string[]) =>
      copiesWhere(sql`c.server_id = ${serverId} and c.upstream_id in ${textList(handle.kind, upstreamIds)}`),

    copiesOfShow: (serverId: number, upstreamId: string) =>
      copiesWhere(sql`c.server_id = ${serverId} and c.show_upstream_id = ${upstreamId}`),

    unplaced: (limit: number, offset: number) =>
      copiesWhere(
        sql`c.id in (select id from copy where unmatched is not null and gone_at is null order by id limit ${limit} offset ${offset})`,
      ),

    async episodesOf(showId: number): Promise<readonly MediaId[]> {
      const { rows } = await sql<{ id: number }>`
        select id from media where id in (select media_id from coordinate where show_id = ${showId}) order by season, episode, id`.execute(
        db,
      );
      return rows.map((row) => row.id as MediaId);
    },

    /** By the id that was asked for, merged ones under what they became. */
    async describe(ids: readonly number[], follow = true): Promise<ReadonlyMap<number, Media>> {
      const places = follow ? await lasting(ids) : new Map(ids.map((id) => [id, id] as const));
      const wanted = [...new Set(places.values())];
      const { rows } = await sql<MediaRow>`
        select m.id, m.kind, m.title, m.year, m.season, m.episode, m.show_id, m.created_at, m.updated_at, s.title as show_title, s.year as show_year
        from media m left join media s on s.id = m.show_id where m.id in ${list(wanted)}`.execute(db);
      const idSets = await idsOf([...wanted, ...new Set(rows.flatMap((row) => row.show_id ?? []))]);
      const homeless = rows.filter((row) => row.kind === 'episode' && row.show_id === null).map((row) => row.id);
      const shows = new Map<number, CopyDetail['show']>();
      for (const copy of homeless.length > 0 ? await copiesOf(homeless) : []) {
        for (const id of copy.mediaIds) if (!shows.get(id)) shows.set(id, copy.detail.show);
      }
      const known = new Map(rows.map((row) => [row.id, mediaOf(row, idSets, shows.get(row.id))]));
      return new Map([...places].flatMap(([asked, id]) => (known.has(id) ? [[asked, known.get(id) as Media] as const] : [])));
    },
  };
}

export type DescribeStore = ReturnType<typeof createDescribeStore>;

type MediaRow = {
  id: number;
  kind: string;
  title: string;
  year: number | null;
  season: number | null;
  episode: number | null;
  show_id: number | null;
  created_at: number;
  updated_at: number;
  show_title: string | null;
  show_year: number | null;
};

function mediaOf(row: MediaRow, ids: ReadonlyMap<number, ExternalIds>, named: CopyDetail['show']): Media {
  const show = row.show_id === null ? named : showOf(row, row.show_id, ids);
  return {
    id: row.id as MediaId,
    kind: row.kind,
    title: row.title,
    ...(said(row.year) && { year: row.year }),
    ids: ids.get(row.id) ?? {},
    ...(said(row.season) && { season: row.season }),
    ...(said(row.episode) && { episode: row.episode }),
    ...(show && { show }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

const showOf = (row: MediaRow, id: number, ids: ReadonlyMap<number, ExternalIds>): NonNullable<Media['show']> => ({
  id: id as MediaId,
  title: row.show_title ?? '',
  ...(said(row.show_year) && { year: row.show_year }),
  ids: ids.get(id) ?? {},
});

type CopyRow = {
  id: number;
  server_id: number;
  upstream_id: string;
  library_id: string;
  kind: string;
  title: string;
  show_upstream_id: string | null;
  season: number | null;
  episodes: string | null;
  path: string | null;
  size: number | null;
  resolution: string | null;
  files: string;
  added_at: number | null;
  replaced_at: number | null;
  first_seen_at: number;
  gone_at: number | null;
  unmatched: string | null;
  detail: string;
  media_id: number | null;
};

/** One copy of its rows, of which there is one for each medium that it stands for. */
function copyOf(rows: readonly CopyRow[]): readonly Copy[] {
  const [row] = rows;
  if (!row) return [];
  return [
    {
      id: row.id as CopyId,
      serverId: row.server_id as ServerId,
      upstreamId: row.upstream_id,
      libraryId: row.library_id,
      kind: row.kind,
      title: row.title,
      ...(said(row.show_upstream_id) && { showUpstreamId: row.show_upstream_id }),
      ...(said(row.season) && { season: row.season }),
      episodes: row.episodes === null ? [] : (JSON.parse(row.episodes) as number[]),
      ...filesOf(row),
      ...(said(row.added_at) && { addedAt: row.added_at }),
      ...(said(row.replaced_at) && { replacedAt: row.replaced_at }),
      firstSeenAt: row.first_seen_at,
      ...(said(row.gone_at) && { goneAt: row.gone_at }),
      ...(said(row.unmatched) && { unmatched: row.unmatched }),
      detail: JSON.parse(row.detail) as CopyDetail,
      mediaIds: rows.flatMap((each) => (each.media_id === null ? [] : [each.media_id as MediaId])),
    },
  ];
}

/** The first file is in columns of its own; the list is only kept where there are more. */
function filesOf(row: CopyRow): Pick<Copy, 'files' | 'path' | 'size' | 'resolution'> {
  if (row.path === null) return { files: [] };
  const first = { path: row.path, ...(said(row.size) && { size: row.size }), ...(said(row.resolution) && { resolution: row.resolution }) };
  const files = JSON.parse(row.files) as Copy['files'];
  return { ...first, files: files.length > 0 ? files : [first] };
}

export const subjectOfCopy = (copy: Copy): Subject => ({
  kind: copy.kind as Subject['kind'],
  title: copy.title,
  ...(copy.detail.year !== undefined && { year: copy.detail.year }),
  ids: copy.detail.ids,
  ...(copy.detail.show && copy.showUpstreamId !== undefined && { show: { upstreamId: copy.showUpstreamId, ...copy.detail.show } }),
  ...(copy.season !== undefined && { season: copy.season }),
  ...(copy.episodes.length > 0 && { episodes: copy.episodes }),
  ...(copy.path !== undefined && { path: copy.path }),
});
