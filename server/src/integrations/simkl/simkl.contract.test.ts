import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RemoteTracker, TrackerGrant, TrackerItem } from '#core/upstreams/index.ts';
import type { FakeMood, FakeMoodOptions } from '#core/upstreams/media-server.fake.ts';
import { type AppError, type AppErrorCode, isAppError } from '#kernel/app-error.ts';
import { createSimklDriver, type SimklDriver } from './index.ts';
import { createSimklFake, type FakeSimkl, SIMKL_APP } from './simkl.fake.ts';
import type { FakeUser, SimklQuirks } from './simkl-world.fake.ts';

const WEEK = 604_800_000;
const PACE = { post: 0, lock: 5, burst: 5, fault: 1 };
const DAY = Date.UTC(2026, 4, 15, 0, 13, 9);
const HEAT = { kind: 'movie', number: 53_992, title: 'Heat', year: 1995, ids: { imdb: 'tt0113277', tmdb: '949' } } as const;
const slots = (count: number, tvdb?: number) =>
  Array.from({ length: count }, (_, at) => ({ season: 1, number: at + 1, ...(tvdb && { tvdb: { season: tvdb, episode: at + 1 } }) }));
const PEAKS = {
  kind: 'show',
  number: 2_090,
  title: 'Twin Peaks',
  year: 1990,
  ids: { tvdb: '70533' },
  episodes: slots(3),
  ended: true,
} as const;
const heat: TrackerItem = { kind: 'movie', ids: { imdb: 'tt0113277' }, title: 'Heat', year: 1995 };
const peaks = (...numbers: number[]): TrackerItem => ({
  kind: 'show',
  ids: { tvdb: '70533' },
  title: 'Twin Peaks',
  episodes: numbers.map((number) => ({ season: 1, number, at: DAY })),
});

let now: number;
let fake: FakeSimkl;
let driver: SimklDriver;
let user: FakeUser;
let saved: TrackerGrant[];
let left: number[];
let spent: number;
const options = () => ({ signal: AbortSignal.timeout(5_000) });
const grantOf = (given: ReturnType<FakeSimkl['grants']['give']>): TrackerGrant => ({
  accessToken: given.accessToken,
  refreshToken: given.refreshToken,
  expiresAt: given.expiresAt,
  canWrite: true,
});

function connect(more: Partial<TrackerGrant> = {}, scope = 'media:read media:write'): RemoteTracker {
  const grant = { ...grantOf(fake.grants.give(user.name, SIMKL_APP.clientId, scope)), ...more };
  return driver.connect({
    name: 'Simkl',
    app: SIMKL_APP,
    grant,
    saveGrant: async (renewed) => void saved.push(renewed),
    spend: async () => {
      spent += 1;
    },
    heard: async (rest) => void left.push(rest),
  });
}

async function open(quirks: Partial<SimklQuirks> = {}, pace = PACE): Promise<void> {
  [now, saved, left, spent] = [Date.UTC(2026, 10, 26), [], [], 0];
  const clock = { now: () => now };
  fake = await createSimklFake({ clock, quirks });
  user = fake.addUser('anna');
  fake.addTitle(HEAT);
  fake.addTitle(PEAKS);
  driver = createSimklDriver({ clock, version: '1.0', apiUrl: fake.baseUrl, siteUrl: 'https://simkl.example', pace });
}

beforeEach(() => open());
afterEach(async () => {
  await driver.close();
  await fake.close();
});

async function faultOf(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (isAppError(error)) return error;
  throw new Error(`no fault of ours: ${String(error)}`);
}

/** Reads, writes, and reads what that changed. */
async function newsAfter(tracker: RemoteTracker, work: () => Promise<unknown> | undefined) {
  const before = await tracker.stamps(options());
  now += 60_000;
  await work();
  return tracker.news(before, await tracker.stamps(options()), options());
}

