import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediaServer, UpstreamConnection, WatchlistKeeper } from '#core/upstreams/index.ts';
import type { FakeUser } from '#core/upstreams/media-server.fake.ts';
import { systemClock } from '#kernel/instant.ts';
import { createPlexFake, type FakePlex } from './plex.fake.ts';
import { createPlexDriver, type PlexDriver } from './plex-driver.ts';

const call = { signal: new AbortController().signal };
const MATRIX = { kind: 'movie', title: 'The Matrix', year: 1999, ids: { imdb: 'tt0133093', tmdb: '603' } } as const;
const EXPANSE = { kind: 'show', title: 'The Expanse', year: 2015, ids: { imdb: 'tt3230854', tvdb: '280619', tmdb: '63639' } } as const;
const AT = 1_700_000_000_000;
let fake: FakePlex;
let driver: PlexDriver;
beforeEach(async () => {
  fake = await createPlexFake();
  driver = createPlexDriver({
    clock: systemClock,
    clientIdentifier: 'usherr-test',
    plexTvUrl: fake.plexTvUrl,
    discoverUrl: fake.discoverUrl,
  });
});
afterEach(async () => {
  await driver.close();
  await fake.close();
});

type Keeper = MediaServer & WatchlistKeeper;
const connectionOf = (user: FakeUser, options: UpstreamConnection['options'] = {}): UpstreamConnection => ({
  url: fake.baseUrl,
  token: user.token,
  userId: user.id,
  uuid: fake.uuid,
  options,
});
const keeperOf = (user: FakeUser, options: UpstreamConnection['options'] = {}): Keeper =>
  driver.connect(connectionOf(user, options)) as Keeper;

describe('the watchlist of a Plex account', () => {
  it('is read over all its pages, movies and series, with the ids of other providers', async () => {
    const more = Array.from({ length: 230 }, (_, index) =>
      fake.addToCatalogue({ kind: 'movie', title: `Movie ${index}`, ids: { tmdb: String(9_000 + index) } }),
    );
    const [matrix, expanse] = [fake.addToCatalogue(MATRIX), fake.addToCatalogue(EXPANSE)];
    for (const id of [...more, matrix, expanse]) fake.wish(fake.owner.id, id, true);
    const items = await keeperOf(fake.owner).readWatchlist(call);
    expect(items.map((item) => item.upstreamId).toSorted()).toEqual([...more, matrix, expanse].toSorted());
    expect(items).toContainEqual({ upstreamId: matrix, ...MATRIX, watchlisted: true });
    expect(items).toContainEqual({ upstreamId: expanse, ...EXPANSE, watchlisted: true });
    expect(fake.discoverCalls.filter(({ path }) => path.endsWith('/all'))).toHaveLength(3);
  });

  it('is empty where nothing is on it', async () => {
    expect(await keeperOf(fake.owner).readWatchlist(call)).toEqual([]);
  });

  it('has the ids of other providers where its pages lack them, and asks for those of a title once', async () => {
    fake.describeWatchlists(false);
    const matrix = fake.addToCatalogue(MATRIX);
    fake.wish(fake.owner.id, matrix, true);
    const keeper = keeperOf(fake.owner);
    for (let reading = 0; reading < 2; reading += 1) {
      expect(await keeper.readWatchlist(call)).toEqual([{ upstreamId: matrix, ...MATRIX, watchlisted: true }]);
    }
    expect(fake.discoverCalls.filter(({ path }) => path === `/library/metadata/${matrix}`)).toHaveLength(1);
  });

  it.each(['page-fails', 'short-library', 'truncated', 'html', 'reset', 'server-error'] as const)(
    'that does not come whole is a fault and no shorter list (%s)',
    async (mood) => {
      for (let index = 0; index < 120; index += 1)
        fake.wish(fake.owner.id, fake.addToCatalogue({ kind: 'movie', title: `Movie ${index}`, ids: { tmdb: String(index + 1) } }), true);
      fake.setDiscoverMood(mood);
      await expect(keeperOf(fake.owner).readWatchlist(call)).rejects.toMatchObject({ code: expect.stringMatching(/^upstream-/) });
    },
  );

  it('tells of one title whether it is on it and since when, and of one that is gone nothing', async () => {
    const matrix = fake.addToCatalogue(MATRIX);
    const keeper = keeperOf(fake.owner);
    expect(await keeper.readWatchlistItem(matrix, call)).toEqual({ upstreamId: matrix, ...MATRIX, watchlisted: false });
    fake.wish(fake.owner.id, matrix, true, AT);
    expect(await keeper.readWatchlistItem(matrix, call)).toEqual({ upstreamId: matrix, ...MATRIX, watchlisted: true, watchlistedAt: AT });
    expect(await keeper.readWatchlistItem('ffffffffffffffffffffffff', call)).toBeUndefined();
  });

  it('takes titles and gives them back, once or twice alike', async () => {
    const matrix = fake.addToCatalogue(MATRIX);
    const keeper = keeperOf(fake.owner);
    for (const wanted of [true, true, false, false]) {
      await keeper.setWatchlisted(matrix, wanted, call);
      expect(fake.watchlistOf(fake.owner.id)).toEqual(wanted ? [matrix] : []);
    }
  });

  it('knows titles by ids of other providers, movies and series apart, whether a server has them or not', async () => {
    const movies = fake.addLibrary({ name: 'Movies', kind: 'movies' });
    const owned = fake.addTitle(movies, { kind: 'movie', title: 'Heat', year: 1995, ids: { imdb: 'tt0113277' } });
    const series = fake.addToCatalogue({ kind: 'show', title: 'Sixty', ids: { tmdb: '603' } });
    const matrix = fake.addToCatalogue(MATRIX);
    const keeper = keeperOf(fake.owner);
    const find = async (kind: 'movie' | 'show', ids: Record<string, string>) =>
      (await keeper.findWatchlistItem({ kind, ids }, call))?.upstreamId;
    expect(await find('movie', { tmdb: '603' })).toBe(matrix);
    expect(await find('show', { tmdb: '603' })).toBe(series);
    expect(await find('movie', { tmdb: '77', imdb: 'tt0133093' })).toBe(matrix);
    expect(await find('movie', { imdb: 'tt0113277' })).toBe(fake.catalogueIdOf(owned));
    expect(await find('movie', { tvdb: '4' })).toBeUndefined();
    expect(await find('show', { anidb: '4' })).toBeUndefined();
  });
});

