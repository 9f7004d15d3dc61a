import type { People } from '#core/people/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { LoginId, PersonId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { hashPassword } from '#platform/secrets/index.ts';
import { type Actor, atLeast, may, type Role, requireRight } from './actor.ts';
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
}>;

const lastOwner = (): AppError =>
  new AppError('conflict', 'This is the last owner, and a house without one could not be run. Make somebody else an owner first.');

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

  people.onRemove(async (handle, person) => {
    const logins = createLoginStore(handle);
    await logins.lockOwners();
    const all = await logins.list();
    const left = all.filter((login) => login.personId !== person.id);
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
    async setRole(id, role, by) {
      const login = await found(id, by);
      mayManage(by, role);
      await database.transaction(async (tx) => {
        const logins = createLoginStore(tx);
        await logins.lockOwners();
        await logins.setRole(login.id, role);
        await revokeKeysAbove(tx, login.id, role, clock.now());
        if (!atLeast(role, 'owner') && login.role === 'owner' && (await logins.owners()) === 0) throw lastOwner();
      });
    },
  };
}
