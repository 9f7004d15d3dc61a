import type { Publish } from '#core/events.ts';
import type { MediaGraph } from '#core/media/index.ts';
import { createTakenTitles, createViewingStore, type TakenTitles, type ViewingStore } from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Database, Handle } from '#platform/db/index.ts';

export type { Database, Handle };

/** The rooms that one page of a history is written to, all within one transaction. */
export type ArrivalStores = Readonly<{
  media: MediaGraph;
  viewing: ViewingStore;
  taken: TakenTitles;
  /** Has others hear of what came in, once it has been kept. */
  announce(person: PersonId, mediaIds: readonly MediaId[], positions: readonly MediaId[]): Promise<void>;
}>;

export type OpenArrival = <T>(work: (stores: ArrivalStores) => Promise<T>) => Promise<T>;

/** `graphOn` builds the media graph with what has to follow when two titles become one. */
export const createArrivalStore =
  (database: Database, graphOn: (handle: Handle) => MediaGraph, publish?: Publish<Handle>): OpenArrival =>
  (work) =>
    database.transaction((handle) =>
      work({
        media: graphOn(handle),
        viewing: createViewingStore(handle),
        taken: createTakenTitles(handle),
        async announce(personId, mediaIds, positions) {
          if (mediaIds.length === 0) return;
          const cause = { kind: 'import' } as const;
          await publish?.(handle, 'viewing.changed', { personId, mediaIds, cause, ...(positions.length > 0 && { positions }) });
        },
      }),
    );
