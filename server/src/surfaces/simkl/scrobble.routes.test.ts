import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { createViewingStore } from '#core/viewing/index.ts';
import { type MediaId, mediaId, serverId } from '#kernel/ids.ts';
import { eventually, type Household, startHousehold } from '#tests/support/household.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { createSimklCalls, type SimklCalls } from '#tests/support/simkl-calls.ts';

const MINUTE = 60_000;
const listed = { libraryId: '1', files: [], genres: [], state: { played: false, positionMs: 0 } };
const movie = (title: string, ids: Record<string, string>, minutes?: number): UpstreamItem => ({
  ...listed,
  upstreamId: title,
  kind: 'movie',
  title,
  year: 1995,
  ids,
  ...(minutes !== undefined && { runtimeMs: minutes * MINUTE }),
});
const episode = (show: UpstreamItem['show'], number: number): UpstreamItem => ({
  ...listed,
  upstreamId: `${show?.upstreamId}-${number}`,
  kind: 'episode',
  title: `Part ${number}`,
  ids: { tvdb: `${show?.title.length}00${number}` },
  ...(show && { show }),
  season: 1,
  episodes: [number],
  runtimeMs: 50 * MINUTE,
});
const DARK = { upstreamId: 'dark', title: 'Dark', year: 2017, ids: { tvdb: '334824' } };
const BEBOP = { upstreamId: 'bebop', title: 'Cowboy Bebop', year: 1998, ids: { mal: '1' } };

let home: Household;
let call: SimklCalls;
let now = Date.UTC(2026, 0, 10, 12);
let heat: MediaId;
let unmeasured: MediaId;
let dark: MediaId;

beforeAll(async () => {
  home = await startHousehold({ servers: [], clock: { now: () => now } });
  call = createSimklCalls(() => home.address, await letAppIn(home.rooms.appGrants));
  const copies = await home.rooms.database.transaction((handle) =>
    createMediaGraph(handle, home.rooms).ingest(serverId(1), [
      movie('Heat', { imdb: 'tt0113277', simkl: '53992' }, 100),
      movie('Unmeasured', { imdb: 'tt9' }),
      episode(DARK, 1),
      episode(DARK, 2),
      episode(BEBOP, 1),
    ]),
  );
  [heat, unmeasured, dark] = copies.map((copy) => copy.mediaIds[0] ?? mediaId(0)) as [MediaId, MediaId, MediaId];
});
afterAll(() => home.close());
beforeEach(() => {
  now += 10 * 24 * 60 * MINUTE;
});

const HEAT = { movie: { ids: { imdb: 'tt0113277' } } };
const DARK_1 = { show: { ids: { tvdb: 334_824 } }, episode: { season: 1, number: 1 } };
const standing = async (media: MediaId) => (await createViewingStore(home.rooms.database).viewings(MAIN_PERSON, [media])).get(media);
const standingThere = async (media: MediaId) => {
  const found = await standing(media);
  if (!found) throw new Error(`nobody stands anywhere in ${media}`);
  return found;
};
const plays = async (media: MediaId) => (await createViewingStore(home.rooms.database).plays(MAIN_PERSON, [media])).get(media)?.length ?? 0;
const playbacks = async (path = '/sync/playback') =>
  (await call<{ id: number; progress: number; paused_at: string; type: string }[]>('GET', path)).body;
const stamp = async (type: string, kind: string) =>
  (await home.rooms.tracker.activities(MAIN_PERSON)).shelves[type as 'movies'].kinds[kind as 'playback'];

