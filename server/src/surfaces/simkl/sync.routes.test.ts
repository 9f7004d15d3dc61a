import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jobActor } from '#core/access/index.ts';
import { createMediaGraph } from '#core/media/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { type MediaId, mediaId, serverId } from '#kernel/ids.ts';
import type { JsonObject } from '#kernel/json.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { createSimklCalls, type SimklCalls } from '#tests/support/simkl-calls.ts';

/** Tokens last for a week. */
const WHILE = 30 * 60_000;
const START = Date.UTC(2026, 0, 10, 12);
let now = START;
const clock = { now: () => now };
const listed = { libraryId: '1', files: [], genres: [], state: { played: false, positionMs: 0 } };
const DARK = { upstreamId: 'dark', title: 'Dark', year: 2017, ids: { tvdb: '334824', imdb: 'tt5753856', tmdb: '70523' } };
const LOST = { upstreamId: 'lost', title: 'Lost', year: 2024, ids: { tvdb: '73739' } };
const BEBOP = { upstreamId: 'bebop', title: 'Cowboy Bebop', year: 1998, ids: { mal: '1', tvdb: '76885' } };
type Show = NonNullable<UpstreamItem['show']>;
const episode = (show: Show, season: number, number: number): UpstreamItem => ({
  ...listed,
  upstreamId: `${show.upstreamId}-${season}-${number}`,
  kind: 'episode',
  title: `Part ${number}`,
  ids: show === DARK ? { tvdb: String(6_000 + season * 100 + number) } : {},
  show,
  season,
  episodes: [number],
  runtimeMs: 50 * 60_000,
});
const movie = (title: string, year: number, ids: Record<string, string>): UpstreamItem => ({
  ...listed,
  upstreamId: title,
  kind: 'movie',
  title,
  year,
  ids,
  runtimeMs: 170 * 60_000,
  releasedOn: `${year}-12-15`,
});

type Entry = JsonObject & {
  show?: { title: string; ids: JsonObject };
  movie?: { title: string; ids: JsonObject };
  seasons?: { number: number; episodes: JsonObject[] }[];
};
type Library = Partial<Record<'shows' | 'anime' | 'movies', Entry[]>>;
type Days = Record<string, string | null>;
type Activities = { all: string; tv_shows: Days; movies: Days; anime: Days; settings: Days };
type Added = {
  added: { movies: number; shows: number; episodes: number; statuses: { request: JsonObject; response: JsonObject }[] };
  not_found: Record<string, JsonObject[]>;
};

let home: Household;
let call: SimklCalls;
let old: SimklCalls;
let dark: MediaId;

beforeAll(async () => {
  home = await startHousehold({ servers: [], clock });
  const { database, titleFacts, appGrants } = home.rooms;
  call = createSimklCalls(() => home.address, await letAppIn(appGrants, { generation: 2, clientId: 'newer' }));
  const older = { clientId: 'older', name: 'Older', generation: 1, dialect: 'legacy' } as const;
  await appGrants.apps.register(older, { ...jobActor('test'), role: 'owner' });
  old = createSimklCalls(() => home.address, await letAppIn(appGrants, { clientId: 'older' }));
  const copies = await database.transaction((handle) =>
    createMediaGraph(handle, { clock }).ingest(serverId(1), [
      movie('Heat', 1995, { imdb: 'tt0113277', tmdb: '949', simkl: '53992' }),
      movie('Akira', 1988, { mal: '47', tmdb: '149' }),
      movie('Ran', 1985, { imdb: 'tt0089881' }),
      ...[1, 2, 3].map((number) => episode(DARK, 1, number)),
      episode(DARK, 0, 1),
      ...[1, 2].map((number) => episode(LOST, 1, number)),
      ...[1, 2].map((number) => episode(BEBOP, 1, number)),
    ]),
  );
  const showOf = async (index: number) => {
    const [media] = await createMediaGraph(database, { clock }).get(copies[index]?.mediaIds ?? []);
    return media?.show?.id ?? mediaId(0);
  };
  dark = await showOf(3);
  const told = (season: number, number: number, airedOn: string) => ({ season, number, title: `Part ${number}`, airedOn });
  await titleFacts.tell('oracle', [
    {
      media: dark,
      facts: { status: 'ended' },
      complete: true,
      episodes: [1, 2, 3].map((n) => told(1, n, '2017-12-01')).concat(told(0, 1, '2017-12-01')),
    },
    {
      media: await showOf(7),
      facts: { status: 'airing' },
      complete: true,
      episodes: [told(1, 1, '2025-12-01'), told(1, 2, '2026-01-01'), told(1, 3, '2026-02-01')],
    },
  ]);
});
afterAll(() => home.close());

beforeEach(async () => {
  now += WHILE;
  await call('POST', '/sync/history/remove', {
    movies: [HEAT, { ids: { tmdb: 149 } }, { ids: { imdb: 'tt0089881' } }],
    shows: [DARK_ITEM, LOST_ITEM],
    anime: [BEBOP_ITEM, { ids: { mal: 47 } }],
  });
  now += WHILE;
});

const HEAT = { title: 'Heat', year: '1995', ids: { tmdb: 949 } };
const DARK_ITEM = { title: 'Dark', year: 2017, ids: { tvdb: '334824' } };
const LOST_ITEM = { ids: { tvdb: 73739 } };
const BEBOP_ITEM = { ids: { mal: 1 } };
const history = (body: unknown, path = '/sync/history') => call<Added>('POST', path, body);
const library = async (path = '', query = ''): Promise<Library> => (await call<Library>('GET', `/sync/all-items${path}${query}`)).body;
const activities = async () => (await call<Activities>('GET', '/sync/activities')).body;
const only = async (path = '', query = ''): Promise<Entry> =>
  Object.values(await library(path, query)).flat()[0] ?? expect.fail('nothing is in the library');
const shown = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
const marks = (...numbers: number[]) => ({ ...DARK_ITEM, seasons: [{ number: 1, episodes: numbers.map((number) => ({ number })) }] });

