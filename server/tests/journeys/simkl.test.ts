import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { Plan } from '#core/plans/index.ts';
import { createLists, createRatings, type ListName } from '#core/viewing/index.ts';
import { mediaId } from '#kernel/ids.ts';
import { sql } from '#platform/db/index.ts';
import { DATABASES } from '#tests/support/databases.ts';
import { API_KEY } from '#tests/support/household.ts';
import {
  alien,
  connectAll,
  episodeOf,
  eventually,
  heat,
  importNow,
  movieNumber,
  settled,
  shelve,
  shelveAll,
  standing,
} from '#tests/support/journey.ts';
import { asSimklMovie, inSimklHousehold, type SimklHousehold } from '#tests/support/simkl.ts';
import { runCli } from '../../src/cli/index.ts';

const DAY = 86_400_000;
const PEAKS = {
  kind: 'show',
  number: 2_090,
  title: 'Twin Peaks',
  year: 1990,
  ids: { tvdb: '70533' },
  episodes: [1, 2, 3].map((number) => ({ season: 1, number })),
  ended: true,
} as const;
const only = (plans: readonly Plan[]): Plan => {
  const [plan, ...more] = plans;
  if (!plan || more.length > 0) throw new Error(`${plans.length} plans instead of one`);
  return plan;
};
const plexOf = ({ home }: SimklHousehold) => ({
  finish: (id: string, at = Date.now() - DAY) => home.fake('plex').finish(home.fake('plex').owner.id, id, at),
  played: (id: string): boolean => home.fake('plex').stateOf(home.fake('plex').owner.id, id).played,
});

