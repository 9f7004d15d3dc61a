import { setTimeout } from 'node:timers/promises';
import { SimklClient } from '@dvcol/simkl-http-client';
import { simklApi } from '@dvcol/simkl-http-client/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { serverId } from '#kernel/ids.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';

const listed = { libraryId: '1', files: [], genres: [], state: { played: false, positionMs: 0 } };
const DARK = { upstreamId: 'dark', title: 'Dark', year: 2017, ids: { tvdb: '334824', simkl: '605' } };
const episode = (number: number): UpstreamItem => ({
  ...listed,
  upstreamId: `dark-${number}`,
  kind: 'episode',
  title: `Part ${number}`,
  ids: {},
  show: DARK,
  season: 1,
  episodes: [number],
});
const HEAT: UpstreamItem = {
  ...listed,
  upstreamId: 'heat',
  kind: 'movie',
  title: 'Heat',
  year: 1995,
  ids: { imdb: 'tt0113277', simkl: '53992' },
};

/** A real client from npm, made for the original, pointed at a house: what it takes from an answer is what apps take. */
describe('the client of @dvcol', () => {
  let home: Household;
  let client: SimklClient;

  beforeAll(async () => {
    home = await startHousehold({ servers: [] });
    const { clientId, token } = await letAppIn(home.rooms.appGrants, { clientId: 'dvcol' });
    await home.rooms.database.transaction((handle) =>
      createMediaGraph(handle, { clock: home.rooms.clock }).ingest(serverId(1), [HEAT, episode(1), episode(2)]),
    );
    const settings = {
      client_id: clientId,
      client_secret: 'none',
      redirect_uri: 'https://app.test/back',
      endpoint: home.address,
      useragent: 'conformance/1',
    };
    client = new SimklClient(settings, { access_token: token }, simklApi);
  });
  afterAll(() => home.close());

  const body = async <T>(reply: Promise<{ json(): Promise<T> }>): Promise<T> => (await reply).json();

  it('marks, asks, lists, rates and removes', async () => {
    const ids = { simkl: 53992, slug: 'heat' };
    const dark = { simkl: 605, slug: 'dark' };
    const before = await body(client.sync.activity());
    expect(before).toMatchObject({ all: expect.any(String), movies: { completed: null } });

    const added = await body(
      client.sync.history.add({
        movies: [{ ids, memo: 'good' }],
        shows: [{ ids: dark, seasons: [{ number: 1, episodes: [{ number: 1 }] }] }],
      }),
    );
    expect(added).toMatchObject({ added: { movies: 1, shows: 1, episodes: 1 }, not_found: { movies: [], shows: [], episodes: [] } });

    const all = await body(client.sync.history.get({ extended: true, episode_watched_at: true, next_watch_info: true }));
    expect(all.movies).toMatchObject([{ status: 'completed', movie: { title: 'Heat', ids: { simkl: 53992, imdb: 'tt0113277' } } }]);
    expect(all.shows).toMatchObject([
      {
        status: 'watching',
        last_watched: 'S01E01',
        next_to_watch: 'S01E02',
        seasons: [{ number: 1, episodes: [{ number: 1, watched_at: expect.any(String) }] }],
        next_to_watch_info: { episode: 2 },
      },
    ]);
    const shows = await body(client.sync.history.get({ type: 'shows', status: 'watching' }));
    expect(Object.keys(shows)).toEqual(['shows']);

    expect(await body(client.sync.history.check({ payload: [{ simkl: 53992 }, { simkl: 1 }] } as never))).toMatchObject([
      { result: true, list: 'completed' },
      { result: 'not_found' },
    ]);

    const listedNow = await body(client.sync.list.add({ movies: [{ ids, to: 'plantowatch' }] } as never));
    expect(listedNow).toMatchObject({ added: { movies: [{ ids, to: 'plantowatch' }] } });

    expect(await body(client.sync.ratings.add({ movies: [{ ids, rating: 9 }] } as never))).toMatchObject({ added: { movies: 1 } });
    expect(await body(client.sync.ratings.get({ type: 'movies', rating: 9 }))).toMatchObject({ movies: [{ user_rating: 9 }] });
    expect(await body(client.sync.ratings.get({}))).toMatchObject({ movies: [{ user_rating: 9 }], shows: [{ user_rating: null }] });
    expect(await body(client.sync.ratings.remove({ movies: [{ ids }] } as never))).toMatchObject({ deleted: { movies: 1, shows: 0 } });

    // Days are told to the second.
    await setTimeout(1_100);
    const removed = await body(client.sync.history.remove({ movies: [{ ids }], shows: [{ ids: dark }] }));
    expect(removed).toMatchObject({ deleted: { movies: 1, shows: 1 }, not_found: { movies: [], shows: [] } });
    const after = await body(client.sync.activity());
    expect(after.all > before.all).toBe(true);
    expect(after.movies.removed_from_list).not.toBeNull();
  });
});
