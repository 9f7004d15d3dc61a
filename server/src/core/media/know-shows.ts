import type { MediaId } from '#kernel/ids.ts';
import type { ExternalIds } from './external-ids.ts';
import { mergeNote } from './ingest.ts';
import { lockGraph } from './media.store.ts';
import type { KnownTitle, NamingDeps } from './name-titles.ts';
import { resolveShows } from './resolve-shows.ts';
import { knownIds } from './signature.ts';
import { createWorkingGraph } from './working-graph.ts';

/** A series as somebody tells it who has no episode of it. */
export type NamedShow = Readonly<{ title: string; year?: number; ids: ExternalIds }>;

const NOWHERE = 0;

/** As `know` for series by themselves: what servers list are episodes, and their series come along. */
export function createShowNaming({ handle, clock, options, media, conflicts, mergeStored, onMerged }: NamingDeps) {
  return async (shows: readonly NamedShow[]): Promise<readonly KnownTitle[]> => {
    if (shows.length === 0) return [];
    await lockGraph(handle);
    const now = clock.now();
    const subjects = shows.map((show) => {
      const ids = Object.entries(knownIds(show.ids, options.customProviders)).sort(([one], [other]) => (one < other ? -1 : 1));
      return { kind: 'episode', title: '', ids: {}, show: { ...show, upstreamId: JSON.stringify(ids) } } as const;
    });
    const graph = createWorkingGraph(await media.apart());
    const { byUpstreamId } = await resolveShows({ store: media, customProviders: options.customProviders }, graph, NOWHERE, subjects);
    const merged = await mergeStored(graph, now);
    await media.insertMedia(graph.fresh.media, now, graph.current);
    await media.insertIds(graph.fresh.ids, graph.current);
    if (merged.length > 0) {
      await conflicts.add(merged.map(mergeNote), now);
      await onMerged(merged);
    }
    return subjects.map(({ show }) => {
      if (show.upstreamId === '[]') return { reason: 'It has no id.' };
      const medium = byUpstreamId.get(show.upstreamId);
      return medium ? { mediaId: graph.current(medium).id as MediaId } : { reason: 'Its ids belong to more than one title.' };
    });
  };
}
