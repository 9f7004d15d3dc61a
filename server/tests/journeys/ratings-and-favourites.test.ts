import { describe, expect, it } from 'vitest';
import type { Account, NewAccount } from '#core/connections/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import { DATABASES } from '#tests/support/databases.ts';
import {
  ago,
  alien,
  connectAll,
  DAY,
  episodeOf,
  eventually,
  type Household,
  heat,
  inHousehold,
  movieNumber,
  proposeNow,
  type ServerKind,
  settled,
  shelve,
  shelveAll,
  sync,
} from '#tests/support/journey.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { createSimklCalls, type SimklCalls } from '#tests/support/simkl-calls.ts';

type Entry = { status: string; user_rating: number | null; show?: { title: string }; movie?: { title: string } };
type Library = Partial<Record<'shows' | 'anime' | 'movies', Entry[]>>;
type Added = { added: { movies: { to: string }[] } };
type Activities = { movies: Record<string, string | null>; tv_shows: Record<string, string | null> };

const ALIEN = { title: 'Alien', year: 1979, ids: { imdb: 'tt0078748' } };
const HEAT = { title: 'Heat', year: 1995, ids: { imdb: 'tt0113277' } };
const RATINGS = { 'ratings.import': true, 'ratings.export': true };
const FAVOURITES = { 'favorites.import': true, 'favorites.export': true };
const SERIES = '70001';
const first = episodeOf(1, { show: { upstreamId: SERIES, title: 'Twin Peaks', year: 1990, ids: { tvdb: '70533', imdb: 'tt0098936' } } });

const appOf = async (home: Household): Promise<SimklCalls> => createSimklCalls(() => home.address, await letAppIn(home.rooms.appGrants));

async function library(app: SimklCalls): Promise<Record<string, [status: string, rating: number | null]>> {
  const { body } = await app<Library>('GET', '/sync/all-items');
  const rows = [...(body.movies ?? []), ...(body.shows ?? [])];
  return Object.fromEntries(rows.map((row) => [row.movie?.title ?? row.show?.title, [row.status, row.user_rating]]));
}
const activities = async (app: SimklCalls): Promise<Activities> => (await app<Activities>('GET', '/sync/activities')).body;
const stateOn = (home: Household, kind: ServerKind, id: string) => home.fake(kind).stateOf(home.fake(kind).owner.id, id);
const rateOnPlex = (home: Household, id: string, rating: number | undefined, ratedAt?: number) =>
  home.fake('plex').setState(home.fake('plex').owner.id, id, { ...{ rating, ratedAt } } as { rating: number });
const like = (home: Household, kind: ServerKind, id: string, favorite: boolean) =>
  home.fake(kind).setState(home.fake(kind).owner.id, id, { favorite });
const written = (home: Household, kind: ServerKind) =>
  home.fake(kind).calls.filter(({ method, path }) => path === '/:/rate' || (method !== 'GET' && /Favorite/.test(path)));

let loseAnswer = (_edge: string): void => undefined;

async function heard(home: Household): Promise<void> {
  await home.rooms.events.idle(AbortSignal.timeout(10_000));
  await settled(home);
}

async function read(home: Household): Promise<void> {
  await sync(home);
  await heard(home);
}

async function onPlex(home: Household, wish: Partial<NewAccount> = { options: RATINGS }) {
  const { plex: ids } = shelveAll(home, { alien, heat, first }, ['plex']);
  const { plex: account } = await connectAll(home, ['plex'], wish);
  return { ids, account: account as Account, app: await appOf(home) };
}

