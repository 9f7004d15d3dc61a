import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExternalIds } from '#kernel/external-ids.ts';
import type { FakeTitle } from './media-server.fake.ts';
import type { MediaServer } from './media-server.port.ts';
import {
  ADDED_AT,
  libraryOf,
  type MediaServerBench,
  type MediaServerTraits,
  MOVIE,
  options,
  WATCHED_AT,
  when,
} from './media-server-bench.contract.ts';
import { describeMoodContract } from './media-server-moods.contract.ts';
import { describePageRecall } from './media-server-pages.contract.ts';
import { describeShelfContract } from './media-server-shelf.contract.ts';
import { describeWebhookContract } from './media-server-webhook.contract.ts';
import type { ItemPage, UpstreamItem } from './upstream-item.ts';

export type { MediaServerBench, MediaServerTraits } from './media-server-bench.contract.ts';

const SHOW = {
  upstreamId: '7000',
  title: 'Star Trek: The Next Generation',
  year: 1987,
  ids: { tvdb: '71470', imdb: 'tt0092455' } as ExternalIds,
};
const episode = (season: number, episodes: readonly number[], title: string, ids: ExternalIds = {}, file?: string): FakeTitle => ({
  kind: 'episode',
  title,
  show: SHOW,
  season,
  episodes,
  ids,
  path: `/media/tv/Star Trek The Next Generation/Season ${season}/${file ?? `S0${season}E0${episodes[0]}`}.mkv`,
  addedAt: ADDED_AT,
  durationMs: 2_730_000,
});

async function readPages(server: MediaServer, libraryId: string, pageSize = 2): Promise<readonly ItemPage[]> {
  const pages: ItemPage[] = [];
  for await (const page of server.readLibrary(await libraryOf(server, libraryId), { ...options(), pageSize })) pages.push(page);
  return pages;
}

const readItems = async (server: MediaServer, libraryId: string): Promise<readonly UpstreamItem[]> =>
  (await readPages(server, libraryId)).flatMap((page) => page.items);

/**
 * Every promise of the ports, kept by every vendor's adapter against its own fake over real HTTP. What vendors do
 * differently is taken from the adapter's capabilities; a vendor is never named here.
 */
