import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { mediaId } from '#kernel/ids.ts';
import { alien, connectAll, DAY, eventually, heat, importNow, settled, shelve, standing } from '#tests/support/journey.ts';
import { asSimklMovie, inSimklHousehold, onlyPlan, plexOf } from '#tests/support/simkl.ts';

describe('a Simkl account', () => {
  it('writes nothing where its first plan was rejected, and asks again only where somebody wants it to', () =>
    inSimklHousehold({ servers: ['plex'] }, async (house) => {
      const id = shelve(house.home, 'plex', alien);
      await connectAll(house.home, ['plex']);
      house.fake.addTitle(asSimklMovie(alien, 1));
      await plexOf(house).finish(id);
      await importNow(house.home);
      const link = await house.connect();
      await house.answer(onlyPlan(await house.plans('first')), 'reject');
      await house.round(link);
      expect([house.fake.bodies, await house.plans('first')]).toEqual([[], []]);
      await house.home.rooms.trackerSync.wake(link.id);
      await settled(house.home);
      expect(await house.plans('first')).toHaveLength(1);
    }));

  it('is left alone once the calls of the day are used up, and goes on the next day where it was', () =>
    inSimklHousehold({ servers: ['plex'] }, async (house) => {
      const { home, fake, user, later } = house;
      const id = shelve(home, 'plex', alien);
      await connectAll(home, ['plex']);
      fake.addTitle(asSimklMovie(alien, 1));
      const link = await house.takenIn();
      await plexOf(house).finish(id);
      await importNow(home);
      fake.useUpTheDay(user, 7_200);
      await expect(house.round(link)).rejects.toMatchObject({ code: 'upstream-rate-limited' });
      fake.forgetCalls();
      expect(await house.round(link)).toEqual({ skipped: 'the calls of this day are used up' });
      expect(fake.calls).toEqual([]);
      fake.newDay();
      later(7_200_000);
      await house.round(link);
      expect(house.entry(1)?.status).toBe('completed');
      expect((await home.rooms.trackerSync.get(link.id)).budget.spent).toBeGreaterThan(0);
    }));

  it('counts its own calls, and stops before Simkl has to say so', () =>
    inSimklHousehold({ servers: ['plex'] }, async (house) => {
      const { home, fake, user } = house;
      const link = await house.takenIn();
      // Another app of the same person has taken the rest.
      user.callsToday = user.callsPerDay - 1;
      await house.round(link);
      fake.forgetCalls();
      await expect(house.round(link)).rejects.toMatchObject({ code: 'rate-limited' });
      expect(fake.calls).toEqual([]);
      const { resumeAt } = await home.rooms.trackerSync.get(link.id);
      expect(resumeAt).toBeGreaterThan(home.rooms.clock.now());
    }));

  it('keeps what Simkl does not know, with the reason, and does not send it each time', () =>
    inSimklHousehold({ servers: ['plex'] }, async (house) => {
      const id = shelve(house.home, 'plex', heat);
      await connectAll(house.home, ['plex']);
      await plexOf(house).finish(id);
      await importNow(house.home);
      const link = await house.takenIn();
      await house.round(link);
      expect(house.fake.bodies).toHaveLength(1);
      expect(await house.home.rooms.trackerSync.open(link.id)).toMatchObject([
        { what: 'watched', state: 'missed', reason: 'The tracker does not know this title by any of its ids.' },
      ]);
      house.fake.addTitle(asSimklMovie(heat, 2));
      house.later(8 * DAY);
      await house.round(link);
      expect(house.entry(2)?.status).toBe('completed');
    }));

  it('whose deltas hide what was entered late is read whole, so that nothing that it took looks lost', () =>
    inSimklHousehold({ servers: ['plex'], quirks: { deltaByWatchedAt: true } }, async (house) => {
      const { home, fake } = house;
      const id = shelve(home, 'plex', alien);
      const { plex } = await connectAll(home, ['plex']);
      fake.addTitle(asSimklMovie(alien, 1));
      await plexOf(house).finish(id, Date.now() - 300 * DAY);
      await importNow(home);
      const link = await house.takenIn();
      await house.round(link);
      await house.round(link);
      expect([fake.bodies.length, await home.rooms.trackerSync.open(link.id)]).toEqual([1, []]);
      expect((await standing(home, plex, id)).viewing?.watched).toBe(true);
    }));

  it('is told soon after something was watched', () =>
    inSimklHousehold({ servers: ['plex'] }, async (house) => {
      const { home } = house;
      const link = await house.takenIn();
      await home.rooms.database.transaction((handle) =>
        home.rooms.events.publish(handle, 'viewing.changed', { personId: MAIN_PERSON, mediaIds: [mediaId(1)], cause: { kind: 'import' } }),
      );
      await eventually(async () => {
        const { jobs } = await home.rooms.jobs.list({ reference: `tracker:${link.id}`, statuses: ['pending'] }, 1, 10);
        expect(jobs).toHaveLength(1);
        expect(jobs[0]?.runAt).toBeGreaterThan(home.rooms.clock.now());
      });
    }));

  it('whose answer was lost after the write is looked up, and nothing is sent twice', () =>
    inSimklHousehold({ servers: ['plex'], deadlineMs: 700 }, async (house) => {
      const { home, fake, later } = house;
      const id = shelve(home, 'plex', alien);
      await connectAll(home, ['plex']);
      fake.addTitle(asSimklMovie(alien, 1));
      const link = await house.takenIn();
      await plexOf(house).finish(id);
      await importNow(home);
      fake.setMood('late', { times: 2 });
      await expect(house.round(link)).rejects.toMatchObject({ code: 'upstream-timeout' });
      expect([fake.bodies.length, house.entry(1)?.status]).toEqual([1, 'completed']);
      fake.setMood('fine');
      later(DAY);
      await house.round(link);
      expect(fake.bodies).toHaveLength(1);
      expect((await home.rooms.journal.list({ target: `tracker:${link.id}` }, 1, 10)).entries.map(({ state }) => state)).toEqual([
        'confirmed',
      ]);
      expect(await home.rooms.trackerSync.open(link.id)).toEqual([]);
    }));

  it('whose write was lost on the way is sent once more, after it was looked for', () =>
    inSimklHousehold({ servers: ['plex'] }, async (house) => {
      const { home, fake, later } = house;
      const id = shelve(home, 'plex', alien);
      await connectAll(home, ['plex']);
      fake.addTitle(asSimklMovie(alien, 1));
      const link = await house.takenIn();
      await plexOf(house).finish(id);
      await importNow(home);
      const reset = async (): Promise<void> => {
        // The first call asks what is new; the second is the write.
        while (!fake.calls.some(({ path }) => path === '/sync/activities')) await new Promise((resolve) => setImmediate(resolve));
        fake.setMood('reset', { times: 1 });
      };
      fake.forgetCalls();
      const [outcome] = await Promise.allSettled([house.round(link), reset()]);
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'upstream-unreachable' } });
      expect(house.entry(1)).toBeUndefined();
      later(DAY);
      await house.round(link);
      expect(house.entry(1)?.status).toBe('completed');
      expect((await home.rooms.journal.list({ target: `tracker:${link.id}` }, 1, 10)).entries.map(({ state }) => state)).toEqual([
        'confirmed',
        'failed',
      ]);
    }));
});
