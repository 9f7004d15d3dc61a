import { type AccountId, accountId, type PersonId, personId, type ServerId, serverId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Handle, Insertable, Selectable, Updateable } from '#platform/db/index.ts';
import type { Account, AccountHealth, ServerRecord } from './account.ts';
import type { AccountOptions } from './account-options.ts';
import type { ConnectionTables } from './connections.schema.store.ts';

export type { Database, Handle } from '#platform/db/index.ts';

/** The account as it lies in the database: with its secrets, encrypted. */
export type SealedAccount = Readonly<{
  account: Account;
  token: string;
  secretOptions: string | null;
  webhookToken: string;
}>;

export type AccountValues = Omit<Insertable<ConnectionTables['account']>, 'id'>;
export type AccountChanges = Updateable<ConnectionTables['account']>;

type ServerColumns = Readonly<{
  server_type: string;
  server_uuid: string;
  server_url: string;
  server_name: string;
  server_version: string;
}>;
type Row = Selectable<ConnectionTables['account']> & ServerColumns;

const healthOf = (row: Row): AccountHealth => ({
  state: row.health_state as AccountHealth['state'],
  lastError: row.error_at === null ? undefined : { at: row.error_at, code: row.error_code ?? '', message: row.error_message ?? '' },
  errorFrom: row.error_from === 'push' ? 'push' : 'read',
  lastEventAt: row.last_event_at ?? undefined,
  lastEvent: row.last_event ?? undefined,
});

