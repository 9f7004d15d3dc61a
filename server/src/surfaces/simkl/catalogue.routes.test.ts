import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { type MediaId, mediaId, serverId } from '#kernel/ids.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { createSimklCalls, type SimklCalls } from '#tests/support/simkl-calls.ts';

const NOW = Date.UTC(2026, 0, 10);
const clock = { now: () => NOW };
const listed = { libraryId: '1', files: [], genres: ['Crime'], state: { played: false, positionMs: 0 } };
const DARK = { upstreamId: 'dark', title: 'Dark', year: 2017, ids: { tvdb: '334824', imdb: 'tt5753856', tmdb: '70523' } };
const BEBOP = { upstreamId: 'bebop', title: 'Cowboy Bebop', year: 1998, ids: { mal: '1', tvdb: '76885' } };
const episode = (show: typeof DARK | typeof BEBOP, season: number, number: number, releasedOn?: string): UpstreamItem => ({
  ...listed,
  upstreamId: `${show.upstreamId}-${season}-${number}`,
  kind: 'episode',
  title: `Part ${number}`,
  ids: {},
  show,
  season,
  episodes: [number],
  runtimeMs: 50 * 60_000,
  ...(releasedOn !== undefined && { releasedOn }),
});
const movie = (title: string, year: number, ids: Record<string, string>): UpstreamItem => ({
  ...listed,
  upstreamId: `${title}-${year}`,
  kind: 'movie',
  title,
  year,
  ids,
  runtimeMs: 170 * 60_000,
  releasedOn: `${year}-12-15`,
  overview: 'A heist.',
});

let home: Household;
let call: SimklCalls;
let ids: Record<'heat' | 'dark' | 'bebop' | 'akira', MediaId>;
let numbers: Record<keyof typeof ids, number>;

beforeAll(async () => {
  home = await startHousehold({ servers: [], clock });
  call = createSimklCalls(() => home.address, await letAppIn(home.rooms.appGrants));
  const { database, titleNumbers } = home.rooms;
  const copies = await database.transaction((handle) =>
    createMediaGraph(handle, { clock }).ingest(serverId(1), [
      movie('Heat', 1995, { imdb: 'tt0113277', tmdb: '949', simkl: '53992' }),
      movie('Akira', 1988, { mal: '47' }),
      episode(DARK, 0, 1),
      episode(DARK, 1, 1, '2017-12-01'),
      episode(DARK, 1, 2, '2026-03-01'),
      episode(BEBOP, 1, 1, '1998-04-03'),
    ]),
  );
  const found = createMediaGraph(database, { clock });
  const showOf = async (index: number) => {
    const [media] = await found.get(copies[index]?.mediaIds ?? []);
    return media?.show?.id ?? mediaId(0);
  };
  const of = (index: number) => copies[index]?.mediaIds[0] ?? mediaId(0);
  ids = { heat: of(0), akira: of(1), dark: await showOf(3), bebop: await showOf(5) };
  const given = await titleNumbers.numbersOf(Object.values(ids));
  numbers = Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, given.get(id)])) as typeof numbers;
});
afterAll(() => home.close());

describe('a search by ids', () => {
  const titles = async (query: string) => (await call<{ title: string }[]>('GET', `/search/id?${query}`)).body.map(({ title }) => title);

  it('answers what each kind of title is, with its number as a number', async () => {
    expect((await call('GET', '/search/id?imdb=tt0113277')).body).toEqual([
      { type: 'movie', title: 'Heat', poster: null, year: 1995, status: 'released', ids: { simkl: 53992, slug: 'heat' } },
    ]);
    expect((await call('GET', '/search/id?tvdb=334824')).body).toEqual([
      { type: 'tv', title: 'Dark', poster: null, year: 2017, status: null, ids: { simkl: numbers.dark, slug: 'dark' }, total_episodes: 2 },
    ]);
    expect((await call('GET', '/search/id?mal=1')).body).toEqual([
      expect.objectContaining({ type: 'anime', title: 'Cowboy Bebop', total_episodes: 1, anime_type: null, mal: { id: 1, type: null } }),
    ]);
  });

  it('takes ids as apps write them, and the number that it gave', async () => {
    expect(await titles('imdb=https%3A%2F%2Fwww.imdb.com%2Ftitle%2Ftt0113277%2F')).toEqual(['Heat']);
    expect(await titles('simkl=53992')).toEqual(['Heat']);
    expect(await titles(`simkl=${numbers.dark}`)).toEqual(['Dark']);
    expect(await titles('tmdb=949&type=movie&app-name=x&whatever=%00')).toEqual(['Heat']);
    expect(await titles('tmdb=949&type=show')).toEqual([]);
    expect(await titles('mal=47&type=anime')).toEqual(['Akira']);
    expect(await titles('imdb=tt0113277&type=anime')).toEqual([]);
    expect(await titles('title=Dark&year=2017')).toEqual(['Dark']);
    expect(await titles('title=Heat&year=1995&season=1')).toEqual([]);
  });

  it.each(['', 'imdb=tt999', 'imdb=%00', 'simkl=-1', 'simkl=99999999999', 'hulu=5', 'imdb=a&imdb=b'])(
    'of nothing that is known is empty: %s',
    async (query) => {
      const { status, body } = await call('GET', `/search/id?${query}`);
      expect([status, body]).toEqual([200, []]);
    },
  );
});

