import type { MediaId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { type ConflictStore, showSubject } from './conflict.store.ts';
import type { ExternalIds } from './external-ids.ts';
import { draftOf, type IngestDeps, mergeNote } from './ingest.ts';
import type { Handle } from './media.schema.store.ts';
import { lockGraph, type MediaStore } from './media.store.ts';
import type { MergedPair } from './merge.store.ts';
import { resolveShows } from './resolve-shows.ts';
import { resolveTitles } from './resolve-titles.ts';
import { knownIds, type SignatureOptions, type Subject } from './signature.ts';
import { createWorkingGraph, type Medium, type NewClaim, type WorkingGraph } from './working-graph.ts';

/**
 * A title as somebody tells it who has no copy of it. `show` and the numbers are those of an episode. An empty title is told by whoever knows it: a medium that is
 * made without one gets the first that comes.
 */
export type NamedTitle = Readonly<{
  kind: 'movie' | 'show' | 'episode';
  title: string;
  year?: number;
  ids: ExternalIds;
  show?: Readonly<{ title: string; year?: number; ids: ExternalIds }>;
  season?: number;
  episode?: number;
}>;

/** Without `mediaId` it could not be placed, and `reason` says why. */
export type KnownTitle = Readonly<{ mediaId?: MediaId; reason?: string }>;

export type NamingDeps = Readonly<{
  handle: Handle;
  clock: Clock;
  options: SignatureOptions;
  media: MediaStore;
  conflicts: ConflictStore;
  mergeStored(graph: WorkingGraph, now: number): Promise<MergedPair[]>;
  onMerged: IngestDeps['onMerged'];
}>;

/** Belongs to no server: what is named is on none. */
const NOWHERE = 0;

/**
 * Whoever names a title cannot be asked again, as a copy can: what only a person could tell is answered and not kept as a conflict, and a
 * number that means another episode already is not claimed.
 */
export function createNaming({ handle, clock, options, media, conflicts, mergeStored, onMerged }: NamingDeps) {
  return async (titles: readonly NamedTitle[]): Promise<readonly KnownTitle[]> => {
    if (titles.length === 0) return [];
    await lockGraph(handle);
    const now = clock.now();
    const subjects = titles.map((title, index) => subjectOf(title, index, options));
    const drafts = subjects.map((subject) => draftOf(0, subject, [], new Map()));
    const graph = createWorkingGraph(await media.apart());
    const shows = await resolveShows({ store: media, customProviders: options.customProviders }, graph, NOWHERE, subjects);
    const merged = await mergeStored(graph, now);
    const titled = drafts.filter((_, index) => titles[index]?.kind !== 'show');
    await resolveTitles({ store: media, options }, graph, NOWHERE, titled, shows.byUpstreamId);
    await media.insertMedia(graph.fresh.media, now, graph.current);
    await media.insertIds(graph.fresh.ids, graph.current);
    await media.completeMedia(graph.completed, now, graph.current);
    await media.nameMedia(graph.named, now);
    await media.insertClaims(undisputed(graph), null, graph.current);
    merged.push(...(await mergeStored(graph, now)));
    if (merged.length > 0) {
      await conflicts.add(merged.map(mergeNote), now);
      await onMerged(merged);
    }
    const known = (medium: Medium | undefined) => medium && { mediaId: graph.current(medium).id as MediaId };
    const showNamed = ({ show }: Subject): KnownTitle => {
      const found = known(shows.byUpstreamId.get(show?.upstreamId ?? ''));
      if (found) return found;
      const dispute = shows.conflicts.find((one) => one.subject === showSubject(NOWHERE, show?.upstreamId ?? ''));
      return { reason: dispute ? `It waits for a person: ${dispute.reason}` : 'A series is known by its ids, and none was told.' };
    };
    return drafts.map(({ subject, links: [link], reason }, index) =>
      titles[index]?.kind === 'show' ? showNamed(subject) : { ...known(link?.medium), ...(reason !== undefined && { reason }) },
    );
  };
}

function undisputed(graph: WorkingGraph): readonly NewClaim[] {
  const clashes = new Set(graph.found.clashes.map(({ show, season, number }) => `${graph.current(show).id} ${season} ${number}`));
  return graph.fresh.claims.filter(({ show, season, number }) => !clashes.has(`${graph.current(show).id} ${season} ${number}`));
}

/**
 * Series of the same ids are one; those without any are told apart, since nothing says that they are not two. Such a series has no medium
 * of its own, so its name stands before that of the episode, unless it does already: nobody else would tell it.
 */
function subjectOf(told: NamedTitle, index: number, options: SignatureOptions): Subject {
  if (told.kind === 'show') return { kind: 'episode', title: '', ids: {}, show: showOf(told, index, options) };
  const { kind, title, year, ids, show, season, episode } = told;
  const series = show && showOf(show, index, options);
  const nameless = series !== undefined && Object.keys(knownIds(series.ids, options.customProviders)).length === 0;
  return {
    kind,
    title: nameless && series.title !== title ? `${series.title}: ${title}` : title,
    ids,
    ...(year !== undefined && { year }),
    ...(series && { show: series }),
    ...(season !== undefined && { season }),
    ...(episode !== undefined && { episodes: [episode] }),
  };
}

function showOf(
  { title, year, ids }: NonNullable<NamedTitle['show']>,
  index: number,
  { customProviders }: SignatureOptions,
): NonNullable<Subject['show']> {
  const known = Object.entries(knownIds(ids, customProviders)).sort(([one], [other]) => (one < other ? -1 : 1));
  const upstreamId = known.length === 0 ? `nameless ${index}` : JSON.stringify(known);
  return { title, ids, upstreamId, ...(year !== undefined && { year }) };
}
