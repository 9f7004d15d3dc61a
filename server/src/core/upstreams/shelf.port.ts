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