describe('a search by name', () => {
  it('answers titles of one kind, with pages in its headers', async () => {
    const { status, body, headers } = await call('GET', '/search/tv?q=dar&page=1&limit=10');
    expect([status, body]).toEqual([
      200,
      [{ title: 'Dark', poster: null, year: 2017, endpoint_type: 'tv', ids: { simkl_id: numbers.dark, slug: 'dark', tmdb: '70523' } }],
    ]);
    expect(['page', 'limit', 'page-count', 'item-count'].map((name) => headers.get(`x-pagination-${name}`))).toEqual(['1', '10', '1', '1']);
    expect((await call('GET', '/search/movie?q=heat&extended=full')).body).toEqual([
      expect.objectContaining({ all_titles: ['Heat'], url: '/movies/53992/heat', rank: null, status: 'released' }),
    ]);
    expect((await call('GET', '/search/anime/?q=akira')).body).toEqual([
      expect.objectContaining({ endpoint_type: 'anime', type: 'movie' }),
    ]);
    expect((await call<unknown[]>('GET', '/search/all?q=a')).body).toHaveLength(3);
  });

  it('is empty without a text, null of a kind that there is not, and takes pages beyond the last', async () => {
    expect((await call('GET', '/search/tv')).body).toEqual([]);
    expect((await call('GET', '/search/tv?q=')).body).toEqual([]);
    expect((await call('GET', '/search/series?q=dark')).body).toBeNull();
    const { body, headers } = await call('GET', '/search/tv?q=dark&page=500&limit=500');
    expect([body, headers.get('x-pagination-page'), headers.get('x-pagination-limit')]).toEqual([[], '20', '50']);
  });

  it.each(['page=x', 'limit=1.5'])('names the field that is wrong: %s', async (query) => {
    const { status, body } = await call('GET', `/search/tv?q=dark&${query}`);
    expect([status, body]).toEqual([
      400,
      { error: 'wrong_parameter', code: 400, message: expect.stringContaining(query.split('=')[0] ?? '?') },
    ]);
  });
});

describe('a search by the name of a file', () => {
  const heat = {
    type: 'movie',
    movie: { title: 'Heat', year: 1995, type: 'movie', ids: expect.objectContaining({ simkl: 53992, imdb: 'tt0113277' }) },
  };

  it('answers the movie, the episode or the series', async () => {
    const posted = await call('POST', '/search/file', { file: '/films/Heat (1995)/heat.mkv' });
    expect([posted.status, posted.body]).toEqual([201, heat]);
    expect((await call('POST', '/search/file/', { file: 'Dark.S01E01E02.mkv', part: 2 })).body).toEqual({
      type: 'episode',
      show: { title: 'Dark', year: 2017, type: 'show', ids: expect.objectContaining({ simkl: numbers.dark, tvdb: '334824' }) },
      episode: { title: 'Part 2', season: 1, episode: 2, multipart: true, ids: { simkl: expect.any(Number) } },
    });
    expect((await call('POST', '/search/file', { file: 'Dark.S05E01.mkv' })).body).toEqual({ type: 'show', show: expect.anything() });
  });

  it('is asked by GET with a body too', async () => {
    const { port } = new URL(home.address);
    const app = await letAppIn(home.rooms.appGrants, { clientId: 'kodi' });
    const answer = await new Promise<string>((resolve, reject) => {
      const asked = request(
        {
          port,
          method: 'GET',
          path: '/search/file/?client_id=kodi',
          headers: { 'content-type': 'application-json', 'simkl-api-key': app.clientId, 'transfer-encoding': 'chunked' },
        },
        (reply) => {
          let text = '';
          reply.on('data', (chunk) => {
            text += String(chunk);
          });
          reply.on('end', () => resolve(text));
        },
      );
      asked.on('error', reject);
      asked.end(JSON.stringify({ file: 'Heat.1995.mkv' }));
    });
    expect(JSON.parse(answer)).toEqual(heat);
  });

  it('is empty where nothing fits, and null where nothing is asked', async () => {
    expect((await call('POST', '/search/file', { file: 'Nothing.S01E01.mkv' })).body).toEqual([]);
    expect((await call('POST', '/search/file', { file: '' })).body).toEqual([]);
    expect((await call('POST', '/search/file', {})).body).toBeNull();
    expect((await call('POST', '/search/file')).body).toBeNull();
  });

  it.each([{ file: 5 }, { file: 'x'.repeat(5_000) }, { file: 'a.mkv', part: 'x' }, { file: null }])(
    'names the field that is wrong: %j',
    async (body) => {
      const reply = await call('POST', '/search/file', body);
      expect([reply.status, reply.body]).toEqual([400, expect.objectContaining({ error: 'wrong_parameter', code: 400 })]);
    },
  );
});

