import { describe, expect, it } from 'vitest';
import { ago, alien, connectAll, DAY, type Household, inHousehold, settled, shelve, standing, sync } from '#tests/support/journey.ts';

const stateOn = (home: Household, kind: 'plex' | 'jellyfin', id: string) => home.fake(kind).stateOf(home.fake(kind).owner.id, id);

describe('titles without ids', () => {
  it('are recognised by the end of their path where the household asks for it, and not before', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const bare = { ...alien, title: 'Holiday 2019', ids: {} };
      const one = shelve(home, 'plex', { ...bare, path: '/data/home/Holiday 2019/Holiday 2019.mkv' });
      const other = shelve(home, 'jellyfin', { ...bare, path: '/mnt/films/Holiday 2019/Holiday 2019.mkv' });
      home.fake('plex').setState(home.fake('plex').owner.id, one, { played: true, playCount: 1, lastPlayedAt: ago(4 * DAY) });
      const accounts = await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      expect((await standing(home, accounts.plex, one)).mediaIds).toEqual([]);
      expect((await home.send('PUT', '/api/v1/settings/matching.by-path', { value: true })).status).toBe(204);
      await sync(home);
      await settled(home);
      expect((await standing(home, accounts.plex, one)).mediaIds).toEqual((await standing(home, accounts.jellyfin, other)).mediaIds);
      expect(stateOn(home, 'jellyfin', other)).toMatchObject({ played: true, playCount: 1 });
      expect((await standing(home, accounts.plex, one)).plays).toHaveLength(1);
      expect((await home.get('/v1/api/system/env/WS_GUID_PATH_ENABLED')).body).toMatchObject({ value: true });
    }));
});
