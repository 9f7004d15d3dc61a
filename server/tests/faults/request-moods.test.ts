import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FakeMood, FakeMoodOptions } from '#core/upstreams/media-server.fake.ts';
import type { FakeSeerr } from '#integrations/seerr/seerr.fake.ts';
import type { AppErrorCode } from '#kernel/app-error.ts';
import { type DeskHousehold, holds, startDesks, withDesks } from '#tests/support/desks.ts';
import { eventually } from '#tests/support/household.ts';
import { journalOf } from './standing.ts';

const CALL_DEADLINE_MS = 1_500;
const HOURS = 7_200_000;
/** More than one call of a listing takes, so that there is a second page. */
const SECOND_PAGE = 10_020;

type Bad = Readonly<{ mood: FakeMood; code: AppErrorCode; how?: FakeMoodOptions /** Changes are made all the same. */; carriesOut?: true }>;

const MOODS: readonly Bad[] = [
  { mood: 'unauthorized', code: 'upstream-unauthorized' },
  { mood: 'rate-limited', code: 'upstream-rate-limited', how: { retryAfterS: 600 } },
  { mood: 'server-error', code: 'upstream-rejected' },
  { mood: 'html', code: 'upstream-unreadable' },
  { mood: 'truncated', code: 'upstream-unreadable', carriesOut: true },
  { mood: 'reset', code: 'upstream-unreachable' },
  { mood: 'slow', code: 'upstream-timeout', how: { delayMs: 4_000 } },
];
const LATE: Bad = { mood: 'late', code: 'upstream-timeout', carriesOut: true };

/** Begins with the first call behind the listing. A hook on the listing would go off at one that an earlier test has given up and that arrives late. */
const AFTER_LISTING: FakeMoodOptions = { from: ({ method, path }) => method !== 'GET' || path !== '/api/v1/request' };

/** Titles of their own for each mood, so that one household lives through all of them. */
function createLife(house: DeskHousehold) {
  const alice = house.person('alice');
  let first = 0;
  let ids: Readonly<Record<'approved' | 'declined' | 'edited' | 'deleted', number>>;
  return {
    async begin(): Promise<void> {
      first += 100;
      const { primary } = house;
      const ask = (nth: number) => primary.ask(alice.primary ?? 0, { kind: 'movie', tmdbId: first + nth });
      ids = {
        approved: ask(1),
        declined: ask(2),
        edited: primary.ask(alice.primary ?? 0, { kind: 'tv', tmdbId: first + 3, seasons: [1, 2] }),
        deleted: primary.addRequest({ kind: 'movie', tmdbId: first + 4 }),
      };
      for (let nth = 5; nth <= 8; nth += 1) primary.addRequest({ kind: 'movie', tmdbId: first + nth });
      await house.cycle(2);
    },
    /** Every kind of change, and as many new requests. */
    goOn(): void {
      const { primary } = house;
      house.forgetCalls();
      primary.approve(ids.approved);
      primary.decline(ids.declined);
      primary.edit(ids.edited, [2, 3]);
      primary.remove(ids.deleted);
      primary.addRequest({ kind: 'movie', tmdbId: first + 11 });
      primary.ask(alice.primary ?? 0, { kind: 'movie', tmdbId: first + 12 });
      primary.ask(alice.primary ?? 0, { kind: 'tv', tmdbId: first + 13, seasons: [1] });
      for (let nth = 14; nth <= 16; nth += 1) primary.addRequest({ kind: 'movie', tmdbId: first + nth });
    },
    /** What a subordinate holds of this mood's titles. */
    of: (fake: FakeSeerr): readonly string[] =>
      holds(fake).filter((line) => Math.floor(Number(/:(\d+)/.exec(line)?.[1]) / 100) * 100 === first),
    begun: (): readonly string[] =>
      [
        `movie:${first + 1} pending by ${alice.A}`,
        `movie:${first + 2} pending by ${alice.A}`,
        `tv:${first + 3} [1,2] pending by ${alice.A}`,
        ...[4, 5, 6, 7, 8].map((nth) => `movie:${first + nth} approved by 1`),
      ].toSorted(),
    gone: (): readonly string[] =>
      [
        `movie:${first + 1} approved by ${alice.A}`,
        `movie:${first + 2} declined by ${alice.A}`,
        `tv:${first + 3} [2,3] pending by ${alice.A}`,
        ...[5, 6, 7, 8, 11, 14, 15, 16].map((nth) => `movie:${first + nth} approved by 1`),
        `movie:${first + 12} pending by ${alice.A}`,
        `tv:${first + 13} [1] pending by ${alice.A}`,
      ].toSorted(),
    /** What was made there since the calls were forgotten, as often as it was. */
    made: (fake: FakeSeerr): readonly string[] =>
      fake.changes
        .filter(({ method, path, status }) => method === 'POST' && path === '/api/v1/request' && status === 201)
        .map(({ body }) => JSON.stringify(body))
        .toSorted(),
  };
}

const start = (): Promise<DeskHousehold> =>
  startDesks({
    subordinates: ['A', 'B'],
    options: { user_mapping: 'email_match', sync_declined: true },
    household: { house: { callDeadlineMs: CALL_DEADLINE_MS } },
  });

const healthOf = async (house: DeskHousehold, name: string) => (await house.rooms.desks.list()).find((desk) => desk.name === name)?.health;

