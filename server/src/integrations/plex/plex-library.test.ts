import { afterEach, describe, expect, it } from 'vitest';
import type { ItemPage } from '#core/upstreams/index.ts';
import { createMoodyHttp, type MoodyHttp, type MoodyReply, type MoodyRequest } from '#core/upstreams/moody-http.fake.ts';
import { systemClock } from '#kernel/instant.ts';
import { createPlexFake } from './plex.fake.ts';
import { createPlexDriver } from './plex-driver.ts';

let http: MoodyHttp | undefined;
afterEach(() => http?.close());

type Raw = Readonly<Record<string, unknown>>;
const movie = (n: number): Raw => ({ ratingKey: String(n), type: 'movie', title: `Film ${n}` });
const span = (request: MoodyRequest) => ({
  start: Number(request.query['X-Plex-Container-Start']),
  size: Number(request.query['X-Plex-Container-Size']),
});
const container = (items: readonly Raw[], totalSize: number): MoodyReply => ({
  body: { MediaContainer: { size: items.length, totalSize, ...(items.length > 0 && { Metadata: items }) } },
});

async function serve(handler: (request: MoodyRequest) => MoodyReply) {
  http = await createMoodyHttp({
    handler,
    unauthorizedReply: () => ({ status: 401 }),
    emptyPageReply: () => ({}),
    isLaterPage: () => false,
    isChange: () => false,
  });
  const driver = createPlexDriver({ clock: systemClock, clientIdentifier: 'usherr-test', plexTvUrl: http.baseUrl });
  return driver.connect({ url: http.baseUrl, token: 'token', uuid: 'server-1' });
}

async function readAll(
  handler: (request: MoodyRequest) => MoodyReply,
  kind: 'movies' | 'shows' = 'movies',
  pageSize = 2,
): Promise<ItemPage[]> {
  const server = await serve(handler);
  const pages: ItemPage[] = [];
  const library = { id: '1', name: 'Films', kind, supported: true };
  for await (const page of server.readLibrary(library, { signal: AbortSignal.timeout(5_000), pageSize })) pages.push(page);
  return pages;
}
const idsOf = (pages: readonly ItemPage[]): string[] => pages.flatMap((page) => page.items.map((item) => item.upstreamId));

describe('a library that changes while it is read', () => {
  /** One change, made after the first page was given. */
  const changing = (before: readonly Raw[], after: readonly Raw[]) => {
    let given = 0;
    return (request: MoodyRequest): MoodyReply => {
      const now = given === 0 ? before : after;
      given += 1;
      const { start, size } = span(request);
      return container(now.slice(start, start + size), now.length);
    };
  };
  const five = [1, 2, 3, 4, 5].map(movie);

  it('misses nothing when an item in front goes away', async () => {
    const pages = await readAll(changing(five, five.slice(1)));
    expect(idsOf(pages)).toEqual(['1', '2', '3', '4', '5']);
    expect(pages.at(-1)?.total).toBe(4);
  });

  it('misses nothing when several go away, up to its end', async () => {
    expect(idsOf(await readAll(changing(five, five.slice(2))))).toEqual(['1', '2', '3', '4', '5']);
    await http?.close();
    expect(idsOf(await readAll(changing(five, five.slice(0, 2))))).toEqual(['1', '2']);
  });

  it('takes what is added behind, and gives nothing twice that moved back', async () => {
    expect(idsOf(await readAll(changing(five, [...five, movie(6)])))).toEqual(['1', '2', '3', '4', '5', '6']);
    await http?.close();
    expect(idsOf(await readAll(changing(five, [movie(0), ...five])))).toEqual(['1', '2', '3', '4', '5']);
  });

  it('comes to an end where its count goes up and down', async () => {
    let asks = 0;
    await readAll((request) => {
      asks += 1;
      const { start, size } = span(request);
      return container(five.slice(start, start + size), asks % 2 === 0 ? 3 : 5);
    });
    expect(asks).toBeLessThan(250);
  });
});

