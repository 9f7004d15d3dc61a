import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import {
  ago,
  alien,
  connectAll,
  DAY,
  episodeOf,
  type Household,
  heat,
  inHousehold,
  type ServerKind,
  settled,
  shelve,
  shelveAll,
  standing,
  sync,
} from '#tests/support/journey.ts';

type Conflict = { id: number; kind: string; copy: { upstream_id: string } | null; candidates: { id: number; title: string }[] };

const stateOn = (home: Household, kind: ServerKind, id: string) => home.fake(kind).stateOf(home.fake(kind).owner.id, id);
const watchedOn = (home: Household, kind: ServerKind, id: string, at = ago(60 * DAY)) =>
  home.fake(kind).setState(home.fake(kind).owner.id, id, { played: true, playCount: 1, lastPlayedAt: at });
const openConflicts = async (home: Household) => ((await home.get('/api/v1/conflicts')).body as { items: Conflict[] }).items;
const settle = async (home: Household, id: number | undefined, body: object): Promise<void> => {
  expect((await home.send('POST', `/api/v1/conflicts/${id}/settle`, body)).status).toBe(204);
};

describe('what a person decides', () => {
  it('reaches the servers at once where it says what an item is', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const { plex } = shelveAll(home, { alien, heat }, ['plex']);
      const mixed = shelve(home, 'jellyfin', { ...alien, ids: { imdb: 'tt0078748', tmdb: '949' } });
      watchedOn(home, 'plex', plex.alien);
      const accounts = await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      expect(stateOn(home, 'jellyfin', mixed).played).toBe(false);
      const [conflict] = await openConflicts(home);
      const [alienId] = (await standing(home, accounts.plex, plex.alien)).mediaIds;
      await settle(home, conflict?.id, { media: alienId });
      await settled(home);
      expect(stateOn(home, 'jellyfin', mixed).played).toBe(true);
    }));

  it('reaches the servers at once where two entries become one, and can be taken back', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const one = shelve(home, 'plex', { ...alien, ids: { imdb: 'tt0078748' } });
      const other = shelve(home, 'jellyfin', { ...alien, ids: { tmdb: '348' } });
      watchedOn(home, 'plex', one);
      const accounts = await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      const [into] = (await standing(home, accounts.plex, one)).mediaIds;
      const [from] = (await standing(home, accounts.jellyfin, other)).mediaIds;
      expect((await home.send('POST', '/api/v1/merges', { from, into })).status).toBe(204);
      await settled(home);
      expect(stateOn(home, 'jellyfin', other).played).toBe(true);
      const { items } = (await home.get('/api/v1/merges')).body as { items: { id: number; split_at: string | null }[] };
      expect(items).toEqual([
        expect.objectContaining({ from: expect.objectContaining({ id: from }), into: expect.objectContaining({ id: into }) }),
      ]);
      expect((await home.send('POST', `/api/v1/merges/${items[0]?.id}/split`)).status).toBe(204);
      expect((await standing(home, accounts.jellyfin, other)).mediaIds).toEqual([from]);
      expect((await home.send('POST', `/api/v1/merges/${items[0]?.id}/split`)).status).toBe(409);
      expect((await home.send('POST', '/api/v1/merges/99/split')).status).toBe(404);
      expect((await home.send('POST', '/api/v1/merges', { from: 'x', into })).status).toBe(400);
    }));

  it('reaches the servers at once where something comes back from the bin', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const { plex, jellyfin } = shelveAll(home, { alien }, ['plex', 'jellyfin']);
      watchedOn(home, 'plex', plex.alien);
      const account = await home.addBackend('plex');
      await sync(home);
      const [id] = (await standing(home, account, plex.alien)).mediaIds;
      expect((await home.send('DELETE', `/v1/api/history/${id}`)).status).toBe(200);
      await home.addBackend('jellyfin');
      await sync(home);
      expect(stateOn(home, 'jellyfin', jellyfin.alien).played).toBe(false);
      const { entries } = await home.rooms.bin.list({ personId: MAIN_PERSON }, { offset: 0, limit: 1 });
      expect((await home.send('POST', `/api/v1/bin/${entries[0]?.id}/restore`)).status).toBe(200);
      await settled(home);
      expect(stateOn(home, 'jellyfin', jellyfin.alien).played).toBe(true);
    }));

  it('makes what an item said before its first word on the title that it now is', () =>
    inHousehold({ servers: ['plex', 'jellyfin', 'emby'] }, async (home) => {
      const bare = shelve(home, 'emby', episodeOf(1, { ids: {} }));
      watchedOn(home, 'emby', bare);
      const emby = await home.addBackend('emby');
      await sync(home);
      expect((await standing(home, emby, bare)).plays).toHaveLength(1);
      // Two servers give the number to two different episodes: which of them Emby's is, only a person knows.
      shelve(home, 'plex', episodeOf(1, { title: 'One', ids: { tvdb: '1001' } }));
      const two = shelve(home, 'jellyfin', episodeOf(1, { title: 'Two', ids: { tvdb: '2002' } }));
      const plex = await home.addBackend('plex');
      const jellyfin = await home.addBackend('jellyfin');
      await sync(home);
      const conflict = (await openConflicts(home)).find(({ copy }) => copy?.upstream_id === bare);
      const [wanted] = (await standing(home, jellyfin, two)).mediaIds;
      expect(conflict).toBeDefined();
      expect((await standing(home, jellyfin, two)).viewing?.watched).toBe(false);
      await settle(home, conflict?.id, { media: wanted });
      await sync(home);
      expect(await standing(home, jellyfin, two)).toMatchObject({ viewing: { watched: true }, plays: [{ at: ago(60 * DAY) }] });
      expect(stateOn(home, 'jellyfin', two).played).toBe(true);
      expect(plex.name).toBe('plex');
    }));
});
