import type { TrackedList } from '#core/upstreams/index.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Pair, RemoteSide, Switches, SyncFacts } from './facts.ts';

export type Sided<T> = Readonly<{ take?: T | null; send?: T | null; accord?: Pair<T>; at?: Instant }>;

/** What differs from where its own side stood when both last agreed is news; both of them, and one wins. At first sight nobody overwrites the other. */
function threeWay<T>(here: T | undefined, there: T | undefined, base: Pair<T>, hereWins: boolean): 'alike' | 'take' | 'send' {
  if (here === there) return 'alike';
  if (base.here === undefined && base.there === undefined) return here === undefined ? 'take' : there === undefined ? 'send' : 'alike';
  const [hereMoved, thereMoved] = [here !== base.here, there !== base.there];
  if (!hereMoved && !thereMoved) return 'alike';
  if (hereMoved && thereMoved) return hereWins ? 'send' : 'take';
  return hereMoved ? 'send' : 'take';
}

const pairOf = <T>(here: T | undefined, there: T | undefined): Pair<T> => ({
  ...(here !== undefined && { here }),
  ...(there !== undefined && { there }),
});

/** Lists that say more there than here: to complete is to have watched everything, and a movie that is being watched is completed. */
const followsFromWatching = (kind: SyncFacts['kind'], list: TrackedList): boolean =>
  list === 'completed' || (kind === 'movie' && list === 'watching');

type Sides = Readonly<{
  facts: SyncFacts;
  switches: Switches;
  /** The one title there that is this title; absent where it is not there. */
  whole: RemoteSide | undefined;
  removed: boolean;
  reasons: string[];
}>;

export function planList(sides: Sides): Sided<TrackedList> {
  const { facts, switches, whole, reasons } = sides;
  const [here, there] = [facts.here.list?.list, whole?.seen?.list];
  const verdict = threeWay(here, there, whole?.list ?? {}, true);
  if (verdict === 'alike') return standing(whole, whole?.list, pairOf(here, there));
  if (verdict === 'send') return sentList(sides, pairOf(here, there));
  if (!switches.takes) return {};
  reasons.push(there === undefined ? 'on no list there any more' : `on the list ${there} there`);
  return { take: there ?? null };
}

function sentList({ facts, switches, whole, removed, reasons }: Sides, now: Pair<TrackedList>): Sided<TrackedList> {
  if (!switches.sends || removed || facts.open.has('list')) return {};
  if (now.here === undefined) reasons.push('a title there is always on a list');
  if (now.here === undefined || followsFromWatching(facts.kind, now.here)) return standing(whole, undefined, now);
  reasons.push(`on the list ${now.here} here`);
  return { send: now.here };
}

/** Where both stand is noted, so that it is no news the next time. */
function standing<T>(whole: RemoteSide | undefined, before: Pair<T> | undefined, now: Pair<T>): Sided<T> {
  if (whole?.seen === undefined) return {};
  return before?.here === now.here && before?.there === now.there ? {} : { accord: now };
}

/** `isListed`: the tracker has it on a list, or will have by then. It would put it on one by itself, a movie even among those watched. */
export function planRating(sides: Sides & Readonly<{ isListed: boolean }>): Sided<number> {
  const { facts, switches, whole, reasons } = sides;
  const [here, there] = [facts.here.rating, whole?.seen];
  const hereWins = (here?.ratedAt ?? 0) >= (there?.ratedAt ?? 0);
  const now = pairOf(here?.rating, there?.rating);
  const verdict = threeWay(now.here, now.there, whole?.rating ?? {}, hereWins);
  if (verdict === 'alike') return standing(whole, whole?.rating, now);
  if (verdict === 'send') return sentRating(sides);
  if (!switches.takes) return {};
  reasons.push(now.there === undefined ? 'not rated there any more' : `rated ${now.there} there`);
  return { take: now.there ?? null, ...(there?.ratedAt !== undefined && { at: there.ratedAt }) };
}

function sentRating({ facts, switches, removed, reasons, isListed }: Sides & Readonly<{ isListed: boolean }>): Sided<number> {
  if (!switches.sends || removed || facts.open.has('rating')) return {};
  const { rating } = facts.here;
  if (rating === undefined) {
    reasons.push('not rated here any more');
    return { send: null };
  }
  reasons.push(isListed ? `rated ${rating.rating} here` : 'its rating waits until it is on a list there');
  return isListed ? { send: rating.rating, at: rating.ratedAt } : {};
}
