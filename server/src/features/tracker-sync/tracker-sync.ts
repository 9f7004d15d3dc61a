import type { CallOptions, RemoteTracker, RemoteTrackerDriver, TrackerGrant } from '#core/upstreams/index.ts';
import { AppError, invalid, isAppError, messageOf } from '#kernel/app-error.ts';
import type { PersonId } from '#kernel/ids.ts';
import { type Duration, hours, seconds } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import { callDay, nextCallDay } from './budget.ts';
import { type ConnectState, createConnecting, type Invitation, type NewLink, type ProofOfConsent } from './connect.ts';
import { createLinkStore, type SealedLink, type TrackerLink } from './connections.store.ts';
import type { Switches } from './facts.ts';
import { createLibraryStore, type Open } from './library.store.ts';
import type { RunContext, TrackerSyncDeps } from './parts.ts';
import { FIRST_FEATURE, lostIn, REMOVAL_FEATURE } from './questions.ts';
import { type RunWish, runLink } from './run.ts';

export const TRACKER_JOB = 'tracker:sync';
/** One for all: there is one who renews a grant, and nobody is told two things at once. */
const LANE = 'push:trackers';
/** Who watches a season in one evening is told of in few calls. */
const SOON: Duration = seconds(20);
/** The last fifth of a day's calls is not for haste. */
const LATER: Duration = hours(1);

export type TrackerSync = Readonly<{
  /** In the order in which they were added. */
  list(person?: PersonId): Promise<readonly TrackerLink[]>;
  /** Throws `not-found`. */
  get(id: number): Promise<TrackerLink>;
  /** Throws `invalid`, `conflict` for a name that is taken, and the tracker's own fault. */
  add(link: NewLink, options: CallOptions): Promise<Readonly<{ link: TrackerLink; invitation: Invitation }>>;
  invite(id: number, redirectUri: string | undefined, options: CallOptions): Promise<Invitation>;
  finish(id: number, proof: ProofOfConsent, options: CallOptions): Promise<ConnectState>;
  /** What is switched on anew is met anew: its first plan is shown before anything is written. */
  change(id: number, switches: Partial<Switches>): Promise<TrackerLink>;
  /** Ends the grant there where that can be done, and forgets all that is known of it. Nothing is changed in either library. */
  remove(id: number, options: CallOptions): Promise<Readonly<{ link: TrackerLink; revoked: boolean }>>;
  /** What the tracker would not take, or has not shown yet. */
  open(id: number): Promise<readonly Open[]>;
  /** A round as soon as may be; `full` reads the whole library there. */
  wake(id: number, wish?: Readonly<{ full?: boolean }>): Promise<Readonly<{ jobId: string; coalesced: boolean }>>;
  /** What the clock asks for. */
  wakeAll(): Promise<number>;
  /** Something of this person has changed here. */
  changed(person: PersonId): Promise<void>;
  /** One round, now and here. */
  run(id: number, wish: RunWish, context: RunContext): Promise<JsonObject>;
  /** Takes an answer down; false where the plan is not ours. */
  settlePlan(planId: string): Promise<boolean>;
  forgetPerson(person: PersonId): Promise<void>;
  registerJobs(): void;
}>;

