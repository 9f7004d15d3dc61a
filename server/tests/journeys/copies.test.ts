import { describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { mediaDeps } from '#features/watch-sync/index.ts';
import {
  ago,
  alien,
  connectAll,
  DAY,
  episodeOf,
  exportNow,
  type Household,
  heat,
  inHousehold,
  MINUTE,
  type ServerKind,
  settled,
  shelve,
  shelveAll,
  standing,
  sync,
} from '#tests/support/journey.ts';

const stateOn = (home: Household, kind: ServerKind, id: string) => home.fake(kind).stateOf(home.fake(kind).owner.id, id);
const watchedOn = (home: Household, kind: ServerKind, id: string, more: object = {}) =>
  home.fake(kind).setState(home.fake(kind).owner.id, id, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY), ...more });
const unmark = (home: Household, kind: ServerKind, id: string) => home.fake(kind).markByHand(home.fake(kind).owner.id, id, false);
const PATH = '/tv/Twin Peaks (1990)/Season 01';

describe('a file of several episodes', () => {
  const both = episodeOf(1, { title: 'Pilot', episodes: [1, 2], ids: {}, path: `${PATH}/Twin Peaks - S01E01-E02.mkv` });

  it.each(['plex', 'jellyfin', 'emby'] as const)('that was watched on %s is each of its episodes elsewhere', (kind) =>
    inHousehold({}, async (home) => {
      const other = kind === 'emby' ? 'jellyfin' : 'emby';
      const file = shelve(home, kind, both);
      const [first, second, third] = [1, 2, 3].map((number) => shelve(home, other, episodeOf(number)));
      watchedOn(home, kind, file);
      const accounts = await connectAll(home, [kind, other]);
      await sync(home);
      expect((await standing(home, accounts[kind], file)).mediaIds).toHaveLength(2);
      for (const id of [first, second]) expect(stateOn(home, other, String(id)).played).toBe(true);
      expect(stateOn(home, other, String(third)).played).toBe(false);
    }),
  );

  it.each(['plex', 'jellyfin', 'emby'] as const)(
    'is marked on %s when all its episodes are watched, and never un-marked for one of them',
    (kind) =>
      inHousehold({}, async (home) => {
        const other = kind === 'emby' ? 'jellyfin' : 'emby';
        const file = shelve(home, kind, both);
        const [first = '', second = ''] = [1, 2].map((number) => shelve(home, other, episodeOf(number)));
        watchedOn(home, other, first);
        await connectAll(home, [kind, other]);
        await sync(home);
        await exportNow(home);
        expect(stateOn(home, kind, file).played).toBe(false);
        await home.fake(other).finish(home.fake(other).owner.id, second);
        await sync(home);
        expect(stateOn(home, kind, file)).toMatchObject({ played: true, playCount: 1 });
        await unmark(home, other, first);
        await sync(home);
        await exportNow(home);
        expect(stateOn(home, kind, file).played).toBe(true);
        expect(stateOn(home, other, second).played).toBe(true);
        expect(stateOn(home, other, first).played).toBe(false);
        await unmark(home, other, second);
        await sync(home);
        expect(stateOn(home, kind, file).played).toBe(false);
      }),
  );

  it('longer than the longest range is one episode', () =>
    inHousehold({ servers: ['jellyfin', 'emby'] }, async (home) => {
      const file = shelve(home, 'jellyfin', episodeOf(1, { episodes: [1, 2, 3, 4, 5, 6, 7, 8], ids: {} }));
      const others = [1, 2, 8].map((number) => shelve(home, 'emby', episodeOf(number)));
      watchedOn(home, 'jellyfin', file);
      await connectAll(home, ['jellyfin', 'emby']);
      await sync(home);
      expect(others.map((id) => stateOn(home, 'emby', id).played)).toEqual([true, false, false]);
    }));

  it('that the server lists as two items is two items, each for itself', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const path = `${PATH}/Twin Peaks - S01E01-E02.mkv`;
      const [first, second] = [shelve(home, 'plex', episodeOf(1, { path })), shelve(home, 'plex', episodeOf(2, { path }))];
      const there = shelveAll(home, { one: episodeOf(1), two: episodeOf(2) }, ['jellyfin']).jellyfin;
      watchedOn(home, 'plex', first);
      await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      expect(stateOn(home, 'jellyfin', there.one).played).toBe(true);
      expect(stateOn(home, 'jellyfin', there.two).played).toBe(false);
      expect(stateOn(home, 'plex', second).played).toBe(false);
      await home.fake('jellyfin').finish(home.fake('jellyfin').owner.id, there.two);
      await sync(home);
      expect(stateOn(home, 'plex', second).played).toBe(true);
    }));
});

