import { refuseFaults } from '#core/connections/index.ts';
import type { CallOptions } from '#core/upstreams/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import type { DeskId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { hashToken, newToken, type Secrets } from '#platform/secrets/index.ts';
import { type Desk, labelOf } from './desk.ts';
import { type DeskInput, inputFaults, plainUrl } from './desk-input.ts';
import { deskFaults } from './desk-rules.ts';
import { createDesksStore, type Database, type Handle, type SealedDesk } from './desks.store.ts';

/**
 * `verify`: the desk is asked who it is, and its key must be an administrator's, since anybody else is shown a part of the requests.
 * `incomplete`: it is stored even where it leaves the desks at fault (an import of a file): cycles say so and stop.
 */
export type SaveDesk = Readonly<{ verify?: boolean; incomplete?: boolean }> & Partial<CallOptions>;

export type DeskPatch = Omit<DeskInput, 'place' | 'vendor'>;

type Place = Readonly<{ vendor: string; name: string; url: string; apiKey: string }>;

export type DeskEditingDeps = Readonly<{
  database: Database;
  clock: Clock;
  secrets: Pick<Secrets, 'encrypt' | 'decrypt'>;
  /** Proves the key there and answers the release. */
  probe(place: Place, call: Partial<CallOptions>): Promise<string>;
  /** Throws `invalid` for a vendor that there is no driver for. */
  requireVendor(vendor: string): void;
}>;

export const VENDOR = 'seerr';

const UNSAVED = 0 as DeskId;
const HEALTH: Desk['health'] = { state: 'unknown', lastError: undefined, faultsInARow: 0 };

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const movesTo = (url: string, from: string): boolean => url !== '' && from !== '' && new URL(url).origin !== new URL(from).origin;

function refuseLabel({ place }: Pick<Desk, 'place'>, label: string | null | undefined): void {
  if (place === 'internal' && typeof label === 'string') throw invalid('label', 'is for external desks: an internal one goes by its name');
}

/** Faults that name this desk: what was wrong with the others before is not held against it. */
function refuseOwnFaults(desk: Desk, others: readonly Desk[], how: SaveDesk): void {
  if (others.some((other) => sameName(other.name, desk.name)))
    throw new AppError('conflict', `There is a request desk "${desk.name}" already. Choose another name.`);
  if (how.incomplete === true) return;
  const start = `${labelOf(desk)}.`;
  const own = deskFaults([...others, desk]).filter(({ field }) => field.startsWith(start));
  refuseFaults(own.map(({ field, message }) => ({ field: field.slice(start.length), message })));
}

async function refuseBeside(handle: Handle, desk: Desk, how: SaveDesk): Promise<void> {
  const others = (await createDesksStore(handle).list()).map((one) => one.desk).filter((other) => other.id !== desk.id);
  refuseOwnFaults(desk, others, how);
}

/** What is to be stored: the desk, with its key in clear where it has one. */
function drafted(input: DeskInput & Readonly<{ name: string }>, now: Instant): Desk {
  return {
    id: UNSAVED,
    name: input.name.trim(),
    place: input.place ?? 'internal',
    vendor: input.vendor ?? VENDOR,
    url: plainUrl(input.url ?? ''),
    hasKey: input.apiKey !== undefined,
    role: input.role ?? 'disabled',
    label: input.label?.trim(),
    version: undefined,
    provenAt: undefined,
    listedAt: undefined,
    health: HEALTH,
    createdAt: now,
    updatedAt: now,
  };
}

function patched(current: Desk, patch: DeskPatch): Desk {
  return {
    ...current,
    name: patch.name?.trim() ?? current.name,
    url: patch.url === undefined ? current.url : plainUrl(patch.url),
    role: patch.role ?? current.role,
    label: patch.label === undefined ? current.label : patch.label?.trim(),
    hasKey: current.hasKey || patch.apiKey !== undefined,
  };
}

export function createDeskEditing({ database, clock, secrets, probe, requireVendor }: DeskEditingDeps) {
  const store = createDesksStore(database);

  async function sealed(id: DeskId): Promise<SealedDesk> {
    const found = await store.find(id);
    if (!found) throw new AppError('not-found', `There is no request desk ${id}.`);
    return found;
  }

  /** The release, where the desk was asked. */
  const verified = async ({ vendor, name, url }: Desk, apiKey: string | undefined, how: SaveDesk): Promise<string | undefined> =>
    how.verify === true && url !== '' && apiKey !== undefined ? probe({ vendor, name, url, apiKey }, how) : undefined;

  const newWebhook = () => {
    const plain = newToken();
    return { plain, columns: { webhook_token: secrets.encrypt(plain), webhook_token_hash: hashToken(plain) } };
  };

  return {
    sealed,

    async create(input: DeskInput & Readonly<{ name: string }>, how: SaveDesk = {}): Promise<Desk> {
      refuseFaults(inputFaults(input));
      const now = clock.now();
      const desk = drafted(input, now);
      const apiKey = input.apiKey?.trim();
      requireVendor(desk.vendor);
      refuseLabel(desk, input.label);
      await refuseBeside(database, desk, how);
      const version = await verified(desk, apiKey, how);
      const id = await database.transaction(async (handle) => {
        await refuseBeside(handle, desk, how);
        return createDesksStore(handle).insert({
          name: desk.name,
          place: desk.place,
          vendor: desk.vendor,
          url: desk.url,
          api_key: apiKey === undefined ? null : secrets.encrypt(apiKey),
          role: desk.role,
          label: desk.label ?? null,
          version: version ?? null,
          proven_at: version === undefined ? null : now,
          faults_in_a_row: 0,
          ...newWebhook().columns,
          created_at: now,
          updated_at: now,
        });
      });
      return (await sealed(id)).desk;
    },

    async update(id: DeskId, patch: DeskPatch, how: SaveDesk = {}): Promise<Desk> {
      refuseFaults(inputFaults(patch));
      const { desk: current, apiKey: storedKey } = await sealed(id);
      const desk = patched(current, patch);
      const apiKey = patch.apiKey?.trim();
      if (storedKey !== null && apiKey === undefined && movesTo(desk.url, current.url))
        throw invalid('api_key', 'must be given with another address: the stored key is not sent to another server');
      refuseLabel(desk, patch.label);
      await refuseBeside(database, desk, how);
      const moved = desk.url !== current.url || apiKey !== undefined;
      const key = apiKey ?? (storedKey === null ? undefined : secrets.decrypt(storedKey));
      const version = await verified(desk, key, how);
      const now = clock.now();
      await database.transaction(async (handle) => {
        await refuseBeside(handle, desk, how);
        await createDesksStore(handle).change(id, {
          name: desk.name,
          url: desk.url,
          role: desk.role,
          label: desk.label ?? null,
          updated_at: now,
          ...(apiKey !== undefined && { api_key: secrets.encrypt(apiKey) }),
          ...(moved && { proven_at: null, faults_in_a_row: 0 }),
          ...(version !== undefined && { version, proven_at: now }),
        });
      });
      return (await sealed(id)).desk;
    },

    async remove(id: DeskId): Promise<Desk> {
      const { desk } = await sealed(id);
      await store.remove(id);
      return desk;
    },

    async rotateWebhookToken(id: DeskId): Promise<string> {
      await sealed(id);
      const { plain, columns } = newWebhook();
      await store.change(id, columns);
      return plain;
    },
  };
}
