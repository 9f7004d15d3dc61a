import type { MediaId } from '#kernel/ids.ts';
import type { ExternalIds } from './external-ids.ts';
import { matchTitle } from './match-title.ts';
import type { MediaStore } from './media.store.ts';
import { candidateOf } from './placing.ts';
import { knownIds } from './signature.ts';
import { createWorkingGraph, type Medium, showsContradict } from './working-graph.ts';

/** A title as somebody else names it. `show` are the ids of an episode's series. */
export type MediaQuery = Readonly<{
  kind: 'movie' | 'show' | 'episode';
  ids: ExternalIds;
  title?: string;
  year?: number;
  show?: ExternalIds;
  season?: number;
  episode?: number;
}>;

/**
 * The media that the evidence names: none, one, or all those between which it cannot tell. Weighed as an import weighs it,
 * and nothing is written.
 */
export async function findMedia(store: MediaStore, customProviders: ReadonlySet<string>, query: MediaQuery): Promise<readonly MediaId[]> {
  const graph = createWorkingGraph(new Set());

  const found = async (kind: string, ids: ExternalIds): Promise<readonly Medium[]> => {
    const keys = Object.entries(ids).map(([provider, value]) => ({ of: kind, provider, value }));
    const media = await store.mediaOfIds(keys);
    await store.loadInto(graph, media);
    return media.flatMap((id) => graph.byId(id) ?? []);
  };

  const weigh = (kind: string, ids: ExternalIds, media: Iterable<Medium>, numbered: ReadonlySet<Medium>, shows: readonly Medium[]) => {
    const candidates = [...media]
      .filter((medium) => medium.kind === kind)
      .map((medium) => {
        const { show } = medium;
        const otherShow =
          show !== undefined && shows.length > 0 && shows.every((one) => one !== show && showsContradict(one.ids, show.ids));
        return candidateOf(medium, { sameNumber: numbered.has(medium), otherShow });
      });
    const evidence = { ids, title: query.title ?? '', ...(query.year !== undefined && { year: query.year }), numbered: numbered.size > 0 };
    const verdict = matchTitle(evidence, candidates, (one, other) => graph.heldApart(one.medium, other.medium));
    if (verdict.outcome === 'match') return [verdict.candidate.medium];
    return verdict.outcome === 'same' || verdict.outcome === 'conflict' ? verdict.candidates.map((one) => one.medium) : [];
  };

  const ids = knownIds(query.ids, customProviders);
  const byIds = await found(query.kind, ids);
  if (query.kind !== 'episode') return weigh(query.kind, ids, byIds, new Set(), []).map((medium) => medium.id as MediaId);

  const showIds = knownIds(query.show ?? {}, customProviders);
  const shows = weigh('show', showIds, await found('show', showIds), new Set(), []);
  const { season, episode } = query;
  if (season === undefined || episode === undefined) {
    return weigh('episode', ids, byIds, new Set(), shows).map((medium) => medium.id as MediaId);
  }
  const claimed = await store.mediaOfNumbers(shows.map((show) => [show.id, season, episode] as const));
  await store.loadInto(graph, claimed);
  const numbered = new Set(claimed.flatMap((id) => graph.byId(id) ?? []));
  return weigh('episode', ids, new Set([...byIds, ...numbered]), numbered, shows).map((medium) => medium.id as MediaId);
}
