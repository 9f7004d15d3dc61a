import { describe, expect, it } from 'vitest';
import { DATABASES } from '#tests/support/databases.ts';
import {
  ALL_SERVERS,
  alien,
  connectAll,
  episodeOf,
  eventually,
  type Household,
  heat,
  inHousehold,
  MINUTE,
  type ServerKind,
  settled,
  shelveAll,
  standing,
  sync,
} from '#tests/support/journey.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { createSimklCalls } from '#tests/support/simkl-calls.ts';

const stateOn = (home: Household, kind: ServerKind, id: string) => home.fake(kind).stateOf(home.fake(kind).owner.id, id);
const appOf = async (home: Household) => createSimklCalls(() => home.address, await letAppIn(home.rooms.appGrants));
const ALIEN = { movie: { title: 'Alien', ids: { imdb: 'tt0078748' } } };

describe.each(DATABASES)('what an app plays, on %s', (database) => {
  it('is paused where it was paused, and watched where it was watched, on every server', () =>
    inHousehold({ database }, async (home) => {
      const ids = shelveAll(home, { alien, pilot: episodeOf(1) });
      const { plex } = await connectAll(home);
      await sync(home);
      const call = await appOf(home);

      await call('POST', '/scrobble/start', { progress: 0, ...ALIEN });
      expect((await call('POST', '/scrobble/pause', { progress: 50, ...ALIEN })).status).toBe(201);
      await settled(home);
      for (const kind of ALL_SERVERS)
        expect(stateOn(home, kind, ids[kind].alien)).toMatchObject({ played: false, positionMs: 58.5 * MINUTE });

      const episode = { show: { ids: { tvdb: 70_533 } }, episode: { season: 1, number: 1 } };
      expect((await call('POST', '/scrobble/stop', { progress: 92, ...episode })).body).toMatchObject({ action: 'scrobble' });
      await eventually(() => {
        for (const kind of ALL_SERVERS) expect(stateOn(home, kind, ids[kind].pilot).played).toBe(true);
      });
      await settled(home);
      expect((await call<{ tv_shows: { watching: string | null } }>('POST', '/sync/activities')).body.tv_shows.watching).not.toBeNull();
      expect((await call('GET', '/sync/all-items/shows?extended=full')).body).toMatchObject({
        shows: [{ status: 'watching', seasons: [{ number: 1, episodes: [{ number: 1 }] }] }],
      });

      // What the servers say afterwards is no second play, and moves no position back.
      await sync(home);
      expect((await standing(home, plex, ids.plex.pilot)).plays).toHaveLength(1);
      expect((await call('GET', '/sync/playback')).body).toMatchObject([{ type: 'movie', progress: 50, movie: { title: 'Alien' } }]);
    }));

  it('goes on where a server was left, and is forgotten by its number', () =>
    inHousehold({ database, servers: ['jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien, heat }, ['jellyfin']);
      await connectAll(home, ['jellyfin']);
      await sync(home);
      home.fake('jellyfin').pauseAt(home.fake('jellyfin').owner.id, ids.jellyfin.heat, 85 * MINUTE);
      await sync(home);
      const call = await appOf(home);
      const { body } = await call<{ id: number }[]>('GET', '/sync/playback/movies');
      expect(body).toEqual([expect.objectContaining({ progress: 50, movie: expect.objectContaining({ title: 'Heat' }) })]);
      expect((await call('DELETE', `/sync/playback/${body[0]?.id}`)).status).toBe(204);
      await sync(home);
      expect((await call('GET', '/sync/playback')).body).toEqual([]);
    }));
});
