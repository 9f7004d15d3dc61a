import type { Publish } from '#core/events.ts';
import type {
  CallOptions,
  MediaServer,
  MediaServerDriver,
  ServerIdentity,
  UpstreamConnection,
  UpstreamUser,
} from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { AccountId, PersonId, ServerId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { hashToken, type Secrets } from '#platform/secrets/index.ts';
import type { Account, AccountHealth, ServerRecord } from './account.ts';
import type { AccountPatch, AccountReplacement, NewAccount } from './account-draft.ts';
import type { AccountOptions } from './account-options.ts';
import { connectionOf, connectionTo, type Drivers, driverFor, isDriven, type UnsavedConnection } from './connection-of.ts';
import { createConnectionsStore, type Database, type Handle, type SealedAccount } from './connections.store.ts';
import { createEditing, type OnSilenced } from './connections-edit.ts';
import { listUsers } from './list-users.ts';
import { probeServer } from './probe.ts';

export type ConnectionsDeps = Readonly<{
  database: Database;
  clock: Clock;
  secrets: Pick<Secrets, 'encrypt' | 'decrypt'>;
  /** By type. A type without a driver is not taken. */
  drivers: Drivers;
  /** Hears `account.added`, `account.changed` and `account.removed`, in the transaction of the change. */
  publish?: Publish<Handle>;
  /** An account is not listened to any more: what it says when it is again will be its first word. */
  onSilenced?: OnSilenced;
  /** Throws where nothing may be added just now. */
  mayAdd?(): Promise<void>;
}>;

type Call = Partial<CallOptions>;

export type Connections = Readonly<{
  /** In the order in which they were added. */
  list(person?: PersonId): Promise<readonly Account[]>;
  /** By name. Throws `not-found`. */
  get(person: PersonId, name: string): Promise<Account>;
  /** Throws `not-found`. */
  byId(id: AccountId): Promise<Account>;
  servers(): Promise<readonly ServerRecord[]>;
  accountsOf(server: ServerId): Promise<readonly Account[]>;
  /** All accounts on the server with that id of its own, whatever the address. */
  accountsOnServer(type: string, uuid: string): Promise<readonly Account[]>;
  /** The account with whose token a server's titles are read: one that is imported from and in good health, the oldest of them. */
  readerOf(server: ServerId): Promise<Account | undefined>;

  /**
   * Asks the server who it is and who the user is, and stores the account. Throws `invalid` with the field at fault, `conflict`
   * for a name that is taken, and the upstream's fault where it does not answer.
   */
  create(account: NewAccount, call?: Call): Promise<Account>;
  /**
   * Stores what another program knew of an account, and asks no server: `confirm` finds out at the first run. Its server's id and
   * its user must be given. A server that is known already keeps its name. Throws as `create` does for what is wrong in itself.
   */
  adopt(account: NewAccount, userName?: string): Promise<Account>;
  /**
   * Changes what the patch names. With `verify` the server is asked again, as at `create`. Another server or another user makes it
   * another account, with an id of its own and nothing observed yet; name, webhook address and switches stay. Without it only another
   * server that answers at a new address is refused (`invalid`); where none answers, the patch is believed.
   */
  update(id: AccountId, patch: AccountPatch, how: Readonly<{ verify: boolean }> & Call): Promise<Account>;
  /** All of it anew, but for its name, type, webhook address and consent; always verified. What is not given falls back to its default. */
  replace(id: AccountId, account: AccountReplacement, call?: Call): Promise<Account>;
  /** `alongside` removes in the same transaction what other rooms hold of the account. The server stays known. Throws `not-found`. */
  remove(id: AccountId, alongside?: (handle: Handle, account: Account) => Promise<void>): Promise<Account>;

  /** The account's client: one for as long as address, credentials and options stay the same. Throws `not-found`, `unavailable`. */
  connect(account: Pick<Account, 'id'>): Promise<MediaServer>;
  /**
   * Asks whether the account's server is still the one that was stored, and keeps its name and version up to date. Another server
   * at that address is `upstream-rejected`: nothing may be read from it, since its items have ids of their own. Ask before each run.
   */
  confirm(account: Pick<Account, 'id'>, call: CallOptions): Promise<ServerIdentity>;
  /** As a driver's other verbs take it, secrets included. */
  connectionFor(account: Pick<Account, 'id'>): Promise<UpstreamConnection>;
  /** For a server that is not stored. Throws `invalid` with all faults. */
  connectionTo(unsaved: UnsavedConnection): UpstreamConnection;
  /** Who answers there. Throws as `create` does. */
  probe(unsaved: UnsavedConnection, call?: Call): Promise<ServerIdentity>;
  /**
   * Whoever has a user there: the server's own list, with what the vendor knows of them elsewhere. Throws the upstream's fault where
   * the token may see neither.
   */
  usersOf(account: Pick<Account, 'id' | 'server'>, call?: Call): Promise<readonly UpstreamUser[]>;
  /** The same for a server that is not stored. Throws as `create` does. */
  usersAt(unsaved: UnsavedConnection, call?: Call): Promise<readonly UpstreamUser[]>;
  /** Throws `invalid` for a type that there is no driver for. */
  driver(type: string): MediaServerDriver;
  driverOf(account: Pick<Account, 'server'>): MediaServerDriver;

  /** In clear. Never to be logged, nor shown to anybody but the account's own person. */
  tokenOf(account: Pick<Account, 'id'>): Promise<string>;
  secretOptionsOf(account: Pick<Account, 'id'>): Promise<AccountOptions>;
  webhookTokenOf(account: Pick<Account, 'id'>): Promise<string>;
  accountByWebhookToken(token: string): Promise<Account | undefined>;
  /** The former token is worth nothing from now on; answers the new one. */
  rotateWebhookToken(id: AccountId): Promise<string>;

  noteOk(id: AccountId): Promise<void>;
  /** `from`: whether a read or a change failed; a read unless told. */
  noteError(id: AccountId, error: AppError, from?: AccountHealth['errorFrom']): Promise<void>;
  /** A webhook came in. */
  noteEvent(id: AccountId, event: string): Promise<void>;
  /** What the server says of itself now. */
  noteServer(id: ServerId, identity: Pick<ServerIdentity, 'name' | 'version'>): Promise<void>;
  setImportSync(id: AccountId, at: Instant | undefined): Promise<void>;
  setExportSync(id: AccountId, at: Instant | undefined): Promise<void>;
}>;

const LONGEST_NOTE = 1_000;
const signalOf = ({ signal = new AbortController().signal, raw }: Call): CallOptions => ({ signal, ...(raw !== undefined && { raw }) });
const forPerson = (name: string): AppError => new AppError('not-found', `There is no account "${name}".`);

/** The people's accounts on media servers, and the way to reach them. */
export function createConnections({ database, clock, secrets, drivers, publish, onSilenced, mayAdd }: ConnectionsDeps): Connections {
  const store = createConnectionsStore(database);
  const clients = new Map<AccountId, Readonly<{ key: string; client: MediaServer }>>();

  async function sealed(id: AccountId): Promise<SealedAccount> {
    const found = await store.sealed(id);
    if (!found) throw new AppError('not-found', `There is no account ${id}: it was removed, or its user was changed.`);
    return found;
  }

  const secretsIn = (found: SealedAccount): AccountOptions =>
    found.secretOptions === null ? {} : (JSON.parse(secrets.decrypt(found.secretOptions)) as AccountOptions);

  function connectionIn(found: SealedAccount): UpstreamConnection {
    const { server, userId, options } = found.account;
    const token = secrets.decrypt(found.token);
    return connectionOf({ url: server.url, uuid: server.uuid, token, userId, options: { ...options, ...secretsIn(found) } });
  }

  const driver = (type: string): MediaServerDriver => driverFor(drivers, type);
  const editing = createEditing({
    database,
    clock,
    secrets,
    drivers,
    ...(publish && { publish }),
    ...(onSilenced && { onSilenced }),
    ...(mayAdd && { mayAdd }),
  });
  const byId = async (id: AccountId): Promise<Account> => (await sealed(id)).account;

  async function connect({ id }: Pick<Account, 'id'>): Promise<MediaServer> {
    const found = await sealed(id);
    const { server, userId, options } = found.account;
    // The encrypted text changes whenever the token is written, so nothing needs to be decrypted to see that it is the same.
    const key = JSON.stringify([server.type, server.url, server.uuid, userId, options, found.token, found.secretOptions]);
    const cached = clients.get(id);
    if (cached?.key === key) return cached.client;
    if (!isDriven(drivers, server.type)) {
      throw new AppError('unavailable', `"${found.account.name}" is a ${server.type} server, which this release does not speak to.`);
    }
    const client = driver(server.type).connect(connectionIn(found));
    clients.set(id, { key, client });
    return client;
  }

  return {
    list: (person) => store.list(person),
    async get(person, name) {
      const account = await store.byName(person, name);
      if (!account) throw forPerson(name);
      return account;
    },
    byId,
    servers: () => store.servers(),
    accountsOf: (server) => store.onServer(server),
    accountsOnServer: (type, uuid) => store.byServerUuid(type, uuid),
    async readerOf(server) {
      const rank = (account: Account): number => (account.importEnabled ? 0 : 2) + (account.health.state === 'degraded' ? 1 : 0);
      const [first] = [...(await store.onServer(server))].sort((a, b) => rank(a) - rank(b) || a.id - b.id);
      return first;
    },

    create: editing.create,
    adopt: (account, userName) => editing.adopt(account, userName),
    update: editing.update,
    replace: editing.replace,
    remove: editing.remove,
    rotateWebhookToken: editing.rotateWebhookToken,

    connect,
    async confirm({ id }, call) {
      const { server } = await byId(id);
      const identity = await (await connect({ id })).identify(call);
      if (identity.uuid !== server.uuid) {
        throw new AppError(
          'upstream-rejected',
          `Another server answers at ${server.url}: its id is ${identity.uuid}, and ${server.name} was ${server.uuid}. Nothing was read. Correct the address, or add that server anew.`,
        );
      }
      if (identity.name !== server.name || identity.version !== server.version) await store.nameServer(server.id, identity, clock.now());
      return identity;
    },
    connectionFor: async ({ id }) => connectionIn(await sealed(id)),
    connectionTo: (unsaved) => connectionTo(drivers, unsaved),
    async probe(unsaved, call = {}) {
      const connection = connectionTo(drivers, unsaved);
      const { identity } = await probeServer(driver(unsaved.type), connection, signalOf(call));
      return identity;
    },
    usersOf: async ({ id, server }, call = {}) => listUsers(driver(server.type), connectionIn(await sealed(id)), signalOf(call)),
    async usersAt(unsaved, call = {}) {
      const connection = connectionTo(drivers, unsaved);
      const { identity } = await probeServer(driver(unsaved.type), connection, signalOf(call));
      return listUsers(driver(unsaved.type), { ...connection, uuid: identity.uuid }, signalOf(call));
    },
    driver,
    driverOf: (account) => driver(account.server.type),

    tokenOf: async ({ id }) => secrets.decrypt((await sealed(id)).token),
    secretOptionsOf: async ({ id }) => secretsIn(await sealed(id)),
    webhookTokenOf: async ({ id }) => secrets.decrypt((await sealed(id)).webhookToken),
    accountByWebhookToken: (token) => store.byWebhookHash(hashToken(token)),

    noteOk: (id) => store.noteOk(id),
    noteError: (id, error, from = 'read') =>
      store.noteError(id, { at: clock.now(), code: error.code, message: error.message.slice(0, LONGEST_NOTE) }, from),
    noteEvent: (id, event) => store.change(id, { last_event_at: clock.now(), last_event: event.slice(0, LONGEST_NOTE) }),
    noteServer: (id, { name, version }) => store.nameServer(id, { name, version }, clock.now()),
    setImportSync: (id, at) => store.change(id, { import_last_sync: at ?? null }),
    setExportSync: (id, at) => store.change(id, { export_last_sync: at ?? null }),
  };
}