describe('activities', () => {
  it('answer GET and POST, and name what never happened null', async () => {
    const lists = { watching: null, hold: null };
    const post = await call<Activities>('POST', '/sync/activities');
    expect(post.status).toBe(201);
    const got = await call<Activities>('GET', '/sync/activities/');
    expect([got.status, got.body]).toEqual([200, post.body]);
    expect(Object.keys(got.body)).toEqual(['all', 'settings', 'tv_shows', 'anime', 'movies', 'custom_lists']);
    expect(got.body.movies).not.toHaveProperty('watching');
    expect(got.body.movies).not.toHaveProperty('hold');
    expect(got.body.anime).toMatchObject(lists);
    expect(got.body.settings).toEqual({ all: null });
  });

  it('have a word of their own for what was dropped, by dialect', async () => {
    expect(Object.keys((await activities()).movies)).toContain('dropped');
    const { body } = await old<Activities>('GET', '/sync/activities');
    expect(Object.keys(body.tv_shows)).toContain('notinteresting');
    expect(body.tv_shows).not.toHaveProperty('dropped');
  });

  it('move with what happened, and with nothing else', async () => {
    const moved = async (work: () => Promise<unknown>): Promise<string[]> => {
      const before = await activities();
      now += 1_000;
      await work();
      const after = await activities();
      return (['tv_shows', 'anime', 'movies'] as const).flatMap((type) =>
        Object.keys(after[type])
          .filter((key) => after[type][key] !== before[type][key])
          .map((key) => `${type}.${key}`),
      );
    };
    expect(await moved(() => history({ movies: [HEAT] }))).toEqual(['movies.all', 'movies.completed']);
    expect(await moved(() => history({ movies: [HEAT] }))).toEqual([]);
    expect(await moved(() => history({ shows: [marks(1)] }))).toEqual(['tv_shows.all', 'tv_shows.watching']);
    expect(await moved(() => call('POST', '/sync/add-to-list', { shows: [{ ...DARK_ITEM, to: 'hold' }] }))).toEqual([
      'tv_shows.all',
      'tv_shows.watching',
      'tv_shows.hold',
    ]);
    expect(await moved(() => call('POST', '/sync/history/remove', { shows: [marks(1)] }))).toEqual(['tv_shows.all', 'tv_shows.hold']);
    expect(await moved(() => call('POST', '/sync/ratings', { shows: [{ ...DARK_ITEM, rating: 7 }] }))).toEqual([
      'tv_shows.all',
      'tv_shows.rated_at',
    ]);
    expect(await moved(() => call('POST', '/sync/ratings/remove', { shows: [DARK_ITEM] }))).toEqual(['tv_shows.all', 'tv_shows.rated_at']);
    expect(await moved(() => call('POST', '/sync/ratings', { anime: [{ ...BEBOP_ITEM, rating: 7 }] }))).toEqual([
      'anime.all',
      'anime.rated_at',
      'anime.watching',
    ]);
    expect(await moved(() => call('POST', '/sync/history/remove', { anime: [BEBOP_ITEM] }))).toEqual([
      'anime.all',
      'anime.rated_at',
      'anime.removed_from_list',
    ]);
    expect(await moved(() => call('POST', '/sync/history/remove', { movies: [HEAT] }))).toEqual(['movies.all', 'movies.removed_from_list']);
  });
});