describe('the ways in', () => {
  it('by a code that a person types: waits, is told to be slower, and is granted what was asked for', async () => {
    const code = await driver.startDevice(SIMKL_APP, options());
    expect(code).toMatchObject({ userCode: expect.stringMatching(/^\w{4}-\w{4}$/), interval: 5_000, expiresAt: now + 900_000 });
    expect(code.link).toContain(code.userCode);
    const poll = () => driver.pollDevice(SIMKL_APP, code.deviceCode, options());
    expect(await poll()).toEqual({ state: 'pending' });
    expect(await poll()).toEqual({ state: 'slow-down' });
    fake.grants.enterCode(code.userCode, 'anna');
    expect(await poll()).toMatchObject({ state: 'granted', grant: { canWrite: true, expiresAt: now + WEEK } });
    expect(await poll()).toEqual({ state: 'expired' });
  });

  it('tells of a refusal, of a code that is over, and of a grant that is for reading alone', async () => {
    const [one, two, three] = [
      await driver.startDevice(SIMKL_APP, options()),
      await driver.startDevice(SIMKL_APP, options()),
      await driver.startDevice(SIMKL_APP, options()),
    ];
    fake.grants.enterCode(one.userCode, 'anna', { agrees: false });
    fake.grants.enterCode(two.userCode, 'anna', { readOnly: true });
    expect(await driver.pollDevice(SIMKL_APP, one.deviceCode, options())).toEqual({ state: 'refused' });
    expect(await driver.pollDevice(SIMKL_APP, two.deviceCode, options())).toMatchObject({ state: 'granted', grant: { canWrite: false } });
    now += 900_001;
    expect(await driver.pollDevice(SIMKL_APP, three.deviceCode, options())).toEqual({ state: 'expired' });
  });

  it('by the page of consent, with a proof key: a code is good once, and only for who asked', async () => {
    const verifier = 'a'.repeat(64);
    const ask = {
      redirectUri: 'https://home.example/back',
      state: 's1',
      challenge: createHash('sha256').update(verifier).digest('base64url'),
    };
    const back = fake.grants.consent(driver.authorizeUrl(SIMKL_APP, ask), 'anna');
    expect(back.state).toBe('s1');
    const proof = { code: back.code, verifier, redirectUri: ask.redirectUri };
    expect(await driver.redeem(SIMKL_APP, proof, options())).toMatchObject({ canWrite: true });
    expect((await faultOf(driver.redeem(SIMKL_APP, proof, options()))).details.said).toBe('invalid_grant');
    const other = fake.grants.consent(driver.authorizeUrl(SIMKL_APP, ask), 'anna');
    const stolen = { ...proof, code: other.code, verifier: 'b'.repeat(64) };
    expect((await faultOf(driver.redeem(SIMKL_APP, stolen, options()))).details.said).toBe('invalid_grant');
  });

  it('an app that Simkl does not know is told so', async () => {
    const fault = await faultOf(driver.startDevice({ clientId: 'nobody' }, options()));
    expect([fault.code, fault.details.said]).toEqual(['upstream-unauthorized', 'invalid_client']);
  });

  it('ends a grant, and takes it for ended', async () => {
    const grant = grantOf(fake.grants.give('anna', SIMKL_APP.clientId, 'media:read media:write'));
    await driver.revoke(SIMKL_APP, grant, options());
    expect(fake.grants.grants()).toEqual([]);
  });
});

describe('a grant', () => {
  it('is renewed once, however many calls find it ended, and its refresh token stays', async () => {
    const tracker = connect();
    now += WEEK + 1;
    await Promise.all([tracker.stamps(options()), tracker.account(options()), tracker.stamps(options())]);
    expect(fake.calls.filter(({ path }) => path === '/oauth2/token')).toHaveLength(1);
    expect(saved).toHaveLength(1);
    expect(saved[0]).toMatchObject({ refreshToken: fake.grants.grants()[0]?.refreshToken, canWrite: true, expiresAt: now + WEEK });
  });

  it('that somebody else has renewed is renewed again at the refusal, and once only', async () => {
    await connect({ accessToken: 'simkl_at_old' }).stamps(options());
    expect(fake.calls.map(({ path, status }) => `${path} ${status}`)).toEqual([
      '/sync/activities 401',
      '/oauth2/token 200',
      '/sync/activities 200',
    ]);
    fake.setMood('unauthorized');
    expect((await faultOf(connect().stamps(options()))).code).toBe('upstream-unauthorized');
  });

  it('that was taken back is unauthorized, and says what to do', async () => {
    const fault = await faultOf(connect({ accessToken: 'gone', refreshToken: 'gone' }).stamps(options()));
    expect([fault.code, /Connect the account once more/.test(fault.message)]).toEqual(['upstream-unauthorized', true]);
  });

  it('for reading alone is refused its writes for good', async () => {
    const fault = await faultOf(connect({}, 'media:read').send('watched', [heat], options()));
    expect([fault.code, fault.details.sent]).toEqual(['upstream-forbidden', 'no']);
  });

  it('is in no message', async () => {
    fake.setMood('html');
    const fault = await faultOf(connect().stamps(options()));
    const given = fake.grants.grants()[0];
    expect(`${fault.message}${JSON.stringify(fault.details)}`).not.toContain(given?.accessToken ?? 'simkl_at');
  });
});

