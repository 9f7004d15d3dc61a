import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#kernel/app-error.ts';

/** One call's time: it ends with the caller's signal, with the client, or when its own milliseconds are over. */
export type Deadline = Readonly<{
  signal: AbortSignal;
  remainingMs(): number;
  wait(ms: number): Promise<void>;
  /** Gives the timer and the listeners back. */
  end(): void;
}>;

export function startDeadline(
  options: Readonly<{
    timeoutMs: number;
    timedOut: () => AppError;
    cancelled: (cause: unknown) => AppError;
    signals: readonly AbortSignal[];
  }>,
): Deadline {
  const controller = new AbortController();
  const endsAt = performance.now() + options.timeoutMs;
  const timer = setTimeout(() => controller.abort(options.timedOut()), options.timeoutMs);
  const onAbort = (event: Event): void => abortWith(event.target as AbortSignal);

  function abortWith(signal: AbortSignal): void {
    const reason: unknown = signal.reason;
    controller.abort(reason instanceof AppError ? reason : options.cancelled(reason));
  }

  for (const signal of options.signals) {
    if (signal.aborted) abortWith(signal);
    else signal.addEventListener('abort', onAbort, { once: true });
  }
  return {
    signal: controller.signal,
    remainingMs: () => Math.max(0, endsAt - performance.now()),
    async wait(ms) {
      try {
        await sleep(ms, undefined, { signal: controller.signal });
      } catch (cause) {
        throw controller.signal.aborted ? controller.signal.reason : cause;
      }
    },
    end() {
      clearTimeout(timer);
      for (const signal of options.signals) signal.removeEventListener('abort', onAbort);
    },
  };
}