describe('marking as watched', () => {
  it('makes a movie completed, at the day that was told, and counts it once', async () => {
    const first = await history({ movies: [{ ...HEAT, watched_at: '2025-11-21 06:52:54', rating: 0 }] });
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      added: {
        movies: 1,
        shows: 0,
        episodes: 0,
        statuses: [
          {
            request: { ...HEAT, watched_at: '2025-11-21 06:52:54', rating: 0, type: 'movie' },
            response: { status: 'completed', simkl_type: 'movie', anime_type: null },
          },
        ],
      },
      not_found: { movies: [], shows: [], episodes: [] },
    });
    expect(await only('/movies')).toEqual({
      added_to_watchlist_at: shown(now),
      last_watched_at: '2025-11-21T06:52:54Z',
      user_rated_at: null,
      user_rating: null,
      status: 'completed',
      watched_episodes_count: 0,
      total_episodes_count: 0,
      not_aired_episodes_count: 0,
      movie: { title: 'Heat', poster: null, year: 1995, ids: { simkl: 53992, slug: 'heat', imdb: 'tt0113277', tmdb: '949' } },
    });
    expect((await history({ movies: [HEAT] })).body.added).toMatchObject({ movies: 0, shows: 0, episodes: 0 });
  });

  it('keeps the day that nobody knows, and a play that an app repeats with another day', async () => {
    await history({ movies: [{ ...HEAT, watched_at: '1970-01-01T00:00:01Z' }] });
    expect((await only('/movies')).last_watched_at).toBe('1970-01-01T00:00:01Z');
    expect((await history({ movies: [{ ...HEAT, watched_at: '2025-12-24T20:00:00Z' }] })).body.added.movies).toBe(0);
    expect((await only('/movies')).last_watched_at).toBe('2025-12-24T20:00:00Z');
    const { plays } = await home.rooms.history.get(
      MAIN_PERSON,
      (await home.rooms.titleClaims.resolve([{ kind: 'movie', ids: { tmdb: 949 } }], { create: false }))[0] ?? mediaId(0),
    );
    expect(plays.map((play) => play.at)).toEqual([undefined, Date.UTC(2025, 11, 24, 20)]);
  });

  it('of episodes moves the show to watching, and to completed with the last one of a show that ended', async () => {
    const { body } = await history({ shows: [marks(1, 2)] });
    expect(body.added).toMatchObject({ movies: 0, shows: 1, episodes: 2 });
    expect(await only('/shows')).toMatchObject({
      status: 'watching',
      last_watched: 'S01E02',
      next_to_watch: 'S01E03',
      watched_episodes_count: 2,
      total_episodes_count: 3,
      not_aired_episodes_count: 0,
    });
    expect((await history({ shows: [marks(2, 3)] })).body.added).toMatchObject({
      shows: 1,
      episodes: 1,
      statuses: [{ response: { status: 'completed', simkl_type: 'tv' } }],
    });
    expect(await only('/shows')).toMatchObject({ status: 'completed', next_to_watch: null });
  });

  it.each([
    ['that ended', DARK_ITEM, {}, 'completed', 3],
    ['that airs', LOST_ITEM, {}, 'watching', 2],
    ['that airs and is called completed', LOST_ITEM, { status: 'completed' }, 'watching', 2],
    ['that is called watching', DARK_ITEM, { status: 'watching' }, 'watching', 0],
    ['that is planned', DARK_ITEM, { status: 'plan_to_watch' }, 'plantowatch', 0],
  ])('of a whole show %s marks what is out of it', async (_what, item, more, status, episodes) => {
    const { body } = await history({ shows: [{ ...item, ...more }] });
    expect(body.added).toMatchObject({ shows: 1, episodes, statuses: [{ response: { status } }] });
  });

  it('marks nothing of a whole show by itself where the app says so', async () => {
    const { body } = await history({ shows: [DARK_ITEM] }, '/sync/history?skip_auto_watching=yes');
    expect(body.added).toMatchObject({ episodes: 0, statuses: [{ response: { status: 'plantowatch' } }] });
  });

  it('takes seasons, episodes of the first season, ids of episodes, and episodes by themselves', async () => {
    expect((await history({ shows: [{ ...DARK_ITEM, episodes: [{ number: 1 }] }] })).body.added.episodes).toBe(1);
    expect(
      (await history({ shows: [{ ...DARK_ITEM, seasons: [{ number: 1, episodes: [{ ids: { tvdb: 6102 } }] }] }] })).body.added.episodes,
    ).toBe(1);
    expect((await history({ episodes: [{ watched_at: null, ids: { tvdb: '6103' } }] })).body.added.episodes).toBe(1);
    expect(
      (await history({ episodes: [{ title: 'Dark', year: 2017, season: 0, episode: 1, ids: { imdb: 'tt9' }, watched_at: null }] })).body,
    ).toMatchObject({
      added: { episodes: 1 },
      not_found: { episodes: [] },
    });
    expect((await history({ shows: [{ ...DARK_ITEM, seasons: [{ number: 1 }] }] })).body.added.episodes).toBe(0);
    expect(await only('/shows')).toMatchObject({ status: 'completed', watched_episodes_count: 3 });
  });

  it('tells what nobody knows as it was written, and never leaves it out', async () => {
    const body = {
      movies: [{ ids: { imdb: 'tt0000222' } }],
      shows: [
        { title: 'Nobody knows', year: 1901 },
        { ...DARK_ITEM, seasons: [{ number: 1, episodes: [{ number: 99, watched_at: null }] }] },
      ],
      anime: [{ ids: { mal: 999_999 } }],
      episodes: [{ ids: { tvdb: 1 } }],
    };
    const { body: answer } = await history(body);
    expect(answer.not_found).toEqual({
      movies: body.movies,
      shows: [body.shows[0], body.anime[0]],
      episodes: [body.episodes[0], { ...DARK_ITEM, seasons: [{ number: 1, episodes: [{ number: 99 }] }] }],
    });
    expect(answer.added).toMatchObject({ movies: 0, shows: 0, episodes: 0 });
  });

  it('tells a whole season that nobody knows, and does not list a show for it', async () => {
    const named = { title: 'Of no list', ids: { tvdb: 900_001 }, seasons: [{ number: 2 }] };
    const later = { ...DARK_ITEM, seasons: [{ number: 1 }, { number: 7 }] };
    const { body: answer } = await history({ shows: [named, later] });
    expect(answer.added).toMatchObject({ shows: 1, episodes: 3, statuses: [{ request: DARK_ITEM }] });
    expect(answer.not_found.episodes).toEqual([
      { ...named, seasons: [{ number: 2, episodes: [] }] },
      { ...DARK_ITEM, seasons: [{ number: 7, episodes: [] }] },
    ]);
    const removed = await call<Added>('POST', '/sync/history/remove', { shows: [later] });
    expect(removed.body).toMatchObject({
      deleted: { episodes: 3 },
      not_found: { shows: [{ ...DARK_ITEM, seasons: [{ number: 7, episodes: [] }] }] },
    });
  });

  it('refuses a day that is none with its place, and takes nothing of the body', async () => {
    for (const day of [1_700_000_000, 'yesterday', '2026-02-30', true]) {
      const { status, body } = await call<JsonObject>('POST', '/sync/history', { movies: [HEAT, { ids: { tmdb: 149 }, watched_at: day }] });
      expect([day, status, body]).toEqual([
        day,
        400,
        { error: 'wrong_parameter', code: 400, message: 'movies[1].watched_at: is no date.' },
      ]);
    }
    expect(await library()).toEqual({});
  });

  it('makes a title of a valid id with a name, and answers a number for it that is taken back', async () => {
    const item = { title: 'A new one', year: 2025, ids: { imdb: 'tt7777777' } };
    expect((await history({ movies: [item] })).body.added.movies).toBe(1);
    const entry = (await library('/movies')).movies?.find((one) => one.movie?.title === 'A new one');
    const number = Number(entry?.movie?.ids.simkl);
    expect(number).toBeGreaterThanOrEqual(2_000_000_000);
    expect(
      (await call<{ deleted: JsonObject }>('POST', '/sync/history/remove', { movies: [{ ids: { simkl: number } }] })).body.deleted,
    ).toEqual({ movies: 1, shows: 0, episodes: 0 });
  });

  it('knows a title by its id alone beside the word of the same body that makes it', async () => {
    const twice = { title: 'Named once', ids: { tmdb: 900_500 } };
    const { body } = await history({ movies: [{ ids: twice.ids, status: 'dropped' }, twice, { ids: { imdb: 'tt0900501' } }] });
    expect(body.not_found.movies).toEqual([{ ids: { imdb: 'tt0900501' } }]);
    expect(body.added).toMatchObject({ movies: 1, statuses: [{ request: { status: 'dropped' } }, { request: twice }] });
    await call('POST', '/sync/history/remove', { movies: [twice] });
  });

  it('takes anime under both names, and shows it under show', async () => {
    await history({ shows: [{ ids: { mal: '1' }, seasons: [{ number: 1, episodes: [{ number: 1 }] }] }] });
    const { body } = await history({ anime: [{ ...BEBOP_ITEM, episodes: [{ number: 2 }] }, { ids: { mal: 47 } }] });
    expect(body.added.statuses.map((one) => one.response)).toEqual([
      { status: 'watching', simkl_type: 'anime', anime_type: null },
      { status: 'completed', simkl_type: 'anime', anime_type: 'movie' },
    ]);
    const { anime } = await library('', '?extended=full');
    const [bebop, akira] = [anime?.find((one) => one.show?.title === 'Cowboy Bebop'), anime?.find((one) => one.show?.title === 'Akira')];
    expect(bebop).toMatchObject({
      last_watched: 'E2',
      anime_type: null,
      show: { ids: { mal: '1' } },
      seasons: [{ number: 1, episodes: [{ number: 1 }, { number: 2 }] }],
    });
    expect(akira).toMatchObject({ anime_type: 'movie', watched_episodes_count: 1, total_episodes_count: 1 });
    expect((await library('/anime', '?anime_type=movies')).anime).toHaveLength(1);
  });

  it('takes a film among the anime under shows too, by the ids that no show shares with it', async () => {
    const { body: made } = await history({ anime: [{ ids: { mal: 47 } }] });
    expect(made.added.movies).toBe(1);
    const { movie, show } = await only('/anime');
    const [byNumber, bySite] = [{ ids: { simkl: (movie ?? show)?.ids.simkl } }, { title: 'Akira', ids: { mal: '47', tvdb: 149 } }];
    for (const item of [byNumber, bySite]) {
      const removed = await call<Added>('POST', '/sync/history/remove', { shows: [{ ...item, seasons: [{ number: 1 }] }] });
      expect(removed.body).toMatchObject({ deleted: { episodes: 1 }, not_found: { shows: [] } });
      const added = await history({ shows: [{ ...item, seasons: [{ number: 1, episodes: [{ number: 1 }] }] }] });
      expect(added.body).toMatchObject({ added: { movies: 1, shows: 0, statuses: [{ response: { anime_type: 'movie' } }] } });
    }
    expect(await library()).toMatchObject({ anime: [{ status: 'completed', watched_episodes_count: 1 }] });
    await history({ movies: [HEAT] });
    expect((await history({ shows: [{ ids: { simkl: 53_992 } }] })).body.not_found.shows).toHaveLength(1);
  });

  it('keeps a memo, also by itself, and shows it where it is asked for', async () => {
    const memo = { text: 'x'.repeat(200), is_private: true };
    await history({ movies: [{ ...HEAT, status: 'plantowatch' }] });
    const { body } = await history({ movies: [{ ...HEAT, memo }] });
    expect(body.added).toMatchObject({ movies: 0, statuses: [{ response: { status: 'plantowatch' } }] });
    expect((await only('/movies', '?memos=yes')).memo).toEqual({ text: 'x'.repeat(140), is_private: true });
    expect(await only('/movies')).not.toHaveProperty('memo');
    for (const [told, isPrivate] of [
      ['yes', true],
      [1, true],
      ['no', false],
      [0, false],
    ] as const) {
      await history({ movies: [{ ...HEAT, memo: { text: 'again', is_private: told } }] });
      expect((await only('/movies', '?memos=yes')).memo).toEqual({ text: 'again', is_private: isPrivate });
    }
    await history({ shows: [marks(1)] });
    expect((await only('/shows', '?memos=yes')).memo).toEqual({});
  });

  it('is taken from the body of a GET, as one app sends it, and so is a removal', async () => {
    const { headers } = await letAppIn(home.rooms.appGrants, { clientId: 'gets' });
    const get = (path: string, body: object): Promise<JsonObject> =>
      new Promise((resolve, reject) => {
        const payload = JSON.stringify(body);
        const framing = { 'content-type': 'application-json', 'content-length': String(Buffer.byteLength(payload)) };
        const sent = request(`${home.address}${path}`, { method: 'GET', headers: { ...headers, ...framing } }, (reply) => {
          let text = '';
          reply.on('data', (chunk) => {
            text += String(chunk);
          });
          reply.on('end', () => resolve(JSON.parse(text) as JsonObject));
        });
        sent.on('error', reject);
        sent.end(payload);
      });
    expect(await get('/sync/history/', { movies: [HEAT] })).toMatchObject({ added: { movies: 1 } });
    expect(Object.keys(await library())).toEqual(['movies']);
    expect(await get('/sync/history/remove/', { movies: [HEAT] })).toMatchObject({ deleted: { movies: 1 } });
    expect(await library()).toEqual({});
  });

  it('counts nothing of an empty body', async () => {
    for (const body of [{}, undefined]) expect((await history(body)).body).toMatchObject({ added: { movies: 0, statuses: [] } });
    expect((await history({ shows: [marks(1)] }, '/sync/history/')).status).toBe(201);
  });

  it.each([
    [[], 'body'],
    [{ movies: {} }, 'movies'],
    [{ movies: [5] }, 'movies[0]'],
    [{ movies: [{ ...HEAT, watched_at: 'soon' }] }, 'movies[0].watched_at'],
    [{ movies: [{ ...HEAT, status: 'liked' }] }, 'movies[0].status'],
    [{ movies: [{ ...HEAT, memo: 5 }] }, 'movies[0].memo'],
    [{ shows: [{ ...DARK_ITEM, seasons: {} }] }, 'shows[0].seasons'],
    [{ shows: [{ ...DARK_ITEM, seasons: [{}] }] }, 'shows[0].seasons[0].number'],
    [{ shows: [{ ...DARK_ITEM, seasons: [{ number: 1, episodes: [{}] }] }] }, 'shows[0].seasons[0].episodes[0].number'],
  ])('names the field that is wrong: %j', async (body, field) => {
    const { status, body: answer } = await call<JsonObject>('POST', '/sync/history', body);
    expect([status, answer]).toEqual([
      400,
      { error: expect.stringMatching(/wrong_parameter|empty_field/), code: 400, message: expect.stringContaining(field) },
    ]);
  });
});

