import type { ItemPage, SkippedItem, UpstreamItem, UpstreamLibrary, UpstreamShow } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { mapItem, mapShow } from './mediabrowser.map.ts';
import { readPageReply } from './mediabrowser.wire.ts';

type WirePage = Readonly<{ items: readonly unknown[]; total: number }>;
type AskedPage = WirePage & Readonly<{ askedAt: Instant }>;

export type LibraryReading = Readonly<{
  library: UpstreamLibrary;
  pageSize: number;
  maxEpisodeRange: number;
  vendor: string;
  clock: Clock;
  signal: AbortSignal;
  /** One page of the library's items of these types, as the server answered it. */
  fetchPage(request: Readonly<{ types: string; offset: number; limit: number; signal: AbortSignal }>): Promise<unknown>;
}>;

/** Pages of one kind, in order; the next one is on its way while the caller works on the current one, and never more than that. */
async function* pagesOf(reading: LibraryReading, types: string): AsyncGenerator<AskedPage & Readonly<{ offset: number }>, void, undefined> {
  const stop = new AbortController();
  const signal = AbortSignal.any([reading.signal, stop.signal]);
  const fetchAt = (offset: number): Promise<AskedPage> => {
    const askedAt = reading.clock.now();
    const page = reading
      .fetchPage({ types, offset, limit: reading.pageSize, signal })
      .then((raw) => ({ ...readPageReply(raw, reading.vendor, `list of the library "${reading.library.name}"`), askedAt }));
    // Read only when its turn comes: until then its fault must not count as unhandled.
    page.catch(() => undefined);
    return page;
  };
  let received = 0;
  let total = 0;
  try {
    let next: Promise<AskedPage> | undefined = fetchAt(0);
    for (let offset = 0; next !== undefined; offset += reading.pageSize) {
      const page: AskedPage = await next;
      total = page.total;
      received += page.items.length;
      const end = page.items.length === 0 || offset + reading.pageSize >= total;
      next = end ? undefined : fetchAt(offset + reading.pageSize);
      yield { ...page, offset };
    }
  } finally {
    stop.abort();
  }
  if (received < total) throw cameBackShort(reading, received, total);
}

const cameBackShort = (reading: LibraryReading, received: number, total: number): AppError =>
  new AppError(
    'upstream-unreadable',
    `${reading.vendor}: the library "${reading.library.name}" came back short: the server counts ${total} and sent ${received}. Nothing is concluded from what is missing.`,
    { details: { library: reading.library.id, total, received } },
  );

async function readShows(reading: LibraryReading): Promise<ReadonlyMap<string, UpstreamShow>> {
  const shows = new Map<string, UpstreamShow>();
  for await (const page of pagesOf(reading, 'Series')) {
    for (const raw of page.items) {
      const show = mapShow(raw);
      if (show) shows.set(show.upstreamId, show);
    }
  }
  return shows;
}

/** All movies and episodes of a library with the ids of their shows. Keeps the promises of `ViewingSource.readLibrary`. */
export async function* readLibrary(reading: LibraryReading): AsyncGenerator<ItemPage, void, undefined> {
  const { library, maxEpisodeRange } = reading;
  const shows = library.kind === 'movies' ? new Map<string, UpstreamShow>() : await readShows(reading);
  const types = library.kind === 'movies' ? 'Movie' : library.kind === 'shows' ? 'Episode' : 'Movie,Episode';
  for await (const { items: raw, total, offset, askedAt } of pagesOf(reading, types)) {
    const items: UpstreamItem[] = [];
    const skipped: SkippedItem[] = [];
    for (const each of raw) {
      const mapped = mapItem(each, { libraryId: library.id, shows, maxEpisodeRange });
      if ('item' in mapped) items.push(mapped.item);
      else skipped.push(mapped.skipped);
    }
    yield { items, skipped, askedAt, offset, total };
  }
}
