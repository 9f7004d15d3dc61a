import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LibraryItem, LibraryPage } from '#features/tracker/index.ts';

/**
 * One document of a library, written as its pages come: shelves that are empty are not there. `entriesOf` writes a title as JSON, with commas
 * between where it is more than one entry. `empty` is the answer where all shelves are.
 */
export function streamLibrary(pages: AsyncIterable<LibraryPage>, entriesOf: (item: LibraryItem) => string, empty: string): Readable {
  async function* text(): AsyncGenerator<string, void, void> {
    let shelf: string | undefined;
    for await (const { type, items } of pages) {
      // One text for each page: parts of a title would each be a write.
      let page = shelf === type ? ',' : `${shelf === undefined ? '{' : '],'}"${type}":[`;
      items.forEach((item, index) => {
        page += index === 0 ? entriesOf(item) : `,${entriesOf(item)}`;
      });
      shelf = type;
      yield page;
      // SQLite answers at once, and so may the socket: without this nobody else would be served until all of it is written.
      await nextTurn();
    }
    yield shelf === undefined ? empty : ']}';
  }
  return Readable.from(text(), { objectMode: false });
}