describe('a library whose pages do not say how large it is', () => {
  const all = [1, 2, 3, 4, 5, 6].map(movie);
  const uncounted = (items: readonly Raw[], headers: Record<string, string> = {}): MoodyReply => ({
    headers,
    body: { MediaContainer: { size: items.length, ...(items.length > 0 && { Metadata: items }) } },
  });
  const part = (request: MoodyRequest, of: readonly Raw[]): readonly Raw[] => {
    const { start, size } = span(request);
    return of.slice(start, start + size);
  };

  it.each([1, 2, 4, 6])('is read to its end, %s at a time', async (pageSize) => {
    expect(idsOf(await readAll((request) => uncounted(part(request, all)), 'movies', pageSize))).toEqual(['1', '2', '3', '4', '5', '6']);
    await http?.close();
    expect(idsOf(await readAll((request) => uncounted(part(request, [])), 'movies', pageSize))).toEqual([]);
  });

  it('is as large as the header says', async () => {
    const headers = { 'x-plex-container-total-size': '6' };
    expect(idsOf(await readAll((request) => uncounted(part(request, all), headers), 'movies', 3))).toHaveLength(6);
    await http?.close();
    await expect(readAll((request) => uncounted(part(request, all.slice(0, 3)), headers), 'movies', 3)).rejects.toMatchObject({
      code: 'upstream-unreadable',
    });
  });
});

