import { idList, insertRows, jsonRows, type RowValue, sql, textList } from '#platform/db/index.ts';
import { type Handle, tablesOf } from './media.schema.store.ts';
import { type Medium, type NewClaim, type NewId, pairKey, type WorkingGraph } from './working-graph.ts';

/** An id, and the kind of media whose it is. */
export type IdKey = Readonly<{ of: string; provider: string; value: string }>;
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

type MediaRow = {
  id: number;
  kind: string;
  title: string;
  year: number | null;
  show_id: number | null;
  season: number | null;
  episode: number | null;
};
type ClaimRow = { media_id: number; show_id: number; season: number; number: number; copy_id: number; server_id: number | null };

function loadMedium(graph: WorkingGraph, row: MediaRow): void {
  const { id, kind, title, year, season, episode } = row;
  const facts = { id, kind, title, year: year ?? undefined, season: season ?? undefined, episode: episode ?? undefined };
  graph.load.medium(facts, row.show_id === null ? undefined : graph.byId(row.show_id));
}

function loadClaim(graph: WorkingGraph, row: ClaimRow): void {
  const owner = graph.byId(row.media_id);
  const show = graph.byId(row.show_id);
  if (!owner || !show) return;
  graph.load.claim(owner, { show, season: row.season, number: row.number, serverId: row.server_id, copyId: row.copy_id });
}

const TEXT_COLUMNS = { rowid: 'integer', title: 'text' } as const;

/** What texts are searched by. PostgreSQL keeps its index by itself. */
async function noteTexts(handle: Handle, media: readonly Medium[]): Promise<void> {
  if (handle.kind === 'postgres') return;
  const textOf = (one: Medium): RowValue[] => [one.id, one.title];
  const [episodes, works] = [media.filter((one) => one.kind === 'episode'), media.filter((one) => one.kind !== 'episode')];
  await insertRows(handle, 'work_text', TEXT_COLUMNS, works.map(textOf));
  await insertRows(handle, 'episode_text', TEXT_COLUMNS, episodes.map(textOf));
}

const MEDIA_COLUMNS = {
  id: 'integer',
  kind: 'text',
  title: 'text',
  year: 'integer',
  show_id: 'integer',
  season: 'integer',
  episode: 'integer',
  created_at: 'integer',
  updated_at: 'integer',
  work_title: 'text',
  work_year: 'integer',
} as const;

export const CLAIM_COLUMNS = {
  show_id: 'integer',
  season: 'integer',
  number: 'integer',
  scheme: 'text',
  media_id: 'integer',
  copy_id: 'integer',
  server_id: 'integer',
} as const;

export function createMediaStore(handle: Handle) {
  const db = tablesOf(handle);
  const { kind } = handle;

  /** One query for each provider that the keys name, since a plain list is read three times as fast as rows are. */
  async function mediaOfIds(keys: readonly IdKey[]): Promise<readonly number[]> {
    const groups: Readonly<{ of: string; provider: string; values: Set<string> }>[] = [];
    for (const { of, provider, value } of keys) {
      const group = groups.find((one) => one.provider === provider && one.of === of);
      if (group) group.values.add(value);
      else groups.push({ of, provider, values: new Set([value]) });
    }
    const found = new Set<number>();
    for (const group of groups) {
      const { rows } = await sql<{ media_id: number }>`
        select media_id from external_id
        where kind = ${group.of} and provider = ${group.provider} and value in ${textList(kind, [...group.values])}`.execute(db);
      for (const row of rows) found.add(row.media_id);
    }
    return [...found];
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
    const list = idList(kind, wanted);
    const media = await sql<MediaRow>`
      select id, kind, title, year, show_id, season, episode from media where id in ${list}`.execute(db);
    const claims = await sql<ClaimRow>`
      select media_id, show_id, season, number, copy_id, server_id from coordinate where media_id in ${list}`.execute(db);
    await loadInto(
      graph,
      [...media.rows, ...claims.rows].flatMap((row) => row.show_id ?? []),
    );
    for (const row of media.rows) loadMedium(graph, row);
    const externalIds = await sql<{ media_id: number; provider: string; value: string }>`
      select media_id, provider, value from external_id where media_id in ${list}`.execute(db);
    for (const row of externalIds.rows) {
      const owner = graph.byId(row.media_id);
      if (owner) graph.load.id(owner, row.provider, row.value);
    }
    for (const row of claims.rows) loadClaim(graph, row);
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
      const rows = lasting.map((one) => {
        const show = one.show && ownerOf(one.show);
        return [
          one.id,
          one.kind,
          one.title,
          one.year ?? null,
          show?.id ?? null,
          one.season ?? null,
          one.episode ?? null,
          now,
          now,
          one.kind === 'episode' ? (show?.title ?? '') : one.title,
          one.year ?? show?.year ?? null,
        ];
      });
      await insertRows(handle, 'media', MEDIA_COLUMNS, rows);
      await noteTexts(handle, lasting);
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

    /** Titles that somebody told at last. */
    async nameMedia(media: Iterable<Medium>, now: number): Promise<void> {
      const rows = [...media].map((one) => [one.id, one.title, one.year ?? null]);
      if (rows.length === 0) return;
      const given = jsonRows(kind, { id: 'integer', title: 'text', year: 'integer' }, rows);
      await sql`update media set title = given.title, year = given.year, updated_at = ${now} from ${given} where media.id = given.id`.execute(
        db,
      );
    },

    async insertIds(ids: readonly NewId[], ownerOf: (medium: Medium) => Medium): Promise<void> {
      const rows = ids.map((id) => [id.kind, id.provider, id.value, ownerOf(id.medium).id]);
      await insertRows(handle, 'external_id', { kind: 'text', provider: 'text', value: 'text', media_id: 'integer' }, rows);
    },

    /** Without a server they are claims that no copy makes. */
    async insertClaims(claims: readonly NewClaim[], serverId: number | null, ownerOf: (medium: Medium) => Medium): Promise<void> {
      const rows = claims.map((one) => [
        ownerOf(one.show).id,
        one.season,
        one.number,
        'aired',
        ownerOf(one.medium).id,
        one.copy.id,
        serverId,
      ]);
      await insertRows(handle, 'coordinate', CLAIM_COLUMNS, rows, 'skip');
    },

    async showsOf(serverId: number, upstreamIds: readonly string[]) {
      const { rows } = await sql<{ upstream_id: string; media_id: number; identity: string }>`
        select upstream_id, media_id, identity from server_show
        where server_id = ${serverId} and upstream_id in ${textList(kind, upstreamIds)}`.execute(db);
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
