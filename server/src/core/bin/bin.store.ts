import type { ActorRef } from '#core/activity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { type PersonId, personId } from '#kernel/ids.ts';
import { type Clock, days, type Instant } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import { type Database, type Handle, type Selectable, sql } from '#platform/db/index.ts';
import type { BinTables } from './bin.schema.store.ts';

/** How long what was deleted can be brought back, in milliseconds. */
export const BIN_KEEPS = days(30);

export type BinEntry = Readonly<{
  id: number;
  /** Names the restorer: `viewing.play`, `connections.account`. */
  kind: string;
  personId: PersonId | undefined;
  title: string;
  actor: ActorRef;
  deletedAt: Instant;
  restoreUntil: Instant;
  restoredAt: Instant | undefined;
}>;

/** With all that the room which owns the kind needs to bring it back. */
export type BinContent = BinEntry & Readonly<{ payload: JsonObject }>;

export type NewBinEntry = Readonly<{
  kind: string;
  personId?: PersonId;
  /** As a person would name it. */
  title: string;
  payload: JsonObject;
  actor: ActorRef;
}>;

export type BinFilter = Readonly<{ personId?: PersonId; kind?: string; ids?: readonly number[]; includeRestored?: boolean }>;

export type Bin = Readonly<{
  /** Keeps what is being deleted, in the transaction of the deletion; answers the entry's id. */
  put(handle: Handle, entry: NewBinEntry): Promise<number>;
  /** What can still be brought back, newest first, without payloads. */
  list(
    filter: BinFilter,
    page: Readonly<{ offset: number; limit: number }>,
  ): Promise<Readonly<{ entries: readonly BinEntry[]; total: number }>>;
  /** Throws `not-found`. */
  get(id: number): Promise<BinContent>;
  /**
   * Claims the entry for restoring, in the transaction that brings it back. Throws `not-found`, and `conflict` where it
   * was restored already or its time is over.
   */
  markRestored(handle: Handle, id: number): Promise<BinContent>;
  /** Deletes what cannot be brought back any more; answers how many entries went. */
  prune(): Promise<number>;
}>;

type Row = Omit<Selectable<BinTables['bin_entry']>, 'payload'>;

const COLUMNS = [
  'id',
  'kind',
  'person_id',
  'title',
  'actor_kind',
  'actor_id',
  'actor_name',
  'deleted_at',
  'restore_until',
  'restored_at',
] as const;

const entryOf = (row: Row): BinEntry => ({
  id: row.id,
  kind: row.kind,
  personId: row.person_id === null ? undefined : personId(row.person_id),
  title: row.title,
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  deletedAt: row.deleted_at,
  restoreUntil: row.restore_until,
  restoredAt: row.restored_at ?? undefined,
});

/** What documented deletions removed, kept for 30 days. */
export function createBin({ database, clock }: Readonly<{ database: Database; clock: Clock }>): Bin {
  const tables = (handle: Handle = database) => handle.tables<BinTables>();

  function listed(filter: BinFilter) {
    let query = tables().selectFrom('bin_entry').where('restore_until', '>', clock.now());
    if (filter.includeRestored !== true) query = query.where('restored_at', 'is', null);
    if (filter.personId !== undefined) query = query.where('person_id', '=', filter.personId);
    if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
    if (filter.ids !== undefined) query = query.where('id', 'in', [-1, ...filter.ids]);
    return query;
  }

  async function read(handle: Handle, id: number): Promise<BinContent> {
    const row = await tables(handle).selectFrom('bin_entry').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw new AppError('not-found', `The bin has no entry ${id}: it was never there, or its 30 days are over.`);
    return { ...entryOf(row), payload: JSON.parse(row.payload) as JsonObject };
  }

  return {
    async put(handle, entry) {
      const now = clock.now();
      const { id } = await tables(handle)
        .insertInto('bin_entry')
        .values({
          kind: entry.kind,
          person_id: entry.personId ?? null,
          title: entry.title,
          payload: JSON.stringify(entry.payload),
          actor_kind: entry.actor.kind,
          actor_id: String(entry.actor.id),
          actor_name: entry.actor.name,
          deleted_at: now,
          restore_until: now + BIN_KEEPS,
          restored_at: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },

    async list(filter, { offset, limit }) {
      const rows = await listed(filter)
        .select(COLUMNS)
        .orderBy('deleted_at', 'desc')
        .orderBy('id', 'desc')
        .offset(offset)
        .limit(limit)
        .execute();
      const { total } = await listed(filter).select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow();
      return { entries: rows.map(entryOf), total };
    },

    get: (id) => read(database, id),

    async markRestored(handle, id) {
      const entry = await read(handle, id);
      const now = clock.now();
      const claimed = await tables(handle)
        .updateTable('bin_entry')
        .set({ restored_at: now })
        .where('id', '=', id)
        .where('restored_at', 'is', null)
        .where('restore_until', '>', now)
        .returning('id')
        .executeTakeFirst();
      if (claimed) return { ...entry, restoredAt: now };
      throw new AppError(
        'conflict',
        entry.restoreUntil <= now
          ? `"${entry.title}" can no longer be brought back: its 30 days are over.`
          : `"${entry.title}" was brought back already.`,
      );
    },

    async prune() {
      const { numDeletedRows } = await tables().deleteFrom('bin_entry').where('restore_until', '<=', clock.now()).executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}
