import { Readable } from 'node:stream';
import type { LibraryItem, LibraryPage } from '#features/tracker/index.ts';
import type { JsonObject } from '#kernel/json.ts';

/**
 * One document of a library, written as its pages come: shelves that are empty are not there. `empty` is the answer where all are.
 */
export function streamLibrary(
  pages: AsyncIterable<LibraryPage>,
  entriesOf: (item: LibraryItem) => readonly JsonObject[],
  empty: string,
): Readable {
  async function* text(): AsyncGenerator<string, void, void> {
    let shelf: string | undefined;
    for await (const { type, items } of pages) {
      const entries = items.flatMap((item) => entriesOf(item).map((entry) => JSON.stringify(entry))).join(',');
      if (shelf === type) yield `,${entries}`;
      else yield `${shelf === undefined ? '{' : '],'}"${type}":[${entries}`;
      shelf = type;
    }
    yield shelf === undefined ? empty : ']}';
  }
  return Readable.from(text(), { objectMode: false });
}
