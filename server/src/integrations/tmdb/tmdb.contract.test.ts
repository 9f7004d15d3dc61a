import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MetadataSource, MetadataSourceConnection, MetadataSourceDriver } from '#core/upstreams/index.ts';
import type { FakeMood, FakeMoodOptions } from '#core/upstreams/media-server.fake.ts';
import { AppError, type AppErrorCode } from '#kernel/app-error.ts';
import { minutes } from '#kernel/instant.ts';
import { createTmdbFake, type FakeTmdb, type FakeTmdbShow } from './tmdb.fake.ts';
import { createTmdbDriver } from './tmdb-driver.ts';

const call = { signal: new AbortController().signal };
const HEAT = {
  id: 949,
  title: 'Heat',
  releaseDate: '1995-12-15',
  runtime: 170,
  overview: 'A thief.',
  status: 'Released',
  imdb: 'tt0113277',
  genres: ['Crime', 'Drama'],
  poster: '/heat.jpg',
  certification: 'R',
  trailer: 'abc',
  votes: 7,
};
const season = (number: number, count: number): FakeTmdbShow['seasons'][number] => ({
  number,
  episodes: Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    name: `${number}x${index + 1}`,
    airDate: `20${String(10 + number).padStart(2, '0')}-01-0${(index % 9) + 1}`,
    runtime: 42,
  })),
});
const PEAKS: FakeTmdbShow = {
  id: 1920,
  name: 'Twin Peaks',
  firstAirDate: '1990-04-08',
  lastAirDate: '1991-06-10',
  status: 'Ended',
  imdb: 'tt0098936',
  tvdb: 70533,
  network: 'ABC',
  certification: 'TV-MA',
  seasons: [season(0, 1), season(1, 2), season(2, 3)],
};

async function faultOf(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it answered where a fault was expected');
}

