import type { Instant } from '#kernel/instant.ts';

/** What a person has watched of a title, specials apart from the rest. */
export type CountedTitle = Readonly<{ special: boolean; watched: number; begun: number; lastWatchedAt?: Instant }>;

/** `open`: nothing of it; `part`: some of it, or begun; `watched`: all that counts. */
export const STATES = ['open', 'part', 'watched'] as const;
export type TitleState = (typeof STATES)[number];

/** As a number, as it is stored: the place in STATES. */
export type Stand = Readonly<{ state: 0 | 1 | 2; watched: number; lastWatchedAt?: Instant }>;

/** Pure. How a person stands with a title of so many parts. Specials count only where there is nothing else. */
export function standOf(parts: number, onlySpecials: boolean, counted: readonly CountedTitle[]): Stand {
  const counts = counted.filter((one) => one.special === onlySpecials);
  const watched = counts.reduce((sum, one) => sum + one.watched, 0);
  const touched = counted.some((one) => one.watched > 0 || one.begun > 0);
  const dates = counted.flatMap((one) => one.lastWatchedAt ?? []);
  return {
    state: parts > 0 && watched >= parts ? 2 : touched ? 1 : 0,
    watched,
    ...(dates.length > 0 && { lastWatchedAt: Math.max(...dates) }),
  };
}

export const stateOf = (stored: number | null | undefined): TitleState => STATES[stored ?? 0] ?? 'open';
