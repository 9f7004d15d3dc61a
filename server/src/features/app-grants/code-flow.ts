import { type Clock, minutes } from '#kernel/instant.ts';
import type { Admission, Arrival, Refusal } from './admission.ts';
import { type AgreedCode, createAppCodeStore } from './app-codes.store.ts';
import { createAppStore, type Database, type Handle, type StoredApp } from './apps.store.ts';
import { type Approver, type AppScope, type IssuedTokens, READ_AND_WRITE, READ_ONLY } from './client-app.ts';
import { createGrantStore } from './grants.store.ts';
import type { Issuing } from './issuing.ts';
import { type Challenge, meets, readChallenge } from './pkce.ts';
import { OUT_OF_BAND } from './redirect-target.ts';
import { newCode, type Sealing, sameText } from './sealing.ts';

/** What an app asks a browser to ask its person. */
export type CodeWish = Arrival &
  Readonly<{
    redirect: string;
    challenge?: string | undefined;
    challengeMethod?: string | undefined;
    scope?: string | undefined;
  }>;

/** What the person is shown. */
export type Asking = Readonly<{
  clientId: string;
  name: string;
  /** Somebody here has approved or registered it before. */
  isKnown: boolean;
  redirect: string;
  scopes: readonly AppScope[];
}>;

export type Exchange = Readonly<{
  generation: 1 | 2;
  clientId: string;
  code: string;
  secret?: string | undefined;
  verifier?: string | undefined;
  redirect?: string | undefined;
}>;

/** `proof`: the app does not know what it promised to know, or no secret where it promised nothing. */
export type ExchangeRefusal = 'code' | 'proof' | 'secret' | 'redirect' | 'blocked' | 'other-generation';
export type Exchanged = Readonly<{ outcome: 'granted'; tokens: IssuedTokens } | { outcome: 'refused'; reason: ExchangeRefusal }>;

const CODE_LIFE = minutes(10);

const refused = (reason: ExchangeRefusal): Exchanged => ({ outcome: 'refused', reason });

/** The scopes of an app of the second generation: what is left out or misspelt is not granted. */
export const scopesOf = (text: string | undefined): readonly AppScope[] =>
  (text ?? '').split(/\s+/).includes('media:write') ? READ_AND_WRITE : READ_ONLY;

/** Whether the app knows what it promised to know; one that promised nothing has to know a secret. */
const isProved = ({ challenge }: AgreedCode, { verifier, secret }: Exchange): boolean =>
  challenge === undefined ? secret !== undefined : verifier !== undefined && meets(challenge, verifier);

export type CodeFlowDeps = Readonly<{ database: Database; clock: Clock; sealing: Sealing; admission: Admission; issuing: Issuing }>;

