import { describe, expect, it } from 'vitest';
import {
  ago,
  alien,
  changesMade,
  connectAll,
  DAY,
  eventually,
  type Household,
  importNow,
  inHousehold,
  movieNumber,
  settled,
  shelve,
  shelveAll,
  standing,
  sync,
} from '#tests/support/journey.ts';

const BOTH = ['jellyfin', 'emby'] as const;
const watchedBefore = { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) };
const unverified = { verify: false } as const;
const stateOn = (home: Household, kind: (typeof BOTH)[number], id: string) => home.fake(kind).stateOf(home.fake(kind).owner.id, id);

describe('an account that is switched off and on again', () => {
  it.each([false, true])(
    'has its first word when it is listened to again, and takes no mark away (exported to meanwhile: %s)',
    (exportEnabled) =>
      inHousehold({ servers: BOTH }, async (home) => {
        const ids = shelveAll(home, { alien }, BOTH);
        for (const kind of BOTH) home.fake(kind).setState(home.fake(kind).owner.id, ids[kind].alien, watchedBefore);
        const accounts = await connectAll(home, BOTH);
        await sync(home);
        const { connections } = home.rooms;
        await connections.update(accounts.jellyfin.id, { importEnabled: false, exportEnabled }, unverified);
        await home.fake('jellyfin').markByHand(home.fake('jellyfin').owner.id, ids.jellyfin.alien, false);
        await connections.update(accounts.jellyfin.id, { importEnabled: true, exportEnabled: true }, unverified);
        await sync(home);
        expect((await standing(home, accounts.emby, ids.emby.alien)).viewing?.watched).toBe(true);
        for (const kind of BOTH) expect(stateOn(home, kind, ids[kind].alien).played).toBe(true);
      }),
  );

  it('is not written to any more, however much waits', () =>
    inHousehold({ servers: BOTH }, async (home) => {
      const emby = home.fake('emby');
      for (let number = 0; number < 60; number += 1) {
        emby.setState(emby.owner.id, shelve(home, 'emby', movieNumber(number)), watchedBefore);
        shelve(home, 'jellyfin', movieNumber(number));
      }
      const accounts = await connectAll(home, BOTH);
      await importNow(home, { backend: 'jellyfin' });
      home.fake('jellyfin').setMood('slow', { delayMs: 60 });
      await importNow(home, { backend: 'emby' });
      await eventually(() => expect(changesMade(home, 'jellyfin').length).toBeGreaterThan(0));
      await home.rooms.connections.update(accounts.jellyfin.id, { exportEnabled: false }, unverified);
      const told = changesMade(home, 'jellyfin').length;
      await settled(home);
      // Those that were under way are finished.
      expect(changesMade(home, 'jellyfin').length).toBeLessThanOrEqual(told + 6);
      home.fake('jellyfin').setMood('fine');
      await home.rooms.connections.update(accounts.jellyfin.id, { exportEnabled: true }, unverified);
      await settled(home);
      await eventually(() => expect(changesMade(home, 'jellyfin')).toHaveLength(60));
    }));

  it('is not listened to any more in the middle of a run', () =>
    inHousehold({ servers: BOTH }, async (home) => {
      const emby = home.fake('emby');
      const ids = Array.from({ length: 700 }, (_, number) => shelve(home, 'emby', movieNumber(number)));
      const accounts = await connectAll(home, BOTH.slice(1));
      await home.rooms.connections.update(accounts.emby.id, { options: { LIBRARY_SEGMENT: 300 } }, unverified);
      await importNow(home);
      for (const id of ids) emby.setState(emby.owner.id, id, watchedBefore);
      emby.setMood('slow', { delayMs: 120 });
      const reading = importNow(home);
      await eventually(async () => expect((await standing(home, accounts.emby, ids[0] ?? '')).viewing?.watched).toBe(true));
      await home.rooms.connections.update(accounts.emby.id, { importEnabled: false }, unverified);
      await reading.catch(() => undefined);
      expect((await standing(home, accounts.emby, ids[699] ?? '')).viewing?.watched).toBe(false);
    }));
});