export function describeMediaServerContract(
  name: string,
  open: () => Promise<MediaServerBench>,
  traits: MediaServerTraits = { marksSendEvents: true },
): void {
  describePageRecall(name, open);
  describeShelfContract(name, open);
  describe(`${name} as a media server`, () => {
    let bench: MediaServerBench;
    let server: MediaServer;
    let movies: string;
    let shows: string;
    beforeEach(async () => {
      bench = await open();
      server = bench.driver.connect(bench.connection(bench.fake.owner));
      movies = bench.fake.addLibrary({ name: 'Films', kind: 'movies' });
      shows = bench.fake.addLibrary({ name: 'Series', kind: 'shows' });
    });
    afterEach(() => bench.close());
    const read = async (id: string, by = server): Promise<UpstreamItem> => {
      const item = await by.readItem(id, options());
      if (!item) throw new Error(`The server has no item ${id}.`);
      return item;
    };

    describe('who it is', () => {
      it('tells its own id, to anybody', async () => {
        expect((await server.identify(options())).uuid).toBe(bench.fake.uuid);
        const stranger = bench.driver.connect(bench.connection({ ...bench.fake.owner, token: 'not-the-token' }));
        expect(await stranger.serverUuid(options())).toBe(bench.fake.uuid);
      });

      it('says that a wrong token is unauthorized', async () => {
        const stranger = bench.driver.connect(bench.connection({ ...bench.fake.owner, token: 'not-the-token' }));
        await expect(stranger.identify(options())).rejects.toMatchObject({ code: 'upstream-unauthorized' });
        await expect(stranger.listLibraries(options())).rejects.toMatchObject({ code: 'upstream-unauthorized' });
      });

      it('never shows the token in an error', async () => {
        const stranger = bench.driver.connect(bench.connection({ ...bench.fake.owner, token: 'sesame-open-9431' }));
        const error: unknown = await stranger.identify(options()).catch((reason: unknown) => reason);
        expect(String(error)).not.toContain('sesame-open-9431');
      });

      it('never writes the token into a URL', async () => {
        bench.fake.addTitle(movies, MOVIE);
        await readPages(server, movies);
        const sent = bench.fake.calls.map((call) => `${call.path}?${new URLSearchParams(call.query)}`);
        expect(sent.length).toBeGreaterThan(0);
        expect(sent.filter((url) => url.includes(bench.fake.owner.token))).toEqual([]);
      });

      it('lists its users by name', async () => {
        const child = bench.fake.addUser({ name: 'Robin' });
        expect(await server.listUsers(options())).toContainEqual(expect.objectContaining({ id: child.id, name: 'Robin' }));
      });
    });

    describe('its libraries', () => {
      it('are listed with their kind, and music is not supported', async () => {
        const music = bench.fake.addLibrary({ name: 'Songs', kind: 'music' });
        const libraries = await server.listLibraries(options());
        expect(libraries).toContainEqual(expect.objectContaining({ id: movies, name: 'Films', kind: 'movies', supported: true }));
        expect(libraries).toContainEqual(expect.objectContaining({ id: shows, name: 'Series', kind: 'shows', supported: true }));
        expect(libraries).toContainEqual(expect.objectContaining({ id: music, supported: false }));
      });

      it('are read whole over several pages', async () => {
        const ids = [1, 2, 3, 4, 5].map((n) => bench.fake.addTitle(movies, { ...MOVIE, title: `Film ${n}`, ids: { tmdb: String(n) } }));
        const pages = await readPages(server, movies);
        expect(pages.length).toBeGreaterThanOrEqual(3);
        expect(pages.every((page) => page.total === 5)).toBe(true);
        expect(pages.map((page) => page.offset)).toEqual([0, 2, 4]);
        expect(pages.flatMap((page) => page.items.map((item) => item.upstreamId)).sort()).toEqual([...ids].sort());
      });

      it('are empty when they are empty', async () => {
        expect(await readItems(server, movies)).toEqual([]);
        expect(await readItems(server, shows)).toEqual([]);
      });

      it('do not mix with each other', async () => {
        bench.fake.addTitle(movies, MOVIE);
        const id = bench.fake.addTitle(shows, episode(1, [3], 'The Naked Now'));
        expect((await readItems(server, shows)).map((item) => item.upstreamId)).toEqual([id]);
      });
    });

    describe('a search for titles', () => {
      it('finds movies and episodes by a part of their title, as items with their ids, and no more than asked for', async () => {
        const movie = bench.fake.addTitle(movies, MOVIE);
        const third = bench.fake.addTitle(shows, episode(1, [3], 'The Naked Now'));
        bench.fake.addTitle(shows, episode(1, [4], 'Naked Again'));
        const search = (text: string, limit = 10) => server.searchTitles(text, { ...options(), limit });
        const [found] = await search(MOVIE.title.slice(1).toUpperCase());
        expect(found).toMatchObject({ upstreamId: movie, ids: (await read(movie)).ids, kind: 'movie' });
        const [exact] = await search('naked now');
        expect(exact).toMatchObject({ upstreamId: third, season: 1, episodes: [3], show: (await read(third)).show });
        expect(await search('naked')).toHaveLength(2);
        expect(await search('naked', 1)).toHaveLength(1);
        expect(await search('nothing of that name')).toEqual([]);
      });
    });

    describe('its items', () => {
      it('a movie comes with everything that was said of it', async () => {
        const id = bench.fake.addTitle(movies, MOVIE);
        const expected = {
          upstreamId: id,
          libraryId: movies,
          kind: 'movie',
          title: MOVIE.title,
          year: 2001,
          ids: { imdb: 'tt0211915', tmdb: '194' },
          addedAt: ADDED_AT,
          overview: MOVIE.overview,
          genres: ['Comedy', 'Romance'],
          releasedOn: '2001-04-25',
          runtimeMs: 7_320_000,
          state: { played: false, positionMs: 0 },
        };
        const [item] = await readItems(server, movies);
        expect(item).toMatchObject(expected);
        expect(item?.files.map((file) => file.path)).toEqual([MOVIE.path]);
        expect(item?.state.lastPlayedAt).toBeUndefined();
        expect(await read(id)).toMatchObject(expected);
      });

      it('an episode comes with the ids of its series, listed or read alone', async () => {
        const id = bench.fake.addTitle(shows, episode(1, [3], 'The Naked Now', { tvdb: '127134' }));
        const expected = { kind: 'episode', title: 'The Naked Now', ids: { tvdb: '127134' }, season: 1, episodes: [3], libraryId: shows };
        const [item] = await readItems(server, shows);
        for (const seen of [item, await read(id)]) {
          expect(seen).toMatchObject(expected);
          expect(seen?.show).toMatchObject({ title: SHOW.title, ids: SHOW.ids });
        }
      });

      it('a special is of season 0', async () => {
        bench.fake.addTitle(shows, episode(0, [1], 'Behind the Scenes'));
        expect(await readItems(server, shows)).toMatchObject([{ season: 0, episodes: [1] }]);
      });

      it('a file of two episodes holds both', async () => {
        bench.fake.addTitle(shows, episode(1, [1, 2], 'Encounter at Farpoint', {}, 'S01E01-E02'));
        expect(await readItems(server, shows)).toMatchObject([{ season: 1, episodes: [1, 2] }]);
      });

      it('a range longer than the limit is read as its first episode', async () => {
        bench.fake.addTitle(shows, episode(1, [1, 2, 3, 4, 5, 6, 7, 8], 'All of it', {}, 'S01E01-E08'));
        expect(await readItems(server, shows)).toMatchObject([{ season: 1, episodes: [1] }]);
        const patient = bench.driver.connect({ ...bench.connection(bench.fake.owner), maxEpisodeRange: 10 });
        expect(await readItems(patient, shows)).toMatchObject([{ episodes: [1, 2, 3, 4, 5, 6, 7, 8] }]);
      });

      it('an item without ids passes with none', async () => {
        bench.fake.addTitle(movies, { kind: 'movie', title: 'Urlaub 2019', path: '/media/Urlaub.mp4', addedAt: ADDED_AT });
        expect((await readItems(server, movies)).map((item) => item.ids)).toEqual([{}]);
      });

      it('one that is gone is undefined, and no longer listed', async () => {
        const id = bench.fake.addTitle(movies, MOVIE);
        bench.fake.removeTitle(id);
        expect(await server.readItem(id, options())).toBeUndefined();
        expect(await readItems(server, movies)).toEqual([]);
      });

      it('a replaced copy keeps its id and has another added date', async () => {
        const id = bench.fake.addTitle(movies, MOVIE);
        bench.fake.replaceCopy(id, ADDED_AT + 86_400_000);
        expect((await read(id)).addedAt).toBe(ADDED_AT + 86_400_000);
      });
    });

    describe('its pictures', () => {
      it.each([undefined, 342])('are those of a movie, and for an episode of its series (width: %s)', async (width) => {
        const movie = bench.fake.addTitle(movies, MOVIE);
        const first = bench.fake.addTitle(shows, episode(1, [1], 'Encounter at Farpoint'));
        const show = (await read(first)).show?.upstreamId;
        const how = { ...options(), ...(width !== undefined && { width }) };
        for (const item of [{ upstreamId: movie }, { upstreamId: first, ...(show !== undefined && { showUpstreamId: show }) }]) {
          bench.fake.forgetCalls();
          expect(await server.readImage(item, 'poster', how)).toMatchObject({ type: 'image/png' });
          const told = JSON.stringify(bench.fake.calls.map(({ path, query }) => [path, query]));
          // An id may hold these digits by chance.
          expect(bench.fake.calls.some(({ query }) => Object.values(query).includes('342'))).toBe(width !== undefined);
          expect(told).toContain('showUpstreamId' in item ? item.showUpstreamId : item.upstreamId);
        }
      });

      it('are undefined where it has none', async () => {
        expect(await server.readImage({ upstreamId: '4294967295' }, 'poster', { ...options(), width: 342 })).toBeUndefined();
      });
    });

    describe('its states', () => {
      it('are read in full: played, count, date and position', async () => {
        const seen = bench.fake.addTitle(movies, { ...MOVIE, title: 'Seen' });
        const begun = bench.fake.addTitle(movies, { ...MOVIE, title: 'Begun', ids: { imdb: 'tt0113277', tmdb: '949' } });
        bench.fake.setState(bench.fake.owner.id, seen, { played: true, playCount: 2, lastPlayedAt: WATCHED_AT, positionMs: 0 });
        bench.fake.setState(bench.fake.owner.id, begun, { played: false, playCount: 0, positionMs: 600_000 });
        const states = new Map((await readItems(server, movies)).map((item) => [item.upstreamId, item.state]));
        expect(states.get(seen)).toMatchObject({ played: true, playCount: 2, lastPlayedAt: WATCHED_AT, positionMs: 0 });
        expect(states.get(begun)).toMatchObject({ played: false, positionMs: 600_000 });
        expect((await read(seen)).state).toMatchObject({ played: true, playCount: 2, lastPlayedAt: WATCHED_AT, positionMs: 0 });
      });

      it('tell a watched title that is begun again from an un-watched one', async () => {
        const id = bench.fake.addTitle(movies, MOVIE);
        await bench.fake.finish(bench.fake.owner.id, id, WATCHED_AT);
        await bench.fake.pauseAt(bench.fake.owner.id, id, 1_200_000);
        const begunAgain = (await read(id)).state;
        expect(begunAgain).toMatchObject({ played: server.capabilities.replayUnmarks !== true, positionMs: 1_200_000 });
        expect(begunAgain.playCount).toBeGreaterThan(0);
        await bench.fake.markByHand(bench.fake.owner.id, id, false);
        const unwatched = (await read(id)).state;
        expect(unwatched.played).toBe(false);
        expect(unwatched.playCount ?? 0).toBe(0);
      });

      it('are each user’s own', async () => {
        const child = bench.fake.addUser({ name: 'Robin' });
        const id = bench.fake.addTitle(movies, MOVIE);
        bench.fake.setState(child.id, id, { played: true, playCount: 1, lastPlayedAt: WATCHED_AT });
        expect((await read(id)).state.played).toBe(false);
        expect((await read(id, bench.driver.connect(bench.connection(child)))).state.played).toBe(true);
      });
    });

    describe('what it is told', () => {
      it('a mark makes the title watched, once, and clears the position', async () => {
        const id = bench.fake.addTitle(movies, MOVIE);
        bench.fake.setState(bench.fake.owner.id, id, { positionMs: 600_000 });
        const answer = await server.markPlayed(id, { ...options(), at: WATCHED_AT });
        const state = bench.fake.stateOf(bench.fake.owner.id, id);
        expect(state).toMatchObject({ played: true, playCount: 1, positionMs: 0 });
        if (server.capabilities.datedMarks) expect(state.lastPlayedAt).toBe(WATCHED_AT);
        else expect(state.lastPlayedAt).toBeDefined();
        if (answer) expect(answer).toMatchObject({ played: true, playCount: 1, positionMs: 0 });
        expect((await read(id)).state).toMatchObject({ played: true, playCount: 1, positionMs: 0 });
      });

      it('a second mark raises the count where the capabilities say so', async () => {
        const id = bench.fake.addTitle(movies, MOVIE);
        await server.markPlayed(id, { ...options(), at: WATCHED_AT });
        await server.markPlayed(id, { ...options(), at: WATCHED_AT });
        expect((await read(id)).state.playCount).toBe(server.capabilities.markRaisesCount ? 2 : 1);
      });

      describe('a mark that stands for several plays', () => {
        const stateOf = (id: string) => bench.fake.stateOf(bench.fake.owner.id, id);
        const times = (plays: number): number => (server.capabilities.countedMarks && traits.takesPositions !== false ? plays : 1);

        it('is counted as so many where the capabilities and the version say so, and leaves all else as it is', async () => {
          const id = bench.fake.addTitle(movies, MOVIE);
          bench.fake.setState(bench.fake.owner.id, id, { favorite: true, positionMs: 600_000 });
          const { favorite } = stateOf(id);
          const answer = await server.markPlayed(id, { ...options(), at: WATCHED_AT, plays: 3 });
          const told = { played: true, playCount: times(3), positionMs: 0 };
          for (const said of [stateOf(id), (await read(id)).state, answer ?? told]) expect(said).toMatchObject(told);
          expect(stateOf(id).favorite).toBe(favorite);
          expect(stateOf(id).lastPlayedAt === WATCHED_AT).toBe(server.capabilities.datedMarks);
        });

        it('raises the count of a title that was begun before', async () => {
          const id = bench.fake.addTitle(movies, MOVIE);
          // Not everybody counts starts.
          const begun = server.capabilities.replayUnmarks === true ? 5 : 0;
          bench.fake.setState(bench.fake.owner.id, id, { played: false, playCount: begun });
          await server.markPlayed(id, { ...options(), at: WATCHED_AT, plays: 3 });
          expect(stateOf(id).playCount).toBe(begun + times(3));
        });
      });

      it('an un-mark makes it unwatched, with or without its date as the capabilities say', async () => {
        const id = bench.fake.addTitle(movies, MOVIE);
        bench.fake.setState(bench.fake.owner.id, id, { played: true, playCount: 3, lastPlayedAt: WATCHED_AT });
        await server.markUnplayed(id, options());
        const { state } = await read(id);
        expect(state.played).toBe(false);
        expect(state.lastPlayedAt).toBe(server.capabilities.unwatchClearsDate ? undefined : WATCHED_AT);
      });

      when(traits.takesPositions !== false)('a position is kept, and neither watches nor counts', async () => {
        const id = bench.fake.addTitle(movies, MOVIE);
        await server.setPosition(id, { ...options(), positionMs: 1_200_000, at: WATCHED_AT, durationMs: 7_320_000, played: false });
        expect(bench.fake.stateOf(bench.fake.owner.id, id)).toMatchObject({ played: false, playCount: 0, positionMs: 1_200_000 });
        expect((await read(id)).state.positionMs).toBe(1_200_000);
      });

      when(traits.takesPositions !== false)('a position on a watched title does not un-watch it or change its count', async () => {
        const id = bench.fake.addTitle(movies, MOVIE);
        bench.fake.setState(bench.fake.owner.id, id, { played: true, playCount: 2, lastPlayedAt: WATCHED_AT });
        const at = WATCHED_AT + 3_600_000;
        await server.setPosition(id, { ...options(), positionMs: 1_200_000, at, durationMs: 7_320_000, played: true });
        expect(bench.fake.stateOf(bench.fake.owner.id, id)).toMatchObject({ played: true, playCount: 2, positionMs: 1_200_000 });
      });

      when(traits.takesPositions === false)('a position that it has no place for is refused, and changes nothing', async () => {
        const id = bench.fake.addTitle(movies, MOVIE);
        const position = { ...options(), positionMs: 1_200_000, at: WATCHED_AT, durationMs: 7_320_000, played: false };
        await expect(server.setPosition(id, position)).rejects.toMatchObject({ code: 'upstream-rejected' });
        expect(bench.fake.stateOf(bench.fake.owner.id, id)).toEqual({ played: false, playCount: 0, positionMs: 0 });
      });

      it('says whether it has a place for positions', async () => {
        expect((await server.takesUserData?.(options())) ?? true).toBe(traits.takesPositions !== false);
      });

      it('touches only the user who is asked for', async () => {
        const child = bench.fake.addUser({ name: 'Robin' });
        const id = bench.fake.addTitle(movies, MOVIE);
        await bench.driver.connect(bench.connection(child)).markPlayed(id, { ...options(), at: WATCHED_AT });
        expect(bench.fake.stateOf(bench.fake.owner.id, id).played).toBe(false);
        expect(bench.fake.stateOf(child.id, id).played).toBe(true);
      });
    });

    it('shows who is playing what now, and nothing when nobody is', async () => {
      const id = bench.fake.addTitle(movies, MOVIE);
      expect(await server.listSessions(options())).toEqual([]);
      bench.fake.startSession(bench.fake.owner.id, id);
      expect(await server.listSessions(options())).toMatchObject([{ userId: bench.fake.owner.id, upstreamId: id }]);
      bench.fake.endSession(bench.fake.owner.id);
      expect(await server.listSessions(options())).toEqual([]);
    });

    it('names the page of an item in the server’s own web app', () => {
      const url = bench.driver.webUrl({ url: 'https://media.example.test/base', serverUuid: bench.fake.uuid, upstreamId: '4711' });
      expect(url).toContain('4711');
      expect(url.startsWith('https://')).toBe(true);
    });
  });

  describeWebhookContract(name, open, traits);
  describeMoodContract(name, open);
}