describe('copies', () => {
  it('a replaced copy keeps its history, its date included', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['plex', 'jellyfin']);
      watchedOn(home, 'plex', ids.plex.alien);
      const accounts = await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      home.fake('plex').replaceCopy(ids.plex.alien, ago(MINUTE));
      await sync(home);
      const { viewing, plays } = await standing(home, accounts.plex, ids.plex.alien);
      expect(viewing).toMatchObject({ watched: true, changedAt: ago(60 * DAY) });
      expect(plays).toHaveLength(1);
      expect(stateOn(home, 'plex', ids.plex.alien)).toMatchObject({ played: true, playCount: 1 });
    }));

  it('HD and 4K copies of one movie in two libraries agree, and are one row of history', () =>
    inHousehold({ servers: ['jellyfin', 'emby'] }, async (home) => {
      const hd = shelve(home, 'jellyfin', alien);
      const library = home.fake('jellyfin').addLibrary({ name: 'Movies 4K', kind: 'movies' });
      const uhd = home.fake('jellyfin').addTitle(library, { ...alien, path: '/4k/Alien (1979)/Alien.2160p.mkv' });
      const there = shelve(home, 'emby', alien);
      const accounts = await connectAll(home, ['jellyfin', 'emby']);
      await sync(home);
      await home.fake('jellyfin').finish(home.fake('jellyfin').owner.id, uhd);
      await sync(home);
      await sync(home);
      for (const id of [hd, uhd]) expect(stateOn(home, 'jellyfin', id)).toMatchObject({ played: true, playCount: 1 });
      expect(stateOn(home, 'emby', there).played).toBe(true);
      expect((await standing(home, accounts.jellyfin, hd)).mediaIds).toEqual((await standing(home, accounts.jellyfin, uhd)).mediaIds);
      expect((await standing(home, accounts.jellyfin, hd)).plays).toHaveLength(1);
    }));
});

describe.each(['sqlite', 'postgres'] as const)('an item that its server lists twice (%s)', (database) => {
  it('is one item, with the plays that it counts and no more', () =>
    inHousehold({ database, servers: ['plex', 'jellyfin'] }, async (home) => {
      const [id] = [1, 2].map(() => shelve(home, 'plex', { ...alien, upstreamId: '5000' }));
      const there = shelve(home, 'jellyfin', alien);
      const accounts = await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      watchedOn(home, 'plex', String(id), { playCount: 2 });
      await sync(home);
      expect((await standing(home, accounts.plex, String(id))).plays).toHaveLength(2);
      expect(stateOn(home, 'jellyfin', there)).toMatchObject({ played: true, playCount: 2 });
    }));
});

describe('HD and 4K copies on Plex, which keeps one state for both', () => {
  const both = (home: Household) => {
    const library = home.fake('plex').addLibrary({ name: 'Movies 4K', kind: 'movies' });
    return [shelve(home, 'plex', alien), home.fake('plex').addTitle(library, alien)] as const;
  };

  it('are marked once, and what they then show is neither a play of today nor another day of the title', () =>
    inHousehold({ servers: ['jellyfin', 'plex'] }, async (home) => {
      const [hd, uhd] = both(home);
      const there = shelve(home, 'jellyfin', alien);
      watchedOn(home, 'jellyfin', there);
      const accounts = await connectAll(home, ['jellyfin', 'plex']);
      // Slow enough that both would be read before either is marked.
      home.fake('plex').setMood('slow', { delayMs: 40 });
      await sync(home);
      await sync(home);
      for (const id of [hd, uhd]) expect(stateOn(home, 'plex', id)).toMatchObject({ played: true, playCount: 1 });
      const { plays, viewing } = await standing(home, accounts.plex, hd);
      expect(plays.map((play) => play.at)).toEqual([ago(60 * DAY)]);
      expect(viewing).toMatchObject({ watched: true, changedAt: ago(60 * DAY) });
    }));

  it('are one play where one of them is watched, and un-watched where one of them is', () =>
    inHousehold({ servers: ['jellyfin', 'plex'] }, async (home) => {
      const [hd, uhd] = both(home);
      const there = shelve(home, 'jellyfin', alien);
      const accounts = await connectAll(home, ['jellyfin', 'plex']);
      await sync(home);
      await home.fake('plex').finish(home.fake('plex').owner.id, uhd);
      await sync(home);
      await sync(home);
      expect((await standing(home, accounts.plex, hd)).plays).toHaveLength(1);
      expect(stateOn(home, 'jellyfin', there)).toMatchObject({ played: true, playCount: 1 });
      await unmark(home, 'jellyfin', there);
      await sync(home);
      await sync(home);
      for (const id of [hd, uhd]) expect(stateOn(home, 'plex', id).played).toBe(false);
      expect((await standing(home, accounts.plex, hd)).viewing?.watched).toBe(false);
    }));
});