describe('a page', () => {
  it('that is cut shorter than asked is followed by the rest', async () => {
    const all = [1, 2, 3, 4, 5].map(movie);
    const pages = await readAll((request) => container(all.slice(span(request).start, span(request).start + 1), 5), 'movies', 3);
    expect(idsOf(pages)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('with a malformed item gives the others, and says why one is left alone', async () => {
    const [page] = await readAll(
      () => container([movie(1), { ratingKey: '2', type: 'movie', title: 7 }, { type: 'movie' }], 3),
      'movies',
      3,
    );
    expect(page?.items.map((item) => item.upstreamId)).toEqual(['1']);
    expect(page?.skipped).toEqual([
      { upstreamId: '2', reason: expect.stringContaining('/title') },
      { reason: expect.stringContaining('malformed') },
    ]);
  });

  it('with something else than movies says so', async () => {
    const [page] = await readAll(() => container([{ ratingKey: '9', type: 'clip', title: 'Trailer' }], 1));
    expect(page?.skipped).toEqual([{ upstreamId: '9', title: 'Trailer', reason: 'it is of type clip' }]);
  });

  it('of another shape is an error', async () => {
    await expect(readAll(() => ({ body: { Items: [] } }))).rejects.toMatchObject({ code: 'upstream-unreadable' });
  });

  it('is fetched while the one before is worked on, one ahead and no more', async () => {
    const all = Array.from({ length: 10 }, (_, n) => movie(n));
    const asked: number[] = [];
    const server = await serve((request) => {
      const { start, size } = span(request);
      asked.push(start);
      return container(all.slice(start, start + size), all.length);
    });
    const library = { id: '1', name: 'Films', kind: 'movies', supported: true } as const;
    for await (const page of server.readLibrary(library, { signal: AbortSignal.timeout(5_000), pageSize: 2 })) {
      const oneAhead = Math.min(8, page.offset + 2);
      await expect.poll(() => asked.at(-1), { timeout: 20_000 }).toBe(oneAhead);
      await new Promise((resolve) => setTimeout(resolve, 40));
      expect(asked.at(-1)).toBe(oneAhead);
      if (page.offset === 4) break;
    }
    expect(asked).toEqual([0, 2, 4, 6]);
  });
});

describe('a file of several episodes', () => {
  const episode = (ratingKey: string, index: number, file: string, season = '50'): Raw => ({
    ratingKey,
    type: 'episode',
    title: `Part ${index}`,
    parentIndex: 1,
    index,
    parentRatingKey: season,
    Media: [{ Part: [{ file }] }],
  });
  const first = episode('5101', 1, '/tv/S01E01-E02.mkv');
  const second = episode('5102', 2, '/tv/S01E01-E02.mkv');
  const third = episode('5103', 3, '/tv/S01E03-E04.mkv');
  const fifth = episode('5105', 5, '/tv/S01E05.mkv');

  it('is several where one item has it, and one where another item shares it, pages apart', async () => {
    const episodes = [first, fifth, third, second];
    const pages = await readAll((request) => {
      const { start, size } = span(request);
      return request.query.type === '2' ? container([], 0) : container(episodes.slice(start, start + size), episodes.length);
    }, 'shows');
    const held = Object.fromEntries(pages.flatMap((page) => page.items.map((item) => [item.upstreamId, item.episodes])));
    expect(held).toEqual({ 5101: [1], 5102: [2], 5103: [3, 4], 5105: [5] });
  });

  it('read alone is looked up in its season', async () => {
    const items: Record<string, Raw> = { 5101: first, 5103: third };
    const server = await serve((request) =>
      request.path.endsWith('/children')
        ? container([first, second, third], 3)
        : container([items[request.path.split('/')[3] ?? ''] ?? {}], 1),
    );
    const options = { signal: AbortSignal.timeout(5_000) };
    expect((await server.readItem('5101', options))?.episodes).toEqual([1]);
    expect((await server.readItem('5103', options))?.episodes).toEqual([3, 4]);
  });
});

describe('an item', () => {
  it('is not called gone by a 404 that is a proxy’s', async () => {
    const server = await serve(() => ({ status: 404, type: 'text/html', body: '<html>no such site</html>' }));
    await expect(server.readItem('7', { signal: AbortSignal.timeout(5_000) })).rejects.toMatchObject({ code: 'upstream-not-found' });
  });

  it('is found by its guid where it is the only one', async () => {
    const guid = 'plex://movie/a';
    let copies = 1;
    const server = await serve((request) =>
      request.path.startsWith('/library/metadata/')
        ? { body: { MediaContainer: { librarySectionID: 3, Metadata: [movie(1)] } } }
        : container(
            Array.from({ length: request.query.guid === guid ? copies : 0 }, (_, n) => movie(n + 1)),
            copies,
          ),
    );
    const options = { signal: AbortSignal.timeout(5_000) };
    expect(await server.findByGuid?.(guid, options)).toMatchObject({ upstreamId: '1', libraryId: '3' });
    expect(await server.findByGuid?.('plex://movie/b', options)).toBeUndefined();
    copies = 2;
    expect(await server.findByGuid?.(guid, options)).toBeUndefined();
  });

  it('is found by its guid, and its season looked up, on a server that gives no list to whoever does not say how much of it', async () => {
    const fake = await createPlexFake();
    const driver = createPlexDriver({ clock: systemClock, clientIdentifier: 'usherr-test', plexTvUrl: fake.plexTvUrl });
    try {
      const shows = fake.addLibrary({ name: 'Shows', kind: 'shows' });
      const show = { title: 'Twin Peaks', ids: { tvdb: '70533' } };
      const path = '/tv/Twin Peaks/Season 01/Twin Peaks - S01E01-E02.mkv';
      const id = fake.addTitle(shows, { kind: 'episode', title: 'Pilot', show, season: 1, episodes: [1, 2], path, ids: { tvdb: '1' } });
      const server = driver.connect({ url: fake.baseUrl, token: fake.owner.token, uuid: fake.uuid });
      const call = { signal: AbortSignal.timeout(5_000), raw: true };
      const item = await server.readItem(id, call);
      expect(item).toMatchObject({ upstreamId: id, episodes: [1, 2] });
      const { guid } = (item?.raw ?? {}) as { guid?: string };
      expect(await server.findByGuid?.(guid ?? '', call)).toMatchObject({ upstreamId: id, libraryId: shows });
    } finally {
      await driver.close();
      await fake.close();
    }
  });
});
