import { describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import { DATABASES } from '#tests/support/databases.ts';
import { ago, alien, connectAll, DAY, episodeOf, type Household, heat, inHousehold, shelveAll, sync } from '#tests/support/journey.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { createSimklCalls } from '#tests/support/simkl-calls.ts';

type Listed = { title: { id: number; title: string }; list: string; rating: number | null; memo: { text: string } | null; watched: number };
type Standing = { list: string | null; rating: number | null; memo: { text: string; private: boolean } | null; next: object | null };
type Problem = { error: { code: string; fields?: { field: string }[] } };
const PASSWORD = 'a long enough password';

async function call<Body>(home: Household, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await home.send(method, `/api/v1${path}`, body, headers);
  return { status: answer.status, body: answer.body as Body };
}
const library = async (home: Household, query = '') =>
  (await call<{ items: Listed[]; total: number }>(home, 'GET', `/library${query}`)).body;
const titles = ({ items }: { items: readonly Listed[] }) => items.map((one) => one.title.title);

async function idOf(home: Household, kind: 'movie' | 'show', title: string): Promise<MediaId> {
  const graph = createMediaGraph(home.rooms.database, { clock: home.rooms.clock });
  for (let id = 1; id < 50; id += 1) {
    const media = (await graph.describe([id as MediaId])).get(id as MediaId);
    if (media?.kind === kind && media.title === title) return media.id;
  }
  throw new Error(`${title} is not here`);
}

async function connected(home: Household) {
  const ids = shelveAll(home, { alien, heat, first: episodeOf(1), second: episodeOf(2), third: episodeOf(3) }, ['jellyfin']);
  const fake = home.fake('jellyfin');
  fake.setState(fake.owner.id, ids.jellyfin.alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
  fake.setState(fake.owner.id, ids.jellyfin.first, { played: true, playCount: 1, lastPlayedAt: ago(5 * DAY) });
  await connectAll(home, ['jellyfin']);
  await sync(home);
  await home.rooms.events.idle(AbortSignal.timeout(10_000));
  return ids.jellyfin;
}

describe.each(DATABASES)('a library, on %s', (database) => {
  const inLibrary = (work: (home: Household, ids: Awaited<ReturnType<typeof connected>>) => Promise<void>) =>
    inHousehold({ database, servers: ['jellyfin'] }, async (home) => {
      await work(home, await connected(home));
    });

  it('is read in windows, sorted and filtered, with what comes next', () =>
    inLibrary(async (home) => {
      expect(titles(await library(home, '?sort=title'))).toEqual(['Alien', 'Twin Peaks']);
      await call(home, 'PUT', `/titles/${await idOf(home, 'movie', 'Heat')}/list`, { list: 'plantowatch' });
      for (const [query, found] of [
        ['?sort=title&order=down', ['Twin Peaks', 'Heat', 'Alien']],
        ['?sort=watched', ['Twin Peaks', 'Alien', 'Heat']],
        ['?sort=watched&order=up', ['Alien', 'Twin Peaks', 'Heat']],
        ['?sort=year', ['Heat', 'Twin Peaks', 'Alien']],
        ['?sort=title&shelf=movies', ['Alien', 'Heat']],
        ['?sort=title&list=watching&list=plantowatch', ['Heat', 'Twin Peaks']],
        ['?text=PEAK', ['Twin Peaks']],
        ['?text=%25', []],
        ['?text=Alien%00', []],
      ] as const) {
        expect([query, titles(await library(home, query))]).toEqual([query, found]);
      }
      const second = await library(home, '?sort=title&per_page=1&page=2');
      expect([titles(second), second.total]).toEqual([['Heat'], 3]);

      const { body } = await call<{ items: unknown[]; total: number }>(home, 'GET', '/library/up-next');
      expect(body).toMatchObject({
        total: 1,
        items: [
          {
            show: { title: { title: 'Twin Peaks' }, watched: 1, next: { season: 1, number: 2 } },
            episode: { id: expect.any(Number), title: 'Episode 2' },
          },
        ],
        coming: [],
      });
      const counts = await call<{ lists: object[] }>(home, 'GET', '/library/counts');
      expect(counts.body.lists).toHaveLength(3);
      expect(counts.body.lists).toEqual(
        expect.arrayContaining([
          { shelf: 'movies', list: 'completed', count: 1 },
          { shelf: 'movies', list: 'plantowatch', count: 1 },
          { shelf: 'shows', list: 'watching', count: 1 },
        ]),
      );
    }));

  it('has what somebody says of a title, which apps hear of and servers are not marked by', () =>
    inLibrary(async (home, ids) => {
      const [heatId, show] = [await idOf(home, 'movie', 'Heat'), await idOf(home, 'show', 'Twin Peaks')];
      const app = createSimklCalls(() => home.address, await letAppIn(home.rooms.appGrants));
      const before = (await app<{ all: string }>('GET', '/sync/activities')).body.all;
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      const put = (path: string, body: unknown) => call<Standing>(home, 'PUT', path, body);

      expect((await call<Standing>(home, 'GET', `/titles/${heatId}/standing`)).body).toMatchObject({
        list: null,
        rating: null,
        memo: null,
      });
      expect((await put(`/titles/${heatId}/list`, { list: 'completed' })).body).toMatchObject({ list: 'completed', last_watched_at: null });
      expect((await put(`/titles/${heatId}/rating`, { rating: 9 })).body).toMatchObject({ list: 'completed', rating: 9 });
      expect((await put(`/titles/${heatId}/memo`, { text: 'again in winter' })).body).toMatchObject({
        memo: { text: 'again in winter', private: true },
      });
      expect((await put(`/titles/${show}/list`, { list: 'hold' })).body).toMatchObject({ list: 'hold', next: { season: 1, number: 2 } });
      const heard = await app<{ movies: object[]; shows: object[] }>('GET', `/sync/all-items?date_from=${before}&memos=yes`);
      expect(heard.body.movies).toContainEqual(
        expect.objectContaining({ status: 'completed', user_rating: 9, memo: { text: 'again in winter', is_private: true } }),
      );
      expect(heard.body.shows).toEqual([expect.objectContaining({ status: 'hold' })]);
      expect((await call<Listed[]>(home, 'GET', '/library/counts')).body).toMatchObject({
        ratings: [{ shelf: 'movies', rating: 9, count: 1 }],
      });

      for (const what of ['rating', 'memo', 'list']) await call(home, 'DELETE', `/titles/${heatId}/${what}`);
      expect((await call<Standing>(home, 'GET', `/titles/${heatId}/standing`)).body).toMatchObject({
        list: null,
        rating: null,
        memo: null,
      });
      // What was watched of a show keeps it in the library.
      expect((await call<Standing>(home, 'DELETE', `/titles/${show}/list`)).body).toMatchObject({ list: 'watching' });
      await home.rooms.events.idle(AbortSignal.timeout(10_000));
      expect(home.fake('jellyfin').stateOf(home.fake('jellyfin').owner.id, ids.heat).played).toBe(false);
    }));

  it('has its plays by day, and what they come to in the zone of whoever looks', () =>
    inLibrary(async (home) => {
      type Plays = { items: { title: { title: string; series: { title: string } | null }; at: string; account: string }[]; total: number };
      const { body } = await call<Plays>(home, 'GET', '/plays');
      expect(body.items.map((one) => [one.title.series?.title ?? one.title.title, one.at, one.account])).toEqual([
        ['Twin Peaks', new Date(ago(5 * DAY)).toISOString(), 'jellyfin'],
        ['Alien', new Date(ago(60 * DAY)).toISOString(), 'jellyfin'],
      ]);
      const lately = await call<Plays>(home, 'GET', `/plays?from=${new Date(ago(10 * DAY)).toISOString()}&per_page=1`);
      expect([lately.body.total, lately.body.items[0]?.title.series?.title]).toEqual([1, 'Twin Peaks']);
      for (const [query, field] of [
        ['/plays?from=yesterday', 'from'],
        ['/library/stats/steps?zone=Middle/Earth', 'zone'],
        ['/library/stats/steps?count=0', '?count'],
      ] as const) {
        const answer = await call<Problem>(home, 'GET', query);
        expect([query, answer.status, answer.body.error.fields?.[0]?.field]).toEqual([query, 400, field]);
      }
      const stats = await call<Record<string, { minutes: number; lists: Record<string, { count: number }> }>>(
        home,
        'GET',
        '/library/stats',
      );
      expect(stats.body).toMatchObject({
        movies: { minutes: 117, lists: { completed: { count: 1 } } },
        shows: { minutes: 47, week_minutes: 47, lists: { watching: { count: 1, watched: 1, left: 2, left_minutes: 94 } } },
      });
      const zone = 'Pacific/Kiritimati';
      type Chart = { steps: { name: string; movies: { plays: number; minutes: number }; shows: { plays: number; minutes: number } }[] };
      const chart = await call<Chart>(home, 'GET', `/library/stats/steps?step=day&count=90&zone=${zone}`);
      const dayOf = (at: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);
      expect(chart.body.steps).toHaveLength(90);
      expect(chart.body.steps.filter((step) => step.movies.plays + step.shows.plays > 0)).toEqual([
        expect.objectContaining({ name: dayOf(ago(60 * DAY)), movies: { plays: 1, minutes: 117 } }),
        expect.objectContaining({ name: dayOf(ago(5 * DAY)), shows: { plays: 1, minutes: 47 } }),
      ]);
    }));

  it('names what is wrong with a word, and is closed to other people', () =>
    inLibrary(async (home) => {
      const [heatId, show] = [await idOf(home, 'movie', 'Heat'), await idOf(home, 'show', 'Twin Peaks')];
      for (const [path, body, status, field] of [
        [`/titles/${heatId}/list`, { list: 'hold' }, 400, 'list'],
        [`/titles/${heatId}/list`, { list: 'loved' }, 400, 'list'],
        [`/titles/${heatId}/rating`, { rating: 11 }, 400, 'rating'],
        [`/titles/${heatId}/rating`, {}, 400, 'rating'],
        [`/titles/${heatId}/memo`, { text: 'x'.repeat(141) }, 400, 'text'],
        [`/titles/${show + 1_000}/rating`, { rating: 5 }, 404, undefined],
        [`/titles/${show}/rating?person=nobody`, { rating: 5 }, 404, 'person'],
      ] as const) {
        const answer = await call<Problem>(home, 'PUT', path, body);
        expect([path, answer.status, answer.body.error.fields?.[0]?.field]).toEqual([path, status, field]);
      }
      await home.rooms.people.create('kim', 'Kim');
      await call(home, 'POST', '/logins', { username: 'kim', password: PASSWORD, role: 'person', person: 'kim' });
      const { body } = await call<{ token: string }>(home, 'POST', '/session', { username: 'kim', password: PASSWORD });
      const kim = { 'x-apikey': '', authorization: `Bearer ${body.token}` };
      expect((await call(home, 'PUT', `/titles/${heatId}/rating?person=main`, { rating: 3 }, kim)).status).toBe(403);
      expect((await call(home, 'GET', '/library?person=main', undefined, kim)).status).toBe(403);
      expect((await call<Standing>(home, 'PUT', `/titles/${heatId}/rating`, { rating: 3 }, kim)).body).toMatchObject({ rating: 3 });
      expect((await call<{ total: number }>(home, 'GET', '/library', undefined, kim)).body.total).toBe(1);
      expect((await call<Standing>(home, 'GET', `/titles/${heatId}/standing`)).body.rating).toBeNull();
      // On no server, and told by an app of somebody else: no word uncovers what it is called.
      const app = createSimklCalls(() => home.address, await letAppIn(home.rooms.appGrants));
      const told = await app('POST', '/sync/history', { movies: [{ title: 'Solaris', year: 1972, ids: { imdb: 'tt0069293' } }] });
      expect(told.status).toBe(201);
      const hidden = await idOf(home, 'movie', 'Solaris');
      const mine = await call<Standing>(home, 'GET', `/titles/${hidden}/standing`);
      expect([mine.status, mine.body.list]).toEqual([200, 'completed']);
      for (const [method, path, wish] of [
        ['GET', 'standing', undefined],
        ['PUT', 'rating', { rating: 3 }],
        ['PUT', 'list', { list: 'plantowatch' }],
        ['PUT', 'memo', { text: 'what is it?' }],
        ['DELETE', 'memo', undefined],
      ] as const)
        expect([path, (await call(home, method, `/titles/${hidden}/${path}`, wish, kim)).status]).toEqual([path, 404]);
      expect((await call<{ total: number }>(home, 'GET', '/library', undefined, kim)).body.total).toBe(1);
    }));
});
