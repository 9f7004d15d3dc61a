import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { DATABASES } from '#tests/support/databases.ts';
import { addMovies, HOUR, inReplication, inShort } from '#tests/support/replication.ts';

const unauthorized = (): AppError =>
  new AppError('upstream-unauthorized', 'primary: the server does not take our token.', { details: { status: 403 } });
const unreadable = (): AppError => new AppError('upstream-unreadable', 'primary: the listing fell short: 300 of 1002 requests.');

/** The faults of the known implementation, each reproduced on a genuine pair: reference, section 7. */
describe.each(DATABASES)('the twelve faults on %s', (database) => {
  it('1: a primary key that is refused deletes nothing, and is proven again before anything is believed', () =>
    inReplication({ database }, async (house) => {
      addMovies(house, 20);
      await house.cycle();
      expect(house.sub().all()).toHaveLength(20);
      house.primary.failWith(({ verb }) => (verb === 'version' ? undefined : unauthorized()));
      await expect(house.cycle()).rejects.toMatchObject({ code: 'upstream-unauthorized' });
      expect(house.sub().all()).toHaveLength(20);
      house.primary.work();
      house.primary.takeCalls();
      await house.cycle();
      expect(house.primary.takeCalls()).toEqual(['identify', 'listRequests']);
      expect(house.sub().all()).toHaveLength(20);
    }));

  it('2: one failed page of the primary decides nothing', () =>
    inReplication({ database }, async (house) => {
      addMovies(house, 20);
      await house.cycle();
      house.sub().takeCalls();
      house.primary.add({ tmdbId: 99 }, 'approved');
      house.primary.failWith(({ verb }) => (verb === 'listRequests' ? unreadable() : undefined));
      await expect(house.cycle()).rejects.toMatchObject({ code: 'upstream-unreadable' });
      expect(house.sub().takeCalls()).toEqual(['listRequests']);
      expect(house.sub().all()).toHaveLength(20);
      house.primary.work();
      await house.cycle();
      expect(house.sub().all()).toHaveLength(21);
    }));

  it('3: what is pending stays pending, or waits where it would be approved at once', () =>
    inReplication({ database, options: { user_mapping: 'email_match' } }, async (house) => {
      house.primary.addUser({ id: 2, displayName: 'alice', email: 'alice@x' });
      house.primary.addUser({ id: 3, displayName: 'bob', email: 'bob@x' });
      house.primary.addUser({ id: 4, displayName: 'carol', email: 'carol@x' });
      house.sub().addUser({ id: 7, displayName: 'Alice', email: 'alice@x' });
      house.sub().addUser({ id: 8, displayName: 'Bob', email: 'bob@x' }, { auto: true });
      house.primary.add({ tmdbId: 1 }, 'pending', 2);
      house.primary.add({ tmdbId: 2 }, 'pending', 3);
      house.primary.add({ tmdbId: 3 }, 'pending', 4);
      await house.cycle();
      expect(inShort(house.sub())).toEqual(['movie:1 pending by Alice']);
      const { subordinates } = await house.replication.status();
      expect(subordinates).toMatchObject([{ synced: 1, waiting: 2, failed: 0 }]);
      const [second] = await house.replication.whereIs({ kind: 'movie', tmdbId: 2 });
      expect(second?.subordinates[0]).toMatchObject({ state: 'waiting', reason: expect.stringMatching(/Bob there is approved at once/) });
      const [third] = await house.replication.whereIs({ kind: 'movie', tmdbId: 3 });
      expect(third?.subordinates[0]).toMatchObject({ state: 'waiting', reason: expect.stringMatching(/nobody there is carol/) });
      for (const id of [1, 2, 3]) house.primary.decide(id, 'approved');
      await house.cycle();
      expect(inShort(house.sub())).toEqual(['movie:1 approved by Alice', 'movie:2 approved by Bob', 'movie:3 approved by admin']);
    }));

  it.each([
    ['email_match', { email: 'alice@x' }],
    ['jellyfin_match', { jellyfinUserId: 'aa11' }],
    ['plex_match', { plexId: '77' }],
  ] as const)('4: requests belong to their people by %s', (user_mapping, sign) =>
    inReplication({ database, options: { user_mapping } }, async (house) => {
      house.primary.addUser({ id: 2, displayName: 'alice', ...sign });
      house.sub().addUser({ id: 7, displayName: 'Alice there', ...sign });
      house.primary.add({ tmdbId: 1 }, 'approved', 2);
      house.primary.add({ kind: 'tv', tmdbId: 2, seasons: [1] }, 'pending', 2);
      await house.cycle();
      expect(inShort(house.sub())).toEqual(['movie:1 approved by Alice there', 'tv:2 [1] pending by Alice there']);
    }),
  );

  it('5: a second request for another season of a show is replicated beside the first', () =>
    inReplication({ database }, async (house) => {
      house.primary.add({ kind: 'tv', tmdbId: 1396, seasons: [1] }, 'approved');
      await house.cycle();
      house.primary.add({ kind: 'tv', tmdbId: 1396, seasons: [2, 3] }, 'approved');
      house.primary.add({ kind: 'tv', tmdbId: 1396, seasons: [1], is4k: true }, 'approved');
      await house.cycle();
      expect(inShort(house.sub())).toEqual([
        'tv:1396 [1] approved by admin',
        'tv:1396 [2,3] approved by admin',
        'tv:1396 4k [1] approved by admin',
      ]);
    }));

  it('6: a decline is not a deletion: left alone without sync_declined, declined with it', () =>
    inReplication({ database, options: { user_mapping: 'email_match', pending_user: 'waiting' }, subordinates: ['A'] }, async (house) => {
      house.sub().addUser({ id: 9, displayName: 'waiting' });
      const { id } = house.primary.add({ tmdbId: 1 }, 'pending');
      await house.cycle();
      expect(inShort(house.sub())).toEqual(['movie:1 pending by waiting']);
      house.primary.decide(id, 'declined');
      await house.cycle();
      await house.cycle();
      expect(inShort(house.sub())).toEqual(['movie:1 pending by waiting']);
      await house.setOptions({ sync_declined: true });
      await house.cycle();
      expect(inShort(house.sub())).toEqual(['movie:1 declined by waiting']);
    }));

  it('7: a title that is blocklisted on the primary is not deleted', () =>
    inReplication({ database }, async (house) => {
      addMovies(house, 3);
      await house.cycle();
      house.primary.blocklist('movie:2');
      house.primary.takeCalls();
      await house.cycle();
      expect(house.primary.takeCalls()).toEqual(['listRequests', 'readRequest 2']);
      expect(house.sub().all()).toHaveLength(3);
      for (let number = 0; number < 10; number += 1) await house.cycle();
      expect(house.primary.takeCalls().filter((call) => call.startsWith('readRequest'))).toHaveLength(2);
      expect(house.sub().all()).toHaveLength(3);
      // The blocklist is lifted: Seerr then drops the request with its title.
      house.primary.delete(2);
      house.later(2 * HOUR);
      await house.cycle();
      expect(
        house
          .sub()
          .all()
          .map((one) => one.tmdbId),
      ).toEqual([1, 3]);
    }));

  it('8: a live request that a listing lacks is asked for by its id, and stays', () =>
    inReplication({ database }, async (house) => {
      addMovies(house, 12);
      await house.cycle();
      // A page walk that missed one because another was deleted meanwhile, and was not noticed.
      const listed = house.primary.desk.listRequests;
      Object.assign(house.primary.desk, {
        listRequests: async (options: { signal: AbortSignal }) => {
          const whole = await listed(options);
          const requests = whole.requests.filter((request) => request.id !== 5);
          return { ...whole, requests, total: requests.length };
        },
      });
      house.primary.delete(1);
      house.sub().takeCalls();
      await house.cycle();
      expect(house.sub().takeCalls()).toEqual(['listRequests', 'remove 1']);
      Object.assign(house.primary.desk, { listRequests: listed });
      await house.cycle();
      await house.cycle();
      expect(
        house
          .sub()
          .takeCalls()
          .filter((call) => call !== 'listRequests'),
      ).toEqual([]);
      expect(
        house
          .sub()
          .all()
          .map((one) => one.id),
      ).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    }));

  it('9: what is there already is adopted once, and is told what follows', () =>
    inReplication({ database, options: { user_mapping: 'email_match', sync_declined: true } }, async (house) => {
      house.primary.addUser({ id: 2, displayName: 'alice', email: 'alice@x' });
      house.sub().addUser({ id: 7, displayName: 'Alice', email: 'alice@x' });
      for (const tmdbId of [1, 2, 3]) {
        house.primary.add({ tmdbId }, 'pending', 2);
        house.sub().add({ tmdbId }, 'pending', 7);
      }
      // One that is made there between the listing and our request: 409.
      house.primary.add({ tmdbId: 4 }, 'approved', 2);
      house.sub().afterCall(({ verb }) => {
        if (verb === 'listUsers') house.sub().add({ tmdbId: 4 }, 'pending', 7);
      });
      house.sub().takeCalls();
      await house.cycle();
      house.sub().afterCall(undefined);
      expect(house.sub().takeCalls()).toEqual([
        'identify',
        'listRequests',
        'listUsers',
        'ask movie:4:hd as 7',
        'requestsFor movie:4',
        'approve 4',
      ]);
      await house.cycle();
      await house.cycle();
      expect(house.sub().takeCalls()).toEqual(['listRequests', 'listRequests']);
      house.primary.decide(1, 'approved');
      house.primary.decide(2, 'declined');
      house.primary.delete(3);
      await house.cycle();
      expect(inShort(house.sub())).toEqual(['movie:1 approved by Alice', 'movie:2 declined by Alice', 'movie:4 approved by Alice']);
    }));

  it('10: seasons that nobody needs to ask for are satisfied, not failed, and not asked for again', () =>
    inReplication({ database }, async (house) => {
      house.primary.add({ kind: 'tv', tmdbId: 1396, seasons: [1] }, 'approved');
      house.primary.add({ kind: 'tv', tmdbId: 7, seasons: [0, 1] }, 'approved');
      house.sub().setAvailable('tv:1396:1');
      await house.cycle();
      await house.cycle();
      await house.cycle();
      expect(
        house
          .sub()
          .takeCalls()
          .filter((call) => call.startsWith('ask')),
      ).toEqual(['ask tv:1396:hd:1 as 1', 'ask tv:7:hd:0,1 as 1']);
      expect(await house.replication.failed()).toEqual([]);
      expect((await house.replication.status()).subordinates).toMatchObject([{ synced: 2, failed: 0 }]);
    }));

  it('11: the words of a refusal are kept, and it is not hammered', () =>
    inReplication({ database, options: { user_mapping: 'email_match' } }, async (house) => {
      house.primary.addUser({ id: 2, displayName: 'alice', email: 'alice@x' });
      house.sub().addUser({ id: 7, displayName: 'Alice', email: 'alice@x' }, { ask: false });
      house.primary.add({ tmdbId: 1 }, 'approved', 2);
      house.primary.add({ tmdbId: 2 }, 'approved');
      const text = '[TMDB] Failed to fetch movie details: Request failed with status code 404';
      house
        .sub()
        .failWith(({ verb, detail }) =>
          verb === 'ask' && detail.startsWith('movie:2') ? house.sub().refused('upstream-rejected', 500, text) : undefined,
        );
      await house.cycle();
      expect(await house.replication.failed()).toMatchObject([
        {
          fingerprint: 'movie:1:False',
          subordinate: 'internal:A',
          error: expect.stringMatching(/You do not have permission to make movie requests/),
          permanent: true,
        },
        { fingerprint: 'movie:2:False', error: expect.stringContaining(text), failedAt: house.now, nextAt: house.now + 24 * HOUR },
      ]);
      house.sub().takeCalls();
      for (let number = 0; number < 5; number += 1) await house.cycle();
      expect(
        house
          .sub()
          .takeCalls()
          .filter((call) => call.startsWith('ask')),
      ).toEqual([]);
      house.later(24 * HOUR);
      house.sub().work();
      await house.cycle();
      expect(inShort(house.sub())).toEqual(['movie:2 approved by admin']);
    }));

  it('12: a deletion that a subordinate could not be told is told when it is back', () =>
    inReplication({ database, subordinates: ['A', 'B'] }, async (house) => {
      addMovies(house, 3);
      await house.cycle();
      const down = new AppError('upstream-unreachable', 'B: nothing answers at this address.', { details: { sent: 'no' } });
      house.sub('B').failWith(() => down);
      house.primary.delete(2);
      await house.cycle();
      await house.cycle();
      expect(house.sub('A').all()).toHaveLength(2);
      expect(house.sub('B').all()).toHaveLength(3);
      house.restart();
      house.sub('B').work();
      house.later(HOUR);
      await house.cycle();
      expect(
        house
          .sub('B')
          .all()
          .map((one) => one.tmdbId),
      ).toEqual([1, 3]);
      expect(await house.replication.state()).toMatchObject({
        requests: [{ fingerprint: 'movie:3:False' }, { fingerprint: 'movie:1:False' }],
      });
    }));
});
