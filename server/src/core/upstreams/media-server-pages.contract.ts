import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediaServer } from './media-server.port.ts';
import { libraryOf, type MediaServerBench, MOVIE, options } from './media-server-bench.contract.ts';
import type { ItemPage, RecallPage } from './upstream-item.ts';

/** What every adapter keeps to when its caller knows pages from before. */
export function describePageRecall(name: string, open: () => Promise<MediaServerBench>): void {
  describe(`${name}, read by somebody who knows its pages`, () => {
    let bench: MediaServerBench;
    let server: MediaServer;
    let library: string;
    let last: string;
    beforeEach(async () => {
      bench = await open();
      server = bench.driver.connect(bench.connection(bench.fake.owner));
      library = bench.fake.addLibrary({ name: 'Films', kind: 'movies' });
      for (const n of [1, 2, 3]) last = bench.fake.addTitle(library, { ...MOVIE, title: `Film ${n}`, ids: { tmdb: String(n) } });
    });
    afterEach(() => bench.close());

    const readPages = async (recall?: RecallPage): Promise<readonly ItemPage[]> => {
      const pages: ItemPage[] = [];
      const how = { ...options(), pageSize: 2, ...(recall && { recall }) };
      for await (const page of server.readLibrary(await libraryOf(server, library), how)) pages.push(page);
      return pages;
    };
    const knowing = (pages: readonly ItemPage[]): RecallPage => {
      const known = new Map(pages.map((page) => [page.digest, { items: page.items.length, total: page.total }]));
      return async (digest) => known.get(digest);
    };

    it('sends only their counts where nothing has changed', async () => {
      const first = await readPages();
      const again = await readPages(knowing(first));
      expect(first.map((page) => page.items.length)).toEqual([2, 1]);
      expect(again.map((page) => [page.items.length, page.recalled, page.offset, page.total])).toEqual([
        [0, 2, 0, 3],
        [0, 1, 2, 3],
      ]);
    });

    it('sends the items of a page in which one title has changed', async () => {
      const first = await readPages();
      bench.fake.setState(bench.fake.owner.id, last, { played: true, playCount: 1 });
      const again = await readPages(knowing(first));
      expect(again.map((page) => [page.items.length, page.recalled])).toEqual([
        [0, 2],
        [1, undefined],
      ]);
      expect(again[1]?.items[0]?.state.played).toBe(true);
    });

    it('sends the items of pages that nobody knows', async () => {
      const pages = await readPages(async () => undefined);
      expect(pages.map((page) => [page.items.length, page.recalled])).toEqual([
        [2, undefined],
        [1, undefined],
      ]);
    });
  });
}
