import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { DATABASES } from '#tests/support/databases.ts';
import { addMovies, callsOf, down, HOUR, inReplication, inShort, MINUTE } from '#tests/support/replication.ts';

describe.each(DATABASES)('a household of three desks on %s', (database) => {
  it('is brought into step, and stays so through decisions, edits, failures and deletions', () =>
    inReplication({ database, subordinates: ['A', 'B'], options: { user_mapping: 'email_match', sync_declined: true } }, async (house) => {
      for (const [id, name] of [
        [2, 'alice'],
        [3, 'bob'],
      ] as const) {
        house.primary.addUser({ id, displayName: name, email: `${name}@x` });
        house.sub('A').addUser({ id: id + 10, displayName: `${name} at A`, email: `${name}@x` });
        house.sub('B').addUser({ id: id + 20, displayName: `${name} at B`, email: `${name}@x` }, { auto: name === 'bob' });
      }
      house.primary.add({ tmdbId: 603 }, 'approved', 2);
      house.primary.add({ tmdbId: 603, is4k: true }, 'pending', 3);
      house.primary.add({ kind: 'tv', tmdbId: 1396, tvdbId: 81189, seasons: [1, 2] }, 'pending', 2);
      house.sub('B').add({ tmdbId: 11 }, 'approved');
      await house.cycle();
      expect(inShort(house.sub('A'))).toEqual(
        expect.arrayContaining([
          'movie:603 approved by alice at A',
          'movie:603 4k pending by bob at A',
          'tv:1396 [1,2] pending by alice at A',
        ]),
      );
      expect(inShort(house.sub('B')).toSorted()).toEqual([
        'movie:11 approved by admin',
        'movie:603 approved by alice at B',
        'tv:1396 [1,2] pending by alice at B',
      ]);

      house.primary.change(3, { seasons: [2, 3].map((number) => ({ number, status: 'pending' })) });
      house.primary.decide(2, 'approved');
      await house.cycle();
      expect(inShort(house.sub('A')).toSorted()).toEqual([
        'movie:603 4k approved by bob at A',
        'movie:603 approved by alice at A',
        'tv:1396 [2,3] pending by alice at A',
      ]);
      expect(inShort(house.sub('B'))).toContain('movie:603 4k approved by bob at B');

      house.primary.decide(3, 'declined');
      house.primary.delete(1);
      await house.cycle();
      expect(inShort(house.sub('A')).toSorted()).toEqual(['movie:603 4k approved by bob at A', 'tv:1396 [2,3] declined by alice at A']);
      expect(inShort(house.sub('B')).toSorted()).toEqual([
        'movie:11 approved by admin',
        'movie:603 4k approved by bob at B',
        'tv:1396 [2,3] declined by alice at B',
      ]);

      expect(await house.replication.status()).toMatchObject({
        state: 'active',
        tracked: 2,
        failed: 0,
        subordinates: [{ synced: 2 }, { synced: 2 }],
      });
      house.restart();
      for (const name of ['A', 'B']) house.sub(name).takeCalls();
      await house.cycle();
      expect([...callsOf(house, 'A'), ...callsOf(house, 'B')]).toEqual([]);
    }));

  it('remembers everything in its own tables', () =>
    inReplication({ database }, async (house) => {
      addMovies(house, 2);
      house.primary.add({ kind: 'tv', tmdbId: 7, seasons: [1, 2] }, 'approved');
      await house.cycle();
      const state = await house.replication.state();
      expect(state).toMatchObject({
        lastPoll: house.now,
        requests: [
          {
            fingerprint: 'tv:7:False',
            primaryId: 3,
            subordinates: { 'internal:A': [{ id: 3, status: 'approved', seasons: [1, 2], how: 'created', syncedAt: house.now }] },
          },
          { fingerprint: 'movie:2:False', primaryId: 2 },
          { fingerprint: 'movie:1:False', primaryId: 1 },
        ],
        failed: [],
      });
    }));
});

