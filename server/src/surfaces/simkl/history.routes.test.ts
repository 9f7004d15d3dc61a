import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { mediaId } from '#kernel/ids.ts';
import type { JsonObject } from '#kernel/json.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { type Added, BEBOP_ITEM, DARK_ITEM, HEAT, LOST_ITEM, marks, shown, useSimklLibrary } from '#tests/support/simkl-library.ts';

const house = useSimklLibrary();
const { call, history, library, now, only } = house;

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
      added_to_watchlist_at: shown(now()),
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
    const { plays } = await house.home.rooms.history.get(
      MAIN_PERSON,
      (await house.home.rooms.titleClaims.resolve([{ kind: 'movie', ids: { tmdb: 949 } }], { create: false }))[0] ?? mediaId(0),
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
    const { headers } = await letAppIn(house.home.rooms.appGrants, { clientId: 'gets' });
    const get = (path: string, body: object): Promise<JsonObject> =>
      new Promise((resolve, reject) => {
        const payload = JSON.stringify(body);
        const framing = { 'content-type': 'application-json', 'content-length': String(Buffer.byteLength(payload)) };
        const sent = request(`${house.home.address}${path}`, { method: 'GET', headers: { ...headers, ...framing } }, (reply) => {
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
