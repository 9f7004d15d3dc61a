import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { CallOptions, RemoteTrackerDriver, TrackerApp, TrackerGrant } from '#core/upstreams/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { createLinkStore, type SealedLink, type TrackerLink } from './connections.store.ts';
import type { Switches } from './facts.ts';
import type { TrackerSyncDeps } from './parts.ts';

export type NewLink = Readonly<{
  personId: PersonId;
  name: string;
  vendor: string;
  /** An app of the household's own; the one of the settings where absent. */
  clientId?: string | undefined;
  clientSecret?: string | undefined;
  /** Where the page of consent sends the browser back to. Absent: by a code that the person types. */
  redirectUri?: string | undefined;
  switches?: Partial<Switches> | undefined;
}>;

/** What the person has to do now. */
export type Invitation =
  | Readonly<{ how: 'code'; userCode: string; page: string; link: string; expiresAt: Instant; interval: number }>
  | Readonly<{ how: 'page'; address: string }>;

export type ConnectState = 'pending' | 'expired' | 'refused' | 'connected';
export type ProofOfConsent = Readonly<{ code?: string | undefined; state?: string | undefined }>;

const sameText = (one: string, other: string): boolean =>
  timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());

type Waiting = Readonly<
  | { how: 'code'; deviceCode: string; expiresAt: Instant; interval: number; polledAt: Instant }
  | { how: 'page'; verifier: string; state: string; redirectUri: string }
>;

export type Connecting = ReturnType<typeof createConnecting>;

