import { createThrottle, networkOf, type Throttle } from '#core/access/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { type Clock, days, type Instant, minutes, seconds } from '#kernel/instant.ts';
import type { Admission, Refusal } from './admission.ts';
import { type Ask, createAppAskStore } from './app-asks.store.ts';
import { createAppStore, type Database } from './apps.store.ts';
import { type Approver, type AppScope, type ClientApp, type IssuedTokens, READ_AND_WRITE } from './client-app.ts';
import { scopesOf } from './code-flow.ts';
import type { Issuing } from './issuing.ts';
import { targetFault } from './redirect-target.ts';
import { newCode, newDeviceUserCode, newPin, type Sealing } from './sealing.ts';

export type AskWish = Readonly<{
  flow: Ask['flow'];
  clientId: string;
  appName?: string | undefined;
  redirect?: string | undefined;
  scope?: string | undefined;
}>;

/** What the device shows, and how it asks whether somebody has agreed. */
export type Begun = Readonly<{ userCode: string; deviceCode: string; expiresIn: number; interval: number }>;

/** What the person is shown who typed the code. */
export type AskShown = Readonly<{
  clientId: string;
  name: string;
  isKnown: boolean;
  redirect: string | undefined;
  scopes: readonly AppScope[];
  expiresAt: Instant;
}>;

export type Polled =
  | Readonly<{ outcome: 'granted'; tokens: IssuedTokens }>
  | Readonly<{ outcome: 'waiting' | 'too-fast' | 'refused' | 'expired' | 'unknown' }>;

const LIFE = minutes(15);
const INTERVAL_SECONDS = 5;
/** Timers are not exact, and an app that is told to slow down may give up. */
const TOLERANCE = seconds(1);
const SLOWER_BY = 5;
/** Anybody may begin, so what waits is limited, whoever asked. */
const MOST_WAITING = 1_000;
const TRIES = 8;

/** Codes that were wrong, from one address within a quarter of an hour. Five letters are too few to let anybody try many. */
const WRONG_CODES = 10;
/** An app goes on asking for a code that has ended; the others of its household must not suffer for it. */
const WRONG_POLLS = 20;

export type DeviceFlowDeps = Readonly<{ database: Database; clock: Clock; sealing: Sealing; admission: Admission; issuing: Issuing }>;

