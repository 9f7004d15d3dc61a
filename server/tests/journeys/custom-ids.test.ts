import { describe, expect, it } from 'vitest';
import { DATABASES } from '#tests/support/databases.ts';
import {
  ago,
  connectAll,
  DAY,
  type Household,
  heat,
  importNow,
  inHousehold,
  settled,
  shelve,
  standing,
  sync,
} from '#tests/support/journey.ts';

const KINDS = ['plex', 'jellyfin', 'emby'] as const;
const GUIDS = '/v1/api/system/guids/custom';
const provider = {
  name: 'letterboxd',
  type: 'plex',
  description: '',
  validator: { pattern: '/^[a-z0-9-]+$/i', example: 'heat', tests: { valid: ['heat-1995'], invalid: ['heat 1995'] } },
};
const appKey = (home: Household) => ({ 'x-api-key': home.config.apiKey ?? '' });
type Row = { id: number; guids: Record<string, string>; watched: number };
/** Nothing found is a 404 of the page. */
const rowsOf = async (home: Household, query: string) =>
  ((await home.get(`/v1/api/history?${query}`)).body as { history?: Row[] }).history ?? [];

async function addOwnId(home: Household): Promise<string> {
  const made = await home.send('PUT', GUIDS, provider);
  for (const [kind, from] of [
    ['plex', 'com.plexapp.agents.letterboxd'],
    ['jellyfin', 'Letterboxd'],
    ['emby', 'letterboxd'],
  ]) {
    const map = { from, to: 'guid_letterboxd' };
    const { status } = await home.send('PUT', `${GUIDS}/${kind}`, { map, ...(kind === 'plex' && { options: { legacy: true } }) });
    expect(status).toBe(200);
  }
  return (made.body as { id: string }).id;
}

describe.each(DATABASES)('ids of the household’s own, on %s', (database) => {
  it('join what three servers have, without a restart; taken away, nothing is lost, and the bin gives them back', () =>
    inHousehold({ database, servers: [...KINDS] }, async (home) => {
      // Different names and years, and no id that everybody knows: nothing but the own id says that they are one.
      const bare = (title: string) => ({ ...heat, title, ids: { letterboxd: 'heat-1995' } });
      const ids = Object.fromEntries(KINDS.map((kind) => [kind, shelve(home, kind, bare(`Heat on ${kind}`))])) as Record<
        (typeof KINDS)[number],
        string
      >;
      home.fake('plex').setState('1', ids.plex, { played: true, playCount: 1, lastPlayedAt: ago(4 * DAY) });
      const accounts = await connectAll(home, [...KINDS]);
      await sync(home);
      expect((await standing(home, accounts.plex, ids.plex)).mediaIds).toEqual([]);

      const id = await addOwnId(home);
      await sync(home);
      await settled(home);
      const [title] = (await standing(home, accounts.plex, ids.plex)).mediaIds;
      expect(title).toBeDefined();
      for (const kind of ['jellyfin', 'emby'] as const) {
        expect((await standing(home, accounts[kind], ids[kind])).mediaIds).toEqual([title]);
        expect(home.fake(kind).stateOf(home.fake(kind).owner.id, ids[kind])).toMatchObject({ played: true });
      }
      for (const query of ['guids=letterboxd://heat-1995', 'guids=guid_letterboxd://heat-1995'])
        expect((await rowsOf(home, query)).map((row) => [row.id, row.guids])).toEqual([[title, { guid_letterboxd: 'heat-1995' }]]);

      expect((await home.send('POST', '/v1/api/ignore', { rule: 'movie://letterboxd:heat-1995@emby' })).status).toBe(200);
      expect((await home.send('POST', '/v1/api/ignore', { rule: 'movie://letterboxd:no%20id@emby' })).status).toBe(400);
      await home.send('DELETE', `${GUIDS}/${id}`);
      expect((await home.send('DELETE', '/v1/api/ignore', { rule: 'movie://letterboxd:heat-1995@emby' })).status).toBe(200);
      expect(await rowsOf(home, 'guids=letterboxd://heat-1995')).toEqual([]);
      await importNow(home);
      expect((await rowsOf(home, 'watched=1')).map((row) => [row.id, row.guids])).toEqual([[title, {}]]);
      expect((await standing(home, accounts.jellyfin, ids.jellyfin)).plays).toHaveLength(1);

      const { body } = await home.get('/api/v1/bin', appKey(home));
      const [entry] = (body as { items: { id: number; kind: string }[] }).items.filter(({ kind }) => kind === 'media.provider');
      expect((await home.send('POST', `/api/v1/bin/${entry?.id}/restore`, undefined, appKey(home))).status).toBe(200);
      expect((await rowsOf(home, 'guids=letterboxd://heat-1995')).map((row) => row.id)).toEqual([title]);
      await sync(home);
      for (const kind of KINDS) expect((await standing(home, accounts[kind], ids[kind])).mediaIds).toEqual([title]);
    }));
});

describe('ids of the household’s own', () => {
  it('are there again after a restart, and name series too', () =>
    inHousehold({ servers: ['jellyfin', 'emby'] }, async (home) => {
      await addOwnId(home);
      await home.restart();
      const show = { title: 'Twin Peaks', year: 1990, ids: { letterboxd: 'twin-peaks' } };
      const episode = { kind: 'episode' as const, title: 'Pilot', season: 1, episodes: [1], ids: {}, addedAt: ago(400 * DAY), show };
      const one = shelve(home, 'jellyfin', episode);
      const other = shelve(home, 'emby', { ...episode, show: { ...show, title: 'Northwest Passage' } });
      const accounts = await connectAll(home, ['jellyfin', 'emby']);
      await sync(home);
      const [title] = (await standing(home, accounts.jellyfin, one)).mediaIds;
      expect((await standing(home, accounts.emby, other)).mediaIds).toEqual([title]);
      expect((await rowsOf(home, 'rguid=letterboxd://twin-peaks/1/1')).map((row) => row.id)).toEqual([title]);
      expect((await rowsOf(home, 'parent=guid_letterboxd://twin-peaks')).map((row) => row.id)).toEqual([title]);
    }));
});
