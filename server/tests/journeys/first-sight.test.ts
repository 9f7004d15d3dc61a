import { describe, expect, it } from 'vitest';
import { DATABASES } from '#tests/support/databases.ts';
import {
  ago,
  alien,
  changesMade,
  connectAll,
  DAY,
  exportNow,
  heat,
  importNow,
  inHousehold,
  settled,
  shelveAll,
  standing,
  sync,
} from '#tests/support/journey.ts';

describe.each(DATABASES)('a server that is seen for the first time, on %s', (database) => {
  it('adds what it knows and un-watches nothing, however new its dates are', () =>
    inHousehold({ database }, async (home) => {
      const ids = shelveAll(home, { alien, heat });
      const [plex, emby] = [home.fake('plex'), home.fake('emby')];
      plex.setState(plex.owner.id, ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(900 * DAY) });
      const { plex: account } = await connectAll(home, ['plex']);
      await sync(home);
      // Everything on the new server was added yesterday, and nothing was watched there but Heat.
      emby.replaceCopy(ids.emby.alien, ago(DAY));
      emby.setState(emby.owner.id, ids.emby.heat, { played: true, playCount: 1, lastPlayedAt: ago(DAY) });
      await connectAll(home, ['emby']);
      await sync(home);
      await exportNow(home);
      expect(plex.stateOf(plex.owner.id, ids.plex.alien)).toMatchObject({ played: true, playCount: 1, lastPlayedAt: ago(900 * DAY) });
      expect(plex.stateOf(plex.owner.id, ids.plex.heat)).toMatchObject({ played: true });
      expect(emby.stateOf(emby.owner.id, ids.emby.alien)).toMatchObject({ played: true, playCount: 1 });
      expect((await standing(home, account, ids.plex.alien)).viewing).toMatchObject({ watched: true, changedAt: ago(900 * DAY) });
    }));
});

describe('a server that is seen for the first time', () => {
  it('that is empty of plays is told everything by its first import, without a forced export', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien, heat }, ['plex', 'jellyfin']);
      const [plex, jellyfin] = [home.fake('plex'), home.fake('jellyfin')];
      for (const id of Object.values(ids.plex))
        plex.setState(plex.owner.id, id, { played: true, playCount: 1, lastPlayedAt: ago(90 * DAY) });
      await connectAll(home, ['plex']);
      await sync(home);
      await connectAll(home, ['jellyfin']);
      await sync(home);
      for (const id of Object.values(ids.jellyfin)) {
        expect(jellyfin.stateOf(jellyfin.owner.id, id)).toEqual({ played: true, playCount: 1, positionMs: 0, lastPlayedAt: ago(90 * DAY) });
      }
    }));

  it('is read for its ids where it is only exported to, and its own plays stay out of the history', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien, heat }, ['plex', 'jellyfin']);
      const [plex, jellyfin] = [home.fake('plex'), home.fake('jellyfin')];
      plex.setState(plex.owner.id, ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(90 * DAY) });
      jellyfin.setState(jellyfin.owner.id, ids.jellyfin.heat, { played: true, playCount: 1, lastPlayedAt: ago(DAY) });
      const { plex: account } = await connectAll(home, ['plex']);
      await connectAll(home, ['jellyfin'], { importEnabled: false });
      await sync(home);
      expect(jellyfin.stateOf(jellyfin.owner.id, ids.jellyfin.alien)).toMatchObject({ played: true, lastPlayedAt: ago(90 * DAY) });
      expect(jellyfin.stateOf(jellyfin.owner.id, ids.jellyfin.heat)).toMatchObject({ played: true, playCount: 1 });
      expect(plex.stateOf(plex.owner.id, ids.plex.heat).played).toBe(false);
      const { viewing, plays } = await standing(home, account, ids.plex.heat);
      expect(viewing?.watched).toBe(false);
      expect(plays).toEqual([]);
    }));

  it('gives its ids and none of its plays where it is metadata only, even when they change later', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien, heat }, ['plex', 'jellyfin']);
      const [plex, jellyfin] = [home.fake('plex'), home.fake('jellyfin')];
      const accounts = await connectAll(home, ['plex']);
      await connectAll(home, ['jellyfin'], { metadataOnly: true, exportEnabled: false });
      await sync(home);
      await jellyfin.finish(jellyfin.owner.id, ids.jellyfin.alien);
      await sync(home);
      expect((await standing(home, accounts.plex, ids.plex.alien)).viewing?.watched).toBe(false);
      expect(plex.stateOf(plex.owner.id, ids.plex.alien).played).toBe(false);
    }));

  it('is believed from the day on which import is switched on, and still un-watches nothing at that sight', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien, heat }, ['plex', 'jellyfin']);
      const [plex, jellyfin] = [home.fake('plex'), home.fake('jellyfin')];
      plex.setState(plex.owner.id, ids.plex.heat, { played: true, playCount: 1, lastPlayedAt: ago(90 * DAY) });
      jellyfin.setState(jellyfin.owner.id, ids.jellyfin.heat, { played: true, playCount: 1, lastPlayedAt: ago(80 * DAY) });
      await connectAll(home, ['plex']);
      const { jellyfin: account } = await connectAll(home, ['jellyfin'], { importEnabled: false, exportEnabled: false });
      await sync(home);
      // While nobody listens, one title is finished there and the other un-watched.
      await jellyfin.finish(jellyfin.owner.id, ids.jellyfin.alien, ago(DAY));
      await jellyfin.markByHand(jellyfin.owner.id, ids.jellyfin.heat, false);
      await sync(home);
      await home.rooms.connections.update(account.id, { importEnabled: true }, { verify: false });
      await sync(home);
      expect(plex.stateOf(plex.owner.id, ids.plex.alien).played).toBe(true);
      expect(plex.stateOf(plex.owner.id, ids.plex.heat).played).toBe(true);
    }));

  it('that was read again without a change writes nothing to any server', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien, heat });
      const plex = home.fake('plex');
      plex.setState(plex.owner.id, ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(90 * DAY) });
      await connectAll(home);
      await sync(home);
      for (const fake of home.fakes) fake.forgetCalls();
      await importNow(home);
      await exportNow(home);
      await settled(home);
      for (const kind of ['plex', 'jellyfin', 'emby'] as const) expect(changesMade(home, kind)).toEqual([]);
    }));
});