/** The road without a browser: the device shows a short code, somebody types it elsewhere and agrees, the device asks until then. */
export function createDeviceFlow({ database, clock, sealing, admission, issuing }: DeviceFlowDeps) {
  const asks = createAppAskStore(database);
  const generationOf = (flow: Ask['flow']): 1 | 2 => (flow === 'pin' ? 1 : 2);
  const arrivalOf = ({ clientId, appName, flow }: Pick<Ask, 'clientId' | 'appName' | 'flow'>) => ({
    clientId,
    appName,
    generation: generationOf(flow),
  });

  const typed = createThrottle({ clock, limit: WRONG_CODES });
  const polled = createThrottle({ clock, limit: WRONG_POLLS });

  /** What is found costs nothing. Throws `rate-limited` after too many that stood for nothing. */
  async function guessed<T>(throttle: Throttle, subject: string, find: () => Promise<T | undefined>): Promise<T | undefined> {
    throttle.attempt(subject);
    const found = await find().catch((error: unknown) => {
      throttle.release(subject);
      throw error;
    });
    if (found !== undefined) throttle.release(subject);
    return found;
  }

  async function waiting(userCode: string): Promise<Ask | undefined> {
    const ask = await asks.byUserCode(sealing.userCode(userCode));
    return ask && ask.state === 'waiting' && ask.expiresAt > clock.now() ? ask : undefined;
  }

  async function standing(ask: Ask): Promise<Polled> {
    const now = clock.now();
    if (ask.expiresAt <= now) return { outcome: 'expired' };
    if (ask.state === 'refused') {
      await asks.take(ask.id);
      return { outcome: 'refused' };
    }
    if (ask.state === 'approved') return collect(ask);
    const tooFast = ask.polledAt !== undefined && now - ask.polledAt < seconds(ask.intervalSeconds) - TOLERANCE;
    // The rule of device codes alone: whoever is told to slow down has to wait longer from then on.
    const interval = tooFast && ask.flow === 'device' ? ask.intervalSeconds + SLOWER_BY : ask.intervalSeconds;
    await asks.polled(ask.id, now, interval);
    return { outcome: tooFast ? 'too-fast' : 'waiting' };
  }

  /** The token is made when it is fetched, so that it lies nowhere in between. */
  async function collect(ask: Ask): Promise<Polled> {
    return database.transaction(async (tx): Promise<Polled> => {
      if (!(await createAppAskStore(tx).take(ask.id))) return { outcome: 'unknown' };
      const app = ask.appId === undefined ? undefined : await createAppStore(tx).get(ask.appId);
      if (!app || app.blockedAt !== undefined || ask.personId === undefined) return { outcome: 'refused' };
      const { personId, scopes, flow, approvedBy } = ask;
      const tokens = await issuing.issue(tx, { app, personId, generation: generationOf(flow), scopes, flow, approvedBy });
      return { outcome: 'granted', tokens };
    });
  }

  /** Stores what is asked under a short code that nobody else has just now. */
  async function shown(ask: Pick<Ask, 'flow' | 'clientId' | 'appName' | 'redirect' | 'scopes'>, at: Instant): Promise<Begun> {
    const deviceCode = newCode();
    const until = { intervalSeconds: INTERVAL_SECONDS, at, expiresAt: at + LIFE };
    const deviceCodeHash = ask.flow === 'device' ? sealing.code(deviceCode) : undefined;
    for (let tried = 0; tried < TRIES; tried += 1) {
      const userCode = ask.flow === 'pin' ? newPin() : newDeviceUserCode();
      const isFree = await asks.add({ ...ask, ...until, userCodeHash: sealing.userCode(userCode), deviceCodeHash });
      if (isFree) return { userCode, deviceCode, expiresIn: LIFE / 1_000, interval: INTERVAL_SECONDS };
    }
    throw new AppError('unavailable', 'No short code is free just now. Try again.');
  }

  async function answered(userCode: string, approver: Approver): Promise<ClientApp | Refusal | undefined> {
    const ask = await waiting(userCode);
    if (!ask) return undefined;
    const open = await admission.isOpen();
    return database.transaction(async (tx) => {
      const app = await admission.admit(tx, arrivalOf(ask), approver, open);
      if (typeof app === 'string') return app;
      const agreed = { state: 'approved', appId: app.id, personId: approver.personId, approvedBy: approver.name } as const;
      return (await createAppAskStore(tx).answer(ask.id, agreed)) ? app : undefined;
    });
  }

  return {
    /** @throws AppError `rate-limited` where too many wait already */
    async begin({ flow, clientId, appName, redirect, scope }: AskWish): Promise<Begun | Refusal> {
      const arrived = await admission.look(database, { clientId, appName, generation: generationOf(flow) });
      if (typeof arrived === 'string') return arrived;
      if (redirect !== undefined && targetFault(redirect) !== undefined) return 'redirect-unusable';
      const at = clock.now();
      await asks.forgetBefore(at - days(1));
      if ((await asks.waiting(at)) >= MOST_WAITING) {
        throw new AppError('rate-limited', 'Too many apps wait for their approval just now. Try again later.', { retryAfterMs: LIFE });
      }
      const ask = { flow, clientId, appName: arrived.name, redirect, scopes: flow === 'pin' ? READ_AND_WRITE : scopesOf(scope) };
      return shown(ask, at);
    },

    /** Whoever typed the code sees what it stands for; undefined where it stands for nothing. @throws AppError `rate-limited` */
    async find(userCode: string, address: string): Promise<AskShown | Refusal | undefined> {
      const ask = await guessed(typed, networkOf(address), () => waiting(userCode));
      if (!ask) return undefined;
      const arrived = await admission.look(database, arrivalOf(ask));
      if (typeof arrived === 'string') return arrived;
      const { clientId, name, app } = arrived;
      return { clientId, name, isKnown: app !== undefined, redirect: ask.redirect, scopes: ask.scopes, expiresAt: ask.expiresAt };
    },

    /** The person agrees; undefined where the code is not waiting any more. */
    approve: answered,

    /** The person does not agree. False where the code is not waiting any more. */
    async refuse(userCode: string): Promise<boolean> {
      const ask = await waiting(userCode);
      return ask !== undefined && asks.answer(ask.id, { state: 'refused' });
    },

    /** The code alone is what fetches the token here, so wrong ones are counted. @throws AppError `rate-limited` */
    async pollPin({ clientId, userCode, address }: PinPoll): Promise<Polled> {
      const ask = await guessed(polled, `${networkOf(address)} ${clientId.slice(0, 200)}`, async () => {
        const found = await asks.byUserCode(sealing.userCode(userCode));
        return found?.flow === 'pin' && found.clientId === clientId ? found : undefined;
      });
      return ask ? standing(ask) : { outcome: 'unknown' };
    },

    async pollDevice({ clientId, deviceCode }: Readonly<{ clientId: string; deviceCode: string }>): Promise<Polled> {
      const ask = await asks.byDeviceCode(sealing.code(deviceCode));
      return ask?.flow === 'device' && ask.clientId === clientId ? standing(ask) : { outcome: 'unknown' };
    },
  };
}

export type DeviceFlow = ReturnType<typeof createDeviceFlow>;

type PinPoll = Readonly<{ clientId: string; userCode: string; address: string }>;
