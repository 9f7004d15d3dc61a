import { type AppId, appId, type GrantId, grantId, type PersonId, personId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Handle, Selectable } from '#platform/db/index.ts';
import type { AppGrantRow, AppGrantTables } from './app-grants.schema.store.ts';
import { createAppStore, type StoredApp } from './apps.store.ts';
import type { AppScope, Flow, Generation, Grant } from './client-app.ts';

export type NewGrant = Readonly<{
  appId: AppId;
  personId: PersonId;
  generation: Generation;
  scopes: readonly AppScope[];
  flow: Flow;
  tokenHash: string;
  tokenUntil: Instant;
  refreshHash?: string;
  refreshUntil?: Instant;
  approvedBy: string;
  at: Instant;
}>;

/** A grant that still counts, with the app that holds it. */
export type HeldGrant = Readonly<{
  id: GrantId;
  app: StoredApp;
  personId: PersonId;
  generation: Generation;
  scopes: readonly AppScope[];
  tokenUntil: Instant;
  refreshUntil: Instant | undefined;
  lastUsedAt: Instant | undefined;
}>;

export type GrantFilter = Readonly<{ person?: PersonId | undefined; app?: AppId | undefined }>;

const scopesOf = (text: string): AppScope[] => text.split(' ') as AppScope[];

type NamedRow = Selectable<AppGrantRow> & Readonly<{ client_id: string; app_name: string }>;

const grantOf = (row: NamedRow): Grant => ({
  id: grantId(row.id),
  app: { id: appId(row.app_id), clientId: row.client_id, name: row.app_name },
  personId: personId(row.person_id),
  generation: row.generation as Generation,
  scopes: scopesOf(row.scopes),
  flow: row.flow as Flow,
  approvedBy: row.approved_by,
  createdAt: row.created_at,
  endsAt: row.refresh_until ?? row.token_until,
  lastUsedAt: row.last_used_at ?? undefined,
  revokedAt: row.revoked_at ?? undefined,
});

export function createGrantStore(handle: Handle) {
  const db = handle.tables<AppGrantTables>();
  const named = () =>
    db
      .selectFrom('app_grant')
      .innerJoin('client_app', 'client_app.id', 'app_grant.app_id')
      .selectAll('app_grant')
      .select(['client_app.client_id', 'client_app.name as app_name']);

  async function held(column: 'token_hash' | 'refresh_hash', hash: string): Promise<HeldGrant | undefined> {
    const row = await db.selectFrom('app_grant').selectAll().where(column, '=', hash).where('revoked_at', 'is', null).executeTakeFirst();
    if (!row) return undefined;
    const app = await createAppStore(handle).get(appId(row.app_id));
    if (!app) return undefined;
    return {
      id: grantId(row.id),
      app,
      personId: personId(row.person_id),
      generation: row.generation as Generation,
      scopes: scopesOf(row.scopes),
      tokenUntil: row.token_until,
      refreshUntil: row.refresh_until ?? undefined,
      lastUsedAt: row.last_used_at ?? undefined,
    };
  }

  return {
    async add(grant: NewGrant): Promise<GrantId> {
      const row = await db
        .insertInto('app_grant')
        .values({
          app_id: grant.appId,
          person_id: grant.personId,
          generation: grant.generation,
          scopes: grant.scopes.join(' '),
          flow: grant.flow,
          token_hash: grant.tokenHash,
          token_until: grant.tokenUntil,
          refresh_hash: grant.refreshHash ?? null,
          refresh_until: grant.refreshUntil ?? null,
          approved_by: grant.approvedBy,
          created_at: grant.at,
          last_used_at: null,
          revoked_at: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return grantId(row.id);
    },
    byToken: (hash: string) => held('token_hash', hash),
    byRefreshToken: (hash: string) => held('refresh_hash', hash),
    async list({ person, app }: GrantFilter): Promise<Grant[]> {
      let query = named().orderBy('app_grant.id', 'desc');
      if (person !== undefined) query = query.where('app_grant.person_id', '=', person);
      if (app !== undefined) query = query.where('app_grant.app_id', '=', app);
      return (await query.execute()).map(grantOf);
    },
    async get(id: GrantId): Promise<Grant | undefined> {
      const row = await named().where('app_grant.id', '=', id).executeTakeFirst();
      return row && grantOf(row);
    },
    /** The token before ends with it. False where the grant was revoked in the meantime. */
    async renew(id: GrantId, next: Readonly<{ tokenHash: string; tokenUntil: Instant; refreshUntil: Instant }>): Promise<boolean> {
      const row = await db
        .updateTable('app_grant')
        .set({ token_hash: next.tokenHash, token_until: next.tokenUntil, refresh_until: next.refreshUntil })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async used(id: GrantId, at: Instant): Promise<void> {
      await db.updateTable('app_grant').set({ last_used_at: at }).where('id', '=', id).execute();
    },
    async revoke(id: GrantId, at: Instant): Promise<void> {
      await db.updateTable('app_grant').set({ revoked_at: at }).where('id', '=', id).where('revoked_at', 'is', null).execute();
    },
  };
}
