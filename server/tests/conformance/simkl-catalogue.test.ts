import { SimklClient } from '@dvcol/simkl-http-client';
import { simklApi } from '@dvcol/simkl-http-client/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { serverId } from '#kernel/ids.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';

const listed = { libraryId: '1', files: [], genres: ['Crime'], state: { played: false, positionMs: 0 }, runtimeMs: 50 * 60_000 };
const DARK = { upstreamId: 'dark', title: 'Dark', year: 2017, ids: { tvdb: '334824', imdb: 'tt5753856' } };
const items: readonly UpstreamItem[] = [
  { ...listed, upstreamId: 'heat', kind: 'movie', title: 'Heat', year: 1995, ids: { imdb: 'tt0113277', tmdb: '949' } },
  { ...listed, upstreamId: 'd1', kind: 'episode', title: 'Secrets', ids: {}, show: DARK, season: 1, episodes: [1] },
  {
    ...listed,
    upstreamId: 'f1',
    kind: 'episode',
    title: 'The Journey’s End',
    ids: {},
    show: { upstreamId: 'f', title: 'Sousou no Frieren', year: 2023, ids: { mal: '52991' } },
    season: 1,
    episodes: [1],
  },
];

let home: Household;
let client: SimklClient;

beforeAll(async () => {
  home = await startHousehold({ servers: [] });
  const { clientId, token } = await letAppIn(home.rooms.appGrants);
  const settings = { client_id: clientId, client_secret: 'shh', redirect_uri: 'https://app.test/back' };
  client = new SimklClient({ ...settings, endpoint: home.address, useragent: 'conformance/1.0' }, { access_token: token }, simklApi);
  client.importAuthentication({ access_token: token });
  await home.rooms.database.transaction((handle) => createMediaGraph(handle, home.rooms).ingest(serverId(1), items));
});
afterAll(() => home.close());

describe('a real client of Simkl that looks titles up', () => {
  it('finds them by ids, by name and by the name of a file', async () => {
    const [found] = await (await client.search.id({ imdb: 'tt0113277' })).json();
    expect(found).toMatchObject({ type: 'movie', title: 'Heat', ids: { simkl: expect.any(Number), slug: 'heat' } });
    const reply = await client.search.text({ type: 'tv', q: 'dark', extended: true });
    expect(await reply.json()).toEqual([expect.objectContaining({ title: 'Dark', ids: expect.objectContaining({ slug: 'dark' }) })]);
    expect(reply.pagination).toMatchObject({ page: 1, limit: 10, pageCount: 1, itemCount: 1 });
    expect(await (await client.search.text({ type: 'anime', q: 'frieren' })).json()).toHaveLength(1);
    // The client's own types have the wrong request for this verb.
    const asked = { file: 'Dark.S01E01.mkv' } as unknown as { type: 'tv'; q: string };
    expect(await (await client.search.file(asked)).json()).toMatchObject({
      type: 'episode',
      show: { title: 'Dark' },
      episode: { title: 'Secrets', season: 1, episode: 1 },
    });
  });

  it('reads their pages and episodes', async () => {
    expect(await (await client.movie.id({ id: 'tt0113277', extended: true })).json()).toMatchObject({ title: 'Heat', type: 'movie' });
    const show = await (await client.show.id({ id: 'tt5753856', extended: true })).json();
    expect(show).toMatchObject({ title: 'Dark', type: 'show', total_episodes: 1 });
    expect(await (await client.show.episodes({ id: show.ids.simkl })).json()).toMatchObject([{ season: 1, episode: 1, title: 'Secrets' }]);
    const [anime] = await (await client.search.id({ mal: 52_991 })).json();
    expect(await (await client.anime.id({ id: anime?.ids.simkl ?? 0 })).json()).toMatchObject({
      type: 'anime',
      ids: { mal: '52991' },
    });
    expect(await (await client.anime.episodes({ id: anime?.ids.simkl ?? 0 })).json()).toMatchObject([{ episode: 1 }]);
    expect(await (await client.ratings({ imdb: 'tt0113277', fields: ['has_trailer'] })).json()).toMatchObject({ has_trailer: false });
  });
});

describe('a real client of Simkl that plays something', () => {
  it('checks in, and sees what its person has watched', async () => {
    const checked = await client.checkin({
      show: { ids: { simkl: 0, slug: '', tvdb: 334_824 }, episode: { season: 1, number: 1 } },
    });
    expect([checked.status, await checked.json()]).toEqual([201, expect.objectContaining({ action: 'checkin', show: expect.anything() })]);
    const stats = await (await client.user.stats({ id: MAIN_PERSON })).json();
    expect(stats).toMatchObject({ total_mins: 0, tv: { watching: { count: 0 } }, watched_last_week: { total_mins: 0 } });
  });

  it('is told in its own words what it named wrongly', async () => {
    const wrong = await client
      .checkin({ movie: { ids: { simkl: 1, slug: 'x' } } })
      .catch((error: { error: Response }) => error.error.json());
    expect(wrong).toMatchObject({ error: 'id_err', code: 404 });
  });
});
