import { createThrottle, networkOf } from '#core/access/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { type Clock, type Duration, type Instant, minutes } from '#kernel/instant.ts';
import type { Refusal } from './admission.ts';
import { type AppRequest, createAppRequestStore } from './app-requests.store.ts';
import type { Database } from './apps.store.ts';
import type { Approver, AppScope } from './client-app.ts';
import type { CodeFlow } from './code-flow.ts';
import type { DeviceFlow } from './device-flow.ts';
import { OUT_OF_BAND, withAnswer } from './redirect-target.ts';
import { newRequestId, type Sealing } from './sealing.ts';

/** What a person is asked, by whichever road the app came. */
export type Approval = Readonly<{
  road: 'browser' | 'device';
  clientId: string;
  name: string;
  /** Somebody here has approved or registered it before. */
  isKnown: boolean;
  /** Where it leads back to; absent where it leads nowhere. */
  redirect: string | undefined;
  scopes: readonly AppScope[];
  expiresAt: Instant;
}>;

export type Answer = 'approve' | 'refuse';

/** What came of it. At most one of the three is there. */
export type Decided = Readonly<{
  approval: Approval;
  /** The browser goes there at once. */
  redirect?: string;
  /** The person types it into the app. */
  code?: string;
  /** Where the device would like them to go on, if they care to. */
  link?: string;
}>;

const LIFE: Duration = minutes(15);
/** Anybody may ask, so what waits is limited: of one network, and in all. */
const MOST_OF_A_NETWORK = 120;
const MOST_WAITING = 2_000;

export type ApprovalsDeps = Readonly<{
  database: Database;
  clock: Clock;
  sealing: Sealing;
  codes: CodeFlow;
  devices: DeviceFlow;
}>;

/** Where apps wait for somebody's answer. An id stands for what a browser brought, a short code for what a device shows; each is answered once. */
export function createApprovals({ database, clock, sealing, codes, devices }: ApprovalsDeps) {
  const store = createAppRequestStore(database);
  const askers = createThrottle({ clock, limit: MOST_OF_A_NETWORK, window: LIFE });

  /** What an app is told at its redirect. Those of the first generation never hear more than a code. */
  const toldAt = ({ wish, state, issuer }: AppRequest, said: Readonly<Record<string, string>>): string =>
    withAnswer(wish.redirect, { ...said, state, iss: wish.generation === 2 ? issuer : undefined });

  async function lookAtRequest(request: AppRequest & Readonly<{ expiresAt: Instant }>): Promise<Approval | Refusal> {
    const asked = await codes.look(request.wish);
    if (typeof asked === 'string') return asked;
    const { clientId, name, isKnown, redirect, scopes } = asked;
    const leadsTo = redirect === OUT_OF_BAND ? undefined : redirect;
    return { road: 'browser', clientId, name, isKnown, redirect: leadsTo, scopes, expiresAt: request.expiresAt };
  }

  async function lookAtDevice(userCode: string, address: string): Promise<Approval | Refusal | undefined> {
    const asked = await devices.find(userCode, address);
    return asked === undefined || typeof asked === 'string' ? asked : { road: 'device', ...asked };
  }

  async function decideRequest(id: string, approver: Approver, answer: Answer): Promise<Decided | Refusal | undefined> {
    const request = await store.take(sealing.request(id), clock.now());
    if (!request) return undefined;
    const approval = await lookAtRequest(request);
    if (typeof approval === 'string') return approval;
    const { wish } = request;
    if (answer === 'refuse') {
      const isTold = wish.generation === 2 && wish.redirect !== OUT_OF_BAND;
      return { approval, ...(isTold && { redirect: toldAt(request, { error: 'access_denied' }) }) };
    }
    const approved = await codes.approve(wish, approver);
    if (typeof approved === 'string') return approved;
    const { code } = approved;
    return { approval, ...(wish.redirect === OUT_OF_BAND ? { code } : { redirect: toldAt(request, { code }) }) };
  }

  async function decideDevice(
    userCode: string,
    approver: Approver,
    answer: Answer,
    address: string,
  ): Promise<Decided | Refusal | undefined> {
    const approval = await lookAtDevice(userCode, address);
    if (approval === undefined || typeof approval === 'string') return approval;
    if (answer === 'refuse') return (await devices.refuse(userCode)) ? { approval } : undefined;
    const approved = await devices.approve(userCode, approver);
    if (approved === undefined || typeof approved === 'string') return approved;
    return { approval, ...(approval.redirect !== undefined && { link: approval.redirect }) };
  }

  return {
    /**
     * Keeps what an app asks until somebody has answered, for a quarter of an hour; answers its id, or why nobody is asked.
     * @throws AppError `rate-limited`
     */
    async open(request: AppRequest, address: string): Promise<Readonly<{ id: string }> | Refusal> {
      const asked = await codes.look(request.wish);
      if (typeof asked === 'string') return asked;
      askers.attempt(networkOf(address));
      const now = clock.now();
      await store.forgetBefore(now);
      if ((await store.count()) >= MOST_WAITING) {
        throw new AppError('rate-limited', 'Too many apps wait for their approval just now. Try again later.', { retryAfterMs: LIFE });
      }
      const id = newRequestId();
      await store.add(sealing.request(id), { ...request, wish: { ...request.wish, appName: asked.name } }, now + LIFE);
      return { id };
    },

    /** The id of a request or the short code of a device; undefined where nothing waits under it. @throws AppError `rate-limited` */
    async look(id: string, address: string): Promise<Approval | Refusal | undefined> {
      if (!isRequestId(id)) return lookAtDevice(id, address);
      const request = await store.waiting(sealing.request(id), clock.now());
      return request && lookAtRequest(request);
    },

    /** Undefined where nothing waits under it any more. @throws AppError `rate-limited` */
    decide: (id: string, approver: Approver, answer: Answer, address: string): Promise<Decided | Refusal | undefined> =>
      isRequestId(id) ? decideRequest(id, approver, answer) : decideDevice(id, approver, answer, address),

    /** What a browser is answered whose app asked wrongly, where the app may be told; it is answered with `error`. */
    async faultAt(request: AppRequest, error: string): Promise<string | undefined> {
      return request.wish.generation === 2 && (await codes.mayBeTold(request.wish)) ? toldAt(request, { error }) : undefined;
    },
  };
}

const REQUEST_ID = /^[A-Za-z0-9_-]{43}$/;
/** No short code is as long. */
const isRequestId = (id: string): boolean => REQUEST_ID.test(id);

export type Approvals = ReturnType<typeof createApprovals>;
