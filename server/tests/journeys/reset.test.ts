import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { DATABASES } from '#tests/support/databases.ts';
import { ago, alien, connectAll, DAY, heat, inHousehold, settled, shelveAll, standing, sync } from '#tests/support/journey.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { createSimklCalls } from '#tests/support/simkl-calls.ts';

describe.each(DATABASES)('a reset on %s', (database) => {
  it('takes all histories into the bin after a backup, un-watches nothing anywhere, and can be taken back', () =>
    inHousehold({ database, servers: ['plex', 'jellyfin'] }, async (home) => {
      const { plex, jellyfin } = shelveAll(home, { alien, heat }, ['plex', 'jellyfin']);
      const owner = home.fake('plex').owner.id;
      home.fake('plex').setState(owner, plex.alien, { played: true, playCount: 2, lastPlayedAt: ago(9 * DAY) });
      const accounts = await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      const before = await standing(home, accounts.plex, plex.alien);
      expect(before.plays).toHaveLength(2);
      expect((await home.send('DELETE', '/v1/api/system/reset')).body).toEqual({ message: 'System reset is complete.' });
      expect((await home.get('/v1/api/history')).status).toBe(404);
      expect(await readdir(join(home.config.dataDir, 'backup'))).toEqual(
        expect.arrayContaining(['main.plex.json.zip', 'main.jellyfin.json.zip']),
      );
      await sync(home);
      for (const [kind, id] of [
        ['plex', plex.alien],
        ['jellyfin', jellyfin.alien],
      ] as const) {
        expect(home.fake(kind).stateOf(home.fake(kind).owner.id, id).played).toBe(true);
      }
      const { entries } = await home.rooms.bin.list({ personId: MAIN_PERSON, kind: 'viewing.history' }, { offset: 0, limit: 1 });
      expect((await home.send('POST', `/api/v1/bin/${entries[0]?.id}/restore`)).status).toBe(200);
      await settled(home);
      const after = await standing(home, accounts.plex, plex.alien);
      expect(after.viewing?.watched).toBe(true);
      expect(after.plays.map(({ at }) => at)).toEqual(before.plays.map(({ at }) => at));
    }));

  it('of a person who is removed takes what they watched into the bin, and their name brings it back', () =>
    inHousehold({ database, servers: ['plex'] }, async (home) => {
      const id = shelveAll(home, { alien }, ['plex']).plex.alien;
      const user = home.fake('plex').addUser({ name: 'ben' });
      const ben = await home.rooms.people.create('ben', 'Ben');
      home.fake('plex').setState(user.id, id, { played: true, playCount: 2, lastPlayedAt: ago(9 * DAY) });
      await home.addBackend('plex', { personId: ben.id, as: user });
      await sync(home);
      const app = createSimklCalls(() => home.address, await letAppIn(home.rooms.appGrants, { person: ben.id }));
      const memo = { text: 'in space nobody can hear you', is_private: true };
      await app('POST', '/sync/history', { movies: [{ ids: { imdb: 'tt0078748' }, memo }] });
      expect((await home.send('DELETE', '/v1/api/identities/ben')).status).toBe(200);
      await settled(home);
      const { entries } = await home.rooms.bin.list({ kind: 'viewing.history' }, { offset: 0, limit: 1 });
      expect(entries).toMatchObject([{ title: 'The history of Ben', personId: ben.id, actor: { kind: 'api-key' } }]);
      expect((await home.get('/v1/api/history', { 'x-user': 'ben' })).status).toBe(404);
      expect((await home.send('POST', `/api/v1/bin/${entries[0]?.id}/restore`)).status).toBe(200);
      const back = await home.get('/v1/api/history', { 'x-user': 'ben' });
      expect(back.body).toMatchObject({ history: [{ title: 'Alien', watched: 1, play_count: 2 }] });
      await settled(home);
      const again = await home.rooms.people.byName('ben');
      const ofBen = createSimklCalls(() => home.address, await letAppIn(home.rooms.appGrants, { person: again?.id ?? MAIN_PERSON }));
      expect((await ofBen('GET', '/sync/all-items/movies?memos=yes')).body).toMatchObject({ movies: [{ memo }] });
      const { entries: noted } = await home.rooms.activity.list({ verb: 'person.removed' }, { offset: 0, limit: 1 });
      expect(noted).toMatchObject([{ subject: 'ben' }]);
    }));
});
