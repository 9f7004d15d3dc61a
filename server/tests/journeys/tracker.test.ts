import { describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import { DATABASES } from '#tests/support/databases.ts';
import {
  ALL_SERVERS,
  ago,
  alien,
  connectAll,
  DAY,
  episodeOf,
  eventually,
  type Household,
  heat,
  importNow,
  inHousehold,
  movieNumber,
  type ServerKind,
  settled,
  shelveAll,
  sync,
} from '#tests/support/journey.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { createSimklCalls, type SimklCalls } from '#tests/support/simkl-calls.ts';
import { createMediaDesk } from '../../src/media-desk.ts';

type Entry = {
  status: string;
  last_watched_at: string | null;
  last_watched?: string | null;
  watched_episodes_count: number;
  user_rating: number | null;
  memo?: { text?: string };
  show?: { title: string; ids: { simkl: number } };
  movie?: { title: string; ids: { simkl: number } };
};
type Library = Partial<Record<'shows' | 'anime' | 'movies', Entry[]>>;
type Activities = {
  all: string;
  settings: { all: string | null };
  movies: Record<string, string | null>;
  tv_shows: Record<string, string | null>;
};

const ALIEN = { title: 'Alien', year: 1979, ids: { imdb: 'tt0078748' } };
const TWIN_PEAKS = { title: 'Twin Peaks', year: 1990, ids: { tvdb: 70533 } };
const marks = (...numbers: number[]) => ({ ...TWIN_PEAKS, seasons: [{ number: 1, episodes: numbers.map((number) => ({ number })) }] });

const appOf = async (home: Household): Promise<SimklCalls> => createSimklCalls(() => home.address, await letAppIn(home.rooms.appGrants));
const library = async (app: SimklCalls, query = ''): Promise<Library> => (await app<Library>('GET', `/sync/all-items${query}`)).body;
const activities = async (app: SimklCalls): Promise<Activities> => (await app<Activities>('GET', '/sync/activities')).body;
const playedOn = (home: Household, kind: ServerKind, id: string) => home.fake(kind).stateOf(home.fake(kind).owner.id, id).played;
const heard = (home: Household) => home.rooms.events.idle(AbortSignal.timeout(10_000));
const titles = (answer: Library): string[] =>
  Object.values(answer).flatMap((rows) => rows.map((row) => row.movie?.title ?? row.show?.title ?? '?'));

async function connected(home: Household, watched: boolean) {
  const ids = shelveAll(home, { alien, heat, first: episodeOf(1), second: episodeOf(2), third: episodeOf(3) });
  const { plex } = Object.fromEntries(ALL_SERVERS.map((kind) => [kind, home.fake(kind)]));
  if (watched && plex) plex.setState(plex.owner.id, ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
  const accounts = await connectAll(home);
  await sync(home);
  await heard(home);
  return { ids, accounts, app: await appOf(home) };
}

/** Everything that the person would un-watch has been told, or is a question. */
async function unwatched(home: Household): Promise<void> {
  await eventually(async () => {
    const { jobs } = await home.rooms.jobs.list({ statuses: ['pending', 'running'] }, 1, 100);
    expect(jobs.filter((job) => job.name === 'tracker:unwatch')).toEqual([]);
  }, 20_000);
  await heard(home);
  await settled(home);
}

describe.each(DATABASES)('one history, on %s', (database) => {
  it('shows what servers had when they were taken in', () =>
    inHousehold({ database }, async (home) => {
      const { app } = await connected(home, true);
      const { movies } = await library(app);
      expect(movies).toEqual([
        expect.objectContaining({ status: 'completed', last_watched_at: `${new Date(ago(60 * DAY)).toISOString().slice(0, 19)}Z` }),
      ]);
      expect((await activities(app)).movies.completed).not.toBeNull();
    }));

  it('has a play that Plex tells of in the activities and in what changed since', () =>
    inHousehold({ database }, async (home) => {
      const { ids, accounts, app } = await connected(home, true);
      await home.hook('plex', accounts.plex);
      const before = await activities(app);
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      await home.fake('plex').finish(home.fake('plex').owner.id, ids.plex.first);
      await eventually(async () => expect((await activities(app)).tv_shows.watching).not.toBeNull());
      const after = await activities(app);
      expect(after.all > before.all).toBe(true);
      expect(after.movies).toEqual(before.movies);
      const changed = await library(app, `?date_from=${before.all}&extended=full`);
      expect(changed.shows).toEqual([
        expect.objectContaining({
          status: 'watching',
          last_watched: 'S01E01',
          watched_episodes_count: 1,
          seasons: [{ number: 1, episodes: [{ number: 1 }] }],
        }),
      ]);
    }));

  it('carries an episode that an app marks to Plex, Jellyfin and Emby, and their echo is nothing new', () =>
    inHousehold({ database }, async (home) => {
      const { ids, app } = await connected(home, false);
      expect((await app('POST', '/sync/history', { shows: [marks(2)] })).status).toBe(201);
      expect((await activities(app)).tv_shows.watching).not.toBeNull();
      await eventually(() => {
        for (const kind of ALL_SERVERS) expect([kind, playedOn(home, kind, ids[kind].second)]).toEqual([kind, true]);
      });
      await settled(home);
      const { all } = await activities(app);
      await sync(home);
      await heard(home);
      expect((await activities(app)).all).toBe(all);
      for (const kind of ALL_SERVERS) expect(playedOn(home, kind, ids[kind].first)).toBe(false);
    }));

  it('takes away on the servers what an app removes, and brings it back from the bin with all that belongs to it', () =>
    inHousehold({ database }, async (home) => {
      const { ids, app } = await connected(home, false);
      await app('POST', '/sync/history', { movies: [{ ...ALIEN, rating: 8, memo: { text: 'again', is_private: true } }] });
      await eventually(() => {
        for (const kind of ALL_SERVERS) expect(playedOn(home, kind, ids[kind].alien)).toBe(true);
      });
      await app('POST', '/sync/add-to-list', { movies: [{ ...ALIEN, to: 'dropped' }] });
      await settled(home);
      const before = await library(app, '?memos=yes');
      await app('POST', '/sync/history/remove', { movies: [ALIEN] });
      expect(await library(app)).toEqual({});
      await unwatched(home);
      for (const kind of ALL_SERVERS) expect([kind, playedOn(home, kind, ids[kind].alien)]).toEqual([kind, false]);
      expect(await library(app)).toEqual({});

      const { entries } = await home.rooms.bin.list({ personId: MAIN_PERSON }, { offset: 0, limit: 10 });
      expect(entries.map((entry) => [entry.kind, entry.title])).toEqual([['tracker.title', 'Alien (1979)']]);
      await home.rooms.restoring.restore(entries[0]?.id ?? 0, { kind: 'login', id: 1, name: 'owner' });
      expect(await library(app, '?memos=yes')).toEqual(before);
      await eventually(() => {
        for (const kind of ALL_SERVERS) expect([kind, playedOn(home, kind, ids[kind].alien)]).toEqual([kind, true]);
      });
    }));
});

describe('an app that', () => {
  it('sets its progress by taking a season away and marking as much of it again un-watches nothing on servers', () =>
    inHousehold({}, async (home) => {
      const { ids, app } = await connected(home, false);
      await app('POST', '/sync/history', { shows: [marks(1, 2)] });
      await eventually(() => expect(playedOn(home, 'emby', ids.emby.second)).toBe(true));
      await settled(home);
      await app('POST', '/sync/history/remove', { shows: [{ ...TWIN_PEAKS, seasons: [{ number: 1 }] }] });
      await app('POST', '/sync/history', { shows: [marks(1, 2, 3)] });
      await unwatched(home);
      await eventually(() => expect(playedOn(home, 'emby', ids.emby.third)).toBe(true));
      for (const kind of ALL_SERVERS) {
        const { owner, calls } = home.fake(kind);
        expect(owner).toBeDefined();
        expect(
          calls.filter(({ method, path }) =>
            kind === 'plex' ? path.includes('unscrobble') : method === 'DELETE' && path.includes('PlayedItems'),
          ),
        ).toEqual([]);
      }
      expect((await library(app)).shows).toEqual([expect.objectContaining({ status: 'watching', watched_episodes_count: 3 })]);
    }));

  it('follows what leaves finds it missing when it compares all ids', () =>
    inHousehold({ servers: [] }, async (home) => {
      const app = await appOf(home);
      await app('POST', '/sync/history', { movies: [ALIEN, { title: 'Heat', year: 1995, ids: { imdb: 'tt0113277' } }] });
      const had = titles(await library(app));
      const { movies: before } = await activities(app);
      await app('POST', '/sync/history/remove', { movies: [ALIEN] });
      const { movies: after } = await activities(app);
      expect([before.removed_from_list, after.removed_from_list === null]).toEqual([null, false]);
      const ids = (await library(app, '?extended=simkl_ids_only')).movies?.map((row) => row.movie?.ids.simkl);
      expect([had.length, ids?.length]).toEqual([2, 1]);
    }));

  it('removes more than 25 titles within an hour is answered as always, and servers wait for a person', () =>
    inHousehold({ servers: ['jellyfin'] }, async (home) => {
      const numbers = Array.from({ length: 26 }, (_, number) => number);
      const films = Object.fromEntries(numbers.map((number) => [`m${number}`, movieNumber(number)]));
      const ids = shelveAll(home, films, ['jellyfin']).jellyfin;
      const fake = home.fake('jellyfin');
      for (const id of Object.values(ids)) fake.setState(fake.owner.id, id, { played: true, playCount: 1, lastPlayedAt: ago(9 * DAY) });
      await connectAll(home, ['jellyfin']);
      await sync(home);
      await heard(home);
      const app = await appOf(home);
      expect((await library(app)).movies).toHaveLength(26);
      const bodies = numbers.map((number) => ({ ids: { imdb: `tt${9_000_000 + number}` } }));
      const answer = await app<{ deleted: { movies: number } }>('POST', '/sync/history/remove', { movies: bodies });
      expect([answer.status, answer.body.deleted.movies]).toEqual([201, 26]);
      expect(await library(app)).toEqual({});
      await unwatched(home);
      const playedThere = () => Object.values(ids).filter((id) => playedOn(home, 'jellyfin', id)).length;
      expect(playedThere()).toBe(26);
      await sync(home);
      await heard(home);
      expect([playedThere(), await library(app)]).toEqual([26, {}]);

      const { plans } = await home.rooms.plans.list({ feature: 'tracker.unwatch' }, { offset: 0, limit: 10 });
      expect(plans.map((plan) => [plan.state, plan.summary.unwatches])).toEqual([['proposed', 26]]);
      // One of them is watched again meanwhile: that mark stays.
      await app('POST', '/sync/history', { movies: [bodies[0]] });
      await home.rooms.plans.approve(plans[0]?.id ?? expect.fail('no plan'), { kind: 'login', id: 1, name: 'owner' });
      await eventually(() => expect(playedThere()).toBe(1));
      expect(titles(await library(app))).toEqual(['Movie 0']);
    }));

  it('is refused by a person leaves the servers as they are, and the removed in the bin', () =>
    inHousehold({ servers: ['jellyfin'] }, async (home) => {
      const numbers = Array.from({ length: 26 }, (_, number) => number);
      const ids = shelveAll(home, Object.fromEntries(numbers.map((number) => [`m${number}`, movieNumber(number)])), ['jellyfin']).jellyfin;
      const fake = home.fake('jellyfin');
      for (const id of Object.values(ids)) fake.setState(fake.owner.id, id, { played: true, playCount: 1, lastPlayedAt: ago(9 * DAY) });
      await connectAll(home, ['jellyfin']);
      await sync(home);
      await heard(home);
      const app = await appOf(home);
      await app('POST', '/sync/history/remove', { movies: numbers.map((number) => ({ ids: { imdb: `tt${9_000_000 + number}` } })) });
      await unwatched(home);
      const { plans } = await home.rooms.plans.list({ feature: 'tracker.unwatch' }, { offset: 0, limit: 10 });
      await home.rooms.plans.reject(plans[0]?.id ?? expect.fail('no plan'), { kind: 'login', id: 1, name: 'owner' });
      await heard(home);
      await settled(home);
      await importNow(home);
      await heard(home);
      expect(Object.values(ids).every((id) => playedOn(home, 'jellyfin', id))).toBe(true);
      expect(await library(app)).toEqual({});
      expect((await home.rooms.bin.list({}, { offset: 0, limit: 100 })).total).toBe(26);
    }));
});

describe('what an app is shown of a person', () => {
  it('changes with their name, and the days say so', () =>
    inHousehold({ servers: [] }, async (home) => {
      const app = await appOf(home);
      const settings = async () => (await activities(app)).settings.all;
      expect(await settings()).toBeNull();
      await home.rooms.people.rename('main', 'Somebody else');
      await heard(home);
      const moved = await settings();
      expect(moved).toBe((await activities(app)).all);
      expect((await app('GET', '/users/settings')).body).toMatchObject({ user: { name: 'Somebody else' } });
      await home.rooms.people.rename('main', 'Somebody else');
      await heard(home);
      expect(await settings()).toBe(moved);
    }));
});

describe.each(DATABASES)('a library, on %s', (database) => {
  it('follows a merge of two titles and a split of them', () =>
    inHousehold({ database, servers: [] }, async (home) => {
      const app = await appOf(home);
      await app('POST', '/sync/history', {
        movies: [
          { title: 'Alien', year: 1979, ids: { imdb: 'tt0078748' }, memo: { text: 'one', is_private: false } },
          { title: 'Alien (Director’s Cut)', year: 1979, ids: { imdb: 'tt0078749' }, status: 'plantowatch' },
        ],
      });
      const { database: db, clock, titleClaims } = home.rooms;
      const ids = await titleClaims.resolve(
        ['tt0078748', 'tt0078749'].map((imdb) => ({ kind: 'movie', ids: { imdb } })),
        { create: false },
      );
      const [one, cut] = ids;
      if (one === undefined || cut === undefined) return expect.fail('a title is missing');
      const desk = createMediaDesk(home.rooms);
      await desk.merge(one, cut, 'test');
      await heard(home);
      const merged = (await library(app, '?memos=yes')).movies;
      expect(merged).toEqual([expect.objectContaining({ memo: { text: 'one', is_private: false }, last_watched_at: expect.any(String) })]);
      expect((await activities(app)).movies.removed_from_list).not.toBeNull();
      const [merge] = await createMediaGraph(db, { clock }).merges({ limit: 1, offset: 0 });
      await desk.split(merge?.mergeId ?? 0);
      await heard(home);
      expect((await library(app, '?memos=yes')).movies).toHaveLength(2);
    }));

  it('goes with the history into the bin, and comes back with it', () =>
    inHousehold({ database, servers: [] }, async (home) => {
      const app = await appOf(home);
      await app('POST', '/sync/history', { movies: [{ ...ALIEN, rating: 7 }] });
      const { historyBin, database: db, bin, restoring } = home.rooms;
      const actor = { kind: 'login', id: 1, name: 'owner' };
      await db.transaction((handle) => historyBin.takeAll(handle, { personId: MAIN_PERSON, title: 'all', actor }));
      await heard(home);
      await settled(home);
      expect(await library(app)).toEqual({});
      const { entries } = await bin.list({}, { offset: 0, limit: 1 });
      await restoring.restore(entries[0]?.id ?? 0, actor);
      await heard(home);
      await settled(home);
      expect((await library(app)).movies).toEqual([expect.objectContaining({ status: 'completed', user_rating: 7 })]);
    }));
});
