import { type ApiKeyId, apiKeyId, type LoginId, loginId, type PersonId, personId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Handle, Selectable } from '#platform/db/index.ts';
import type { AccessTables, ApiKeyRow } from './access.schema.store.ts';
import type { Role, Scope } from './actor.ts';
import type { Audience } from './surface.ts';

export type { Database, Handle } from '#platform/db/index.ts';

/** Who made a key: somebody, USHERR_API_KEY, or the first start. */
export type KeyOrigin = 'person' | 'environment' | 'first-start';

/** All that is known of a key once it has been shown. */
export type ApiKey = Readonly<{
  id: ApiKeyId;
  name: string;
  role: Role;
  scopes: readonly Scope[];
  surface: Audience;
  /** Absent: bound to nobody. */
  personId: PersonId | undefined;
  origin: KeyOrigin;
  createdBy: string;
  madeBy: LoginId | undefined;
  createdAt: Instant;
  /** To the minute. */
  lastUsedAt: Instant | undefined;
  revokedAt: Instant | undefined;
}>;

export type NewApiKey = Readonly<{
  name: string;
  hash: string;
  role: Role;
  scopes: readonly Scope[];
  surface: Audience;
  personId: PersonId | undefined;
  origin: KeyOrigin;
  createdBy: string;
  madeBy?: LoginId | undefined;
  at: Instant;
}>;

const keyOf = (row: Selectable<ApiKeyRow>): ApiKey => ({
  id: apiKeyId(row.id),
  name: row.name,
  role: row.role as Role,
  scopes: JSON.parse(row.scopes) as Scope[],
  surface: row.surface as Audience,
  personId: row.person_id === null ? undefined : personId(row.person_id),
  origin: row.origin as KeyOrigin,
  createdBy: row.created_by,
  madeBy: row.made_by_login === null ? undefined : loginId(row.made_by_login),
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at ?? undefined,
  revokedAt: row.revoked_at ?? undefined,
});

export function createApiKeyStore(handle: Handle) {
  const db = handle.tables<AccessTables>();
  return {
    async list(): Promise<ApiKey[]> {
      return (await db.selectFrom('api_key').selectAll().orderBy('id').execute()).map(keyOf);
    },
    async get(id: ApiKeyId): Promise<ApiKey | undefined> {
      const row = await db.selectFrom('api_key').selectAll().where('id', '=', id).executeTakeFirst();
      return row && keyOf(row);
    },
    /** A key that still counts. */
    async byHash(hash: string): Promise<ApiKey | undefined> {
      const row = await db
        .selectFrom('api_key')
        .selectAll()
        .where('key_hash', '=', hash)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return row && keyOf(row);
    },
    async ofOrigin(origin: KeyOrigin): Promise<ApiKey | undefined> {
      const row = await db.selectFrom('api_key').selectAll().where('origin', '=', origin).orderBy('id', 'desc').executeTakeFirst();
      return row && keyOf(row);
    },
    async add(key: NewApiKey): Promise<ApiKey> {
      const row = await db
        .insertInto('api_key')
        .values({
          name: key.name,
          key_hash: key.hash,
          role: key.role,
          scopes: JSON.stringify(key.scopes),
          surface: key.surface,
          person_id: key.personId ?? null,
          origin: key.origin,
          created_by: key.createdBy,
          made_by_login: key.madeBy ?? null,
          created_at: key.at,
          last_used_at: null,
          revoked_at: null,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return keyOf(row);
    },
    /** The key with this value, revoked or not. */
    async anyByHash(hash: string): Promise<ApiKey | undefined> {
      const row = await db.selectFrom('api_key').selectAll().where('key_hash', '=', hash).executeTakeFirst();
      return row && keyOf(row);
    },
    /** Makes a key that is known already the house's own: all rights, bound to nobody, in force. */
    async promote(id: ApiKeyId, key: Pick<NewApiKey, 'role' | 'scopes' | 'surface' | 'origin'>): Promise<void> {
      const { role, scopes, surface, origin } = key;
      await db
        .updateTable('api_key')
        .set({ role, scopes: JSON.stringify(scopes), surface, origin, person_id: null, revoked_at: null })
        .where('id', '=', id)
        .execute();
    },
    /** Withdraws every key that the environment gave, but for the one that it still gives. */
    async revokeEnvironment(exceptHash: string | undefined, at: Instant): Promise<void> {
      await db
        .updateTable('api_key')
        .set({ revoked_at: at })
        .where('origin', '=', 'environment')
        .where('revoked_at', 'is', null)
        .where('key_hash', '!=', exceptHash ?? '')
        .execute();
    },
    async used(id: ApiKeyId, at: Instant): Promise<void> {
      await db.updateTable('api_key').set({ last_used_at: at }).where('id', '=', id).execute();
    },
    /** Keys in force that this login made. */
    async madeBy(login: LoginId): Promise<ApiKey[]> {
      const rows = await db.selectFrom('api_key').selectAll().where('made_by_login', '=', login).where('revoked_at', 'is', null).execute();
      return rows.map(keyOf);
    },
    async revoke(id: ApiKeyId, at: Instant): Promise<void> {
      await db.updateTable('api_key').set({ revoked_at: at }).where('id', '=', id).where('revoked_at', 'is', null).execute();
    },
  };
}