describe('whose watchlist it is', () => {
  it('is the member’s own of a home, by the switch of users and their PIN', async () => {
    const anna = fake.addMember({ name: 'anna', pin: '1234' });
    const matrix = fake.addToCatalogue(MATRIX);
    fake.wish(anna.id, matrix, true);
    fake.wish(fake.owner.id, fake.addToCatalogue(EXPANSE), true);
    const options = { ADMIN_TOKEN: fake.owner.token, PLEX_USER_PIN: '1234' };
    const keeper = keeperOf(anna, options);
    expect((await keeper.readWatchlist(call)).map((item) => item.upstreamId)).toEqual([matrix]);
    await keeper.readWatchlist(call);
    expect(fake.calls.filter(({ path }) => path.endsWith('/switch'))).toHaveLength(1);
    await expect(keeperOf(anna, { ...options, PLEX_USER_PIN: '' }).readWatchlist(call)).rejects.toMatchObject({
      code: 'invalid',
      faults: [{ field: 'options.PLEX_USER_PIN' }],
    });
  });

  it('is a friend’s own by the token that they gave', async () => {
    const friend = fake.addUser({ name: 'friend', guest: true });
    const matrix = fake.addToCatalogue(MATRIX);
    fake.wish(friend.id, matrix, true);
    const keeper = keeperOf(friend, { ADMIN_TOKEN: fake.owner.token, PLEX_TV_TOKEN: fake.plexTvTokenOf(friend.id) });
    expect((await keeper.readWatchlist(call)).map((item) => item.upstreamId)).toEqual([matrix]);
  });

  it.each([
    ['of a managed user of the home', (): FakeUser => fake.addUser({ name: 'kid' }), {}, /kid is a managed user/],
    ['of a friend without a token of theirs', (): FakeUser => fake.addUser({ name: 'friend', guest: true }), {}, /PLEX_TV_TOKEN/],
  ] as const)('is never the owner’s instead: %s', async (_, add, more, message) => {
    fake.wish(fake.owner.id, fake.addToCatalogue(EXPANSE), true);
    const user = add();
    for (const options of [{ ADMIN_TOKEN: fake.owner.token }, { ADMIN_TOKEN: fake.owner.token, PLEX_TV_TOKEN: fake.owner.token }]) {
      await expect(keeperOf(user, { ...options, ...more }).readWatchlist(call)).rejects.toMatchObject({
        code: 'upstream-forbidden',
        message: expect.stringMatching(message),
      });
    }
    const withOwners = driver.connect({ ...connectionOf(user), token: fake.owner.token }) as Keeper;
    await expect(withOwners.readWatchlist(call)).rejects.toMatchObject({ code: 'upstream-forbidden' });
    expect(fake.discoverCalls).toEqual([]);
  });

  it('is asked for with a new token where the former one was revoked', async () => {
    const anna = fake.addMember({ name: 'anna' });
    const keeper = keeperOf(anna, { ADMIN_TOKEN: fake.owner.token });
    await keeper.readWatchlist(call);
    fake.setDiscoverMood('unauthorized', { times: 1 });
    expect(await keeper.readWatchlist(call)).toEqual([]);
    fake.setDiscoverMood('unauthorized');
    await expect(keeper.readWatchlist(call)).rejects.toMatchObject({ code: 'upstream-unauthorized' });
  });
});
