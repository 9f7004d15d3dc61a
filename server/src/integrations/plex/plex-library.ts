import { hash } from 'node:crypto';
import type { OwnIds } from '#core/media/index.ts';
import {
  type CallOptions,
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
import { type Episodes, pathsOf, sharesItsName, toItem, toShelfItem, toShow } from './plex.map.ts';
import { type PlexItem, plexItem } from './plex.wire.ts';
import type { PlexCalls, UnreadPage } from './plex-calls.ts';

const MOVIES = 1;
const SHOWS = 2;
const EPISODES = 4;
/** Oldest first: what is added while we read comes behind what we have not read yet. */
const SORTS: Readonly<Record<number, string>> = { [MOVIES]: 'addedAt', [SHOWS]: 'addedAt', [EPISODES]: 'episode.addedAt' };

type Place = Readonly<{ calls: PlexCalls; library: UpstreamLibrary; clock: Clock; ownIds: () => OwnIds }>;
type Reading = CallOptions & Readonly<{ pageSize: number; recall?: RecallPage }>;
type UnreadSpan = Readonly<{ page: UnreadPage; offset: number; askedAt: Instant }>;
/** What was made of an item, and the key by which it is known again. */
type Keyed<T> = Readonly<{ key: unknown; made: T }>;
type SpanPage<T> = Readonly<{
  items: readonly Keyed<T>[];
  total: number;
  offset: number;
  askedAt: Instant;
  digest: string;
  recalled?: number;
}>;
/** An item, one that is left alone, or one that is held back until the library was read. */
type Sorted = Readonly<{ item: UpstreamItem }> | Readonly<{ skipped: SkippedItem }> | Readonly<{ held: PlexItem }>;

/** Why an item is left alone, or undefined where it is well. */
export function faultOf(raw: unknown): string | undefined {
  if (plexItem.Check(raw)) return undefined;
  const [fault] = plexItem.Errors(raw);
  return `the server's description of it is malformed at ${fault?.instancePath || '/'}: ${fault?.message ?? 'it has another shape'}`;
}

export function skippedOf(raw: unknown, reason: string): SkippedItem {
  const { ratingKey, title } = isRecord(raw) ? raw : {};
  return {
    ...((typeof ratingKey === 'string' || typeof ratingKey === 'number') && { upstreamId: String(ratingKey) }),
    ...(typeof title === 'string' && { title }),
    reason,
  };
}

/**
 * The movies or episodes of one library. Series come first, for their ids. Files named after several episodes come last, when it is
 * known whether another item stands for one of them.
 */
export async function* readPlexLibrary(place: Place, options: Reading & Readonly<{ maxEpisodeRange: number }>): AsyncGenerator<ItemPage> {
  const isShows = place.library.kind === 'shows';
  const { recall, ...reading } = options;
  // The same ones to the end: the digests of the pages tell which.
  const ownIds = place.ownIds();
  const shows = isShows ? await readShows(place, ownIds, reading) : undefined;
  const held = createHeldItems();
  const map = (raw: PlexItem, episodes: Episodes): UpstreamItem | undefined => {
    const show = shows?.byId.get(String(raw.grandparentRatingKey));
    const item = toItem(raw, { libraryId: place.library.id, show, maxEpisodeRange: options.maxEpisodeRange, episodes, ownIds });
    return item && withRaw(options.raw, item, raw);
  };
  const beganAt = place.clock.now();
  let total = 0;
  // What the items of a page are made of, beside the page.
  const ground = `${place.library.id} ${options.maxEpisodeRange} ${shows?.digest ?? ''}${ownIds.key}`;
  const sort = (raw: unknown): Sorted => {
    if (!plexItem.Check(raw)) return { skipped: skippedOf(raw, faultOf(raw) ?? 'it is malformed') };
    if (isShows && sharesItsName(raw)) return { held: raw };
    const item = map(raw, 'alone');
    return item === undefined ? { skipped: skippedOf(raw, `it is of type ${raw.type}`) } : { item };
  };
  for await (const page of readSpans(place, isShows ? EPISODES : MOVIES, options, ground, sort)) {
    const { askedAt, offset, digest, recalled } = page;
    total = page.total;
    const before = held.count();
    const sorted = sortOut(page.items, held.take);
    // Items that were held back depend on the rest of the library: their page is read anew each time.
    const whole = held.count() === before;
    yield { ...sorted, askedAt, offset, total, ...(whole && { digest }), ...(recalled !== undefined && { recalled }) };
  }
  const last = held.release(map);
  if (last.length > 0) yield { items: last, skipped: [], askedAt: beganAt, offset: total, total };
}

function sortOut(all: readonly Keyed<Sorted>[], hold: (raw: PlexItem) => void): Pick<ItemPage, 'items' | 'skipped'> {
  const items: UpstreamItem[] = [];
  const skipped: SkippedItem[] = [];
  for (const { made } of all) {
    if ('item' in made) items.push(made.item);
    else if ('skipped' in made) skipped.push(made.skipped);
    else hold(made.held);
  }
  return { items, skipped };
}

/** Items whose files are named after several episodes, and how many items each such file has. */
function createHeldItems() {
  const raws: PlexItem[] = [];
  const users = new Map<string, number>();
  return {
    count: (): number => raws.length,
    take(raw: PlexItem): void {
      raws.push(raw);
      for (const path of new Set(pathsOf(raw))) users.set(path, (users.get(path) ?? 0) + 1);
    },
    release(map: (raw: PlexItem, episodes: Episodes) => UpstreamItem | undefined): readonly UpstreamItem[] {
      return raws.flatMap((raw) => {
        const shared = [...pathsOf(raw)].some((path) => (users.get(path) ?? 0) > 1);
        return map(raw, shared ? 'alone' : 'range') ?? [];
      });
    },
  };
}

/** The movies or the series of one library, as the user rates them. */
export async function* readPlexShelf(
  place: Place,
  options: CallOptions & Readonly<{ pageSize: number }>,
): AsyncGenerator<readonly UpstreamShelfItem[]> {
  const ownIds = place.ownIds();
  const each = (raw: unknown) => (plexItem.Check(raw) ? toShelfItem(raw, ownIds) : undefined);
  for await (const { items } of readSpans(place, place.library.kind === 'shows' ? SHOWS : MOVIES, options, '', each)) {
    yield items.flatMap(({ made }) => made ?? []);
  }
}

type Shows = Readonly<{ byId: ReadonlyMap<string, UpstreamShow>; digest: string }>;

async function readShows(place: Place, ownIds: OwnIds, options: Omit<Reading, 'recall'>): Promise<Shows> {
  const shows = new Map<string, UpstreamShow>();
  let digest = '';
  for await (const page of readSpans(place, SHOWS, options, '', (raw) => (plexItem.Check(raw) ? toShow(raw, ownIds) : undefined))) {
    digest = hash('sha256', `${digest} ${page.digest}`);
    for (const { made: show } of page.items) if (show) shows.set(show.upstreamId, show);
  }
  return { byId: shows, digest };
}

/**
 * Pages in order, each fetched while its predecessor is being worked on. Where the server counts fewer than before, the pages behind have
 * moved up: we step back by as many, and leave out what we have had. Where a page has less than was counted, it throws.
 */
async function* readSpans<T>(
  place: Place,
  type: number,
  options: Reading,
  ground: string,
  make: (raw: unknown) => T,
): AsyncGenerator<SpanPage<T>> {
  const each = (raw: unknown): Keyed<T> => ({ key: keyOf(raw), made: make(raw) });
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const path = `/library/sections/${encodeURIComponent(place.library.id)}/all`;
  const query = { type, includeGuids: 1, sort: SORTS[type] };
  const fetchFrom = async (offset: number): Promise<UnreadSpan> => {
    const askedAt = place.clock.now();
    const page = await place.calls.pageText(path, query, { offset, size: options.pageSize }, { signal });
    return { page, offset, askedAt };
  };
  let before: ReadonlySet<unknown> = new Set();
  const fewer = createRecount();
  let next: Promise<UnreadSpan> | undefined = fetchFrom(0);
  try {
    while (next !== undefined) {
      const page: SpanPage<T> = await readSpan(await next, ground, options.recall, each);
      const gone: number = fewer(page.total);
      const reached: number = page.offset + (page.recalled ?? page.items.length);
      if (reached === page.offset && reached < page.total) throw cameBackShort(place, reached, page.total);
      const from: number = gone > 0 ? Math.max(0, page.offset - gone) : reached;
      next = from < page.total ? fetchFrom(from) : undefined;
      // Whoever stops reading early never asks for it; its failure is then nobody's.
      next?.catch(() => undefined);
      // A step back replaces this page: the next one begins before it.
      if (gone > 0 && next !== undefined) continue;
      yield { ...page, items: without(before, page.items) };
      before = new Set(page.items.map((item) => item.key));
    }
  } finally {
    ending.abort();
  }
}

/** Half a million items are rarely others than an hour ago: what was read then is not parsed again. */
async function readSpan<T>(
  { page, offset, askedAt }: UnreadSpan,
  ground: string,
  recall: RecallPage | undefined,
  each: (raw: unknown) => Keyed<T>,
): Promise<SpanPage<T>> {
  const digest = hash('sha256', `${ground} ${offset} ${page.digest()}`);
  const known = await recall?.(digest);
  if (known === undefined) return { ...page.map(each), offset, askedAt, digest };
  return { items: [], total: known.total, offset, askedAt, digest, recalled: known.items };
}

const without = <T>(had: ReadonlySet<unknown>, items: readonly Keyed<T>[]): readonly Keyed<T>[] =>
  had.size === 0 ? items : items.filter((item) => !had.has(item.key));

function keyOf(raw: unknown): unknown {
  const { ratingKey } = isRecord(raw) ? raw : {};
  return ratingKey ?? raw;
}

const cameBackShort = (place: Place, reached: number, total: number): AppError =>
  new AppError(
    'upstream-unreadable',
    `${place.calls.name}: the library "${place.library.name}" came back short: the server counts ${total} items and gave ${reached}. Nothing is concluded from what is missing.`,
    { details: { library: place.library.id, total, reached } },
  );
