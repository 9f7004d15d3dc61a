import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MediaId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { createAnime } from './anime.store.ts';
import { createMediaGraph, type MediaGraph } from './media-graph.ts';
import { createPlainTitles, type TitleShelf } from './plain-titles.store.ts';

describe.each(DATABASES)('titles by their names, on %s', (kind) => {
  let opened: TestDatabase;
  const clock = { now: () => 1_000 };
  const within = <T>(work: (graph: MediaGraph) => Promise<T>) =>
    opened.database.transaction((handle) => work(createMediaGraph(handle, { clock })));
  const movies = async (...titles: (readonly [string, number, Record<string, string>?])[]) => {
    const known = await within((graph) =>
      graph.know(titles.map(([title, year, ids]) => ({ kind: 'movie', title, year, ids: ids ?? { imdb: `tt${title.length}${year}` } }))),
    );
    return known.flatMap(({ mediaId }) => mediaId ?? []);
  };
  const search = async (shelf: TitleShelf | 'all', text: string, limit = 10, offset = 0) => {
    const { titles, total } = await createPlainTitles(opened.database).search({ shelf, text, limit, offset });
    const named = await createMediaGraph(opened.database, { clock }).get(titles);
    return [named.map((media) => `${media.title} ${media.year}`), total];
  };

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    await movies(['Alien', 1979], ['Aliens', 1986], ['Alien', 2003], ['My Alien Friend', 2010], ['Amélie', 2001], ['Das Boot', 1981]);
    await movies(['Akira', 1988, { mal: '47' }]);
    await within((graph) => graph.knowShows([{ title: 'Alien Nation', year: 1989, ids: { tvdb: '1' } }]));
  });
  afterAll(() => opened.close());

  it('are found by a part of the name, the name itself first', async () => {
    expect(await search('movie', 'alien')).toEqual([['Alien 2003', 'Alien 1979', 'Aliens 1986', 'My Alien Friend 2010'], 4]);
    expect(await search('movie', 'AMELIE')).toEqual([['Amélie 2001'], 1]);
    expect(await search('movie', 'das boot!')).toEqual([['Das Boot 1981'], 1]);
    expect(await search('show', 'alien')).toEqual([['Alien Nation 1989'], 1]);
    expect(await search('all', 'alienn')).toEqual([['Alien Nation 1989'], 1]);
    expect((await search('all', 'a'))[1]).toBe(8);
  });

  it('come page by page, with their number', async () => {
    expect(await search('movie', 'alien', 2, 2)).toEqual([['Aliens 1986', 'My Alien Friend 2010'], 4]);
    expect(await search('movie', 'alien', 2, 40)).toEqual([[], 4]);
  });

  it('are no match for nothing, and for signs that no name has', async () => {
    for (const text of ['', '%', '_', '…']) expect(await search('movie', text)).toEqual([[], 0]);
  });

  it('that are anime are found among anime alone, as a person says', async () => {
    expect([await search('movie', 'akira'), await search('anime', 'akira')]).toEqual([
      [[], 0],
      [['Akira 1988'], 1],
    ]);
    const { titles } = await createPlainTitles(opened.database).search({ shelf: 'anime', text: 'akira', limit: 1, offset: 0 });
    await createAnime(opened.database, { clock }).choose(titles[0] as MediaId, false, 'owner');
    expect([await search('movie', 'akira'), await search('anime', 'akira')]).toEqual([
      [['Akira 1988'], 1],
      [[], 0],
    ]);
  });

  it('are found as soon as they are there, and not under an entry that became another', async () => {
    const [one, other] = await movies(['Zardoz', 1974], ['Zardoz II', 1975]);
    expect((await search('movie', 'zardoz'))[1]).toBe(2);
    await within((graph) => graph.merge(other as MediaId, one as MediaId, 'owner'));
    expect(await search('movie', 'zardoz')).toEqual([['Zardoz 1974'], 1]);
  });
});
