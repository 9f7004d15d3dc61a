import { MAIN_PERSON } from '#core/people/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import { type LoginId, loginId } from '#kernel/ids.ts';
import { type Clock, type Instant, toUnix } from '#kernel/instant.ts';
import { DECOY_HASH, hashPassword, needsRehash, type Secrets, verifyPassword } from '#platform/secrets/index.ts';
import type { Actor } from './actor.ts';
import { checkPassword, checkUsername, hashSetupCode, isBeyondPolicy, isSetupCode, newSetupCode, usernameKey } from './credentials.ts';
import { createLoginStore, type Database, type Login, type StoredLogin, withoutSecrets } from './logins.store.ts';
import { type Audience, opens, type Surface } from './surface.ts';
import { createThrottle, networkOf } from './throttle.ts';
import { readUserToken, SESSION_LENGTH, signUserToken } from './user-token.ts';

export type SignInDeps = Readonly<{ database: Database; clock: Clock; secrets: Secrets }>;

/** `address` is the socket's, or what a trusted proxy says of it. */
export type PasswordAttempt = Readonly<{ username: string; password: string; address: string }>;

export type SignIn = Readonly<{
  /** Whether anybody has been set up. */
  hasOwner(): Promise<boolean>;
  /**
   * Makes the first owner, of the person `main`. Once in the life of a house, whoever asks at the same time.
   * @throws AppError `forbidden` (there is an owner, or the code is wrong), `invalid`, `rate-limited`
   */
  signup(attempt: PasswordAttempt & Readonly<{ setupCode: string | undefined }>): Promise<Login>;
  /** A signed token of 48 hours. @throws AppError `unauthenticated`, `rate-limited` (5 failures in 15 minutes) */
  login(attempt: PasswordAttempt, audience?: Audience): Promise<Readonly<{ token: string; expiresAt: Instant }>>;
  /**
   * Ends all sessions of this login, the caller's included.
   * @throws AppError `unauthenticated` (the current password is wrong), `invalid` (field `password`), `forbidden` (not a login), `rate-limited`
   */
  changePassword(actor: Actor, change: Readonly<{ current: string; next: string; address: string }>): Promise<void>;
  /** Makes every token of this login worthless. @throws AppError `forbidden` where the actor is no login */
  endSessions(actor: Actor): Promise<void>;
  /** For the command on the host. Ends all sessions. @throws AppError `not-found`, `invalid` */
  resetPassword(username: string, next: string): Promise<void>;
}>;

export type StartedSignIn = SignIn &
  Readonly<{
    actorOf(token: string, surface: Surface): Promise<Readonly<{ actor: Actor; issuedAt: Instant }> | undefined>;
    /** Makes the unattended owner, or a setup code, where there is no owner. */
    start(admin: Readonly<{ username: string; password: string }> | undefined): Promise<string | undefined>;
  }>;

const wrongLogin = (): AppError => new AppError('unauthenticated', 'The username or the password is wrong.');
const configured = (): AppError => new AppError('forbidden', 'There is an owner already. Sign in instead.');

