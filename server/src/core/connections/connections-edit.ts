import type { Events, Publish } from '#core/events.ts';
import type { CallOptions, UpstreamConnection } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { AccountId, ServerId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { hashToken, newToken, type Secrets } from '#platform/secrets/index.ts';
import { type Account, isListenedTo } from './account.ts';
import {
  type AccountPatch,
  type AccountReplacement,
  bit,
  type Draft,
  mergeOptions,
  type NewAccount,
  NOTHING_YET,
  placeOf,
  sameOptions,
  storedOptions,
  switchColumns,
  userOf,
} from './account-draft.ts';
import { nameFault, normalUrl, refuseFaults, tokenFault, urlFault } from './account-input.ts';
import { type AccountOptions, readOptions } from './account-options.ts';
import { connectionOf, type Drivers, driverFor, isDriven } from './connection-of.ts';
import {
  type AccountChanges,
  type ConnectionsStore,
  createConnectionsStore,
  type Database,
  type Handle,
  type SealedAccount,
} from './connections.store.ts';
import { probeAccount, refuseAnother } from './probe.ts';
import { tokenOrPassword } from './token-or-password.ts';

type Call = Partial<CallOptions>;

export type EditingDeps = Readonly<{
  database: Database;
  clock: Clock;
  secrets: Pick<Secrets, 'encrypt' | 'decrypt'>;
  drivers: Drivers;
  publish?: Publish<Handle>;
  onSilenced?: OnSilenced;
  mayAdd?(): Promise<void>;
}>;

/** Called in the transaction in which an account stops being listened to. */
export type OnSilenced = (handle: Handle, account: AccountId) => Promise<void>;

type Base = Pick<Draft, 'options' | 'secretOptions'>;
type Verify = Call & Readonly<{ verify: boolean }>;

const absent = (id: AccountId): AppError =>
  new AppError('not-found', `There is no account ${id}: it was removed, or its user was changed.`);
const taken = (name: string): AppError => new AppError('conflict', `There is an account "${name}" already. Choose another name.`);
const signalOf = (call: Call): CallOptions => ({ signal: call.signal ?? new AbortController().signal });

export function createEditing({ database, clock, secrets, drivers, publish, onSilenced, mayAdd }: EditingDeps) {
  const seal = (options: AccountOptions): string | null =>
    Object.keys(options).length === 0 ? null : secrets.encrypt(JSON.stringify(options));

  const secretsIn = (found: SealedAccount): AccountOptions =>
    found.secretOptions === null ? {} : (JSON.parse(secrets.decrypt(found.secretOptions)) as AccountOptions);

  const placeColumns = (draft: Draft) => ({
    upstream_user_id: draft.userId,
    upstream_user_name: draft.userName ?? null,
    options: JSON.stringify(draft.options),
  });

  const tell = (
    handle: Handle,
    topic: 'account.added' | 'account.changed' | 'account.removed',
    about: Events['account.added'],
  ): Promise<void> => publish?.(handle, topic, about) ?? Promise.resolve();

  const freshToken = () => {
    const token = newToken();
    return { token, columns: { webhook_token: secrets.encrypt(token), webhook_token_hash: hashToken(token) } };
  };

  async function sealed(store: ConnectionsStore, id: AccountId): Promise<SealedAccount> {
    const found = await store.sealed(id);
    if (!found) throw absent(id);
    return found;
  }

  async function checked(given: NewAccount) {
    await mayAdd?.();
    const read = readOptions(given.options ?? {});
    const driver = driverFor(drivers, given.type);
    refuseFaults([nameFault(given.name), urlFault(given.url), tokenFault(given.token), ...read.faults]);
    const { name = '', personId } = given;
    const place = { url: normalUrl(given.url ?? ''), token: (given.token ?? '').trim() };
    if (await createConnectionsStore(database).byName(personId, name)) throw taken(name);
    return { read, driver, place };
  }

  async function create(given: NewAccount, call: Call = {}): Promise<Account> {
    const { read, driver, place: told } = await checked(given);
    const { token, userId } = await tokenOrPassword(driver, told, signalOf(call));
    const place = { ...told, token };
    const options = { ...read.plain, ...read.secret };
    const user = given.user || userId;
    const connection = connectionOf({ ...place, options, uuid: given.uuid || undefined, userId: user });
    const probed = await probeAccount(driver, connection, user, signalOf(call));
    const server = { type: given.type, url: place.url, ...probed.identity };
    return keep(given, { server, token, ...userOf(probed, user), options: read.plain, secretOptions: read.secret });
  }

  async function adopt(given: NewAccount, userName: string | undefined): Promise<Account> {
    const { read, place } = await checked(given);
    const [uuid, userId] = [given.uuid?.trim() ?? '', given.user?.trim() ?? ''];
    refuseFaults([
      uuid === '' ? { field: 'uuid', message: 'is missing, and the server is not asked for it now' } : undefined,
      userId === '' ? { field: 'user', message: 'is missing, and the server is not asked for it now' } : undefined,
    ]);
    const fresh = { type: given.type, url: place.url, uuid, name: given.name ?? given.type, version: '' };
    const servers = await createConnectionsStore(database).servers();
    const server = servers.find((one) => one.type === fresh.type && one.uuid === fresh.uuid && one.url === fresh.url) ?? fresh;
    return keep(given, {
      server: { ...fresh, name: server.name, version: server.version },
      token: place.token,
      userId,
      userName,
      options: read.plain,
      secretOptions: read.secret,
    });
  }

  function keep(given: NewAccount, draft: Draft): Promise<Account> {
    const { name = '', personId } = given;
    const { switches } = readOptions(given.options ?? {});
    return database.transaction(async (handle) => {
      const store = createConnectionsStore(handle);
      const now = clock.now();
      const serverId = await store.ensureServer(draft.server, now);
      const id = await store.insert({
        ...placeColumns(draft),
        ...freshToken().columns,
        server_id: serverId,
        person_id: personId,
        name,
        token: secrets.encrypt(draft.token),
        secret_options: seal(draft.secretOptions),
        import_enabled: bit(given.importEnabled ?? false),
        export_enabled: bit(given.exportEnabled ?? false),
        metadata_only: bit(given.metadataOnly ?? switches.metadataOnly ?? false),
        never_unwatch: bit(given.neverUnwatch ?? switches.neverUnwatch ?? false),
        consent: given.consent ?? (given.exportEnabled === true ? 'given' : 'pending'),
        ...NOTHING_YET,
        created_at: now,
        updated_at: now,
      });
      if (id === undefined) throw taken(name);
      await tell(handle, 'account.added', { accountId: id, personId, serverId });
      return (await sealed(store, id)).account;
    });
  }

  async function draftOf(found: SealedAccount, patch: AccountPatch, base: Base, how: Verify): Promise<Draft> {
    const { account } = found;
    const read = readOptions(patch.options ?? {});
    refuseFaults([
      patch.url === undefined ? undefined : urlFault(patch.url),
      patch.token === undefined ? undefined : tokenFault(patch.token),
      ...read.faults,
    ]);
    const place = placeOf(account, patch);
    const kept = {
      token:
        patch.token === undefined ? secrets.decrypt(found.token) : await tokenOf(account.server.type, place.url, patch.token.trim(), how),
      options: mergeOptions(base.options, read.plain, read.removed),
      secretOptions: mergeOptions(base.secretOptions, read.secret, read.removed),
    };
    const connection = connectionOf({ ...place, token: kept.token, options: { ...kept.options, ...kept.secretOptions } });
    if (!how.verify) return { ...kept, ...(await believed(account, patch, connection, how)) };
    const { type } = account.server;
    const probed = await probeAccount(driverFor(drivers, type), connection, place.userId, signalOf(how));
    return { ...kept, server: { type, url: place.url, ...probed.identity }, ...userOf(probed, place.userId) };
  }

  async function tokenOf(type: string, url: string, token: string, call: Call): Promise<string> {
    return isDriven(drivers, type) ? (await tokenOrPassword(driverFor(drivers, type), { url, token }, signalOf(call))).token : token;
  }

  /** What is not verified: as it was given, unless another server answers there. */
  async function believed(
    { server, userId, userName }: Account,
    patch: AccountPatch,
    connection: UpstreamConnection,
    call: Call,
  ): Promise<Pick<Draft, 'server' | 'userId' | 'userName'>> {
    const { url, uuid = server.uuid, userId: user = userId } = connection;
    if ((url !== server.url || uuid !== server.uuid) && isDriven(drivers, server.type)) {
      await refuseAnother(driverFor(drivers, server.type), connection, { uuid, field: patch.uuid ? 'uuid' : 'url' }, signalOf(call));
    }
    const { type, name, version } = server;
    return { server: { type, name, version, url, uuid }, userId: user, userName: user === userId ? userName : undefined };
  }

  async function change(id: AccountId, patch: AccountPatch, all: boolean, how: Verify): Promise<Account> {
    const found = await sealed(createConnectionsStore(database), id);
    const base: Base = all
      ? { options: {}, secretOptions: {} }
      : { options: storedOptions(found.account), secretOptions: secretsIn(found) };
    const draft = await draftOf(found, patch, base, how);
    return database.transaction(async (handle) => {
      const store = createConnectionsStore(handle);
      const { account: current } = await sealed(store, id);
      const another = draft.server.uuid !== current.server.uuid || draft.userId !== current.userId;
      const serverId = await placeServer(store, current, draft);
      const changes = {
        ...placeColumns(draft),
        ...switchColumns(current, patch, another),
        server_id: serverId,
        // Left as it was where it is the same, so that the client of the account is kept.
        ...(draft.token !== secrets.decrypt(found.token) && { token: secrets.encrypt(draft.token) }),
        ...(!sameOptions(draft.secretOptions, secretsIn(found)) && { secret_options: seal(draft.secretOptions) }),
        updated_at: clock.now(),
      };
      if (another) return succeed(handle, current, changes);
      await store.change(id, changes);
      await tell(handle, 'account.changed', { accountId: id, personId: current.personId, serverId });
      const { account } = await sealed(store, id);
      if (isListenedTo(current) && !isListenedTo(account)) await onSilenced?.(handle, id);
      return account;
    });
  }

  async function placeServer(store: ConnectionsStore, current: Account, draft: Draft): Promise<ServerId> {
    const moved =
      draft.server.uuid === current.server.uuid && (await store.moveServer(current.server.id, current.id, draft.server.url, clock.now()));
    if (!moved) return store.ensureServer(draft.server, clock.now());
    await store.nameServer(current.server.id, draft.server, clock.now());
    return current.server.id;
  }

  /** What was observed of one user must never be held against another: so the account gets a new id, and starts unobserved. */
  async function succeed(handle: Handle, current: Account, changes: AccountChanges & Readonly<{ server_id: ServerId }>): Promise<Account> {
    const store = createConnectionsStore(handle);
    const { personId } = current;
    const former = await store.take(current.id);
    if (!former) throw absent(current.id);
    await tell(handle, 'account.removed', { accountId: current.id, personId, serverId: current.server.id });
    const id = await store.insert({ ...former, ...changes, ...NOTHING_YET } as typeof former);
    if (id === undefined) throw taken(current.name);
    await tell(handle, 'account.added', { accountId: id, personId, serverId: changes.server_id });
    return (await sealed(store, id)).account;
  }

  return {
    create,
    adopt,

    update: (id: AccountId, patch: AccountPatch, how: Verify): Promise<Account> => change(id, patch, false, how),

    async replace(id: AccountId, given: AccountReplacement, call: Call = {}): Promise<Account> {
      refuseFaults([urlFault(given.url), tokenFault(given.token)]);
      const { switches } = readOptions(given.options ?? {});
      const importEnabled = given.importEnabled ?? false;
      const metadataOnly = !importEnabled && (given.metadataOnly ?? switches.metadataOnly ?? false);
      const neverUnwatch = given.neverUnwatch ?? switches.neverUnwatch ?? false;
      const all = { ...given, importEnabled, exportEnabled: given.exportEnabled ?? false, metadataOnly, neverUnwatch };
      return change(id, all, true, { verify: true, ...call });
    },

    remove: (id: AccountId, alongside?: (handle: Handle, account: Account) => Promise<void>): Promise<Account> =>
      database.transaction(async (handle) => {
        const store = createConnectionsStore(handle);
        const { account } = await sealed(store, id);
        await alongside?.(handle, account);
        await store.take(id);
        await tell(handle, 'account.removed', { accountId: id, personId: account.personId, serverId: account.server.id });
        return account;
      }),

    async rotateWebhookToken(id: AccountId): Promise<string> {
      const { token, columns } = freshToken();
      const store = createConnectionsStore(database);
      await sealed(store, id);
      await store.change(id, { ...columns, updated_at: clock.now() });
      return token;
    },
  };
}
