import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { type MediaId, mediaId, serverId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { createAnime } from './anime.store.ts';
import type { ExternalIds } from './external-ids.ts';
import { createMediaGraph, type MediaGraph } from './media-graph.ts';
import { createTitleClaims, type TitleClaim, type VerifyTitle } from './title-claims.ts';
import { createTitleNumbers } from './title-numbers.ts';

const listed = { libraryId: '1', files: [], genres: [], state: { played: false, positionMs: 0 } };
const THRONES = { upstreamId: 'got', title: 'Game of Thrones', year: 2011, ids: { tvdb: '121361', imdb: 'tt0944947', tmdb: '1399' } };

describe.each(DATABASES)('what apps mean by the titles that they name, on %s', (kind) => {
  let opened: TestDatabase;
  let heat: MediaId;
  let thrones: MediaId;
  let first: MediaId;
  let second: MediaId;
  const clock = { now: () => 1_000 };
  const within = <T>(work: (graph: MediaGraph) => Promise<T>) =>
    opened.database.transaction((handle) => work(createMediaGraph(handle, { clock })));
  const graph = () => createMediaGraph(opened.database, { clock });
  const numbers = () => createTitleNumbers({ database: opened.database });
  const claims = (verify?: VerifyTitle) =>
    createTitleClaims({
      database: opened.database,
      numbers: numbers(),
      graphOn: (handle) => createMediaGraph(handle, { clock }),
      ...(verify && { verify }),
    });
  const resolve = (...told: TitleClaim[]) => claims().resolve(told, { create: false });
  const create = (...told: TitleClaim[]) => claims().resolve(told, { create: true });
  const movie = async (title: string, ids: ExternalIds, year?: number): Promise<MediaId> => {
    const [known] = await within((on) => on.know([{ kind: 'movie', title, ids, ...(year !== undefined && { year }) }]));
    return known?.mediaId ?? mediaId(0);
  };
  const episode = (number: number, ids: ExternalIds): UpstreamItem => ({
    ...listed,
    upstreamId: `got-${number}`,
    kind: 'episode',
    title: `Part ${number}`,
    ids,
    show: THRONES,
    season: 1,
    episodes: [number],
  });
  const titles = async () => (await opened.database.tables<{ media: { id: number } }>().selectFrom('media').select('id').execute()).length;

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    heat = await movie('Heat', { imdb: 'tt0113277', tmdb: '949', tvdb: '3' }, 1995);
    const copies = await within((on) => on.ingest(serverId(1), [episode(1, { tvdb: '3254641' }), episode(2, { tvdb: '3436411' })]));
    [first, second] = copies.map((copy) => copy.mediaIds[0] ?? mediaId(0)) as [MediaId, MediaId];
    const [show] = await within((on) => on.knowShows([THRONES]));
    thrones = show?.mediaId ?? mediaId(0);
  });
  afterAll(() => opened.close());

  it('is found by ids of any form, in order, and nothing is made or learnt', async () => {
    const before = await titles();
    expect(
      await resolve(
        { kind: 'show', ids: { tmdb: 1399 } },
        { kind: 'movie', ids: { imdb: 'https://www.imdb.com/title/tt0113277/', simkl: 53_000 } },
        { kind: 'movie', ids: { tmdb: '1399' } },
        { kind: 'any', ids: { imdb: 'tt0944947' } },
        { kind: 'movie' },
      ),
    ).toEqual([thrones, heat, undefined, thrones, undefined]);
    expect(await titles()).toBe(before);
    expect((await graph().get([heat]))[0]?.ids).toEqual({ imdb: 'tt0113277', tmdb: '949', tvdb: '3' });
  });

  it('is found by the number that the app has from here, whatever else it says', async () => {
    const given = await numbers().numbersOf([heat, thrones, first]);
    const [film, show] = [given.get(heat), given.get(thrones)];
    expect(
      await resolve(
        { kind: 'movie', ids: { simkl: film } },
        { kind: 'any', ids: { simkl: String(show), tmdb: 949 } },
        { kind: 'movie', ids: { simkl: show } },
        { kind: 'show', ids: { simkl: given.get(first) } },
      ),
    ).toEqual([heat, thrones, undefined, undefined]);
    expect(await claims().resolveEpisodes(undefined, [{ ids: { simkl: given.get(first) } }], { create: false })).toEqual([first]);
  });

  it('is weighed where ids disagree, and left open where nobody can tell', async () => {
    const other = await movie('Ronin', { imdb: 'tt0122690', tmdb: '8195' }, 1998);
    expect(
      await create(
        { kind: 'movie', ids: { imdb: 'tt0113277', tvdb: 3, tmdb: 8195 }, title: 'Heat' },
        { kind: 'movie', ids: { imdb: 'tt0113277', tmdb: 8195 }, title: 'A third one', year: 2020 },
        { kind: 'any', ids: { tmdb: 949, imdb: 'tt0944947' }, title: 'Heat' },
      ),
    ).toEqual([heat, undefined, undefined]);
    expect((await graph().get([other]))[0]?.ids).toEqual({ imdb: 'tt0122690', tmdb: '8195' });
    expect(await graph().openConflicts()).toBe(0);
  });

  it('is found by name and year where one title alone has them and no id speaks against it', async () => {
    const undated = await movie('Undated', { tmdb: '88' });
    await movie('Undated', { tmdb: '89' }, 2002);
    await movie('Pinocchio', { tmdb: '532639' }, 2022);
    await movie('Pinocchio', { tmdb: '555604' }, 2022);
    expect(
      await resolve(
        { kind: 'movie', title: 'heat!', year: 1995 },
        { kind: 'movie', title: 'Heat', year: 1995, ids: { mal: 3 } },
        { kind: 'movie', title: 'Heat', year: 1986 },
        { kind: 'movie', title: 'Heat', year: 1996 },
        { kind: 'movie', title: 'Undated', year: 2003 },
        { kind: 'movie', title: 'Heat', year: 1995, ids: { tmdb: 77 } },
        { kind: 'movie', title: 'Pinocchio', year: 2022 },
        { kind: 'show', title: 'Heat', year: 1995 },
        { kind: 'show', title: 'Game of Thrones' },
        { kind: 'show', title: 'Game of Thrones', ids: { tvdb: 5 } },
        { kind: 'any', title: '…' },
      ),
    ).toEqual([heat, heat, undefined, heat, undated, undefined, undefined, undefined, thrones, undefined, undefined]);
  });

  it('is made where its id and its name are told, once, and not of a bare id or a bare name', async () => {
    const told: TitleClaim[] = [
      { kind: 'movie', ids: { imdb: 'tt31' }, title: 'New', year: 2024 },
      { kind: 'show', ids: { tvdb: 32 }, title: 'New' },
      { kind: 'any', ids: { mal: 33 }, title: 'New anime', madeAs: 'show' },
      { kind: 'movie', ids: { simkl: 34 }, title: 'Of Simkl' },
    ];
    const refused: TitleClaim[] = [
      { kind: 'movie', ids: { imdb: 'tt41' } },
      { kind: 'movie', title: 'Bare name', year: 2001 },
      { kind: 'any', ids: { imdb: 'tt42' }, title: 'Of which kind?' },
      { kind: 'movie', ids: { simkl: 2_000_900_000 }, title: 'A number that nobody gave' },
      { kind: 'show', ids: { slug: 'a-slug' }, title: 'A slug' },
    ];
    const made = await create(...told, ...refused);
    expect(made.map((id) => id !== undefined)).toEqual([true, true, true, true, false, false, false, false, false]);
    expect(await create(...told)).toEqual(made.slice(0, 4));
    expect(await resolve(...told)).toEqual(made.slice(0, 4));
    expect((await graph().get(made.flatMap((id) => id ?? []))).map((media) => [media.kind, media.title, media.year])).toEqual([
      ['movie', 'New', 2024],
      ['show', 'New', undefined],
      ['show', 'New anime', undefined],
      ['movie', 'Of Simkl', undefined],
    ]);
  });

  it('is made of text that every database takes', async () => {
    const odd = ' Bad\u0000 name\ud800 ';
    const [made] = await create({ kind: 'movie', ids: { imdb: 'tt61', youtube: 'a\u0000b' }, title: odd });
    const [known] = await graph().get([made].flatMap((id) => id ?? []));
    expect(known).toMatchObject({ title: 'Bad  name\ufffd', ids: { imdb: 'tt61', youtube: 'a b' } });
    expect(await resolve({ kind: 'any', title: odd }, { kind: 'any', ids: { cmdb: '\u0000' } })).toEqual([made, undefined]);
    const [episode] = await claims().resolveEpisodes(thrones, [{ season: 7, number: 7, title: '\u0000' }], { create: true });
    expect((await graph().get([episode].flatMap((id) => id ?? [])))[0]?.title).toBe('Episode 7');
  });

  it('is asked of a source that knows all titles, where there is one', async () => {
    const asked: unknown[] = [];
    const answers = { tt51: 'known', tt52: 'unknown', tt53: 'unavailable' } as const;
    const verify: VerifyTitle = async (title) => {
      asked.push(title);
      return answers[title.ids.imdb as keyof typeof answers];
    };
    const told = Object.keys(answers).map((imdb): TitleClaim => ({ kind: 'movie', ids: { imdb }, title: imdb, year: 2000 }));
    const found = await claims(verify).resolve([{ kind: 'movie', ids: { tmdb: 949 } }, ...told], { create: true });
    expect(found.map((id) => id !== undefined)).toEqual([true, true, false, true]);
    expect(asked).toHaveLength(3);
    expect(asked[0]).toEqual({ kind: 'movie', ids: { imdb: 'tt51' }, title: 'tt51', year: 2000 });
  });

  it('is made of its ids alone where a source says what it is called', async () => {
    const named = createTitleClaims({
      database: opened.database,
      numbers: numbers(),
      graphOn: (handle) => createMediaGraph(handle, { clock }),
      nameOf: async ({ kind: of, ids }) => (of === 'movie' && ids.imdb === 'tt71' ? { title: 'Told by a source', year: 2001 } : undefined),
    });
    const told: TitleClaim[] = [71, 72].map((id) => ({ kind: 'movie', ids: { imdb: `tt${id}` } }));
    const [made, unknown] = await named.resolve(told, { create: true });
    expect(unknown).toBeUndefined();
    expect((await graph().get([made].flatMap((id) => id ?? [])))[0]).toMatchObject({ title: 'Told by a source', year: 2001 });
  });

  it('is an episode by its number, or by ids of its own, which outweigh the number', async () => {
    const find = (...told: Parameters<ReturnType<typeof claims>['resolveEpisodes']>[1]) =>
      claims().resolveEpisodes(thrones, told, { create: false });
    expect(
      await find(
        { season: 1, number: 1 },
        { number: 2 },
        { ids: { tvdb: 3_436_411 } },
        { season: 1, number: 1, ids: { tvdb: '3436411' } },
        { season: 1, number: 1, ids: { imdb: 'tt1480055' } },
        { season: 1, number: 1, ids: { tvdb: 99 } },
        { season: 4, number: 1 },
        { season: 1, number: 1.5 },
        {},
      ),
    ).toEqual([first, second, second, second, first, undefined, undefined, undefined, undefined]);
    expect(await claims().resolveEpisodes(undefined, [{ season: 1, number: 1 }, { ids: { tvdb: 3_254_641 } }], { create: false })).toEqual([
      undefined,
      first,
    ]);
    expect(await claims().resolveEpisodes(heat, [{ season: 1, number: 1 }], { create: true })).toEqual([undefined]);
  });

  it('is a new episode where its series and number are told, and never a second one of a number', async () => {
    const told = [
      { season: 1, number: 3 },
      { season: 0, number: 1, title: 'Special' },
      { season: 1, number: 1, ids: { tvdb: 99 } },
      { ids: { tvdb: 98 } },
      { season: 1, number: 100_000 },
    ];
    const made = await claims().resolveEpisodes(thrones, told, { create: true });
    expect(made.map((id) => id !== undefined)).toEqual([true, true, false, false, false]);
    expect(await claims().resolveEpisodes(thrones, told, { create: true })).toEqual(made);
    expect(await graph().get(made.flatMap((id) => id ?? []))).toMatchObject([
      { kind: 'episode', title: 'Episode 3', season: 1, episode: 3, show: { id: thrones, title: 'Game of Thrones' } },
      { kind: 'episode', title: 'Special', season: 0, episode: 1 },
    ]);
    expect((await graph().get([thrones]))[0]?.ids).toEqual(THRONES.ids);
  });

  it('is anime by an id that only anime have, or by a person’s word, which follows the title when it is joined', async () => {
    const anime = createAnime(opened.database, { clock });
    const [bebop] = await create({ kind: 'show', ids: { mal: 1, tvdb: 76_885 }, title: 'Cowboy Bebop', year: 1998 });
    const [twin] = await create({ kind: 'show', ids: { tmdb: 30_991 }, title: 'Cowboy Bebop (dub)', year: 1998 });
    const all = [bebop, twin, thrones].flatMap((id) => id ?? []);
    const isAnime = async () => all.map((id) => marked.has(id));
    let marked = await anime.isAnime(all);
    expect(await isAnime()).toEqual([true, false, false]);
    await anime.choose(all[0] as MediaId, false, 'owner');
    await anime.choose(thrones, true, 'owner');
    marked = await anime.isAnime(all);
    expect(await isAnime()).toEqual([false, false, true]);
    await anime.choose(thrones, undefined, 'owner');
    await within((on) => on.merge(all[0] as MediaId, all[1] as MediaId, 'owner'));
    marked = await anime.isAnime(all);
    expect(await isAnime()).toEqual([false, false, false]);
    await anime.choose(all[0] as MediaId, undefined, 'owner');
    marked = await anime.isAnime(all);
    expect(await isAnime()).toEqual([true, true, false]);
  });
});
