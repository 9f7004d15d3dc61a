import {
  decidePlays,
  type KnownPlay,
  mergeViewing,
  type NewEvidence,
  type NewPlay,
  type News,
  type PlayVerdict,
  readNews,
  type StoredObservation,
  type StoredViewing,
} from '#core/viewing/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { CopyFacts, MergeFacts } from './facts.ts';

/** What a title's standing is said to come from where a read of its library told of it. */
export const IMPORT_EVENT = 'task.import';

export type HeldUnwatch = Readonly<{ copy: CopyFacts; mediaIds: readonly MediaId[]; reason: string }>;

/** What a merge changes in our own store. Nothing of it touches another server. */
export type MergePlan = Readonly<{
  observations: readonly Omit<StoredObservation, 'pushed'>[];
  viewings: readonly StoredViewing[];
  plays: readonly NewPlay[];
  evidence: readonly (NewEvidence & Readonly<{ playId: number }>)[];
  /** Titles whose watched state or position others may have to learn. */
  changed: readonly MediaId[];
  /** Believed un-watches that wait for the guard; their copies keep their last observation until then. */
  held: readonly HeldUnwatch[];
  /** Copies whose play was finished by a webhook's word, while the server does not show it yet. */
  foretold: readonly CopyFacts[];
  notes: readonly Readonly<{ copy: CopyFacts; text: string }>[];
}>;

type Draft = {
  observations: Omit<StoredObservation, 'pushed'>[];
  viewings: Map<MediaId, StoredViewing>;
  plays: NewPlay[];
  evidence: (NewEvidence & Readonly<{ playId: number }>)[];
  changed: Set<MediaId>;
  held: HeldUnwatch[];
  foretold: CopyFacts[];
  notes: { copy: CopyFacts; text: string }[];
  /** Plays decided earlier in this plan: a title with two copies in one page is one title. */
  known: Map<MediaId, KnownPlay[]>;
};

/** Pure: the same facts give the same plan. Copies are taken in their order; a later one sees what an earlier one taught. */
export function planMerge(facts: MergeFacts): MergePlan {
  const draft: Draft = {
    observations: [],
    viewings: new Map(),
    plays: [],
    evidence: [],
    changed: new Set(),
    held: [],
    foretold: [],
    notes: [],
    known: new Map(),
  };
  for (const copy of facts.copies) mergeCopy(facts, copy, draft);
  const { known: _, ...plan } = draft;
  return { ...plan, viewings: [...draft.viewings.values()], changed: [...draft.changed] };
}

function mergeCopy(facts: MergeFacts, copy: CopyFacts, draft: Draft): void {
  const { switches } = facts;
  const news = switches.listens ? newsOf(facts, copy) : undefined;
  for (const text of news?.notes ?? []) draft.notes.push({ copy, text });
  if (news?.unwatched === true && !facts.unwatchAllowed && copy.mediaIds.some((id) => isWatched(facts, draft, id))) {
    draft.held.push({ copy, mediaIds: copy.mediaIds, reason: 'it was watched there at the last look, and is not any more' });
    return;
  }
  for (const mediaId of copy.mediaIds) mergeTitle(facts, copy, mediaId, news, draft);
  if (copy.refined?.completed === true && !copy.now.played && switches.listens) draft.foretold.push(copy);
  const heard = switches.listens && copy.mediaIds.length > 0;
  if (!saysTheSame(copy, heard)) {
    draft.observations.push({
      ...copy.now,
      copyId: copy.copyId,
      // What stands for no title was not heard: once somebody has said what it is, its word on that title is the first.
      heard,
      ...(facts.how === 'webhook' && { event: facts.event }),
    });
  }
}

/** Where the history has it as not watched already, an un-watch takes nothing away, and there is nothing to guard. */
const isWatched = (facts: MergeFacts, draft: Draft, id: MediaId): boolean =>
  (draft.viewings.get(id) ?? facts.viewings.get(id))?.watched === true;

function newsOf(facts: MergeFacts, copy: CopyFacts): News {
  const last = copy.last?.heard === true ? copy.last : undefined;
  return readNews({
    ...(last !== undefined && { last: { ...last, at: lastLook(facts, copy, last) } }),
    now: copy.now,
    ...(last?.pushed && { pushed: last.pushed }),
    neverUnwatch: facts.switches.neverUnwatch,
    ...(copy.refined && { refined: copy.refined }),
  });
}

