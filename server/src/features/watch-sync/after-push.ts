import type { UpstreamState } from '#core/upstreams/index.ts';
import type { Push } from './plan-push.ts';

export type DonePush = Readonly<{
  push: Exclude<Push, { action: 'none' }>;
  /** What the server said right before. */
  before: UpstreamState;
  /** What it says now. */
  now: UpstreamState;
  /** The count that was heard from somebody else while the call was under way. */
  heardCount?: number | undefined;
  runtimeMs?: number | undefined;
}>;

/** From here on some servers take a position for the end. */
const NEARLY_ALL = 0.9;

/**
 * What to write down as the server's last word after our own change. Only what we did ourselves is taken for known: what the person
 * did there in the same moment must still be news at the next look. Pure.
 */
export function lastWordAfter({ push, before, now, heardCount, runtimeMs }: DonePush): UpstreamState {
  if (push.action === 'mark') {
    const ours = Math.max((before.playCount ?? 0) + 1, heardCount ?? 0);
    return now.playCount === undefined ? now : { ...now, playCount: Math.min(now.playCount, ours) };
  }
  if (push.action === 'unmark') {
    const { lastPlayedAt: _, ...rest } = now;
    return now.played ? { ...rest, played: false, playCount: 0, positionMs: 0 } : now;
  }
  const watched = now.played !== before.played || (now.playCount ?? 0) > (before.playCount ?? 0);
  const byUs = runtimeMs !== undefined && push.positionMs >= NEARLY_ALL * runtimeMs;
  return watched && !byUs ? { ...before, positionMs: push.positionMs } : now;
}
