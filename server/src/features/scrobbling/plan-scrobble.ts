import { type Duration, hours, type Instant, minutes } from '#kernel/instant.ts';
import type { Session } from './sessions.store.ts';

/** From here on a title counts as watched, in percent. */
export const WATCHED_FROM = 80;
/** Within this after a play, another one is told to be known already. */
export const SAME_WATCH: Duration = hours(1);

export type PlayedKind = 'movie' | 'episode' | 'anime';

/** How long a title takes of which nobody knows it. */
const USUAL: Readonly<Record<PlayedKind, Duration>> = { movie: minutes(90), episode: minutes(45), anime: minutes(25) };

/** What an app says that its player does. `progress` in percent. */
export type Told = Readonly<{ action: 'start' | 'pause' | 'stop' | 'checkin'; mediaId: number; progress: number; at: Instant }>;

export type Facts = Readonly<{
  sessions: readonly Session[];
  kind: PlayedKind;
  runtimeMs?: Duration;
  /** The title is watched, and this was the last time, within the hour. */
  watchedAt?: Instant;
}>;

export type ScrobblePlan = Readonly<{
  /** Sessions that end with this, as watched at the time of their last word. */
  finishes: readonly Session[];
  outcome:
    | Readonly<{ kind: 'watched'; repeatOf?: Instant }>
    | Readonly<{ kind: 'playing'; state: 'started' | 'paused'; startedAt: Instant; positionMs?: Duration }>
    | Readonly<{ kind: 'checkin'; dueAt: Instant }>;
}>;

/**
 * Pure. A stop from 80 % on is a play, below it a pause. A start is the end of what ran before and had come as far as 80 %, also where it is
 * the same title, begun anew. Other titles that were left earlier stay where they were left.
 */
export function planScrobble({ action, mediaId, progress, at }: Told, { sessions, kind, runtimeMs, watchedAt }: Facts): ScrobblePlan {
  const own = sessions.find((session) => session.mediaId === mediaId);
  if (action === 'stop' && progress >= WATCHED_FROM) {
    return { finishes: [], outcome: { kind: 'watched', ...(watchedAt !== undefined && { repeatOf: watchedAt }) } };
  }
  if (action === 'checkin') {
    const whole = runtimeMs ?? USUAL[kind];
    return { finishes: [], outcome: { kind: 'checkin', dueAt: at + Math.round((whole * (100 - progress)) / 100) } };
  }
  const isOver = (session: Session): boolean =>
    session.state !== 'checkin' && session.progress >= WATCHED_FROM && (session !== own || progress < WATCHED_FROM);
  const finishes = action === 'start' ? sessions.filter(isOver) : [];
  const goesOn = own !== undefined && own.state !== 'checkin' && !finishes.includes(own);
  return {
    finishes,
    outcome: {
      kind: 'playing',
      state: action === 'start' ? 'started' : 'paused',
      startedAt: goesOn ? own.startedAt : at,
      ...(runtimeMs !== undefined && { positionMs: Math.round((runtimeMs * progress) / 100) }),
    },
  };
}