describe('TMDB as a source of metadata', () => {
  let fake: FakeTmdb;
  let driver: MetadataSourceDriver;
  let tmdb: MetadataSource;
  const connect = (more: Partial<MetadataSourceConnection> = {}): MetadataSource =>
    driver.connect({ key: fake.apiKey, language: 'en-US', ...more });
  beforeEach(async () => {
    fake = await createTmdbFake();
    driver = createTmdbDriver({ baseUrl: fake.baseUrl });
    tmdb = connect();
    fake.addMovie(HEAT);
    fake.addShow(PEAKS);
  });
  afterEach(async () => {
    await driver.close();
    await fake.close();
  });

  it('takes a key of either generation, and the token never in an address', async () => {
    await tmdb.identify(call);
    await connect({ key: fake.accessToken }).identify(call);
    expect(fake.calls.map(({ query }) => query.api_key)).toEqual([fake.apiKey, undefined]);
  });

  it.each([['0'.repeat(32)], ['some.other.token']])(
    'says that the key %s is refused, where to put a right one, and not what it was',
    async (key) => {
      const fault = await faultOf(connect({ key }).identify(call));
      expect([fault.code, fault.message.includes(key)]).toEqual(['upstream-unauthorized', false]);
      expect(fault.message).toContain('metadata.tmdb-key');
    },
  );

  it('reads a movie in one call', async () => {
    expect(await tmdb.read({ kind: 'movie', id: '949' }, call)).toEqual({
      kind: 'movie',
      id: '949',
      title: 'Heat',
      year: 1995,
      ids: { tmdb: '949', imdb: 'tt0113277' },
      facts: {
        status: 'released',
        overview: 'A thief.',
        genres: ['Crime', 'Drama'],
        poster: '/heat.jpg',
        country: 'US',
        language: 'en',
        score: { value: 8.25, votes: 7 },
        certification: 'R',
        trailers: [{ name: 'Trailer', youtube: 'abc' }],
        runtimeMs: minutes(170),
        releasedOn: '1995-12-15',
        originalTitle: 'Heat',
      },
    });
    expect(fake.calls).toHaveLength(1);
  });

  it('reads a show with every season in one call, and says that the list is complete', async () => {
    const show = await tmdb.read({ kind: 'show', id: '1920' }, call);
    expect(show).toMatchObject({
      title: 'Twin Peaks',
      year: 1990,
      ids: { tmdb: '1920', imdb: 'tt0098936', tvdb: '70533' },
      facts: { status: 'ended', network: 'ABC', certification: 'TV-MA', runtimeMs: minutes(42), lastAiredOn: '1991-06-10' },
      complete: true,
    });
    expect(show?.episodes?.map(({ season: of, number }) => `${of}x${number}`)).toEqual(['0x1', '1x1', '1x2', '2x1', '2x2', '2x3']);
    expect(show?.episodes?.[1]).toEqual({ season: 1, number: 1, title: '1x1', airedOn: '2011-01-01', runtimeMs: minutes(42) });
    expect(fake.calls).toHaveLength(1);
  });

  it('reads a show of more seasons than one call takes, and of seasons that are years', async () => {
    const seasons = [...Array.from({ length: 45 }, (_, index) => season(index + 1, 1)), season(2023, 2)];
    fake.addShow({ ...PEAKS, id: 7, seasons });
    const show = await tmdb.read({ kind: 'show', id: '7' }, call);
    expect([show?.episodes?.length, show?.complete, fake.calls.length]).toEqual([47, true, 3]);
    expect(fake.calls.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('does not take a list for complete that has fewer episodes than it tells of', async () => {
    fake.addShow({ ...PEAKS, seasons: [season(1, 2), { ...season(2, 2), toldCount: 3 }] });
    expect((await tmdb.read({ kind: 'show', id: '1920' }, call))?.complete).toBe(false);
  });

  it('tells nothing that TMDB does not know', async () => {
    fake.addMovie({ id: 1, title: 'Bare' });
    fake.addShow({ id: 2, name: 'Bare', status: 'Resting', seasons: [{ number: 1, episodes: [{ number: 1 }] }] });
    const plain = { country: 'US', language: 'en' };
    expect(await tmdb.read({ kind: 'movie', id: '1' }, call)).toEqual({
      kind: 'movie',
      id: '1',
      title: 'Bare',
      ids: { tmdb: '1' },
      facts: { ...plain, originalTitle: 'Bare' },
    });
    expect(await tmdb.read({ kind: 'show', id: '2' }, call)).toEqual({
      kind: 'show',
      id: '2',
      title: 'Bare',
      ids: { tmdb: '2' },
      facts: { ...plain, originalTitle: 'Bare' },
      episodes: [{ season: 1, number: 1, title: 'Episode 1' }],
      complete: true,
    });
  });

  it.each([
    ['Returning Series', 'airing'],
    ['In Production', 'upcoming'],
    ['Planned', 'upcoming'],
    ['Pilot', 'upcoming'],
    ['Canceled', 'ended'],
    ['Ended', 'ended'],
    ['constructor', undefined],
  ])('takes %s for %s', async (status, expected) => {
    fake.addShow({ ...PEAKS, status });
    expect((await tmdb.read({ kind: 'show', id: '1920' }, call))?.facts.status).toBe(expected);
  });

  it('finds a title by the ids of others, of its kind alone', async () => {
    const find = (kind: 'movie' | 'show', provider: string, value: string) => tmdb.find({ kind, provider, value }, call);
    expect(await find('movie', 'imdb', 'tt0113277')).toMatchObject({
      kind: 'movie',
      id: '949',
      title: 'Heat',
      year: 1995,
      poster: '/heat.jpg',
    });
    expect(await find('show', 'imdb', 'tt0098936')).toMatchObject({ kind: 'show', id: '1920' });
    expect(await find('show', 'tvdb', '70533')).toMatchObject({ kind: 'show', id: '1920', title: 'Twin Peaks', year: 1990 });
    expect(await find('movie', 'tmdb', '949')).toMatchObject({ id: '949' });
    expect(await find('show', 'tmdb', '949')).toBeUndefined();
    expect(await find('show', 'imdb', 'tt0113277')).toBeUndefined();
    expect(await find('movie', 'imdb', 'tt999')).toBeUndefined();
    expect(tmdb.finds).toEqual({ movie: ['tmdb', 'imdb'], show: ['tmdb', 'imdb', 'tvdb'] });
    expect((await faultOf(find('movie', 'tvdb', '1'))).code).toBe('invalid');
    expect((await faultOf(find('movie', 'tmdb', '1/../2'))).code).toBe('invalid');
  });

  it('knows no title that TMDB does not have', async () => {
    expect(await tmdb.read({ kind: 'movie', id: '1' }, call)).toBeUndefined();
    expect(await tmdb.read({ kind: 'show', id: '1' }, call)).toBeUndefined();
  });

  it('searches by text and year, page by page', async () => {
    for (let id = 100; id < 125; id += 1) fake.addMovie({ id, title: `The Heat ${id}`, releaseDate: '2013-06-27' });
    const first = await tmdb.search({ kind: 'movie', text: 'heat' }, call);
    expect([first.total, first.pages, first.hits.length]).toEqual([26, 2, 20]);
    expect((await tmdb.search({ kind: 'movie', text: 'heat', page: 2 }, call)).hits).toHaveLength(6);
    expect((await tmdb.search({ kind: 'movie', text: 'heat', year: 1995 }, call)).hits).toMatchObject([{ id: '949', year: 1995 }]);
    expect((await tmdb.search({ kind: 'show', text: 'peaks', year: 1990 }, call)).hits).toMatchObject([{ id: '1920', kind: 'show' }]);
    fake.forgetCalls();
    expect((await tmdb.search({ kind: 'movie', text: 'heat', page: 501 }, call)).hits).toEqual([]);
    expect(fake.calls).toEqual([]);
  });

  it('hands on pictures, of the width that is enough, and asks once where they lie', async () => {
    expect(await tmdb.readPicture('/heat.jpg', 'poster', { ...call, width: 300 })).toMatchObject({ type: 'image/png' });
    expect(await tmdb.readPicture('/heat.jpg', 'poster', { ...call, width: 5_000 })).toMatchObject({ type: 'image/png' });
    expect(await tmdb.readPicture('/gone.jpg', 'poster', { ...call, width: 300 })).toBeUndefined();
    expect(fake.calls.map(({ path }) => path)).toEqual([
      '/3/configuration',
      '/t/p/w342/heat.jpg',
      '/t/p/original/heat.jpg',
      '/t/p/w342/gone.jpg',
    ]);
    expect(fake.calls.slice(1).map(({ query }) => query)).toEqual([{}, {}, {}]);
  });

  it.each([['http://10.0.0.1/t/p/'], ['https://tmdb.org.example/t/p/'], ['nowhere']])('fetches no picture from %s', async (base) => {
    fake.setPictureBase(base);
    expect((await faultOf(tmdb.readPicture('/heat.jpg', 'poster', { ...call, width: 300 }))).code).toBe('upstream-unreadable');
  });

  it.each([['/../3/movie/949'], ['//evil.example/a.jpg'], ['/a.svg'], ['heat.jpg']])('takes %s for no path of a picture', async (path) => {
    expect((await faultOf(tmdb.readPicture(path, 'poster', { ...call, width: 300 }))).code).toBe('invalid');
  });

  it('counts every try', async () => {
    let tries = 0;
    const counted = connect({ onCall: () => (tries += 1) });
    fake.setMood('reset', { times: 1 });
    await counted.identify(call);
    expect(tries).toBe(2);
  });

  const BAD: readonly Readonly<{ mood: FakeMood; code: AppErrorCode; how?: FakeMoodOptions }>[] = [
    { mood: 'unauthorized', code: 'upstream-unauthorized' },
    { mood: 'rate-limited', code: 'upstream-rate-limited', how: { retryAfterS: 3_600 } },
    { mood: 'server-error', code: 'upstream-rejected' },
    { mood: 'html', code: 'upstream-unreadable' },
    { mood: 'truncated', code: 'upstream-unreadable' },
    { mood: 'reset', code: 'upstream-unreachable' },
    { mood: 'slow', code: 'upstream-timeout', how: { delayMs: 2_000 } },
  ];
  it.each(BAD)('$mood is $code for every call, and never an empty answer', async ({ mood, code, how }) => {
    const source = mood === 'slow' ? connect({ timeoutMs: 200 }) : tmdb;
    fake.setMood(mood, how);
    const calls = [
      source.identify(call),
      source.find({ kind: 'movie', provider: 'imdb', value: 'tt1' }, call),
      source.find({ kind: 'show', provider: 'tmdb', value: '1920' }, call),
      source.read({ kind: 'movie', id: '949' }, call),
      source.read({ kind: 'show', id: '1920' }, call),
      source.search({ kind: 'movie', text: 'heat' }, call),
      source.readPicture('/heat.jpg', 'poster', { ...call, width: 300 }),
    ];
    expect(await Promise.all(calls.map(async (one) => (await faultOf(one)).code))).toEqual(calls.map(() => code));
  });

  it('waits as long as it is asked to, and says for how long where that is too long', async () => {
    fake.limitCalls(0, 1);
    setTimeout(() => fake.limitCalls(undefined), 300);
    expect(await tmdb.read({ kind: 'movie', id: '949' }, call)).toMatchObject({ id: '949' });
    fake.limitCalls(0, 900);
    const fault = await faultOf(tmdb.read({ kind: 'movie', id: '949' }, call));
    expect([fault.code, fault.retryAfterMs]).toEqual(['upstream-rate-limited', 900_000]);
  });

  it('does not believe a 404 that is not TMDB’s', async () => {
    const other = createTmdbDriver({ baseUrl: `${fake.baseUrl}/t/p` });
    const fault = await faultOf(other.connect({ key: fake.apiKey, language: 'en-US' }).read({ kind: 'movie', id: '949' }, call));
    expect(fault.code).toBe('upstream-unreadable');
    await other.close();
  });
});
