import { type DeskId, deskId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, type Insertable, type Selectable, sql, type Updateable } from '#platform/db/index.ts';
import type { Desk, DeskPlace, DeskRole } from './desk.ts';
import type { RequestTables } from './requests.schema.store.ts';

export type { Database, Handle } from '#platform/db/index.ts';

type Row = Selectable<RequestTables['request_desk']>;

/** The desk as it lies in the database: with its secrets, encrypted. */
export type SealedDesk = Readonly<{ desk: Desk; apiKey: string | null; webhookToken: string }>;

const healthOf = (row: Row): Desk['health'] => {
  const well = row.listed_at !== null || row.proven_at !== null;
  return {
    state: row.faults_in_a_row > 0 ? 'degraded' : well ? 'ok' : 'unknown',
    lastError: row.error_at === null ? undefined : { at: row.error_at, code: row.error_code ?? '', message: row.error_message ?? '' },
    faultsInARow: row.faults_in_a_row,
  };
};

const sealedOf = (row: Row): SealedDesk => ({
  apiKey: row.api_key,
  webhookToken: row.webhook_token,
  desk: {
    id: deskId(row.id),
    name: row.name,
    place: row.place as DeskPlace,
    vendor: row.vendor,
    url: row.url,
    hasKey: row.api_key !== null,
    role: row.role as DeskRole,
    label: row.label ?? undefined,
    version: row.version ?? undefined,
    provenAt: row.proven_at ?? undefined,
    listedAt: row.listed_at ?? undefined,
    health: healthOf(row),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  },
});

export type DeskChanges = Updateable<RequestTables['request_desk']>;

export function createDesksStore(handle: Handle) {
  const db = handle.tables<RequestTables>();
  return {
    async list(): Promise<readonly SealedDesk[]> {
      return (await db.selectFrom('request_desk').selectAll().orderBy('id').execute()).map(sealedOf);
    },

    async find(id: DeskId): Promise<SealedDesk | undefined> {
      const row = await db.selectFrom('request_desk').selectAll().where('id', '=', id).executeTakeFirst();
      return row && sealedOf(row);
    },

    async byWebhookHash(hash: string): Promise<SealedDesk | undefined> {
      const row = await db.selectFrom('request_desk').selectAll().where('webhook_token_hash', '=', hash).executeTakeFirst();
      return row && sealedOf(row);
    },

    async insert(values: Omit<Insertable<RequestTables['request_desk']>, 'id'>): Promise<DeskId> {
      const row = await db.insertInto('request_desk').values(values).returning('id').executeTakeFirstOrThrow();
      return deskId(row.id);
    },

    async change(id: DeskId, changes: DeskChanges): Promise<void> {
      await db.updateTable('request_desk').set(changes).where('id', '=', id).execute();
    },

    async noteFault(id: DeskId, fault: Readonly<{ at: Instant; code: string; message: string }>): Promise<void> {
      await db
        .updateTable('request_desk')
        .set({
          error_at: fault.at,
          error_code: fault.code,
          error_message: fault.message,
          faults_in_a_row: sql<number>`faults_in_a_row + 1`,
        })
        .where('id', '=', id)
        .execute();
    },

    async remove(id: DeskId): Promise<void> {
      await db.deleteFrom('request_desk').where('id', '=', id).execute();
    },
  };
}
