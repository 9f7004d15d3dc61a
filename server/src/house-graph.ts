import type { Publish } from '#core/events.ts';
import { createMediaGraph, type Matching, type MediaGraph } from '#core/media/index.ts';
import { mediaDeps } from '#features/watch-sync/index.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Handle } from '#platform/db/index.ts';

export type HouseGraphDeps = Readonly<{
  clock: Clock;
  /** Hears of titles that become one, or two again. */
  publish?: Publish<Handle> | undefined;
  matching: Pick<Matching, 'current'>;
}>;

/** The media graph within a transaction, with all that follows from it in the house, and matched as the household says at that moment. */
export const houseGraph =
  ({ clock, publish, matching }: HouseGraphDeps) =>
  (handle: Handle): MediaGraph =>
    createMediaGraph(handle, mediaDeps(handle, { clock, publish, matching: matching.current() }));
