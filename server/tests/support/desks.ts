import type { Desk } from '#core/requests/index.ts';
import type { ReplicationOption } from '#features/request-replication/index.ts';
import { createSeerrFake, type FakeSeerr, type FakeSeerrOptions, PERMISSION } from '#integrations/seerr/seerr.fake.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { type Household, type HouseholdOptions, startHousehold } from './household.ts';

const ACTOR = { kind: 'house', id: 'test', name: 'test' };
const MINUTE = 60_000;

export type DeskHousehold = Awaited<ReturnType<typeof startDesks>>;

export type DesksWish = Readonly<{
  subordinates?: readonly string[];
  options?: Readonly<Partial<Record<ReplicationOption, unknown>>>;
  household?: HouseholdOptions;
  seerr?: FakeSeerrOptions;
  /** The jobs of the house go round by themselves; else cycles are asked for by hand. */
  byItself?: boolean;
}>;

/**
 * A whole house with a primary Seerr and subordinates, all of them fakes over HTTP, and the same people on each. The clock can be moved on; cycles are made by
 * hand unless told.
 */
export async function startDesks({ subordinates = ['A'], options = {}, household, seerr, byItself = false }: DesksWish = {}) {
  let ahead = 0;
  const clock: Clock = { now: () => Date.now() + ahead };
  const home: Household = await startHousehold({ servers: [], clock, ...household });
  const primary = await createSeerrFake({ clock, ...seerr });
  const subs = new Map<string, FakeSeerr>();
  for (const name of subordinates) subs.set(name, await createSeerrFake({ clock, ...seerr }));

  const { requestReplication, desks } = home.rooms;
  await requestReplication.config.setOptions({ ...options, ...(!byItself && { poll_interval_seconds: 86_400 }) }, ACTOR);
  const deskOf = (name: string, fake: FakeSeerr, role: Desk['role']): Promise<Desk> =>
    desks.create({ name, url: fake.baseUrl, apiKey: fake.apiKey(), role });
  const primaryDesk = await deskOf('Primary', primary, 'primary');
  for (const [name, fake] of subs) await deskOf(name, fake, 'subordinate');

  const lines: string[] = [];
  const context = () => ({
    signal: AbortSignal.timeout(28_000),
    log: (level: string, text: string) => void lines.push(`${level} ${text}`),
    progress: () => undefined,
  });

  const house = {
    home,
    get rooms() {
      return home.rooms;
    },
    primary,
    primaryDesk,
    lines,
    context,
    clock,
    sub(name: string = subordinates[0] ?? ''): FakeSeerr {
      const found = subs.get(name);
      if (!found) throw new Error(`there is no subordinate ${name}`);
      return found;
    },
    everyone: (): readonly FakeSeerr[] => [primary, ...subs.values()],
    later(ms: number): void {
      ahead += ms;
    },
    now: (): Instant => clock.now(),
    /** A person with an account on every desk; answers the ids, by desk. */
    person(name: string, permissions: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
      const user = { name, email: `${name}@example.test`, jellyfinUserId: `${name}-of-jellyfin`, jellyfinUsername: name };
      const at = [['primary', primary] as const, ...subs];
      return Object.fromEntries(
        at.map(([desk, fake]) => [desk, fake.addUser({ ...user, permissions: permissions[desk] ?? PERMISSION.REQUEST })]),
      );
    },
    /** Cycles a minute apart. */
    async cycle(times = 1): Promise<void> {
      for (let number = 0; number < times; number += 1) {
        ahead += MINUTE;
        await home.rooms.requestReplication.runCycle(context());
      }
    },
    forgetCalls(): void {
      for (const fake of house.everyone()) fake.forgetCalls();
    },
    async close(): Promise<void> {
      await home.close();
      for (const fake of house.everyone()) await fake.close();
    },
  };
  return house;
}

export async function withDesks(wish: DesksWish, work: (house: DeskHousehold) => Promise<void>): Promise<void> {
  const house = await startDesks(wish);
  try {
    await work(house);
  } finally {
    await house.close();
  }
}

/** What a desk holds, in short and in the order of its titles. */
export const holds = (fake: FakeSeerr): readonly string[] =>
  fake
    .requests()
    .map(
      (one) =>
        `${one.kind}:${one.tmdbId}${one.is4k ? ' 4k' : ''}${one.seasons.length > 0 ? ` [${one.seasons.map((season) => season.number).join()}]` : ''} ${one.status} by ${one.requestedBy}`,
    )
    .toSorted();
