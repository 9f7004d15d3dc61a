import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestDesk } from '#core/upstreams/index.ts';
import type { FakeMood, FakeMoodOptions } from '#core/upstreams/media-server.fake.ts';
import type { AppErrorCode } from '#kernel/app-error.ts';
import type { FakeSeerr } from './seerr.fake.ts';
import { faultOf, openSeerrBench, options, type SeerrBench } from './seerr-bench.contract.ts';

const MOVIE = { kind: 'movie', tmdbId: 603, is4k: false, seasons: [] } as const;
const DEADLINE_MS = 250;

type Bad = Readonly<{ mood: FakeMood; code: AppErrorCode; how?: FakeMoodOptions }>;
const BAD_MOODS: readonly Bad[] = [
  { mood: 'unauthorized', code: 'upstream-unauthorized' },
  { mood: 'rate-limited', code: 'upstream-rate-limited', how: { retryAfterS: 3_600 } },
  { mood: 'server-error', code: 'upstream-rejected' },
  { mood: 'html', code: 'upstream-unreadable' },
  { mood: 'truncated', code: 'upstream-unreadable' },
  { mood: 'reset', code: 'upstream-unreachable' },
  { mood: 'slow', code: 'upstream-timeout', how: { delayMs: 2_000 } },
];

describe('Seerr, misbehaving', () => {
  let bench: SeerrBench;
  let fake: FakeSeerr;
  let desk: RequestDesk;
  let hasty: RequestDesk;
  let id: number;
  beforeEach(async () => {
    bench = await openSeerrBench();
    ({ fake, desk } = bench);
    hasty = bench.connect({ timeoutMs: DEADLINE_MS });
    id = fake.addRequest({ kind: 'movie', tmdbId: 1 });
  });
  afterEach(() => bench.close());

  const posts = (): number => fake.calls.filter((call) => call.method !== 'GET').length;
  const codeOf = async (promise: Promise<unknown>): Promise<AppErrorCode> => (await faultOf(promise)).code;

  it.each(BAD_MOODS)('$mood is $code for every read', async ({ mood, code, how }) => {
    fake.setMood(mood, how);
    const by = mood === 'slow' ? hasty : desk;
    const reads = [
      by.identify(options()),
      by.version(options()),
      by.listRequests(options()),
      by.readRequest(id, options()),
      by.requestsFor(MOVIE, options()),
      by.listUsers(options()),
    ];
    expect(await Promise.all(reads.map(codeOf))).toEqual(reads.map(() => code));
  });

  it.each(BAD_MOODS)('$mood is $code for every change, and none is sent twice', async ({ mood, code, how }) => {
    fake.setMood(mood, how);
    const by = mood === 'slow' ? hasty : desk;
    const changes = [
      () => by.ask(MOVIE, options()),
      () => by.ask({ ...MOVIE, tmdbId: 604 }, { ...options(), asUser: fake.ownerId }),
      () => by.approve(id, options()),
      () => by.editSeasons(id, [1], options()),
    ];
    for (const change of changes) {
      fake.forgetCalls();
      expect(await codeOf(change())).toBe(code);
      // A slow one is written down when its answer goes out, which nobody waits for.
      expect(posts()).toBe(mood === 'slow' ? 0 : 1);
    }
  });

  it('a desk that asks to slow down is not asked about its key as well, and says for how long', async () => {
    fake.setMood('rate-limited', { retryAfterS: 7 });
    const fault = await faultOf(desk.ask(MOVIE, { ...options(), asUser: fake.ownerId }));
    expect([fault.code, fault.retryAfterMs, fake.calls.length]).toEqual(['upstream-rate-limited', 7_000, 1]);
  });

  it('a page in the place of an answer deleted nothing, though it says 200', async () => {
    fake.setMood('html');
    expect(await codeOf(desk.remove(id, options()))).toBe('upstream-unreadable');
    expect(fake.requests()).toMatchObject([{ id }]);
  });

  it('a refused change changed nothing', async () => {
    fake.setMood('server-error');
    await faultOf(desk.ask(MOVIE, options()));
    await faultOf(desk.remove(id, options()));
    expect(fake.requests()).toMatchObject([{ id, status: 'approved' }]);
  });

  it('a request whose answer never comes was made, once, and says that it may have been', async () => {
    fake.setMood('late');
    const fault = await faultOf(hasty.ask(MOVIE, options()));
    expect([fault.code, fault.details.sent]).toEqual(['upstream-timeout', 'maybe']);
    expect(fake.requests().filter((request) => request.tmdbId === 603)).toHaveLength(1);
    fake.setMood('fine');
    expect(await desk.requestsFor(MOVIE, options())).toMatchObject([{ tmdbId: 603, status: 'approved' }]);
  });

  it('a request that is carried out after its caller has gone is found later', async () => {
    fake.setDelay(DEADLINE_MS * 2);
    expect(await codeOf(hasty.ask(MOVIE, options()))).toBe('upstream-timeout');
    expect(fake.requests()).toHaveLength(1);
    fake.setDelay(0);
    await expect.poll(async () => (await desk.requestsFor(MOVIE, options())).length).toBe(1);
  });

  it('a desk that is gone is unreachable, and has seen nothing', async () => {
    await fake.close();
    const fault = await faultOf(desk.ask(MOVIE, options()));
    expect([fault.code, fault.details.sent]).toEqual(['upstream-unreachable', 'no']);
  });

  it('the caller’s own signal ends the call', async () => {
    fake.setMood('slow', { delayMs: 8_000 });
    const begun = performance.now();
    expect(await codeOf(desk.listRequests({ signal: AbortSignal.timeout(100) }))).toBe('cancelled');
    expect(performance.now() - begun).toBeLessThan(8_000);
  });

  it('a read of a desk that is busy for a moment is tried again; it is well when the desk is', async () => {
    fake.setMood('reset', { times: 1 });
    expect((await desk.listRequests(options())).total).toBe(1);
    fake.setMood('server-error', { times: 1 });
    expect(await codeOf(desk.listRequests(options()))).toBe('upstream-rejected');
    expect((await desk.listRequests(options())).total).toBe(1);
  });

  it('more than ten thousand requests are two calls', async () => {
    for (let tmdbId = 2; tmdbId <= 10_050; tmdbId += 1) fake.addRequest({ kind: 'movie', tmdbId });
    const { requests, total } = await desk.listRequests(options());
    expect([requests.length, total, fake.calls.length]).toEqual([10_050, 10_050, 2]);
  });
});
