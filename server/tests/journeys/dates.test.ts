import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createJellyfinFake } from '#integrations/jellyfin/jellyfin.fake.ts';
import {
  ago,
  alien,
  connectAll,
  DAY,
  episodeOf,
  HOUR,
  heat,
  importNow,
  inHousehold,
  settled,
  shelve,
  shelveAll,
  standing,
  sync,
} from '#tests/support/journey.ts';

describe('dates that cannot be trusted', () => {
  it('a server without dates teaches that a title is watched, as a play of unknown date', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['plex', 'jellyfin']);
      const [plex, jellyfin] = [home.fake('plex'), home.fake('jellyfin')];
      jellyfin.setState(jellyfin.owner.id, ids.jellyfin.alien, { played: true, playCount: 1 });
      const accounts = await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      expect(plex.stateOf(plex.owner.id, ids.plex.alien).played).toBe(true);
      const { viewing, plays } = await standing(home, accounts.jellyfin, ids.jellyfin.alien);
      // The best guess is the day on which the copy came, never today.
      expect(viewing).toMatchObject({ watched: true, changedAt: alien.addedAt });
      expect(plays.map((play) => play.at)).toEqual([undefined]);
    }));

  it('a title that is marked without a date between two imports is watched since about now', () =>
    inHousehold({ servers: ['jellyfin', 'emby'] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['jellyfin', 'emby']);
      const [jellyfin, emby] = [home.fake('jellyfin'), home.fake('emby')];
      const accounts = await connectAll(home, ['jellyfin', 'emby']);
      await sync(home);
      const before = Date.now();
      jellyfin.setState(jellyfin.owner.id, ids.jellyfin.alien, { played: true, playCount: 1 });
      await sync(home);
      expect(emby.stateOf(emby.owner.id, ids.emby.alien).played).toBe(true);
      const { viewing } = await standing(home, accounts.jellyfin, ids.jellyfin.alien);
      expect(viewing?.changedAt).toBeGreaterThanOrEqual(before);
    }));

  it('a date in the future does not win: the other servers are told, and a later un-watch elsewhere is still believed', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['plex', 'jellyfin']);
      const [plex, jellyfin] = [home.fake('plex'), home.fake('jellyfin')];
      plex.setState(plex.owner.id, ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: Date.now() + 300 * DAY });
      const accounts = await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      expect(jellyfin.stateOf(jellyfin.owner.id, ids.jellyfin.alien).played).toBe(true);
      expect((await standing(home, accounts.plex, ids.plex.alien)).viewing?.changedAt).toBeLessThanOrEqual(Date.now());
      await jellyfin.markByHand(jellyfin.owner.id, ids.jellyfin.alien, false);
      await sync(home);
      expect(plex.stateOf(plex.owner.id, ids.plex.alien).played).toBe(false);
    }));

  it.each([
    ['ahead', 3 * DAY],
    ['behind', -3 * DAY],
  ])('a server whose clock is three days %s is followed like any other, in both directions', async (_word, clockSkewMs) => {
    const skewed = await createJellyfinFake({ clockSkewMs });
    try {
      await inHousehold({ servers: ['plex'] }, async (home) => {
        const movies = skewed.addLibrary({ name: 'Movies', kind: 'movies' });
        const there = { alien: skewed.addTitle(movies, alien), heat: skewed.addTitle(movies, heat) };
        const ids = shelveAll(home, { alien, heat }, ['plex']);
        const plex = home.fake('plex');
        plex.setState(plex.owner.id, ids.plex.heat, { played: true, playCount: 1, lastPlayedAt: ago(HOUR) });
        await connectAll(home, ['plex']);
        await home.rooms.connections.create({
          personId: MAIN_PERSON,
          name: 'skewed',
          type: 'jellyfin',
          url: skewed.baseUrl,
          token: skewed.owner.token,
          user: skewed.owner.id,
          importEnabled: true,
          exportEnabled: true,
          consent: 'given',
        });
        await sync(home);
        expect(skewed.stateOf(skewed.owner.id, there.heat).played).toBe(true);
        await skewed.finish(skewed.owner.id, there.alien);
        await sync(home);
        expect(plex.stateOf(plex.owner.id, ids.plex.alien).played).toBe(true);
        await skewed.markByHand(skewed.owner.id, there.alien, false);
        await plex.markByHand(plex.owner.id, ids.plex.heat, false);
        await sync(home);
        expect(plex.stateOf(plex.owner.id, ids.plex.alien).played).toBe(false);
        expect(skewed.stateOf(skewed.owner.id, there.heat).played).toBe(false);
      });
    } finally {
      await skewed.close();
    }
  });

  it('a play on a server whose clock is far behind still wins over an un-watch elsewhere in the same window', async () => {
    const skewed = await createJellyfinFake({ clockSkewMs: -400 * DAY });
    try {
      await inHousehold({ servers: ['plex'] }, async (home) => {
        const there = skewed.addTitle(skewed.addLibrary({ name: 'Movies', kind: 'movies' }), alien);
        const here = shelve(home, 'plex', alien);
        const plex = home.fake('plex');
        // The skewed server is read first, so that its play is known when the un-watch is heard of.
        await home.rooms.connections.create({
          personId: MAIN_PERSON,
          name: 'skewed',
          type: 'jellyfin',
          url: skewed.baseUrl,
          token: skewed.owner.token,
          user: skewed.owner.id,
          importEnabled: true,
          exportEnabled: true,
          consent: 'given',
        });
        const { plex: account } = await connectAll(home, ['plex']);
        plex.setState(plex.owner.id, here, { played: true, playCount: 1, lastPlayedAt: ago(90 * DAY) });
        await sync(home);
        await skewed.finish(skewed.owner.id, there);
        await plex.markByHand(plex.owner.id, here, false);
        await importNow(home, { backend: 'skewed' });
        await importNow(home, { backend: 'plex' });
        await settled(home);
        expect((await standing(home, account, here)).viewing?.watched).toBe(true);
        expect(plex.stateOf(plex.owner.id, here).played).toBe(true);
      });
    } finally {
      await skewed.close();
    }
  });

  it('a zero date of a calendar is no date', () =>
    inHousehold({ servers: ['plex', 'emby'] }, async (home) => {
      const ids = shelveAll(home, { first: episodeOf(1) }, ['plex', 'emby']);
      const emby = home.fake('emby');
      emby.setState(emby.owner.id, ids.emby.first, { played: true, playCount: 1, lastPlayedAt: Date.UTC(1, 0, 1) });
      const accounts = await connectAll(home, ['plex', 'emby']);
      await sync(home);
      const { plays } = await standing(home, accounts.plex, ids.plex.first);
      expect(plays.map((play) => play.at)).toEqual([undefined]);
    }));
});
