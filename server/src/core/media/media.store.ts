import { jsonRows, sql } from '#platform/db/index.ts';
import { type Handle, tablesOf } from './media.schema.store.ts';
import { type Medium, type NewClaim, type NewId, pairKey, type WorkingGraph } from './working-graph.ts';

export type IdKey = readonly [kind: string, provider: string, value: string];
export type NumberKey = readonly [showId: number, season: number, number: number];

/** Every write to the graph goes through one at a time; SQLite has one writer anyway. The number is ours alone. */
export async function lockGraph(handle: Handle): Promise<void> {
  if (handle.kind === 'postgres') await sql`select pg_advisory_xact_lock(4848, 30)`.execute(tablesOf(handle));
}

/** Ids that no row of the table has or will get from the database itself. */
export async function reserveIds(handle: Handle, table: 'media' | 'copy', count: number): Promise<readonly number[]> {
  if (count === 0) return [];
  const db = tablesOf(handle);
  if (handle.kind === 'postgres') {
    const { rows } = await sql<{ id: number }>`
      select nextval(pg_get_serial_sequence(${table}, 'id')) as id from generate_series(1, ${count}::integer)`.execute(db);
    return rows.map((row) => Number(row.id));
  }
  const { rows } = await sql<{ seq: number }>`select seq from sqlite_sequence where name = ${table}`.execute(db);
  const last = rows[0]?.seq ?? 0;
  return Array.from({ length: count }, (_, index) => last + 1 + index);
}