describe('a cycle', () => {
  it('in which nothing differs costs one listing for each desk, and no other call', () =>
    inReplication({ subordinates: ['A', 'B', 'C'], options: { user_mapping: 'email_match' } }, async (house) => {
      addMovies(house, 30);
      house.primary.addUser({ id: 2, displayName: 'alice', email: 'alice@x' });
      house.primary.add({ tmdbId: 77 }, 'pending', 2);
      house
        .sub('B')
        .failWith(({ verb, detail }) =>
          verb === 'ask' && detail.startsWith('movie:5:')
            ? house.sub('B').refused('upstream-forbidden', 403, 'Movie Quota exceeded.')
            : undefined,
        );
      await house.cycle();
      house.primary.blocklist('movie:9');
      house.sub('C').blocklist('movie:8');
      await house.cycle();
      await house.cycle();
      house.primary.takeCalls();
      for (const name of ['A', 'B', 'C']) house.sub(name).takeCalls();
      expect(await house.cycle()).toMatchObject({
        quiet: true,
        subordinates: { 'internal:A': { quiet: true }, 'internal:C': { quiet: true } },
      });
      for (const desk of [house.primary, house.sub('A'), house.sub('B'), house.sub('C')])
        expect(desk.takeCalls()).toEqual(['listRequests']);
      expect((await house.replication.status()).subordinates).toMatchObject([{ waiting: 1 }, { waiting: 1, failed: 1 }, { waiting: 1 }]);
    }));

  it('plans anew where only the rules have changed, and lets others\u2019 requests be', () =>
    inReplication({}, async (house) => {
      house.primary.add({ tmdbId: 1 }, 'declined');
      house.sub().add({ tmdbId: 1 }, 'pending');
      await house.cycle();
      expect(await house.cycle()).toMatchObject({ quiet: true });
      await house.setOptions({ sync_declined: true });
      expect(await house.cycle()).toMatchObject({ quiet: false, subordinates: { 'internal:A': { declined: 0 } } });
      expect(await house.cycle()).toMatchObject({ quiet: true });
    }));

  it('holds nobody up for a subordinate that is down, and owes it what is completed meanwhile', () =>
    inReplication({ subordinates: ['A', 'B'] }, async (house) => {
      house.primary.add({ tmdbId: 1 }, 'completed');
      house.sub('B').failWith(down);
      house.primary.add({ tmdbId: 2 }, 'approved');
      expect(await house.cycle()).toMatchObject({ subordinates: { 'internal:B': { fault: expect.stringMatching(/nothing answers/) } } });
      expect(inShort(house.sub('A'))).toEqual(['movie:2 approved by admin']);
      house.primary.change(2, { status: 'completed' });
      house.primary.add({ tmdbId: 3 }, 'completed');
      for (let number = 0; number < 6; number += 1) await house.cycle();
      expect(callsOf(house, 'B')).toEqual([]);
      house.sub('B').work();
      house.restart();
      house.later(HOUR);
      await house.cycle();
      expect(inShort(house.sub('B'))).toEqual(['movie:2 approved by admin']);
      expect((await house.desks.list()).map((desk) => desk.health.state)).toEqual(['ok', 'ok', 'ok']);
    }));

  it('asks a subordinate that fails after growing pauses', () =>
    inReplication({}, async (house) => {
      addMovies(house, 1);
      house.sub().failWith(down);
      for (let number = 0; number < 30; number += 1) await house.cycle();
      expect(house.sub().takeCalls().length).toBeLessThan(12);
    }));

  it('leaves a subordinate that fails four times in a row, and goes on with the others', () =>
    inReplication({ subordinates: ['A', 'B'] }, async (house) => {
      addMovies(house, 40);
      house.sub('A').failWith(({ verb }) => (verb === 'ask' ? down() : undefined));
      await house.cycle();
      expect(callsOf(house, 'A').length).toBeLessThan(10);
      expect(house.sub('B').all()).toHaveLength(40);
      house.sub('A').work();
      house.later(HOUR);
      await house.cycle();
      expect(house.sub('A').all()).toHaveLength(40);
    }));

  it('ends at once where a subordinate refuses its key in the middle', () =>
    inReplication({}, async (house) => {
      addMovies(house, 40);
      house.sub().failWith(({ verb }) => (verb === 'ask' ? new AppError('upstream-unauthorized', 'A: the key is refused.') : undefined));
      await house.cycle();
      expect(callsOf(house).length).toBeLessThanOrEqual(4);
      house.sub().work();
      house.later(HOUR);
      await house.cycle();
      expect(house.sub().takeCalls().slice(0, 2)).toEqual(['identify', 'listRequests']);
      expect(house.sub().all()).toHaveLength(40);
    }));

  it('says every fault of the configuration, and reads nothing', () =>
    inReplication({}, async (house) => {
      await house.desks.create({ name: 'Second', role: 'primary' }, { incomplete: true });
      await expect(house.cycle()).rejects.toMatchObject({
        code: 'misconfigured',
        faults: [{ field: 'internal:Second.role' }, { field: 'internal:Second.url' }, { field: 'internal:Second.api_key' }],
      });
      expect(house.primary.takeCalls()).toEqual([]);
      expect((await house.replication.status()).state).toBe('misconfigured');
    }));

  it('reads the primary alone where nothing is to be replicated', () =>
    inReplication({ subordinates: [] }, async (house) => {
      addMovies(house, 3);
      house.primary.delete(2);
      await house.cycle();
      expect((await house.requests.ofDesk(house.primaryDesk.id)).map((one) => one.tmdbId)).toEqual([1, 3]);
      expect(await house.replication.status()).toMatchObject({ state: 'disabled', tracked: 0 });
      house.primary.delete(3);
      await house.cycle();
      expect((await house.requests.ofDesk(house.primaryDesk.id)).map((one) => one.goneAt)).toEqual([undefined, house.now]);
    }));

  it('without the switch reads the primary, and tells nobody', () =>
    inReplication({ options: { enabled: false } }, async (house) => {
      addMovies(house, 3);
      await house.cycle();
      expect(house.sub().takeCalls()).toEqual([]);
      expect((await house.replication.status()).state).toBe('disabled');
    }));
});