describe('the page of a title', () => {
  it('tells all that is known, and what is not known as null', async () => {
    const { status, body } = await call('GET', '/movies/53992?extended=full');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      title: 'Heat',
      year: 1995,
      type: 'movie',
      ids: { simkl: 53992, slug: 'heat', imdb: 'tt0113277', tmdb: '949' },
      released: '1995-12-15',
      runtime: 170,
      overview: 'A heist.',
      genres: ['Crime'],
      rank: null,
      poster: null,
      director: null,
      trailers: null,
      release_dates: [],
    });
    expect((await call('GET', '/tv/tt5753856')).body).toMatchObject({
      title: 'Dark',
      type: 'show',
      runtime: 50,
      total_episodes: 2,
      first_aired: '2017-12-01',
      status: null,
      network: null,
    });
    expect((await call('GET', `/anime/${numbers.bebop}`)).body).toMatchObject({ type: 'anime', anime_type: null, ids: { mal: '1' } });
    expect((await call('GET', `/anime/${numbers.akira}`)).body).toMatchObject({ type: 'anime', anime_type: 'movie', ids: { mal: '47' } });
  });

  it('is empty for a number that means nothing, and for one of another kind', async () => {
    for (const path of ['/movies/1', '/tv/53992', `/movies/${numbers.dark}`, '/anime/tt1', '/tv/episodes/1', '/tv/9999999999999999999']) {
      const { status, body } = await call('GET', path);
      expect([path, status, body]).toEqual([path, 200, []]);
    }
  });

  it.each(['/tv/trending', '/movies/best', '/anime/a%00', '/tv/episodes/x'])('is no page that is not served here: %s', async (path) => {
    const { status, body } = await call('GET', path);
    expect([status, body]).toEqual([404, expect.objectContaining({ error: 'url_failed' })]);
  });
});

describe('the episodes of a series', () => {
  it('come with season and number, specials and anime as they are told', async () => {
    expect((await call('GET', `/tv/episodes/${numbers.dark}?extended=full`)).body).toEqual([
      {
        title: 'Part 1',
        description: null,
        type: 'special',
        aired: true,
        img: null,
        date: null,
        runtime: 50,
        ids: { simkl_id: expect.any(Number) },
      },
      expect.objectContaining({ season: 1, episode: 1, type: 'episode', aired: true, date: '2017-12-01T00:00:00+00:00' }),
      expect.objectContaining({ season: 1, episode: 2, aired: false, date: '2026-03-01T00:00:00+00:00' }),
    ]);
    const [first] = (await call<object[]>('GET', `/anime/episodes/${numbers.bebop}/`)).body;
    expect(first).toMatchObject({ episode: 1, type: 'episode' });
    expect(first).not.toHaveProperty('season');
  });

  it('are asked of a title', async () => {
    for (const path of ['/tv/episodes/', '/anime/episodes']) {
      const { status, body } = await call('GET', path);
      expect([status, body]).toEqual([400, expect.objectContaining({ error: 'empty_id', code: 400 })]);
    }
  });
});

describe('where the page of a title is', () => {
  it.each([
    ['to=simkl&imdb=tt0113277', '//simkl.com/movies/53992/heat'],
    ['to=Simkl&mal=1', () => `//simkl.com/anime/${numbers.bebop}/cowboy-bebop`],
    ['to=simkl&tvdb=334824&season=1&episode=2', () => `//simkl.com/tv/${numbers.dark}/dark`],
    ['to=trailer&imdb=tt0113277', '//simkl.com/movies/53992/heat'],
    ['to=simkl&imdb=tt999', '//simkl.com'],
    ['', '//simkl.com'],
  ])('is told of %s', async (query, location) => {
    const { status, headers } = await call('GET', `/redirect?${query}`);
    expect([status, headers.get('location')]).toEqual([301, typeof location === 'function' ? location() : location]);
  });
});

describe('what others think of a title', () => {
  it('is null where nobody knows', async () => {
    expect((await call('GET', '/ratings?simkl=53992')).body).toEqual({
      id: 53992,
      link: 'https://simkl.com/movies/53992/heat',
      rank: null,
      droprate: null,
      simkl: null,
      has_trailer: false,
      year: 1995,
      release_status: 'released',
    });
    expect((await call('GET', '/ratings?simkl=53992&fields=has_trailer')).body).toEqual({
      id: 53992,
      link: expect.anything(),
      has_trailer: false,
    });
    expect((await call('GET', '/ratings?simkl=1')).body).toEqual([]);
  });
});

describe('an app without a person', () => {
  it('may look titles up where somebody here has let it in, and else not', async () => {
    for (const path of ['/search/id?imdb=tt0113277', '/search/movie?q=heat', '/movies/53992', '/tv/episodes/1', '/ratings?simkl=53992']) {
      const known = await fetch(`${home.address}${path}`, { headers: { 'simkl-api-key': 'test-app' } });
      const unknown = await fetch(`${home.address}${path}`, { headers: { 'simkl-api-key': 'nobody-knows-me' } });
      expect([path, known.status, unknown.status]).toEqual([path, 200, 412]);
    }
  });
});