describe('removing', () => {
  const remove = (body: unknown) => call<{ deleted: JsonObject; not_found: JsonObject }>('POST', '/sync/history/remove', body);

  it('of a whole title takes everything, also its rating', async () => {
    await history({ shows: [{ ...DARK_ITEM, rating: 8 }], movies: [HEAT] });
    const { status, body } = await remove({ shows: [DARK_ITEM], movies: [HEAT, { ids: { imdb: 'tt0000222' } }] });
    expect([status, body]).toEqual([
      201,
      { deleted: { movies: 1, shows: 1, episodes: 0 }, not_found: { movies: [{ ids: { imdb: 'tt0000222' } }], shows: [] } },
    ]);
    expect(await library()).toEqual({});
    await history({ shows: [marks(1)] });
    expect(await only('/shows')).toMatchObject({ user_rating: null, watched_episodes_count: 1 });
  });

  it('of the one episode of a film marks it off, and leaves it with its rating and its memo', async () => {
    const akira = { ids: { mal: 47 } };
    const film = { ...akira, seasons: [{ number: 1, episodes: [{ number: 1, watched_at: '2020-05-05T05:05:05Z' }] }] };
    await call('POST', '/sync/history', { anime: [{ ...film, rating: 8, memo: { text: 'again', is_private: true } }] });
    expect(await only('/anime')).toMatchObject({ status: 'completed', last_watched_at: '2020-05-05T05:05:05Z', watched_episodes_count: 1 });
    const off = async (more: object) => (await call('POST', '/sync/history/remove', { anime: [{ ...akira, ...more }] })).body;
    expect(await off({ seasons: [] })).toMatchObject({ deleted: { movies: 0, episodes: 0 }, not_found: { shows: [] } });
    expect(await off({ episodes: [{ number: 2 }] })).toMatchObject({
      deleted: { movies: 0, episodes: 0 },
      not_found: { shows: [{ ...akira, seasons: [{ number: 1, episodes: [{ number: 2 }] }] }] },
    });
    expect(await off({ seasons: [{ number: 1 }] })).toMatchObject({ deleted: { movies: 0, episodes: 1 }, not_found: { shows: [] } });
    const standing = { user_rating: 8, memo: { text: 'again', is_private: true } };
    expect(await only('/anime', '?memos=yes')).toMatchObject({ ...standing, status: 'plantowatch', watched_episodes_count: 0 });
    await history({ anime: [{ ...akira, seasons: [{ number: 1 }] }] });
    expect(await only('/anime', '?memos=yes')).toMatchObject({ ...standing, status: 'completed' });
    const odd = await history({ anime: [{ ...akira, seasons: [{ number: 2 }] }] });
    expect(odd.body).toMatchObject({
      added: { movies: 0 },
      not_found: { episodes: [{ ...akira, seasons: [{ number: 2, episodes: [] }] }] },
    });
    expect((await call('POST', '/sync/history/remove', { movies: [{ ...akira, seasons: [] }] })).body).toMatchObject({
      deleted: { movies: 1 },
    });
    expect(await library()).toEqual({});
  });

  it('of episodes that are brought back leaves the show where it was put aside', async () => {
    await history({ shows: [marks(1, 2)] });
    for (const to of ['hold', 'plantowatch']) {
      await call('POST', '/sync/add-to-list', { shows: [{ ...DARK_ITEM, to }] });
      await call('POST', '/sync/history/remove', { shows: [marks(2)] });
      const [entry] = (await home.rooms.bin.list({ personId: MAIN_PERSON }, { offset: 0, limit: 1 })).entries;
      await home.rooms.restoring.restore(entry?.id ?? 0, { kind: 'login', id: 1, name: 'owner' });
      expect(await only('/shows')).toMatchObject({ status: to, watched_episodes_count: 2, last_watched: 'S01E02' });
    }
  });

  it('of a season or of episodes leaves the show where it is', async () => {
    await history({ shows: [DARK_ITEM] });
    expect((await remove({ shows: [marks(3)] })).body.deleted).toEqual({ movies: 0, shows: 0, episodes: 1 });
    expect(await only('/shows')).toMatchObject({ status: 'watching', watched_episodes_count: 2 });
    expect((await remove({ shows: [{ ...DARK_ITEM, seasons: [{ number: 1 }] }] })).body.deleted).toMatchObject({ episodes: 2 });
    expect(await only('/shows')).toMatchObject({ status: 'watching', watched_episodes_count: 0, last_watched_at: null });
  });

  it('and marking as much again, as one app sets its progress, keeps list, rating and memo', async () => {
    await history({ shows: [{ ...DARK_ITEM, status: 'hold', rating: 9, memo: { text: 'later', is_private: false } }] });
    await remove({ shows: [{ ...DARK_ITEM, seasons: [{ number: 1 }] }] });
    await history({ shows: [marks(1, 2)] });
    expect(await only('/shows', '?memos=yes')).toMatchObject({
      status: 'watching',
      user_rating: 9,
      watched_episodes_count: 2,
      memo: { text: 'later' },
    });
  });

  it('takes anime under its own name, and finds nothing to take twice', async () => {
    await history({ anime: [BEBOP_ITEM] });
    expect((await remove({ anime: [BEBOP_ITEM] })).body.deleted).toMatchObject({ shows: 1 });
    expect((await remove({ anime: [BEBOP_ITEM] })).body).toEqual({
      deleted: { movies: 0, shows: 0, episodes: 0 },
      not_found: { movies: [], shows: [] },
    });
  });
});