describe.each(DATABASES)('a Simkl account on %s', (database) => {
  it('is shown what would change, hears of a play on Plex, and what is watched and taken away there reaches Plex', () =>
    inSimklHousehold({ database, servers: ['plex'] }, async (house) => {
      const { home, fake, user } = house;
      const plexFake = plexOf(house);
      const ids = shelveAll(home, { alien, heat }, ['plex']);
      const { plex } = await connectAll(home, ['plex']);
      fake.addTitle(asSimklMovie(alien, 1));
      const there = fake.addTitle(asSimklMovie(heat, 2));
      user.library.watch(there, [{ at: Date.now() - 9 * DAY }]);
      await plexFake.finish(ids.plex.alien);
      await importNow(home);
      const link = await house.connect();
      const plan = only(await house.plans('first'));
      expect((await house.changes(plan)).map(({ kind, subject, after }) => [kind, subject.title, after])).toEqual([
        ['tracker-send', 'Alien (1979)', { watched: true }],
        ['tracker-take', 'Heat (1995)', { watched: true, list: 'completed' }],
      ]);
      expect(fake.bodies).toEqual([]);
      await house.answer(plan);
      expect(house.entry(1)?.status).toBe('completed');
      await eventually(() => expect(plexFake.played(ids.plex.heat)).toBe(true));
      expect(await house.plans('first', 'applied')).toMatchObject([{ outcome: '1 titles were taken in, 1 were told there.' }]);
      fake.bodies.length = 0;
      await house.round(link);
      await house.round(link);
      expect(fake.bodies).toEqual([]);
      expect(await home.rooms.trackerSync.open(link.id)).toEqual([]);

      user.library.remove(there);
      await house.round(link);
      expect((await standing(home, plex, ids.plex.heat)).viewing?.watched).toBe(false);
      await eventually(() => expect(plexFake.played(ids.plex.heat)).toBe(false));
      expect((await standing(home, plex, ids.plex.heat)).plays).toHaveLength(1);
      await settled(home);
    }));

  it('agrees on episodes, lists and ratings, and on what is taken back of them on either side', () =>
    inSimklHousehold({ database, servers: ['plex'] }, async (house) => {
      const { home, fake, user } = house;
      const { database: db } = home.rooms;
      const plexFake = plexOf(house);
      const ids = shelveAll(home, { one: episodeOf(1), two: episodeOf(2), three: episodeOf(3) }, ['plex']);
      const { plex } = await connectAll(home, ['plex']);
      fake.addTitle(PEAKS);
      user.library.watch(PEAKS, [{ slot: { season: 1, number: 2 }, at: Date.now() - 3 * DAY }]);
      user.library.rate(PEAKS, 9, Date.now() - DAY);
      await plexFake.finish(ids.plex.one);
      await importNow(home);
      const link = await house.takenIn();
      const mediaIds = (await standing(home, plex, ids.plex.two)).mediaIds;
      const show = mediaId(Number((await home.rooms.history.get(MAIN_PERSON, mediaIds[0] as never)).media.show?.id));
      expect([...(house.entry(2_090)?.episodes.keys() ?? [])].sort()).toEqual(['1:1', '1:2']);
      expect((await standing(home, plex, ids.plex.two)).viewing?.watched).toBe(true);
      const shelf = async () => [
        (await createLists(db).of(MAIN_PERSON, [show])).get(show)?.list,
        (await createRatings(db).of(MAIN_PERSON, [show])).get(show)?.rating,
      ];
      await house.round(link);
      expect(await shelf()).toEqual(['watching', 9]);

      const put = async (list: ListName, rating: number): Promise<void> => {
        const at = home.rooms.clock.now();
        await createLists(db).put(MAIN_PERSON, [{ mediaId: show, list, since: at, changedAt: at }]);
        await createRatings(db).put(MAIN_PERSON, [{ mediaId: show, rating, ratedAt: at }]);
      };
      await put('hold', 4);
      await house.round(link);
      expect(house.entry(2_090)).toMatchObject({ status: 'hold', rating: 4 });
      user.library.list(PEAKS, 'dropped');
      user.library.unrate(PEAKS);
      await house.round(link);
      expect(await shelf()).toEqual(['dropped', undefined]);
      await home.rooms.watchSync.markByHand(MAIN_PERSON, mediaIds[0] as never, false, 'test');
      await house.round(link);
      expect([...(house.entry(2_090)?.episodes.keys() ?? [])]).toEqual(['1:1']);
      fake.bodies.length = 0;
      await house.round(link);
      await house.round(link, true);
      expect(fake.bodies).toEqual([]);
    }));

  it('agrees on what was only listed or rated there, and on each change of it, without a play', () =>
    inSimklHousehold({ database, servers: ['plex'] }, async (house) => {
      const { home, fake, user } = house;
      const ids = shelveAll(home, { alien, one: episodeOf(1) }, ['plex']);
      const { plex } = await connectAll(home, ['plex']);
      await importNow(home);
      const known = fake.addTitle(asSimklMovie(alien, 1));
      // No server has this one.
      const unknown = fake.addTitle(asSimklMovie(heat, 2));
      fake.addTitle(PEAKS);
      user.library.list(known, 'plantowatch');
      user.library.list(unknown, 'plantowatch');
      user.library.list(PEAKS, 'hold');
      const link = await house.takenIn();
      const shelf = async (): Promise<Record<string, readonly (string | number)[]>> => {
        const { rows } = await sql<{ title: string; list: string; rating: number | null }>`
          select m.title, l.list, r.rating from list_entry l join media m on m.id = l.media_id
          left join rating r on r.person_id = l.person_id and r.media_id = l.media_id where l.person_id = ${MAIN_PERSON}`.execute(
          home.rooms.database.tables(),
        );
        return Object.fromEntries(rows.map(({ title, list, rating }) => [title, rating === null ? [list] : [list, rating]]));
      };
      expect(await shelf()).toEqual({ Alien: ['plantowatch'], Heat: ['plantowatch'], 'Twin Peaks': ['hold'] });
      user.library.rate(known, 7, Date.now());
      user.library.list(unknown, 'dropped');
      user.library.list(PEAKS, 'plantowatch');
      user.library.rate(PEAKS, 3, Date.now());
      await house.round(link);
      expect(await shelf()).toEqual({ Alien: ['plantowatch', 7], Heat: ['dropped'], 'Twin Peaks': ['plantowatch', 3] });
      user.library.rate(known, 9, Date.now());
      user.library.unrate(PEAKS);
      user.library.remove(unknown);
      await house.round(link);
      expect(await shelf()).toEqual({ Alien: ['plantowatch', 9], 'Twin Peaks': ['plantowatch'] });
      await house.round(link);
      expect([fake.bodies, (await standing(home, plex, ids.plex.alien)).plays]).toEqual([[], []]);
      expect((await standing(home, plex, ids.plex.one)).viewing?.watched ?? false).toBe(false);
      await settled(home);
    }));

  it.each(['hold', 'dropped'] as const)('keeps a show that was begun there and put on the list %s where it is, on both sides', (list) =>
    inSimklHousehold({ database, servers: ['plex'] }, async (house) => {
      const { home, fake, user } = house;
      const ids = shelveAll(home, { one: episodeOf(1), two: episodeOf(2), three: episodeOf(3) }, ['plex']);
      const { plex } = await connectAll(home, ['plex']);
      await importNow(home);
      fake.addTitle(PEAKS);
      user.library.watch(PEAKS, [{ slot: { season: 1, number: 1 }, at: Date.now() - 3 * DAY }]);
      user.library.list(PEAKS, list);
      const link = await house.takenIn();
      const listed = async () => {
        const { rows } = await sql<{ list: string }>`select list from list_entry where person_id = ${MAIN_PERSON}`.execute(
          home.rooms.database.tables(),
        );
        return rows.map((row) => row.list);
      };
      for (let round = 0; round < 3; round += 1) {
        expect([await listed(), house.entry(PEAKS.number)?.status]).toEqual([[list], list]);
        await house.round(link);
      }
      expect((await standing(home, plex, ids.plex.one)).viewing?.watched).toBe(true);
      expect(fake.bodies).toEqual([]);
    }),
  );

  it('agrees on an anime by the mapping that was loaded, and leaves what nobody tells', () =>
    inSimklHousehold({ database, servers: ['plex'] }, async (house) => {
      const { home, fake, user } = house;
      const bebop = { title: 'Cowboy Bebop', year: 1998, ids: { tvdb: '76885' } };
      const episodes = [1, 2].map((number) =>
        shelve(home, 'plex', { ...episodeOf(number), title: `Session ${number}`, show: bebop, ids: { tvdb: String(500 + number) } }),
      );
      const { plex } = await connectAll(home, ['plex']);
      await importNow(home);
      // Simkl tells no places of it.
      const there = fake.addTitle({
        ...bebop,
        kind: 'anime',
        number: 37_000,
        ids: { ...bebop.ids, anidb: '23' },
        episodes: [1, 2].map((number) => ({ season: 1, number })),
        ended: true,
      });
      user.library.watch(there, [{ slot: { season: 1, number: 1 }, at: Date.now() - DAY }]);
      user.library.list(there, 'hold');
      const link = await house.takenIn();
      const watched = async () => Promise.all(episodes.map(async (id) => (await standing(home, plex, id)).viewing?.watched ?? false));
      const listed = async () => {
        const { rows } = await sql<{ list: string }>`select list from list_entry where person_id = ${MAIN_PERSON}`.execute(
          home.rooms.database.tables(),
        );
        return rows.map(({ list }) => list);
      };
      expect([await watched(), await listed()]).toEqual([[false, false], []]);
      const entry = { ids: { anidb: '23' }, tvdb: '76885', spans: [{ special: false, first: 1, season: 1, shift: 0, rank: 2 as const }] };
      await home.rooms.animeCoordinates.take({ format: 'test', entries: [entry] }, { apply: true });
      await house.round(link, true);
      expect([await watched(), await listed()]).toEqual([[true, false], ['hold']]);
      user.library.list(there, 'dropped');
      await house.round(link);
      expect(await listed()).toEqual(['dropped']);
      await house.round(link);
      expect(fake.bodies).toEqual([]);
    }));

  it('that loses most of its library asks before anything is lost here, and gets back what was not meant', () =>
    inSimklHousehold({ database, servers: ['plex'] }, async (house) => {
      const { home, fake, user } = house;
      const plexFake = plexOf(house);
      const titles = Array.from({ length: 8 }, (_, number) => movieNumber(number));
      const ids = titles.map((title) => shelve(home, 'plex', title));
      const { plex } = await connectAll(home, ['plex']);
      const there = titles.map((title, number) => fake.addTitle(asSimklMovie(title, number + 1)));
      for (const id of ids) await plexFake.finish(id);
      await importNow(home);
      const link = await house.takenIn();
      await house.round(link);
      for (const title of there.slice(0, 6)) user.library.remove(title);
      await house.round(link);
      await house.round(link);
      const plan = only(await house.plans('removals'));
      expect(plan.reason).toContain('more than 5 %');
      expect((await house.changes(plan)).map(({ kind }) => kind)).toEqual(Array(6).fill('tracker-take'));
      expect((await standing(home, plex, ids[0] ?? '')).viewing?.watched).toBe(true);
      await house.answer(plan, 'reject');
      expect(user.library.entries.size).toBe(8);
      await house.round(link);
      expect(await house.plans('removals')).toEqual([]);
      for (const title of there.slice(0, 6)) user.library.remove(title);
      await house.round(link);
      await house.answer(only(await house.plans('removals')));
      expect(await Promise.all(ids.map(async (id) => (await standing(home, plex, id)).viewing?.watched))).toEqual([
        ...Array(6).fill(false),
        true,
        true,
      ]);
      expect(user.library.entries.size).toBe(2);
    }));
});