describe('a player', () => {
  it('starts, pauses and stops a movie: from 80 % on it is watched', async () => {
    const started = await call('POST', '/scrobble/start', { progress: 1.5, ...HEAT });
    expect([started.status, started.body]).toEqual([
      201,
      {
        id: 0,
        action: 'start',
        progress: 1.5,
        movie: { title: 'Heat', year: 1995, ids: { simkl: 53992, slug: 'heat', imdb: 'tt0113277' } },
      },
    ]);
    now += 20 * MINUTE;
    const paused = await call<{ id: number }>('POST', '/scrobble/pause', { progress: 21.5, ...HEAT });
    expect([paused.status, paused.body]).toEqual([
      201,
      expect.objectContaining({ id: expect.any(Number), action: 'pause', progress: 21.5 }),
    ]);
    expect(paused.body.id).toBeGreaterThan(0);
    expect(await standing(heat)).toMatchObject({ watched: false, positionMs: 21.5 * MINUTE, positionAt: now });
    expect(await playbacks()).toEqual([
      {
        id: paused.body.id,
        progress: 21.5,
        paused_at: `${new Date(now).toISOString().slice(0, 19)}Z`,
        watched_at: expect.any(String),
        type: 'movie',
        movie: { title: 'Heat', year: 1995, ids: expect.objectContaining({ simkl: 53992 }) },
      },
    ]);
    now += 90 * MINUTE;
    const stopped = await call('POST', '/scrobble/stop', { progress: 80, ...HEAT });
    expect([stopped.status, stopped.body]).toEqual([201, expect.objectContaining({ action: 'scrobble', progress: 80 })]);
    expect(await standing(heat)).toMatchObject({ watched: true, positionMs: 0 });
    expect([await plays(heat), await playbacks()]).toEqual([1, []]);
    expect(await stamp('movies', 'completed')).toBeGreaterThanOrEqual(now);
  });

  it('is told that a movie was watched within the hour, and of nothing else after it', async () => {
    now += 30 * MINUTE;
    await call('POST', '/scrobble/stop', { progress: 95, ...HEAT });
    const watchedAt = `${new Date(now).toISOString().slice(0, 19)}Z`;
    const before = await plays(heat);
    now += 59 * MINUTE;
    const again = await call('POST', '/scrobble/stop', { progress: 99, ...HEAT });
    expect([again.status, again.body]).toEqual([
      409,
      {
        error: 'already_watched',
        code: 409,
        message: expect.any(String),
        watched_at: watchedAt,
        expires_at: `${new Date(now + MINUTE).toISOString().slice(0, 19)}Z`,
      },
    ]);
    now += MINUTE;
    expect((await call('POST', '/scrobble/stop', { progress: 99, ...HEAT })).status).toBe(201);
    expect(await plays(heat)).toBe(before);
    now += 24 * 60 * MINUTE;
    expect((await call('POST', '/scrobble/stop', { progress: 99, ...HEAT })).status).toBe(201);
    expect(await plays(heat)).toBe(before + 1);
  });

  it('pauses where it stops before 80 %', async () => {
    const { body } = await call('POST', '/scrobble/stop', { progress: 79.99, ...DARK_1 });
    expect(body).toMatchObject({
      action: 'pause',
      progress: 79.99,
      show: { title: 'Dark', year: 2017, ids: { tvdb: '334824' } },
      episode: { season: 1, number: 1, episode: 1, title: 'Part 1' },
    });
    expect((await standing(dark))?.watched).toBe(false);
    expect(await playbacks('/sync/playback/episodes')).toHaveLength(1);
    expect(await playbacks('/sync/playback/movies')).toEqual([]);
  });

  it('ends with a start what had come as far as 80 %', async () => {
    await call('POST', '/scrobble/pause', { progress: 85, ...DARK_1 });
    expect((await standing(dark))?.watched).toBe(false);
    now += 5 * MINUTE;
    await call('POST', '/scrobble/start', { progress: 0, ...DARK_1, episode: { season: 1, number: 2 } });
    expect(await standing(dark)).toMatchObject({ watched: true, changedAt: now - 5 * MINUTE });
    expect(await plays(dark)).toBe(1);
  });

  it('names an anime as a show, and is answered with an anime', async () => {
    const body = { progress: 10, show: { title: 'Cowboy Bebop', year: '1998' }, episode: { season: 1, episode: '1' } };
    const reply = await call('POST', '/scrobble/pause', body);
    expect(reply.body).toMatchObject({ anime: { title: 'Cowboy Bebop', anime_type: null, ids: { mal: '1' } }, episode: { number: 1 } });
    expect(reply.body).not.toHaveProperty('show');
    expect((await call('POST', '/scrobble/pause', { progress: 10, anime: { ids: { mal: 1 } }, episode: { number: 1 } })).status).toBe(201);
  });

  it('tells of a title whose length nobody knows, and hears the same share back', async () => {
    await call('POST', '/scrobble/pause', { progress: 33.33, movie: { ids: { imdb: 'tt9' } } });
    expect(await standing(unmeasured)).toBeUndefined();
    expect((await playbacks()).find((one) => one.progress === 33.33)).toMatchObject({ type: 'movie' });
  });

  it('plays what nobody knew of, where it names it well enough', async () => {
    const known = { progress: 90, movie: { title: 'Brand new', year: 2026, ids: { tmdb: 777 } } };
    expect((await call('POST', '/scrobble/stop', known)).body).toMatchObject({ action: 'scrobble', movie: { title: 'Brand new' } });
    for (const movieTold of [{ ids: { imdb: 'tt404' } }, { title: 'No id', year: 2020 }, { ids: { simkl: 1 } }, {}]) {
      const { status, body } = await call('POST', '/scrobble/stop', { progress: 90, movie: movieTold });
      expect([status, body]).toEqual([404, expect.objectContaining({ error: 'id_err', code: 404 })]);
    }
    const episodeOf = { progress: 5, show: { ids: { tvdb: 334_824 } }, episode: { season: 9, number: 1 } };
    expect((await call('POST', '/scrobble/pause', episodeOf)).body).toMatchObject({
      episode: { season: 9, number: 1, title: 'Episode 1' },
    });
  });

  it.each([
    [{ progress: 5 }, 'empty_field', 'movie'],
    [HEAT, 'empty_field', 'progress'],
    [{ progress: 101, ...HEAT }, 'wrong_parameter', 'progress'],
    [{ progress: 'x', ...HEAT }, 'wrong_parameter', 'progress'],
    [{ progress: 5, show: { ids: { tvdb: 334_824 } } }, 'empty_field', 'episode'],
    [{ progress: 5, ...HEAT, ...DARK_1 }, 'wrong_parameter', 'show'],
    [{ progress: 5, movie: [] }, 'wrong_parameter', 'movie'],
    [[], 'empty_field', 'progress'],
  ])('is told which field is wrong: %j', async (sent, error, field) => {
    for (const verb of ['start', 'pause', 'stop']) {
      const { status, body } = await call('POST', `/scrobble/${verb}`, sent);
      expect([status, body]).toEqual([400, expect.objectContaining({ error, message: expect.stringContaining(field) })]);
    }
  });

  it('that may only read changes nothing', async () => {
    const reader = createSimklCalls(
      () => home.address,
      await letAppIn(home.rooms.appGrants, { clientId: 'reader', generation: 2, readOnly: true }),
    );
    for (const [method, path] of [
      ['POST', '/scrobble/stop'],
      ['POST', '/checkin'],
      ['DELETE', '/sync/playback/5'],
    ] as const) {
      const { status, body } = await reader(method, path, { progress: 90, ...HEAT });
      expect([status, body]).toEqual([403, expect.objectContaining({ error: 'insufficient_scope' })]);
    }
    expect((await reader('GET', '/sync/playback')).status).toBe(200);
  });

  it('waits for its turn where many tell at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => call('POST', '/scrobble/pause', { progress: index + 1, ...HEAT })),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect((await playbacks()).filter((one) => one.id === heat)).toHaveLength(1);
  });
});

