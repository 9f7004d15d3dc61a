import { showSubject } from './conflict.store.ts';
import type { ExternalIds } from './external-ids.ts';
import { identityOfShow } from './fingerprint.ts';
import { matchTitle, type Verdict } from './match-title.ts';
import type { IdKey, MediaStore } from './media.store.ts';
import { candidateOf, learnAll, type MediumCandidate, mergeInMemory, type PendingConflict } from './placing.ts';
import { knownIds, plainTitle, type Subject } from './signature.ts';
import type { Medium, WorkingGraph } from './working-graph.ts';

export type ResolvedShows = Readonly<{
  byUpstreamId: ReadonlyMap<string, Medium>;
  /** Links of the server's series that are new or changed. */
  changed: readonly Readonly<{ upstreamId: string; medium: Medium; identity: string }>[];
  conflicts: readonly PendingConflict[];
}>;

type Show = NonNullable<Subject['show']>;

/**
 * Places the series of a page. A series is known by its ids, or by its own id on the server where that was placed before;
 * one without either stays unplaced, and its episodes are known by their own ids alone.
 */
export async function resolveShows(
  deps: Readonly<{ store: MediaStore; customProviders: ReadonlySet<string> }>,
  graph: WorkingGraph,
  serverId: number,
  subjects: readonly Subject[],
): Promise<ResolvedShows> {
  const byUpstreamId = new Map<string, Medium>();
  const changed: { upstreamId: string; medium: Medium; identity: string }[] = [];
  const conflicts: PendingConflict[] = [];
  const named = showsOf(subjects).map((show) => ({ show, ids: knownIds(show.ids, deps.customProviders) }));
  if (named.length === 0) return { byUpstreamId, changed, conflicts };

  const rows = await deps.store.showsOf(
    serverId,
    named.map(({ show }) => show.upstreamId),
  );
  const placed = new Map(rows.map((row) => [row.upstream_id, row]));
  const keys = named.flatMap(({ ids }) => Object.entries(ids).map(([provider, value]): IdKey => ({ of: 'show', provider, value })));
  await deps.store.loadInto(graph, [...(await deps.store.mediaOfIds(keys)), ...rows.map((row) => row.media_id)]);

  for (const { show, ids } of named) {
    const identity = identityOfShow(ids);
    const row = placed.get(show.upstreamId);
    const former = row && graph.byId(row.media_id);
    if (former && (row.identity === identity || Object.keys(ids).length === 0)) {
      byUpstreamId.set(show.upstreamId, graph.current(former));
      continue;
    }
    const medium = placeShow(show, ids, former && graph.current(former));
    if (!medium) continue;
    graph.name(medium, show);
    byUpstreamId.set(show.upstreamId, medium);
    changed.push({ upstreamId: show.upstreamId, medium, identity });
  }
  return { byUpstreamId, changed, conflicts };

  function placeShow(show: Show, ids: ExternalIds, former: Medium | undefined): Medium | undefined {
    const evidence = { ids, title: show.title, ...(show.year !== undefined && { year: show.year }), numbered: false };
    const candidates = candidatesFor(show, ids, former);
    const verdict = matchTitle(evidence, candidates, (one, other) => graph.heldApart(one.medium, other.medium));
    const medium = mediumFor(verdict, show);
    const dispute = medium && learnAll(graph, medium, ids, verdict.outcome === 'match' ? verdict.contradicting : []);
    if (dispute) conflicts.push({ kind: 'ids', subject: showSubject(serverId, show.upstreamId), ...dispute });
    return medium;
  }

  function candidatesFor(show: Show, ids: ExternalIds, former: Medium | undefined): readonly MediumCandidate[] {
    const holders = Object.entries(ids).flatMap(([provider, value]) => graph.byExternalId('show', provider, value) ?? []);
    const media = new Set(former ? [former, ...holders] : holders);
    return [...media].map((medium) =>
      candidateOf(medium, { current: medium === former && plainTitle(medium.title) === plainTitle(show.title) }),
    );
  }

  function mediumFor(verdict: Verdict<MediumCandidate>, show: Show): Medium | undefined {
    if (verdict.outcome === 'match') return verdict.candidate.medium;
    if (verdict.outcome === 'same')
      return mergeInMemory(
        graph,
        verdict.candidates.map((one) => one.medium),
      );
    if (verdict.outcome === 'new') {
      return graph.create({ kind: 'show', title: show.title, year: show.year, season: undefined, episode: undefined }, undefined);
    }
    if (verdict.outcome === 'conflict') {
      const media = verdict.candidates.map((one) => one.medium);
      conflicts.push({ kind: 'draw', subject: showSubject(serverId, show.upstreamId), media, reason: `${show.title}: ${verdict.reason}.` });
    }
    return undefined;
  }
}

/** Each series once, as an item told it that knew ids of it, where one did. */
function showsOf(subjects: readonly Subject[]): readonly Show[] {
  const shows = new Map<string, Show>();
  for (const { show } of subjects) {
    if (show && Object.keys(shows.get(show.upstreamId)?.ids ?? {}).length === 0) shows.set(show.upstreamId, show);
  }
  return [...shows.values()];
}
