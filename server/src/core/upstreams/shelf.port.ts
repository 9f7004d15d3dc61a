import type { ExternalIds } from '#kernel/external-ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { CallOptions } from './call-options.ts';
import type { UpstreamLibrary } from './upstream-item.ts';

/** What one user thinks of a movie or a series, beside watching it. An absent rating is none. */
export type UpstreamShelfItem = Readonly<{
  upstreamId: string;
  kind: 'movie' | 'show';
  title: string;
  year?: number;
  ids: ExternalIds;
  /** Above 0, to 10, in halves. */
  rating?: number;
  /** When it was rated, where the server tells. */
  ratedAt?: Instant;
  /** Absent where the vendor has no favourites. */
  favorite?: boolean;
  /** Whether it is on the user's watchlist. Only told of titles of a watchlist, whose ids are the vendor's and not a server's. */
  watchlisted?: boolean;
  /** When it was put there, where that is known. */
  watchlistedAt?: Instant;
}>;

export interface ShelfSource {
  /** All movies and series of a library, page by page. It throws where the library does not come whole, as `readLibrary` does. */
  readShelf(library: UpstreamLibrary, options: CallOptions & Readonly<{ pageSize: number }>): AsyncIterable<readonly UpstreamShelfItem[]>;
  /** One of them now, or undefined where the server answered that it has none. */
  readShelfItem(upstreamId: string, options: CallOptions): Promise<UpstreamShelfItem | undefined>;
}

export interface RatingSink {
  /** From 1 to 10; undefined takes the rating away. */
  rate(upstreamId: string, rating: number | undefined, options: CallOptions): Promise<void>;
}

export interface FavouriteSink {
  setFavourite(upstreamId: string, favourite: boolean, options: CallOptions): Promise<void>;
}

/**
 * What a user wants to watch, kept by the vendor for the person and not by one server, so that titles are on it that no server has. Everything
 * throws `upstream-forbidden` where the user has no watchlist, or none that their own token opens: nobody else's token is ever used.
 */
export interface WatchlistKeeper {
  /** All of it. Throws where it does not come whole. */
  readWatchlist(options: CallOptions): Promise<readonly UpstreamShelfItem[]>;
  /** A title as it is now, on the list or not; undefined where the vendor answered that it has none. */
  readWatchlistItem(upstreamId: string, options: CallOptions): Promise<UpstreamShelfItem | undefined>;
  /** What the vendor calls the title with these ids; undefined where it knows none. */
  findWatchlistItem(title: Pick<UpstreamShelfItem, 'kind' | 'ids'>, options: CallOptions): Promise<UpstreamShelfItem | undefined>;
  setWatchlisted(upstreamId: string, watchlisted: boolean, options: CallOptions): Promise<void>;
}
