import { AppError } from '#kernel/app-error.ts';
import type { MediaId } from '#kernel/ids.ts';
import { idList, jsonRows, sql } from '#platform/db/index.ts';
import { isCompatible } from './match-title.ts';
import { type Handle, tablesOf } from './media.schema.store.ts';
import { CLAIM_COLUMNS, createMediaStore } from './media.store.ts';
import { createWorkingGraph } from './working-graph.ts';

/** All that a merge moved, so that it can be moved back. */
type Moved = Readonly<{
  ids: readonly (readonly [kind: string, provider: string, value: string])[];
  links: readonly (readonly [copyId: number, place: number, how: string])[];
  claims: readonly Claim[];
  /** Claims of numbers of the series itself. */
  numbers: readonly Claim[];
  episodes: readonly number[];
  shows: readonly (readonly [serverId: number, upstreamId: string])[];
}>;
type Claim = readonly [
  showId: number,
  season: number,
  number: number,
  scheme: string,
  mediaId: number,
  copyId: number,
  serverId: number | null,
];

/** One medium that became another, or became itself again. */
export type MergedPair = Readonly<{ mergeId: number; from: MediaId; into: MediaId }>;

/** A merge on record. `parent` is the merge of two series that brought it about. `actor` is `matching` where nobody asked. */
export type MergeRecord = MergedPair & Readonly<{ parent?: number; at: number; actor: string; splitAt?: number }>;

