import type { CallOptions } from '#core/upstreams/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { type Duration, seconds } from '#kernel/instant.ts';

/** Somebody waits for the answer, and so may a page in a browser. */
const PATIENCE: Duration = seconds(45);

/** Asks another server on behalf of whoever waits here. What does not come in time is `upstream-timeout`. */
export async function askUpstream<T>(ask: (call: CallOptions) => Promise<T>, patience: Duration = PATIENCE): Promise<T> {
  const signal = AbortSignal.timeout(patience);
  try {
    return await ask({ signal });
  } catch (error) {
    const late = isAppError(error, 'cancelled') || error instanceof DOMException;
    throw signal.aborted && late ? timedOut(patience, error) : error;
  }
}

const timedOut = (patience: Duration, cause: unknown): AppError =>
  new AppError('upstream-timeout', `The server has not answered within ${patience / 1_000} s. Is it busy?`, { cause });