/** How a person's account there comes to be connected. Nothing is read or written by it but who they are. */
export function createConnecting(deps: TrackerSyncDeps & Readonly<{ driverOf(vendor: string): RemoteTrackerDriver }>) {
  const { database, secrets, clock, driverOf } = deps;
  const store = createLinkStore(database);
  const seal = (value: unknown): string => secrets.encrypt(JSON.stringify(value));

  const appOf = ({ link, clientSecret }: SealedLink): TrackerApp => ({
    clientId: link.clientId,
    ...(clientSecret !== null && { clientSecret: secrets.decrypt(clientSecret) }),
  });

  async function invite(sealed: SealedLink, redirectUri: string | undefined, options: CallOptions): Promise<Invitation> {
    const driver = driverOf(sealed.link.vendor);
    const app = appOf(sealed);
    if (redirectUri === undefined) {
      const { deviceCode, ...code } = await driver.startDevice(app, options);
      const waiting: Waiting = { how: 'code', deviceCode, expiresAt: code.expiresAt, interval: code.interval, polledAt: 0 };
      await store.change(sealed.link.id, { waiting: seal(waiting) });
      return { how: 'code', ...code };
    }
    const [verifier, state] = [randomBytes(48).toString('base64url'), randomBytes(24).toString('base64url')];
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    await store.change(sealed.link.id, { waiting: seal({ how: 'page', verifier, state, redirectUri } satisfies Waiting) });
    return { how: 'page', address: driver.authorizeUrl(app, { redirectUri, state, challenge }) };
  }

  async function keepGrant(sealed: SealedLink, grant: TrackerGrant, options: CallOptions): Promise<void> {
    const { link } = sealed;
    if (!grant.canWrite) {
      await driverOf(link.vendor).revoke(appOf(sealed), grant, options);
      throw new AppError(
        'upstream-forbidden',
        `${link.name}: only reading was allowed there. Connect it once more, and allow writing too.`,
      );
    }
    let held = grant;
    const account = await driverOf(link.vendor)
      .connect({
        name: link.name,
        app: appOf(sealed),
        grant,
        saveGrant: async (renewed) => {
          held = renewed;
        },
        spend: async () => undefined,
        heard: async () => undefined,
      })
      .account(options);
    if (link.account !== undefined && link.account.id !== account.id) {
      throw new AppError(
        'conflict',
        `${link.name} belongs to ${link.account.name}, and not to ${account.name}. Add another connection for them.`,
      );
    }
    await store.change(link.id, {
      grant_sealed: seal(held),
      waiting: null,
      account_id: account.id,
      account_name: account.name,
      account_plan: account.plan,
      calls_per_day: account.callsPerDay,
      error_at: null,
      error_code: null,
      error_message: null,
    });
  }

  async function pollCode(sealed: SealedLink, waiting: Waiting & { how: 'code' }, options: CallOptions): Promise<ConnectState> {
    const now = clock.now();
    // Simkl takes hasty questions amiss: who asks too early is answered for it.
    if (now - waiting.polledAt < waiting.interval) return 'pending';
    const answer = await driverOf(sealed.link.vendor).pollDevice(appOf(sealed), waiting.deviceCode, options);
    if (answer.state === 'granted') {
      await keepGrant(sealed, answer.grant, options);
      return 'connected';
    }
    const interval = answer.state === 'slow-down' ? waiting.interval * 2 : waiting.interval;
    const isOver = answer.state === 'expired' || answer.state === 'refused';
    await store.change(sealed.link.id, { waiting: isOver ? null : seal({ ...waiting, interval, polledAt: now }) });
    return answer.state === 'slow-down' ? 'pending' : answer.state;
  }

  async function appFor({ clientId, clientSecret, redirectUri }: NewLink): Promise<Readonly<{ clientId: string; secret: string }>> {
    const household = await deps.app();
    const app =
      clientId === undefined ? { clientId: household.clientId, secret: household.clientSecret } : { clientId, secret: clientSecret ?? '' };
    if (app.clientId === '') throw invalid('client_id', 'is missing: register an app there, and give its id here or in the settings');
    if (redirectUri !== undefined && !URL.canParse(redirectUri)) throw invalid('redirect_uri', 'must be an address');
    return app;
  }

  return {
    appOf,

    async add(wish: NewLink, options: CallOptions): Promise<Readonly<{ id: number; invitation: Invitation }>> {
      driverOf(wish.vendor);
      const { clientId, secret } = await appFor(wish);
      if ((await store.byName(wish.name)) !== undefined)
        throw new AppError('conflict', `There is a connection named ${wish.name} already.`);
      const { takes = false, sends = false, lists = false, ratings = false } = wish.switches ?? {};
      const id = await store.insert({
        person_id: wish.personId,
        name: wish.name,
        vendor: wish.vendor,
        client_id: clientId,
        client_secret: secret === '' ? null : secrets.encrypt(secret),
        waiting: null,
        grant_sealed: null,
        account_id: null,
        account_name: null,
        account_plan: null,
        calls_per_day: 0,
        takes: Number(takes),
        sends: Number(sends),
        lists: Number(lists),
        ratings: Number(ratings),
        consent: 'pending',
        stamps: null,
        read_at: null,
        synced_at: null,
        spent_on: '',
        spent: 0,
        resume_at: null,
        error_at: null,
        error_code: null,
        error_message: null,
        created_at: clock.now(),
      });
      try {
        return { id, invitation: await this.invite(id, wish.redirectUri, options) };
      } catch (error) {
        await store.remove(id);
        throw error;
      }
    },

    /** Once more, for a grant that has ended or a code that is over. */
    async invite(id: number, redirectUri: string | undefined, options: CallOptions): Promise<Invitation> {
      const sealed = await store.find(id);
      if (!sealed) throw new AppError('not-found', `There is no connection ${id}.`);
      return invite(sealed, redirectUri, options);
    },

    /** Whether the person has agreed by now. `proof` is what the page of consent sent the browser back with. */
    async finish(link: TrackerLink, proof: ProofOfConsent, options: CallOptions): Promise<ConnectState> {
      const sealed = await store.find(link.id);
      if (sealed?.waiting === null || sealed === undefined) return sealed?.grant ? 'connected' : 'expired';
      const waiting = JSON.parse(secrets.decrypt(sealed.waiting)) as Waiting;
      if (waiting.how === 'code') return pollCode(sealed, waiting, options);
      if (proof.code === undefined) return 'pending';
      if (proof.state === undefined || !sameText(proof.state, waiting.state)) throw invalid('state', 'is not the one that was sent along');
      const { verifier, redirectUri } = waiting;
      const grant = await driverOf(sealed.link.vendor).redeem(appOf(sealed), { code: proof.code, verifier, redirectUri }, options);
      await keepGrant(sealed, grant, options);
      return 'connected';
    },
  };
}
