import { type Actor, may, requireRight } from '#core/access/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { GrantId, PersonId } from '#kernel/ids.ts';
import { type Clock, minutes } from '#kernel/instant.ts';
import type { Database } from './apps.store.ts';
import type { AppScope, ClientApp, Generation, Grant } from './client-app.ts';
import { createGrantStore, type GrantFilter, type HeldGrant } from './grants.store.ts';
import type { Sealing } from './sealing.ts';

/** Whose token came, and what it may do. */
export type Holder = Readonly<{
  app: Pick<ClientApp, 'clientId' | 'name' | 'dialect'>;
  personId: PersonId;
  generation: Generation;
  scopes: readonly AppScope[];
  actor: Actor;
}>;

// No token of ours is longer; what is, is not worth a hash.
const LONGEST_TOKEN = 200;

const holderOf = ({ id, app, personId, generation, scopes }: HeldGrant): Holder => ({
  app: { clientId: app.clientId, name: app.name, dialect: app.dialect },
  personId,
  generation,
  scopes,
  actor: {
    kind: 'app',
    id: String(id),
    name: app.name,
    role: 'person',
    personId,
    scopes: scopes.includes('media:write') ? ['read', 'write'] : ['read'],
  },
});

export type GrantsDeps = Readonly<{ database: Database; clock: Clock; sealing: Sealing }>;

/** Who holds a grant, and how grants end. */
export function createGrants({ database, clock, sealing }: GrantsDeps) {
  const store = createGrantStore(database);

  /** To the minute: a write for every request would make reading cost a transaction. */
  async function noteUse({ id, lastUsedAt }: HeldGrant): Promise<void> {
    const now = clock.now();
    if (lastUsedAt !== undefined && now - lastUsedAt < minutes(1)) return;
    await store.used(id, now);
  }

  return {
    /** Whose token it is; undefined where it is nobody's, has ended, or belongs to an app that is blocked. */
    async authenticate(token: string): Promise<Holder | undefined> {
      if (token === '' || token.length > LONGEST_TOKEN) return undefined;
      const grant = await store.byToken(sealing.token(token));
      if (!grant || grant.tokenUntil <= clock.now() || grant.app.blockedAt !== undefined) return undefined;
      await noteUse(grant);
      return holderOf(grant);
    },

    /** Newest first, revoked ones included; for who lacks `admin` their own alone. */
    async list(filter: GrantFilter, by: Actor): Promise<Grant[]> {
      if (may(by, 'admin')) return store.list(filter);
      if (by.personId === undefined || (filter.person !== undefined && filter.person !== by.personId)) return [];
      return store.list({ ...filter, person: by.personId });
    },

    /** Its tokens are worth nothing from now on. One's own, or anybody's with `admin`. @throws AppError `not-found`, `forbidden` */
    async revoke(id: GrantId, by: Actor): Promise<Grant> {
      const grant = await store.get(id);
      const isTheirs = grant !== undefined && grant.personId === by.personId;
      if (!grant || !(isTheirs || may(by, 'admin'))) throw new AppError('not-found', 'There is no such grant.');
      requireRight(by, isTheirs ? 'write' : 'admin');
      await store.revoke(id, clock.now());
      return grant;
    },

    /** The app gives its grant back, by either token of it. Undefined where there was nothing to give back. */
    async giveBack({ clientId, token }: Readonly<{ clientId: string; token: string }>): Promise<Holder | undefined> {
      if (token === '' || token.length > LONGEST_TOKEN) return undefined;
      const hash = sealing.token(token);
      const grant = (await store.byToken(hash)) ?? (await store.byRefreshToken(hash));
      if (!grant || grant.app.clientId !== clientId) return undefined;
      await store.revoke(grant.id, clock.now());
      return holderOf(grant);
    },
  };
}
