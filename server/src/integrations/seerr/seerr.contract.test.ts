import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestDesk } from '#core/upstreams/index.ts';
import { type FakeSeerr, PERMISSION } from './seerr.fake.ts';
import { faultOf, MATRIX, openSeerrBench, options, RELEASES, type SeerrBench, SHOW } from './seerr-bench.contract.ts';

const AT_ONCE = 20;
const MANY = 45;
const MATRIX_LATE = { kind: 'movie', tmdbId: 99_999 } as const;

describe.each(RELEASES)('%s as a request desk', (release) => {
  let bench: SeerrBench;
  let fake: FakeSeerr;
  let desk: RequestDesk;
  beforeEach(async () => {
    bench = await openSeerrBench({ release, requestsAtOnce: AT_ONCE });
    ({ fake, desk } = bench);
  });
  afterEach(() => bench.close());

  const listings = (): number => fake.calls.filter((call) => call.path === '/api/v1/request' && call.status === 200).length;
  const fill = (count: number): void => {
    for (let tmdbId = 1; tmdbId <= count; tmdbId += 1) fake.addRequest({ kind: 'movie', tmdbId });
  };

  describe('who it is', () => {
    it('is told without the key, which proves nothing', async () => {
      const { version, raw } = await bench.connect({ apiKey: 'wrong' }).version(options());
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(raw).toMatchObject({ version });
    });

    it('is told with whom the key acts as', async () => {
      const { version, user } = await desk.identify(options());
      expect(version).toBe((await desk.version(options())).version);
      expect(user).toMatchObject({ id: fake.ownerId, displayName: 'admin', email: 'admin@example.test' });
      expect([user.rights.admin, user.rights.request('movie', true), user.rights.autoApproved('tv', true)]).toEqual([true, true, true]);
    });

    it('says of a wrong key that it is unauthorized, in every method, and never shows it', async () => {
      const id = fake.addRequest({ kind: 'movie', tmdbId: 1 });
      const stranger = bench.connect({ apiKey: 'sesame-open-9431' });
      const faults = await Promise.all(
        [
          stranger.identify(options()),
          stranger.listRequests(options()),
          stranger.readRequest(id, options()),
          stranger.requestsFor(MATRIX, options()),
          stranger.listUsers(options()),
          stranger.ask(MATRIX, options()),
          stranger.ask(MATRIX, { ...options(), asUser: fake.ownerId }),
          stranger.approve(id, options()),
          stranger.remove(id, options()),
          stranger.setWebhook({ url: 'http://usherr.test/hook', authorization: 'x' }, options()),
        ].map(faultOf),
      );
      expect(faults.map((fault) => fault.code)).toEqual(faults.map(() => 'upstream-unauthorized'));
      for (const fault of faults) expect(`${fault.message} ${JSON.stringify(fault.details)}`).not.toContain('sesame-open-9431');
      expect(faults[0]?.message).toMatch(/^Seerr at home: GET .* You do not have permission to access this endpoint\. .*settings/);
      expect(fake.requests()).toHaveLength(1);
    });

    it('is never asked with the key in an address', async () => {
      await desk.listRequests(options());
      expect(fake.calls.filter((call) => JSON.stringify([call.path, call.query]).includes(fake.apiKey()))).toEqual([]);
    });
  });

  describe('its requests', () => {
    it('are listed with everything that is said of them, in the order of asking', async () => {
      fake.setTitle('tv', 72, { tvdbId: 100_072, imdbId: 'tt0072' });
      const alice = fake.addUser({ name: 'alice', plexId: 1_558_630, plexUsername: 'alice_p', email: 'alice@example.test' });
      const movie = fake.addRequest({ kind: 'movie', tmdbId: 603, is4k: true, status: 'pending', requestedBy: alice });
      const show = fake.addRequest({ kind: 'tv', tmdbId: 72, seasons: [3, 1], createdAt: Date.UTC(2026, 1, 9, 11, 8, 53) });
      const { requests, total } = await desk.listRequests(options());
      expect(total).toBe(2);
      const byId = new Map(requests.map((request) => [request.id, request]));
      expect(byId.get(movie)).toEqual({
        id: movie,
        kind: 'movie',
        tmdbId: 603,
        is4k: true,
        status: 'pending',
        mediaStatus: 'pending',
        seasons: [],
        requestedBy: { id: alice, displayName: 'alice_p', email: 'alice@example.test', plexId: '1558630', plexUsername: 'alice_p' },
        createdAt: expect.any(Number),
        updatedAt: expect.any(Number),
      });
      expect(byId.get(show)).toMatchObject({
        kind: 'tv',
        tmdbId: 72,
        tvdbId: 100_072,
        imdbId: 'tt0072',
        is4k: false,
        status: 'approved',
        mediaStatus: 'processing',
        seasons: [
          { number: 1, status: 'approved' },
          { number: 3, status: 'approved' },
        ],
        requestedBy: { id: fake.ownerId, displayName: 'admin' },
        createdAt: Date.UTC(2026, 1, 9, 11, 8, 53),
      });
    });

    it('can be listed twice at once', async () => {
      fill(MANY);
      const both = await Promise.all([desk.listRequests(options()), desk.listRequests(options())]);
      expect(both.map(({ total }) => total)).toEqual([MANY, MANY]);
    });

    it('are none where there are none', async () => {
      expect(await desk.listRequests(options())).toMatchObject({ requests: [], total: 0 });
    });

    it('cost one call where they fit into one', async () => {
      fill(AT_ONCE);
      await desk.listRequests(options());
      expect(listings()).toBe(1);
      fake.forgetCalls();
      expect((await desk.listRequests(options())).total).toBe(AT_ONCE);
      expect(fake.calls).toHaveLength(1);
    });

    it('that do not fit come in overlapping pages, each of them once, with no call more than that takes', async () => {
      fill(MANY);
      const { requests, total } = await desk.listRequests(options());
      expect(total).toBe(MANY);
      expect(requests.map((request) => request.id)).toEqual(fake.requests().map((request) => request.id));
      expect(listings()).toBe(3);
    });

    it('are read again where one was deleted between two pages, so that none is passed over', async () => {
      fill(MANY);
      const isList = ({ path }: { path: string }): boolean => path === '/api/v1/request';
      fake.onceAfter(isList, () => fake.remove(5));
      await desk.listRequests(options());
      fake.onceAfter(isList, () => {
        fake.remove(7);
        fake.ask(fake.ownerId, MATRIX_LATE);
      });
      const { requests } = await desk.listRequests(options());
      expect(requests.map((request) => request.id).toSorted((one, other) => one - other)).toEqual(
        fake.requests().map((request) => request.id),
      );
    });

    it('that never stand still are unreadable', async () => {
      fill(MANY);
      let next = 1;
      const move = (): void => {
        fake.remove(next);
        next += 1;
        fake.onceAfter(({ path }) => path === '/api/v1/request', move);
      };
      move();
      const fault = await faultOf(desk.listRequests(options()));
      expect([fault.code, fault.message]).toEqual(['upstream-unreadable', expect.stringContaining('3 times in a row')]);
    });

    it('that come back short are unreadable, and a page that fails is its own fault', async () => {
      fill(MANY);
      fake.setMood('short-library');
      const short = await faultOf(desk.listRequests(options()));
      expect([short.code, short.message]).toEqual(['upstream-unreadable', expect.stringContaining('20 of 45')]);
      fake.setMood('page-fails');
      expect((await faultOf(desk.listRequests(options()))).code).toBe('upstream-rejected');
      fake.setMood('fine');
      expect((await desk.listRequests(options())).total).toBe(MANY);
    });

    it('of which one is unreadable are so as a whole, naming it', async () => {
      fill(3);
      const odd = fake.addRequest({ kind: 'movie', tmdbId: 0 });
      const fault = await faultOf(desk.listRequests(options()));
      expect([fault.code, fault.message]).toEqual(['upstream-unreadable', expect.stringContaining(`request ${odd} at /media/tmdbId`)]);
    });

    it('with a status of tomorrow are of another status', async () => {
      const id = fake.addRequest({ kind: 'tv', tmdbId: 1, status: 11, mediaStatus: 12, seasons: [1] });
      expect(await desk.readRequest(id, options())).toMatchObject({
        status: 'other',
        mediaStatus: 'other',
        seasons: [{ number: 1, status: 'other' }],
      });
    });

    it('of a blocklisted title are not listed, and can be read all the same', async () => {
      const id = fake.addRequest({ kind: 'movie', tmdbId: 603 });
      fake.blocklist('movie', 603);
      expect((await desk.listRequests(options())).requests).toEqual([]);
      expect(await desk.readRequest(id, options())).toMatchObject({ id, mediaStatus: 'blocklisted' });
      fake.unblocklist('movie', 603);
      expect(await desk.readRequest(id, options())).toBeUndefined();
    });

    it('are gone only where the desk itself says so', async () => {
      expect(await desk.readRequest(77, options())).toBeUndefined();
      const elsewhere = bench.connect({ url: `${fake.baseUrl}/behind-a-proxy` });
      const fault = await faultOf(elsewhere.readRequest(77, options()));
      expect([fault.code, fault.message]).toEqual(['upstream-unreadable', expect.stringContaining('proxy')]);
      expect((await faultOf(elsewhere.remove(77, options()))).code).toBe('upstream-unreadable');
    });

    it('of one title are found with the title, whatever their state', async () => {
      const first = fake.addRequest({ kind: 'tv', tmdbId: 72, seasons: [1], status: 'declined' });
      const second = fake.addRequest({ kind: 'tv', tmdbId: 72, seasons: [2], is4k: true });
      fake.addRequest({ kind: 'movie', tmdbId: 72 });
      const found = await desk.requestsFor(SHOW, options());
      expect(found.map((request) => [request.id, request.kind, request.is4k, request.status])).toEqual([
        [first, 'tv', false, 'declined'],
        [second, 'tv', true, 'approved'],
      ]);
      expect(await desk.requestsFor(MATRIX, options())).toEqual([]);
      fake.setTitle('movie', 603, { tmdb: 'down' });
      expect(await faultOf(desk.requestsFor(MATRIX, options()))).toMatchObject({
        code: 'upstream-rejected',
        message: expect.stringContaining('Unable to retrieve movie.'),
      });
    });
  });

  describe('its users', () => {
    it('are all listed, with their names elsewhere and their rights', async () => {
      for (let number = 1; number <= 1_100; number += 1) fake.addUser({ name: `user ${number}` });
      const bob = fake.addUser({ name: 'bob', jellyfinUserId: '02616c', jellyfinUsername: 'bob_j', permissions: PERMISSION.REQUEST_TV });
      const users = await desk.listUsers(options());
      expect(users).toHaveLength(1_102);
      const found = users.find((user) => user.id === bob);
      expect(found).toMatchObject({ displayName: expect.stringContaining('bob'), email: 'bob@example.test' });
      if (release !== 'overseerr')
        expect(found).toMatchObject({ jellyfinUserId: '02616c', jellyfinUsername: 'bob_j', displayName: 'bob_j' });
      const { rights } = found ?? (await desk.identify(options())).user;
      expect([rights.admin, rights.request('tv', false), rights.request('movie', false), rights.autoApproved('tv', false)]).toEqual([
        false,
        true,
        false,
        false,
      ]);
    });
  });
});