async function recovers(house: DeskHousehold, life: ReturnType<typeof createLife>): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    house.later(HOURS);
    await house.cycle();
  }
  for (const name of ['A', 'B']) {
    expect(life.of(house.sub(name)), name).toEqual(life.gone());
    expect(await healthOf(house, name)).toMatchObject({ state: 'ok' });
  }
  expect((await journalOf(house.home)).filter(({ state }) => state === 'intended' || state === 'unconfirmed')).toEqual([]);
  expect(await house.rooms.requestReplication.failed()).toEqual([]);
  for (const name of ['A', 'B']) {
    // A request that was made and not heard of is found, and never asked for again.
    const made = life.made(house.sub(name));
    expect(made).toHaveLength(6);
    expect(new Set(made).size).toBe(6);
  }
  house.forgetCalls();
  await house.cycle();
  for (const fake of house.everyone()) expect(fake.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api/v1/request']);
}

describe('while a subordinate misbehaves', () => {
  let house: DeskHousehold;
  let life: ReturnType<typeof createLife>;
  let sick: FakeSeerr;
  beforeAll(async () => {
    house = await start();
    life = createLife(house);
    sick = house.sub('A');
  });
  afterEach(() => {
    for (const fake of house.everyone()) fake.setMood('fine');
  });
  afterAll(() => house.close());

  it.each([...MOODS, LATE].flatMap((bad) => (['from the start', 'after its listing'] as const).map((when) => ({ ...bad, when }))))(
    'as $mood, $when: the others go on, it says so, nothing is lost or done twice, and it recovers by itself',
    async ({ mood, code, how, carriesOut, when }) => {
      await life.begin();
      expect(life.of(sick)).toEqual(life.begun());
      life.goOn();
      sick.setMood(mood, when === 'from the start' ? how : { ...how, ...AFTER_LISTING });
      await house.cycle();
      expect(life.of(house.sub('B'))).toEqual(life.gone());
      expect(await healthOf(house, 'A')).toMatchObject({ state: 'degraded', lastError: { code, message: expect.stringMatching(/\S{3}/) } });
      expect(await healthOf(house, 'B')).toMatchObject({ state: 'ok' });
      if (!carriesOut) expect(life.of(sick)).toEqual(life.begun());

      sick.setMood('fine');
      // What is slow is carried out in the end, though nobody waits for it any more.
      if (mood === 'slow' && when === 'after its listing') {
        await eventually(() => expect(sick.changes.length).toBeGreaterThan(0));
        await sleep(how?.delayMs);
      }
      await recovers(house, life);
    },
  );
});

describe('while the primary misbehaves', () => {
  let house: DeskHousehold;
  let life: ReturnType<typeof createLife>;
  beforeAll(async () => {
    house = await start();
    life = createLife(house);
  });
  afterEach(() => {
    for (const fake of house.everyone()) fake.setMood('fine');
  });
  afterAll(() => house.close());

  it.each(MOODS)(
    'as $mood: nothing is changed anywhere, it says so, and everything follows when it is well',
    async ({ mood, code, how }) => {
      await life.begin();
      life.goOn();
      house.primary.setMood(mood, how);
      house.forgetCalls();
      await expect(house.cycle()).rejects.toMatchObject({ code });
      expect(await healthOf(house, 'Primary')).toMatchObject({ state: 'degraded', lastError: { code } });
      for (const name of ['A', 'B']) {
        expect(life.of(house.sub(name))).toEqual(life.begun());
        expect(house.sub(name).changes).toEqual([]);
      }
      house.primary.setMood('fine');
      await recovers(house, life);
    },
  );

  it.each(MOODS)('as $mood, after its listing: only what it could not be asked about waits', async ({ mood, how }) => {
    await life.begin();
    life.goOn();
    house.primary.setMood(mood, { ...how, ...AFTER_LISTING });
    await house.cycle();
    expect(await healthOf(house, 'Primary')).toMatchObject({ state: 'degraded', lastError: { message: expect.stringMatching(/\S{3}/) } });
    // Whether the one that is missing is gone, nobody could tell.
    for (const name of ['A', 'B']) expect(life.of(house.sub(name)).filter((line) => !life.gone().includes(line))).toHaveLength(1);
    house.primary.setMood('fine');
    await recovers(house, life);
  });
});

describe('a listing of which a later page is lost', () => {
  const moods = [
    ['page-fails', 'upstream-rejected'],
    ['short-library', 'upstream-unreadable'],
  ] as const;

  it('decides nothing, whether it is the primary’s or a subordinate’s', () =>
    withDesks({ household: { house: { callDeadlineMs: 6_000 } } }, async (house) => {
      const { primary } = house;
      const sick = house.sub();
      for (let tmdbId = 1; tmdbId <= 3; tmdbId += 1) primary.addRequest({ kind: 'movie', tmdbId });
      for (let tmdbId = 10; tmdbId < 10 + SECOND_PAGE; tmdbId += 1) {
        primary.addRequest({ kind: 'movie', tmdbId, status: 'declined' });
        sick.addRequest({ kind: 'movie', tmdbId: tmdbId + 20_000 });
      }
      await house.cycle();
      const ours = () => sick.requests().flatMap(({ tmdbId }) => (tmdbId < 20_000 ? [tmdbId] : []));
      expect(ours()).toEqual([1, 2, 3]);
      primary.remove(primary.requests().find(({ tmdbId }) => tmdbId === 2)?.id ?? 0);
      primary.addRequest({ kind: 'movie', tmdbId: 4 });
      for (const [mood, code] of moods) {
        primary.setMood(mood);
        await expect(house.cycle()).rejects.toMatchObject({ code });
      }
      primary.setMood('fine');
      for (const [mood, code] of moods) {
        sick.setMood(mood);
        house.later(HOURS);
        await house.cycle();
        expect(ours()).toEqual([1, 2, 3]);
        expect(await healthOf(house, 'A')).toMatchObject({ state: 'degraded', lastError: { code } });
      }
      sick.setMood('fine');
      house.later(HOURS);
      await house.cycle();
      expect(ours()).toEqual([1, 3, 4]);
    }));
});
