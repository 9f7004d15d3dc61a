import { AppError, invalid } from '#kernel/app-error.ts';
import type { CopyId, MediaId, ServerId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import type { ConflictStore, StoredConflict } from './conflict.store.ts';
import type { CopyStore } from './copy.store.ts';
import { type Copy, type DescribeStore, subjectOfCopy } from './describe.store.ts';
import { identityOfShow } from './fingerprint.ts';
import { type createIngest, draftOf } from './ingest.ts';
import type { Handle } from './media.schema.store.ts';
import { lockGraph, type MediaStore } from './media.store.ts';
import type { MergedPair, MergeStore } from './merge.store.ts';
import { learnAll } from './placing.ts';
import { knownIds } from './signature.ts';
import { createWorkingGraph } from './working-graph.ts';

/** What a person says to a conflict: which title it is, that it is none of them, that two entries are one, or two; or to leave all as it is. */
export type Choice = Readonly<{ media: MediaId }> | 'new' | 'merge' | 'apart' | 'leave';

export type SettleDeps = Readonly<{
  handle: Handle;
  clock: Clock;
  customProviders: ReadonlySet<string>;
  media: MediaStore;
  copies: CopyStore;
  conflicts: ConflictStore;
  merges: MergeStore;
  describing: DescribeStore;
  place: ReturnType<typeof createIngest>['place'];
  onMerged: (pairs: readonly MergedPair[]) => Promise<void>;
  onMoved: (copies: readonly CopyId[]) => Promise<void>;
  onCopies: (titles: readonly MediaId[]) => Promise<void>;
}>;

export function createSettlement(deps: SettleDeps) {
  const { handle, clock, media, copies, conflicts, merges, describing, place, onMerged, onMoved, onCopies } = deps;

  /** Places these copies of one server anew, with what persons decided about them. */
  async function rematch(found: readonly Copy[]): Promise<void> {
    const [first] = found;
    if (!first) return;
    const now = clock.now();
    const ids = found.map((copy) => copy.id);
    const decisions = Map.groupBy(await conflicts.decisions(ids), (conflict) => conflict.copyId);
    const before = await copies.detach(ids);
    const former = Map.groupBy(before, (link) => link.copyId);
    const drafts = found.map((copy) => {
      const decided = (decisions.get(copy.id) ?? []).map(({ place: at, resolution = '' }) => [at, decisionOf(resolution)] as const);
      return draftOf(copy.id, subjectOfCopy(copy), former.get(copy.id) ?? [], new Map(decided));
    });
    const placement = await place(first.serverId, drafts, now);
    await placement.finish();
    for (const draft of drafts) await copies.setUnmatched(draft.copy.id, draft.reason ?? null);
    await onMoved(ids);
    const after = drafts.flatMap((draft) => draft.links.map((link) => placement.graph.current(link.medium).id));
    await onCopies([...new Set([...before.map((link) => link.mediaId), ...after])] as MediaId[]);
  }

  async function settle(conflictId: number, choice: Choice, actor: string): Promise<void> {
    await lockGraph(handle);
    const conflict = await conflicts.one(conflictId);
    if (!conflict) throw new AppError('not-found', `There is no conflict ${conflictId}.`);
    if (conflict.resolvedAt !== undefined)
      throw new AppError('conflict', `Conflict ${conflictId} is settled already (${conflict.resolution}).`);
    const now = clock.now();
    if (choice === 'leave') return conflicts.settle(conflictId, 'left', now);
    if (choice === 'merge' || choice === 'apart') return settlePair(conflict, choice, actor, now);
    const decision = choice === 'new' ? 'new' : await existing(choice.media, conflict);
    if (conflict.copyId !== undefined) {
      await conflicts.settle(conflictId, `media ${decision}`, now);
      return rematch(await describing.copies([conflict.copyId]));
    }
    if (conflict.subject.startsWith('show ')) return settleShow(conflict, decision, now);
    throw invalid('choice', 'these are two entries that seem to be one: say merge, apart or leave.');
  }

  async function existing(id: number, conflict: StoredConflict): Promise<number> {
    const now = (await describing.lasting([id])).get(id);
    const wanted = now === undefined ? undefined : (await describing.describe([now])).get(now)?.kind;
    const [candidate = 0] = conflict.candidates;
    const kind = (await describing.describe([candidate])).get(candidate)?.kind;
    if (now === undefined || wanted !== kind) throw invalid('choice.media', `there is no ${kind ?? 'title'} ${id}.`);
    return now;
  }

  async function settlePair(conflict: StoredConflict, choice: 'merge' | 'apart', actor: string, now: number): Promise<void> {
    const places = await describing.lasting(conflict.candidates);
    const [into, from, ...more] = [...new Set(places.values())].sort((one, other) => one - other);
    if (conflict.kind !== 'same' || into === undefined || more.length > 0) {
      throw invalid('choice', 'it is not about two entries of one title: say which title it is, new, or leave.');
    }
    if (from === undefined) return conflicts.settle(conflict.id, 'merged already', now);
    if (choice === 'apart') {
      await merges.holdApart(into, from);
      return conflicts.settle(conflict.id, 'apart', now);
    }
    await conflicts.settle(conflict.id, 'merged', now);
    await merge(from, into, actor);
  }

  async function settleShow(conflict: StoredConflict, decision: number | 'new', now: number): Promise<void> {
    const [, server = '', upstreamId = ''] = /^show (\d+) (.*)$/s.exec(conflict.subject) ?? [];
    const found = await describing.copiesOfShow(Number(server), upstreamId);
    const show = found[0]?.detail.show;
    const ids = knownIds(show?.ids ?? {}, deps.customProviders);
    let mediaId = decision;
    if (mediaId === 'new') {
      const graph = createWorkingGraph(await media.apart());
      await media.loadInto(
        graph,
        await media.mediaOfIds(Object.entries(ids).map(([provider, value]) => ({ of: 'show', provider, value }))),
      );
      const medium = graph.create(
        { kind: 'show', title: show?.title ?? '', year: show?.year, season: undefined, episode: undefined },
        undefined,
      );
      learnAll(graph, medium, ids, []);
      await media.insertMedia(graph.fresh.media, now, graph.current);
      await media.insertIds(graph.fresh.ids, graph.current);
      mediaId = medium.id;
    }
    await media.saveShows(Number(server) as ServerId, [{ upstreamId, mediaId, identity: identityOfShow(ids) }]);
    await conflicts.settle(conflict.id, `media ${mediaId}`, now);
    await rematch(found);
  }

  /** What was asked between two entries that are one now answers itself. */
  async function merge(from: MediaId | number, into: MediaId | number, actor: string): Promise<readonly MergedPair[]> {
    await lockGraph(handle);
    const now = clock.now();
    const pairs = await merges.merge(from, into, actor, now);
    await onMerged(pairs);
    const merged = new Set(pairs.map((pair) => pair.from));
    for (const conflict of await conflicts.open()) {
      if (!conflict.candidates.some((id) => merged.has(id as MediaId))) continue;
      const left = [...new Set((await describing.lasting(conflict.candidates)).values())];
      if (left.length > 1) await conflicts.setCandidates(conflict.id, left);
      else if (conflict.kind === 'same') await conflicts.settle(conflict.id, 'merged already', now);
      else if (conflict.kind === 'draw' && left[0] !== undefined) await settle(conflict.id, { media: left[0] as MediaId }, actor);
    }
    return pairs;
  }

  return { settle, merge };
}

const decisionOf = (resolution: string): number | 'new' => {
  const [, said = 'new'] = resolution.split(' ');
  return said === 'new' ? 'new' : Number(said);
};
