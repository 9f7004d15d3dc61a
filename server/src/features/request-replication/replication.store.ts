import type { DeskRequestStatus } from '#core/upstreams/index.ts';
import { type DeskId, deskId, type RequestId, requestId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { createGroupedWrites, type Database, type Handle, idList, insertRows, jsonRows, type Selectable, sql } from '#platform/db/index.ts';
import type { Link, Part, Removal, Standing, StandingState } from './facts.ts';
import type { ReplicationTables } from './replication.schema.store.ts';

export type { Database, Handle } from '#platform/db/index.ts';

/** A request of a subordinate that is ours, as it was when it was seen last. */
export type StoredLink = Link &
  Readonly<{
    deskId: DeskId;
    upstreamId: number;
    is4k: boolean;
    status: DeskRequestStatus;
    parts: readonly Part[];
    linkedAt: Instant;
    syncedAt: Instant;
    /** It is there and not listed; to be asked for by its id again at this time. */
    hiddenAt?: Instant;
    lookAt?: Instant;
  }>;

export type StoredStanding = Standing & Readonly<{ deskId: DeskId; requestId: RequestId; since: Instant }>;

type Row = Selectable<ReplicationTables['replica']>;
type LinkRow = Selectable<ReplicationTables['replica_link']>;

const standingOf = (row: Row): StoredStanding => ({
  deskId: deskId(row.desk_id),
  requestId: requestId(row.request_id),
  state: row.state as StandingState,
  reason: row.reason,
  basis: row.basis,
  since: row.since,
  satisfied: row.satisfied === '[]' ? [] : (JSON.parse(row.satisfied) as Part[]),
  ...(row.next_at !== null && { nextAt: row.next_at }),
  ...(row.failed_at !== null && {
    failure: {
      at: row.failed_at,
      code: row.code ?? '',
      message: row.message ?? '',
      permanent: row.permanent === 1,
      attempts: row.attempts,
    },
  }),
});

const linkOf = (row: LinkRow): StoredLink => ({
  deskId: deskId(row.desk_id),
  upstreamId: row.upstream_id,
  requestId: requestId(row.request_id),
  how: row.how as Link['how'],
  ...(row.told !== null && { told: row.told as NonNullable<Link['told']> }),
  is4k: row.is4k === 1,
  status: row.seen_status as DeskRequestStatus,
  parts: JSON.parse(row.seen_parts) as Part[],
  linkedAt: row.linked_at,
  syncedAt: row.synced_at,
  ...(row.hidden_at !== null && { hiddenAt: row.hidden_at }),
  ...(row.look_at !== null && { lookAt: row.look_at }),
});

const REPLICA_COLUMNS = {
  desk_id: 'integer',
  request_id: 'integer',
  state: 'text',
  reason: 'text',
  basis: 'text',
  next_at: 'integer',
  satisfied: 'text',
  failed_at: 'integer',
  code: 'text',
  message: 'text',
  permanent: 'integer',
  attempts: 'integer',
  since: 'integer',
} as const;

const LINK_COLUMNS = {
  desk_id: 'integer',
  upstream_id: 'integer',
  request_id: 'integer',
  how: 'text',
  told: 'text',
  is4k: 'integer',
  seen_status: 'text',
  seen_parts: 'text',
  linked_at: 'integer',
  synced_at: 'integer',
  look_at: 'integer',
  hidden_at: 'integer',
} as const;

const REPLICA_UPDATE = Object.keys(REPLICA_COLUMNS)
  .slice(2, -1)
  .map((name) => `${name} = excluded.${name}`)
  .join(', ');

const LINK_UPDATE = ['told', 'is4k', 'seen_status', 'seen_parts', 'synced_at', 'look_at', 'hidden_at']
  .map((name) => `${name} = excluded.${name}`)
  .join(', ');

export type ReplicationStore = ReturnType<typeof createReplicationStore>;

export function createReplicationStore(handle: Handle) {
  const db = handle.tables<ReplicationTables>();

  return {
    async standings(desk: DeskId): Promise<ReadonlyMap<RequestId, StoredStanding>> {
      const rows = await db.selectFrom('replica').selectAll().where('desk_id', '=', desk).execute();
      return new Map(rows.map((row) => [requestId(row.request_id), standingOf(row)]));
    },

    async standingsOf(requests: readonly RequestId[]): Promise<readonly StoredStanding[]> {
      const rows = await db
        .selectFrom('replica')
        .selectAll()
        .where('request_id', 'in', idList(handle.kind, requests))
        .orderBy('desk_id')
        .orderBy('request_id')
        .execute();
      return rows.map(standingOf);
    },

    /** Of the primary's requests, the oldest failure first. */
    async inState(primary: DeskId, states: readonly StandingState[]): Promise<readonly StoredStanding[]> {
      const rows = await db
        .selectFrom('replica')
        .selectAll()
        .where('state', 'in', [...states])
        .where('request_id', 'in', sql<number>`(select id from request where desk_id = ${primary})`)
        .orderBy('failed_at')
        .orderBy('request_id')
        .execute();
      return rows.map(standingOf);
    },

    /** How many of the primary's requests stand how, by subordinate. */
    async counts(primary: DeskId): Promise<readonly Readonly<{ deskId: DeskId; state: StandingState; count: number }>[]> {
      const rows = await db
        .selectFrom('replica')
        .select((eb) => ['desk_id', 'state', eb.fn.countAll<number>().as('count')])
        .where('request_id', 'in', sql<number>`(select id from request where desk_id = ${primary})`)
        .groupBy(['desk_id', 'state'])
        .execute();
      return rows.map((row) => ({ deskId: deskId(row.desk_id), state: row.state as StandingState, count: Number(row.count) }));
    },

    async links(desk: DeskId): Promise<readonly StoredLink[]> {
      const rows = await db.selectFrom('replica_link').selectAll().where('desk_id', '=', desk).orderBy('upstream_id').execute();
      return rows.map(linkOf);
    },

    async linksOf(requests: readonly RequestId[]): Promise<readonly StoredLink[]> {
      const rows = await db
        .selectFrom('replica_link')
        .selectAll()
        .where('request_id', 'in', idList(handle.kind, requests))
        .orderBy('desk_id')
        .orderBy('upstream_id')
        .execute();
      return rows.map(linkOf);
    },

    /** Of all the primary's requests, on every subordinate. */
    async allLinks(primary: DeskId): Promise<readonly StoredLink[]> {
      const rows = await db
        .selectFrom('replica_link')
        .selectAll()
        .where('request_id', 'in', sql<number>`(select id from request where desk_id = ${primary})`)
        .orderBy('request_id')
        .orderBy('desk_id')
        .orderBy('upstream_id')
        .execute();
      return rows.map(linkOf);
    },

    /** Undefined takes the standing away. `since` moves where the state does. */
    async writeStandings(desk: DeskId, standings: readonly (readonly [RequestId, Standing | undefined, Instant])[]): Promise<void> {
      if (standings.length === 0) return;
      const kept = standings.flatMap(([request, standing, since]) => (standing === undefined ? [] : [[request, standing, since] as const]));
      await insertRows(
        handle,
        'replica',
        REPLICA_COLUMNS,
        kept.map(([request, standing, since]) => [
          desk,
          request,
          standing.state,
          standing.reason,
          standing.basis,
          standing.nextAt ?? null,
          JSON.stringify(standing.satisfied),
          standing.failure?.at ?? null,
          standing.failure?.code ?? null,
          standing.failure?.message ?? null,
          standing.failure?.permanent ? 1 : 0,
          standing.failure?.attempts ?? 0,
          since,
        ]),
        {
          update: `(desk_id, request_id) do update set ${REPLICA_UPDATE}, since = case when replica.state = excluded.state then replica.since else excluded.since end`,
        },
      );
      const dropped = standings.filter(([, standing]) => standing === undefined).map(([request]) => request);
      if (dropped.length > 0)
        await db.deleteFrom('replica').where('desk_id', '=', desk).where('request_id', 'in', idList(handle.kind, dropped)).execute();
    },

    /** What is tried again now. Without request or desk: everything. Answers how many requests had failed. */
    async clearFailures(wish: Readonly<{ deskId?: DeskId; requests?: readonly RequestId[] }>): Promise<number> {
      let query = db
        .updateTable('replica')
        .set({
          state: 'due',
          reason: 'it is tried again',
          next_at: null,
          failed_at: null,
          code: null,
          message: null,
          permanent: 0,
          attempts: 0,
          satisfied: '[]',
        })
        .where('state', 'in', ['failed', 'unconfirmed']);
      if (wish.deskId !== undefined) query = query.where('desk_id', '=', wish.deskId);
      if (wish.requests !== undefined) query = query.where('request_id', 'in', idList(handle.kind, wish.requests));
      const { numUpdatedRows } = await query.executeTakeFirstOrThrow();
      let waiting = db.updateTable('replica').set({ next_at: null }).where('state', '=', 'waiting');
      if (wish.deskId !== undefined) waiting = waiting.where('desk_id', '=', wish.deskId);
      if (wish.requests !== undefined) waiting = waiting.where('request_id', 'in', idList(handle.kind, wish.requests));
      await waiting.execute();
      return Number(numUpdatedRows);
    },

    async writeLinks(links: readonly StoredLink[]): Promise<void> {
      await insertRows(
        handle,
        'replica_link',
        LINK_COLUMNS,
        links.map((link) => [
          link.deskId,
          link.upstreamId,
          link.requestId,
          link.how,
          link.told ?? null,
          link.is4k ? 1 : 0,
          link.status,
          JSON.stringify(link.parts),
          link.linkedAt,
          link.syncedAt,
          link.lookAt ?? null,
          link.hiddenAt ?? null,
        ]),
        { update: `(desk_id, upstream_id, request_id) do update set ${LINK_UPDATE}` },
      );
    },

    /** All links of a request there, or the one of a request of the primary. */
    async unlink(desk: DeskId, upstreamId: number, request?: RequestId): Promise<void> {
      let query = db.deleteFrom('replica_link').where('desk_id', '=', desk).where('upstream_id', '=', upstreamId);
      if (request !== undefined) query = query.where('request_id', '=', request);
      await query.execute();
    },

    /** The next time at which something of the primary's requests is to be looked at there by itself. */
    async nextDue(desk: DeskId, primary: DeskId): Promise<Instant | undefined> {
      const own = sql`select id from request where desk_id = ${primary}`;
      const { rows } = await sql<{ at: number | null }>`select min(at) as at from (
        select min(next_at) as at from replica where desk_id = ${desk} and next_at is not null and request_id in (${own})
        union all select min(look_at) as at from replica_link
        where desk_id = ${desk} and look_at is not null and request_id in (${own})) as times`.execute(db);
      return rows[0]?.at ?? undefined;
    },

    /** Raised by everybody but the cycle itself who changes what it decides from, so that it knows without reading it all. */
    async revision(): Promise<number> {
      const row = await db.selectFrom('replication_revision').select('revision').where('id', '=', 1).executeTakeFirst();
      return row?.revision ?? 0;
    },
    async raise(): Promise<void> {
      await db
        .insertInto('replication_revision')
        .values({ id: 1, revision: 1 })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ revision: sql<number>`replication_revision.revision + 1` }))
        .execute();
    },

    async removals(): Promise<ReadonlyMap<RequestId, Readonly<{ decision: Exclude<Removal, 'held'>; planId: string }>>> {
      const rows = await db.selectFrom('replica_removal').selectAll().execute();
      return new Map(rows.map((row) => [requestId(row.request_id), { decision: row.decision as 'allowed' | 'kept', planId: row.plan_id }]));
    },

    async decideRemovals(requests: readonly RequestId[], decision: Exclude<Removal, 'held'>, plan: string, at: Instant): Promise<void> {
      const given = jsonRows(
        handle.kind,
        { request_id: 'integer' },
        requests.map((id) => [id]),
      );
      // A request that was forgotten meanwhile has nothing left that could be deleted.
      await sql`insert into replica_removal (request_id, decision, plan_id, decided_at)
        select given.request_id, ${decision}, ${plan}, ${at} from ${given} where given.request_id in (select id from request)
        on conflict (request_id) do update set decision = excluded.decision, plan_id = excluded.plan_id, decided_at = excluded.decided_at`.execute(
        db,
      );
    },

    async forgetRemovals(requests: readonly RequestId[]): Promise<void> {
      if (requests.length > 0) await db.deleteFrom('replica_removal').where('request_id', 'in', idList(handle.kind, requests)).execute();
    },

    /** How many requests are ours somewhere. */
    async countLinked(): Promise<number> {
      const { count } = await db
        .selectFrom('replica_link')
        .select((eb) => eb.fn.count<number>('request_id').distinct().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    /** How many of the primary's requests some subordinate has. */
    async countTracked(primary: DeskId): Promise<number> {
      const { count } = await db
        .selectFrom('replica')
        .select((eb) => eb.fn.count<number>('request_id').distinct().as('count'))
        .where('state', 'in', ['there', 'satisfied'])
        .where('request_id', 'in', sql<number>`(select id from request where desk_id = ${primary})`)
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    /** The last one in which there was something to look at. */
    async lastCycle(): Promise<Readonly<{ startedAt: Instant; outcome: unknown }> | undefined> {
      const row = await db.selectFrom('replication_cycle').selectAll().where('id', '=', 1).executeTakeFirst();
      return row && { startedAt: row.started_at, outcome: JSON.parse(row.outcome) as unknown };
    },

    async noteCycle(startedAt: Instant, outcome: unknown): Promise<void> {
      const values = { started_at: startedAt, outcome: JSON.stringify(outcome) };
      await db
        .insertInto('replication_cycle')
        .values({ id: 1, ...values })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
        .execute();
    },
  };
}

export type ReplicationStores = Readonly<{
  /** Outside of any transaction, for reading and single statements. */
  read: ReplicationStore;
  /** As `transaction`, for the few lines that one title leaves: together with those of others. */
  keep(work: (store: ReplicationStore) => Promise<void>): Promise<void>;
  transaction<T>(work: (store: ReplicationStore) => Promise<T>): Promise<T>;
}>;

export function createReplicationStores(database: Database): ReplicationStores {
  const write = createGroupedWrites(database);
  return {
    read: createReplicationStore(database),
    keep: (work) => write((handle) => work(createReplicationStore(handle))),
    transaction: (work) => database.transaction((handle) => work(createReplicationStore(handle))),
  };
}
