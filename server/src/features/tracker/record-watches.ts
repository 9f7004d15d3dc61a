import {
  createTakenTitles,
  createViewingStore,
  type KnownPlay,
  type NewEvidence,
  type NewPlay,
  type StoredViewing,
} from '#core/viewing/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { planWatch, type ToldDay } from './plan-watch.ts';
import type { StampedTx } from './stamps.store.ts';
import { createUnwatches } from './unwatches.store.ts';

/** An app's word on a movie or an episode. The event is kept with the play: `app.history`, `app.scrobble`. */
export type WatchWord = Readonly<{ mediaId: MediaId; day: ToldDay; event: string }>;

export type Recorded = Readonly<{
  /** Not watched before. */
  added: ReadonlySet<MediaId>;
  /** Something of their history is new: a mark, a play. */
  changed: ReadonlySet<MediaId>;
  /** What had been begun, and is no place to go on from any more. */
  ended: readonly MediaId[];
}>;

type Draft = Readonly<{
  states: Map<MediaId, StoredViewing>;
  known: Map<MediaId, KnownPlay[]>;
  plays: NewPlay[];
  confirmed: (NewEvidence & Readonly<{ playId: number }>)[];
  added: Set<MediaId>;
  changed: Set<MediaId>;
}>;

/** Takes what an app tells into the one history. */
export async function recordWatches(tx: StampedTx, words: readonly WatchWord[], now: Instant): Promise<Recorded> {
  const media = [...new Set(words.map((word) => word.mediaId))];
  const viewing = createViewingStore(tx.handle);
  const before = await viewing.viewings(tx.person, media);
  const draft: Draft = {
    states: new Map(before),
    known: new Map([...(await viewing.plays(tx.person, media))].map(([id, plays]) => [id, [...plays]])),
    plays: [],
    confirmed: [],
    added: new Set(),
    changed: new Set(),
  };
  for (const word of words) take(draft, word, now);
  const { states, plays, confirmed, added, changed } = draft;
  await viewing.saveViewings(
    tx.person,
    [...states.values()].filter((state) => changed.has(state.mediaId)),
  );
  await viewing.addPlays(tx.person, plays, now);
  await viewing.addEvidence(confirmed);
  await createTakenTitles(tx.handle).wanted(tx.person, media);
  await createUnwatches(tx.handle).forget(tx.person, media);
  const ended = [...changed].filter((id) => (before.get(id)?.positionMs ?? 0) > 0 && states.get(id)?.positionMs === 0);
  return { added, changed, ended };
}

function take(draft: Draft, { mediaId, day, event }: WatchWord, now: Instant): void {
  const state = draft.states.get(mediaId);
  const known = draft.known.get(mediaId) ?? [];
  draft.known.set(mediaId, known);
  const plan = planWatch({ plays: known, day, now, ...(state && { known: state }) });
  const evidence: NewEvidence = { how: 'app', event, receivedAt: now, ...(typeof day === 'number' && { at: day }) };
  if (plan.play) {
    draft.plays.push({ mediaId, evidence, ...plan.play });
    known.push({ id: -draft.plays.length, ...plan.play, evidence: [{ receivedAt: now }] });
  }
  if (isWorthNoting(known, plan.same)) draft.confirmed.push({ ...evidence, playId: plan.same });
  if (plan.state) draft.states.set(mediaId, { ...plan.state, mediaId, event, createdAt: state?.createdAt ?? now, updatedAt: now });
  if (plan.added) draft.added.add(mediaId);
  if (plan.added || plan.play || plan.state) draft.changed.add(mediaId);
}

/** Apps tell the same day at every sync: once is enough. A play of this very body has no id yet. */
function isWorthNoting(known: readonly KnownPlay[], id: number | undefined): id is number {
  if (id === undefined || id < 0) return false;
  return !known.some(
    (play) => play.id === id && play.evidence.some((piece) => piece.accountId === undefined && piece.copyId === undefined),
  );
}
