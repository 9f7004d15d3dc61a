import { showSubject } from './conflict.store.ts';
import { identityOfShow } from './fingerprint.ts';
import { matchTitle, type Verdict } from './match-title.ts';
import type { IdKey, MediaStore } from './media.store.ts';
import { candidateOf, learnAll, mergeInMemory, type PendingConflict } from './placing.ts';
import { knownIds, plainTitle, type Subject } from './signature.ts';
import type { Medium, WorkingGraph } from './working-graph.ts';

export type ResolvedShows = Readonly<{
  byUpstreamId: ReadonlyMap<string, Medium>;
  /** Links of the server's series that are new or changed. */
  changed: readonly Readonly<{ upstreamId: string; medium: Medium; identity: string }>[];
  conflicts: readonly PendingConflict[];
}>;

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
  const shows = new Map<string, NonNullable<Subject['show']>>();
  for (const { show } of subjects) {
    if (show && Object.keys(shows.get(show.upstreamId)?.ids ?? {}).length === 0) shows.set(show.upstreamId, show);
  }
  const byUpstreamId = new Map<string, Medium>();
  const changed: { upstreamId: string; medium: Medium; identity: string }[] = [];
  const conflicts: PendingConflict[] = [];
  if (shows.size === 0) return { byUpstreamId, changed, conflicts };

  const placed = new Map((await deps.store.showsOf(serverId, [...shows.keys()])).map((row) => [row.upstream_id, row]));
  const idsOf = new Map([...shows.values()].map((show) => [show.upstreamId, knownIds(show.ids, deps.customProviders)]));
  const keys: IdKey[] = [];
  for (const ids of idsOf.values()) for (const provider in ids) keys.push(['show', provider, ids[provider] ?? '']);
  await deps.store.loadInto(graph, [...(await deps.store.mediaOfIds(keys)), ...[...placed.values()].map((row) => row.media_id)]);

  for (const show of shows.values()) {
    const ids = idsOf.get(show.upstreamId) ?? {};
    const identity = identityOfShow(ids);
    const row = placed.get(show.upstreamId);
    const former = row && graph.byId(row.media_id);
    if (former && (row.identity === identity || Object.keys(ids).length === 0)) {
      byUpstreamId.set(show.upstreamId, graph.current(former));
      continue;
    }
    const media = new Set<Medium>();
    if (former) media.add(graph.current(former));
    for (const provider in ids) {
      const holder = graph.byExternalId('show', provider, ids[provider] ?? '');
      if (holder) media.add(holder);
    }
    const candidates = [...media].map((medium) =>
      candidateOf(medium, { current: medium === former && plainTitle(medium.title) === plainTitle(show.title) }),
    );
    const evidence = { ids, title: show.title, ...(show.year !== undefined && { year: show.year }), numbered: false };
    const verdict = matchTitle(evidence, candidates, (one, other) => graph.heldApart(one.medium, other.medium));
    const medium = mediumFor(verdict, show);
    if (!medium) continue;
    const contradicting = verdict.outcome === 'match' ? verdict.contradicting : [];
    const dispute = learnAll(graph, medium, ids, contradicting);
    if (dispute) conflicts.push({ kind: 'ids', subject: showSubject(serverId, show.upstreamId), ...dispute });
    byUpstreamId.set(show.upstreamId, medium);
    changed.push({ upstreamId: show.upstreamId, medium, identity });
  }
  return { byUpstreamId, changed, conflicts };

  function mediumFor(verdict: Verdict<ReturnType<typeof candidateOf>>, show: NonNullable<Subject['show']>): Medium | undefined {
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
