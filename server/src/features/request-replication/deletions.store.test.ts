import { describe, expect, it } from 'vitest';
import { addMovies, down, HOUR, inReplication } from '#tests/support/replication.ts';

const actor = { kind: 'login', id: 1, name: 'owner' };

describe('deletions', () => {
  it('of more than a few at once wait for an answer, and everything else goes on', () =>
    inReplication({}, async (house) => {
      addMovies(house, 300);
      await house.cycle();
      for (let id = 1; id <= 11; id += 1) house.primary.delete(id);
      house.primary.add({ tmdbId: 999 }, 'approved');
      const told = await house.cycle();
      expect(told).toMatchObject({ stopped: { reason: expect.stringMatching(/11 requests are gone/), planId: expect.any(String) } });
      expect(house.sub().all()).toHaveLength(301);
      await house.cycle();
      const { plans, total } = await house.plans.list({ feature: 'request-replication.delete' }, { offset: 0, limit: 10 });
      expect(total).toBe(1);
      expect(plans[0]).toMatchObject({ state: 'proposed', summary: { requests: 11 } });
      expect((await house.replication.status()).stopped).toMatchObject({ planId: plans[0]?.id });
      const id = plans[0]?.id ?? ('' as never);
      const { changes } = await house.plans.changes(id, {}, { offset: 0, limit: 1 });
      expect(changes[0]).toMatchObject({
        subject: { title: 'movie:1:False', primaryId: 1, subordinates: ['A 1'] },
        reason: { facts: [{ text: expect.stringMatching(/no request 1 any more/) }] },
      });

      // One of the titles is asked for again before the answer: what was made for it is handed over.
      house.primary.add({ tmdbId: 1 }, 'approved');
      await house.plans.approve(id, actor);
      expect(await house.replication.settlePlan(id)).toBe(true);
      await house.cycle();
      expect(house.sub().all()).toHaveLength(291);
      expect(
        house
          .sub()
          .all()
          .some((one) => one.tmdbId === 1),
      ).toBe(true);
      expect(await house.plans.get(id)).toMatchObject({ state: 'applied', outcome: '11 requests were deleted on the subordinates.' });
      expect(await house.cycle()).not.toHaveProperty('stopped');
    }));

  it('that a person rejects are let go of for good', () =>
    inReplication({}, async (house) => {
      addMovies(house, 30);
      await house.cycle();
      for (let id = 1; id <= 11; id += 1) house.primary.delete(id);
      const { stopped } = (await house.cycle()) as { stopped?: { planId: string } };
      const id = stopped?.planId ?? '';
      await house.plans.reject(id as never, actor);
      await house.replication.settlePlan(id);
      await house.cycle();
      await house.cycle();
      expect(house.sub().all()).toHaveLength(30);
      house.primary.delete(12);
      await house.cycle();
      expect(house.sub().all()).toHaveLength(29);
      expect(
        await house.replication.settlePlan(
          (await house.plans.propose({ feature: 'other', title: '', reason: '', summary: {}, changes: [] })).id,
        ),
      ).toBe(false);
    }));

  it('that nobody answers in time are asked about anew', () =>
    inReplication({}, async (house) => {
      addMovies(house, 30);
      await house.cycle();
      for (let id = 1; id <= 11; id += 1) house.primary.delete(id);
      await house.cycle();
      house.later(15 * 24 * HOUR);
      for (const id of await house.plans.expireDue()) await house.replication.settlePlan(id);
      const { stopped } = (await house.cycle()) as { stopped?: { planId: string } };
      expect((await house.plans.get(stopped?.planId ?? '')).state).toBe('proposed');
      expect(house.sub().all()).toHaveLength(30);
    }));

  it('are none where the primary suddenly lists nothing', () =>
    inReplication({}, async (house) => {
      addMovies(house, 3);
      await house.cycle();
      for (const id of [1, 2, 3]) house.primary.delete(id);
      house.primary.takeCalls();
      await house.cycle();
      await house.cycle();
      expect(house.primary.takeCalls()).toEqual(['listRequests', 'listRequests']);
      expect(house.sub().all()).toHaveLength(3);
      house.primary.add({ tmdbId: 9 }, 'approved');
      await house.cycle();
      expect(
        house
          .sub()
          .all()
          .map((one) => one.tmdbId),
      ).toEqual([9]);
    }));

  it('are none of what is not ours, and none of what was returned to the primary', () =>
    inReplication({}, async (house) => {
      addMovies(house, 2);
      house.sub().add({ tmdbId: 50 }, 'approved');
      await house.cycle();
      const kept = house.primary.get(1);
      house.sub().failWith(({ verb }) => (verb === 'remove' ? down() : undefined));
      house.primary.delete(1);
      await house.cycle();
      house.sub().work();
      // The primary was restored from a copy.
      if (kept) house.primary.restore(kept);
      house.later(HOUR);
      await house.cycle();
      expect(
        house
          .sub()
          .all()
          .map((one) => one.tmdbId)
          .toSorted(),
      ).toEqual([1, 2, 50]);
    }));
});