describe('lists', () => {
  const put = (body: unknown) => call<{ added: Record<string, JsonObject[]>; not_found: JsonObject }>('POST', '/sync/add-to-list', body);

  it('answer each title with the list that it is on now', async () => {
    const unknown = { to: 'watching', ids: { imdb: 'tt0000222' } };
    const { status, body } = await put({
      movies: [{ ...HEAT, to: 'watching' }, unknown],
      shows: [{ ...LOST_ITEM, to: 'completed' }],
      anime: [{ ...BEBOP_ITEM, to: 'plan_to_watch' }],
    });
    expect([status, body]).toEqual([
      201,
      {
        added: {
          movies: [{ ...HEAT, to: 'completed', type: 'movie', anime_type: null }],
          shows: [
            { ...LOST_ITEM, to: 'watching', type: 'show', anime_type: null },
            { ...BEBOP_ITEM, to: 'plantowatch', type: 'show', anime_type: null },
          ],
        },
        not_found: { movies: [unknown], shows: [] },
      },
    ]);
    expect((await only('/movies')).last_watched_at).toBe(shown(now));
  });

  it('take one list for all, and words by dialect', async () => {
    const { body } = await put({ to: 'dropped', movies: [HEAT], shows: [DARK_ITEM] });
    expect(body.added).toMatchObject({ movies: [{ to: 'dropped' }], shows: [{ to: 'dropped' }] });
    const { body: older } = await old<{ added: Record<string, JsonObject[]> }>('POST', '/sync/add-to-list', {
      movies: [{ ...HEAT, to: 'notinteresting' }],
    });
    expect(older.added.movies?.[0]?.to).toBe('notinteresting');
    expect((await old<Library>('GET', '/sync/all-items/movies/notinteresting')).body.movies?.[0]?.status).toBe('notinteresting');
    expect((await library('/movies/notinteresting')).movies?.[0]?.status).toBe('dropped');
  });

  it('keep the day on which a title was added, and no memo', async () => {
    await put({ movies: [{ ...HEAT, to: 'plantowatch', added_at: '2014-09-01T09:10:11Z', memo: { text: 'x', is_private: false } }] });
    expect(await only('/movies', '?memos=yes')).toMatchObject({
      added_to_watchlist_at: '2014-09-01T09:10:11Z',
      last_watched_at: null,
      memo: {},
    });
    await put({ movies: [{ ...HEAT, to: 'completed', watched_at: '2014-10-10T22:10:00Z' }] });
    expect(await only('/movies')).toMatchObject({ added_to_watchlist_at: '2014-09-01T09:10:11Z', last_watched_at: '2014-10-10T22:10:00Z' });
  });

  it('and ratings take a day that has not come yet for now', async () => {
    await put({ movies: [{ ...HEAT, to: 'plantowatch', added_at: '2099-01-01T00:00:00Z' }] });
    await call('POST', '/sync/ratings', { movies: [{ ...HEAT, rating: 8, rated_at: '2099-01-01T00:00:00Z' }] });
    expect(await only('/movies')).toMatchObject({ added_to_watchlist_at: shown(now), user_rating: 8, user_rated_at: shown(now) });
  });

  it('and ratings tell episodes by themselves as not found, since these have neither', async () => {
    const episodes = [{ title: 'Dark', season: 1, episode: 1, ids: { tvdb: 6101 }, to: 'hold', rating: 7 }];
    for (const path of ['/sync/add-to-list', '/sync/ratings', '/sync/ratings/remove']) {
      const { status, body } = await call<Added>('POST', path, { episodes });
      expect([path, status, body.not_found]).toEqual([path, 201, { movies: [], shows: episodes }]);
    }
    expect(await library()).toEqual({});
  });

  it('can be left', async () => {
    await put({ movies: [{ ...HEAT, to: 'plantowatch' }] });
    expect((await put({ movies: [{ ...HEAT, to: 'remove' }] })).body.added.movies).toEqual([
      { ...HEAT, to: 'remove', type: 'movie', anime_type: null },
    ]);
    expect(await library()).toEqual({});
    await put({ movies: ['plantowatch', 'remove', 'dropped'].map((to) => ({ ...HEAT, to })) });
    expect(await only('/movies')).toMatchObject({ status: 'dropped' });
    await put({ movies: ['plantowatch', 'remove'].map((to) => ({ ...HEAT, to })) });
    expect(await library()).toEqual({});
  });

  it('are named, or it is told which item has none', async () => {
    expect((await put({ movies: [HEAT] })).body).toMatchObject({
      error: 'empty_field',
      code: 400,
      message: expect.stringContaining('Missed "to" parameter'),
    });
    expect((await put({ movies: [{ ...HEAT, to: 'liked' }] })).body).toMatchObject({
      error: 'wrong_parameter',
      code: 400,
      message: expect.stringContaining('movies[0].to'),
    });
  });
});