describe('what is read', () => {
  it('names us, and tells of the account and of the calls that are left', async () => {
    user.plan = 'vip';
    expect(await connect().account(options())).toEqual({ id: '1000', name: 'anna', plan: 'vip', callsPerDay: 10_000 });
    expect(fake.calls[0]?.query).toMatchObject({ client_id: SIMKL_APP.clientId, 'app-name': 'usherr', 'app-version': '1.0' });
    expect([spent, left]).toEqual([1, [499]]);
  });

  it.each(['modern', 'legacy'] as const)('is nothing of an empty library in the %s dialect, without a fault', async (dialect) => {
    fake.quirks.dialect = dialect;
    const tracker = connect();
    expect(await tracker.news(undefined, await tracker.stamps(options()), options())).toEqual({
      whole: true,
      titles: [],
      present: new Map(),
    });
  });

  it('is all of a library at first, and then what changed, shelf by shelf', async () => {
    const tracker = connect();
    await tracker.send('watched', [heat, peaks(1, 2, 3)], options());
    const whole = await tracker.news(undefined, await tracker.stamps(options()), options());
    expect(whole.titles.map(({ title, list, watched, episodes, complete }) => [title, list, watched, episodes.length, complete])).toEqual([
      ['Twin Peaks', 'completed', false, 3, true],
      ['Heat', 'completed', true, 0, true],
    ]);
    fake.forgetCalls();
    const news = await newsAfter(tracker, () => tracker.send('unwatched', [peaks(3)], options()));
    expect(news.titles.map(({ number, list }) => [number, list])).toEqual([[PEAKS.number, 'watching']]);
    expect(fake.calls.filter(({ path }) => path.includes('all-items')).map(({ path }) => path)).toEqual(['/sync/all-items/shows']);
  });

  it('tells of ratings, which are in no other delta, and of those that were taken back', async () => {
    const tracker = connect();
    await tracker.send('watched', [heat], options());
    const rated = await newsAfter(tracker, () => tracker.send('rate', [{ ...heat, rating: 9, ratedAt: DAY }], options()));
    expect(rated.titles).toMatchObject([{ number: HEAT.number, rating: 9, ratedAt: DAY }]);
    const taken = await newsAfter(tracker, () => tracker.send('unrate', [heat], options()));
    expect(taken.titles[0]).not.toHaveProperty('rating');
  });

  it('tells what is left where something was taken out', async () => {
    const tracker = connect();
    await tracker.send('watched', [heat, peaks(1)], options());
    const news = await newsAfter(tracker, () => tracker.send('remove', [heat], options()));
    expect(news).toEqual({ whole: false, titles: [], present: new Map([['movies', new Set()]]) });
  });

  it('goes list by list where a library is too large for one answer', async () => {
    const tracker = connect();
    await tracker.send('watched', [heat], options());
    fake.quirks.maxItems = 0;
    const { titles } = await tracker.news(undefined, await tracker.stamps(options()), options());
    expect(titles.map(({ title }) => title)).toEqual(['Heat']);
    expect(fake.calls.map(({ path }) => path)).toContain('/sync/all-items/movies/completed');
  });

  it('has the numbers of media servers beside those of anime', async () => {
    fake.addTitle({ ...PEAKS, kind: 'anime', number: 7, title: 'Titan 4', ids: { mal: '9', tvdb: '267440' }, episodes: slots(2, 4) });
    const tracker = connect();
    const titan: TrackerItem = {
      kind: 'show',
      ids: { tvdb: '267440' },
      title: 'Titan',
      airedNumbers: true,
      episodes: [{ season: 4, number: 2 }],
    };
    expect((await tracker.send('watched', [titan], options())).misses).toEqual([]);
    const { titles } = await tracker.news(undefined, await tracker.stamps(options()), options());
    expect(titles).toMatchObject([{ number: 7, numbering: 'own', episodes: [{ season: 1, number: 2, aired: { season: 4, number: 2 } }] }]);
  });
});