export function createMergeStore(handle: Handle) {
  const db = tablesOf(handle);
  const { kind } = handle;

  async function claimsWhere(where: ReturnType<typeof sql>): Promise<readonly Claim[]> {
    const { rows } = await sql<Record<string, number> & { scheme: string }>`select * from coordinate where ${where}`.execute(db);
    return rows.map((row) => Object.keys(CLAIM_COLUMNS).map((name) => row[name] ?? null) as unknown as Claim);
  }

  async function putClaims(claims: readonly Claim[]): Promise<void> {
    if (claims.length === 0) return;
    const names = sql.join(Object.keys(CLAIM_COLUMNS).map((name) => sql.ref(name)));
    await sql`
      insert into coordinate (${names}) select ${names} from ${jsonRows(kind, CLAIM_COLUMNS, claims)} where true
      on conflict do nothing`.execute(db);
  }

  async function putLinks(mediaId: number, links: Moved['links']): Promise<void> {
    if (links.length === 0) return;
    const given = jsonRows(kind, { copy_id: 'integer', place: 'integer', how: 'text' }, links);
    await sql`
      insert into copy_media (copy_id, media_id, place, how) select copy_id, ${sql.lit(mediaId)}, place, how from ${given} where true
      on conflict do nothing`.execute(db);
  }

  async function moveIds(ids: Moved['ids'], mediaId: number): Promise<void> {
    if (ids.length === 0) return;
    const given = jsonRows(kind, { kind: 'text', provider: 'text', value: 'text' }, ids);
    await sql`
      update external_id set media_id = ${mediaId} from ${given}
      where external_id.kind = given.kind and external_id.provider = given.provider and external_id.value = given.value`.execute(db);
  }

  async function setShow(episodes: readonly number[], showId: number): Promise<void> {
    if (episodes.length === 0) return;
    await sql`update media set show_id = ${showId} where id in ${idList(kind, episodes)}`.execute(db);
  }

  async function movedFrom(from: number): Promise<Moved> {
    const ids = await sql<{ kind: string; provider: string; value: string }>`
      select kind, provider, value from external_id where media_id = ${from}`.execute(db);
    const links = await sql<{ copy_id: number; place: number; how: string }>`
      select copy_id, place, how from copy_media where media_id = ${from}`.execute(db);
    const numbers = await claimsWhere(sql`show_id = ${from}`);
    const episodes = await sql<{ id: number }>`
      select id from media where show_id = ${from} and id in (select media_id from coordinate where show_id = ${from})`.execute(db);
    const shows = await sql<{ server_id: number; upstream_id: string }>`
      select server_id, upstream_id from server_show where media_id = ${from}`.execute(db);
    return {
      ids: ids.rows.map((row) => [row.kind, row.provider, row.value]),
      links: links.rows.map((row) => [row.copy_id, row.place, row.how]),
      claims: await claimsWhere(sql`media_id = ${from}`),
      numbers,
      episodes: episodes.rows.map((row) => row.id),
      shows: shows.rows.map((row) => [row.server_id, row.upstream_id]),
    };
  }

  async function mergeOne(from: number, into: number, actor: string, now: number, parent: number | null): Promise<number> {
    const moved = await movedFrom(from);
    const { id } = await db
      .insertInto('media_merge')
      .values({ parent_id: parent, from_id: from, into_id: into, moved: JSON.stringify(moved), at: now, actor, split_at: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    await moveIds(moved.ids, into);
    await sql`delete from copy_media where media_id = ${from}`.execute(db);
    await putLinks(into, moved.links);
    await sql`delete from coordinate where media_id = ${from} or show_id = ${from}`.execute(db);
    await putClaims(moved.claims.map((claim) => [...claim.slice(0, 4), into, ...claim.slice(5)] as unknown as Claim));
    await putClaims(moved.numbers.map((claim) => [into, ...claim.slice(1)] as unknown as Claim));
    await setShow(moved.episodes, into);
    await sql`update server_show set media_id = ${into} where media_id = ${from}`.execute(db);
    await sql`
      update media set title = named.title, year = named.year, updated_at = ${now} from (select title, year from media where id = ${from}) as named
      where id = ${into} and media.title = ''`.execute(db);
    await sql`update media set merged_into = ${into}, updated_at = ${now} where id = ${from}`.execute(db);
    return id;
  }

  /** Episodes that have the same number in the series now, in pairs, where nothing holds them apart. */
  async function twins(showId: number): Promise<readonly (readonly [from: number, into: number])[]> {
    const { rows } = await sql<{ season: number; number: number; media_id: number }>`
      select distinct season, number, media_id from coordinate where show_id = ${showId} order by season, number, media_id`.execute(db);
    const slots = Map.groupBy(rows, (row) => `${row.season} ${row.number}`);
    const shared = [...slots.values()].filter((slot) => slot.length === 2).map((slot) => slot.map((row) => row.media_id));
    if (shared.length === 0) return [];
    const store = createMediaStore(handle);
    const graph = createWorkingGraph(await store.apart());
    await store.loadInto(graph, shared.flat());
    const taken = new Set<number>();
    return shared.flatMap(([first, second]) => {
      const into = graph.byId(first ?? 0);
      const from = graph.byId(second ?? 0);
      if (!into || !from || taken.has(into.id) || taken.has(from.id)) return [];
      if (!isCompatible({ ids: into.ids, year: undefined }, { ids: from.ids, year: undefined }) || graph.heldApart(into, from)) return [];
      taken.add(from.id).add(into.id);
      return [[from.id, into.id] as const];
    });
  }

  return {
    /** Moves all that `from` has to `into`; of two series also the episodes, those with the same number becoming one. */
    async merge(from: number, into: number, actor: string, now: number): Promise<readonly MergedPair[]> {
      const rows = await db.selectFrom('media').select(['id', 'kind', 'merged_into']).where('id', 'in', [from, into]).execute();
      const [one, other] = [rows.find((row) => row.id === from), rows.find((row) => row.id === into)];
      if (!one || !other) throw new AppError('not-found', `There is no title ${one ? into : from}: it cannot be merged.`);
      if (from === into || one.kind !== other.kind || one.merged_into !== null || other.merged_into !== null) {
        throw new AppError('conflict', `Title ${from} cannot become title ${into}: both must be of one kind, and neither merged already.`);
      }
      const mergeId = await mergeOne(from, into, actor, now, null);
      const pairs: MergedPair[] = [{ mergeId, from: from as MediaId, into: into as MediaId }];
      if (one.kind !== 'show') return pairs;
      for (const [episode, twin] of await twins(into)) {
        pairs.push({ mergeId: await mergeOne(episode, twin, actor, now, mergeId), from: episode as MediaId, into: twin as MediaId });
      }
      return pairs;
    },

    /**
     * Gives back what the merge moved and is still there, the episodes' merges first. What came later stays. The two are
     * held apart from now on.
     */
    async split(mergeId: number, now: number): Promise<readonly MergedPair[]> {
      const merge = await db.selectFrom('media_merge').selectAll().where('id', '=', mergeId).executeTakeFirst();
      if (!merge) throw new AppError('not-found', `There is no merge ${mergeId}.`);
      if (merge.split_at !== null) throw new AppError('conflict', `Merge ${mergeId} was split already.`);
      const children = await db
        .selectFrom('media_merge')
        .select('id')
        .where('parent_id', '=', mergeId)
        .where('split_at', 'is', null)
        .execute();
      const pairs: MergedPair[] = [];
      for (const child of children.toReversed()) pairs.push(...(await this.split(child.id, now)));
      const { from_id: from, into_id: into } = merge;
      const later = await db.selectFrom('media').select('merged_into').where('id', '=', into).executeTakeFirst();
      if (later?.merged_into) throw new AppError('conflict', `Title ${into} was merged into ${later.merged_into} since: split that first.`);
      const moved = JSON.parse(merge.moved) as Moved;
      await moveIds(moved.ids, from);
      const linked = await sql<{ copy_id: number }>`select copy_id from copy_media where media_id = ${into}`.execute(db);
      const still = new Set(linked.rows.map((row) => row.copy_id));
      const links = moved.links.filter(([copy]) => still.has(copy));
      const copies = idList(
        kind,
        links.map(([copy]) => copy),
      );
      await sql`delete from copy_media where media_id = ${into} and copy_id in ${copies}`.execute(db);
      await putLinks(from, links);
      const givenBack = new Set(links.map(([copy]) => copy));
      await sql`delete from coordinate where media_id = ${into} and copy_id in ${copies}`.execute(db);
      await putClaims(moved.claims.filter((claim) => givenBack.has(claim[5])));
      const current = await claimsWhere(sql`show_id = ${into}`);
      const mine = moved.numbers.filter((claim) =>
        current.some((now) => now[4] === claim[4] && now[5] === claim[5] && now[1] === claim[1] && now[2] === claim[2]),
      );
      if (mine.length > 0) {
        const given = jsonRows(kind, CLAIM_COLUMNS, mine);
        await sql`
          delete from coordinate where show_id = ${into} and exists (
            select 1 from ${given} where given.season = coordinate.season and given.number = coordinate.number
            and given.media_id = coordinate.media_id and given.copy_id = coordinate.copy_id)`.execute(db);
        await putClaims(mine);
      }
      await setShow(moved.episodes, from);
      for (const [server, upstream] of moved.shows) {
        await sql`
          update server_show set media_id = ${from} where server_id = ${server} and upstream_id = ${upstream} and media_id = ${into}`.execute(
          db,
        );
      }
      await sql`update media set merged_into = null, updated_at = ${now} where id = ${from}`.execute(db);
      await sql`update media_merge set split_at = ${now} where id = ${mergeId}`.execute(db);
      await this.holdApart(from, into);
      return [...pairs, { mergeId, from: from as MediaId, into: into as MediaId }];
    },

    /** Never again one by themselves. */
    async holdApart(one: number, other: number): Promise<void> {
      await db
        .insertInto('media_apart')
        .values({ a_id: Math.min(one, other), b_id: Math.max(one, other) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async list(limit: number, offset: number): Promise<readonly MergeRecord[]> {
      const rows = await db
        .selectFrom('media_merge')
        .select(['id', 'parent_id', 'from_id', 'into_id', 'at', 'actor', 'split_at'])
        .orderBy('id', 'desc')
        .limit(limit)
        .offset(offset)
        .execute();
      return rows.map((row) => ({
        mergeId: row.id,
        ...(row.parent_id !== null && { parent: row.parent_id }),
        from: row.from_id as MediaId,
        into: row.into_id as MediaId,
        at: row.at,
        actor: row.actor,
        ...(row.split_at !== null && { splitAt: row.split_at }),
      }));
    },
  };
}

export type MergeStore = ReturnType<typeof createMergeStore>;
