import { type Account, type Connections, type ServerRecord, USER_PIN, uuidOfUser } from '#core/connections/index.ts';
import { MAIN_PERSON, type People, type Person } from '#core/people/index.ts';
import type { CallOptions, UpstreamUser } from '#core/upstreams/index.ts';
import { AppError, invalid, isAppError, isUpstreamFault } from '#kernel/app-error.ts';
import type { ServerId } from '#kernel/ids.ts';
import { type Clock, type Duration, type Instant, minutes } from '#kernel/instant.ts';
import { createAccountLinks } from './account-links.ts';
import { wishFor } from './link-accounts.ts';
import { plainUsername } from './match-users.ts';
import { type DeskUserKnown, type Suggestion, suggestPeople } from './suggest-people.ts';

/** A user of a server: whose it is, or who it may be. */
export type ServerUser = Readonly<{ user: UpstreamUser; accounts: readonly Account[]; suggestions: readonly Suggestion[] }>;

export type ServerUsers = Readonly<{
  server: ServerRecord;
  /** Whose the accounts there are, also of users whom the server does not list. */
  accounts: readonly Account[];
  /** `known`: this is all. `unknown`: the server did not answer, and `users` is what it last said, if it ever did. */
  state: 'known' | 'unknown';
  users: readonly ServerUser[];
  readAt?: Instant;
  fault?: Readonly<{ code: string; message: string }>;
}>;

export type JoinWish = Readonly<{ server: ServerId; user: string; person: Person; pin?: string | undefined }>;

export type WhoIsWhoDeps = Readonly<{
  clock: Clock;
  people: Pick<People, 'list'>;
  connections: Connections;
  /** Users of the places where people ask for titles, as far as it is known whose they are. */
  deskUsers(): Promise<readonly DeskUserKnown[]>;
}>;

export type WhoIsWho = ReturnType<typeof createWhoIsWho>;

const KEPT: Duration = minutes(5);

type Listing = Readonly<{ at: Instant; users: readonly UpstreamUser[] }>;

