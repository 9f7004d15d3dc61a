import { AppError } from '#kernel/app-error.ts';
import type { Duration } from '#kernel/instant.ts';

/** Ends a call that takes too long: as the fault of its desk, since nobody has called it off. */
export async function withinTime<T>(
  run: Readonly<{ label: string; signal: AbortSignal }>,
  ms: Duration,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const fault = () => new AppError('upstream-timeout', `${run.label} did not answer within ${Math.max(1, Math.round(ms / 1_000))} s.`);
  const timer = setTimeout(() => late.abort(fault()), ms);
  try {
    return await call(AbortSignal.any([run.signal, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}

/** Runs the work for each item, so many at a time and in their order. The first error that is thrown ends it, after what is under way. */
export async function forEachAtOnce<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const faults: unknown[] = [];
  const workers = Array.from({ length: Math.min(atOnce, items.length) }, async () => {
    while (next < items.length && faults.length === 0) {
      const item = items[next++] as T;
      await work(item).catch((error: unknown) => void faults.push(error));
    }
  });
  await Promise.all(workers);
  if (faults.length > 0) throw faults[0];
}