describe('matching', () => {
  it('specials are season 0 on every server', () =>
    inHousehold({}, async (home) => {
      const special = episodeOf(1, { title: 'Behind the scenes', season: 0, ids: {} });
      const ids = shelveAll(home, { special, first: episodeOf(1) });
      watchedOn(home, 'plex', ids.plex.special);
      await connectAll(home);
      await sync(home);
      for (const kind of ['jellyfin', 'emby'] as const) {
        expect(stateOn(home, kind, ids[kind].special).played).toBe(true);
        expect(stateOn(home, kind, ids[kind].first).played).toBe(false);
      }
    }));

  it('episodes that two servers number differently are matched by their own ids', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      // Aired order on one, disc order on the other.
      const plex = [1, 2].map((number) => shelve(home, 'plex', episodeOf(number)));
      const jellyfin = [1, 2].map((number) => shelve(home, 'jellyfin', episodeOf(number, { episodes: [3 - number] })));
      watchedOn(home, 'plex', plex[0] ?? '');
      await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      await exportNow(home);
      expect(jellyfin.map((id) => stateOn(home, 'jellyfin', id).played)).toEqual([true, false]);
      expect(plex.map((id) => stateOn(home, 'plex', id).played)).toEqual([true, false]);
    }));

  it('an episode without ids of its own is matched by its series and number', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { fourth: episodeOf(4, { ids: {} }) });
      watchedOn(home, 'emby', ids.emby.fourth);
      await connectAll(home);
      await sync(home);
      for (const kind of ['plex', 'jellyfin'] as const) expect(stateOn(home, kind, ids[kind].fourth).played).toBe(true);
    }));

  it('an item without any id is left alone, and said so', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const holiday = { kind: 'movie', title: 'Our holiday', year: 2019, ids: {}, addedAt: ago(DAY) } as const;
      const ids = shelveAll(home, { holiday, alien }, ['plex', 'jellyfin']);
      watchedOn(home, 'plex', ids.plex.holiday);
      const accounts = await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      expect((await standing(home, accounts.plex, ids.plex.holiday)).mediaIds).toEqual([]);
      expect(stateOn(home, 'jellyfin', ids.jellyfin.holiday).played).toBe(false);
    }));

  it('ids that contradict each other are a conflict; once a person has settled it, the history follows', () =>
    inHousehold({ servers: ['plex', 'jellyfin', 'emby'] }, async (home) => {
      const { plex } = shelveAll(home, { alien, heat }, ['plex']);
      // One id of each: nobody can tell which movie it is.
      const mixed = shelve(home, 'jellyfin', { ...alien, ids: { imdb: 'tt0078748', tmdb: '949' } });
      const there = shelveAll(home, { alien, heat }, ['emby']).emby;
      watchedOn(home, 'jellyfin', mixed);
      const accounts = await connectAll(home);
      await sync(home);
      for (const id of Object.values(plex)) expect(stateOn(home, 'plex', id).played).toBe(false);
      const graph = (handle = home.rooms.database as Parameters<typeof createMediaGraph>[0]) =>
        createMediaGraph(
          handle,
          mediaDeps(handle, { ...home.rooms, matching: home.rooms.matching.current(), publish: home.rooms.events.publish }),
        );
      const [conflict] = await graph().conflicts();
      expect(conflict?.copy?.upstreamId).toBe(mixed);
      const [alienId] = (await standing(home, accounts.plex, plex.alien)).mediaIds;
      await home.rooms.database.transaction(async (handle) => {
        await graph(handle).settle(conflict?.id ?? 0, { media: alienId ?? (0 as never) }, 'test');
      });
      await sync(home);
      await settled(home);
      expect(stateOn(home, 'plex', plex.alien).played).toBe(true);
      expect(stateOn(home, 'emby', there.alien).played).toBe(true);
      expect(stateOn(home, 'plex', plex.heat).played).toBe(false);
      expect((await standing(home, accounts.plex, plex.alien)).plays).toHaveLength(1);
    }));

  it('two titles that turn out to be one become one with all their plays, and can be split again', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const one = shelve(home, 'plex', { ...alien, ids: { imdb: 'tt0078748' } });
      const other = shelve(home, 'jellyfin', { ...alien, ids: { tmdb: '348' } });
      watchedOn(home, 'plex', one);
      const accounts = await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      const [into] = (await standing(home, accounts.plex, one)).mediaIds;
      const [from] = (await standing(home, accounts.jellyfin, other)).mediaIds;
      expect(from).not.toBe(into);
      expect(stateOn(home, 'jellyfin', other).played).toBe(false);
      if (from === undefined || into === undefined) throw new Error('both are known');
      await home.rooms.database.transaction(async (handle) => {
        await createMediaGraph(
          handle,
          mediaDeps(handle, { ...home.rooms, matching: home.rooms.matching.current(), publish: home.rooms.events.publish }),
        ).merge(from, into, 'test');
      });
      await exportNow(home);
      expect(stateOn(home, 'jellyfin', other).played).toBe(true);
      expect((await standing(home, accounts.jellyfin, other)).plays).toHaveLength(1);
      await home.rooms.database.transaction(async (handle) => {
        const graph = createMediaGraph(
          handle,
          mediaDeps(handle, { ...home.rooms, matching: home.rooms.matching.current(), publish: home.rooms.events.publish }),
        );
        const [merge] = await graph.merges({ limit: 10, offset: 0 });
        await graph.split(merge?.mergeId ?? 0);
      });
      expect((await standing(home, accounts.plex, one)).viewing?.watched).toBe(true);
      expect((await standing(home, accounts.plex, one)).plays).toHaveLength(1);
      const apart = await standing(home, accounts.jellyfin, other);
      expect(apart.mediaIds).toEqual([from]);
      expect(apart.plays).toEqual([]);
      expect(apart.viewing?.watched).toBe(false);
      await sync(home);
    }));

  it('a title of which only the one that goes was watched is not watched any more on the other, once they are split', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const one = shelve(home, 'plex', { ...alien, ids: { imdb: 'tt0078748' } });
      const other = shelve(home, 'jellyfin', { ...alien, ids: { tmdb: '348' } });
      watchedOn(home, 'jellyfin', other);
      const accounts = await connectAll(home, ['plex', 'jellyfin'], { exportEnabled: false });
      await sync(home);
      const [into] = (await standing(home, accounts.plex, one)).mediaIds;
      const [from] = (await standing(home, accounts.jellyfin, other)).mediaIds;
      if (from === undefined || into === undefined) throw new Error('both are known');
      await home.rooms.database.transaction(async (handle) => {
        const graph = createMediaGraph(
          handle,
          mediaDeps(handle, { ...home.rooms, matching: home.rooms.matching.current(), publish: home.rooms.events.publish }),
        );
        await graph.merge(from, into, 'test');
      });
      expect((await standing(home, accounts.plex, one)).viewing?.watched).toBe(true);
      await home.rooms.database.transaction(async (handle) => {
        const graph = createMediaGraph(
          handle,
          mediaDeps(handle, { ...home.rooms, matching: home.rooms.matching.current(), publish: home.rooms.events.publish }),
        );
        const [merge] = await graph.merges({ limit: 10, offset: 0 });
        await graph.split(merge?.mergeId ?? 0);
      });
      expect((await standing(home, accounts.plex, one)).viewing?.watched).toBe(false);
      expect((await standing(home, accounts.plex, one)).plays).toEqual([]);
      expect((await standing(home, accounts.jellyfin, other)).viewing?.watched).toBe(true);
    }));
});
