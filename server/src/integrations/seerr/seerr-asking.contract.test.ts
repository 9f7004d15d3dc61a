import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestDesk } from '#core/upstreams/index.ts';
import { createMoodyHttp } from '#core/upstreams/moody-http.fake.ts';
import { type FakeSeerr, PERMISSION } from './seerr.fake.ts';
import { faultOf, MATRIX, openSeerrBench, options, RELEASES, type SeerrBench, SHOW } from './seerr-bench.contract.ts';

describe.each(RELEASES)('%s as a request desk', (release) => {
  let bench: SeerrBench;
  let fake: FakeSeerr;
  let desk: RequestDesk;
  beforeEach(async () => {
    bench = await openSeerrBench({ release });
    ({ fake, desk } = bench);
  });
  afterEach(() => bench.close());

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