export function createSignIn({ database, clock, secrets }: SignInDeps): StartedSignIn {
  const store = createLoginStore(database);
  const accounts = createThrottle({ clock });
  const addresses = createThrottle({ clock });
  // By address only: the code cannot be guessed in five times, but five guesses by a stranger must not lock the owner out.
  const setups = createThrottle({ clock });
  let setupHash: string | undefined;

  /** Runs `check` as one counted attempt of this account and address; true clears both. */
  async function counted<T>(username: string, address: string, check: () => Promise<T | undefined>): Promise<T> {
    const [account, network] = [usernameKey(username), networkOf(address)];
    addresses.attempt(network);
    try {
      accounts.attempt(account);
    } catch (error) {
      addresses.release(network);
      throw error;
    }
    const found = await check().catch((error: unknown) => {
      accounts.release(account);
      addresses.release(network);
      throw error;
    });
    if (found === undefined) throw wrongLogin();
    accounts.clear(account);
    addresses.clear(network);
    return found;
  }

  async function matching(login: StoredLogin | undefined, password: string): Promise<StoredLogin | undefined> {
    if (isBeyondPolicy(password)) return undefined;
    const right = await verifyPassword(password, login?.passwordHash ?? DECOY_HASH);
    return right ? login : undefined;
  }

  async function makeOwner(given: Readonly<{ username: string; password: string }>): Promise<Login> {
    const username = checkUsername('username', given.username);
    checkPassword('password', given.password);
    const passwordHash = await hashPassword(given.password);
    const at = clock.now();
    const made = await database.transaction(async (tx) => {
      const logins = createLoginStore(tx);
      if (!(await logins.claimFirstOwner(at))) throw configured();
      const key = usernameKey(username);
      const login = await logins.add({ username, key, passwordHash, role: 'owner', personId: MAIN_PERSON, tokenVersion: 1, at });
      if (!login) throw configured();
      return login;
    });
    setupHash = undefined;
    return withoutSecrets(made);
  }

  const hasOwner = async (): Promise<boolean> => (await store.owners()) > 0;
  const setPassword = async (id: LoginId, field: string, password: string): Promise<void> => {
    checkPassword(field, password);
    const hash = await hashPassword(password);
    await database.transaction(async (tx) => {
      await createLoginStore(tx).setPassword(id, hash);
      await createLoginStore(tx).endSessions(id);
    });
  };
  const loginIdOf = (actor: Actor): LoginId => {
    if (actor.kind !== 'login') throw new AppError('forbidden', 'Only somebody who signed in has a password and sessions.');
    return loginId(Number(actor.id));
  };

  return {
    hasOwner,
    async signup({ username, password, setupCode, address }) {
      if (await hasOwner()) throw configured();
      const network = networkOf(address);
      if (setupCode !== undefined) setups.attempt(network);
      if (setupCode === undefined || setupHash === undefined || !isSetupCode(setupCode, setupHash)) {
        throw new AppError(
          'forbidden',
          'The setup code is missing or wrong. It is printed when Usherr starts; send it as X-Setup-Code or as setup_code.',
        );
      }
      setups.clear(network);
      return makeOwner({ username, password });
    },
    async login({ username, password, address }, audience = 'api') {
      const login = await counted(username, address, async () => matching(await store.byKey(usernameKey(username)), password));
      if (needsRehash(login.passwordHash)) await store.setPassword(login.id, await hashPassword(password));
      const now = clock.now();
      await store.used(login.id, now);
      const expiresAt = now + SESSION_LENGTH;
      const { id, username: name, tokenVersion: ver } = login;
      const token = signUserToken(secrets, { username: name, login: id, iat: toUnix(now), exp: toUnix(expiresAt), ver, aud: audience });
      return { token, expiresAt };
    },
    async changePassword(actor, { current, next, address }) {
      const login = await store.get(loginIdOf(actor));
      if (!login) throw wrongLogin();
      await counted(login.username, address, () => matching(login, current)).catch((cause: unknown) => {
        if (cause instanceof AppError && cause.code === 'unauthenticated') {
          throw new AppError('unauthenticated', 'The current password is wrong.', { cause });
        }
        throw cause;
      });
      await setPassword(login.id, 'password', next);
    },
    endSessions: (actor) => store.endSessions(loginIdOf(actor)),
    async resetPassword(username, next) {
      const login = await store.byKey(usernameKey(username));
      if (!login) throw new AppError('not-found', `There is no login "${username}".`);
      await setPassword(login.id, 'password', next);
      accounts.clear(usernameKey(username));
    },
    async actorOf(text, surface) {
      const token = readUserToken(secrets, text, clock.now());
      if (!token || !opens(token.aud, surface)) return undefined;
      const login = await store.get(token.login);
      if (!login || login.tokenVersion !== token.ver) return undefined;
      const { id, username: name, role, personId, scopes } = login;
      const actor: Actor = { kind: 'login', id: String(id), name, role, personId, scopes };
      return { actor, issuedAt: token.iat * 1_000 };
    },
    async start(admin) {
      if (await hasOwner()) return undefined;
      if (admin) {
        await makeOwner(admin).catch((cause: unknown) => {
          const [fault] = cause instanceof AppError ? cause.faults : [];
          if (!fault) throw cause;
          const field = fault.field === 'password' ? 'USHERR_ADMIN_PASSWORD' : 'USHERR_ADMIN_USERNAME';
          throw new AppError('misconfigured', invalid(field, fault.message).message, {
            cause,
            faults: [{ field, message: fault.message }],
          });
        });
        return undefined;
      }
      const code = newSetupCode();
      setupHash = hashSetupCode(code);
      return code;
    },
  };
}
