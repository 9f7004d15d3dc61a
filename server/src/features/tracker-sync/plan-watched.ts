import type { TrackedSlot } from '#core/upstreams/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import {
  type Agreed,
  MOVIE_SLOT,
  placeOf,
  type RemoteSide,
  type SentWatch,
  type Switches,
  type SyncFacts,
  slotKey,
  type TakenWatch,
  type WatchedHere,
} from './facts.ts';

export type WatchPlan = {
  take: TakenWatch[];
  unwatchHere: MediaId[];
  send: SentWatch[];
  unwatchThere: Agreed[];
  agreed: Agreed[];
  forgotten: MediaId[];
};

type ThereWatch = Readonly<{ number: number; own: TrackedSlot; slot?: TrackedSlot; at?: Instant }>;

/** What was watched, movie by movie and episode by episode. Pure. */
export function planWatched(facts: SyncFacts, switches: Switches, reasons: string[]): WatchPlan {
  const plan: WatchPlan = { take: [], unwatchHere: [], send: [], unwatchThere: [], agreed: [], forgotten: [] };
  const here = new Map(facts.here.watched.map((one) => [one.mediaId, one]));
  const there = new Map(facts.there.flatMap((side) => watchedThere(side, facts)).map((one) => [slotKey(one.number, one.own), one]));
  const incomplete = new Set(facts.there.filter(({ seen }) => seen !== undefined && !seen.complete).map(({ number }) => number));
  const settled = new Set<MediaId>();
  for (const agreed of facts.agreed) {
    settled.add(agreed.mediaId);
    const key = slotKey(agreed.number, agreed.own);
    judgeAgreed(
      { agreed, here: here.get(agreed.mediaId), there: there.get(key), isUnknown: incomplete.has(agreed.number) },
      switches,
      plan,
      reasons,
    );
    there.delete(key);
  }
  for (const [key, one] of there) {
    const mediaId = facts.meant.get(key);
    if (mediaId !== undefined && settled.has(mediaId)) continue;
    const own = mediaId === undefined ? undefined : here.get(mediaId);
    if (mediaId !== undefined && own) {
      settled.add(mediaId);
      plan.agreed.push(agreedOf(mediaId, one, own.at));
    } else takeNew(one, mediaId, facts, switches, plan, reasons);
    if (mediaId !== undefined) settled.add(mediaId);
  }
  sendNew(facts, settled, switches, plan, reasons);
  return plan;
}

function watchedThere({ number, seen }: RemoteSide, facts: SyncFacts): readonly ThereWatch[] {
  if (seen === undefined) return [];
  const day = (at: Instant | undefined) => (at === undefined ? {} : { at });
  if (facts.kind === 'movie') return seen.watched ? [{ number, own: MOVIE_SLOT, ...day(seen.watchedAt) }] : [];
  return seen.episodes.map((episode) => {
    const slot = placeOf(seen, seen.ids, episode);
    return { number, own: { season: episode.season, number: episode.number }, ...(slot && { slot }), ...day(episode.at) };
  });
}

const agreedOf = (mediaId: MediaId, there: ThereWatch, hereAt: Instant | undefined): Agreed => ({
  mediaId,
  number: there.number,
  own: there.own,
  ...(hereAt !== undefined && { hereAt }),
  ...(there.at !== undefined && { thereAt: there.at }),
});

const isLater = (at: Instant | undefined, than: Instant | undefined): boolean =>
  at !== undefined && at > (than ?? Number.NEGATIVE_INFINITY);

type Standing = Readonly<{
  agreed: Agreed;
  here: WatchedHere | undefined;
  there: ThereWatch | undefined;
  isUnknown: boolean;
}>;

function judgeAgreed(standing: Standing, switches: Switches, plan: WatchPlan, reasons: string[]): void {
  const { agreed, here, there, isUnknown } = standing;
  if (here && there) {
    const isSame = here.at === agreed.hereAt && there.at === agreed.thereAt;
    if (!isSame) plan.agreed.push(agreedOf(agreed.mediaId, there, here.at));
  } else if (here) {
    if (isUnknown) reasons.push('not everything was listed there: what is missing proves nothing');
    else goneThere(agreed, here, switches, plan, reasons);
  } else if (there) goneHere(agreed, there, switches, plan, reasons);
  else if (!isUnknown) plan.forgotten.push(agreed.mediaId);
}

function goneThere(agreed: Agreed, here: WatchedHere, { takes, sends }: Switches, plan: WatchPlan, reasons: string[]): void {
  if (isLater(here.at, agreed.hereAt)) {
    reasons.push('watched here after it was taken away there');
    plan.forgotten.push(agreed.mediaId);
    if (sends) plan.send.push({ ...here, number: agreed.number });
  } else if (takes) {
    reasons.push('taken away there since both had it');
    plan.unwatchHere.push(agreed.mediaId);
  }
}

function goneHere(agreed: Agreed, there: ThereWatch, { takes, sends }: Switches, plan: WatchPlan, reasons: string[]): void {
  if (isLater(there.at, agreed.thereAt)) {
    reasons.push('watched there after it was taken away here');
    plan.forgotten.push(agreed.mediaId);
    if (takes) plan.take.push({ ...there, mediaId: agreed.mediaId });
  } else if (sends) {
    reasons.push('taken away here since both had it');
    plan.unwatchThere.push(agreed);
  }
}

function takeNew(
  one: ThereWatch,
  mediaId: MediaId | undefined,
  facts: SyncFacts,
  switches: Switches,
  plan: WatchPlan,
  reasons: string[],
): void {
  if (!switches.takes) return;
  if (mediaId !== undefined && facts.here.hidden.has(mediaId)) {
    reasons.push('taken out of the history here, and stays out until it is put back');
    return;
  }
  if (facts.kind === 'show' && one.slot === undefined) {
    reasons.push('nobody tells which episode here it is, and it is not guessed');
    return;
  }
  reasons.push('watched there');
  plan.take.push({ ...one, ...(mediaId !== undefined && { mediaId }) });
}

function sendNew(facts: SyncFacts, settled: ReadonlySet<MediaId>, switches: Switches, plan: WatchPlan, reasons: string[]): void {
  if (!switches.sends) return;
  for (const one of facts.here.watched) {
    if (settled.has(one.mediaId) || facts.open.has(one.mediaId)) continue;
    if (facts.kind === 'show' && one.slot === undefined) {
      reasons.push('its number is not known here');
      continue;
    }
    reasons.push('watched here');
    plan.send.push(one);
  }
}
