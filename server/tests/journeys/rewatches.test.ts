import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { createViewingStore } from '#core/viewing/index.ts';
import { type MediaId, serverId } from '#kernel/ids.ts';
import type { JsonObject } from '#kernel/json.ts';
import { DATABASES } from '#tests/support/databases.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { createSimklCalls, type SimklCalls } from '#tests/support/simkl-calls.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 10, 12);
const listed = { libraryId: '1', files: [], genres: [], state: { played: false, positionMs: 0 } };
const SHOW = { upstreamId: 'dark', title: 'Dark', year: 2017, ids: { tvdb: '334824' } };
const items: readonly UpstreamItem[] = [
  { ...listed, upstreamId: 'heat', kind: 'movie', title: 'Heat', year: 1995, ids: { imdb: 'tt0113277' }, releasedOn: '1995-12-15' },
  { ...listed, upstreamId: 'ran', kind: 'movie', title: 'Ran', year: 1985, ids: { imdb: 'tt0089881' }, releasedOn: '1985-06-01' },
  ...[1, 2].map(
    (number): UpstreamItem => ({
      ...listed,
      upstreamId: `dark-${number}`,
      kind: 'episode',
      title: `Part ${number}`,
      ids: {},
      show: SHOW,
      season: 1,
      episodes: [number],
      releasedOn: '2017-12-01',
    }),
  ),
];

type Response = JsonObject & { rewatch_id?: number; rewatch_status?: string };
type Answer = { added: { movies: number; shows: number; episodes: number; statuses: { response: Response }[] } };
type Entry = JsonObject & { rewatch_id?: number };

const HEAT = { ids: { imdb: 'tt0113277' } };
const DARK = { ids: { tvdb: 334_824 } };
const at = (day: number): string => new Date(START + day * DAY).toISOString().replace('.000Z', 'Z');
const part = (...numbers: number[]) => ({ ...DARK, seasons: [{ number: 1, episodes: numbers.map((number) => ({ number })) }] });

