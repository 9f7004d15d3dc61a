import type { DeskKind, DeskMediaStatus, DeskRequestStatus, DeskSeason } from '#core/upstreams/index.ts';
import { type DeskId, deskId, type MediaId, mediaId, type PersonId, type RequestId, requestId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, idList, insertRows, type Selectable, sql } from '#platform/db/index.ts';
import { requesterOf, type UserColumns } from './desk-users.store.ts';
import type { Request } from './request.ts';
import type { RequestTables } from './requests.schema.store.ts';

export type { Database, Handle } from '#platform/db/index.ts';

export type RequestFilter = Readonly<{
  deskId?: DeskId;
  personId?: PersonId;
  kind?: DeskKind;
  tmdbId?: number;
  is4k?: boolean;
  statuses?: readonly DeskRequestStatus[];
  /** Without it those that are gone are left out. */
  gone?: 'only' | 'too';
}>;

/** What is written of a request that is new or not as it was. */
export type RequestRow = Omit<Selectable<RequestTables['request']>, 'id'>;

type Row = Selectable<RequestTables['request']> & UserColumns;

type SeasonPair = readonly [number, DeskSeason['status']];

export const packSeasons = (seasons: readonly DeskSeason[]): string =>
  JSON.stringify(seasons.map(({ number, status }): SeasonPair => [number, status]));

const unpackSeasons = (text: string): readonly DeskSeason[] =>
  text === '[]' ? [] : (JSON.parse(text) as SeasonPair[]).map(([number, status]) => ({ number, status }));

/** Tens of thousands are read at a time, and ask for as few requesters: those are made once. */
function createReader() {
  const requesters = new Map<string, Request['requestedBy']>();
  return (row: Row): Request => {
    const key = `${row.desk_id}:${row.user_id}`;
    const requestedBy = requesters.get(key) ?? requesterOf(row);
    requesters.set(key, requestedBy);
    return {
      id: requestId(row.id),
      deskId: deskId(row.desk_id),
      upstreamId: row.upstream_id,
      kind: row.kind as DeskKind,
      tmdbId: row.tmdb_id,
      ...(row.tvdb_id !== null && { tvdbId: row.tvdb_id }),
      ...(row.imdb_id !== null && { imdbId: row.imdb_id }),
      is4k: row.is4k === 1,
      status: row.status as DeskRequestStatus,
      mediaStatus: row.media_status as DeskMediaStatus,
      seasons: unpackSeasons(row.seasons),
      requestedBy,
      createdAt: row.created_at,
      firstSeenAt: row.first_seen_at,
      ...(row.last_seen_at !== null && { lastSeenAt: row.last_seen_at }),
      ...(row.hidden_at !== null && { hiddenAt: row.hidden_at }),
      ...(row.look_at !== null && { lookAt: row.look_at }),
      ...(row.gone_at !== null && { goneAt: row.gone_at }),
    };
  };
}

const COLUMNS = {
  desk_id: 'integer',
  upstream_id: 'integer',
  kind: 'text',
  tmdb_id: 'integer',
  tvdb_id: 'integer',
  imdb_id: 'text',
  is4k: 'integer',
  status: 'text',
  media_status: 'text',
  seasons: 'text',
  user_id: 'integer',
  created_at: 'integer',
  first_seen_at: 'integer',
  last_seen_at: 'integer',
  look_at: 'integer',
  hidden_at: 'integer',
  gone_at: 'integer',
} as const satisfies Readonly<Record<keyof RequestRow, 'integer' | 'text'>>;

const UPDATED = ['tvdb_id', 'imdb_id', 'status', 'media_status', 'seasons', 'user_id', 'last_seen_at', 'look_at', 'hidden_at', 'gone_at'];

export type RequestsStore = ReturnType<typeof createRequestsStore>;

