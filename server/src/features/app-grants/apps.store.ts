import { type AppId, appId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Handle, Selectable } from '#platform/db/index.ts';
import type { AppGrantTables, ClientAppRow } from './app-grants.schema.store.ts';
import type { ClientApp, Dialect, Generation } from './client-app.ts';

export type { Database, Handle } from '#platform/db/index.ts';

/** With what only this room sees. */
export type StoredApp = ClientApp & Readonly<{ secretHash: string | undefined }>;

export type NewApp = Readonly<{
  clientId: string;
  name: string;
  dialect: Dialect;
  generation?: Generation | undefined;
  redirects: readonly string[];
  secretHash?: string | undefined;
  origin: ClientApp['origin'];
  createdBy: string;
  at: Instant;
}>;

export type AppPatch = Readonly<
  Partial<Pick<NewApp, 'name' | 'dialect' | 'redirects'>> & {
    /** Null takes it away. */
    secretHash?: string | null;
    blockedAt?: Instant | null;
  }
>;

export const storedApp = (row: Selectable<ClientAppRow>): StoredApp => ({
  id: appId(row.id),
  clientId: row.client_id,
  name: row.name,
  dialect: row.dialect as Dialect,
  generation: row.generation === null ? undefined : (row.generation as Generation),
  redirects: JSON.parse(row.redirects) as string[],
  hasSecret: row.secret_hash !== null,
  origin: row.origin as ClientApp['origin'],
  createdBy: row.created_by,
  createdAt: row.created_at,
  blockedAt: row.blocked_at ?? undefined,
  secretHash: row.secret_hash ?? undefined,
});

export const withoutSecret = ({ secretHash: _hash, ...app }: StoredApp): ClientApp => app;

export function createAppStore(handle: Handle) {
  const db = handle.tables<AppGrantTables>();
  return {
    async list(): Promise<StoredApp[]> {
      return (await db.selectFrom('client_app').selectAll().orderBy('id').execute()).map(storedApp);
    },
    async get(id: AppId): Promise<StoredApp | undefined> {
      const row = await db.selectFrom('client_app').selectAll().where('id', '=', id).executeTakeFirst();
      return row && storedApp(row);
    },
    async byClientId(clientId: string): Promise<StoredApp | undefined> {
      const row = await db.selectFrom('client_app').selectAll().where('client_id', '=', clientId).executeTakeFirst();
      return row && storedApp(row);
    },
    /** Undefined where an app of that client_id is known already. */
    async add(app: NewApp): Promise<StoredApp | undefined> {
      const row = await db
        .insertInto('client_app')
        .values({
          client_id: app.clientId,
          name: app.name,
          dialect: app.dialect,
          generation: app.generation ?? null,
          redirects: JSON.stringify(app.redirects),
          secret_hash: app.secretHash ?? null,
          origin: app.origin,
          created_by: app.createdBy,
          created_at: app.at,
          blocked_at: null,
        })
        .onConflict((conflict) => conflict.column('client_id').doNothing())
        .returningAll()
        .executeTakeFirst();
      return row && storedApp(row);
    },
    async change(id: AppId, { name, dialect, redirects, secretHash, blockedAt }: AppPatch): Promise<void> {
      const change = {
        ...(name !== undefined && { name }),
        ...(dialect !== undefined && { dialect }),
        ...(redirects !== undefined && { redirects: JSON.stringify(redirects) }),
        ...(secretHash !== undefined && { secret_hash: secretHash }),
        ...(blockedAt !== undefined && { blocked_at: blockedAt }),
      };
      if (Object.keys(change).length === 0) return;
      await db.updateTable('client_app').set(change).where('id', '=', id).execute();
    },
    /** The first approval says which generation it is, and where its people may be sent. What is known already stays. */
    async pin(id: AppId, { generation, redirect }: Readonly<{ generation: Generation; redirect: string | undefined }>): Promise<void> {
      await db.updateTable('client_app').set({ generation }).where('id', '=', id).where('generation', 'is', null).execute();
      if (redirect === undefined) return;
      const redirects = JSON.stringify([redirect]);
      await db.updateTable('client_app').set({ redirects }).where('id', '=', id).where('redirects', '=', '[]').execute();
    },
    /** The secret that is first told is the app's; answers the one that holds. */
    async pinSecret(id: AppId, secretHash: string): Promise<string | undefined> {
      await db.updateTable('client_app').set({ secret_hash: secretHash }).where('id', '=', id).where('secret_hash', 'is', null).execute();
      return (await this.get(id))?.secretHash;
    },
    async remove(id: AppId): Promise<void> {
      await db.deleteFrom('client_app').where('id', '=', id).execute();
    },
  };
}
