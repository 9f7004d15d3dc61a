import { decidePlays, type KnownPlay, mergeViewing, type ViewingState } from '#core/viewing/index.ts';
import type { Duration, Instant } from '#kernel/instant.ts';

/** An app's word that a movie or an episode was watched. `unknown`: on a day that nobody knows. Absent: it named no day, so it is now. */
export type ToldDay = Instant | 'unknown' | undefined;

export type WatchFacts = Readonly<{
  known?: ViewingState;
  plays: readonly KnownPlay[];
  day: ToldDay;
  now: Instant;
  runtimeMs?: Duration;
}>;

export type WatchPlan = Readonly<{
  /** Where the person stands from now on; absent where that does not move. */
  state?: ViewingState;
  /** A play that is new; without `at` where nobody knows the day. */
  play?: Readonly<{ at?: Instant }>;
  /** The play that the word is about, where that is known already. */
  same?: number;
  /** It was not watched before. */
  added: boolean;
}>;

/** Days before this are apps' way of saying that they do not know. */
const FIRST_DAY: Instant = Date.UTC(2000, 0, 1);

/** What an app wrote as a day: nothing is now, and what cannot be a day of watching is a day that nobody knows. */
export const toldDay = (at: Instant | undefined, now: Instant): ToldDay =>
  at === undefined ? undefined : at < FIRST_DAY ? 'unknown' : Math.min(at, now);

/**
 * Pure. A word without a day about what is watched already tells nothing: apps say it at every sync. A day of its own that is no sitting
 * we know of is another play.
 */
export function planWatch({ known, plays, day, now, runtimeMs }: WatchFacts): WatchPlan {
  if (known?.watched === true && day === undefined) return { added: false };
  const at = day === undefined ? now : day === 'unknown' ? undefined : day;
  const [verdict] = decidePlays(plays, {
    plays: [at === undefined ? {} : { at }],
    window: { until: now },
    ...(runtimeMs !== undefined && { runtimeMs }),
  });
  const same = verdict?.same;
  const play = same === undefined ? (at === undefined ? {} : { at }) : undefined;
  const news = { window: { until: now }, plays: play === undefined ? [] : [play], watched: true, unwatched: false, notes: [] };
  const change = mergeViewing({ ...(known && { known }), news });
  return {
    ...(change && { state: change.state }),
    ...(play && { play }),
    ...(same !== undefined && { same }),
    added: known?.watched !== true,
  };
}
