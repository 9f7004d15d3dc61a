import { AppError, invalid } from '#kernel/app-error.ts';
import { type ApiKeyId, apiKeyId, type LoginId, loginId, type PersonId } from '#kernel/ids.ts';
import { type Clock, type Instant, minutes } from '#kernel/instant.ts';
import { newToken, type Secrets } from '#platform/secrets/index.ts';
import { type Actor, atLeast, may, type Role, requireActAs, requireRight, SCOPES, type Scope, scopesOfRole } from './actor.ts';
import { type ApiKey, createApiKeyStore, type Database, type Handle } from './api-keys.store.ts';
import { AUDIENCES, type Audience, opens, type Surface } from './surface.ts';

export type ApiKeysDeps = Readonly<{ database: Database; clock: Clock; secrets: Secrets }>;

/** What is asked of a new key; without a role it gets the maker's, without scopes all but `webhook` that maker and role have. */
export type KeyWish = Readonly<{ name: string; role?: Role; scopes?: readonly Scope[]; surface?: Audience; personId?: PersonId }>;

export type ApiKeys = Readonly<{
  /** All keys for whoever holds `admin`, revoked ones included; for others those of the person that they are. */
  list(by: Actor): Promise<ApiKey[]>;
  /**
   * A new key. `key` is the only time that anybody sees it.
   * @throws AppError `forbidden` where it could do more than its maker, `invalid` with the field
   */
  create(wish: KeyWish, by: Actor): Promise<Readonly<{ key: string; record: ApiKey }>>;
  /** @throws AppError `not-found`, `forbidden`; `conflict` for the key of USHERR_API_KEY, which only the environment withdraws */
  revoke(id: ApiKeyId, by: Actor): Promise<void>;
}>;

const KEY_PURPOSE = 'api-key';
const OWNER_KEY = { role: 'owner', scopes: SCOPES, surface: 'api' } as const;

/** The keys, and what only this room does with them. */
export type KeyRing = ApiKeys &
  Readonly<{
    actorOf(key: string, surface: Surface): Promise<Actor | undefined>;
    /** Puts USHERR_API_KEY in force, or makes the first owner key and answers it. */
    start(apiKey: string | undefined): Promise<string | undefined>;
  }>;

export function createApiKeys({ database, clock, secrets }: ApiKeysDeps): KeyRing {
  const store = createApiKeyStore(database);
  const hashOf = (key: string): string => secrets.hmac(KEY_PURPOSE, key);
  const noted = new Map<ApiKeyId, Instant>();

  /** A write for every request would make reading the history cost a transaction. */
  const noteUse = async (id: ApiKeyId): Promise<void> => {
    const now = clock.now();
    if (now - (noted.get(id) ?? Number.NEGATIVE_INFINITY) < minutes(1)) return;
    noted.set(id, now);
    await store.used(id, now);
  };

  /** The login behind an actor: a key's maker answers for the keys that it makes. */
  async function makerOf(by: Actor): Promise<LoginId | undefined> {
    if (by.kind === 'login') return loginId(Number(by.id));
    return by.kind === 'api-key' ? (await store.get(apiKeyId(Number(by.id))))?.madeBy : undefined;
  }

  return {
    async list(by) {
      const all = await store.list();
      return may(by, 'admin') ? all : all.filter((key) => key.personId !== undefined && key.personId === by.personId);
    },
    async create(wish, by) {
      const checked = checkWish(wish, by);
      const key = `usherr_${newToken()}`;
      const record = await store.add({
        ...checked,
        hash: hashOf(key),
        origin: 'person',
        createdBy: by.name,
        madeBy: await makerOf(by),
        at: clock.now(),
      });
      return { key, record };
    },
    async revoke(id, by) {
      const key = await store.get(id);
      const theirs = key?.personId !== undefined && key.personId === by.personId;
      if (!key || !(theirs || may(by, 'admin'))) throw new AppError('not-found', 'There is no such key.');
      requireRight(by, key.role === 'owner' ? 'owner' : theirs ? 'write' : 'admin');
      if (key.origin === 'environment') {
        throw new AppError('conflict', 'This key comes from USHERR_API_KEY. Change or unset it there and start again.');
      }
      await store.revoke(id, clock.now());
    },
    async actorOf(key, surface) {
      const found = await store.byHash(hashOf(key));
      if (!found || !opens(found.surface, surface)) return undefined;
      await noteUse(found.id);
      const { id, name, role, scopes, personId } = found;
      return { kind: 'api-key', id: String(id), name, role, scopes, ...(personId !== undefined && { personId }) };
    },
    async start(apiKey) {
      const at = clock.now();
      const hash = apiKey === undefined ? undefined : hashOf(apiKey);
      await store.revokeEnvironment(hash, at);
      if (hash !== undefined) {
        // Somebody may have copied the generated key into the environment.
        const same = await store.anyByHash(hash);
        const origin = same?.origin === 'first-start' ? 'first-start' : 'environment';
        if (same) await store.promote(same.id, { ...OWNER_KEY, origin });
        else await store.add({ ...OWNER_KEY, name: 'USHERR_API_KEY', hash, personId: undefined, origin, createdBy: 'environment', at });
        return undefined;
      }
      if (await store.ofOrigin('first-start')) return undefined;
      const key = `usherr_${newToken()}`;
      const made = { name: 'Owner key', hash: hashOf(key), personId: undefined, origin: 'first-start', createdBy: 'first start' } as const;
      await store.add({ ...OWNER_KEY, ...made, at });
      return key;
    },
  };
}

