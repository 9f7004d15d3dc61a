import { describe, expect, it } from 'vitest';
import {
  ago,
  alien,
  connectAll,
  DAY,
  type Household,
  inHousehold,
  type ServerKind,
  shelveAll,
  shelvesOf,
  standing,
  sync,
} from '#tests/support/journey.ts';

const watchedBefore = { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) };
const ownerOn = (home: Household, kind: ServerKind) => home.fake(kind).owner.id;
const stateOn = (home: Household, kind: ServerKind, id: string) => home.fake(kind).stateOf(ownerOn(home, kind), id);

describe.each(['plex', 'jellyfin', 'emby'] as const)('a title that %s did not list for a while', (kind) => {
  const other = kind === 'plex' ? 'jellyfin' : 'plex';

  it.each(['sqlite', 'postgres'] as const)('and that came back without its mark was not un-watched by anybody (%s)', (database) =>
    inHousehold({ database, servers: [kind, other] }, async (home) => {
      const ids = shelveAll(home, { alien }, [kind, other]);
      const fake = home.fake(kind);
      fake.setState(ownerOn(home, kind), ids[kind].alien, watchedBefore);
      const accounts = await connectAll(home, [kind, other]);
      await sync(home);
      fake.removeTitle(ids[kind].alien);
      await sync(home);
      // Its file has the date that it had before.
      fake.addTitle(shelvesOf(home, kind).movies, { ...alien, upstreamId: ids[kind].alien });
      fake.setState(ownerOn(home, kind), ids[kind].alien, { played: false, playCount: 0 });
      await sync(home);
      const { viewing, plays } = await standing(home, accounts[other], ids[other].alien);
      expect(viewing?.watched).toBe(true);
      expect(plays).toHaveLength(1);
      for (const one of [kind, other] as const) expect(stateOn(home, one, ids[one].alien)).toMatchObject({ played: true, playCount: 1 });
      await fake.markByHand(ownerOn(home, kind), ids[kind].alien, false);
      await sync(home);
      expect(stateOn(home, other, ids[other].alien).played).toBe(false);
    }),
  );
});

describe('a library that was ignored, or away', () => {
  it('takes no mark away when it is read again, least of all one that was made later elsewhere', () =>
    inHousehold({ servers: ['jellyfin', 'plex'] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['jellyfin', 'plex']);
      home.fake('jellyfin').setState(ownerOn(home, 'jellyfin'), ids.jellyfin.alien, watchedBefore);
      const accounts = await connectAll(home, ['jellyfin', 'plex']);
      await sync(home);
      const { connections } = home.rooms;
      const ignore = (libraries: string | null) =>
        connections.update(accounts.jellyfin.id, { options: { ignore: libraries } }, { verify: false });
      await ignore(shelvesOf(home, 'jellyfin').movies);
      await home.fake('jellyfin').markByHand(ownerOn(home, 'jellyfin'), ids.jellyfin.alien, false);
      await sync(home);
      await home.fake('plex').finish(ownerOn(home, 'plex'), ids.plex.alien);
      await sync(home);
      await sync(home);
      await ignore(null);
      await sync(home);
      expect((await standing(home, accounts.plex, ids.plex.alien)).viewing?.watched).toBe(true);
      expect(stateOn(home, 'plex', ids.plex.alien)).toMatchObject({ played: true, playCount: 2 });
      expect(stateOn(home, 'jellyfin', ids.jellyfin.alien).played).toBe(true);
    }));

  it('is told what was un-watched meanwhile', () =>
    inHousehold({ servers: ['jellyfin', 'plex'] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['jellyfin', 'plex']);
      home.fake('jellyfin').setState(ownerOn(home, 'jellyfin'), ids.jellyfin.alien, watchedBefore);
      const accounts = await connectAll(home, ['jellyfin', 'plex']);
      await sync(home);
      home.fake('jellyfin').removeTitle(ids.jellyfin.alien);
      await sync(home);
      await home.fake('plex').markByHand(ownerOn(home, 'plex'), ids.plex.alien, false);
      await sync(home);
      home.fake('jellyfin').addTitle(shelvesOf(home, 'jellyfin').movies, { ...alien, upstreamId: ids.jellyfin.alien });
      home.fake('jellyfin').setState(ownerOn(home, 'jellyfin'), ids.jellyfin.alien, watchedBefore);
      await sync(home);
      expect((await standing(home, accounts.plex, ids.plex.alien)).viewing?.watched).toBe(false);
      expect(stateOn(home, 'jellyfin', ids.jellyfin.alien).played).toBe(false);
    }));
});
