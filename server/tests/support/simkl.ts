import { MAIN_PERSON } from '#core/people/index.ts';
import type { Plan } from '#core/plans/index.ts';
import type { FakeTitle } from '#core/upstreams/media-server.fake.ts';
import type { Switches, TrackerLink } from '#features/tracker-sync/index.ts';
import { createSimklFake, type FakeSimkl, SIMKL_APP } from '#integrations/simkl/simkl.fake.ts';
import type { FakeUser, SimklQuirks } from '#integrations/simkl/simkl-world.fake.ts';
import { eventually, type Household, type HouseholdOptions, startHousehold } from './household.ts';
import { DAY, settled } from './journey.ts';

const ACTOR = { kind: 'login', id: '1', name: 'owner' };
const PACE = { post: 0, lock: 1, burst: 1, fault: 1 };
export const SIMKL_SWITCHES: Switches = { takes: true, sends: true, lists: true, ratings: true };

export type SimklHousehold = Awaited<ReturnType<typeof startSimkl>>;

/** Long after all that servers tell, so that no day of theirs lies ahead; it goes on by itself, and by `later`. */
function movableClock() {
  let ahead = 0;
  const later = (ms: number): void => {
    ahead += ms;
  };
  return { clock: { now: () => Date.now() + ahead }, later };
}

/** A house with a Simkl of its own, and a person's account there. */
async function startSimkl(options: HouseholdOptions & Readonly<{ quirks?: Partial<SimklQuirks>; deadlineMs?: number }>) {
  const { clock, later } = movableClock();
  const fake: FakeSimkl = await createSimklFake({ clock, ...(options.quirks && { quirks: options.quirks }) });
  const user: FakeUser = fake.addUser('anna');
  const simkl = { apiUrl: fake.baseUrl, siteUrl: 'https://simkl.example', pace: PACE };
  const home: Household = await startHousehold({
    ...options,
    clock,
    house: { simkl, ...(options.deadlineMs !== undefined && { callDeadlineMs: options.deadlineMs }), ...options.house },
  });
  const sync = () => home.rooms.trackerSync;
  const signal = (): { signal: AbortSignal } => ({ signal: AbortSignal.timeout(20_000) });

  const house = {
    home,
    fake,
    user,
    later,
    /** How another process of the house finds it. */
    simkl,
    /** How far its clock is ahead. */
    ahead: () => clock.now() - Date.now(),
    /** Connected by a code that the person types; nothing but what is switched on. */
    async connect(switches: Partial<Switches> = SIMKL_SWITCHES): Promise<TrackerLink> {
      // A first plan is carried out as it was shown: what an import has begun and not ended would make it another one.
      await home.rooms.events.idle(AbortSignal.timeout(10_000));
      await settled(home);
      const wish = { personId: MAIN_PERSON, name: 'simkl', vendor: 'simkl', clientId: SIMKL_APP.clientId, switches };
      const { link, invitation } = await sync().add(wish, signal());
      if (invitation.how !== 'code') throw new Error('no code was given');
      fake.grants.enterCode(invitation.userCode, user.name);
      const state = await sync().finish(link.id, {}, signal());
      if (state !== 'connected') throw new Error(`it is ${state}`);
      await settled(home);
      return sync().get(link.id);
    },
    async plans(feature: string, state: Plan['state'] = 'proposed'): Promise<readonly Plan[]> {
      return (await home.rooms.plans.list({ feature: `tracker-sync.${feature}`, states: [state] }, { offset: 0, limit: 10 })).plans;
    },
    async changes(plan: Plan) {
      return (await home.rooms.plans.changes(plan.id, {}, { offset: 0, limit: 100 })).changes;
    },
    async answer(plan: Plan, verb: 'approve' | 'reject' = 'approve'): Promise<void> {
      await home.rooms.plans[verb](plan.id, ACTOR);
      await eventually(async () => {
        const { jobs } = await home.rooms.jobs.list({ reference: `plan:${plan.id}`, statuses: ['completed'] }, 1, 1);
        if (jobs.length === 0) throw new Error('nobody has heard of the answer');
      });
      await settled(home);
    },
    /** Connected, and its first plan approved. */
    async takenIn(switches: Partial<Switches> = SIMKL_SWITCHES): Promise<TrackerLink> {
      const link = await house.connect(switches);
      const [plan] = await house.plans('first');
      if (!plan) throw new Error('no plan was proposed');
      await house.answer(plan);
      return sync().get(link.id);
    },
    /** One round. What it wants to take away and may not is a plan. */
    async round(link: TrackerLink, full = false) {
      later(60_000);
      const result = await sync().run(link.id, { full, byHand: false }, { ...signal(), log: () => undefined });
      await settled(home);
      return result;
    },
    /** The title as Simkl has it in the person's library. */
    entry: (number: number) => user.library.entries.get(number),
  };
  return house;
}

export async function inSimklHousehold(
  options: Parameters<typeof startSimkl>[0],
  work: (house: SimklHousehold) => Promise<void>,
): Promise<void> {
  const house = await startSimkl(options);
  try {
    await work(house);
  } finally {
    await house.home.close();
    await house.fake.close();
  }
}

/** A movie of the media servers as Simkl has it. */
export const asSimklMovie = (title: FakeTitle, number: number) =>
  ({ kind: 'movie', number, title: title.title, year: title.year ?? 2000, ids: { ...title.ids } }) as const;

export const onlyPlan = (plans: readonly Plan[]): Plan => {
  const [plan, ...more] = plans;
  if (!plan || more.length > 0) throw new Error(`${plans.length} plans instead of one`);
  return plan;
};

/** What the owner of the household's Plex watches there, and has watched. */
export const plexOf = ({ home }: SimklHousehold) => ({
  finish: (id: string, at = Date.now() - DAY) => home.fake('plex').finish(home.fake('plex').owner.id, id, at),
  played: (id: string): boolean => home.fake('plex').stateOf(home.fake('plex').owner.id, id).played,
});
