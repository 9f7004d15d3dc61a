import { describe, expect, it } from 'vitest';
import { DATABASES } from '#tests/support/databases.ts';
import {
  ago,
  alien,
  connectAll,
  DAY,
  exportNow,
  type Household,
  heat,
  importNow,
  inHousehold,
  MINUTE,
  type ServerKind,
  settled,
  shelveAll,
  standing,
  sync,
} from '#tests/support/journey.ts';

const KINDS = ['plex', 'jellyfin', 'emby'] as const;

/** Everybody has seen the title, and everybody knows. */
async function allWatched(home: Household, kinds: readonly ServerKind[] = KINDS) {
  const ids = shelveAll(home, { alien }, kinds);
  for (const kind of kinds) {
    const fake = home.fake(kind);
    fake.setState(fake.owner.id, ids[kind].alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
  }
  const accounts = await connectAll(home, kinds);
  await sync(home);
  return { ids, accounts };
}

const playedOn = (home: Household, kind: ServerKind, id: string) => home.fake(kind).stateOf(home.fake(kind).owner.id, id).played;

describe.each(DATABASES)('an un-watch, on %s', (database) => {
  it.each(KINDS)('on %s is seen by the next import and carried to the others, and the plays stay', (kind) =>
    inHousehold({ database }, async (home) => {
      const { ids, accounts } = await allWatched(home);
      await home.fake(kind).markByHand(home.fake(kind).owner.id, ids[kind].alien, false);
      await sync(home);
      for (const other of KINDS) expect(playedOn(home, other, ids[other].alien)).toBe(false);
      const { viewing, plays } = await standing(home, accounts.plex, ids.plex.alien);
      expect(viewing?.watched).toBe(false);
      expect(plays).toHaveLength(1);
      await sync(home);
      await exportNow(home);
      for (const other of KINDS) expect(playedOn(home, other, ids[other].alien)).toBe(false);
    }),
  );
});

describe('an un-watch is not believed', () => {
  it.each(KINDS)('of a copy on %s that was added anew: the mark is put back there', (kind) =>
    inHousehold({}, async (home) => {
      const { ids } = await allWatched(home);
      const fake = home.fake(kind);
      fake.replaceCopy(ids[kind].alien, ago(MINUTE));
      fake.setState(fake.owner.id, ids[kind].alien, { played: false, playCount: 0 });
      await sync(home);
      for (const other of KINDS) expect(playedOn(home, other, ids[other].alien)).toBe(true);
    }),
  );

  it.each(KINDS)('of an item on %s that came back under another id', (kind) =>
    inHousehold({}, async (home) => {
      const { ids } = await allWatched(home);
      home.fake(kind).removeTitle(ids[kind].alien);
      await sync(home);
      const [again] = Object.values(shelveAll(home, { alien }, [kind])[kind]);
      await sync(home);
      for (const other of KINDS) expect(playedOn(home, other, other === kind ? String(again) : ids[other].alien)).toBe(true);
    }),
  );

  it('where the account has DISABLE_MARK_UNPLAYED: it is told of the mark again', () =>
    inHousehold({}, async (home) => {
      const { ids, accounts } = await allWatched(home);
      await home.rooms.connections.update(accounts.jellyfin.id, { neverUnwatch: true }, { verify: false });
      await home.fake('jellyfin').markByHand(home.fake('jellyfin').owner.id, ids.jellyfin.alien, false);
      await sync(home);
      for (const other of KINDS) expect(playedOn(home, other, ids[other].alien)).toBe(true);
    }));

  it.each(['jellyfin', 'emby'] as const)('when %s shows a title as unplayed because it was begun again', (kind) =>
    inHousehold({}, async (home) => {
      const { ids, accounts } = await allWatched(home);
      const fake = home.fake(kind);
      await fake.pauseAt(fake.owner.id, ids[kind].alien, 20 * MINUTE);
      await sync(home);
      await exportNow(home);
      for (const other of KINDS.filter((one) => one !== kind)) expect(playedOn(home, other, ids[other].alien)).toBe(true);
      // Where it is being watched, the position stays and no mark is written over it.
      expect(fake.stateOf(fake.owner.id, ids[kind].alien)).toMatchObject({ played: false, positionMs: 20 * MINUTE });
      expect((await standing(home, accounts.plex, ids.plex.alien)).viewing).toMatchObject({ watched: true });
      // And when it ends, that is one more play.
      await fake.finish(fake.owner.id, ids[kind].alien);
      await sync(home);
      expect((await standing(home, accounts.plex, ids.plex.alien)).plays).toHaveLength(2);
      for (const other of KINDS.filter((one) => one !== kind)) {
        expect(home.fake(other).stateOf(home.fake(other).owner.id, ids[other].alien).playCount).toBe(1);
      }
    }),
  );

  it.each([
    ['the play is heard of first', ['plex', 'jellyfin']],
    ['the un-watch is heard of first', ['jellyfin', 'plex']],
  ] as const)('when the title was watched elsewhere in the same window: watched wins (%s)', (_order, order) =>
    inHousehold({}, async (home) => {
      const { ids } = await allWatched(home);
      await home.fake('plex').finish(home.fake('plex').owner.id, ids.plex.alien);
      await home.fake('jellyfin').markByHand(home.fake('jellyfin').owner.id, ids.jellyfin.alien, false);
      for (const name of order) await importNow(home, { backend: name });
      await settled(home);
      await sync(home);
      for (const other of KINDS) expect(playedOn(home, other, ids[other].alien)).toBe(true);
    }),
  );

  it('when a server has lost the item, or shows no library at all', () =>
    inHousehold({}, async (home) => {
      const { ids, accounts } = await allWatched(home);
      home.fake('emby').removeTitle(ids.emby.alien);
      await sync(home);
      expect((await standing(home, accounts.plex, ids.plex.alien)).viewing?.watched).toBe(true);
      for (const other of ['plex', 'jellyfin'] as const) expect(playedOn(home, other, ids[other].alien)).toBe(true);
    }));

  it('of a title that this server never had as watched', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien, heat });
      const plex = home.fake('plex');
      plex.setState(plex.owner.id, ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
      const accounts = await connectAll(home, KINDS);
      await home.rooms.connections.update(accounts.emby.id, { exportEnabled: false }, { verify: false });
      await sync(home);
      // Emby is not told, and says "unplayed" at every import.
      home.fake('emby').setState(home.fake('emby').owner.id, ids.emby.alien, { positionMs: 5 * MINUTE });
      await sync(home);
      expect(playedOn(home, 'plex', ids.plex.alien)).toBe(true);
      expect(playedOn(home, 'jellyfin', ids.jellyfin.alien)).toBe(true);
      expect(playedOn(home, 'emby', ids.emby.alien)).toBe(false);
    }));
});
