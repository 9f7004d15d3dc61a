import { type LoginId, loginId, type PersonId, personId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Handle, Selectable } from '#platform/db/index.ts';
import type { AccessTables, LoginRow } from './access.schema.store.ts';
import { type Role, type Scope, scopesOfRole } from './actor.ts';

export type { Database } from '#platform/db/index.ts';

/** Somebody who may sign in. */
export type Login = Readonly<{
  id: LoginId;
  username: string;
  role: Role;
  personId: PersonId;
  /** What it may do: all that its role may, or less. */
  scopes: readonly Scope[];
  createdAt: Instant;
  lastUsedAt: Instant | undefined;
}>;

/** With what only this room sees. */
export type StoredLogin = Login & Readonly<{ passwordHash: string; tokenVersion: number }>;

export type NewLogin = Readonly<{
  username: string;
  key: string;
  passwordHash: string;
  role: Role;
  personId: PersonId;
  tokenVersion: number;
  at: Instant;
}>;

/** The mark of the one sign-up in the life of a house. */
const FIRST_OWNER = 'first-owner';

/** What was granted is never more than the role may, whatever the role was then. */
function scopesIn({ role, scopes }: Pick<Selectable<LoginRow>, 'role' | 'scopes'>): readonly Scope[] {
  const all = scopesOfRole(role as Role);
  if (scopes === null) return all;
  const granted = JSON.parse(scopes) as readonly Scope[];
  return all.filter((scope) => granted.includes(scope));
}

const storedOf = (row: Selectable<LoginRow>): StoredLogin => ({
  id: loginId(row.id),
  username: row.username,
  role: row.role as Role,
  personId: personId(row.person_id),
  scopes: scopesIn(row),
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at ?? undefined,
  passwordHash: row.password_hash,
  tokenVersion: row.token_version,
});

export const withoutSecrets = ({ passwordHash: _hash, tokenVersion: _version, ...login }: StoredLogin): Login => login;

export function createLoginStore(handle: Handle) {
  const db = handle.tables<AccessTables>();
  return {
    async list(): Promise<StoredLogin[]> {
      return (await db.selectFrom('login').selectAll().orderBy('id').execute()).map(storedOf);
    },
    async get(id: LoginId): Promise<StoredLogin | undefined> {
      const row = await db.selectFrom('login').selectAll().where('id', '=', id).executeTakeFirst();
      return row && storedOf(row);
    },
    async byKey(key: string): Promise<StoredLogin | undefined> {
      const row = await db.selectFrom('login').selectAll().where('username_key', '=', key).executeTakeFirst();
      return row && storedOf(row);
    },
    async owners(): Promise<number> {
      const row = await db
        .selectFrom('login')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('role', '=', 'owner')
        .executeTakeFirst();
      return Number(row?.count ?? 0);
    },
    /** Undefined where the name is taken. */
    async add(login: NewLogin): Promise<StoredLogin | undefined> {
      const row = await db
        .insertInto('login')
        .values({
          username: login.username,
          username_key: login.key,
          password_hash: login.passwordHash,
          role: login.role,
          person_id: login.personId,
          token_version: login.tokenVersion,
          scopes: null,
          created_at: login.at,
          last_used_at: null,
        })
        .onConflict((conflict) => conflict.column('username_key').doNothing())
        .returningAll()
        .executeTakeFirst();
      return row && storedOf(row);
    },
    /** True for the first caller in the life of this house, whoever else asks at the same time. */
    async claimFirstOwner(at: Instant): Promise<boolean> {
      const row = await db
        .insertInto('access_mark')
        .values({ name: FIRST_OWNER, at })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .returning('name')
        .executeTakeFirst();
      return row !== undefined;
    },
    /** Until the transaction ends nobody else counts owners: two who leave at once would each see the other stay. */
    async lockOwners(): Promise<void> {
      await db
        .updateTable('access_mark')
        .set((eb) => ({ at: eb.ref('at') }))
        .where('name', '=', FIRST_OWNER)
        .execute();
    },
    async setPassword(id: LoginId, passwordHash: string): Promise<void> {
      await db.updateTable('login').set({ password_hash: passwordHash }).where('id', '=', id).execute();
    },
    /** Makes every token issued so far worthless. */
    async endSessions(id: LoginId): Promise<void> {
      await db
        .updateTable('login')
        .set((eb) => ({ token_version: eb('token_version', '+', 1) }))
        .where('id', '=', id)
        .execute();
    },
    async used(id: LoginId, at: Instant): Promise<void> {
      await db.updateTable('login').set({ last_used_at: at }).where('id', '=', id).execute();
    },
    async setRole(id: LoginId, role: Role): Promise<void> {
      await db.updateTable('login').set({ role }).where('id', '=', id).execute();
    },
    /** Undefined is all that the role may. */
    async setScopes(id: LoginId, scopes: readonly Scope[] | undefined): Promise<void> {
      await db
        .updateTable('login')
        .set({ scopes: scopes === undefined ? null : JSON.stringify(scopes) })
        .where('id', '=', id)
        .execute();
    },
    async remove(id: LoginId): Promise<void> {
      await db.deleteFrom('login').where('id', '=', id).execute();
    },
  };
}

export type LoginStore = ReturnType<typeof createLoginStore>;
