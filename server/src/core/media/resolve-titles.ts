import { type ConflictToWrite, copySubject } from './conflict.store.ts';
import type { FormerLink } from './copy.store.ts';
import { type MatchedBy, matchTitle, type Verdict } from './match-title.ts';
import type { IdKey, MediaStore, NumberKey } from './media.store.ts';
import { candidateOf, learnAll, type MediumCandidate, mergeInMemory, type PendingConflict } from './placing.ts';
import { PATH, plainTitle, type SignatureOptions, type Subject, type Unit, unitsOf } from './signature.ts';
import { type Medium, showsContradict, type WorkingCopy, type WorkingGraph } from './working-graph.ts';

/** How a copy came to stand for a medium. A person's word is `person`. */
export type LinkedBy = MatchedBy | 'person';

/** A copy that is to be placed, and where it was placed. */
export type Draft = {
  readonly copy: WorkingCopy;
  readonly subject: Subject;
  /** What it stood for until its ids changed, in the order of its episodes. */
  readonly former: readonly FormerLink[];
  /** What a person decided: place to medium, or to a new one. */
  readonly decided: ReadonlyMap<number, number | 'new'>;
  links: readonly Readonly<{ medium: Medium; how: LinkedBy }>[];
  reason: string | undefined;
};

type Placed = Readonly<{ unit: Unit; medium: Medium; how: LinkedBy; contradicting: readonly string[] }>;

/** Places the movies and episodes of a page in the graph, and answers what only a person can tell. */
export async function resolveTitles(
  deps: Readonly<{ store: MediaStore; options: SignatureOptions }>,
  graph: WorkingGraph,
  serverId: number,
  drafts: readonly Draft[],
  shows: ReadonlyMap<string, Medium>,
): Promise<readonly PendingConflict[]> {
  const conflicts: PendingConflict[] = [];
  const units = drafts.map((draft) => unitsOf(draft.subject, deps.options));
  await load();
  for (const [index, draft] of drafts.entries()) place(draft, units[index] ?? []);
  return conflicts;

  async function load(): Promise<void> {
    const media = new Set(drafts.flatMap((draft) => draft.former.map((link) => link.mediaId)));
    const decided = drafts.flatMap((draft) => [...draft.decided.values()]);
    for (const id of decided) if (id !== 'new') media.add(id);
    const ids = drafts.flatMap((draft, index) => (units[index] ?? []).flatMap((unit) => idsOf(draft.subject.kind, unit)));
    const numbers = drafts.flatMap((draft, index) => (units[index] ?? []).flatMap((unit) => numberOf(draft, unit)));
    for (const id of await deps.store.mediaOfIds(ids)) media.add(id);
    for (const id of await deps.store.mediaOfNumbers(numbers)) media.add(id);
    await deps.store.loadInto(graph, media);
  }

  function numberOf(draft: Draft, { season, number }: Unit): readonly NumberKey[] {
    const show = showOf(draft);
    return show && show.id !== 0 && season !== undefined && number !== undefined ? [[show.id, season, number]] : [];
  }

  function showOf(draft: Draft): Medium | undefined {
    const show = draft.subject.show && shows.get(draft.subject.show.upstreamId);
    return show && graph.current(show);
  }

  function place(draft: Draft, own: readonly Unit[]): void {
    const show = showOf(draft);
    const placed: Placed[] = [];
    for (const [index, unit] of own.entries()) {
      const one = placeUnit(draft, unit, index, show);
      // A file of several episodes stands for all of them or for none: half of it watched is no news of any.
      if (!one) return;
      placed.push(one);
    }
    draft.links = placed.map(({ medium, how }) => ({ medium: graph.current(medium), how }));
    for (const [index, { unit, medium, contradicting }] of placed.entries()) {
      const owner = graph.current(medium);
      graph.name(owner, draft.subject);
      const dispute = learnAll(graph, owner, unit.ids, contradicting);
      if (dispute)
        conflicts.push({ kind: 'ids', subject: copySubject(draft.copy.id, index), copyId: draft.copy.id, place: index, ...dispute });
      if (show && unit.season !== undefined && unit.number !== undefined) {
        graph.claim(owner, show, unit.season, unit.number, serverId, draft.copy);
      }
    }
  }

  function placeUnit(draft: Draft, unit: Unit, index: number, show: Medium | undefined): Placed | undefined {
    const { subject } = draft;
    const decided = draft.decided.get(index);
    const chosen = typeof decided === 'number' ? graph.byId(decided) : undefined;
    if (chosen) return { unit, medium: graph.current(chosen), how: 'person', contradicting: contradictions(unit, chosen) };
    if (decided === 'new') return { unit, medium: create(subject, unit, show), how: 'person', contradicting: [] };

    const numbered = show !== undefined && unit.season !== undefined && unit.number !== undefined;
    const candidates = candidatesFor(draft, unit, index, show);
    const evidence = { ids: unit.ids, title: subject.title, ...(subject.year !== undefined && { year: subject.year }), numbered };
    const verdict = matchTitle(evidence, candidates, (one, other) => graph.heldApart(one.medium, other.medium));
    return accept(draft, unit, index, show, verdict);
  }

  function accept(
    draft: Draft,
    unit: Unit,
    index: number,
    show: Medium | undefined,
    verdict: Verdict<MediumCandidate>,
  ): Placed | undefined {
    switch (verdict.outcome) {
      case 'match':
        return {
          unit,
          medium: verdict.candidate.medium,
          how: verdict.by === 'number' ? foundedBy(unit) : verdict.by,
          contradicting: verdict.contradicting,
        };
      case 'same':
        return {
          unit,
          medium: mergeInMemory(
            graph,
            verdict.candidates.map((one) => one.medium),
          ),
          how: 'ids',
          contradicting: [],
        };
      case 'new':
        return { unit, medium: create(draft.subject, unit, show), how: foundedBy(unit), contradicting: [] };
      case 'conflict': {
        const media = verdict.candidates.map((one) => one.medium);
        const reason = `${draft.subject.title}: ${verdict.reason}.`;
        conflicts.push({ kind: 'draw', subject: copySubject(draft.copy.id, index), copyId: draft.copy.id, place: index, media, reason });
        draft.reason = `It waits for a person: ${verdict.reason}.`;
        return undefined;
      }
      case 'unidentified':
        draft.reason = verdict.reason;
        return undefined;
    }
  }

  function candidatesFor(draft: Draft, unit: Unit, index: number, show: Medium | undefined): readonly MediumCandidate[] {
    const { season, number } = unit;
    const holders: Medium[] = [];
    for (const provider in unit.ids) {
      const holder = graph.byExternalId(draft.subject.kind, provider, unit.ids[provider] ?? '');
      if (holder) holders.push(holder);
    }
    const claimants = show && season !== undefined && number !== undefined ? graph.byNumber(show, season, number) : [];
    const former = draft.former[index];
    const before = former && graph.byId(former.mediaId);
    // Most titles of a first import.
    if (holders.length === 0 && claimants.length === 0 && !before) return [];
    const media = new Set([...holders, ...claimants, ...(before ? [graph.current(before)] : [])]);
    return [...media].map((medium) =>
      candidateOf(medium, {
        sameNumber: claimants.includes(medium),
        otherNumberHere: numberedOtherwiseHere(medium, season, number),
        otherShow: show !== undefined && medium.show !== undefined && showsContradict(show.ids, medium.show.ids),
        current:
          former !== undefined && before !== undefined && graph.current(before) === medium && isContinued(draft.subject, unit, former),
      }),
    );
  }

  function numberedOtherwiseHere(medium: Medium, season: number | undefined, number: number | undefined): boolean {
    const here = medium.claims.filter((claim) => claim.serverId === serverId);
    return here.length > 0 && !here.some((claim) => claim.season === season && claim.number === number);
  }

  function create(subject: Subject, unit: Unit, show: Medium | undefined): Medium {
    return graph.create(
      { kind: subject.kind, title: subject.title, year: subject.year, season: unit.season, episode: unit.number },
      subject.kind === 'episode' ? show : undefined,
    );
  }
}