/** Which user of which server is which person. It suggests with its evidence, and joins nobody by itself. */
export function createWhoIsWho({ clock, people, connections, deskUsers }: WhoIsWhoDeps) {
  const links = createAccountLinks({ connections });
  const listings = new Map<ServerId, Listing>();

  /** The owner's account is asked first: it sees most. */
  const inOrder = (accounts: readonly Account[]): readonly Account[] =>
    [...accounts].sort((one, other) => Number(other.personId === MAIN_PERSON) - Number(one.personId === MAIN_PERSON));

  async function listed(accounts: readonly Account[], call: CallOptions): Promise<readonly UpstreamUser[]> {
    let refusal: unknown;
    for (const account of inOrder(accounts)) {
      try {
        return await connections.usersOf(account, call);
      } catch (error) {
        // An account that may not see the others says nothing of the server.
        if (!isAppError(error, 'upstream-unauthorized', 'upstream-forbidden')) throw error;
        refusal ??= error;
      }
    }
    throw refusal ?? new AppError('not-found', 'Nobody has an account on this server.');
  }

  async function usersOn(server: ServerRecord, accounts: readonly Account[], how: CallOptions & Readonly<{ anew: boolean }>) {
    const kept = listings.get(server.id);
    if (kept && !how.anew && clock.now() - kept.at < KEPT) return { state: 'known', ...kept } as const;
    try {
      const listing = { at: clock.now(), users: await listed(accounts, how) };
      listings.set(server.id, listing);
      return { state: 'known', ...listing } as const;
    } catch (error) {
      if (!isUpstreamFault(error)) throw error;
      return { state: 'unknown', users: [], ...kept, fault: { code: error.code, message: error.message } } as const;
    }
  }

  const isOf = (user: UpstreamUser, account: Account): boolean => [user.id, ...(user.aliases ?? [])].includes(account.userId);

  async function used(): Promise<readonly Readonly<{ server: ServerRecord; accounts: readonly Account[] }>[]> {
    const all = await connections.list();
    return (await connections.servers()).flatMap((server) => {
      const accounts = all.filter((account) => account.server.id === server.id);
      return accounts.length === 0 ? [] : [{ server, accounts }];
    });
  }

  async function found(id: ServerId): Promise<Readonly<{ server: ServerRecord; accounts: readonly Account[] }>> {
    const one = (await used()).find(({ server }) => server.id === id);
    if (one) return one;
    throw new AppError('not-found', `There is no server ${id} on which somebody here has an account.`, {
      faults: [{ field: 'server', message: 'is not known here' }],
    });
  }

  /** A name of an account is its person's own: a second server that is called alike gets a number. */
  async function nameFor(person: Person, wanted: string): Promise<string> {
    const taken = new Set((await connections.list(person.id)).map((account) => account.name));
    for (let n = 1; ; n += 1) {
      const name = n === 1 ? wanted : `${wanted}_${n}`;
      if (!taken.has(name)) return name;
    }
  }

  /** For a `catch`: the vendor refuses the PIN of the user, which has another name there. */
  const pinRefused =
    (pin: string | undefined) =>
    (error: unknown): never => {
      const isPin = isAppError(error, 'invalid') && error.faults.some(({ field }) => field === `options.${USER_PIN}`);
      if (!isPin) throw error;
      throw invalid('pin', pin === undefined ? 'is needed: this user is protected by one' : 'is not the one of this user', error);
    };
  /** Only where the vendor knows its users beyond the server does one of them have a PIN. */
  const knowsPins = (account: Account): boolean => connections.driverOf(account).listHouseholdUsers !== undefined;

  return {
    /** Every server on which somebody has an account. `anew` asks servers again that answered within five minutes. */
    async read(how: CallOptions & Readonly<{ anew: boolean }>): Promise<readonly ServerUsers[]> {
      const [places, everybody, desks, all] = await Promise.all([used(), people.list(), deskUsers(), connections.list()]);
      return Promise.all(
        places.map(async ({ server, accounts }): Promise<ServerUsers> => {
          const listing = await usersOn(server, accounts, how);
          const elsewhere = all.filter((account) => account.server.id !== server.id);
          const users = listing.users.map((user): ServerUser => {
            const own = accounts.filter((account) => isOf(user, account));
            const facts = { user, serverType: server.type, people: everybody, accounts: elsewhere, deskUsers: desks };
            return { user, accounts: own, suggestions: own.length > 0 ? [] : suggestPeople(facts) };
          });
          return {
            server,
            accounts,
            state: listing.state,
            users,
            ...('at' in listing && listing.at !== undefined && { readAt: listing.at }),
            ...('fault' in listing && { fault: listing.fault }),
          };
        }),
      );
    },

    /**
     * That user is that person from now on: an account, made from one that is there already. It is read and nothing is written to it before
     * its first plan was approved. @throws AppError `not-found`, `conflict` where the user is somebody's already, `invalid` (field `pin`)
     */
    async join({ server: id, user: userId, person, pin }: JoinWish, call: CallOptions): Promise<Account> {
      const { server, accounts } = await found(id);
      const { users } = await usersOn(server, accounts, { ...call, anew: false });
      const user = users.find((one) => one.id === userId);
      if (user === undefined) {
        throw new AppError('not-found', `${server.name} does not list such a user.`, {
          faults: [{ field: 'user', message: 'is not listed there' }],
        });
      }
      const holder = accounts.find((account) => isOf(user, account));
      const [source] = inOrder(accounts);
      if (holder !== undefined || source === undefined) {
        throw new AppError('conflict', `${user.name} on ${server.name} is somebody's already. Take that apart first.`);
      }
      const member = {
        id: user.id,
        ...(user.uuid !== undefined && { uuid: user.uuid }),
        username: plainUsername(user.name),
        realName: user.name,
        backend: source.name,
        type: server.type,
        protected: user.protected ?? false,
        options: pin === undefined ? {} : { [USER_PIN]: pin },
      };
      const token = await links.tokenFor(source, member, call).catch(pinRefused(pin));
      const wish = wishFor(person, member, source, await links.linkFor(source), token);
      return connections.create({ ...wish, name: await nameFor(person, source.name), consent: 'pending' }, call);
    },

    /** Whether a PIN is kept for the account's user; undefined where its vendor has none. */
    async hasPin(account: Account): Promise<boolean | undefined> {
      if (!knowsPins(account)) return undefined;
      return (await connections.secretOptionsOf(account))[USER_PIN] !== undefined;
    },

    /** Keeps the PIN, once the vendor has taken it; null forgets it. @throws AppError `invalid` (field `pin`), `conflict` without such */
    async setPin(account: Account, pin: string | null, call: CallOptions): Promise<void> {
      if (!knowsPins(account)) throw new AppError('conflict', `Users of ${account.server.name} have no PIN.`);
      if (pin === null) {
        await connections.update(account.id, { options: { [USER_PIN]: null } }, { verify: false });
        return;
      }
      const [source] = inOrder((await found(account.server.id)).accounts.filter((one) => one.id !== account.id));
      const uuid = uuidOfUser(account.options);
      const member = { id: account.userId, ...(uuid !== undefined && { uuid }), options: { [USER_PIN]: pin } };
      const token = source && (await links.tokenFor(source, member, call).catch(pinRefused(pin)));
      await connections.update(account.id, { options: { [USER_PIN]: pin }, ...(token !== undefined && { token }) }, { verify: false });
    },
  };
}