describe('somebody who checks in', () => {
  it('has watched it when it would have ended, also where the house was restarted meanwhile', async () => {
    const before = await plays(heat);
    const { status, body } = await call('POST', '/checkin', HEAT);
    expect([status, body]).toEqual([201, expect.objectContaining({ action: 'checkin', progress: 0, movie: expect.anything() })]);
    await home.restart();
    expect(await plays(heat)).toBe(before);
    now += 100 * MINUTE + 1;
    home.rooms.jobs.wake();
    await eventually(async () => expect(await plays(heat)).toBe(before + 1));
    const [play] = ((await createViewingStore(home.rooms.database).plays(MAIN_PERSON, [heat])).get(heat) ?? []).toSorted(
      (one, other) => (other.at ?? 0) - (one.at ?? 0),
    );
    expect(play?.at).toBe(now - 1);
  });

  it('has not, where the player says more of it, or the check-in is taken back', async () => {
    const before = await plays(dark);
    await call('POST', '/scrobble/checkin', { progress: 50, ...DARK_1 });
    now += MINUTE;
    await call('POST', '/scrobble/pause', { progress: 52, ...DARK_1 });
    const { body } = await call<{ id: number }>('POST', '/scrobble/checkin', HEAT);
    const movies = await plays(heat);
    expect((await call('DELETE', `/sync/playback/${body.id}`)).status).toBe(204);
    now += 200 * MINUTE;
    home.rooms.jobs.wake();
    await eventually(async () => expect((await home.rooms.jobs.stats()).pending).toBe(0));
    expect([await plays(dark), await plays(heat)]).toEqual([before, movies]);
  });
});

