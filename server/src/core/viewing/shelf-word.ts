import type { MediaId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { ListName } from './lists.store.ts';

/**
 * A change of what a person thinks of a movie or show, decided while it was `was`: where it is another by now, somebody has said otherwise
 * meanwhile. Null is none. `at`: when it was said, where that is known.
 */
export type ShelfWord = Readonly<{ mediaId: MediaId; at?: Instant }> &
  (
    | Readonly<{ what: 'rating'; value: number | null; was: number | null }>
    | Readonly<{ what: 'list'; value: ListName | null; was: ListName | null }>
  );
