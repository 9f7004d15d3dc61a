import type { MediaId } from '#kernel/ids.ts';
import { days, type Instant, minutes } from '#kernel/instant.ts';

/** `active` goes on, `completed` has all that is out, `closed` was left before. */
export const REWATCH_STATUSES = ['active', 'completed', 'closed'] as const;
export type RewatchStatus = (typeof REWATCH_STATUSES)[number];

/** A movie or an episode, and when it was watched again. */
export type RewatchPlay = Readonly<{ mediaId: MediaId; at: Instant }>;

/** One time more through a title: each of its episodes once. `id` is what apps know it by; absent where it is new. */
export type Rewatch = Readonly<{
  id?: number;
  mediaId: MediaId;
  status: RewatchStatus;
  startedAt: Instant;
  plays: readonly RewatchPlay[];
}>;

/** More of one title are kept as plays alone. */
export const MOST_REWATCHES = 50;
/** Whatever comes sooner after another play of the same is a rewind, not a rewatch. */
const APART = days(2);
const SAME = minutes(60);

export const isApart = (at: Instant, plays: readonly Instant[]): boolean => plays.every((play) => Math.abs(play - at) >= APART);

/** Pure: those of the plays of a movie or an episode that are a time more, the first being none. */
export function repeatsOf(plays: readonly Instant[]): readonly Instant[] {
  const kept: Instant[] = [];
  for (const at of plays.toSorted((one, other) => one - other)) {
    const last = kept.at(-1);
    if (last === undefined || at - last >= APART) kept.push(at);
  }
  return kept.slice(1);
}

/** Pure: those plays that are in none of the rewatches. */
export const without = (plays: readonly RewatchPlay[], rewatches: readonly Rewatch[]): readonly RewatchPlay[] =>
  plays.filter(
    ({ mediaId, at }) => !rewatches.some((one) => one.plays.some((play) => play.mediaId === mediaId && Math.abs(play.at - at) <= SAME)),
  );

const has = (rewatch: Rewatch, media: MediaId): boolean => rewatch.plays.some((play) => play.mediaId === media);

/** Pure: how a rewatch stands with these plays in it. `whole`: all that is out of the title; undefined where nobody can tell. */
export function withPlays(rewatch: Rewatch, plays: readonly RewatchPlay[], whole: readonly MediaId[] | undefined): Rewatch {
  const grown = { ...rewatch, plays: [...rewatch.plays, ...plays.filter((play) => !has(rewatch, play.mediaId))] };
  const isWhole = whole !== undefined && whole.length > 0 && whole.every((id) => has(grown, id));
  return isWhole ? { ...grown, status: 'completed' } : grown;
}

/** The rewatch that these plays go on with, or undefined where they begin another: nothing is twice in one. */
export const goingOn = (rewatches: readonly Rewatch[], plays: readonly RewatchPlay[]): Rewatch | undefined =>
  rewatches.findLast((one) => one.status === 'active' && plays.every((play) => !has(one, play.mediaId) && play.at >= one.startedAt - SAME));

/** Pure: repeats that no app said anything of, shared out among rewatches in the order in which they were. Whatever is begun anew ends what was going on. */
export function shareOut(
  mediaId: MediaId,
  rewatches: readonly Rewatch[],
  repeats: readonly RewatchPlay[],
  whole: readonly MediaId[] | undefined,
): readonly Rewatch[] {
  let all = [...rewatches];
  for (const play of repeats.toSorted((one, other) => one.at - other.at)) {
    const open = goingOn(all, [play]);
    if (open !== undefined) all = all.map((one) => (one === open ? withPlays(one, [play], whole) : one));
    else if (all.length < MOST_REWATCHES) {
      const begun = withPlays({ mediaId, status: 'active', startedAt: play.at, plays: [] }, [play], whole);
      all = [...all.map((one) => (one.status === 'active' ? { ...one, status: 'closed' as const } : one)), begun];
    }
  }
  return all;
}

/** What became of a play of what may be a time more. `id`: the one that it is in; where it came too soon, the one that goes on. */
export type RewatchVerdict = Readonly<{ status: RewatchStatus | 'first-watch' | 'too-soon' | 'not-eligible'; id?: number }>;

/** Pure: of a play of what was watched before. `kept`: the rewatches of its title as they are now; `before`: when it was watched until then. */
export function verdictOf({ mediaId, at }: RewatchPlay, kept: readonly Rewatch[], before: readonly Instant[]): RewatchVerdict {
  const isSoon = !isApart(at, before);
  const own = kept.find((one) => (isSoon ? one.status === 'active' : one.plays.some((play) => play.mediaId === mediaId && play.at === at)));
  const id = own?.id === undefined ? {} : { id: own.id };
  if (isSoon) return { status: 'too-soon', ...id };
  return { status: own?.status ?? 'not-eligible', ...id };
}
