import type { Begun, StoredViewing } from '#core/viewing/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { Duration, Instant } from '#kernel/instant.ts';
import type { Session } from './sessions.store.ts';

/** A title that a person has begun and can go on with. `progress` in percent, of at most two decimals. */
export type Playback = Readonly<{ mediaId: MediaId; progress: number; pausedAt: Instant }>;

type Standing = Pick<StoredViewing, 'watched' | 'changedAt' | 'positionAt'>;

export type PlaybackFacts = Readonly<{
  begun: readonly Begun[];
  /** Those that stand. */
  sessions: readonly Session[];
  runtimes: ReadonlyMap<MediaId, Duration>;
  /** Leaves out what was watched after it had been left. */
  hideWatched: boolean;
}>;

/** Whether an app's last word still holds: since then nobody told of another place, or that the title was watched. */
export const stands = (session: Pick<Session, 'at'>, standing: Standing | undefined): boolean =>
  standing === undefined || ((standing.positionAt ?? 0) <= session.at && !(standing.watched && standing.changedAt > session.at));

/**
 * Pure. Where a person stopped is one place, whoever told it last: a server's position as a share of the title's length, or what an app said.
 * A position in a title whose length nobody knows says nothing in percent, and is left out.
 */
export function planPlaybacks({ begun, sessions, runtimes, hideWatched }: PlaybackFacts): readonly Playback[] {
  const told = sessions.filter((session) => session.state !== 'checkin' && session.progress > 0);
  const byApps = told.map(({ mediaId, progress, at }): Playback => ({ mediaId, progress, pausedAt: at }));
  const placed = begun.flatMap(({ mediaId, positionMs, at, watchedAt }): readonly Playback[] => {
    const runtimeMs = runtimes.get(mediaId);
    if (runtimeMs === undefined || runtimeMs <= 0 || told.some((session) => session.mediaId === mediaId)) return [];
    if (hideWatched && watchedAt !== undefined && watchedAt > at) return [];
    return [{ mediaId, progress: Math.min(100, Math.round((positionMs / runtimeMs) * 10_000) / 100), pausedAt: at }];
  });
  return [...byApps, ...placed].sort((one, other) => other.pausedAt - one.pausedAt || other.mediaId - one.mediaId);
}
