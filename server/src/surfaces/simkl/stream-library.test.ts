import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { LibraryPage } from '#features/tracker/index.ts';
import { streamLibrary } from './stream-library.ts';

async function* pages(...all: readonly (readonly [LibraryPage['type'], number])[]): AsyncGenerator<LibraryPage> {
  for (const [type, count] of all) yield { type, items: Array.from({ length: count }, () => ({ entry: { type } }) as never) };
}
const entryOf = ({ entry }: { entry: { type: string } }): string => JSON.stringify({ of: entry.type });

describe('a library that is streamed', () => {
  it('is one document, shelf by shelf, however its pages come', async () => {
    const written = await text(streamLibrary(pages(['shows', 1], ['shows', 2], ['movies', 1]), entryOf, '{}'));
    const [show, movie] = [{ of: 'shows' }, { of: 'movies' }];
    expect(JSON.parse(written)).toEqual({ shows: [show, show, show], movies: [movie] });
    expect(await text(streamLibrary(pages(), entryOf, 'null'))).toBe('null');
  });

  it('lets others have a turn after each page, however fast it is read', async () => {
    let turns = 0;
    let over = false;
    const others = (): void => {
      turns += 1;
      if (!over) setImmediate(others);
    };
    setImmediate(others);
    await text(streamLibrary(pages(...Array.from({ length: 50 }, () => ['movies', 1] as const)), entryOf, '{}'));
    over = true;
    expect(turns).toBeGreaterThanOrEqual(50);
  });

  it('reads no page before somebody wants it', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<LibraryPage> {
      for (;;) {
        read += 1;
        yield { type: 'movies', items: Array.from({ length: 100 }, () => ({ entry: { type: 'x'.repeat(1_000) } }) as never) };
      }
    }
    const stream = streamLibrary(endless(), entryOf, '{}');
    await once(stream, 'readable');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(read).toBeLessThan(4);
    stream.destroy();
  });
});
