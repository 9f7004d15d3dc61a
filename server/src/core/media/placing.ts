import type { ConflictKind } from './conflict.store.ts';
import type { ExternalIds } from './external-ids.ts';
import type { Candidate } from './match-title.ts';
import type { Medium, WorkingGraph } from './working-graph.ts';

/** A conflict whose candidates may not be stored yet. */
export type PendingConflict = Readonly<{
  kind: ConflictKind;
  subject: string;
  copyId?: number;
  place?: number;
  media: readonly Medium[];
  reason: string;
}>;

export type MediumCandidate = Candidate & Readonly<{ medium: Medium }>;

const PLAIN = { sameNumber: false, otherNumberHere: false, otherShow: false, current: false };

/** A medium as matching sees it. */
export const candidateOf = (medium: Medium, standing: Partial<typeof PLAIN>): MediumCandidate => ({
  medium,
  ids: medium.ids,
  title: medium.title,
  year: medium.year,
  ...PLAIN,
  ...standing,
});

/**
 * Teaches the medium the ids that nothing speaks against. Answers what is left over: ids that contradict, or that another
 * medium has.
 */
export function learnAll(
  graph: WorkingGraph,
  medium: Medium,
  ids: ExternalIds,
  contradicting: readonly string[],
): Readonly<{ media: readonly Medium[]; reason: string }> | undefined {
  let disputed: string[] | undefined;
  for (const provider in ids) {
    const value = ids[provider] ?? '';
    if (!contradicting.includes(provider) && graph.learn(medium, provider, value)) continue;
    disputed ??= [];
    disputed.push(provider);
  }
  if (disputed === undefined) return undefined;
  const told = disputed.map((provider) => [provider, ids[provider] ?? ''] as const);
  const media = new Set([medium, ...told.flatMap(([provider, value]) => graph.byExternalId(medium.kind, provider, value) ?? [])]);
  return { media: [...media], reason: `${told.map((id) => id.join(' ')).join(', ')} speaks against ${medium.title}, and was left out.` };
}

/** One of several entries of one title: the oldest stays, and takes up the others. */
export function mergeInMemory(graph: WorkingGraph, media: readonly Medium[]): Medium {
  const age = (medium: Medium): number => (medium.id === 0 ? Number.MAX_SAFE_INTEGER : medium.id);
  const [into, ...others] = [...media].sort((one, other) => age(one) - age(other));
  if (!into) throw new Error('nothing to merge');
  for (const other of others) graph.absorb(other, into);
  return into;
}
