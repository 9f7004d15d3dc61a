import { describe, expect, it } from 'vitest';
import type { MediaBrowserFake } from '#integrations/mediabrowser/mediabrowser.fake.ts';
import {
  ALL_SERVERS,
  ago,
  alien,
  connectAll,
  DAY,
  eventually,
  exportNow,
  HOUR,
  type Household,
  heat,
  importNow,
  inHousehold,
  MINUTE,
  settled,
  shelve,
  shelveAll,
  standing,
  sync,
} from '#tests/support/journey.ts';

/** So many imports and full exports, each to its end. */
async function goRound(home: Household, times: number): Promise<void> {
  for (let round = 0; round < times; round += 1) {
    await sync(home);
    await exportNow(home);
  }
}

describe('our own changes do not come back as news', () => {
  it('a mark that we made is one play in the history, of the day on which it was watched, on whatever server it shows', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien });
      const emby = home.fake('emby');
      emby.setState(emby.owner.id, ids.emby.alien, { played: true, playCount: 1, lastPlayedAt: ago(200 * DAY) });
      const accounts = await connectAll(home);
      await sync(home);
      // Plex dates a mark with its own now: that is no play of today.
      expect(home.fake('plex').stateOf('1', ids.plex.alien).lastPlayedAt).toBeGreaterThan(ago(HOUR));
      await goRound(home, 3);
      const { viewing, plays } = await standing(home, accounts.plex, ids.plex.alien);
      expect(plays.map((play) => play.at)).toEqual([ago(200 * DAY)]);
      expect(viewing?.changedAt).toBe(ago(200 * DAY));
      for (const kind of ALL_SERVERS) expect(home.fake(kind).stateOf(home.fake(kind).owner.id, ids[kind].alien).playCount).toBe(1);
    }));

  it.each(['jellyfin', 'emby'] as const)(
    'a mark that %s takes and does not keep is not made again until the title is watched anew',
    (kind) =>
      inHousehold({ servers: ['plex', kind] }, async (home) => {
        const ids = shelveAll(home, { alien, heat }, ['plex', kind]);
        const fake = home.fake(kind) as MediaBrowserFake;
        fake.keepNothingOf(ids[kind].alien);
        await connectAll(home, ['plex', kind]);
        await sync(home);
        const marks = () => fake.calls.filter(({ method, path }) => method === 'POST' && path.includes('PlayedItems')).length;
        for (const id of [ids.plex.alien, ids.plex.heat]) await home.fake('plex').finish('1', id);
        await goRound(home, 3);
        expect(fake.stateOf(fake.owner.id, ids[kind].heat).played).toBe(true);
        expect(marks()).toBe(2);
        await home.fake('plex').finish('1', ids.plex.alien);
        await goRound(home, 2);
        expect(marks()).toBe(3);
      }),
  );

  it.each(['jellyfin', 'emby'] as const)('an un-mark that %s takes and does not keep is no new play, and is not made again', (kind) =>
    inHousehold({ servers: ['plex', kind] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['plex', kind]);
      const fake = home.fake(kind) as MediaBrowserFake;
      for (const [on, id] of [
        [home.fake('plex'), ids.plex.alien],
        [fake, ids[kind].alien],
      ] as const)
        on.setState(on.owner.id, id, { played: true, playCount: 1, lastPlayedAt: ago(30 * DAY) });
      fake.keepNothingOf(ids[kind].alien);
      const accounts = await connectAll(home, ['plex', kind]);
      await sync(home);
      await home.fake('plex').markByHand('1', ids.plex.alien, false);
      await goRound(home, 3);
      expect(fake.calls.filter(({ method, path }) => method === 'DELETE' && path.includes('PlayedItems'))).toHaveLength(1);
      expect(home.fake('plex').stateOf('1', ids.plex.alien).played).toBe(false);
      const { viewing, plays } = await standing(home, accounts.plex, ids.plex.alien);
      expect([viewing?.watched, plays.length]).toEqual([false, 1]);
    }),
  );

  it.each(['jellyfin', 'emby'] as const)('a position that %s was told is not told again where it is cleared or not kept', (kind) =>
    inHousehold({ servers: ['plex', kind] }, async (home) => {
      const ids = shelveAll(home, { alien, heat }, ['plex', kind]);
      const fake = home.fake(kind) as MediaBrowserFake;
      fake.keepNothingOf(ids[kind].alien);
      await connectAll(home, ['plex', kind]);
      await sync(home);
      const told = () => fake.calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/UserData')).length;
      const twice = () => goRound(home, 2);
      for (const id of [ids.plex.alien, ids.plex.heat]) await home.fake('plex').pauseAt('1', id, 30 * MINUTE);
      await twice();
      expect(told()).toBe(2);
      fake.setState(fake.owner.id, ids[kind].heat, { positionMs: 0 });
      await twice();
      expect([told(), fake.stateOf(fake.owner.id, ids[kind].heat).positionMs]).toEqual([2, 0]);
      for (const id of [ids.plex.alien, ids.plex.heat]) await home.fake('plex').pauseAt('1', id, 40 * MINUTE);
      await twice();
      expect([told(), fake.stateOf(fake.owner.id, ids[kind].heat).positionMs]).toEqual([4, 40 * MINUTE]);
    }),
  );

  it('an un-mark that we made is nobody’s un-watch: a new play right after it stays', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien });
      for (const kind of ALL_SERVERS) {
        home.fake(kind).setState(home.fake(kind).owner.id, ids[kind].alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
      }
      const accounts = await connectAll(home);
      await sync(home);
      await home.fake('jellyfin').markByHand(home.fake('jellyfin').owner.id, ids.jellyfin.alien, false);
      await sync(home);
      expect(home.fake('plex').stateOf('1', ids.plex.alien).played).toBe(false);
      await home.fake('emby').finish(home.fake('emby').owner.id, ids.emby.alien);
      await sync(home);
      await sync(home);
      for (const kind of ALL_SERVERS) expect(home.fake(kind).stateOf(home.fake(kind).owner.id, ids[kind].alien).played).toBe(true);
      expect((await standing(home, accounts.plex, ids.plex.alien)).plays).toHaveLength(2);
    }));

  it('webhooks that servers send for our own marks change nothing and count nothing', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien });
      const plex = home.fake('plex');
      plex.setState(plex.owner.id, ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
      const accounts = await connectAll(home);
      for (const kind of ALL_SERVERS) await home.hook(kind, accounts[kind]);
      await sync(home);
      await settled(home);
      for (const kind of ['jellyfin', 'emby'] as const) await eventually(() => expect(home.fake(kind).webhookReplies).toEqual([200]));
      await sync(home);
      const { plays } = await standing(home, accounts.plex, ids.plex.alien);
      expect(plays.map((play) => play.at)).toEqual([ago(60 * DAY)]);
      for (const kind of ALL_SERVERS) expect(home.fake(kind).stateOf(home.fake(kind).owner.id, ids[kind].alien).playCount).toBe(1);
    }));

  it('a server that is removed and added again does not count our marks as plays', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien });
      const emby = home.fake('emby');
      emby.setState(emby.owner.id, ids.emby.alien, { played: true, playCount: 1, lastPlayedAt: ago(200 * DAY) });
      const accounts = await connectAll(home);
      await sync(home);
      await home.rooms.connections.remove(accounts.plex.id, async (handle, account) => {
        await home.rooms.watchSync.forgetAccount(account, handle);
      });
      const again = await home.addBackend('plex');
      await sync(home);
      expect((await standing(home, again, ids.plex.alien)).plays.map((play) => play.at)).toEqual([ago(200 * DAY)]);
    }));

  it('nothing is marked twice when two servers taught the same in one run', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien });
      for (const kind of ['plex', 'jellyfin'] as const) {
        home.fake(kind).setState(home.fake(kind).owner.id, ids[kind].alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
      }
      const accounts = await connectAll(home);
      await Promise.all([importNow(home), importNow(home)]);
      await settled(home);
      await Promise.all([exportNow(home), importNow(home)]);
      await settled(home);
      for (const kind of ALL_SERVERS) expect(home.fake(kind).stateOf(home.fake(kind).owner.id, ids[kind].alien).playCount).toBe(1);
      expect((await standing(home, accounts.plex, ids.plex.alien)).plays).toHaveLength(1);
    }));
});

