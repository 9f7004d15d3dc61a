import type { ActorRef } from '#core/activity/index.ts';
import type { People } from '#core/people/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import { apiKeyId, type LoginId, loginId, type PersonId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { hashPassword } from '#platform/secrets/index.ts';
import { type Actor, atLeast, may, type Role, requireRight, type Scope, scopesOfRole } from './actor.ts';
import { createApiKeyStore, type Handle } from './api-keys.store.ts';
import { revokeKeysAbove, revokeKeysOf } from './api-keys.ts';
import { checkPassword, checkUsername, usernameKey } from './credentials.ts';
import { createLoginStore, type Database, type Login, type StoredLogin, withoutSecrets } from './logins.store.ts';

export type LoginsDeps = Readonly<{ database: Database; clock: Clock; people: People }>;

export type Logins = Readonly<{
  /** All logins for whoever holds `admin`; for others their own. */
  list(by: Actor): Promise<Login[]>;
  /** @throws AppError `forbidden`, `not-found` (the person), `conflict` (the name), `invalid` with the field */
  create(wish: Readonly<{ username: string; password: string; role: Role; personId: PersonId }>, by: Actor): Promise<Login>;
  /** Their tokens and the keys that it made end with it. @throws AppError `not-found`, `forbidden`; `conflict` for the last owner */
  remove(id: LoginId, by: Actor): Promise<void>;
  /** Keys that it made and that could do more than it from now on end. @throws AppError `not-found`, `forbidden`; `conflict` where no owner would be left */
  setRole(id: LoginId, role: Role, by: Actor): Promise<void>;
  /**
   * Keeps somebody of the role `person` from some of what that role may; seeing what is theirs cannot be taken away. Keys that it made and
   * that could do more end. @throws AppError `not-found`, `forbidden`; `conflict` for other roles, `invalid` (field `scopes`)
   */
  setScopes(id: LoginId, scopes: readonly Scope[], by: Actor): Promise<Login>;
  /** Their sessions end. @throws AppError `not-found`, `forbidden`, `invalid` (field `password`) */
  setPassword(id: LoginId, password: string, by: Actor): Promise<void>;
}>;

const lastOwner = (): AppError =>
  new AppError('conflict', 'This is the last owner, and a house without one could not be run. Make somebody else an owner first.');

/** Undefined for what the house does by itself. */
async function roleOf(handle: Handle, { kind, id }: ActorRef): Promise<Role | undefined> {
  if (kind === 'login') return (await createLoginStore(handle).get(loginId(Number(id))))?.role;
  return kind === 'api-key' ? (await createApiKeyStore(handle).get(apiKeyId(Number(id))))?.role : undefined;
}

export function createLogins({ database, clock, people }: LoginsDeps): Logins {
  const store = createLoginStore(database);
  const mayManage = (by: Actor, role: Role): void => requireRight(by, role === 'owner' ? 'owner' : 'admin');
  const found = async (id: LoginId, by: Actor): Promise<StoredLogin> => {
    requireRight(by, 'admin');
    const login = await store.get(id);
    if (!login) throw new AppError('not-found', 'There is no such login.');
    mayManage(by, login.role);
    return login;
  };

  people.onRemove(async (handle, person, by) => {
    const logins = createLoginStore(handle);
    await logins.lockOwners();
    const all = await logins.list();
    const left = all.filter((login) => login.personId !== person.id);
    const isAnOwner = all.some((login) => login.personId === person.id && login.role === 'owner');
    const role = isAnOwner ? await roleOf(handle, by) : undefined;
    if (role !== undefined && role !== 'owner')
      throw new AppError('forbidden', `${by.name} may not remove an owner: owners alone do that.`);
    if ((await logins.owners()) > 0 && !left.some((login) => login.role === 'owner')) throw lastOwner();
    for (const login of all) if (login.personId === person.id) await revokeKeysOf(handle, login, clock.now());
  });

  return {
    async list(by) {
      const all = await store.list();
      const seen = may(by, 'admin') ? all : all.filter((login) => by.kind === 'login' && String(login.id) === by.id);
      return seen.map(withoutSecrets);
    },
    async create(wish, by) {
      mayManage(by, wish.role);
      const username = checkUsername('username', wish.username);
      checkPassword('password', wish.password);
      await people.get(wish.personId);
      const { role, personId } = wish;
      const passwordHash = await hashPassword(wish.password);
      const login = await store.add({
        username,
        key: usernameKey(username),
        passwordHash,
        role,
        personId,
        tokenVersion: 1,
        at: clock.now(),
      });
      if (!login) throw new AppError('conflict', `There is a login "${username}" already.`);
      return withoutSecrets(login);
    },
    async remove(id, by) {
      const login = await found(id, by);
      await database.transaction(async (tx) => {
        const logins = createLoginStore(tx);
        await logins.lockOwners();
        await revokeKeysOf(tx, login, clock.now());
        await logins.remove(login.id);
        if (login.role === 'owner' && (await logins.owners()) === 0) throw lastOwner();
      });
    },
    async setScopes(id, wished, by) {
      const login = await found(id, by);
      if (login.role !== 'person') throw new AppError('conflict', 'Owners and admins may do all of it. Give them another role first.');
      const scopes = scopesOfRole('person').filter((scope) => wished.includes(scope));
      if (!scopes.includes('read')) throw invalid('scopes', 'must keep "read"');
      const beyond = wished.find((scope) => !scopes.includes(scope));
      if (beyond !== undefined) throw invalid('scopes', `cannot have "${beyond}" in the role "person"`);
      await database.transaction(async (tx) => {
        await createLoginStore(tx).setScopes(login.id, scopes);
        await revokeKeysAbove(tx, login.id, { role: 'person', scopes }, clock.now());
      });
      return { ...withoutSecrets(login), scopes };
    },
    async setPassword(id, password, by) {
      const login = await found(id, by);
      checkPassword('password', password);
      const hash = await hashPassword(password);
      await database.transaction(async (tx) => {
        await createLoginStore(tx).setPassword(login.id, hash);
        await createLoginStore(tx).endSessions(login.id);
      });
    },
    async setRole(id, role, by) {
      const login = await found(id, by);
      mayManage(by, role);
      await database.transaction(async (tx) => {
        const logins = createLoginStore(tx);
        await logins.lockOwners();
        await logins.setRole(login.id, role);
        await revokeKeysAbove(tx, login.id, { role }, clock.now());
        // What somebody was kept from in one role says nothing of another.
        await logins.setScopes(login.id, undefined);
        if (!atLeast(role, 'owner') && login.role === 'owner' && (await logins.owners()) === 0) throw lastOwner();
      });
    },
  };
}