describe.each(DATABASES)('watching again, on %s', (database) => {
  let home: Household;
  let call: SimklCalls;
  let ids: readonly (MediaId | undefined)[];
  let now = START;

  beforeAll(async () => {
    home = await startHousehold({ servers: [], database, clock: { now: () => now } });
    call = createSimklCalls(() => home.address, await letAppIn(home.rooms.appGrants));
    const copies = await home.rooms.database.transaction((handle) => createMediaGraph(handle, home.rooms).ingest(serverId(1), items));
    ids = copies.map((copy) => copy.mediaIds[0]);
    const [first] = await createMediaGraph(home.rooms.database, home.rooms).get([ids[2]].flatMap((id) => id ?? []));
    const episodes = [1, 2].map((number) => ({ season: 1, number, airedOn: '2017-12-01' }));
    const media = first?.show?.id ?? expect.fail('no show');
    await home.rooms.titleFacts.tell('oracle', [{ media, facts: { status: 'ended' }, complete: true, episodes }]);
  }, 60_000);
  afterAll(() => home.close());

  const write = async (body: unknown, query = '?allow_rewatch=yes') =>
    (await call<Answer>('POST', `/sync/history${query}`, body)).body.added;
  const responseOf = async (body: unknown) => (await write(body)).statuses[0]?.response ?? {};
  const rows = async (type: 'movies' | 'shows', query = '?allow_rewatch=yes') =>
    (await call<Record<string, Entry[]>>('GET', `/sync/all-items/${type}${query}`)).body[type] ?? [];
  const days = async () => (await call<{ all: string }>('GET', '/sync/activities')).body.all;

  it('a movie is a time more, two days and more after another, and each app sees one that asks for one', async () => {
    expect(await responseOf({ movies: [{ ...HEAT, watched_at: at(-30) }] })).not.toHaveProperty('rewatch_id');
    expect(await rows('movies')).toMatchObject([{ is_rewatch: false }]);
    const again = await write({ movies: [HEAT] });
    expect(again).toMatchObject({ movies: 0, statuses: [{ response: { status: 'completed', rewatch_status: 'completed' } }] });
    const id = again.statuses[0]?.response.rewatch_id;
    expect(id).toEqual(expect.any(Number));
    now += DAY;
    expect(await responseOf({ movies: [HEAT] })).not.toHaveProperty('rewatch_id');
    expect(await rows('movies')).toMatchObject([
      { is_rewatch: false, status: 'completed' },
      { is_rewatch: true, rewatch_id: id, rewatch_status: 'completed', last_watched_at: at(0), movie: { title: 'Heat' } },
    ]);
    const plain = await rows('movies', '');
    expect(plain).toHaveLength(1);
    expect(plain[0]).not.toHaveProperty('is_rewatch');
  });

  it('without the word of it is kept and no time more by itself, until somebody asks', async () => {
    now += 10 * DAY;
    expect((await write({ movies: [HEAT] }, '')).statuses[0]?.response).not.toHaveProperty('rewatch_id');
    await write({ movies: [{ ...HEAT, watched_at: at(8) }] }, '');
    expect(await rows('movies')).toMatchObject([{ is_rewatch: false }, {}, { last_watched_at: at(8), rewatch_status: 'completed' }]);
  });

  it('is told of plays of servers too, under an id that stays', async () => {
    const [, ran] = ids;
    if (ran === undefined) throw new Error('no movie');
    await write({ movies: [{ ids: { imdb: 'tt0089881' }, watched_at: at(-20) }] }, '');
    await home.rooms.database.transaction((handle) =>
      createViewingStore(handle).addPlays(
        MAIN_PERSON,
        [-10, -9, -3].map((day) => ({ mediaId: ran, at: START + day * DAY, evidence: { how: 'import' as const, receivedAt: now } })),
        now,
      ),
    );
    const seen = async () =>
      (await rows('movies')).flatMap((row) => ((row.movie as JsonObject).title === 'Ran' && row.is_rewatch === true ? [row] : []));
    const first = await seen();
    expect(first.map((row) => row.last_watched_at)).toEqual([at(-10), at(-3)]);
    expect(await seen()).toEqual(first);
  });

  it('a show goes on where it was, is complete by its last episode, and begins anew', async () => {
    await write({ shows: [{ ...part(1, 2), watched_at: at(-40) }] });
    const begun = await responseOf({ shows: [part(1)] });
    expect(begun).toMatchObject({ status: 'completed', rewatch_status: 'active' });
    const before = await days();
    expect((await rows('shows', '?allow_rewatch=yes&extended=full&episode_watched_at=yes'))[1]).toMatchObject({
      rewatch_id: begun.rewatch_id,
      watched_episodes_count: 1,
      last_watched: 'S01E01',
      next_to_watch: 'S01E02',
      seasons: [{ number: 1, episodes: [{ number: 1 }] }],
    });
    expect(await responseOf({ shows: [part(2)] })).toMatchObject({ rewatch_id: begun.rewatch_id, rewatch_status: 'completed' });
    expect(await days()).not.toBe(before);
    now += 10 * DAY;
    const next = await responseOf({ shows: [{ ...DARK, is_rewatch: true }] });
    expect(next).toMatchObject({ rewatch_status: 'active' });
    expect(next.rewatch_id).not.toBe(begun.rewatch_id);
    expect(await rows('shows')).toMatchObject([
      {},
      { watched_episodes_count: 2 },
      { rewatch_id: next.rewatch_id, watched_episodes_count: 0 },
    ]);
    const pinned = { ...part(2), rewatch_id: next.rewatch_id };
    expect(await responseOf({ shows: [pinned] })).toMatchObject({ rewatch_id: next.rewatch_id, rewatch_status: 'active' });
    const closed = { ...DARK, rewatch_id: next.rewatch_id, rewatch_status: 'closed' };
    expect(await responseOf({ shows: [closed] })).toMatchObject({ rewatch_id: next.rewatch_id, rewatch_status: 'closed' });
    expect((await rows('shows')).map((row) => row.rewatch_status)).toEqual([undefined, 'completed', 'closed']);
  });

  it('whatever is news is no time more, and what was removed takes its times along into the bin and back', async () => {
    await call('POST', '/sync/history/remove', { shows: [DARK] });
    expect(await rows('shows')).toEqual([]);
    const { entries } = await home.rooms.bin.list({}, { offset: 0, limit: 1 });
    expect(await responseOf({ shows: [{ ...part(1), is_rewatch: true }] })).not.toHaveProperty('rewatch_id');
    expect(await rows('shows')).toHaveLength(1);
    await home.rooms.restoring.restore(entries[0]?.id ?? 0, { kind: 'login', id: '1', name: 'owner' });
    expect((await rows('shows')).slice(0, 3).map((row) => row.rewatch_status)).toEqual([undefined, 'completed', 'closed']);
  });

  it.each(['', '&extended=full&episode_watched_at=yes&include_all_episodes=yes', '&extended=full&episode_runtime=yes&next_watch_info=yes'])(
    'leaves the entries of the titles themselves as they are without the word, also with %s',
    async (more) => {
      for (const type of ['movies', 'shows'] as const) {
        const all = await rows(type, `?allow_rewatch=yes${more}`);
        const own = all.filter((row) => row.is_rewatch === false).map(({ is_rewatch: _, ...row }) => row);
        expect(all.length).toBeGreaterThan(own.length);
        expect(own).toEqual(await rows(type, `?${more.slice(1)}`));
      }
    },
  );

  it('passes over ids and words that are none', async () => {
    now += 10 * DAY;
    const odd = { ...HEAT, rewatch_id: 999_999, rewatch_status: 'sideways', is_rewatch: 'perhaps' };
    expect(await responseOf({ movies: [odd] })).toMatchObject({ rewatch_status: 'completed' });
    const foreign = await rows('movies', '?allow_rewatch=yes&extended=ids_only');
    expect(foreign).toHaveLength(2);
  });

  describe('by a player', () => {
    const RAN = { movie: { ids: { imdb: 'tt0089881' } } };
    const stop = async (body: JsonObject, query = '?allow_rewatch=yes', progress = 95) =>
      (await call<Response>('POST', `/scrobble/stop${query}`, { progress, ...body })).body;
    const timesOf = async (type: 'movies' | 'shows') => (await rows(type)).filter((row) => row.is_rewatch === true);
    const forget = (body: unknown) => call('POST', '/sync/history/remove', body);

    it('a movie is a time more as by a word of history, and only where the player says so', async () => {
      await forget({ movies: [RAN.movie, HEAT] });
      now += 10 * DAY;
      expect(await stop(RAN)).toMatchObject({ action: 'scrobble', rewatch_status: 'first_watch' });
      now += DAY;
      const soon = await stop(RAN);
      expect(soon).toMatchObject({ action: 'scrobble', rewatch_status: 'too_soon' });
      expect(soon).not.toHaveProperty('rewatch_id');
      expect((await call('POST', '/scrobble/stop?allow_rewatch=yes', { progress: 95, ...RAN })).status).toBe(409);
      now += 3 * DAY;
      const below = await stop(RAN, '?allow_rewatch=yes', 79);
      expect([below.action, Object.keys(below)]).toEqual(['pause', expect.not.arrayContaining(['rewatch_status'])]);
      const before = await days();
      const again = await stop(RAN);
      expect(again).toMatchObject({ action: 'scrobble', rewatch_id: expect.any(Number), rewatch_status: 'completed' });
      expect(await days()).not.toBe(before);
      expect(await timesOf('movies')).toMatchObject([{ rewatch_id: again.rewatch_id, rewatch_status: 'completed' }]);
      expect(await responseOf({ movies: [RAN.movie] })).not.toHaveProperty('rewatch_id');

      now += 10 * DAY;
      const plain = await stop(RAN, '');
      expect(Object.keys(plain)).toEqual(['id', 'action', 'progress', 'movie']);
      expect((await rows('movies', '')).filter((row) => (row.movie as JsonObject).title === 'Ran')).toHaveLength(1);
      const times = await timesOf('movies');
      expect([times.length, times[0]?.rewatch_id]).toEqual([2, again.rewatch_id]);
    });

    it('a show goes on where a player or an app was in it, each episode once', async () => {
      await forget({ shows: [DARK] });
      now += 10 * DAY;
      await write({ shows: [part(1, 2)] });
      now += 10 * DAY;
      const episode = (number: number) => ({ show: DARK, episode: { season: 1, number } });
      const begun = await stop(episode(1));
      expect(begun).toMatchObject({ rewatch_id: expect.any(Number), rewatch_status: 'active' });
      now += DAY;
      expect(await stop(episode(1))).toMatchObject({ rewatch_id: begun.rewatch_id, rewatch_status: 'too_soon' });
      expect(await responseOf({ shows: [part(2)] })).toMatchObject({ rewatch_id: begun.rewatch_id, rewatch_status: 'completed' });
      now += 10 * DAY;
      await call('POST', '/scrobble/pause?allow_rewatch=yes', { progress: 85, ...episode(2) });
      const started = await call('POST', '/scrobble/start?allow_rewatch=yes', { progress: 0, ...RAN });
      expect(started.body).not.toHaveProperty('rewatch_status');
      expect(await timesOf('shows')).toMatchObject([
        { rewatch_id: begun.rewatch_id, rewatch_status: 'completed' },
        { rewatch_status: 'active', watched_episodes_count: 1 },
      ]);
    });

    it('more than fifty of one title are plays alone', async () => {
      await forget({ movies: [RAN.movie] });
      await write({ movies: [RAN.movie] }, '');
      for (let times = 0; times < 50; times += 1) {
        now += 3 * DAY;
        await write({ movies: [RAN.movie] });
      }
      now += 3 * DAY;
      const more = await stop(RAN);
      expect(more).toMatchObject({ action: 'scrobble', rewatch_status: 'not_eligible' });
      expect(more).not.toHaveProperty('rewatch_id');
    });

    it('those whose plays lie in the bin count no more, and a title named twice in one body is one time more', async () => {
      await forget({ movies: [RAN.movie] });
      await write({ movies: [RAN.movie] }, '');
      now += 3 * DAY;
      expect(await stop(RAN)).toMatchObject({ rewatch_status: 'completed' });
      now += 3 * DAY;
      await write({ movies: [RAN.movie, RAN.movie] });
      expect(await timesOf('movies')).toHaveLength(2);
    });
  });
});
