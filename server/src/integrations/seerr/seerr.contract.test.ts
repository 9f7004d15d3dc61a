import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewDeskRequest, RequestDesk } from '#core/upstreams/index.ts';
import { createMoodyHttp } from '#core/upstreams/moody-http.fake.ts';
import { type FakeSeerr, type FakeSeerrRelease, PERMISSION } from './seerr.fake.ts';
import { faultOf, openSeerrBench, options, type SeerrBench } from './seerr-bench.contract.ts';

const RELEASES: readonly FakeSeerrRelease[] = ['seerr', 'jellyseerr', 'overseerr'];
const MATRIX: NewDeskRequest = { kind: 'movie', tmdbId: 603, is4k: false, seasons: [] };
const SHOW: NewDeskRequest = { kind: 'tv', tmdbId: 72, is4k: false, seasons: [1, 2] };
const AT_ONCE = 20;
const MANY = 45;

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

  describe('asking', () => {
    let alice: number;
    beforeEach(() => {
      alice = fake.addUser({ name: 'alice' });
    });

    it('as a user keeps the request pending, and is that user’s', async () => {
      const outcome = await desk.ask(MATRIX, { ...options(), asUser: alice });
      expect(outcome).toMatchObject({
        outcome: 'created',
        request: { kind: 'movie', tmdbId: 603, status: 'pending', requestedBy: { id: alice } },
      });
      expect(fake.requests()).toMatchObject([{ status: 'pending', requestedBy: alice }]);
    });

    it('as the key, or as somebody who is approved at once, approves it', async () => {
      const bob = fake.addUser({ name: 'bob', permissions: PERMISSION.REQUEST | PERMISSION.AUTO_APPROVE_TV });
      expect(await desk.ask(MATRIX, options())).toMatchObject({ request: { status: 'approved', requestedBy: { id: fake.ownerId } } });
      expect(await desk.ask(SHOW, { ...options(), asUser: bob })).toMatchObject({
        request: { status: 'approved', seasons: [{ number: 1 }, { number: 2 }], requestedBy: { id: bob } },
      });
    });

    it('always says whether it is for 4K, and says nothing that it does not know', async () => {
      await desk.ask(MATRIX, options());
      await desk.ask({ ...SHOW, is4k: true, tvdbId: 100_072 }, options());
      expect(fake.changes.map((change) => change.body)).toEqual([
        { mediaType: 'movie', mediaId: 603, is4k: false },
        { mediaType: 'tv', mediaId: 72, is4k: true, seasons: [1, 2], tvdbId: 100_072 },
      ]);
    });

    it('for what is asked for already makes nothing, and says so', async () => {
      await desk.ask(MATRIX, options());
      expect(await desk.ask(MATRIX, options())).toEqual({ outcome: 'exists', message: 'Request for this media already exists.' });
      await desk.ask(SHOW, options());
      expect(await desk.ask(SHOW, options())).toEqual({ outcome: 'satisfied', message: 'No seasons available to request' });
      expect(fake.requests()).toHaveLength(2);
    });

    it('for seasons of which some are asked for already makes a request of the others', async () => {
      await desk.ask(SHOW, options());
      expect(await desk.ask({ ...SHOW, seasons: [2, 3] }, options())).toMatchObject({
        outcome: 'created',
        request: { seasons: [{ number: 3 }] },
      });
    });

    it('for a series without a season is refused before it is sent', async () => {
      expect((await faultOf(desk.ask({ ...SHOW, seasons: [] }, options()))).code).toBe('invalid');
      expect(fake.calls).toEqual([]);
    });

    it.each([
      ['a right that is missing', { permissions: PERMISSION.REQUEST_TV }, 'You do not have permission to make movie requests.'],
      ['a quota that is used up', { movieQuota: { limit: 0, days: 7 } }, 'Movie Quota exceeded.'],
    ])('against %s is forbidden for good, in the desk’s own words', async (_name, more, said) => {
      const carol = fake.addUser({ name: 'carol', ...more });
      const fault = await faultOf(desk.ask(MATRIX, { ...options(), asUser: carol }));
      expect(fault).toMatchObject({ code: 'upstream-forbidden', details: { said, permanent: true, sent: 'no' } });
      expect(fault.message).toBe(`Seerr at home: POST /api/v1/request was answered with 403: ${said}`);
    });

    it('for a blocklisted title is forbidden for good', async () => {
      fake.blocklist('movie', 603);
      expect(await faultOf(desk.ask(MATRIX, options()))).toMatchObject({
        code: 'upstream-forbidden',
        details: { said: 'This media is blocklisted.', permanent: true },
      });
    });

    it('as a user who is gone is forbidden for good, and blames the user and not the key', async () => {
      const fault = await faultOf(desk.ask(MATRIX, { ...options(), asUser: 4_711 }));
      expect(fault).toMatchObject({ code: 'upstream-forbidden', details: { permanent: true } });
      expect(fault.message).toContain('user 4711');
    });

    it.each([Number.NaN, 0, -1, 1.5, 2 ** 60, 'abc'])('as user %s is refused before it is sent: a real desk would end', async (asUser) => {
      const fault = await faultOf(desk.ask(MATRIX, { ...options(), asUser: asUser as number }));
      expect([fault.code, fault.faults[0]?.field]).toEqual(['invalid', 'asUser']);
      expect([fake.calls, fake.crashed()]).toEqual([[], false]);
    });

    it('for what TMDB does not have fails for good, and while TMDB is down for now', async () => {
      fake.setTitle('movie', 603, { tmdb: 'gone' });
      const gone = await faultOf(desk.ask(MATRIX, options()));
      expect(gone).toMatchObject({ code: 'upstream-rejected', details: { permanent: true, sent: 'no', status: 500 } });
      expect(gone.details.said).toBe('[TMDB] Failed to fetch movie details: Request failed with status code 404');
      fake.setTitle('movie', 603, { tmdb: 'down' });
      const down = await faultOf(desk.ask(MATRIX, options()));
      expect(down.details).toMatchObject({ sent: 'no', said: expect.stringContaining('status code 500') });
      expect(down.details.permanent).toBeUndefined();
      expect(fake.requests()).toEqual([]);
    });

    it('while Radarr is down makes a request that failed', async () => {
      fake.setArrDown(true);
      expect(await desk.ask(MATRIX, options())).toMatchObject({ outcome: 'created', request: { status: 'failed' } });
    });
  });

  describe('what is decided', () => {
    it('is carried out and answered', async () => {
      const [first, second] = [1, 2].map((tmdbId) => fake.addRequest({ kind: 'movie', tmdbId, status: 'pending' }));
      expect(await desk.approve(first ?? 0, options())).toMatchObject({ id: first, status: 'approved' });
      expect(await desk.decline(second ?? 0, options())).toMatchObject({ id: second, status: 'declined' });
      expect(fake.requests().map((request) => request.status)).toEqual(['approved', 'declined']);
    });

    it('of seasons replaces them and leaves the owner', async () => {
      const alice = fake.addUser({ name: 'alice' });
      const id = fake.addRequest({ kind: 'tv', tmdbId: 72, seasons: [1, 2], requestedBy: alice });
      expect(await desk.editSeasons(id, [2, 3], options())).toMatchObject({ seasons: [{ number: 2 }, { number: 3 }] });
      expect(fake.request(id)).toMatchObject({ requestedBy: alice, seasons: [{ number: 2 }, { number: 3 }] });
      expect((await faultOf(desk.editSeasons(id, [], options()))).code).toBe('invalid');
    });

    it('of a request that is gone is not found, and its removal is no fault', async () => {
      const id = fake.addRequest({ kind: 'movie', tmdbId: 1 });
      expect(await desk.remove(id, options())).toBe(true);
      expect(await desk.remove(id, options())).toBe(false);
      for (const call of [desk.approve(id, options()), desk.decline(id, options()), desk.editSeasons(id, [1], options())]) {
        expect(await faultOf(call)).toMatchObject({ code: 'upstream-not-found', details: { permanent: true, said: 'Request not found.' } });
      }
    });
  });

  describe('a desk with CSRF protection', () => {
    beforeEach(() => fake.setCsrf(true));

    it('takes changes all the same: once refused, they are sent once more with its token', async () => {
      const alice = fake.addUser({ name: 'alice' });
      expect(await desk.ask(MATRIX, { ...options(), asUser: alice })).toMatchObject({ outcome: 'created', request: { status: 'pending' } });
      expect(fake.calls.map((call) => [call.method, call.status])).toEqual([
        ['POST', 403],
        ['GET', 200],
        ['POST', 201],
      ]);
      fake.forgetCalls();
      const [request] = fake.requests();
      await desk.approve(request?.id ?? 0, options());
      expect(fake.calls).toHaveLength(1);
      fake.setCsrf(true);
      expect(await desk.remove(request?.id ?? 0, options())).toBe(true);
      expect(fake.requests()).toEqual([]);
    });

    it('is read as ever', async () => {
      expect((await desk.listRequests(options())).total).toBe(0);
    });

    it('that hands out no token is explained, with what to do', async () => {
      const strict = await createMoodyHttp({
        handler: ({ method }) =>
          method === 'GET' ? { body: { version: '3.0.0' } } : { status: 403, body: { message: 'invalid csrf token' } },
        unauthorizedReply: () => ({ status: 403 }),
        emptyPageReply: () => ({}),
        isLaterPage: () => false,
        isChange: () => true,
      });
      try {
        const fault = await faultOf(bench.connect({ url: strict.baseUrl }).ask(MATRIX, options()));
        expect(fault).toMatchObject({ code: 'upstream-forbidden', details: { said: 'invalid csrf token' } });
        expect(fault.message).toMatch(/invalid csrf token\. CSRF protection is on there.*Switch "Enable CSRF Protection" off/);
        expect(strict.calls.filter((call) => call.method === 'POST')).toHaveLength(1);
      } finally {
        await strict.close();
      }
    });
  });
});

const MATRIX_LATE = { kind: 'movie', tmdbId: 99_999 } as const;
