import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createLists, createRatings, type ListName } from '#core/viewing/index.ts';
import { mediaId } from '#kernel/ids.ts';
import { sql } from '#platform/db/index.ts';
import { DATABASES } from '#tests/support/databases.ts';
import {
  alien,
  connectAll,
  DAY,
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
import { asSimklMovie, inSimklHousehold, onlyPlan, plexOf } from '#tests/support/simkl.ts';

const PEAKS = {
  kind: 'show',
  number: 2_090,
  title: 'Twin Peaks',
  year: 1990,
  ids: { tvdb: '70533' },
  episodes: [1, 2, 3].map((number) => ({ season: 1, number })),
  ended: true,
} as const;

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
      const plan = onlyPlan(await house.plans('first'));
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
      const plan = onlyPlan(await house.plans('removals'));
      expect(plan.reason).toContain('more than 5 %');
      expect((await house.changes(plan)).map(({ kind }) => kind)).toEqual(Array(6).fill('tracker-take'));
      expect((await standing(home, plex, ids[0] ?? '')).viewing?.watched).toBe(true);
      await house.answer(plan, 'reject');
      expect(user.library.entries.size).toBe(8);
      await house.round(link);
      expect(await house.plans('removals')).toEqual([]);
      for (const title of there.slice(0, 6)) user.library.remove(title);
      await house.round(link);
      await house.answer(onlyPlan(await house.plans('removals')));
      expect(await Promise.all(ids.map(async (id) => (await standing(home, plex, id)).viewing?.watched))).toEqual([
        ...Array(6).fill(false),
        true,
        true,
      ]);
      expect(user.library.entries.size).toBe(2);
    }));
});