/** The road through a browser: a person agrees, the app gets a code, and exchanges it for its token. */
export function createCodeFlow({ database, clock, sealing, admission, issuing }: CodeFlowDeps) {
  const wanted = ({ generation, scope }: CodeWish): readonly AppScope[] => (generation === 1 ? READ_AND_WRITE : scopesOf(scope));

  function challengeOf({ generation, challenge, challengeMethod }: CodeWish): Challenge | undefined | Refusal {
    const read = readChallenge(challenge, challengeMethod);
    if (read === 'unusable') return 'challenge-unusable';
    if (generation === 1) return read;
    if (read === undefined) return 'challenge-missing';
    return read.method === 'S256' ? read : 'challenge-unusable';
  }

  const isFor = (code: AgreedCode, app: StoredApp, { generation }: Exchange): boolean =>
    code.appId === app.id && code.generation === generation && code.expiresAt > clock.now();

  /** Why the app that came with a good code does not get its token; undefined where it does. */
  async function faultOf(handle: Handle, app: StoredApp, code: AgreedCode, exchange: Exchange): Promise<ExchangeRefusal | undefined> {
    const { redirect, secret } = exchange;
    if (redirect === undefined ? code.challenge === undefined : redirect !== code.redirect) return 'redirect';
    if (!isProved(code, exchange)) return 'proof';
    if (secret === undefined) return undefined;
    const sent = sealing.secret(secret);
    const held = await createAppStore(handle).pinSecret(app.id, sent);
    return held !== undefined && sameText(held, sent) ? undefined : 'secret';
  }

  async function exchangeIn(tx: Handle, exchange: Exchange): Promise<Exchanged> {
    const app = await createAppStore(tx).byClientId(exchange.clientId);
    if (exchange.generation === 1 && app?.generation === 2) return refused('other-generation');
    const code = await createAppCodeStore(tx).burn(sealing.code(exchange.code), clock.now());
    if (!code || !app || !isFor(code, app, exchange)) return refused('code');
    if (app.blockedAt !== undefined) return refused('blocked');
    const fault = await faultOf(tx, app, code, exchange);
    if (fault !== undefined) return refused(fault);
    const { personId, generation, scopes, approvedBy } = code;
    return { outcome: 'granted', tokens: await issuing.issue(tx, { app, personId, generation, scopes, flow: 'code', approvedBy }) };
  }

  return {
    /** What the person is to be asked, or why they are not asked. */
    async look(wish: CodeWish): Promise<Asking | Refusal> {
      const arrived = await admission.look(database, wish);
      if (typeof arrived === 'string') return arrived;
      const challenge = challengeOf(wish);
      if (typeof challenge === 'string') return challenge;
      const { clientId, name, app } = arrived;
      return { clientId, name, isKnown: app !== undefined, redirect: wish.redirect, scopes: wanted(wish) };
    },

    /** Whether the app may be told at its redirect before anybody has agreed: it was settled before, so this sends nobody anywhere new. */
    async mayBeTold(wish: CodeWish): Promise<boolean> {
      const arrived = await admission.look(database, wish);
      return typeof arrived !== 'string' && (arrived.app?.redirects.length ?? 0) > 0 && wish.redirect !== OUT_OF_BAND;
    },

    /** The person agrees: a code for the app, good once and for ten minutes. */
    async approve(wish: CodeWish, approver: Approver): Promise<Readonly<{ code: string; app: StoredApp }> | Refusal> {
      const challenge = challengeOf(wish);
      if (typeof challenge === 'string') return challenge;
      const at = clock.now();
      const code = newCode();
      const open = await admission.isOpen();
      const app = await database.transaction(async (tx) => {
        const admitted = await admission.admit(tx, wish, approver, open);
        if (typeof admitted === 'string') return admitted;
        const codes = createAppCodeStore(tx);
        await codes.forgetBefore(at - CODE_LIFE);
        await codes.add(sealing.code(code), {
          appId: admitted.id,
          personId: approver.personId,
          generation: wish.generation,
          redirect: wish.redirect,
          challenge,
          scopes: wanted(wish),
          approvedBy: approver.name,
          expiresAt: at + CODE_LIFE,
        });
        return admitted;
      });
      return typeof app === 'string' ? app : { code, app };
    },

    /** A code for a token. The code is spent by the try, also where it fails. */
    exchange: (exchange: Exchange): Promise<Exchanged> => database.transaction((tx) => exchangeIn(tx, exchange)),

    /** A new token by the refresh token. */
    async refresh({ clientId, refreshToken, secret }: RefreshAttempt): Promise<Exchanged> {
      return database.transaction(async (tx) => {
        const grant = await createGrantStore(tx).byRefreshToken(sealing.token(refreshToken));
        if (!grant || grant.app.clientId !== clientId || (grant.refreshUntil ?? 0) <= clock.now()) return refused('code');
        if (grant.app.blockedAt !== undefined) return refused('blocked');
        const { secretHash } = grant.app;
        if (secret !== undefined && secretHash !== undefined && !sameText(secretHash, sealing.secret(secret))) return refused('secret');
        const tokens = await issuing.renew(tx, grant, refreshToken);
        return tokens ? { outcome: 'granted', tokens } : refused('code');
      });
    },
  };
}

export type CodeFlow = ReturnType<typeof createCodeFlow>;

type RefreshAttempt = Readonly<{ clientId: string; refreshToken: string; secret?: string | undefined }>;