/** What a person watched, rated and listed, in agreement with their account at a tracker. */
export function createTrackerSync(deps: TrackerSyncDeps): TrackerSync {
  const { database, clock, jobs, plans, secrets } = deps;
  const store = createLinkStore(database);

  function driverOf(vendor: string): RemoteTrackerDriver {
    const found = Object.hasOwn(deps.drivers, vendor) ? deps.drivers[vendor] : undefined;
    if (found) return found;
    throw invalid('vendor', `must be one of ${Object.keys(deps.drivers).join(', ')}`);
  }

  const connecting = createConnecting({ ...deps, driverOf });

  async function sealedOf(id: number): Promise<SealedLink> {
    const sealed = await store.find(id);
    if (sealed) return sealed;
    throw new AppError('not-found', `There is no connection ${id}.`);
  }

  async function spend({ id, name }: TrackerLink): Promise<void> {
    const now = clock.now();
    if (await store.spend(id, callDay(now))) return;
    throw new AppError('rate-limited', `${name}: the calls that its account has for this day are used up.`, {
      details: { sent: 'no', daily: true },
      retryAfterMs: nextCallDay(now) - now,
    });
  }

  async function heard({ id }: TrackerLink, left: number): Promise<void> {
    const { link } = await sealedOf(id);
    // Other apps of the same person take from the same day.
    const spent = Math.max(0, link.budget.callsPerDay - left);
    if (spent > link.budget.spent) await store.change(id, { spent });
  }

  function connect(sealed: SealedLink): RemoteTracker {
    const { link, grant } = sealed;
    if (grant === null) throw new AppError('conflict', `${link.name} is not connected yet.`);
    return driverOf(link.vendor).connect({
      name: link.name,
      app: connecting.appOf(sealed),
      grant: JSON.parse(secrets.decrypt(grant)) as TrackerGrant,
      saveGrant: (renewed) => store.change(link.id, { grant_sealed: secrets.encrypt(JSON.stringify(renewed)) }),
      spend: () => spend(link),
      heard: (left) => heard(link, left),
    });
  }

  async function noteFault({ id }: TrackerLink, error: unknown): Promise<void> {
    if (!isAppError(error) || error.code === 'cancelled') return;
    const now = clock.now();
    const isDaily = error.details.daily === true;
    await store.change(id, {
      error_at: now,
      error_code: error.code,
      error_message: messageOf(error).slice(0, 1_000),
      ...(isDaily && { resume_at: now + (error.retryAfterMs ?? nextCallDay(now) - now) }),
    });
  }

  async function run(id: number, wish: RunWish, context: RunContext): Promise<JsonObject> {
    const sealed = await sealedOf(id);
    const { link } = sealed;
    const isOff = !link.switches.takes && !link.switches.sends;
    if (sealed.grant === null || isOff) return { skipped: isOff ? 'nothing is switched on' : 'it is not connected' };
    if (link.resumeAt !== undefined && link.resumeAt > clock.now()) return { skipped: 'the calls of this day are used up' };
    try {
      const parts = { ...deps, connect, batchSizeOf: (one: TrackerLink) => driverOf(one.vendor).batchSize };
      const result = await runLink(parts, sealed, wish, context);
      await store.change(id, { synced_at: clock.now(), resume_at: null, error_at: null, error_code: null, error_message: null });
      return result;
    } catch (error) {
      await noteFault(link, error);
      throw error;
    }
  }

  async function enqueue(
    { id, personId, resumeAt }: TrackerLink,
    after: Duration,
    payload: JsonObject = {},
  ): Promise<Readonly<{ jobId: string; coalesced: boolean }>> {
    const runAt = Math.max(clock.now() + after, resumeAt ?? 0);
    const isLater = runAt > clock.now();
    const job = {
      name: TRACKER_JOB,
      lane: LANE,
      person: personId,
      reference: `tracker:${id}`,
      payload: { connection: id, ...payload },
    } as const;
    const { id: jobId, coalesced } = await jobs.enqueue({ ...job, ...(isLater && { runAt }) });
    return { jobId, coalesced };
  }

  const live = async (person?: PersonId): Promise<readonly TrackerLink[]> =>
    (await store.list(person)).flatMap(({ link, grant }) => (grant !== null && (link.switches.takes || link.switches.sends) ? [link] : []));

  return {
    list: async (person) => (await store.list(person)).map(({ link }) => link),
    get: async (id) => (await sealedOf(id)).link,
    async add(wish, options) {
      await deps.mayAdd?.();
      const { id, invitation } = await connecting.add(wish, options);
      return { link: (await sealedOf(id)).link, invitation };
    },
    invite: connecting.invite,
    async finish(id, proof, options) {
      const { link } = await sealedOf(id);
      const state = await connecting.finish(link, proof, options);
      if (state === 'connected') await enqueue((await sealedOf(id)).link, 0);
      return state;
    },
    async change(id, wish) {
      const { link } = await sealedOf(id);
      const next = { ...link.switches, ...Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) };
      const isNew = (Object.keys(next) as (keyof Switches)[]).some((key) => next[key] && !link.switches[key]);
      await database.transaction(async (handle) => {
        await createLinkStore(handle).change(id, {
          takes: Number(next.takes),
          sends: Number(next.sends),
          lists: Number(next.lists),
          ratings: Number(next.ratings),
          ...(isNew && { consent: 'pending' }),
        });
        if (isNew) await createLibraryStore(handle, id).forgetAccord();
      });
      const changed = (await sealedOf(id)).link;
      if (isNew) await enqueue(changed, 0);
      return changed;
    },
    async remove(id, options) {
      const sealed = await sealedOf(id);
      const { link, grant } = sealed;
      let revoked = grant === null;
      if (grant !== null) {
        const held = JSON.parse(secrets.decrypt(grant)) as TrackerGrant;
        revoked = await driverOf(link.vendor)
          .revoke(connecting.appOf(sealed), held, options)
          .then(
            () => true,
            () => false,
          );
      }
      await store.remove(id);
      return { link, revoked };
    },
    async open(id) {
      await sealedOf(id);
      return createLibraryStore(database, id).open();
    },
    async wake(id, { full = false } = {}) {
      const { link, grant } = await sealedOf(id);
      if (grant === null) throw new AppError('conflict', `${link.name} is not connected yet.`);
      return enqueue(link, 0, { byHand: true, ...(full && { full }) });
    },
    async wakeAll() {
      const links = await live();
      for (const link of links) await enqueue(link, 0);
      return links.length;
    },
    async changed(person) {
      for (const link of await live(person)) {
        const { day, spent, callsPerDay } = link.budget;
        const isScarce = day === callDay(clock.now()) && spent > callsPerDay * 0.8;
        if (link.switches.sends && link.consent === 'given') await enqueue(link, isScarce ? LATER : SOON);
      }
    },
    run,
    async settlePlan(id) {
      const plan = await plans.get(id);
      if (plan.feature !== FIRST_FEATURE && plan.feature !== REMOVAL_FEATURE) return false;
      const connection = Number(plan.summary.connection);
      const sealed = await store.find(connection);
      if (sealed === undefined) return true;
      if (plan.state === 'rejected') {
        // What one side lost was not meant: without an agreement it is first sight again, which adds.
        if (plan.feature === REMOVAL_FEATURE) await createLibraryStore(database, connection).forgetAccord(await lostIn(plans, plan.id));
        else await store.change(connection, { consent: 'refused' });
      }
      if (plan.state === 'approved' || plan.feature === REMOVAL_FEATURE) await enqueue(sealed.link, 0);
      return true;
    },
    async forgetPerson(person) {
      for (const { link } of await store.list(person)) await store.remove(link.id);
    },
    registerJobs() {
      jobs.handle(TRACKER_JOB, async ({ payload }, context) =>
        run(Number(payload.connection), { full: payload.full === true, byHand: payload.byHand === true }, context),
      );
    },
  };
}
