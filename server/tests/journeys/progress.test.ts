import { describe, expect, it } from 'vitest';
import { REPLAY } from '#features/watch-sync/index.ts';
import {
  ALL_SERVERS,
  ago,
  alien,
  changesMade,
  connectAll,
  DAY,
  episodeOf,
  eventually,
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
const pause = (home: Household, kind: ServerKind, id: string, ms: number) => home.fake(kind).pauseAt(home.fake(kind).owner.id, id, ms);
const replayOn = (home: Household) => home.rooms.settings.set(REPLAY, true, { actor: { kind: 'job', id: 'test', name: 'test' } });

describe('progress', () => {
  it.each(ALL_SERVERS)('that was left on %s is found on the others, and is not sent back', (kind) =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien });
      await connectAll(home);
      await sync(home);
      await pause(home, kind, ids[kind].alien, 30 * MINUTE);
      for (const fake of home.fakes) fake.forgetCalls();
      await sync(home);
      await sync(home);
      await exportNow(home);
      for (const other of ALL_SERVERS)
        expect(stateOn(home, other, ids[other].alien)).toMatchObject({ played: false, positionMs: 30 * MINUTE });
      expect(changesMade(home, kind)).toEqual([]);
      for (const other of ALL_SERVERS.filter((one) => one !== kind)) expect(changesMade(home, other)).toHaveLength(1);
    }),
  );

  it('goes on from server to server: the newest position wins', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien });
      await connectAll(home);
      await sync(home);
      await pause(home, 'plex', ids.plex.alien, 30 * MINUTE);
      await sync(home);
      await pause(home, 'emby', ids.emby.alien, 50 * MINUTE);
      await sync(home);
      for (const other of ALL_SERVERS) expect(stateOn(home, other, ids[other].alien).positionMs).toBe(50 * MINUTE);
      // Somebody goes back to see a scene again.
      await pause(home, 'jellyfin', ids.jellyfin.alien, 10 * MINUTE);
      await sync(home);
      for (const other of ALL_SERVERS) expect(stateOn(home, other, ids[other].alien).positionMs).toBe(10 * MINUTE);
    }));

  it('below a minute is not sent', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien });
      const accounts = await connectAll(home);
      await sync(home);
      await pause(home, 'plex', ids.plex.alien, MINUTE - 1_000);
      await sync(home);
      await exportNow(home);
      for (const other of ['jellyfin', 'emby'] as const) expect(stateOn(home, other, ids[other].alien).positionMs).toBe(0);
      expect((await standing(home, accounts.plex, ids.plex.alien)).viewing?.positionMs).toBe(MINUTE - 1_000);
    }));

  it('ends when the title is watched to its end elsewhere', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien });
      await connectAll(home);
      await sync(home);
      await pause(home, 'jellyfin', ids.jellyfin.alien, 30 * MINUTE);
      await sync(home);
      await home.fake('plex').finish('1', ids.plex.alien);
      await sync(home);
      for (const other of ALL_SERVERS) expect(stateOn(home, other, ids[other].alien)).toMatchObject({ played: true, positionMs: 0 });
    }));

  it('on a watched title is kept here, and stays here while the replay setting is off', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien });
      for (const kind of ALL_SERVERS) {
        home.fake(kind).setState(home.fake(kind).owner.id, ids[kind].alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
      }
      const accounts = await connectAll(home);
      await sync(home);
      await pause(home, 'plex', ids.plex.alien, 30 * MINUTE);
      await sync(home);
      await exportNow(home);
      expect((await standing(home, accounts.plex, ids.plex.alien)).viewing).toMatchObject({ watched: true, positionMs: 30 * MINUTE });
      for (const other of ['jellyfin', 'emby'] as const) {
        expect(stateOn(home, other, ids[other].alien)).toMatchObject({ played: true, playCount: 1, positionMs: 0 });
      }
    }));

  it('on a watched title that a server shows at first sight is kept here too', () =>
    inHousehold({ servers: ['plex'] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['plex']);
      home.fake('plex').setState('1', ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(DAY), positionMs: 30 * MINUTE });
      const accounts = await connectAll(home, ['plex']);
      await sync(home);
      expect((await standing(home, accounts.plex, ids.plex.alien)).viewing).toMatchObject({ watched: true, positionMs: 30 * MINUTE });
    }));

  it('on a watched title travels with the replay setting on, without taking the mark or adding a play', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien });
      for (const kind of ALL_SERVERS) {
        home.fake(kind).setState(home.fake(kind).owner.id, ids[kind].alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
      }
      const accounts = await connectAll(home);
      await replayOn(home);
      await sync(home);
      await pause(home, 'plex', ids.plex.alien, 30 * MINUTE);
      await sync(home);
      await exportNow(home);
      for (const other of ['jellyfin', 'emby'] as const) {
        expect(stateOn(home, other, ids[other].alien)).toMatchObject({ playCount: 1, positionMs: 30 * MINUTE });
      }
      const { viewing, plays } = await standing(home, accounts.plex, ids.plex.alien);
      expect(viewing).toMatchObject({ watched: true, positionMs: 30 * MINUTE });
      expect(plays).toHaveLength(1);
    }));

  it.each(ALL_SERVERS)('is not written to %s while the person plays that item there, and neither is a mark', (kind) =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien });
      await connectAll(home);
      await sync(home);
      const from = ALL_SERVERS.find((one) => one !== kind) ?? 'plex';
      home.fake(kind).startSession(home.fake(kind).owner.id, ids[kind].alien);
      home.fake(kind).forgetCalls();
      await pause(home, from, ids[from].alien, 30 * MINUTE);
      await sync(home);
      expect(changesMade(home, kind)).toEqual([]);
      await home.fake(from).finish(home.fake(from).owner.id, ids[from].alien);
      await sync(home);
      expect(changesMade(home, kind)).toEqual([]);
      // When the session is over, the next export tells.
      home.fake(kind).endSession(home.fake(kind).owner.id);
      await exportNow(home);
      expect(stateOn(home, kind, ids[kind].alien).played).toBe(true);
    }),
  );

  it('of a member of the household who may not see the sessions of Plex is not written over what they play either', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien, heat }, ['plex', 'jellyfin']);
      const plex = home.fake('plex');
      const jellyfin = home.fake('jellyfin');
      const mia = await home.rooms.people.create('mia');
      const on = { plex: plex.addUser({ name: 'mia' }), jellyfin: jellyfin.addUser({ name: 'mia' }) };
      await connectAll(home, ['plex', 'jellyfin']);
      await home.addBackend('plex', { as: on.plex, personId: mia.id });
      await home.addBackend('jellyfin', { as: on.jellyfin, personId: mia.id });
      await sync(home);
      plex.startSession(on.plex.id, ids.plex.alien);
      await jellyfin.pauseAt(on.jellyfin.id, ids.jellyfin.alien, 30 * MINUTE);
      await jellyfin.finish(on.jellyfin.id, ids.jellyfin.heat);
      await sync(home);
      expect(plex.stateOf(on.plex.id, ids.plex.alien).positionMs).toBe(0);
      expect(plex.stateOf(on.plex.id, ids.plex.heat).played).toBe(true);
    }));

  it('of our own writing, told back by the server at once, moves nothing', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien });
      const accounts = await connectAll(home);
      for (const kind of ALL_SERVERS) await home.hook(kind, accounts[kind]);
      await sync(home);
      for (const fake of home.fakes) fake.forgetCalls();
      await pause(home, 'jellyfin', ids.jellyfin.alien, 30 * MINUTE);
      await eventually(() => {
        for (const other of ['plex', 'emby'] as const) expect(stateOn(home, other, ids[other].alien).positionMs).toBe(30 * MINUTE);
      });
      await settled(home);
      await sync(home);
      expect(changesMade(home, 'jellyfin')).toEqual([]);
      expect((await standing(home, accounts.plex, ids.plex.alien)).viewing?.positionAccountId).toBe(accounts.jellyfin.id);
    }));

  it('within a file of two episodes is not taken for the position of either of them elsewhere', () =>
    inHousehold({ servers: ['plex', 'jellyfin', 'emby'] }, async (home) => {
      const both = episodeOf(1, { title: 'Pilot', episodes: [1, 2], ids: {}, durationMs: 94 * MINUTE });
      const there = shelve(home, 'jellyfin', both);
      const same = shelve(home, 'emby', both);
      const [first, second] = [shelve(home, 'plex', episodeOf(1)), shelve(home, 'plex', episodeOf(2))];
      await connectAll(home);
      await sync(home);
      await pause(home, 'jellyfin', there, 40 * MINUTE);
      await sync(home);
      await exportNow(home);
      for (const id of [first, second]) expect(stateOn(home, 'plex', id).positionMs).toBe(0);
      // The same file elsewhere is another matter.
      expect(stateOn(home, 'emby', same).positionMs).toBe(40 * MINUTE);
    }));
});