function idsOf(of: string, { ids }: Unit): readonly IdKey[] {
  const keys: IdKey[] = [];
  for (const provider in ids) keys.push({ of, provider, value: ids[provider] ?? '' });
  return keys;
}

/** An item that lost or changed its ids is still what it was while the title (of a movie) or the number (of an episode) is. */
function isContinued(subject: Subject, unit: Unit, former: FormerLink): boolean {
  if (subject.kind === 'movie') return plainTitle(former.title) === plainTitle(subject.title);
  const numbers = former.episodes === null ? [] : (JSON.parse(former.episodes) as number[]);
  return unit.number !== undefined && former.season === unit.season && numbers.includes(unit.number);
}

/** A number that brought an id along is not needed any more. */
const foundedBy = (unit: Unit): LinkedBy => {
  const providers = Object.keys(unit.ids);
  if (providers.some((provider) => provider !== PATH)) return 'ids';
  return unit.number === undefined ? 'path' : 'number';
};

const contradictions = (unit: Unit, medium: Medium): readonly string[] =>
  Object.keys(unit.ids).filter((provider) => provider !== PATH && medium.ids.get(provider)?.includes(unit.ids[provider] ?? '') === false);

/** A conflict as it is stored, once all media have their ids. */
export const conflictToWrite = (conflict: PendingConflict, graph: WorkingGraph): ConflictToWrite => ({
  kind: conflict.kind,
  subject: conflict.subject,
  ...(conflict.copyId !== undefined && { copyId: conflict.copyId }),
  ...(conflict.place !== undefined && { place: conflict.place }),
  candidates: [...new Set(conflict.media.map((medium) => graph.current(medium).id))],
  reason: conflict.reason,
});