export function createRequestsStore(handle: Handle) {
  const db = handle.tables<RequestTables>();

  const all = () =>
    db
      .selectFrom('request')
      .innerJoin('desk_user', (join) =>
        join.onRef('desk_user.desk_id', '=', 'request.desk_id').onRef('desk_user.user_id', '=', 'request.user_id'),
      )
      .selectAll('request')
      .select([
        'desk_user.display_name',
        'desk_user.email',
        'desk_user.plex_id',
        'desk_user.plex_username',
        'desk_user.jellyfin_user_id',
        'desk_user.jellyfin_username',
        'desk_user.person_id',
      ]);

  const read = async (query: ReturnType<typeof all>): Promise<readonly Request[]> => (await query.execute()).map(createReader());

  const filtered = (filter: RequestFilter) => {
    const equal = [
      ['request.desk_id', filter.deskId],
      ['desk_user.person_id', filter.personId],
      ['request.kind', filter.kind],
      ['request.tmdb_id', filter.tmdbId],
      ['request.is4k', filter.is4k === undefined ? undefined : Number(filter.is4k)],
    ] as const;
    const matching = all().where((eb) => eb.and(equal.flatMap(([column, value]) => (value === undefined ? [] : [eb(column, '=', value)]))));
    const { statuses, gone } = filter;
    const ofStatus = statuses === undefined ? matching : matching.where('request.status', 'in', ['', ...statuses]);
    return gone === 'too' ? ofStatus : ofStatus.where('request.gone_at', gone === 'only' ? 'is not' : 'is', null);
  };

  return {
    /** In the order of the desk's own ids. */
    ofDesk: (desk: DeskId): Promise<readonly Request[]> => read(filtered({ deskId: desk, gone: 'too' }).orderBy('request.upstream_id')),

    async page(
      filter: RequestFilter,
      page: Readonly<{ offset: number; limit: number }>,
    ): Promise<Readonly<{ requests: readonly Request[]; total: number }>> {
      const requests = await read(
        filtered(filter).orderBy('request.created_at', 'desc').orderBy('request.id', 'desc').offset(page.offset).limit(page.limit),
      );
      const { total } = await filtered(filter)
        .clearSelect()
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return { requests, total: Number(total) };
    },

    async find(id: RequestId): Promise<Request | undefined> {
      const [found] = await read(all().where('request.id', '=', id));
      return found;
    },

    async byUpstream(desk: DeskId, upstreamId: number): Promise<Request | undefined> {
      const [found] = await read(all().where('request.desk_id', '=', desk).where('request.upstream_id', '=', upstreamId));
      return found;
    },

    byIds: (ids: readonly RequestId[]): Promise<readonly Request[]> =>
      read(all().where('request.id', 'in', idList(handle.kind, ids)).orderBy('request.id')),

    /** Those whose title has one of these ids. */
    ofTitles(
      kind: DeskKind,
      ids: Readonly<{ tmdb: readonly number[]; tvdb: readonly number[]; imdb: readonly string[] }>,
    ): Promise<readonly Request[]> {
      return read(
        all()
          .where('request.kind', '=', kind)
          .where((eb) =>
            eb.or([
              eb('request.tmdb_id', 'in', idList(handle.kind, ids.tmdb)),
              eb('request.tvdb_id', 'in', idList(handle.kind, ids.tvdb)),
              eb('request.imdb_id', 'in', ids.imdb.length > 0 ? [...ids.imdb] : ['']),
            ]),
          )
          .orderBy('request.id'),
      );
    },

    /** New ones are added, known ones brought up to date. */
    async write(rows: readonly RequestRow[]): Promise<void> {
      const names = Object.keys(COLUMNS) as (keyof RequestRow)[];
      await insertRows(
        handle,
        'request',
        COLUMNS,
        rows.map((row) => names.map((name) => row[name])),
        { update: `(desk_id, upstream_id) do update set ${UPDATED.map((name) => `${name} = excluded.${name}`).join(', ')}` },
      );
    },

    /** Asked for by their ids, these are not there any more. */
    /** By the desk's own id, which decides, and which the graph has learned of each request. It reads that table of core/media. */
    async requestedMedia(person: PersonId | undefined): Promise<readonly MediaId[]> {
      const { rows } = await sql<{ media_id: number }>`
        select distinct e.media_id from request r
        join external_id e on e.kind = case when r.kind = 'movie' then 'movie' else 'show' end
          and e.provider = 'tmdb' and e.value = cast(r.tmdb_id as text)
        left join desk_user u on u.desk_id = r.desk_id and u.user_id = r.user_id
        where r.gone_at is null and ${person === undefined ? sql`1 = 1` : sql`u.person_id = ${person}`}`.execute(db);
      return rows.map((row) => mediaId(row.media_id));
    },

    async markGone(ids: readonly RequestId[], at: Instant, lastSeenAt: Instant | null): Promise<void> {
      await db
        .updateTable('request')
        .set({ gone_at: at, hidden_at: null, look_at: null, last_seen_at: sql<number>`coalesce(last_seen_at, ${lastSeenAt})` })
        .where('id', 'in', idList(handle.kind, ids))
        .execute();
    },

    /** Asked for by its id, it is there, and not listed. */
    async markHidden(id: RequestId, at: Instant, lookAt: Instant, lastSeenAt: Instant | null): Promise<void> {
      await db
        .updateTable('request')
        .set({
          hidden_at: sql<number>`coalesce(hidden_at, ${at})`,
          gone_at: null,
          look_at: lookAt,
          last_seen_at: sql<number>`coalesce(last_seen_at, ${lastSeenAt})`,
        })
        .where('id', '=', id)
        .execute();
    },

    async forgetDesk(desk: DeskId): Promise<void> {
      await db.deleteFrom('request').where('desk_id', '=', desk).execute();
    },
  };
}
