import { isAppError } from '#kernel/app-error.ts';
import type { Clock, Duration, Instant } from '#kernel/instant.ts';

export type PatienceDeps = Readonly<{ clock: Clock; absentFor: Duration; restFor: Duration }>;

const MOST_KEPT = 50_000;

type Rest = Readonly<{ until: Instant; fault: unknown }>;

/** A page of fifty posters must not make fifty people of it wait: who did not answer is left alone for a while, and so is who has none. */
export function createPatience({ clock, absentFor, restFor }: PatienceDeps) {
  const absent = new Map<string, Instant>();
  const resting = new Map<string, Rest>();

  function keep<T>(map: Map<string, T>, key: string, value: T): void {
    map.delete(key);
    map.set(key, value);
    for (const oldest of map.keys()) {
      if (map.size <= MOST_KEPT) return;
      map.delete(oldest);
    }
  }

  const restOf = (name: string): Rest | undefined => {
    const rest = resting.get(name);
    return rest && rest.until > clock.now() ? rest : undefined;
  };

  return {
    /** Throws the fault that is the reason to wait. */
    check(of: string, key: string): void {
      const rest = restOf(of) ?? restOf(key);
      if (rest) throw rest.fault;
    },
    isAbsent: (key: string): boolean => (absent.get(key) ?? 0) > clock.now(),
    noteAbsent: (key: string): void => keep(absent, key, clock.now() + absentFor),
    /** What every picture would meet is held against whoever was asked, the rest against this one picture. Answers the fault. */
    noteFault(of: string, key: string, fault: unknown): unknown {
      const isOfAll = isAppError(
        fault,
        'upstream-unreachable',
        'upstream-timeout',
        'upstream-unauthorized',
        'upstream-forbidden',
        'upstream-rate-limited',
      );
      const asked = isAppError(fault, 'upstream-rate-limited') ? fault.retryAfterMs : undefined;
      keep(resting, isOfAll ? of : key, { until: clock.now() + (asked ?? restFor), fault });
      return fault;
    },
    forget(): void {
      absent.clear();
      resting.clear();
    },
  };
}
