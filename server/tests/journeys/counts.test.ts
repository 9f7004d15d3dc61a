import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createJellyfinFake } from '#integrations/jellyfin/jellyfin.fake.ts';
import {
  ALL_SERVERS,
  ago,
  alien,
  changesMade,
  connectAll,
  DAY,
  exportNow,
  type Household,
  inHousehold,
  type ServerKind,
  settled,
  shelve,
  shelveAll,
  standing,
  sync,
} from '#tests/support/journey.ts';

const COUNTING = ['jellyfin', 'emby'] as const;
const stateOn = (home: Household, kind: ServerKind, id: string) => home.fake(kind).stateOf(home.fake(kind).owner.id, id);

describe('how often a title was watched', () => {
  it('goes with its mark to the servers that take a count, and comes back as no play', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien });
      home.fake('plex').setState('1', ids.plex.alien, { played: true, playCount: 4, lastPlayedAt: ago(60 * DAY) });
      const emby = home.fake('emby');
      emby.setState(emby.owner.id, ids.emby.alien, { favorite: true });
      const accounts = await connectAll(home);
      for (const kind of ALL_SERVERS) await home.hook(kind, accounts[kind]);
      await sync(home);
      for (let round = 0; round < 2; round += 1) {
        await sync(home);
        await exportNow(home);
        await settled(home);
      }
      for (const kind of COUNTING)
        expect(stateOn(home, kind, ids[kind].alien), kind).toMatchObject({ played: true, playCount: 4, lastPlayedAt: ago(60 * DAY) });
      expect(stateOn(home, 'emby', ids.emby.alien).favorite).toBe(true);
      expect(stateOn(home, 'plex', ids.plex.alien).playCount).toBe(4);
      const { plays } = await standing(home, accounts.plex, ids.plex.alien);
      expect(plays.map((play) => play.at).filter((at) => at !== undefined)).toEqual([ago(60 * DAY)]);
      expect(plays).toHaveLength(4);
      // Once, and in one change.
      expect(changesMade(home, 'jellyfin')).toHaveLength(2);
      const { entries } = await home.rooms.journal.list({}, 1, 50);
      expect(entries.map(({ state }) => state)).toEqual(['confirmed', 'confirmed']);
      expect(entries[0]?.payload).toMatchObject({ action: 'mark', playCount: 4 });
    }));

  it('is not sent to Plex, which would be scrobbled again and again', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['plex', 'jellyfin']);
      const { owner } = home.fake('jellyfin');
      home.fake('jellyfin').setState(owner.id, ids.jellyfin.alien, { played: true, playCount: 4, lastPlayedAt: ago(60 * DAY) });
      await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      expect(stateOn(home, 'plex', ids.plex.alien)).toMatchObject({ played: true, playCount: 1 });
      expect(changesMade(home, 'plex')).toHaveLength(1);
    }));

  it.each(COUNTING)('never lowers what %s counts, and is not sent where the title is watched already', (kind) =>
    inHousehold({ servers: ['plex', kind] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['plex', kind]);
      const { owner } = home.fake(kind);
      // Begun often, never to the end.
      home.fake(kind).setState(owner.id, ids[kind].alien, { played: false, playCount: 7 });
      home.fake('plex').setState('1', ids.plex.alien, { played: true, playCount: 3, lastPlayedAt: ago(60 * DAY) });
      const accounts = await connectAll(home, ['plex', kind]);
      await sync(home);
      expect(stateOn(home, kind, ids[kind].alien)).toMatchObject({ played: true, playCount: 8 });
      await home.fake('plex').finish('1', ids.plex.alien);
      await sync(home);
      await exportNow(home);
      expect(stateOn(home, kind, ids[kind].alien).playCount).toBe(8);
      expect((await standing(home, accounts.plex, ids.plex.alien)).plays).toHaveLength(4);
    }),
  );

  it.each(COUNTING)('is what %s says when its account was removed and is added again, and no play more', (kind) =>
    inHousehold({ servers: ['plex', kind] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['plex', kind]);
      home.fake('plex').setState('1', ids.plex.alien, { played: true, playCount: 3, lastPlayedAt: ago(60 * DAY) });
      const accounts = await connectAll(home, ['plex', kind]);
      await sync(home);
      await home.rooms.connections.remove(accounts[kind].id, async (handle, account) => {
        await home.rooms.watchSync.forgetAccount(account, handle);
      });
      const again = await home.addBackend(kind);
      await sync(home);
      expect(stateOn(home, kind, ids[kind].alien).playCount).toBe(3);
      expect((await standing(home, again, ids[kind].alien)).plays).toHaveLength(3);
    }),
  );

  it('does not reach a Jellyfin that takes no user data, and its mark does', async () => {
    const old = await createJellyfinFake({ version: '10.8.13' });
    try {
      await inHousehold({ servers: ['plex'] }, async (home) => {
        const there = old.addTitle(old.addLibrary({ name: 'Movies', kind: 'movies' }), alien);
        const here = shelve(home, 'plex', alien);
        home.fake('plex').setState('1', here, { played: true, playCount: 3, lastPlayedAt: ago(60 * DAY) });
        const { plex } = await connectAll(home, ['plex']);
        await home.rooms.connections.create({
          personId: MAIN_PERSON,
          name: 'old',
          type: 'jellyfin',
          url: old.baseUrl,
          token: old.owner.token,
          user: old.owner.id,
          importEnabled: true,
          exportEnabled: true,
          consent: 'given',
        });
        await sync(home);
        expect(old.stateOf(old.owner.id, there)).toMatchObject({ played: true, playCount: 1 });
        await old.finish(old.owner.id, there);
        await sync(home);
        expect((await standing(home, plex, here)).plays).toHaveLength(4);
      });
    } finally {
      await old.close();
    }
  });
});