/** A full read that listed the copy, and had nothing new of it, wrote nothing down. One that did not list it has taken its date away. */
function lastLook({ lastFullRead }: MergeFacts, { now }: CopyFacts, last: StoredObservation): Instant {
  const unlisted = last.addedAt === undefined && now.addedAt !== undefined;
  if (lastFullRead === undefined || unlisted) return last.at;
  return Math.max(last.at, Math.min(lastFullRead, now.at));
}

/** An unchanged observation is not written again: the run's own mark says that it was seen. */
export function saysTheSame({ last, now }: CopyFacts, heard: boolean): boolean {
  return (
    last !== undefined &&
    last.heard === heard &&
    last.pushed === undefined &&
    last.played === now.played &&
    last.playCount === now.playCount &&
    last.lastPlayedAt === now.lastPlayedAt &&
    last.positionMs === now.positionMs &&
    last.addedAt === now.addedAt &&
    last.rating === now.rating &&
    last.favorite === now.favorite
  );
}

function mergeTitle(facts: MergeFacts, copy: CopyFacts, mediaId: MediaId, news: News | undefined, draft: Draft): void {
  const known = draft.viewings.get(mediaId) ?? facts.viewings.get(mediaId);
  const heard: News = news ?? { window: { until: copy.now.at }, plays: [], watched: false, unwatched: false, notes: [] };
  const verdicts = heard.plays.length > 0 ? addPlays(facts, copy, mediaId, heard, draft) : [];
  const watched = heard.watched && (verdicts.length === 0 || verdicts.some(({ echo }) => echo !== true));
  if (known !== undefined && !watched && !heard.unwatched && heard.position === undefined) return;
  // A date within a window is news of that window all the same.
  const plays = verdicts.map(({ play, markedThen }) => (markedThen && heard.window.after === undefined ? {} : play));
  const change = mergeViewing({
    ...(known && { known }),
    news: { ...heard, watched, plays },
    accountId: facts.accountId,
    ...(copy.now.addedAt !== undefined && { addedAt: copy.now.addedAt }),
    unwatchWasFound: known?.event === IMPORT_EVENT,
  });
  if (change === undefined) return;
  const at = copy.now.at;
  draft.viewings.set(mediaId, {
    ...change.state,
    mediaId,
    event: facts.how === 'webhook' ? facts.event : IMPORT_EVENT,
    createdAt: known?.createdAt ?? at,
    updatedAt: at,
  });
  if (change.watchedChanged || change.positionChanged) draft.changed.add(mediaId);
}

function addPlays(facts: MergeFacts, copy: CopyFacts, mediaId: MediaId, news: News, draft: Draft): readonly PlayVerdict[] {
  const known = draft.known.get(mediaId) ?? [...(facts.plays.get(mediaId) ?? [])];
  draft.known.set(mediaId, known);
  const verdicts = decidePlays(known, {
    accountId: facts.accountId,
    copyId: copy.copyId,
    plays: news.plays,
    window: news.window,
    ...(news.playCount !== undefined && { playCount: news.playCount }),
    ...(copy.runtimeMs !== undefined && { runtimeMs: copy.runtimeMs }),
  });
  for (const { play, same, echo } of verdicts) {
    const evidence: NewEvidence = {
      accountId: facts.accountId,
      copyId: copy.copyId,
      how: echo ? 'mark' : facts.how,
      event: facts.event,
      ...(play.at !== undefined && { at: play.at }),
      receivedAt: copy.now.at,
    };
    if (same === undefined) {
      const id = -1 - draft.plays.length;
      draft.plays.push({ mediaId, ...(play.at !== undefined && { at: play.at }), evidence });
      known.push({
        id,
        ...(play.at !== undefined && { at: play.at }),
        evidence: [{ accountId: facts.accountId, receivedAt: copy.now.at }],
      });
    } else if (same > 0) {
      draft.evidence.push({ ...evidence, playId: same });
    }
  }
  return verdicts;
}
