import { AppError } from '#kernel/app-error.ts';
import type { Clock, Duration, Instant } from '#kernel/instant.ts';

export type RequestLimit = Readonly<{
  clock: Clock;
  /** Requests of one address within `window`. */
  limit: number;
  window: Duration;
  /** How many addresses are remembered; beyond it the one seen longest ago is forgotten. */
  remembered?: number;
}>;

/**
 * For routes that anybody may call: counts the requests of each address in memory.
 * The answered function throws `rate-limited`, with the time to wait.
 */
export function createRequestLimit({ clock, limit, window, remembered = 10_000 }: RequestLimit): (address: string) => void {
  const seen = new Map<string, Instant[]>();
  return (address) => {
    const now = clock.now();
    const recent = (seen.get(address) ?? []).filter((at) => at > now - window);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= limit) {
      throw new AppError('rate-limited', 'Too many requests from this address. Wait a moment.', { retryAfterMs: oldest + window - now });
    }
    // Set anew, so that the order of the map is the order of use.
    seen.delete(address);
    seen.set(address, [...recent, now]);
    const [first] = seen.keys();
    if (seen.size > remembered && first !== undefined) seen.delete(first);
  };
}
