import type { People } from '#core/people/index.ts';
import type { AccountId, PersonId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import type { Actor } from './actor.ts';
import { type ApiKeys, createApiKeys } from './api-keys.ts';
import type { Database } from './logins.store.ts';
import { createLogins, type Logins } from './logins.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import type { Surface } from './surface.ts';

/** Whose webhook token it is, as core/connections knows it. */
export type WebhookAccount = Readonly<{ id: AccountId; personId: PersonId; name: string }>;

export type AccessDeps = Readonly<{
  database: Database;
  clock: Clock;
  secrets: Secrets;
  people: People;
  /** The account that a webhook token was made for, or undefined. */
  webhookAccountOf(token: string): Promise<WebhookAccount | undefined>;
}>;

/** The kinds of credentials that come with a request. */
export type CredentialKind = 'api-key' | 'login' | 'webhook';

export type Presented = Readonly<{ credential: string; surface: Surface /** All, unless told. */; kinds?: readonly CredentialKind[] }>;

export type Authenticated = Readonly<{ actor: Actor /** Of a user token: when it was issued. */; issuedAt?: Instant }>;

export type StartOptions = Readonly<{ apiKey: string | undefined; admin: Readonly<{ username: string; password: string }> | undefined }>;

/** What the process has to print; both are shown this once. */
export type FirstWords = Readonly<{ setupCode: string | undefined; ownerKey: string | undefined }>;

export type Access = SignIn &
  Readonly<{
    keys: ApiKeys;
    logins: Logins;
    /**
     * Once at each start, after the migrations. Makes the owner of USHERR_ADMIN_*, puts USHERR_API_KEY in force, and makes
     * what is missing: an owner key (once in the life of the house) and a setup code (at each start without an owner).
     * @throws AppError `misconfigured`
     */
    start(options: StartOptions): Promise<FirstWords>;
    /** Whose credential it is; undefined where it is nobody's, has ended, or was issued for another surface. */
    authenticate(presented: Presented): Promise<Authenticated | undefined>;
  }>;

// No key, token or webhook token is longer; what is, is not worth a hash.
const LONGEST_CREDENTIAL = 4_096;

/** Who may do what: sign-in, keys, webhook tokens, and the owner of a new house. */
export function createAccess({ database, clock, secrets, people, webhookAccountOf }: AccessDeps): Access {
  const { start: startKeys, actorOf: actorOfKey, ...keys } = createApiKeys({ database, clock, secrets });
  const { start: startSignIn, actorOf: actorOfToken, ...signIn } = createSignIn({ database, clock, secrets });

  const actorOfWebhook = async (token: string): Promise<Actor | undefined> => {
    const account = await webhookAccountOf(token);
    if (!account) return undefined;
    const { id, name, personId } = account;
    return { kind: 'webhook', id: String(id), name, role: 'person', personId, scopes: ['webhook'] };
  };
  const only = (actor: Actor | undefined): Authenticated | undefined => actor && { actor };

  return {
    ...signIn,
    keys,
    logins: createLogins({ database, clock, people }),
    async start({ apiKey, admin }) {
      const setupCode = await startSignIn(admin);
      return { setupCode, ownerKey: await startKeys(apiKey) };
    },
    async authenticate({ credential, surface, kinds = ['login', 'api-key', 'webhook'] }) {
      if (credential === '' || credential.length > LONGEST_CREDENTIAL) return undefined;
      const readers: Readonly<Record<CredentialKind, () => Promise<Authenticated | undefined>>> = {
        login: () => actorOfToken(credential, surface),
        'api-key': async () => only(await actorOfKey(credential, surface)),
        webhook: async () => only(surface === 'watchstate' ? await actorOfWebhook(credential) : undefined),
      };
      for (const kind of kinds) {
        const found = await readers[kind]();
        if (found) return found;
      }
      return undefined;
    },
  };
}
