import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { serverId } from '#kernel/ids.ts';
import { API_KEY, type Household, startHousehold } from '#tests/support/household.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { createSimklCalls, type SimklCalls } from '#tests/support/simkl-calls.ts';

const MINUTE = 60_000;
const listed = { libraryId: '1', files: [], genres: [], state: { played: false, positionMs: 0 } };
const DARK = { upstreamId: 'dark', title: 'Dark', year: 2017, ids: { tvdb: '334824' } };
const AKIRA = {
  ...listed,
  upstreamId: 'akira',
  kind: 'movie' as const,
  title: 'Akira',
  year: 1988,
  ids: { mal: '47' },
  runtimeMs: 120 * MINUTE,
};
const HEAT = {
  ...listed,
  upstreamId: 'heat',
  kind: 'movie' as const,
  title: 'Heat',
  year: 1995,
  ids: { imdb: 'tt1' },
  runtimeMs: 170 * MINUTE,
};
const episode = (number: number, releasedOn: string): UpstreamItem => ({
  ...listed,
  upstreamId: `dark-${number}`,
  kind: 'episode',
  title: `Part ${number}`,
  ids: {},
  show: DARK,
  season: 1,
  episodes: [number],
  runtimeMs: 50 * MINUTE,
  releasedOn,
});

let home: Household;
let call: SimklCalls;
let now = Date.UTC(2026, 0, 10, 12);

beforeAll(async () => {
  home = await startHousehold({ servers: [], clock: { now: () => now } });
  call = createSimklCalls(() => home.address, await letAppIn(home.rooms.appGrants));
  await home.rooms.database.transaction((handle) =>
    createMediaGraph(handle, home.rooms).ingest(serverId(1), [
      HEAT,
      AKIRA,
      episode(1, '2017-12-01'),
      episode(2, '2017-12-01'),
      episode(3, '2017-12-01'),
      episode(4, '2030-01-01'),
    ]),
  );
});
afterAll(() => home.close());

describe('what a person’s watching comes to', () => {
  it('is told in titles, episodes and minutes, by GET and POST', async () => {
    await call('POST', '/scrobble/stop', { progress: 90, movie: { ids: { imdb: 'tt1' } } });
    await call('POST', '/scrobble/stop', { progress: 90, anime: { ids: { mal: 47 } } });
    now += 10 * 24 * 60 * MINUTE;
    await call('POST', '/scrobble/stop', { progress: 90, movie: { ids: { imdb: 'tt1' } } });
    await call('POST', '/scrobble/stop', { progress: 90, show: { ids: { tvdb: 334_824 } }, episode: { season: 1, number: 1 } });
    const { status, body } = await call('GET', `/users/${MAIN_PERSON}/stats`);
    expect(status).toBe(200);
    const none = { watched_episodes_count: 0, count: 0 };
    const open = { ...none, left_to_watch_episodes: 0, left_to_watch_mins: 0, total_episodes_count: 0 };
    expect(body).toEqual({
      total_mins: 2 * 170 + 120 + 50,
      movies: {
        total_mins: 2 * 170,
        plantowatch: { mins: 0, count: 0 },
        completed: { mins: 170, count: 1 },
        dropped: { mins: 0, count: 0 },
      },
      tv: {
        total_mins: 50,
        watching: { watched_episodes_count: 1, count: 1, left_to_watch_episodes: 2, left_to_watch_mins: 100, total_episodes_count: 4 },
        hold: open,
        plantowatch: open,
        completed: none,
        dropped: none,
      },
      anime: expect.objectContaining({ total_mins: 120, completed: { watched_episodes_count: expect.any(Number), count: 1 } }),
      watched_last_week: { total_mins: 220, movies_mins: 170, tv_mins: 50, anime_mins: 0 },
    });
    const posted = await call('POST', `/users/${MAIN_PERSON}/stats`);
    expect([posted.status, posted.body]).toEqual([201, body]);
  });

  it('says to older apps what they call the list of what somebody has given up', async () => {
    const owner = await home.rooms.access.authenticate({ credential: API_KEY, surface: 'app' });
    if (!owner) throw new Error('the key of the household is refused');
    const old = { clientId: 'old-app', name: 'Old', dialect: 'legacy', generation: 1 } as const;
    await home.rooms.appGrants.apps.register(old, owner.actor);
    const legacy = createSimklCalls(() => home.address, await letAppIn(home.rooms.appGrants, { clientId: 'old-app' }));
    const { body } = await legacy<{ movies: object; tv: object }>('GET', `/users/${MAIN_PERSON}/stats`);
    for (const shelf of [body.movies, body.tv]) {
      expect(shelf).toHaveProperty('notinteresting');
      expect(shelf).not.toHaveProperty('dropped');
    }
  });

  it.each(['2', '999', 'x', '0', '%00'])('is nothing of anybody else: %s', async (id) => {
    await home.rooms.people.create(`person ${id.length}${id.charCodeAt(0)}`.replaceAll(/\W/g, '_'));
    const { status, body } = await call('GET', `/users/${id}/stats`);
    expect([status, body]).toMatchObject([
      200,
      { total_mins: 0, movies: { completed: { count: 0 } }, watched_last_week: { total_mins: 0 } },
    ]);
  });
});
