import type { MediaGraph } from '#core/media/index.ts';
import type { ConflictDesk, MergeDesk } from '#surfaces/app/index.ts';
import type { Rooms } from './app.ts';
import { houseGraph } from './house-graph.ts';

/** What is decided about a title moves what hangs on it, in the same transaction, and servers learn at once what follows from it. */
export function createMediaDesk({ database, clock, matching, watchSync, events }: Rooms): ConflictDesk & MergeDesk {
  const graphOn = houseGraph({ clock, publish: events.publish, matching });
  const graph = graphOn(database);
  async function decide<T>(work: (decided: MediaGraph) => Promise<T>, reason: string): Promise<T> {
    const done = await database.transaction((handle) => work(graphOn(handle)));
    await watchSync.tellAll(reason);
    return done;
  }
  return {
    list: graph.conflicts,
    countOpen: graph.openConflicts,
    settle: (id, choice, actor) => decide((decided) => decided.settle(id, choice, actor), 'conflict.settled'),
    listMerges: graph.merges,
    titles: graph.entries,
    split: (id) => decide((decided) => decided.split(id), 'merge.split'),
    merge: (from, into, actor) => decide((decided) => decided.merge(from, into, actor), 'media.merged'),
  };
}