const accountOf = (row: Row): Account => ({
  id: accountId(row.id),
  personId: personId(row.person_id),
  name: row.name,
  server: {
    id: serverId(row.server_id),
    type: row.server_type,
    uuid: row.server_uuid,
    url: row.server_url,
    name: row.server_name,
    version: row.server_version,
  },
  userId: row.upstream_user_id,
  userName: row.upstream_user_name ?? undefined,
  options: shownOptions(row),
  importEnabled: row.import_enabled === 1,
  exportEnabled: row.export_enabled === 1,
  metadataOnly: row.metadata_only === 1,
  neverUnwatch: row.never_unwatch === 1,
  consent: row.consent as Account['consent'],
  importLastSync: row.import_last_sync ?? undefined,
  exportLastSync: row.export_last_sync ?? undefined,
  health: healthOf(row),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** Two switches are known as options too: they are kept once, and shown under both names. */
const shownOptions = (row: Row): AccountOptions => ({
  ...(JSON.parse(row.options) as AccountOptions),
  ...(row.never_unwatch === 1 && { DISABLE_MARK_UNPLAYED: true }),
  ...(row.metadata_only === 1 && { IMPORT_METADATA_ONLY: true }),
});

const sealedOf = (row: Row): SealedAccount => ({
  account: accountOf(row),
  token: row.token,
  secretOptions: row.secret_options,
  webhookToken: row.webhook_token,
});

const serverOf = (row: Selectable<ConnectionTables['server']>): ServerRecord => ({
  id: serverId(row.id),
  type: row.type,
  uuid: row.uuid,
  url: row.url,
  name: row.name,
  version: row.version,
});

export type ConnectionsStore = ReturnType<typeof createConnectionsStore>;

export function createConnectionsStore(handle: Handle) {
  const db = handle.tables<ConnectionTables>();

  const accounts = () =>
    db
      .selectFrom('account')
      .innerJoin('server', 'server.id', 'account.server_id')
      .selectAll('account')
      .select([
        'server.type as server_type',
        'server.uuid as server_uuid',
        'server.url as server_url',
        'server.name as server_name',
        'server.version as server_version',
      ])
      .orderBy('account.id');

  return {
    async list(person: PersonId | undefined): Promise<readonly Account[]> {
      const query = person === undefined ? accounts() : accounts().where('account.person_id', '=', person);
      return (await query.execute()).map(accountOf);
    },

    async onServer(id: ServerId): Promise<readonly Account[]> {
      return (await accounts().where('account.server_id', '=', id).execute()).map(accountOf);
    },

    async byServerUuid(type: string, uuid: string): Promise<readonly Account[]> {
      return (await accounts().where('server.type', '=', type).where('server.uuid', '=', uuid).execute()).map(accountOf);
    },

    async sealed(id: AccountId): Promise<SealedAccount | undefined> {
      const row = await accounts().where('account.id', '=', id).executeTakeFirst();
      return row && sealedOf(row);
    },

    async byName(person: PersonId, name: string): Promise<Account | undefined> {
      const row = await accounts().where('account.person_id', '=', person).where('account.name', '=', name).executeTakeFirst();
      return row && accountOf(row);
    },

    async byWebhookHash(hash: string): Promise<Account | undefined> {
      const row = await accounts().where('account.webhook_token_hash', '=', hash).executeTakeFirst();
      return row && accountOf(row);
    },

    /** Undefined where the person has one of that name. */
    async insert(values: AccountValues): Promise<AccountId | undefined> {
      const row = await db
        .insertInto('account')
        .values(values)
        .onConflict((conflict) => conflict.columns(['person_id', 'name']).doNothing())
        .returning('id')
        .executeTakeFirst();
      return row && accountId(row.id);
    },

    async change(id: AccountId, changes: AccountChanges): Promise<void> {
      await db.updateTable('account').set(changes).where('id', '=', id).execute();
    },

    /** The row as it is, for one that takes its place. */
    async take(id: AccountId): Promise<AccountValues | undefined> {
      const row = await db.deleteFrom('account').where('id', '=', id).returningAll().executeTakeFirst();
      if (!row) return undefined;
      const { id: _id, ...values } = row;
      return values;
    },

    /** What a push finds while a read has found the account sick already does not make it the push's word. */
    async noteError(id: AccountId, { at, code, message }: NonNullable<AccountHealth['lastError']>, from: AccountHealth['errorFrom']) {
      await db
        .updateTable('account')
        .set((eb) => ({
          health_state: 'degraded',
          error_at: at,
          error_code: code,
          error_message: message,
          error_from: from === 'read' ? null : eb.case().when('health_state', '=', 'degraded').then(eb.ref('error_from')).else(from).end(),
        }))
        .where('id', '=', id)
        .execute();
    },

    async noteOk(id: AccountId): Promise<void> {
      await db.updateTable('account').set({ health_state: 'ok' }).where('id', '=', id).where('health_state', '<>', 'ok').execute();
    },

    async servers(): Promise<readonly ServerRecord[]> {
      return (await db.selectFrom('server').selectAll().orderBy('id').execute()).map(serverOf);
    },

    async server(id: ServerId): Promise<ServerRecord | undefined> {
      const row = await db.selectFrom('server').selectAll().where('id', '=', id).executeTakeFirst();
      return row && serverOf(row);
    },

    /** Finds the server by type, id and address, or makes it; what it calls itself is brought up to date. */
    async ensureServer(server: Omit<ServerRecord, 'id'>, now: Instant): Promise<ServerId> {
      const { id } = await db
        .insertInto('server')
        .values({ ...server, created_at: now, updated_at: now })
        .onConflict((conflict) =>
          conflict.columns(['type', 'uuid', 'url']).doUpdateSet({ name: server.name, version: server.version, updated_at: now }),
        )
        .returning('id')
        .executeTakeFirstOrThrow();
      return serverId(id);
    },

    async nameServer(id: ServerId, named: Readonly<{ name: string; version: string }>, now: Instant): Promise<void> {
      await db.updateTable('server').set({ name: named.name, version: named.version, updated_at: now }).where('id', '=', id).execute();
    },

    /** Moves a server to another address, where this account is its only one and no server is known there. */
    async moveServer(id: ServerId, only: AccountId, url: string, now: Instant): Promise<boolean> {
      const row = await db
        .updateTable('server')
        .set({ url, updated_at: now })
        .where('id', '=', id)
        .where(({ not, exists, selectFrom }) =>
          not(exists(selectFrom('account').select('account.id').where('server_id', '=', id).where('account.id', '<>', only))),
        )
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('server as other')
                .select('other.id')
                .where('other.url', '=', url)
                .whereRef('other.id', '<>', 'server.id')
                .whereRef('other.type', '=', 'server.type')
                .whereRef('other.uuid', '=', 'server.uuid'),
            ),
          ),
        )
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
