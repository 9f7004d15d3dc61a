import { type PersonId, personId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Database, Handle, Selectable } from '#platform/db/index.ts';
import type { ConnectingTables, WaitingRow } from './connecting.schema.store.ts';

export type { Database };

/** A connection whose server has not answered yet. */
export type WaitingConnection = Readonly<{
  id: number;
  personId: PersonId;
  kind: string;
  name: string;
  url: string;
  tries: number;
  triedAt: Instant;
  /** Why it still waits. */
  fault: Readonly<{ code: string; message: string }>;
  createdAt: Instant;
}>;

export type Fault = WaitingConnection['fault'];

const waitingOf = (row: Selectable<WaitingRow>): WaitingConnection => ({
  id: row.id,
  personId: personId(row.person_id),
  kind: row.kind,
  name: row.name,
  url: row.url,
  tries: row.tries,
  triedAt: row.tried_at,
  fault: { code: row.error_code, message: row.error_message },
  createdAt: row.created_at,
});

export function createWaitingStore(handle: Handle) {
  const db = handle.tables<ConnectingTables>();
  return {
    async list(person?: PersonId): Promise<readonly WaitingConnection[]> {
      const query = db.selectFrom('waiting_connection').selectAll().orderBy('id');
      const rows = await (person === undefined ? query : query.where('person_id', '=', person)).execute();
      return rows.map(waitingOf);
    },

    /** With its draft, still encrypted. */
    async find(id: number): Promise<Readonly<{ waiting: WaitingConnection; draft: string }> | undefined> {
      const row = await db.selectFrom('waiting_connection').selectAll().where('id', '=', id).executeTakeFirst();
      return row && { waiting: waitingOf(row), draft: row.draft };
    },

    /** Undefined where the person has one of that name already. */
    async insert(
      one: Pick<WaitingConnection, 'personId' | 'kind' | 'name' | 'url' | 'fault'> & Readonly<{ draft: string }>,
      now: Instant,
    ): Promise<number | undefined> {
      const row = await db
        .insertInto('waiting_connection')
        .values({
          person_id: one.personId,
          kind: one.kind,
          name: one.name,
          url: one.url,
          draft: one.draft,
          tries: 1,
          tried_at: now,
          error_code: one.fault.code,
          error_message: one.fault.message,
          created_at: now,
        })
        .onConflict((conflict) => conflict.columns(['person_id', 'name']).doNothing())
        .returning('id')
        .executeTakeFirst();
      return row?.id;
    },

    async noteFault(id: number, fault: Fault, now: Instant): Promise<void> {
      await db
        .updateTable('waiting_connection')
        .set((eb) => ({ tries: eb('tries', '+', 1), tried_at: now, error_code: fault.code, error_message: fault.message }))
        .where('id', '=', id)
        .execute();
    },

    async remove(id: number): Promise<boolean> {
      const row = await db.deleteFrom('waiting_connection').where('id', '=', id).returning('id').executeTakeFirst();
      return row !== undefined;
    },
  };
}
