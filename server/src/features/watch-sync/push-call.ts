import type { MediaServer, UpstreamItem, UpstreamState } from '#core/upstreams/index.ts';
import type { Push } from './plan-push.ts';

export type Change = Exclude<Push, { action: 'none' }>;

/**
 * What our mark is to bring the server's count up to, where the server takes a count and the mark alone does not lead there: the plays that
 * are known. Its own count is never lowered.
 */
export function countOf(
  { capabilities }: Pick<MediaServer, 'capabilities'>,
  { playCount }: UpstreamState,
  push: Change,
): number | undefined {
  if (push.action !== 'mark' || !capabilities.countedMarks) return undefined;
  return push.plays > (playCount ?? 0) + 1 ? push.plays : undefined;
}

/** The one call of a change. Answers what the server then says, where it says so. */
export function callOf(
  server: MediaServer,
  item: UpstreamItem,
  push: Change & Readonly<{ playCount: number | undefined }>,
  signal: AbortSignal,
): Promise<UpstreamState | undefined> {
  const { playCount } = push;
  const plays = playCount === undefined ? {} : { plays: playCount - (item.state.playCount ?? 0) };
  if (push.action === 'mark') return server.markPlayed(item.upstreamId, { signal, at: push.at, ...plays });
  if (push.action === 'unmark') return server.markUnplayed(item.upstreamId, { signal });
  return server
    .setPosition(item.upstreamId, {
      signal,
      positionMs: push.positionMs,
      at: push.at,
      played: item.state.played,
      ...(item.runtimeMs !== undefined && { durationMs: item.runtimeMs }),
    })
    .then(() => undefined);
}
