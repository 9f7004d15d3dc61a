import type { UpstreamItem } from '#core/upstreams/index.ts';
import { type CopyId, copyId, type MediaId, type ServerId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { findDoubtful } from './clash.store.ts';
import { type ConflictStore, copySubject, pairSubject } from './conflict.store.ts';
import type { CopyStore, FormerLink, KnownCopy } from './copy.store.ts';
import { fingerprintOf, sameIdentity } from './fingerprint.ts';
import type { Handle } from './media.schema.store.ts';
import { lockGraph, type MediaStore, reserveIds } from './media.store.ts';
import type { MergedPair, MergeStore } from './merge.store.ts';
import { resolveShows } from './resolve-shows.ts';
import { conflictToWrite, type Draft, resolveTitles } from './resolve-titles.ts';
import type { SignatureOptions, Subject } from './signature.ts';
import { createWorkingGraph, showsContradict, type WorkingGraph } from './working-graph.ts';

/** What became of one item. */
export type IngestedCopy = Readonly<{
  upstreamId: string;
  copyId: CopyId;
  /** One for each episode that it holds; empty where it could not be placed, and `reason` says why. */
  mediaIds: readonly MediaId[];
  /** Its server never listed it before. */
  isNew: boolean;
  /** The same id with another added date: the file behind it was replaced. */
  replaced: boolean;
  /** It had been gone. */
  returned: boolean;
  /** It was listed before, and stood for something else or for nothing: what is said of it is the first word on these titles. */
  relinked: boolean;
  reason?: string;
}>;

export type IngestDeps = Readonly<{
  handle: Handle;
  clock: Clock;
  options: SignatureOptions;
  media: MediaStore;
  copies: CopyStore;
  conflicts: ConflictStore;
  merges: MergeStore;
  onMerged: (pairs: readonly MergedPair[]) => Promise<void>;
}>;

type Row = Readonly<{ item: UpstreamItem; fingerprint: string; known: KnownCopy | undefined; id: number; draft: Draft | undefined }>;

export function createIngest(deps: IngestDeps) {
  const { handle, clock, options, media, copies, conflicts, merges, onMerged } = deps;
  const salt = `${options.matchByPath ? 'path' : ''}${[...options.customProviders].join()}`;

  /** Media that the last call made. */
  const born = new Set<number>();

  async function ingest(serverId: ServerId, items: readonly UpstreamItem[]): Promise<readonly IngestedCopy[]> {
    born.clear();
    const known = await copies.known(
      serverId,
      items.map((item) => item.upstreamId),
    );
    const answers = new Map<string, IngestedCopy>();
    const changed = new Map<string, Readonly<{ item: UpstreamItem; fingerprint: string }>>();
    for (const item of items) {
      const fingerprint = fingerprintOf(item, salt);
      const copy = known.get(item.upstreamId);
      if (copy?.fingerprint === fingerprint && copy.goneAt === null) answers.set(item.upstreamId, unchanged(copy));
      else changed.set(item.upstreamId, { item, fingerprint });
    }
    if (changed.size > 0) await write(serverId, [...changed.values()], known, answers);
    return items.map((item) => answers.get(item.upstreamId) as IngestedCopy);
  }

  async function write(
    serverId: ServerId,
    changed: readonly Readonly<{ item: UpstreamItem; fingerprint: string }>[],
    known: ReadonlyMap<string, KnownCopy>,
    answers: Map<string, IngestedCopy>,
  ): Promise<void> {
    await lockGraph(handle);
    const now = clock.now();
    const fresh = await reserveIds(handle, 'copy', changed.filter(({ item }) => !known.has(item.upstreamId)).length);
    const keepsLinks = (copy: KnownCopy | undefined, fingerprint: string): boolean =>
      copy !== undefined && sameIdentity(copy.fingerprint, fingerprint);
    const moved = changed.flatMap(({ item, fingerprint }) => {
      const copy = known.get(item.upstreamId);
      return copy && !keepsLinks(copy, fingerprint) ? [copy.id] : [];
    });
    const former = Map.groupBy(await copies.detach(moved), (link) => link.copyId);
    let next = 0;
    const rows = changed.map(({ item, fingerprint }): Row => {
      const copy = known.get(item.upstreamId);
      const id = copy?.id ?? fresh[next++] ?? 0;
      const draft = keepsLinks(copy, fingerprint) ? undefined : draftOf(id, subjectOf(item), former.get(id) ?? [], NO_DECISIONS);
      return { item, fingerprint, known: copy, id, draft };
    });
    await conflicts.supersede(moved, now);
    const placement = await place(
      serverId,
      rows.flatMap((row) => row.draft ?? []),
      now,
    );

    const toWrite = rows.map(({ item, fingerprint, known: copy, id, draft }) => ({
      id,
      item,
      fingerprint,
      unmatched: draft ? draft.reason : (copy?.unmatched ?? undefined),
      replaced: isReplaced(copy, item),
      isNew: copy === undefined,
    }));
    await copies.insert(
      serverId,
      toWrite.filter((row) => row.isNew),
      now,
    );
    await copies.update(
      toWrite.filter((row) => !row.isNew),
      now,
    );
    await placement.finish();
    for (const { id } of placement.graph.fresh.media) born.add(id);
    for (const { item, known: copy, id, draft } of rows) {
      const links = draft ? [...new Set(draft.links.map((link) => placement.graph.current(link.medium).id))] : (copy?.mediaIds ?? []);
      const reason = draft ? draft.reason : copy?.unmatched;
      answers.set(item.upstreamId, {
        upstreamId: item.upstreamId,
        copyId: copyId(id),
        mediaIds: links as MediaId[],
        isNew: copy === undefined,
        replaced: isReplaced(copy, item),
        returned: copy !== undefined && copy.goneAt !== null,
        relinked: copy !== undefined && copy.mediaIds.join() !== links.join(),
        ...(reason && { reason }),
      });
    }
  }

  /** Resolves the drafts against the graph and writes what is new of it; `finish` links the copies, once they are stored. */
  async function place(serverId: ServerId, drafts: readonly Draft[], now: number) {
    const graph = createWorkingGraph(drafts.length > 0 ? await media.apart() : new Set());
    if (drafts.length === 0) return { graph, finish: async () => undefined };
    const shows = await resolveShows(
      { store: media, customProviders: options.customProviders },
      graph,
      serverId,
      drafts.map((draft) => draft.subject),
    );
    const merged = await mergeStored(graph, now);
    const pending = await resolveTitles({ store: media, options }, graph, serverId, drafts, shows.byUpstreamId);
    await media.insertMedia(graph.fresh.media, now, graph.current);
    await media.insertIds(graph.fresh.ids, graph.current);
    await media.completeMedia(graph.completed, now, graph.current);
    await media.nameMedia(graph.named, now);
    await media.saveShows(
      serverId,
      shows.changed.map((show) => ({ upstreamId: show.upstreamId, mediaId: graph.current(show.medium).id, identity: show.identity })),
    );
    return {
      graph,
      async finish(): Promise<void> {
        await copies.link(
          drafts.flatMap((draft) =>
            draft.links.map(({ medium, how }, index) => ({ copyId: draft.copy.id, mediaId: graph.current(medium).id, place: index, how })),
          ),
        );
        await media.insertClaims(graph.fresh.claims, serverId, graph.current);
        merged.push(...(await mergeStored(graph, now)));
        const told = [...shows.conflicts, ...pending].map((conflict) => conflictToWrite(conflict, graph));
        await conflicts.add([...told, ...twoShows(graph), ...merged.map(mergeNote)], now);
        await settleClashes(graph, now, drafts);
        if (merged.length > 0) await onMerged(merged);
      },
    };
  }

  async function mergeStored(graph: WorkingGraph, now: number): Promise<MergedPair[]> {
    const merged: MergedPair[] = [];
    for (const [from, into] of graph.found.merges.splice(0)) {
      if (from.id !== 0 && into.id !== 0) merged.push(...(await merges.merge(from.id, into.id, 'matching', now)));
    }
    return merged;
  }

  /** Copies whose number came to mean more than one episode stand for none until a person has said which. */
  async function settleClashes(graph: WorkingGraph, now: number, drafts: readonly Draft[]): Promise<void> {
    const numbers = graph.found.clashes.map((clash) => [graph.current(clash.show).id, clash.season, clash.number] as const);
    const doubtful = await findDoubtful(handle, numbers);
    if (doubtful.length === 0) return;
    const reason = 'its number is given to more than one episode.';
    await copies.detach(doubtful.map((one) => one.copyId));
    for (const { copyId: id } of doubtful) {
      await copies.setUnmatched(id, `It waits for a person: ${reason}`);
      const draft = drafts.find((one) => one.copy.id === id);
      if (!draft) continue;
      draft.links = [];
      draft.reason = `It waits for a person: ${reason}`;
    }
    await conflicts.add(
      doubtful.map((one) => ({
        kind: 'draw',
        subject: copySubject(one.copyId, one.place),
        copyId: one.copyId,
        place: one.place,
        candidates: one.candidates,
        reason: `${one.title}: ${reason}`,
      })),
      now,
    );
  }

  return { ingest, place, mergeStored, born };
}

const NO_DECISIONS: ReadonlyMap<number, number | 'new'> = new Map();

export const draftOf = (
  id: number,
  subject: Subject,
  former: readonly FormerLink[],
  decided: ReadonlyMap<number, number | 'new'>,
): Draft => ({ copy: { id }, subject, former, decided, links: [], reason: undefined });

export const mergeNote = ({ mergeId, from, into }: MergedPair) => ({
  kind: 'same' as const,
  subject: pairSubject(from, into),
  candidates: [from, into],
  reason: 'A title carries the ids of both, and nothing held them apart.',
  resolution: `merge ${mergeId}`,
});

const twoShows = (graph: WorkingGraph) =>
  graph.found.twoShows.flatMap(([one, other]) => {
    const pair = [graph.current(one), graph.current(other)] as const;
    const [first, second] = pair;
    if (first === second || first.id === 0 || second.id === 0) return [];
    const reason = showsContradict(first.ids, second.ids)
      ? `An episode is listed under ${first.title} and under ${second.title}, whose own ids differ.`
      : `An episode is listed under two entries of ${first.title}, which seem to be one series.`;
    return [{ kind: 'same' as const, subject: pairSubject(first.id, second.id), candidates: pair.map((show) => show.id), reason }];
  });

const isReplaced = (copy: KnownCopy | undefined, item: UpstreamItem): boolean =>
  copy !== undefined && copy.addedAt !== null && item.addedAt !== undefined && copy.addedAt !== item.addedAt;

const unchanged = (copy: KnownCopy): IngestedCopy => ({
  upstreamId: copy.upstreamId,
  copyId: copyId(copy.id),
  mediaIds: copy.mediaIds as MediaId[],
  isNew: false,
  replaced: false,
  returned: false,
  relinked: false,
  ...(copy.unmatched !== null && { reason: copy.unmatched }),
});

const subjectOf = (item: UpstreamItem): Subject => ({
  kind: item.kind,
  title: item.title,
  ...(item.year !== undefined && { year: item.year }),
  ids: item.ids,
  ...(item.show && { show: item.show }),
  ...(item.season !== undefined && { season: item.season }),
  ...(item.episodes && { episodes: item.episodes }),
  ...(item.files[0] && { path: item.files[0].path }),
});