describe('a Simkl account', () => {
  it('writes nothing where its first plan was rejected, and asks again only where somebody wants it to', () =>
    inSimklHousehold({ servers: ['plex'] }, async (house) => {
      const id = shelve(house.home, 'plex', alien);
      await connectAll(house.home, ['plex']);
      house.fake.addTitle(asSimklMovie(alien, 1));
      await plexOf(house).finish(id);
      await importNow(house.home);
      const link = await house.connect();
      await house.answer(only(await house.plans('first')), 'reject');
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

  it('is connected, shown, switched and disconnected over the API, without a secret in any answer', () =>
    inSimklHousehold({ servers: [] }, async ({ home, fake, user }) => {
      const added = await home.send('POST', '/api/v1/trackers', {
        name: 'mine',
        client_id: 'usherr-test-app',
        client_secret: 'not much of a secret',
      });
      expect(added).toMatchObject({
        status: 201,
        body: { tracker: { state: 'waiting', import: false, export: false }, invitation: { how: 'code' } },
      });
      const { tracker, invitation } = added.body as { tracker: { id: number }; invitation: { user_code: string } };
      const at = `/api/v1/trackers/${tracker.id}`;
      expect((await home.send('POST', `${at}/connect`, {})).body).toEqual({ state: 'pending' });
      expect((await home.send('POST', `${at}/run`, {})).status).toBe(409);
      fake.grants.enterCode(invitation.user_code, user.name);
      expect((await home.send('POST', `${at}/connect`, {})).body).toEqual({ state: 'pending' });
      await eventually(async () => expect((await home.rooms.trackerSync.get(tracker.id)).state).toBe('waiting'));
      expect((await home.send('PATCH', at, { import: true, lists: 'yes' })).status).toBe(400);
      expect((await home.send('PATCH', at, { import: true })).body).toMatchObject({ import: true, consent: 'pending' });
      expect((await home.get('/api/v1/trackers')).body).toMatchObject([{ name: 'mine', account: null }]);
      expect((await home.send('POST', '/api/v1/trackers', { name: 'mine', client_id: 'x' })).status).toBe(409);
      expect((await home.send('POST', '/api/v1/trackers', { name: 'other' })).status).toBe(400);
      const answers = JSON.stringify([added.body, (await home.get('/api/v1/trackers')).body, home.logLines]);
      expect(answers).not.toMatch(/not much of a secret|simkl_[ar]t_|device_[0-9a-f]/);
      expect((await home.send('DELETE', at)).body).toEqual({ revoked: true });
      expect((await home.get(at)).status).toBe(404);
    }));

  it('is connected by the page of consent, and its grant is ended there when it is disconnected', () =>
    inSimklHousehold({ servers: [] }, async ({ home, fake, user }) => {
      const wish = { name: 'mine', client_id: 'usherr-test-app', redirect_uri: 'https://home.example/back', export: true };
      const { tracker, invitation } = (await home.send('POST', '/api/v1/trackers', wish)).body as {
        tracker: { id: number };
        invitation: { address: string };
      };
      const at = `/api/v1/trackers/${tracker.id}`;
      const back = fake.grants.consent(invitation.address, user.name);
      expect((await home.send('POST', `${at}/connect`, { ...back, state: 'another' })).status).toBe(400);
      expect((await home.send('POST', `${at}/connect`, back)).body).toEqual({ state: 'connected' });
      expect((await home.get(at)).body).toMatchObject({
        state: 'connected',
        account: { name: 'anna', plan: 'free' },
        calls: { per_day: 500 },
      });
      await settled(home);
      expect((await home.send('DELETE', at)).body).toEqual({ revoked: true });
      expect(fake.grants.grants()).toEqual([]);
    }));

  it('is connected, switched, looked at and disconnected on the command line', () =>
    inSimklHousehold({ servers: [] }, async ({ home, fake, user }) => {
      const usherr = async (...words: string[]) => {
        let out = '';
        const write = (text: string): boolean => {
          out += text;
          return true;
        };
        const code = await runCli(['--json', 'tracker', ...words], {
          version: '0',
          out: { write },
          err: { write: () => true } as unknown as NodeJS.WriteStream,
          url: home.address,
          apiKey: () => API_KEY,
          askSecret: async () => '',
          resetPassword: async () => undefined,
        });
        return { code, told: JSON.parse(out) as unknown };
      };
      const { told } = await usherr('add', 'mine', '--client-id', 'usherr-test-app', '--import', '--no-wait');
      expect(told).toMatchObject({ tracker: { name: 'mine', import: true, export: false }, invitation: { how: 'code' } });
      const { tracker, invitation } = told as { tracker: { id: number }; invitation: { user_code: string } };
      fake.grants.enterCode(invitation.user_code, user.name);
      await home.send('POST', `/api/v1/trackers/${tracker.id}/connect`, {});
      expect(await usherr('set', 'mine', '--ratings', '--no-import')).toMatchObject({ code: 0, told: { ratings: true, import: false } });
      expect(await usherr('run', 'mine', '--full')).toMatchObject({
        told: { status: 'completed', result: { skipped: 'nothing is switched on' } },
      });
      expect(await usherr('open', 'mine')).toEqual({ code: 0, told: [] });
      expect(await usherr('list')).toMatchObject({ told: [{ name: 'mine', account: { name: 'anna' } }] });
      expect((await usherr('run', 'nobody')).code).not.toBe(0);
      expect(await usherr('remove', 'mine')).toEqual({ code: 0, told: { revoked: true } });
    }));
});
