import { hash } from 'node:crypto';
import {
  type ItemPage,
  type RecallPage,
  type SkippedItem,
  type UpstreamItem,
  type UpstreamLibrary,
  type UpstreamShelfItem,
  type UpstreamShow,
  withRaw,
} from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { mapItem, mapShelfItem, mapShow } from './mediabrowser.map.ts';
import { readPageReply } from './mediabrowser.wire.ts';

type WirePage = Readonly<{ items: readonly unknown[]; total: number }>;
/** A page as it came: `json` is called where its items are wanted. */
export type PageReply = Readonly<{ text: string; json(): unknown }>;
type AskedPage = PageReply & Readonly<{ askedAt: Instant }>;
type ReadPage = WirePage & Readonly<{ askedAt: Instant; offset: number; digest: string; recalled?: number }>;

export type LibraryReading = Readonly<{
  library: UpstreamLibrary;
  pageSize: number;
  maxEpisodeRange: number;
  vendor: string;
  clock: Clock;
  signal: AbortSignal;
  /** See `ViewingSource.readLibrary`. */
  recall?: RecallPage | undefined;
  raw?: boolean | undefined;
  /** One page of the library's items of these types, as the server answered it. */
  fetchPage(request: Readonly<{ types: string; offset: number; limit: number; signal: AbortSignal }>): Promise<PageReply>;
}>;

/** Pages of one kind, in order; the next one is on its way while the caller works on the current one, and never more than that. */
async function* pagesOf(reading: LibraryReading, types: string, ground: string): AsyncGenerator<ReadPage, void, undefined> {
  const stop = new AbortController();
  const signal = AbortSignal.any([reading.signal, stop.signal]);
  const fetchAt = (offset: number): Promise<AskedPage> => {
    const askedAt = reading.clock.now();
    const page = reading.fetchPage({ types, offset, limit: reading.pageSize, signal }).then(({ text, json }) => ({ text, json, askedAt }));
    // Read only when its turn comes: until then its fault must not count as unhandled.
    page.catch(() => undefined);
    return page;
  };
  let received = 0;
  let total = 0;
  try {
    let next: Promise<AskedPage> | undefined = fetchAt(0);
    for (let offset = 0; next !== undefined; offset += reading.pageSize) {
      const page: ReadPage = await readPage(reading, await next, offset, ground);
      const count = page.recalled ?? page.items.length;
      total = page.total;
      received += count;
      const end = count === 0 || offset + reading.pageSize >= total;
      next = end ? undefined : fetchAt(offset + reading.pageSize);
      yield page;
    }
  } finally {
    stop.abort();
  }
  if (received < total) throw cameBackShort(reading, received, total);
}

/** Half a million items are rarely others than an hour ago: what was read then is not parsed again. */
async function readPage(reading: LibraryReading, { text, json, askedAt }: AskedPage, offset: number, ground: string): Promise<ReadPage> {
  const digest = hash('sha256', `${ground} ${offset} ${hash('sha256', text)}`);
  const known = ground === '' ? undefined : await reading.recall?.(digest);
  if (known) return { items: [], total: known.total, askedAt, offset, digest, recalled: known.items };
  return { ...readPageReply(json(), reading.vendor, `list of the library "${reading.library.name}"`), askedAt, offset, digest };
}

const cameBackShort = (reading: LibraryReading, received: number, total: number): AppError =>
  new AppError(
    'upstream-unreadable',
    `${reading.vendor}: the library "${reading.library.name}" came back short: the server counts ${total} and sent ${received}. Nothing is concluded from what is missing.`,
    { details: { library: reading.library.id, total, received } },
  );

type Shows = Readonly<{ byId: ReadonlyMap<string, UpstreamShow>; digest: string }>;

/** Always read: the items of every other page are made with them. */
async function readShows(reading: LibraryReading): Promise<Shows> {
  let digest = '';
  const shows = new Map<string, UpstreamShow>();
  for await (const page of pagesOf(reading, 'Series', '')) {
    digest = hash('sha256', `${digest} ${page.digest}`);
    for (const raw of page.items) {
      const show = mapShow(raw);
      if (show) shows.set(show.upstreamId, show);
    }
  }
  return { byId: shows, digest };
}

const NO_SHOWS: Shows = { byId: new Map(), digest: '' };

/** All movies and episodes of a library with the ids of their shows. Keeps the promises of `ViewingSource.readLibrary`. */
export async function* readLibrary(reading: LibraryReading): AsyncGenerator<ItemPage, void, undefined> {
  const { library, maxEpisodeRange } = reading;
  const { byId: shows, digest: ofShows } = library.kind === 'movies' ? NO_SHOWS : await readShows(reading);
  const ground = `${library.id} ${maxEpisodeRange} ${ofShows}`;
  const types = library.kind === 'movies' ? 'Movie' : library.kind === 'shows' ? 'Episode' : 'Movie,Episode';
  for await (const { items: raw, total, offset, askedAt, digest, recalled } of pagesOf(reading, types, ground)) {
    const items: UpstreamItem[] = [];
    const skipped: SkippedItem[] = [];
    for (const each of raw) {
      const mapped = mapItem(each, { libraryId: library.id, shows, maxEpisodeRange });
      if ('item' in mapped) items.push(withRaw(reading.raw, mapped.item, each));
      else skipped.push(mapped.skipped);
    }
    yield { items, skipped, askedAt, offset, total, digest, ...(recalled !== undefined && { recalled }) };
  }
}

/** Its movies and series, as the user likes them. Keeps the promises of `ShelfSource.readShelf`. */
export async function* readShelf(reading: LibraryReading): AsyncGenerator<readonly UpstreamShelfItem[], void, undefined> {
  const types = reading.library.kind === 'movies' ? ['Movie'] : reading.library.kind === 'shows' ? ['Series'] : ['Movie', 'Series'];
  for (const type of types) {
    for await (const { items } of pagesOf(reading, type, '')) yield items.flatMap((raw) => mapShelfItem(raw) ?? []);
  }
}
