import type { OwnIds } from '#core/media/index.ts';
import type { CallOptions, UpstreamConnection, UpstreamShelfItem, WatchlistKeeper } from '#core/upstreams/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { type Clock, hours, type Instant } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import { instantOf, toShelfItem } from './plex.map.ts';
import { plexItem, plexUserState } from './plex.wire.ts';
import type { PlexCalls } from './plex-calls.ts';

const LIST = '/library/sections/watchlist/all';
const PAGE_SIZE = 100;
const TYPES = { movie: 1, show: 2 } as const;
/** In the order in which Plex itself trusts them. */
const PROVIDERS = ['tmdb', 'tvdb', 'imdb'] as const;
const TOKEN_IS_FRESH_FOR = hours(12);
const READINGS = 3;
const REMEMBERED = 10_000;

export type PlexWatchlistDeps = Readonly<{
  connection: UpstreamConnection;
  clock: Clock;
  ownIds: () => OwnIds;
  /** A token of plex.tv that is this very user's. */
  ownToken(connection: UpstreamConnection, options: CallOptions): Promise<string>;
  callsWith(token: string): PlexCalls;
}>;

/** The watchlist of one account, which plex.tv keeps for a person and not for a server. */
export function createPlexWatchlist(deps: PlexWatchlistDeps): WatchlistKeeper {
  const { connection, clock, ownIds } = deps;
  let own: Readonly<{ calls: PlexCalls; at: Instant }> | undefined;
  /** Some lists come without the ids of other providers: a title is asked for those once. */
  const described = new Map<string, UpstreamShelfItem>();

  async function ownCalls(options: CallOptions): Promise<PlexCalls> {
    if (own === undefined || clock.now() - own.at > TOKEN_IS_FRESH_FOR)
      own = { calls: deps.callsWith(await deps.ownToken(connection, options)), at: clock.now() };
    return own.calls;
  }

  /** A token that was revoked meanwhile is asked for anew, once. */
  async function call<T>(options: CallOptions, work: (calls: PlexCalls) => Promise<T>): Promise<T> {
    const isKept = own !== undefined;
    try {
      return await work(await ownCalls(options));
    } catch (cause) {
      if (!isKept || !isAppError(cause, 'upstream-unauthorized')) throw cause;
      own = undefined;
      return work(await ownCalls(options));
    }
  }

  const shelfItem = (raw: unknown): UpstreamShelfItem | undefined => (plexItem.Check(raw) ? toShelfItem(raw, ownIds()) : undefined);

  async function describe(calls: PlexCalls, upstreamId: string, options: CallOptions): Promise<UpstreamShelfItem | undefined> {
    const path = `/library/metadata/${encodeURIComponent(upstreamId)}`;
    const [raw] = (await calls.page(path, { includeGuids: 1 }, undefined, options)).items;
    const item = shelfItem(raw);
    if (item === undefined) return undefined;
    const { rating: _, ratedAt: __, ...plain } = item;
    if (described.size >= REMEMBERED) described.clear();
    described.set(upstreamId, plain);
    return plain;
  }

  async function withIds(calls: PlexCalls, item: UpstreamShelfItem, options: CallOptions): Promise<UpstreamShelfItem> {
    if (Object.keys(item.ids).length > 0) return item;
    const known = described.get(item.upstreamId) ?? (await describe(calls, item.upstreamId, options).catch(notFound));
    return known === undefined ? item : { ...item, ids: known.ids };
  }

  async function readPage(calls: PlexCalls, offset: number, options: CallOptions) {
    const query = { includeGuids: 1, includeCollections: 1, includeExternalMedia: 1, sort: 'watchlistedAt:desc' };
    const page = await calls.page(LIST, query, { offset, size: PAGE_SIZE }, options);
    if (page.items.length === 0 && offset < page.total) throw cameShort(calls, page.total, offset);
    return page;
  }

  /** Page by page; undefined where the list changed meanwhile, so that its pages do not fit together. */
  async function readOnce(calls: PlexCalls, options: CallOptions): Promise<ReadonlyMap<string, unknown> | undefined> {
    const raws = new Map<string, unknown>();
    const { items, total } = await readPage(calls, 0, options);
    for (let page = items, read = 0; ; ) {
      read += page.length;
      for (const raw of page) raws.set(keyOf(raw, raws.size), raw);
      if (read >= total) return raws.size < total ? undefined : raws;
      const next = await readPage(calls, read, options);
      if (next.total !== total) return undefined;
      page = next.items;
    }
  }

  async function readWhole(calls: PlexCalls, options: CallOptions): Promise<ReadonlyMap<string, unknown>> {
    for (let reading = 0; reading < READINGS; reading += 1) {
      const raws = await readOnce(calls, options);
      if (raws) return raws;
    }
    throw new AppError(
      'upstream-unreadable',
      `${calls.name}: the watchlist changed each time while it was read. The next run reads it again.`,
    );
  }

  /** What the person says of a title. */
  async function standing(calls: PlexCalls, upstreamId: string, options: CallOptions) {
    const path = `/library/metadata/${encodeURIComponent(upstreamId)}/userState`;
    const { MediaContainer: container } = await calls.get(path, plexUserState, options);
    const state = Array.isArray(container.UserState) ? container.UserState[0] : container.UserState;
    const at = instantOf(state?.watchlistedAt ?? undefined);
    return at === undefined || at <= 0 ? { watchlisted: false } : { watchlisted: true, watchlistedAt: at };
  }

  async function readItem(calls: PlexCalls, upstreamId: string, options: CallOptions): Promise<UpstreamShelfItem | undefined> {
    const item = await describe(calls, upstreamId, options).catch(notFound);
    return item && { ...item, ...(await standing(calls, upstreamId, options)) };
  }

  return {
    readWatchlist: (options) =>
      call(options, async (calls) => {
        const items: UpstreamShelfItem[] = [];
        for (const raw of (await readWhole(calls, options)).values()) {
          const item = shelfItem(raw);
          if (item === undefined) continue;
          const { rating: _, ratedAt: __, ...plain } = item;
          items.push({ ...(await withIds(calls, plain, options)), watchlisted: true });
        }
        return items;
      }),

    readWatchlistItem: (upstreamId, options) => call(options, (calls) => readItem(calls, upstreamId, options)),

    findWatchlistItem: ({ kind, ids }, options) =>
      call(options, async (calls) => {
        for (const provider of PROVIDERS) {
          const id = ids[provider];
          if (id === undefined) continue;
          const query = { type: TYPES[kind], guid: `${provider}://${id}`, includeGuids: 1 };
          const page = await calls.page('/library/metadata/matches', query, undefined, options).catch(notFound);
          const found = page?.items.map(shelfItem).find((item) => item?.kind === kind);
          if (found) return readItem(calls, found.upstreamId, options);
        }
        return undefined;
      }),

    setWatchlisted: (upstreamId, watchlisted, options) =>
      call(options, async (calls) => {
        const path = watchlisted ? '/actions/addToWatchlist' : '/actions/removeFromWatchlist';
        await calls.tell({ method: 'PUT', path, query: { ratingKey: upstreamId }, retry: 'safe' }, options);
      }),
  };
}

function notFound(cause: unknown): undefined {
  if (!isAppError(cause, 'upstream-not-found')) throw cause;
}

function keyOf(raw: unknown, place: number): string {
  const { ratingKey } = isRecord(raw) ? raw : {};
  return typeof ratingKey === 'string' || typeof ratingKey === 'number' ? String(ratingKey) : `without a key ${place}`;
}

const cameShort = ({ name }: PlexCalls, total: number, reached: number): AppError =>
  new AppError(
    'upstream-unreadable',
    `${name}: the watchlist came back short: ${total} titles are counted and ${reached} were given. Nothing is concluded from what is missing.`,
    { details: { total, reached } },
  );
