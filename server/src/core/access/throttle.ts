import { isIPv6 } from 'node:net';
import { AppError } from '#kernel/app-error.ts';
import { type Clock, type Duration, type Instant, minutes } from '#kernel/instant.ts';

export type ThrottleDeps = Readonly<{
  clock: Clock;
  /** Failures that are taken before the next attempt is refused. */
  limit?: number;
  window?: Duration;
  /** How many accounts or addresses are remembered; beyond it the one seen longest ago is forgotten. */
  remembered?: number;
}>;

export type Throttle = Readonly<{
  /**
   * Notes an attempt before its outcome is known, so that a hundred guesses sent at once are not a hundred free ones.
   * @throws AppError `rate-limited` with `retryAfterMs`; a refused attempt is not counted.
   */
  attempt(subject: string): void;
  /** The attempt succeeded: what failed before is forgiven. */
  clear(subject: string): void;
  /** The attempt came to no outcome (a fault of ours): it is taken back. */
  release(subject: string): void;
}>;

/** Counts failed attempts in a sliding window, in memory: a restart forgives, which whoever can restart may do anyway. */
export function createThrottle({ clock, limit = 5, window = minutes(15), remembered = 10_000 }: ThrottleDeps): Throttle {
  const failures = new Map<string, Instant[]>();
  const recent = (subject: string): Instant[] => (failures.get(subject) ?? []).filter((at) => at > clock.now() - window);

  return {
    attempt(subject) {
      const before = recent(subject);
      const oldest = before[0];
      if (oldest !== undefined && before.length >= limit) {
        const retryAfterMs = oldest + window - clock.now();
        throw new AppError('rate-limited', `Too many failed attempts. Try again in ${Math.ceil(retryAfterMs / 60_000)} minutes.`, {
          retryAfterMs,
        });
      }
      // Set anew, so that the order of the map is the order of use.
      failures.delete(subject);
      failures.set(subject, [...before, clock.now()]);
      const [first] = failures.keys();
      if (failures.size > remembered && first !== undefined) failures.delete(first);
    },
    clear: (subject) => {
      failures.delete(subject);
    },
    release: (subject) => {
      const left = recent(subject).slice(0, -1);
      if (left.length === 0) failures.delete(subject);
      else failures.set(subject, left);
    },
  };
}

/** Some proxies tell the port as well, which is another one for each connection. */
const withoutPort = (address: string): string => address.replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1').replace(/^\[(.+)\](?::\d+)?$/, '$1');

/** One guesser, as an address shows them: whoever has an IPv6 address has its whole /64. */
export function networkOf(address: string): string {
  const plain = withoutPort(address)
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  const groups = [...left, ...zeros, ...right].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${groups.join(':')}::/64`;
}
