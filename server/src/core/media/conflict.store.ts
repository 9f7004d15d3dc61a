import { idList, jsonRows, sql } from '#platform/db/index.ts';
import { type Handle, tablesOf } from './media.schema.store.ts';

/** `draw`: nobody can tell which it is. `ids`: an id speaks against a match. `same`: two entries that seem to be one title. */
export type ConflictKind = 'draw' | 'ids' | 'same';

export type ConflictToWrite = Readonly<{
  kind: ConflictKind;
  /** What it is about, always spelled alike: the same conflict is told once. */
  subject: string;
  copyId?: number;
  place?: number;
  candidates: readonly number[];
  reason: string;
  resolution?: string;
}>;

export type StoredConflict = Readonly<{
  id: number;
  kind: ConflictKind;
  subject: string;
  copyId: number | undefined;
  place: number;
  candidates: readonly number[];
  reason: string;
  createdAt: number;
  resolvedAt: number | undefined;
  resolution: string | undefined;
}>;

export const copySubject = (copyId: number, place: number): string => `copy ${copyId} ${place}`;
export const showSubject = (serverId: number, upstreamId: string): string => `show ${serverId} ${upstreamId}`;
export const pairSubject = (one: number, other: number): string => `pair ${Math.min(one, other)} ${Math.max(one, other)}`;

/** `onConflicts` hears of each that came up, was settled, or asks something else now. */
export function createConflictStore(handle: Handle, onConflicts: (ids: readonly number[]) => Promise<void> = async () => undefined) {
  const db = tablesOf(handle);
  const { kind } = handle;

  async function select(where: ReturnType<typeof sql>): Promise<readonly StoredConflict[]> {
    type Row = {
      id: number;
      kind: ConflictKind;
      subject: string;
      copy_id: number | null;
      place: number;
      candidates: string;
      reason: string;
      created_at: number;
      resolved_at: number | null;
      resolution: string | null;
    };
    const { rows } = await sql<Row>`select * from media_conflict where ${where}`.execute(db);
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      subject: row.subject,
      copyId: row.copy_id ?? undefined,
      place: row.place,
      candidates: JSON.parse(row.candidates) as number[],
      reason: row.reason,
      createdAt: row.created_at,
      resolvedAt: row.resolved_at ?? undefined,
      resolution: row.resolution ?? undefined,
    }));
  }

  const tell = async (rows: readonly Readonly<{ id: number }>[]): Promise<void> => {
    if (rows.length > 0) await onConflicts(rows.map(({ id }) => Number(id)));
  };

  return {
    /** Adds those that are not known yet, settled ones included: a person is not asked the same thing twice. */
    async add(conflicts: readonly ConflictToWrite[], now: number): Promise<void> {
      if (conflicts.length === 0) return;
      const columns = {
        kind: 'text',
        subject: 'text',
        copy_id: 'integer',
        place: 'integer',
        candidates: 'text',
        reason: 'text',
        resolved_at: 'integer',
        resolution: 'text',
      } as const;
      const told = new Map<string, ConflictToWrite>();
      for (const one of conflicts) told.set(`${one.kind} ${one.subject} ${one.reason}`, one);
      const rows = [...told.values()].map((one) => [
        one.kind,
        one.subject,
        one.copyId ?? null,
        one.place ?? 0,
        JSON.stringify([...one.candidates].sort((a, b) => a - b)),
        one.reason,
        one.resolution === undefined ? null : now,
        one.resolution ?? null,
      ]);
      const names = sql.join(Object.keys(columns).map((name) => sql.ref(name)));
      const { rows: added } = await sql<{ id: number }>`
        insert into media_conflict (${names}, created_at) select ${names}, ${now} from ${jsonRows(kind, columns, rows)}
        where not exists (
          select 1 from media_conflict m where m.subject = given.subject and m.kind = given.kind and m.reason = given.reason
          and (m.candidates = given.candidates or m.resolved_at is null))
        order by position returning id`.execute(db);
      await tell(added);
    },

    list: (filter: Readonly<{ state: 'open' | 'settled' | 'all'; limit: number; offset: number }>) =>
      select(
        sql`${filter.state === 'all' ? sql`1 = 1` : filter.state === 'open' ? sql`resolved_at is null` : sql`resolved_at is not null`}
        order by id limit ${filter.limit} offset ${filter.offset}`,
      ),

    async count(): Promise<number> {
      const { rows } = await sql<{ count: number }>`select count(*) as count from media_conflict where resolved_at is null`.execute(db);
      return Number(rows[0]?.count ?? 0);
    },

    one: async (id: number) => (await select(sql`id = ${id}`))[0],
    open: () => select(sql`resolved_at is null order by id`),
    /** What persons decided about these copies. */
    decisions: (copyIds: readonly number[]) => select(sql`copy_id in ${idList(kind, copyIds)} and resolution like 'media %' order by id`),

    async settle(id: number, resolution: string, now: number): Promise<void> {
      await sql`update media_conflict set resolved_at = ${now}, resolution = ${resolution} where id = ${id}`.execute(db);
      await onConflicts([id]);
    },

    async setCandidates(id: number, candidates: readonly number[]): Promise<void> {
      await sql`update media_conflict set candidates = ${JSON.stringify(candidates)} where id = ${id}`.execute(db);
      await onConflicts([id]);
    },

    /** The copies were matched anew, for their ids changed: what was asked, and decided, about them is over. */
    async supersede(copyIds: readonly number[], now: number): Promise<void> {
      if (copyIds.length === 0) return;
      const { rows } = await sql<{ id: number }>`
        update media_conflict set resolved_at = coalesce(resolved_at, ${now}), resolution = 'superseded'
        where copy_id in ${idList(kind, copyIds)} returning id`.execute(db);
      await tell(rows);
    },
  };
}

export type ConflictStore = ReturnType<typeof createConflictStore>;
