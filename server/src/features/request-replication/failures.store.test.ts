import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { addMovies, callsOf, HOUR, inReplication, inShort } from '#tests/support/replication.ts';

describe('what was tried in vain', () => {
  it('is tried again after pauses that double, and at once where somebody says so', () =>
    inReplication({ options: { retry_failed_after_hours: 0.1 } }, async (house) => {
      addMovies(house, 1);
      const busy = new AppError('upstream-rejected', 'A: it has a fault of its own.', { details: { status: 503 } });
      house.sub().failWith(({ verb }) => (verb === 'ask' ? busy : undefined));
      const tries: number[] = [];
      for (let minute = 0; minute < 20; minute += 1) {
        await house.cycle();
        if (callsOf(house).some((call) => call.startsWith('ask'))) tries.push(minute);
      }
      expect(tries).toEqual([0, 1, 3, 7, 13, 19]);
      expect(await house.replication.failed()).toMatchObject([{ attempts: 6, permanent: false, error: 'A: it has a fault of its own.' }]);
      expect(await house.replication.retry({ fingerprint: 'movie:2:False' })).toBe(0);
      expect(await house.replication.retry({ fingerprint: 'movie:1:False', subordinate: 'internal:A' })).toBe(1);
      await expect(house.replication.retry({ subordinate: 'internal:Z' })).rejects.toMatchObject({ code: 'not-found' });
      house.sub().work();
      await house.cycle();
      expect(house.sub().all()).toHaveLength(1);
      expect(await house.replication.failed()).toEqual([]);
    }));

  it('is tried in every cycle where the household wants that', () =>
    inReplication({ options: { retry_failed_after_hours: 0 } }, async (house) => {
      addMovies(house, 1);
      house
        .sub()
        .failWith(({ verb }) => (verb === 'ask' ? house.sub().refused('upstream-forbidden', 403, 'Movie Quota exceeded.') : undefined));
      for (let number = 0; number < 3; number += 1) {
        await house.cycle();
        expect(callsOf(house).filter((call) => call.startsWith('ask'))).toHaveLength(1);
      }
    }));

  it('is another question when the primary decides', () =>
    inReplication({ options: { user_mapping: 'email_match' } }, async (house) => {
      house.primary.addUser({ id: 2, displayName: 'alice', email: 'alice@x' });
      house.sub().addUser({ id: 7, displayName: 'Alice', email: 'alice@x' });
      house.primary.add({ tmdbId: 1 }, 'pending', 2);
      house
        .sub()
        .failWith(({ verb }) => (verb === 'ask' ? house.sub().refused('upstream-forbidden', 403, 'Movie Quota exceeded.') : undefined));
      await house.cycle();
      house.primary.decide(1, 'approved');
      house.sub().work();
      await house.cycle();
      expect(inShort(house.sub())).toEqual(['movie:1 approved by Alice']);
    }));

  it('is said where a change was taken and shows nothing', () =>
    inReplication({}, async (house) => {
      const { id } = house.primary.add({ kind: 'tv', tmdbId: 7, seasons: [1] }, 'approved');
      await house.cycle();
      house.primary.change(id, { seasons: [] });
      await house.cycle();
      expect(callsOf(house).filter((call) => call.startsWith('edit'))).toEqual([]);
      house.sub().delete(1);
      house.sub().add({ kind: 'tv', tmdbId: 7, seasons: [1] }, 'pending');
      house.primary.change(id, { seasons: [{ number: 1, status: 'approved' }] });
      const approve = house.sub().desk.approve;
      Object.assign(house.sub().desk, { approve: async (given: number) => house.sub().get(given) });
      await house.cycle();
      expect(await house.replication.failed()).toMatchObject([
        { error: expect.stringMatching(/took the change \(approve\) and shows nothing/) },
      ]);
      Object.assign(house.sub().desk, { approve });
      house.later(HOUR);
      await house.cycle();
      expect(inShort(house.sub())).toEqual(['tv:7 [1] approved by admin']);
    }));
});