describe('another desk than before', () => {
  it('at the primary stops everything until somebody says so, and then adopts what is there', () =>
    inReplication({}, async (house) => {
      addMovies(house, 3);
      await house.cycle();
      for (const id of [1, 2, 3]) house.primary.delete(id);
      house.primary.restore({ ...house.primary.add({ tmdbId: 2 }, 'approved'), id: 1 });
      house.primary.delete(4);
      house.sub().takeCalls();
      await expect(house.cycle()).rejects.toMatchObject({ code: 'conflict', message: /Request 1 was movie:1:False and is movie:2:False/ });
      expect(callsOf(house)).toEqual([]);
      expect((await house.replication.status()).primary?.health.state).toBe('degraded');
      await house.replication.startAnew();
      await house.cycle();
      expect(callsOf(house)).toEqual([]);
      expect(await house.replication.state()).toMatchObject({
        requests: [{ primaryId: 1, fingerprint: 'movie:2:False', subordinates: { 'internal:A': [{ id: 2, how: 'adopted' }] } }],
      });
    }));

  it('at a subordinate is asked for everything, and nothing of its own is touched', () =>
    inReplication({}, async (house) => {
      addMovies(house, 3);
      await house.cycle();
      for (const id of [1, 2, 3]) house.sub().delete(id);
      house.sub().restore({ ...house.sub().add({ tmdbId: 70 }, 'pending'), id: 2 });
      house.sub().delete(4);
      house.primary.delete(2);
      await house.cycle();
      expect(
        house
          .sub()
          .all()
          .map((one) => one.tmdbId)
          .toSorted(),
      ).toEqual([1, 3, 70]);
      expect(
        house
          .sub()
          .all()
          .find((one) => one.tmdbId === 70)?.status,
      ).toBe('pending');
    }));
});

describe('both qualities as one', () => {
  it('are asked for once, not in 4K, and leave together', () =>
    inReplication({ options: { sync_4k_separately: false } }, async (house) => {
      house.primary.add({ tmdbId: 603, is4k: true }, 'approved');
      await house.cycle();
      house.primary.add({ tmdbId: 603 }, 'approved');
      await house.cycle();
      expect(inShort(house.sub())).toEqual(['movie:603 approved by admin']);
      house.primary.delete(1);
      await house.cycle();
      expect(inShort(house.sub())).toEqual(['movie:603 approved by admin']);
      house.primary.delete(2);
      house.primary.add({ tmdbId: 1 }, 'declined');
      await house.cycle();
      expect(inShort(house.sub())).toEqual([]);
    }));

  it('that become one leave what was asked for before', () =>
    inReplication({}, async (house) => {
      house.primary.add({ tmdbId: 603, is4k: true }, 'approved');
      house.primary.add({ tmdbId: 603 }, 'approved');
      await house.cycle();
      await house.setOptions({ sync_4k_separately: false });
      await house.cycle();
      await house.cycle();
      expect(house.sub().all()).toHaveLength(2);
      house.later(MINUTE);
    }));
});
