import { describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { createViewingStore } from '#core/viewing/index.ts';
import { mediaId } from '#kernel/ids.ts';
import { DATABASES } from '#tests/support/databases.ts';
import { ago, alien, connectAll, DAY, heat, importNow, inHousehold, shelveAll, standing, sync } from '#tests/support/journey.ts';

const KINDS = ['plex', 'jellyfin'] as const;

describe.each(DATABASES)('a library whose pages are known, on %s', (database) => {
  it.each(KINDS)('of %s is heard again as soon as one of its titles changes', (kind) =>
    inHousehold({ database }, async (home) => {
      const ids = shelveAll(home, { alien, heat }, [kind]);
      const { [kind]: account } = await connectAll(home, [kind]);
      for (let run = 0; run < 3; run++) await sync(home);
      const fake = home.fake(kind);
      fake.setState(fake.owner.id, ids[kind].heat, { played: true, playCount: 1, lastPlayedAt: ago(DAY) });
      await importNow(home);
      expect((await standing(home, account, ids[kind].heat)).viewing?.watched).toBe(true);
      expect((await standing(home, account, ids[kind].alien)).viewing?.watched).toBe(false);
    }),
  );

  it.each(KINDS)('of %s is taken in again where our own word about one of its copies has changed', (kind) =>
    inHousehold({ database }, async (home) => {
      const ids = shelveAll(home, { alien, heat }, [kind]);
      const { [kind]: account } = await connectAll(home, [kind]);
      for (let run = 0; run < 3; run++) await sync(home);
      const { database: store, clock } = home.rooms;
      const graph = createMediaGraph(store, { clock });
      const copyNow = async () => (await graph.copiesOnServer(account.server.id, [ids[kind].alien]))[0];
      const copy = await copyNow();
      if (!copy) throw new Error('the copy was not taken in');
      await graph.markCopiesGone([copy.id]);
      await importNow(home);
      expect((await copyNow())?.goneAt).toBeUndefined();
    }),
  );

  it('is taken in again when the account is listened to from now on', () =>
    inHousehold({ database }, async (home) => {
      const ids = shelveAll(home, { alien }, ['plex']);
      const fake = home.fake('plex');
      fake.setState(fake.owner.id, ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(DAY) });
      const { plex } = await connectAll(home, ['plex'], { importEnabled: false });
      for (let run = 0; run < 3; run++) await importNow(home);
      const { mediaIds } = await standing(home, plex, ids.plex.alien);
      expect((await createViewingStore(home.rooms.database).plays(plex.personId, mediaIds)).get(mediaIds[0] ?? mediaId(0))).toBeUndefined();
      await home.rooms.connections.update(plex.id, { importEnabled: true }, { verify: false, signal: AbortSignal.timeout(5_000) });
      await importNow(home);
      expect((await standing(home, plex, ids.plex.alien)).plays).toHaveLength(1);
    }));
});