describe.each(DATABASES)('ratings of Plex, on %s', (database) => {
  const servers = ['plex'] as const;

  it('are those of the library: movies and series, with the day, and what changed is told to apps', () =>
    inHousehold({ database, servers }, async (home) => {
      const { ids, app } = await onPlex(home);
      rateOnPlex(home, ids.alien, 7.5, ago(30 * DAY));
      rateOnPlex(home, SERIES, 10);
      await read(home);
      expect(await library(app)).toEqual({ Alien: ['completed', 8], 'Twin Peaks': ['watching', 10] });
      const { movies, tv_shows: shows } = await activities(app);
      expect([movies.rated_at, shows.rated_at]).not.toContain(null);
      // Our 8 is their 7.5: nothing is sent back, now or later.
      await read(home);
      expect(written(home, 'plex')).toEqual([]);
      expect((await activities(app)).movies.rated_at).toBe(movies.rated_at);
    }));

  it('are written there when an app rates, and taken away when it takes them back', () =>
    inHousehold({ database, servers }, async (home) => {
      const { ids, app } = await onPlex(home);
      await read(home);
      await app('POST', '/sync/ratings', { movies: [{ ...ALIEN, rating: 9 }] });
      await eventually(() => expect(stateOn(home, 'plex', ids.alien).rating).toBe(9));
      await heard(home);
      const { movies } = await activities(app);
      await read(home);
      expect((await activities(app)).movies.rated_at).toBe(movies.rated_at);
      const { entries } = await home.rooms.journal.list({ kind: 'shelf-sync.set' }, 1, 10);
      expect(entries).toEqual([expect.objectContaining({ state: 'confirmed', before: { value: null } })]);
      await app('POST', '/sync/ratings/remove', { movies: [ALIEN] });
      await eventually(() => expect(stateOn(home, 'plex', ids.alien).rating).toBeUndefined());
      await read(home);
      expect((await library(app)).Alien?.[1]).toBeNull();
    }));

  it('go here when they go there, and stay where an app has rated anew since', () =>
    inHousehold({ database, servers }, async (home) => {
      const { ids, app } = await onPlex(home);
      rateOnPlex(home, ids.alien, 6);
      rateOnPlex(home, ids.heat, 6);
      await read(home);
      rateOnPlex(home, ids.alien, undefined);
      rateOnPlex(home, ids.heat, undefined);
      home.fake('plex').setMood('server-error');
      await app('POST', '/sync/ratings', { movies: [{ ...HEAT, rating: 2 }] });
      await home.rooms.events.idle(AbortSignal.timeout(10_000));
      home.fake('plex').setMood('fine');
      await read(home);
      expect((await library(app)).Alien?.[1]).toBeNull();
      expect((await library(app)).Heat?.[1]).toBe(2);
    }));

  it('ask before many of them go', () =>
    inHousehold({ database, servers }, async (home) => {
      const ids = Array.from({ length: 8 }, (_, index) => shelve(home, 'plex', movieNumber(index)));
      for (const id of ids) rateOnPlex(home, id, 5);
      await connectAll(home, ['plex'], { options: RATINGS });
      const app = await appOf(home);
      await read(home);
      for (const id of ids) rateOnPlex(home, id, undefined);
      await expect(sync(home)).rejects.toMatchObject({ code: 'stopped-by-guard' });
      await expect(sync(home)).rejects.toMatchObject({ code: 'stopped-by-guard' });
      expect(Object.values(await library(app)).map(([, rating]) => rating)).toEqual(ids.map(() => 5));
      const { plans } = await home.rooms.plans.list({ states: ['proposed'] }, { offset: 0, limit: 10 });
      const [plan] = plans;
      if (plan === undefined || plans.length > 1) throw new Error(`${plans.length} plans wait`);
      await home.rooms.plans.approve(plan.id, { kind: 'login', id: '1', name: 'owner' });
      await eventually(async () => expect((await home.rooms.plans.get(plan.id)).state).toBe('applied'));
      expect(Object.values(await library(app)).map(([, rating]) => rating)).toEqual(ids.map(() => null));
      await read(home);
    }));

  it('stay on both sides where their going was not meant, and are not asked about again', () =>
    inHousehold({ database, servers }, async (home) => {
      const ids = Array.from({ length: 8 }, (_, index) => shelve(home, 'plex', movieNumber(index)));
      for (const id of ids) rateOnPlex(home, id, 5);
      await connectAll(home, ['plex'], { options: RATINGS });
      const app = await appOf(home);
      await read(home);
      for (const id of ids.slice(0, 6)) rateOnPlex(home, id, undefined);
      await expect(sync(home)).rejects.toMatchObject({ code: 'stopped-by-guard' });
      const waiting = async () => (await home.rooms.plans.list({ states: ['proposed'] }, { offset: 0, limit: 10 })).plans;
      const [plan] = await waiting();
      if (plan === undefined) throw new Error('no plan waits');
      await home.rooms.plans.reject(plan.id, { kind: 'login', id: '1', name: 'owner' });
      await heard(home);
      await read(home);
      await read(home);
      expect(Object.values(await library(app)).map(([, rating]) => rating)).toEqual(ids.map(() => 5));
      expect(ids.map((id) => stateOn(home, 'plex', id).rating)).toEqual([...Array(6).fill(undefined), 5, 5]);
      expect([await waiting(), written(home, 'plex')]).toEqual([[], []]);
      // Both sides are compared with how they stand since: a new rating there counts.
      rateOnPlex(home, ids[0] ?? '', 9);
      await read(home);
      expect((await library(app))['Movie 0']?.[1]).toBe(9);
    }));

  it('are looked at where the answer was lost, and not taken for failed', () =>
    inHousehold({ database, servers, house: { callDeadlineMs: 700, onEdge: (edge) => loseAnswer(edge) } }, async (home) => {
      const { ids, app } = await onPlex(home);
      await read(home);
      let lost = 0;
      loseAnswer = (edge) => {
        if (edge === 'after-intent' && lost++ === 0) home.fake('plex').setMood('late', { times: 1 });
      };
      await app('POST', '/sync/ratings', { movies: [{ ...ALIEN, rating: 9 }] });
      await eventually(async () => {
        const { entries } = await home.rooms.journal.list({ kind: 'shelf-sync.set' }, 1, 10);
        expect(entries).toEqual([expect.objectContaining({ state: 'confirmed', outcome: { seenAfterwards: true } })]);
      }, 20_000);
      expect(stateOn(home, 'plex', ids.alien).rating).toBe(9);
      expect(written(home, 'plex')).toHaveLength(1);
    }));

  it('go there as an app takes them away, but for so many within an hour', () =>
    inHousehold({ database, servers }, async (home) => {
      const ids = Array.from({ length: 28 }, (_, index) => shelve(home, 'plex', movieNumber(index)));
      for (const id of ids) rateOnPlex(home, id, 5);
      await connectAll(home, ['plex'], { options: RATINGS });
      const app = await appOf(home);
      await read(home);
      const movies = ids.map((_, index) => ({ ids: { imdb: movieNumber(index).ids?.imdb } }));
      expect((await app('POST', '/sync/ratings/remove', { movies })).status).toBe(201);
      await heard(home);
      const left = () => ids.filter((id) => stateOn(home, 'plex', id).rating !== undefined);
      expect(left()).toHaveLength(3);
      // What is left is few enough for a run.
      await read(home);
      expect(left()).toHaveLength(0);
    }));

  it('come back from the servers when a history went to the bin, and are not taken away there', () =>
    inHousehold({ database, servers }, async (home) => {
      const { ids, app } = await onPlex(home);
      rateOnPlex(home, ids.alien, 6);
      await read(home);
      await home.send('DELETE', '/v1/api/system/reset');
      await heard(home);
      expect(await library(app)).toEqual({});
      await read(home);
      expect(stateOn(home, 'plex', ids.alien).rating).toBe(6);
      expect((await library(app)).Alien?.[1]).toBe(6);
    }));

  it('are let alone where no switch is on, and a dry run only shows them', () =>
    inHousehold({ database, servers }, async (home) => {
      const { ids, account, app } = await onPlex(home, {});
      rateOnPlex(home, ids.alien, 8);
      await app('POST', '/sync/ratings', { movies: [{ ...HEAT, rating: 3 }] });
      await read(home);
      expect((await library(app)).Alien).toBeUndefined();
      await home.rooms.connections.update(account.id, { options: RATINGS }, { verify: false });
      const lines: string[] = [];
      await home.rooms.watchSync.runImport({
        dryRun: true,
        signal: AbortSignal.timeout(20_000),
        log: (_, text) => void lines.push(text),
        progress: () => undefined,
        breathe: async () => undefined,
      });
      await heard(home);
      expect(lines.filter((line) => line.includes('would be rated'))).toEqual([
        expect.stringMatching(/Alien \(1979\) would be rated 8 here \(a server that is seen for the first time can add\)/),
        expect.stringMatching(/Heat \(1995\) would be rated 3 on .* \(what is known here is added/),
      ]);
      expect((await library(app)).Alien).toBeUndefined();
      expect(written(home, 'plex')).toEqual([]);
    }));

  it('are in the first plan of a server, and wait for its approval', () =>
    inHousehold({ database, servers }, async (home) => {
      const { ids, app } = await onPlex(home, { options: RATINGS, consent: 'pending' });
      rateOnPlex(home, ids.alien, 8);
      const plan = await proposeNow(home);
      const { changes } = await home.rooms.plans.changes(plan.id, {}, { offset: 0, limit: 10 });
      expect(changes).toEqual([
        expect.objectContaining({
          kind: 'learn-rating',
          before: { rating: null },
          after: { rating: 8 },
          subject: expect.objectContaining({ title: 'Alien (1979)' }),
        }),
      ]);
      expect(await library(app)).toEqual({});
      await home.rooms.plans.approve(plan.id, { kind: 'login', id: '1', name: 'owner' });
      await eventually(async () => expect((await library(app)).Alien).toEqual(['completed', 8]));
    }));
});

describe.each(DATABASES)('favourites, on %s', (database) => {
  const servers = ['jellyfin', 'emby'] as const;

  it.each(servers)('of %s are what is planned to be watched, come and go', (kind) =>
    inHousehold({ database, servers: [kind] }, async (home) => {
      const ids = shelveAll(home, { alien, heat, first }, [kind])[kind];
      await connectAll(home, [kind], { options: FAVOURITES });
      const app = await appOf(home);
      like(home, kind, ids.alien, true);
      like(home, kind, SERIES, true);
      await read(home);
      expect(await library(app)).toEqual({ Alien: ['plantowatch', null], 'Twin Peaks': ['plantowatch', null] });
      const { movies } = await activities(app);
      expect(movies.plantowatch).not.toBeNull();

      await app('POST', '/sync/add-to-list', { movies: [{ ...HEAT, to: 'plantowatch' }] });
      await eventually(() => expect(stateOn(home, kind, ids.heat).favorite).toBe(true));
      await app('POST', '/sync/add-to-list', { shows: [{ ids: { tvdb: 70533 }, to: 'dropped' }] });
      await eventually(() => expect(stateOn(home, kind, SERIES).favorite).toBe(false));
      await heard(home);

      like(home, kind, ids.alien, false);
      await read(home);
      expect(await library(app)).toEqual({ Heat: ['plantowatch', null], 'Twin Peaks': ['dropped', null] });
      expect((await activities(app)).movies.removed_from_list).not.toBeNull();
      // It lies in the bin, as whatever leaves a library.
      const { entries } = await home.rooms.bin.list({ personId: MAIN_PERSON }, { offset: 0, limit: 10 });
      expect(entries.map((entry) => entry.title)).toEqual(['Alien (1979)']);
    }),
  );

  it('cost no look at titles whose list moved beside them', () =>
    inHousehold({ database, servers: ['jellyfin'] }, async (home) => {
      const { jellyfin: ids } = shelveAll(home, { alien, heat }, ['jellyfin']);
      await connectAll(home, ['jellyfin'], { options: FAVOURITES });
      await read(home);
      const owner = home.fake('jellyfin').owner.id;
      home.fake('jellyfin').setState(owner, ids.alien, { played: true, playCount: 1, lastPlayedAt: ago(DAY) });
      await read(home);
      expect(await library(await appOf(home))).toEqual({ Alien: ['completed', null] });
      const { jobs } = await home.rooms.jobs.list({}, 1, 100);
      expect(jobs.map((job) => job.name)).not.toContain('shelf:tell');
    }));

  it('of movies come to rest where they stand for a list that has no movies', () =>
    inHousehold({ database, servers: ['jellyfin'] }, async (home) => {
      const { jellyfin: ids } = shelveAll(home, { alien, heat, first }, ['jellyfin']);
      await connectAll(home, ['jellyfin'], { options: { ...FAVOURITES, 'favorites.list': 'hold' } });
      const app = await appOf(home);
      like(home, 'jellyfin', ids.alien, true);
      like(home, 'jellyfin', SERIES, true);
      await read(home);
      // A movie is on hold nowhere, as for an app that says so.
      const asByApp = (await app<Added>('POST', '/sync/add-to-list', { movies: [{ ...HEAT, to: 'hold' }] })).body.added.movies[0]?.to;
      await heard(home);
      const expected = { Alien: [asByApp, null], Heat: [asByApp, null], 'Twin Peaks': ['hold', null] };
      expect(await library(app)).toEqual(expected);
      const { movies } = await activities(app);
      for (let look = 0; look < 3; look += 1) await read(home);
      expect(await library(app)).toEqual(expected);
      expect((await activities(app)).movies).toEqual(movies);
      expect(written(home, 'jellyfin')).toEqual([]);
      expect(['alien', 'heat'].map((name) => stateOn(home, 'jellyfin', ids[name as 'alien']).favorite === true)).toEqual([true, false]);
    }));

  it('stand for the list that was chosen, and for none where the switches are off', () =>
    inHousehold({ database, servers }, async (home) => {
      const ids = shelveAll(home, { alien, heat, first }, servers);
      await home.addBackend('jellyfin', { options: { 'favorites.import': true, 'favorites.list': 'hold' } });
      await home.addBackend('emby', {});
      const app = await appOf(home);
      like(home, 'jellyfin', SERIES, true);
      like(home, 'emby', ids.emby.alien, true);
      await read(home);
      expect(await library(app)).toEqual({ 'Twin Peaks': ['hold', null] });
      await app('POST', '/sync/add-to-list', {
        shows: [{ ids: { tvdb: 70533 }, to: 'watching' }],
        movies: [{ ...HEAT, to: 'plantowatch' }],
      });
      await read(home);
      for (const kind of servers) expect(written(home, kind)).toEqual([]);
      expect(stateOn(home, 'jellyfin', SERIES).favorite).toBe(true);
    }));
});