describe('the library', () => {
  it('of nobody is empty, as each dialect says it', async () => {
    for (const [path, empty] of [
      ['', {}],
      ['/', {}],
      ['/anime', { anime: [] }],
      ['/movies/watching', { movies: [] }],
      ['/watching', {}],
      ['/nonsense', {}],
      ['/shows/nonsense', { shows: [] }],
    ] as const) {
      expect([path, await library(path)]).toEqual([path, empty]);
      expect((await old('GET', `/sync/all-items${path}`)).body).toBeNull();
    }
  });

  it('is null at an address at which the original has nothing', async () => {
    await history({ anime: [BEBOP_ITEM] });
    const { status, body } = await call('GET', '/sync/anime');
    expect([status, body]).toEqual([200, null]);
  });

  it('has one list of one kind, a list of every kind, and everything', async () => {
    await history({ movies: [{ ...HEAT, status: 'dropped' }], shows: [marks(1), { ...LOST_ITEM, status: 'dropped' }] });
    expect(Object.keys(await library('/dropped'))).toEqual(['shows', 'movies']);
    expect((await library('/shows/dropped')).shows).toHaveLength(1);
    expect((await library('/shows/all/')).shows).toHaveLength(2);
    expect((await library('/all/watching')).shows).toHaveLength(1);
    expect(Object.keys(await library('', '?'))).toEqual(['shows', 'movies']);
  });

  it('shows episodes where they are asked for, of what was begun', async () => {
    await history({ shows: [{ ...marks(1, 2), watched_at: '2025-12-01T20:00:00Z' }] });
    expect((await only('/shows', '?extended=full')).seasons).toEqual([{ number: 1, episodes: [{ number: 1 }, { number: 2 }] }]);
    const full = await only('/shows', '?extended=full&episode_watched_at=yes&episode_tvdb_id=yes&episode_runtime=yes&next_watch_info=yes');
    expect(full.seasons?.[0]?.episodes[0]).toEqual({ number: 1, watched_at: '2025-12-01T20:00:00Z', ids: { tvdb_id: 6101 }, runtime: 50 });
    expect(full).toMatchObject({
      show: { runtime: 50 },
      next_to_watch_info: { title: 'Part 3', season: 1, episode: 3, date: '2017-12-01T00:00:00+00:00' },
    });
    expect(await only('/shows', '?episode_watched_at=yes')).not.toHaveProperty('seasons');
    await history({ shows: [marks(3)] });
    expect(await only('/shows', '?extended=full')).not.toHaveProperty('seasons');
    expect((await only('/shows', '?extended=full&include_all_episodes=original')).seasons?.[0]?.episodes).toHaveLength(3);
  });

  it('shows every episode of what was completed as a whole', async () => {
    await call('POST', '/sync/ratings', { shows: [{ ...DARK_ITEM, rating: 8 }] });
    await history({ shows: [{ ...DARK_ITEM, status: 'completed' }] });
    const all = await only('/shows', '?extended=full&include_all_episodes=yes&episode_watched_at=yes');
    expect(all.seasons).toEqual([{ number: 1, episodes: [1, 2, 3].map((number) => ({ number, watched_at: shown(now) })) }]);
  });

  it('is ids alone where that is asked for', async () => {
    await history({ movies: [HEAT], shows: [marks(1)] });
    const { shows, movies } = await library('', '?extended=simkl_ids_only');
    expect(movies).toEqual([{ movie: { ids: { simkl: 53992, slug: 'heat' } } }]);
    expect(Object.keys(shows?.[0]?.show?.ids ?? {})).toEqual(['simkl', 'slug']);
    expect((await library('', '?extended=ids_only')).movies).toEqual([
      { movie: { ids: { simkl: 53992, slug: 'heat', imdb: 'tt0113277', tmdb: '949' } } },
    ]);
  });

  it('tells what changed after a day, and after the epoch everything', async () => {
    await history({ movies: [HEAT] });
    const { all } = await activities();
    now += 60_000;
    await history({ shows: [{ ...marks(1), watched_at: '2001-01-01T00:00:00Z' }] });
    expect(Object.keys(await library('', `?date_from=${all}`))).toEqual(['shows', 'movies']);
    expect(Object.keys(await library('', `?date_from=${shown(now - 1_000)}`))).toEqual(['shows']);
    expect(await library('', `?date_from=${shown(now + 1_000)}`)).toEqual({});
    for (const early of ['1900-01-01T00:00:00Z', '1970-01-01', '1970-01-01T00:00:00.000Z'])
      expect(Object.keys(await library('', `?date_from=${early}`))).toHaveLength(2);
    expect((await call('GET', '/sync/all-items?date_from=soon')).body).toMatchObject({
      error: 'wrong_parameter',
      message: expect.stringContaining('date_from'),
    });
  });

  it('asked for what changed after a title was watched, has that title', async () => {
    await history({ movies: [HEAT] });
    const { last_watched_at: at } = await only('/movies');
    now += 500;
    await history({ movies: [{ ids: { imdb: 'tt0089881' } }] });
    expect((await library('/movies', `?date_from=${at}`)).movies).toHaveLength(2);
  });

  it('does not tell of ratings again, but of a title that a rating brought in', async () => {
    await history({ movies: [HEAT] });
    now += 5_000;
    const since = shown(now - 1_000);
    await call('POST', '/sync/ratings', { movies: [{ ...HEAT, rating: 9 }], shows: [{ ...DARK_ITEM, rating: 3 }] });
    expect(Object.keys(await library('', `?date_from=${since}`))).toEqual(['shows']);
  });
});