describe('what a person can go on with', () => {
  it('keeps its number however often it is paused, and moves its day', async () => {
    const first = await call<{ id: number }>('POST', '/scrobble/pause', { progress: 10, ...HEAT });
    const moved = await stamp('movies', 'playback');
    now += MINUTE;
    const second = await call<{ id: number }>('POST', '/scrobble/pause', { progress: 20, ...HEAT });
    expect(second.body.id).toBe(first.body.id);
    expect(await stamp('movies', 'playback')).toBeGreaterThan(moved ?? 0);
    expect((await playbacks())[0]).toMatchObject({ id: first.body.id, progress: 20 });
  });

  it('is what servers tell too, and the last word of anybody', async () => {
    await call('POST', '/scrobble/pause', { progress: 10, ...HEAT });
    now += MINUTE;
    const viewing = createViewingStore(home.rooms.database);
    const known = await standingThere(heat);
    await viewing.saveViewings(MAIN_PERSON, [{ ...known, positionMs: 50 * MINUTE, positionAt: now }]);
    expect((await playbacks())[0]).toMatchObject({ id: heat, progress: 50 });
    await viewing.saveViewings(MAIN_PERSON, [{ ...known, positionMs: 0, positionAt: now + 1 }]);
    expect((await playbacks()).filter((one) => one.id === heat)).toEqual([]);
  });

  it('is asked for by span, number and what was watched since', async () => {
    const day = (ms: number) => encodeURIComponent(new Date(ms).toISOString());
    await call('POST', '/scrobble/pause', { progress: 10, ...HEAT });
    const at = now;
    const listedAt = async (query: string) => (await playbacks(`/sync/playback?${query}`)).filter((one) => one.id === heat).length;
    expect(await listedAt(`date_from=${day(at)}&date_to=${day(at)}`)).toBe(1);
    expect(await listedAt(`date_from=${day(at + 1_000)}`)).toBe(0);
    expect(await listedAt(`date_to=${day(at - 1_000)}`)).toBe(0);
    expect(await listedAt('date_from=1900-01-01T00:00:00Z')).toBe(1);
    expect(await playbacks('/sync/playback?limit=1')).toHaveLength(1);
    expect(await playbacks('/sync/playback/?')).not.toHaveLength(0);
    const known = await standingThere(heat);
    await createViewingStore(home.rooms.database).saveViewings(MAIN_PERSON, [
      { ...known, watched: true, changedAt: at + 1, positionMs: MINUTE, positionAt: at },
    ]);
    expect([await listedAt(''), await listedAt('hide_watched=true')]).toEqual([1, 0]);
  });

  it.each(['limit=x', 'date_from=never', 'date_to=2026-13-45'])('names the field that is wrong: %s', async (query) => {
    const { status, body } = await call('GET', `/sync/playback?${query}`);
    expect([status, body]).toEqual([
      400,
      expect.objectContaining({ error: 'wrong_parameter', message: expect.stringContaining(query.split('=')[0] ?? '?') }),
    ]);
  });

  it('is forgotten by its number, once', async () => {
    const { body } = await call<{ id: number }>('POST', '/scrobble/pause', { progress: 10, ...HEAT });
    const before = await stamp('movies', 'playback');
    now += 1_000;
    const gone = await call('DELETE', `/sync/playback/${body.id}`);
    expect([gone.status, gone.body]).toEqual([204, undefined]);
    expect(await stamp('movies', 'playback')).toBeGreaterThan(before ?? 0);
    expect((await playbacks()).filter((one) => one.id === body.id)).toEqual([]);
    const again = await call('DELETE', `/sync/playback/${body.id}`);
    expect([again.status, again.body]).toEqual([404, expect.objectContaining({ error: 'empty' })]);
  });

  it.each(['0', 'x', '-5', '1.5', '%00', '999999999999'])('has no number %s', async (id) => {
    const { status, body } = await call('DELETE', `/sync/playback/${id}`);
    expect([status, body]).toEqual([404, expect.objectContaining({ error: 'url_failed' })]);
  });

  it('is listed at the address of one too, and nowhere else', async () => {
    expect(Array.isArray((await call('GET', '/sync/playback/5')).body)).toBe(true);
    const posted = await call('POST', '/sync/playback/movies');
    expect([posted.status, Array.isArray(posted.body)]).toEqual([201, true]);
    const { status, body } = await call('GET', '/sync/playback/shows');
    expect([status, body]).toEqual([404, expect.objectContaining({ error: 'url_failed' })]);
  });

  it('is each person’s own', async () => {
    const { id } = await home.rooms.people.create('bob');
    const other = createSimklCalls(() => home.address, await letAppIn(home.rooms.appGrants, { person: id, clientId: 'bobs' }));
    await call('POST', '/scrobble/pause', { progress: 10, ...HEAT });
    expect((await other('GET', '/sync/playback')).body).toEqual([]);
    expect((await other('DELETE', `/sync/playback/${heat}`)).status).toBe(404);
  });
});