/** A key can never do more than whoever makes it. */
function checkWish(wish: KeyWish, by: Actor): Required<Omit<KeyWish, 'personId'>> & Readonly<{ personId: PersonId | undefined }> {
  if (by.kind !== 'login') requireRight(by, 'admin');
  const name = wish.name.trim();
  if (name === '' || name.length > 100 || /\p{Cc}/u.test(name)) throw invalid('name', 'must be 1 to 100 characters');
  const surface = wish.surface ?? 'api';
  if (!AUDIENCES.includes(surface)) throw invalid('surface', `must be one of ${AUDIENCES.join(', ')}`);
  const role = wish.role ?? by.role;
  if (!atLeast(by.role, role)) throw new AppError('forbidden', `${by.name} may not make a key with the role "${role}".`);
  return { name, role, scopes: checkScopes(wish.scopes, role, by), surface, personId: checkPerson(wish.personId, role, by) };
}

function checkScopes(wished: readonly Scope[] | undefined, role: Role, by: Actor): readonly Scope[] {
  const allowed = scopesOfRole(role).filter((scope) => by.scopes.includes(scope));
  const scopes = [...new Set(wished ?? allowed.filter((scope) => scope !== 'webhook'))];
  if (scopes.length === 0) throw invalid('scopes', 'must name at least one');
  const beyond = scopes.find((scope) => !allowed.includes(scope));
  if (beyond === undefined) return scopes;
  throw new AppError('forbidden', `A key with the role "${role}" made by ${by.name} cannot have the scope "${beyond}".`);
}

function checkPerson(wished: PersonId | undefined, role: Role, by: Actor): PersonId | undefined {
  const makerActsAsAnyone = by.kind === 'login' ? atLeast(by.role, 'admin') : by.personId === undefined;
  const personId = wished ?? (makerActsAsAnyone && role !== 'person' ? undefined : by.personId);
  if (personId !== undefined) {
    requireActAs(by, personId);
    return personId;
  }
  if (role === 'person') throw invalid('personId', 'is needed for a key with the role "person"');
  if (makerActsAsAnyone) return undefined;
  throw new AppError('forbidden', `${by.name} may not make a key that acts as anyone.`);
}

/** The login is gone: what it made goes with it, but for keys that act as somebody else and can do no more than that person. */
export async function revokeKeysOf(handle: Handle, login: Readonly<{ id: LoginId; personId: PersonId }>, at: Instant): Promise<void> {
  const store = createApiKeyStore(handle);
  for (const key of await store.madeBy(login.id)) {
    const isSomebodyElses = key.role === 'person' && key.personId !== undefined && key.personId !== login.personId;
    if (!isSomebodyElses) await store.revoke(key.id, at);
  }
}

/** The login may do less from now on: keys that could do more than it end. */
export async function revokeKeysAbove(
  handle: Handle,
  login: LoginId,
  { role, scopes = scopesOfRole(role) }: Readonly<{ role: Role; scopes?: readonly Scope[] }>,
  at: Instant,
): Promise<void> {
  const store = createApiKeyStore(handle);
  for (const key of await store.madeBy(login)) {
    const isWithin = atLeast(role, key.role) && key.scopes.every((scope) => scopes.includes(scope));
    if (!isWithin) await store.revoke(key.id, at);
  }
}