describe('what was watched', () => {
  it('answers in order, echoes, and has two names for the day', async () => {
    await history({ movies: [{ ...HEAT, watched_at: '2025-02-04T16:10:51Z' }] });
    const { status, body } = await call('POST', '/sync/watched', [{ tmdb: 949, type: 'movie' }, { imdb: 'tt0089881' }, { hulu: 764084 }]);
    expect([status, body]).toEqual([
      200,
      [
        {
          tmdb: 949,
          type: 'movie',
          result: true,
          list: 'completed',
          last_watched_at: '2025-02-04T16:10:51Z',
          last_watched: '2025-02-04T16:10:51Z',
        },
        { imdb: 'tt0089881', result: false },
        { hulu: 764084, result: 'not_found' },
      ],
    ]);
  });

  it('counts episodes where that is asked for, and answers for one episode', async () => {
    await history({
      shows: [
        {
          ...DARK_ITEM,
          watched_at: '2025-02-04T16:10:51Z',
          seasons: [
            { number: 1, episodes: [{ number: 1 }] },
            { number: 0, episodes: [{ number: 1 }] },
          ],
        },
      ],
    });
    const [counted] = (await call<JsonObject[]>('POST', '/sync/watched?extended=counters,episodes', [{ tvdb: '334824' }])).body;
    expect(counted).toMatchObject({
      result: true,
      list: 'watching',
      episodes_total: 3,
      episodes_aired: 3,
      episodes_to_be_aired: 0,
      episodes_watched: 1,
    });
    expect(counted?.seasons).toEqual([
      {
        number: 1,
        episodes_total: 3,
        episodes_aired: 3,
        episodes_to_be_aired: 0,
        episodes_watched: 1,
        episodes: [
          { number: 1, watched: true, aired: true, last_watched_at: '2025-02-04T16:10:51Z' },
          { number: 2, watched: false, aired: true, last_watched_at: null },
          { number: 3, watched: false, aired: true, last_watched_at: null },
        ],
      },
    ]);
    const [special] = (await call<{ seasons: JsonObject[] }[]>('POST', '/sync/watched?extended=specials', [{ tvdb: '334824' }])).body;
    expect(special?.seasons.map((one) => one.number)).toEqual([0, 1]);
    const asked = [1, 2, 99].map((number) => ({ tvdb: '334824', season: 1, episode: number }));
    expect((await call<JsonObject[]>('POST', '/sync/watched', asked)).body.map((one) => one.result)).toEqual([true, false, 'not_found']);
  });

  it('is at most a hundred titles with their episodes, and a list', async () => {
    const many = Array.from({ length: 101 }, (_, simkl) => ({ simkl: simkl + 1 }));
    expect((await call('POST', '/sync/watched?extended=episodes', many)).body).toMatchObject({ error: 'max_items', code: 400 });
    expect((await call<unknown[]>('POST', '/sync/watched', many)).body).toHaveLength(101);
    expect((await call('POST', '/sync/watched', [5])).body).toMatchObject({
      error: 'wrong_parameter',
      message: expect.stringContaining('[0]'),
    });
    expect((await call('POST', '/sync/watched', 'x')).status).toBe(400);
  });

  it('is told in the older way by an object', async () => {
    const { status, body } = await call('POST', '/sync/watched', { movies: [HEAT] });
    expect([status, body]).toEqual([201, expect.objectContaining({ added: expect.objectContaining({ movies: 1 }) })]);
  });
});

