import { isAppError } from '#kernel/app-error.ts';
import type { Duration } from '#kernel/instant.ts';

export const MAX_REDIRECTS = 3;

const PASSING_STATUS: ReadonlySet<unknown> = new Set([429, 502, 503, 504]);

/** Faults that may be gone at the next try: of the network, and those by which a server says that it is busy. */
export const isWorthRetrying = (error: unknown): boolean =>
  isAppError(error, 'upstream-unreachable') || (isAppError(error) && PASSING_STATUS.has(error.details.status));

/** The server's own Retry-After where it gave one, else a pause that grows with each try, spread so that callers do not come in step. */
export function pauseBefore(triesSoFar: number, error: unknown, firstPauseMs: Duration): Duration {
  if (isAppError(error) && error.retryAfterMs !== undefined) return error.retryAfterMs;
  return firstPauseMs * 2 ** (triesSoFar - 1) * (0.75 + Math.random() / 2);
}

/** Retry-After, in seconds or as a date, as milliseconds from now. */
export function retryAfterOf(header: string | undefined): Duration | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+(?:\.\d+)?\s*$/.test(header)) return Math.round(Number(header) * 1_000);
  const date = Date.parse(header);
  return Number.isFinite(date) ? Math.max(0, date - Date.now()) : undefined;
}

/** Where an answer sends its caller; undefined where it is no redirect. */
export function redirectOf(status: number, headers: Readonly<Record<string, string>>, from: string): URL | 'nowhere' | undefined {
  if (status < 300 || status >= 400 || status === 304) return undefined;
  const location = headers.location;
  return location !== undefined && URL.canParse(location, from) ? new URL(location, from) : 'nowhere';
}
