import { refuseFaults } from '#core/connections/index.ts';
import type { CallOptions, DeskIdentity, DeskTitle, RequestDesk, RequestDeskDriver } from '#core/upstreams/index.ts';
import { AppError, type FieldFault, invalid } from '#kernel/app-error.ts';
import type { DeskId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { hashToken, type Secrets } from '#platform/secrets/index.ts';
import { type Desk, labelOf } from './desk.ts';
import { createDeskEditing, type DeskPatch, type SaveDesk, VENDOR } from './desk-editing.ts';
import { type DeskInput, inputFaults, plainUrl } from './desk-input.ts';
import { deskFaults } from './desk-rules.ts';
import { createDesksStore, type Database } from './desks.store.ts';

export type DesksDeps = Readonly<{
  database: Database;
  clock: Clock;
  secrets: Pick<Secrets, 'encrypt' | 'decrypt'>;
  /** By vendor. */
  drivers: Readonly<Record<string, RequestDeskDriver>>;
  /** Throws where nothing may be added just now. */
  mayAdd?(): Promise<void>;
}>;

type Call = Partial<CallOptions>;

export type DeskTest = Readonly<{ vendor?: string | undefined; url?: string | undefined; apiKey?: string | undefined }>;

/** The desks, and the way to reach them. Every verb that takes an id throws `not-found`. */
export type Desks = Readonly<{
  /** In the order in which they were added. */
  list(): Promise<readonly Desk[]>;
  get(id: DeskId): Promise<Desk>;
  /** By `internal:<Name>`, label, or address, however the address is spelt. */
  byLabel(label: string): Promise<Desk | undefined>;
  /** Throws `invalid` with all faults that the desk brings, `conflict` for a name that is taken, and with `verify` the desk's own fault. */
  create(desk: DeskInput & Readonly<{ name: string }>, how?: SaveDesk): Promise<Desk>;
  /** Throws as `create` does. A new origin needs its key with it: the stored one is not sent to another server. */
  update(id: DeskId, patch: DeskPatch, how?: SaveDesk): Promise<Desk>;
  /** With all that is known of its requests. */
  remove(id: DeskId): Promise<Desk>;
  /** What is wrong with all of them together. */
  faults(): Promise<readonly FieldFault[]>;

  /** One client for as long as address and key stay the same. Throws `misconfigured` where one of them is missing. */
  connect(desk: Pick<Desk, 'id'>): Promise<RequestDesk>;
  /** Who answers at an address that is not stored, the key proven. Throws `invalid` with all faults, and the desk's own fault. */
  test(desk: DeskTest, call?: Call): Promise<Readonly<{ identity: DeskIdentity; raw: Readonly<Record<string, unknown>> }>>;
  /** Asks who the key acts as, and notes that it is proven. Throws the desk's fault, `invalid` where the key is no administrator's. */
  prove(desk: Pick<Desk, 'id'>, call: CallOptions): Promise<DeskIdentity>;
  /** The key was refused: it is proven anew before anything else is asked. */
  noteUnproven(id: DeskId): Promise<void>;
  /** All of its requests were listed. */
  noteListed(id: DeskId, at: Instant): Promise<void>;
  noteFault(id: DeskId, error: AppError): Promise<void>;
  /** What went wrong before is no reason to wait any more. */
  forgetFaults(id: DeskId): Promise<void>;

  /** In clear. Never to be logged. */
  webhookTokenOf(desk: Pick<Desk, 'id'>): Promise<string>;
  byWebhookToken(token: string): Promise<Desk | undefined>;
  /** The former token is worth nothing from now on; answers the new one. */
  rotateWebhookToken(id: DeskId): Promise<string>;
  /** Which request a webhook's body speaks of, by the desk's own id. */
  requestOfWebhook(desk: Pick<Desk, 'vendor'>, body: unknown): number | undefined;
  /** What a webhook's body calls the title, where it says so. */
  titleOfWebhook(desk: Pick<Desk, 'vendor'>, body: unknown): DeskTitle | undefined;
}>;

const LONGEST_NOTE = 1_000;
const signalOf = (call: Call): CallOptions => ({ signal: call.signal ?? new AbortController().signal });

export function createDesks({ database, clock, secrets, drivers, mayAdd }: DesksDeps): Desks {
  const store = createDesksStore(database);
  const clients = new Map<DeskId, Readonly<{ key: string; client: RequestDesk }>>();

  function driverOf(vendor: string): RequestDeskDriver {
    const found = Object.hasOwn(drivers, vendor) ? drivers[vendor] : undefined;
    if (found) return found;
    throw invalid('vendor', `must be one of ${Object.keys(drivers).join(', ') || 'none: this release speaks to no desk'}`);
  }

  async function identifyAs(client: RequestDesk, name: string, call: CallOptions): Promise<DeskIdentity> {
    const identity = await client.identify(call);
    if (identity.user.rights.admin) return identity;
    throw invalid(
      'api_key',
      `of ${name} acts as ${identity.user.displayName}, who is no administrator there and is shown only a part of the requests`,
    );
  }

  const editing = createDeskEditing({
    database,
    clock,
    secrets,
    requireVendor: (vendor) => void driverOf(vendor),
    probe: async ({ vendor, ...place }, call) => (await identifyAs(driverOf(vendor).connect(place), place.name, signalOf(call))).version,
  });
  const { sealed } = editing;
  const list = async (): Promise<readonly Desk[]> => (await store.list()).map(({ desk }) => desk);

  async function connect({ id }: Pick<Desk, 'id'>): Promise<RequestDesk> {
    const { desk, apiKey } = await sealed(id);
    if (desk.url === '' || apiKey === null) {
      const missing = desk.url === '' ? 'address' : 'API key';
      throw new AppError('misconfigured', `${labelOf(desk)} has no ${missing}. Enter it in the settings of that desk.`);
    }
    // The encrypted text changes whenever the key is written, so nothing needs to be decrypted to see that it is the same.
    const key = JSON.stringify([desk.vendor, labelOf(desk), desk.url, apiKey]);
    const cached = clients.get(id);
    if (cached?.key === key) return cached.client;
    const client = driverOf(desk.vendor).connect({ name: labelOf(desk), url: desk.url, apiKey: secrets.decrypt(apiKey) });
    clients.set(id, { key, client });
    return client;
  }

  return {
    list,
    get: async (id) => (await sealed(id)).desk,
    async byLabel(label) {
      const desks = await list();
      const url = URL.canParse(label.trim()) ? plainUrl(label) : undefined;
      return desks.find((desk) => labelOf(desk) === label) ?? desks.find((desk) => desk.place === 'external' && desk.url === url);
    },
    async create(desk, how) {
      await mayAdd?.();
      return editing.create(desk, how);
    },
    update: editing.update,
    async remove(id) {
      clients.delete(id);
      return editing.remove(id);
    },
    faults: async () => deskFaults(await list()),

    connect,
    async test({ vendor, url, apiKey }, call = {}) {
      const missing = [
        ...(url?.trim() ? [] : [{ field: 'url', message: 'is missing' }]),
        ...(apiKey?.trim() ? [] : [{ field: 'api_key', message: 'is missing' }]),
      ];
      refuseFaults([...missing, ...inputFaults({ ...(url?.trim() && { url }), ...(apiKey?.trim() && { apiKey }) })]);
      const client = driverOf(vendor ?? VENDOR).connect({ name: 'Seerr', url: plainUrl(url ?? ''), apiKey: (apiKey ?? '').trim() });
      const { raw } = await client.version(signalOf(call));
      return { identity: await identifyAs(client, 'this desk', signalOf(call)), raw };
    },
    async prove(desk, call) {
      const identity = await identifyAs(await connect(desk), labelOf((await sealed(desk.id)).desk), call);
      await store.change(desk.id, { proven_at: clock.now(), version: identity.version });
      return identity;
    },
    noteUnproven: (id) => store.change(id, { proven_at: null }),
    noteListed: (id, at) => store.change(id, { listed_at: at, faults_in_a_row: 0 }),
    noteFault: (id, error) => store.noteFault(id, { at: clock.now(), code: error.code, message: error.message.slice(0, LONGEST_NOTE) }),
    forgetFaults: (id) => store.change(id, { faults_in_a_row: 0 }),

    webhookTokenOf: async ({ id }) => secrets.decrypt((await sealed(id)).webhookToken),
    byWebhookToken: async (given) => (await store.byWebhookHash(hashToken(given)))?.desk,
    rotateWebhookToken: editing.rotateWebhookToken,
    titleOfWebhook: ({ vendor }, body) => driverOf(vendor).titleOfWebhook(body),
    requestOfWebhook: ({ vendor }, body) => driverOf(vendor).requestOfWebhook(body),
  };
}
