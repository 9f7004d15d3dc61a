import type { Account } from '#core/connections/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { Duration } from '#kernel/instant.ts';

/** Ends a call that takes too long: as the fault of its server, since nobody has called it off. */
export async function withinTime<T>(
  run: Readonly<{ account: Pick<Account, 'name'>; signal: AbortSignal }>,
  ms: Duration,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(
    () =>
      late.abort(new AppError('upstream-timeout', `${run.account.name} did not answer within ${Math.max(1, Math.round(ms / 1_000))} s.`)),
    ms,
  );
  try {
    return await call(AbortSignal.any([run.signal, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}
