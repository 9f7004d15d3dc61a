import { createThrottle, networkOf } from '#core/access/index.ts';
import type { Account, Connections, Drivers, ServerRecord } from '#core/connections/index.ts';
import type { CallOptions } from '#core/upstreams/index.ts';
import { AppError, isAppError, isUpstreamFault } from '#kernel/app-error.ts';
import type { PersonId } from '#kernel/ids.ts';
import { type Clock, seconds } from '#kernel/instant.ts';
import type { SignInElsewhere } from './approval-tickets.ts';
import type { Approver } from './client-app.ts';

/** Where somebody may prove who they are, besides their password here. */
export type SignInOffer = Readonly<{ id: string; title: string; how: 'password' | 'browser' }>;

export type ServerAttempt = Readonly<{ offer: string; username: string; password: string; address: string }>;

export type ServerSignInDeps = Readonly<{
  clock: Clock;
  connections: Pick<Connections, 'list' | 'servers' | 'accountsOf'>;
  drivers: Drivers;
  isOn(): Promise<boolean>;
}>;

const PATIENCE = seconds(30);
const LONGEST_PASSWORD = 1_024;
const LONGEST_NAME = 256;

const wrong = (cause?: unknown): AppError =>
  new AppError('unauthenticated', 'The server does not know this user name with this password.', { cause });

/**
 * Signing in with an account on a server that is connected here. The server says who its user is by its own id, never by name alone, and
 * that very user must be somebody's account here.
 */
export function createServerSignIn({ clock, connections, drivers, isOn }: ServerSignInDeps) {
  const users = createThrottle({ clock });
  const addresses = createThrottle({ clock });

  const driverOf = (type: string) => (Object.hasOwn(drivers, type) ? drivers[type] : undefined);
  const call = (): CallOptions => ({ signal: AbortSignal.timeout(PATIENCE) });

  async function passwordServers(): Promise<readonly ServerRecord[]> {
    if (!(await isOn())) return [];
    const used = new Set((await connections.list()).map((account) => account.server.id));
    return (await connections.servers()).filter((server) => used.has(server.id) && driverOf(server.type)?.signIn !== undefined);
  }

  /** Whose accounts these are: one person's, or nobody is let in. */
  function personOf(accounts: readonly Account[], name: string): Approver {
    const people = new Set<PersonId>(accounts.map((account) => account.personId));
    const [person, ...others] = people;
    if (person === undefined) throw new AppError('forbidden', `${name} is known there, and belongs to nobody here. Sign in another way.`);
    if (others.length > 0) throw new AppError('forbidden', `${name} belongs to more than one person here. Sign in another way.`);
    return { personId: person, name };
  }

  /** Each try counts before its outcome is known; a server that does not answer takes it back. */
  async function counted<T>(user: string, address: string, attempt: () => Promise<T>): Promise<T> {
    addresses.attempt(address);
    try {
      users.attempt(user);
    } catch (error) {
      addresses.release(address);
      throw error;
    }
    try {
      const done = await attempt();
      users.clear(user);
      addresses.clear(address);
      return done;
    } catch (error) {
      if (isUpstreamFault(error) && !isAppError(error, 'upstream-unauthorized', 'upstream-forbidden')) {
        users.release(user);
        addresses.release(address);
      }
      throw error;
    }
  }

  return {
    async offers(): Promise<readonly SignInOffer[]> {
      const servers = await passwordServers();
      const named = servers.map((server) => {
        const title = `${server.name} (${driverOf(server.type)?.title ?? server.type})`;
        const isAlone = servers.filter(({ name, type }) => name === server.name && type === server.type).length === 1;
        return { id: `server-${server.id}`, title: isAlone ? title : `${title} at ${new URL(server.url).host}`, how: 'password' } as const;
      });
      if (!(await isOn())) return [];
      const types = new Set((await connections.list()).map((account) => account.server.type));
      const inBrowser = [...types].flatMap((type) => {
        const driver = driverOf(type);
        return driver?.signInInBrowser ? [{ id: type, title: driver.title, how: 'browser' } as const] : [];
      });
      return [...inBrowser, ...named];
    },

    /** @throws AppError `unauthenticated`, `forbidden` (nobody's account, or several people's), `rate-limited`, `upstream-…` */
    async withPassword({ offer, username, password, address }: ServerAttempt): Promise<Approver> {
      const server = (await passwordServers()).find(({ id }) => offer === `server-${id}`);
      const signIn = server && driverOf(server.type)?.signIn;
      if (!server || !signIn) throw new AppError('not-found', 'This server is not connected here any more. Begin again.');
      if (username === '' || username.length > LONGEST_NAME || password.length > LONGEST_PASSWORD) throw wrong();
      const issued = await counted(`${server.id} ${username.toLowerCase()}`, networkOf(address), async () =>
        signIn({ url: server.url, username, password }, call()).catch((error: unknown) => {
          throw isAppError(error, 'upstream-unauthorized', 'upstream-forbidden') ? wrong(error) : error;
        }),
      );
      if (issued.serverUuid !== undefined && issued.serverUuid !== server.uuid) {
        throw new AppError('forbidden', 'Another server answers at that address now. Sign in another way.');
      }
      // Of this very address: at another one somebody else may say the same of themselves.
      const accounts = (await connections.accountsOf(server.id)).filter((account) => account.userId === issued.userId);
      return personOf(accounts, issued.userName);
    },

    /** @throws AppError `not-found`, `upstream-…` */
    async begin(type: string): Promise<Readonly<{ elsewhere: SignInElsewhere; url: string; title: string }>> {
      const driver = (await isOn()) ? driverOf(type) : undefined;
      if (!driver?.signInInBrowser) throw new AppError('not-found', 'There is no such way to sign in here.');
      const { ticket, url } = await driver.signInInBrowser.begin(call());
      return { elsewhere: { type, ticket }, url, title: driver.title };
    },

    /** Undefined until they have signed in there. @throws AppError `not-found`, `forbidden`, `upstream-…` */
    async finish({ type, ticket }: SignInElsewhere): Promise<Approver | undefined> {
      const inBrowser = (await isOn()) ? driverOf(type)?.signInInBrowser : undefined;
      if (!inBrowser) throw new AppError('not-found', 'There is no such way to sign in here.');
      const proved = await inBrowser.finish(ticket, call());
      if (!proved) return undefined;
      const accounts = (await connections.list()).filter(
        ({ server, userId }) => server.type === type && proved.is({ serverUuid: server.uuid, userId }),
      );
      return personOf(accounts, proved.name);
    },
  };
}

export type ServerSignIn = ReturnType<typeof createServerSignIn>;