describe('plays are kept in full', () => {
  it('a re-watch is one more play in the history, and is not pushed as another mark', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien });
      const [plex, jellyfin, emby] = ALL_SERVERS.map((kind) => home.fake(kind));
      plex?.setState('1', ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
      const accounts = await connectAll(home);
      await sync(home);
      await plex?.finish('1', ids.plex.alien, ago(MINUTE));
      await sync(home);
      await exportNow(home);
      const { plays, viewing } = await standing(home, accounts.plex, ids.plex.alien);
      expect(plays.map((play) => play.at).sort()).toEqual([ago(60 * DAY), ago(MINUTE)].sort());
      expect(viewing?.changedAt).toBeGreaterThan(ago(HOUR));
      expect(plex?.stateOf('1', ids.plex.alien).playCount).toBe(2);
      expect(jellyfin?.stateOf(jellyfin.owner.id, ids.jellyfin.alien).playCount).toBe(1);
      expect(emby?.stateOf(emby.owner.id, ids.emby.alien).playCount).toBe(1);
    }));

  it('a count above the known plays adds plays of unknown date, once', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien });
      home.fake('plex').setState('1', ids.plex.alien, { played: true, playCount: 4, lastPlayedAt: ago(60 * DAY) });
      const { owner } = home.fake('jellyfin');
      home
        .fake('jellyfin')
        .setState(owner.id, ids.jellyfin.alien, { played: true, playCount: 3, lastPlayedAt: ago(60 * DAY) + 5 * MINUTE });
      const accounts = await connectAll(home);
      await sync(home);
      await sync(home);
      const { plays } = await standing(home, accounts.plex, ids.plex.alien);
      expect(plays).toHaveLength(4);
      expect(plays.filter((play) => play.at !== undefined)).toHaveLength(1);
      // Both servers are evidence for the one that has a date.
      const dated = plays.find((play) => play.at !== undefined);
      expect(new Set(dated?.evidence.filter((piece) => !piece.ours).map((piece) => piece.accountId)).size).toBe(2);
    }));

  it('one sitting that two servers report is one play with two pieces of evidence', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['plex', 'jellyfin']);
      const accounts = await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      await home.fake('plex').finish('1', ids.plex.alien, ago(10 * MINUTE));
      await home.fake('jellyfin').finish(home.fake('jellyfin').owner.id, ids.jellyfin.alien, ago(9 * MINUTE));
      await sync(home);
      const { plays } = await standing(home, accounts.plex, ids.plex.alien);
      expect(plays).toHaveLength(1);
      expect(plays[0]?.evidence.map((piece) => piece.accountId).sort()).toEqual([accounts.plex.id, accounts.jellyfin.id].sort());
    }));

  it('a title with two copies on one server is one title, with one play', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const hd = shelve(home, 'plex', { ...alien, path: '/movies/Alien (1979)/Alien.1080p.mkv' });
      const uhd = shelve(home, 'plex', { ...alien, path: '/movies-4k/Alien (1979)/Alien.2160p.mkv' });
      const there = shelve(home, 'jellyfin', alien);
      home.fake('plex').setState('1', uhd, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
      const accounts = await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      await sync(home);
      expect(home.fake('plex').stateOf('1', hd)).toMatchObject({ played: true, playCount: 1 });
      expect(home.fake('plex').stateOf('1', uhd)).toMatchObject({ played: true, playCount: 1 });
      expect(home.fake('jellyfin').stateOf(home.fake('jellyfin').owner.id, there).played).toBe(true);
      expect((await standing(home, accounts.plex, hd)).plays).toHaveLength(1);
      // Taking the mark from either copy takes it from the title.
      await home.fake('plex').markByHand('1', hd, false);
      await sync(home);
      expect(home.fake('plex').stateOf('1', uhd).played).toBe(false);
      expect(home.fake('jellyfin').stateOf(home.fake('jellyfin').owner.id, there).played).toBe(false);
    }));
});
