import type { UpstreamState } from '#core/upstreams/index.ts';
import type { Push } from './plan-push.ts';

export type DonePush = Readonly<{
  push: Exclude<Push, { action: 'none' }>;
  /** What the server said right before. */
  before: UpstreamState;
  /** What it says now. */
  now: UpstreamState;
  /** It says so in its answer to the change itself: nobody can have come between. */
  answered?: boolean;
  /** The count that was heard from somebody else while the call was under way. */
  heardCount?: number | undefined;
  /** What our mark was to bring the count up to, where the server takes a count and the mark alone would not have done. */
  playCount?: number | undefined;
  runtimeMs?: number | undefined;
}>;

/** From here on some servers take a position for the end. */
const NEARLY_ALL = 0.9;

/**
 * What to write down as the server's last word after our own change. Only what we did ourselves is taken for known: what the person
 * did there in the same moment must still be news at the next look. Pure.
 */
export function lastWordAfter(done: DonePush): UpstreamState {
  const { push, before, now, runtimeMs } = done;
  if (push.action === 'mark') return now.playCount === undefined ? now : { ...now, playCount: Math.min(now.playCount, countOfOurs(done)) };
  if (push.action === 'unmark') {
    const { lastPlayedAt: _, ...rest } = now;
    return now.played && !done.answered ? { ...rest, played: false, playCount: 0, positionMs: 0 } : now;
  }
  const watched = now.played !== before.played || (now.playCount ?? 0) > (before.playCount ?? 0);
  const byUs = runtimeMs !== undefined && push.positionMs >= NEARLY_ALL * runtimeMs;
  return watched && !byUs ? { ...before, positionMs: push.positionMs } : now;
}

/** How far our mark accounts for the server's count. A count that is not reached was not taken. */
function countOfOurs({ before, now, heardCount = 0, playCount = 0 }: DonePush): number {
  const told = (now.playCount ?? 0) >= playCount ? playCount : 0;
  return Math.max((before.playCount ?? 0) + 1, heardCount, told);
}