describe('what others think of what is on a list', () => {
  type Told = { id: number; release_status?: string | null; simkl?: null };
  const told = async (path: string) => (await call<Told[]>('GET', `/ratings/${path}`)).body;

  it('is one flat list of a kind, of the lists and with the fields that are asked for', async () => {
    await history({
      movies: [
        { ...HEAT, status: 'completed' },
        { ids: { imdb: 'tt0089881' }, status: 'plantowatch' },
      ],
      shows: [marks(1)],
    });
    await history({ anime: [{ ...BEBOP_ITEM, status: 'dropped' }] });
    expect(await told('movies?user_watchlist=completed&fields=simkl,release_status')).toEqual([
      { id: 53992, link: expect.stringContaining('/movies/53992/'), simkl: null, release_status: 'released' },
    ]);
    for (const query of ['', '?user_watchlist=all', '?user_watchlist=completed,plantowatch', '?user_watchlist=plan_to_watch,completed']) {
      expect(await told(`movies${query}`)).toHaveLength(2);
    }
    for (const type of ['shows', 'tv']) expect(await told(`${type}?user_watchlist=watching&fields=rank`)).toMatchObject([{ rank: null }]);
    expect(await told('anime?user_watchlist=notinteresting')).toHaveLength(1);
    for (const nothing of ['anime?user_watchlist=watching', 'movies?user_watchlist=nonsense']) expect(await told(nothing)).toEqual([]);
  });

  it('is told of movies, shows and anime, and of nobody without a person', async () => {
    expect((await call('GET', '/ratings/people')).body).toMatchObject({ error: 'url_failed', code: 404 });
    const nobody = await fetch(`${home.address}/ratings/movies?client_id=newer`);
    expect(nobody.status).toBe(401);
  });
});

describe('ratings', () => {
  const rate = (body: unknown) => call<Added>('POST', '/sync/ratings', body);

  it('are told, overwritten, and bring titles in', async () => {
    const { status, body } = await rate({
      movies: [{ ...HEAT, rating: 5 }],
      shows: [
        { ...DARK_ITEM, rating: '8', rated_at: '2020-01-01T00:00:00Z' },
        { ...LOST_ITEM, rating: 11 },
      ],
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      added: {
        movies: 1,
        shows: 1,
        statuses: [
          { request: { ...HEAT, rating: 5, type: 'movie' }, response: { status: 'completed', simkl_type: 'movie', anime_type: null } },
          {
            request: { ...DARK_ITEM, rating: '8', rated_at: '2020-01-01T00:00:00Z', type: 'show' },
            response: { status: 'watching', simkl_type: 'tv', anime_type: null },
          },
        ],
      },
      not_found: { movies: [], shows: [{ ...LOST_ITEM, rating: 11 }] },
    });
    await rate({ movies: [{ ...HEAT, rating: 6 }] });
    expect(await only('/movies')).toMatchObject({ user_rating: 6, user_rated_at: shown(now), last_watched_at: null });
    expect(await only('/shows')).toMatchObject({ user_rating: 8, user_rated_at: '2020-01-01T00:00:00Z' });
  });

  it('are read by kind and by rating, with GET and with POST', async () => {
    await rate({ movies: [{ ...HEAT, rating: 5 }], shows: [{ ...DARK_ITEM, rating: 8 }] });
    await history({ shows: [{ ...LOST_ITEM, status: 'plantowatch' }] });
    const names = (body: Library) => Object.entries(body).map(([type, rows]) => `${type}:${rows.length}`);
    for (const method of ['GET', 'POST']) {
      const read = async (path: string) => names((await call<Library>(method, `/sync/ratings${path}`)).body);
      expect(await read('')).toEqual(['shows:2', 'movies:1']);
      expect(await read('/shows')).toEqual(['shows:2']);
      expect(await read('/shows/8,9')).toEqual(['shows:1']);
      expect(await read('/all/5')).toEqual(['movies:1']);
      expect(await read('/movies/9')).toEqual([]);
    }
  });

  it('that were taken back are told as none, and their titles stay', async () => {
    await rate({ movies: [{ ...HEAT, rating: 5 }], shows: [{ ...DARK_ITEM, rating: 8 }] });
    now += 5_000;
    const { status, body } = await call('POST', '/sync/ratings/remove', {
      movies: [{ ...HEAT, rating: 0 }],
      shows: [{ ids: { tvdb: 1 } }],
    });
    expect([status, body]).toEqual([201, { deleted: { movies: 1, shows: 0 }, not_found: { movies: [], shows: [{ ids: { tvdb: 1 } }] } }]);
    const delta = (await call<Library>('GET', `/sync/ratings?date_from=${shown(now - 1_000)}`)).body;
    expect(delta).toEqual({ movies: [expect.objectContaining({ user_rating: null, status: 'completed' })] });
  });
});

it('an app that may only read changes nothing', async () => {
  const reader = createSimklCalls(
    () => home.address,
    await letAppIn(home.rooms.appGrants, { generation: 2, clientId: 'reader', readOnly: true }),
  );
  for (const path of ['/sync/history', '/sync/history/remove', '/sync/ratings', '/sync/ratings/remove']) {
    expect((await reader('POST', path, { movies: [HEAT] })).body).toMatchObject({ error: 'insufficient_scope', code: 403 });
  }
  expect((await reader('POST', '/sync/add-to-list', { movies: [{ ...HEAT, to: 'hold' }] })).status).toBe(403);
  expect((await reader('POST', '/sync/watched', { movies: [HEAT] })).status).toBe(403);
  expect((await reader('POST', '/sync/watched', [{ tmdb: 949 }])).status).toBe(200);
  expect((await reader('GET', '/sync/all-items')).status).toBe(200);
});