describe('what is written', () => {
  it('that Simkl does not know is told, though it answers 201', async () => {
    const nobody: TrackerItem = { kind: 'movie', ids: { imdb: 'tt9' }, title: 'Nobody knows', year: 1900 };
    const reply = await connect().send('watched', [heat, nobody, peaks(1, 9)], options());
    expect(reply.misses).toEqual([{ index: 1 }, { index: 2, episodes: [{ season: 1, number: 9 }] }]);
  });

  it('never asks for a repeat', async () => {
    const tracker = connect();
    await tracker.send('watched', [heat], options());
    await tracker.send('watched', [heat], options());
    expect(fake.calls.every(({ query }) => query.allow_rewatch === undefined)).toBe(true);
    expect(JSON.stringify(fake.bodies)).not.toContain('rewatch');
  });

  it('that meets another write waits, once', async () => {
    fake.lockWrites(1);
    await connect().send('watched', [heat], options());
    expect(user.library.entries.size).toBe(1);
    fake.lockWrites(2);
    const fault = await faultOf(connect().send('watched', [heat], options()));
    expect([fault.details.said, fault.details.sent]).toEqual(['rate_limit', 'no']);
  });

  it('comes one after the other, and never faster than Simkl likes it', async () => {
    await driver.close();
    await fake.close();
    await open({ strictPace: true }, { ...PACE, post: 1_001 });
    const tracker = connect();
    await Promise.all([tracker.send('watched', [heat], options()), tracker.send('watched', [peaks(1)], options())]);
    expect(fake.calls.map(({ status }) => status)).toEqual([201, 201]);
  });

  it('is sent once where the answer is lost, which leaves doubt', async () => {
    fake.setMood('reset', { times: 1 });
    const fault = await faultOf(connect().send('watched', [heat], options()));
    expect([fault.code, fault.details.sent, fake.calls.length]).toEqual(['upstream-unreachable', 'maybe', 1]);
  });
});

describe('the limits', () => {
  it('of a second are waited out', async () => {
    fake.setMood('rate-limited', { times: 2 });
    await connect().stamps(options());
    expect(fake.calls.map(({ status }) => status)).toEqual([429, 429, 200]);
  });

  it('of a day are not knocked at again, and say when they end', async () => {
    fake.useUpTheDay(user, 7_200);
    const fault = await faultOf(connect().stamps(options()));
    expect([fault.code, fault.details.daily, fault.retryAfterMs, fake.calls.length]).toEqual(['upstream-rate-limited', true, 7_200_000, 1]);
  });

  it('that the house sets itself are asked before each call', async () => {
    const tracker = driver.connect({
      name: 'Simkl',
      app: SIMKL_APP,
      grant: grantOf(fake.grants.give('anna', SIMKL_APP.clientId, 'media:read')),
      saveGrant: async () => undefined,
      spend: () => Promise.reject(new Error('nothing is left')),
      heard: async () => undefined,
    });
    await expect(tracker.stamps(options())).rejects.toThrow('nothing is left');
    expect(fake.calls).toEqual([]);
  });
});

type Bad = Readonly<{ mood: FakeMood; code: AppErrorCode; how?: FakeMoodOptions; calls: number }>;
describe('Simkl, misbehaving', () => {
  it.each<Bad>([
    { mood: 'unauthorized', code: 'upstream-unauthorized', calls: 1 },
    { mood: 'server-error', code: 'upstream-rejected', calls: 6 },
    { mood: 'rate-limited', code: 'upstream-rate-limited', calls: 4 },
    { mood: 'html', code: 'upstream-unreadable', calls: 1 },
    { mood: 'truncated', code: 'upstream-unreadable', calls: 1 },
    { mood: 'reset', code: 'upstream-unreachable', calls: 1 },
  ])('$mood is $code, for reads and writes, after $calls calls', async ({ mood, code, how, calls }) => {
    const tracker = connect({ refreshToken: undefined as never });
    const stamps = await tracker.stamps(options());
    for (const work of [
      () => tracker.stamps(options()),
      () => tracker.account(options()),
      () => tracker.news(undefined, stamps, options()),
      () => tracker.send('watched', [heat], options()),
    ]) {
      fake.forgetCalls();
      fake.setMood(mood, how);
      expect((await faultOf(work())).code).toBe(code);
      expect(fake.calls).toHaveLength(calls);
    }
  });

  it('in the middle of a library gives no part of it', async () => {
    const tracker = connect();
    await tracker.send('watched', [peaks(1)], options());
    const stamps = await tracker.stamps(options());
    fake.setMood('page-fails');
    expect((await faultOf(tracker.news(undefined, stamps, options()))).code).toBe('upstream-rejected');
  });
});