export function createMediaStore(handle: Handle) {
  const db = tablesOf(handle);
  const { kind } = handle;

  async function mediaOfIds(keys: readonly IdKey[]): Promise<readonly number[]> {
    if (keys.length === 0) return [];
    const given = jsonRows(kind, { kind: 'text', provider: 'text', value: 'text' }, keys);
    const { rows } = await sql<{ media_id: number }>`
      select distinct e.media_id from ${given} join external_id e on e.kind = given.kind and e.provider = given.provider and e.value = given.value
    `.execute(db);
    return rows.map((row) => row.media_id);
  }

  async function mediaOfNumbers(keys: readonly NumberKey[]): Promise<readonly number[]> {
    if (keys.length === 0) return [];
    const given = jsonRows(kind, { show_id: 'integer', season: 'integer', number: 'integer' }, keys);
    const { rows } = await sql<{ media_id: number }>`
      select distinct c.media_id from ${given}
      join coordinate c on c.show_id = given.show_id and c.season = given.season and c.number = given.number`.execute(db);
    return rows.map((row) => row.media_id);
  }

  /** Loads these media and, where they are episodes, their series, with ids and claims. */
  async function loadInto(graph: WorkingGraph, ids: Iterable<number>): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !graph.byId(id));
    if (wanted.length === 0) return;
    const given = jsonRows(
      kind,
      { id: 'integer' },
      wanted.map((id) => [id]),
    );
    type Row = {
      id: number;
      kind: string;
      title: string;
      year: number | null;
      show_id: number | null;
      season: number | null;
      episode: number | null;
    };
    const media = await sql<Row>`
      select m.id, m.kind, m.title, m.year, m.show_id, m.season, m.episode from ${given} join media m on m.id = given.id`.execute(db);
    const claims = await sql<{
      media_id: number;
      show_id: number;
      season: number;
      number: number;
      copy_id: number;
      server_id: number | null;
    }>`
      select c.media_id, c.show_id, c.season, c.number, c.copy_id, c.server_id from ${given} join coordinate c on c.media_id = given.id`.execute(
      db,
    );
    const shows = new Set<number>();
    for (const row of media.rows) if (row.show_id !== null) shows.add(row.show_id);
    for (const row of claims.rows) shows.add(row.show_id);
    await loadInto(graph, shows);
    for (const row of media.rows) {
      graph.load.medium(
        {
          id: row.id,
          kind: row.kind,
          title: row.title,
          year: row.year ?? undefined,
          season: row.season ?? undefined,
          episode: row.episode ?? undefined,
        },
        row.show_id === null ? undefined : graph.byId(row.show_id),
      );
    }
    const externalIds = await sql<{ media_id: number; provider: string; value: string }>`
      select e.media_id, e.provider, e.value from ${given} join external_id e on e.media_id = given.id`.execute(db);
    for (const row of externalIds.rows) {
      const owner = graph.byId(row.media_id);
      if (owner) graph.load.id(owner, row.provider, row.value);
    }
    for (const row of claims.rows) {
      const owner = graph.byId(row.media_id);
      const show = graph.byId(row.show_id);
      if (owner && show)
        graph.load.claim(owner, { show, season: row.season, number: row.number, serverId: row.server_id, copyId: row.copy_id });
    }
  }

  return {
    mediaOfIds,
    mediaOfNumbers,
    loadInto,

    /** The pairs of media that a person holds to be two. */
    async apart(): Promise<ReadonlySet<string>> {
      const rows = await db.selectFrom('media_apart').selectAll().execute();
      return new Set(rows.map((row) => pairKey(row.a_id, row.b_id)));
    },

    /** Writes new media and gives them their ids. Series come before their episodes. */
    async insertMedia(media: readonly Medium[], now: number, ownerOf: (medium: Medium) => Medium): Promise<void> {
      const lasting = media.filter((medium) => medium.same === undefined);
      const ids = await reserveIds(handle, 'media', lasting.length);
      for (const [index, medium] of lasting.entries()) medium.id = ids[index] ?? 0;
      if (lasting.length === 0) return;
      const columns = {
        id: 'integer',
        kind: 'text',
        title: 'text',
        year: 'integer',
        show_id: 'integer',
        season: 'integer',
        episode: 'integer',
      } as const;
      const rows = lasting.map((one) => [
        one.id,
        one.kind,
        one.title,
        one.year ?? null,
        one.show ? ownerOf(one.show).id : null,
        one.season ?? null,
        one.episode ?? null,
      ]);
      await sql`
        insert into media (id, kind, title, year, show_id, season, episode, merged_into, created_at, updated_at)
        select id, kind, title, year, show_id, season, episode, null, ${now}, ${now} from ${jsonRows(kind, columns, rows)}`.execute(db);
    },

    /** Episodes that were known by their own ids alone, and now by their series and number too. */
    async completeMedia(media: Iterable<Medium>, now: number, ownerOf: (medium: Medium) => Medium): Promise<void> {
      const rows = [...media].map((one) => [one.id, one.show ? ownerOf(one.show).id : null, one.season ?? null, one.episode ?? null]);
      if (rows.length === 0) return;
      const given = jsonRows(kind, { id: 'integer', show_id: 'integer', season: 'integer', episode: 'integer' }, rows);
      await sql`
        update media set show_id = given.show_id, season = given.season, episode = given.episode, updated_at = ${now}
        from ${given} where media.id = given.id`.execute(db);
    },

    async insertIds(ids: readonly NewId[], ownerOf: (medium: Medium) => Medium): Promise<void> {
      if (ids.length === 0) return;
      const rows = ids.map((id) => [id.kind, id.provider, id.value, ownerOf(id.medium).id]);
      const given = jsonRows(kind, { kind: 'text', provider: 'text', value: 'text', media_id: 'integer' }, rows);
      await sql`insert into external_id (kind, provider, value, media_id) select kind, provider, value, media_id from ${given}`.execute(db);
    },

    async insertClaims(claims: readonly NewClaim[], serverId: number, ownerOf: (medium: Medium) => Medium): Promise<void> {
      if (claims.length === 0) return;
      const rows = claims.map((one) => [ownerOf(one.show).id, one.season, one.number, ownerOf(one.medium).id, one.copy.id]);
      const given = jsonRows(
        kind,
        { show_id: 'integer', season: 'integer', number: 'integer', media_id: 'integer', copy_id: 'integer' },
        rows,
      );
      await sql`
        insert into coordinate (show_id, season, number, scheme, media_id, copy_id, server_id)
        select show_id, season, number, 'aired', media_id, copy_id, ${sql.lit(serverId)} from ${given} where true on conflict do nothing`.execute(
        db,
      );
    },

    async showsOf(serverId: number, upstreamIds: readonly string[]) {
      const given = jsonRows(
        kind,
        { upstream_id: 'text' },
        upstreamIds.map((id) => [id]),
      );
      const { rows } = await sql<{ upstream_id: string; media_id: number; identity: string }>`
        select s.upstream_id, s.media_id, s.identity from ${given}
        cross join server_show s where s.server_id = ${serverId} and s.upstream_id = given.upstream_id`.execute(db);
      return rows;
    },

    async saveShows(
      serverId: number,
      shows: readonly Readonly<{ upstreamId: string; mediaId: number; identity: string }>[],
    ): Promise<void> {
      if (shows.length === 0) return;
      const rows = shows.map((show) => [show.upstreamId, show.mediaId, show.identity]);
      const given = jsonRows(kind, { upstream_id: 'text', media_id: 'integer', identity: 'text' }, rows);
      await sql`
        insert into server_show (server_id, upstream_id, media_id, identity)
        select ${sql.lit(serverId)}, upstream_id, media_id, identity from ${given} where true
        on conflict (server_id, upstream_id) do update set media_id = excluded.media_id, identity = excluded.identity`.execute(db);
    },
  };
}

export type MediaStore = ReturnType<typeof createMediaStore>;
