import { hash } from 'node:crypto';
import {
  createRecount,
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
import { isRecord } from '#kernel/json.ts';
import { mapLongList } from '#kernel/json-list.ts';
import { mapItem, mapShelfItem, mapShow } from './mediabrowser.map.ts';
import { readPageReply } from './mediabrowser.wire.ts';
import type { IdReader } from './provider-ids.ts';

type WirePage<T> = Readonly<{ items: readonly T[]; total: number }>;
/** A page as it came: `text` and `json` are asked for where its items are wanted. */
export type PageReply = Readonly<{ digest(): string; text: string; json(): unknown }>;
type AskedPage = Readonly<{ reply: PageReply; askedAt: Instant }>;
type ReadPage<T> = WirePage<T> & Readonly<{ askedAt: Instant; offset: number; digest: string; recalled?: number }>;

export type LibraryReading = Readonly<{
  library: UpstreamLibrary;
  pageSize: number;
  maxEpisodeRange: number;
  vendor: string;
  /** The same one to the end: `idsKey` tells which. */
  ids: IdReader;
  idsKey: string;
  clock: Clock;
  signal: AbortSignal;
  /** See `ViewingSource.readLibrary`. */
  recall?: RecallPage | undefined;
  raw?: boolean | undefined;
  /** One page of the library's items of these types, as the server answered it. */
  fetchPage(request: Readonly<{ types: string; offset: number; limit: number; signal: AbortSignal }>): Promise<PageReply>;
}>;

/**
 * Pages of one kind, in order; the next one is on its way while the caller works on the current one, and never more than that. Where the
 * server counts fewer than before, the pages behind have moved up: that page is left, and we step back by as many.
 */
async function* pagesOf<T>(
  reading: LibraryReading,
  types: string,
  ground: string,
  each: (raw: unknown) => T,
): AsyncGenerator<ReadPage<T>, void, undefined> {
  const stop = new AbortController();
  const signal = AbortSignal.any([reading.signal, stop.signal]);
  const fetchAt = (offset: number): Promise<AskedPage> => {
    const askedAt = reading.clock.now();
    const page = reading.fetchPage({ types, offset, limit: reading.pageSize, signal }).then((reply) => ({ reply, askedAt }));
    // Read only when its turn comes: until then its fault must not count as unhandled.
    page.catch(() => undefined);
    return page;
  };
  let received = 0;
  let total = 0;
  const fewer = createRecount();
  try {
    let next: Promise<AskedPage> | undefined = fetchAt(0);
    for (let offset = 0; next !== undefined; ) {
      const page: ReadPage<T> = await readPage(reading, await next, { offset, ground, each });
      const gone = Math.min(offset, fewer(page.total));
      total = page.total;
      if (gone > 0) {
        offset -= gone;
        received -= gone;
        next = fetchAt(offset);
        continue;
      }
      const count = page.recalled ?? page.items.length;
      received += count;
      offset += reading.pageSize;
      next = count === 0 || offset >= total ? undefined : fetchAt(offset);
      yield page;
    }
  } finally {
    stop.abort();
  }
  if (received < total) throw cameBackShort(reading, received, total);
}

type PlaceOfPage<T> = Readonly<{ offset: number; ground: string; each(raw: unknown): T }>;

/** Half a million items are rarely others than an hour ago: what was read then is not parsed again. */
async function readPage<T>(reading: LibraryReading, { reply, askedAt }: AskedPage, page: PlaceOfPage<T>): Promise<ReadPage<T>> {
  const { offset, ground, each } = page;
  const digest = hash('sha256', `${ground} ${offset} ${reply.digest()}`);
  const known = ground === '' ? undefined : await reading.recall?.(digest);
  if (known) return { items: [], total: known.total, askedAt, offset, digest, recalled: known.items };
  return { ...mapReply(reading, reply, each), askedAt, offset, digest };
}

function mapReply<T>({ vendor, library }: LibraryReading, reply: PageReply, each: (raw: unknown) => T): WirePage<T> {
  const what = `list of the library "${library.name}"`;
  const listed = mapLongList(reply.text, 'Items', each);
  // Elsewhere than in its place the list is not the page's.
  if (listed && isRecord(listed.rest) && Array.isArray(listed.rest.Items) && listed.rest.Items.length === 0)
    return { items: listed.items, total: readPageReply(listed.rest, vendor, what).total };
  const { items, total } = readPageReply(reply.json(), vendor, what);
  return { items: items.map(each), total };
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
  for await (const page of pagesOf(reading, 'Series', '', (raw) => mapShow(raw, reading.ids))) {
    digest = hash('sha256', `${digest} ${page.digest}`);
    for (const show of page.items) if (show) shows.set(show.upstreamId, show);
  }
  return { byId: shows, digest };
}

const NO_SHOWS: Shows = { byId: new Map(), digest: '' };

/** All movies and episodes of a library with the ids of their shows. Keeps the promises of `ViewingSource.readLibrary`. */
export async function* readLibrary(reading: LibraryReading): AsyncGenerator<ItemPage, void, undefined> {
  const { library, maxEpisodeRange } = reading;
  const { byId: shows, digest: ofShows } = library.kind === 'movies' ? NO_SHOWS : await readShows(reading);
  const ground = `${library.id} ${maxEpisodeRange} ${ofShows}${reading.idsKey}`;
  const types = library.kind === 'movies' ? 'Movie' : library.kind === 'shows' ? 'Episode' : 'Movie,Episode';
  const each = (raw: unknown) => {
    const mapped = mapItem(raw, { libraryId: library.id, shows, maxEpisodeRange, ids: reading.ids });
    return 'item' in mapped ? { item: withRaw(reading.raw, mapped.item, raw) } : mapped;
  };
  for await (const { items: all, total, offset, askedAt, digest, recalled } of pagesOf(reading, types, ground, each)) {
    const items: UpstreamItem[] = [];
    const skipped: SkippedItem[] = [];
    for (const mapped of all) {
      if ('item' in mapped) items.push(mapped.item);
      else skipped.push(mapped.skipped);
    }
    yield { items, skipped, askedAt, offset, total, digest, ...(recalled !== undefined && { recalled }) };
  }
}

/** Its movies and series, as the user likes them. Keeps the promises of `ShelfSource.readShelf`. */
export async function* readShelf(reading: LibraryReading): AsyncGenerator<readonly UpstreamShelfItem[], void, undefined> {
  const types = reading.library.kind === 'movies' ? ['Movie'] : reading.library.kind === 'shows' ? ['Series'] : ['Movie', 'Series'];
  for (const type of types) {
    for await (const { items } of pagesOf(reading, type, '', (raw) => mapShelfItem(raw, reading.ids)))
      yield items.flatMap((item) => item ?? []);
  }
}
