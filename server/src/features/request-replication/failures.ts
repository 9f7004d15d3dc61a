import { type AppError, isAppError } from '#kernel/app-error.ts';
import { type Duration, type Instant, minutes } from '#kernel/instant.ts';
import type { Failure } from './facts.ts';

export type Failed = Readonly<{ failure: Failure; nextAt: Instant }>;

const FIRST_PAUSE: Duration = minutes(1);

/** Whether asking again would be answered the same way. */
export function isPermanent(error: AppError): boolean {
  const { permanent, status } = error.details;
  if (typeof permanent === 'boolean') return permanent;
  const { code } = error;
  if (code === 'upstream-forbidden' || code === 'upstream-not-found' || code === 'invalid') return true;
  return code === 'upstream-rejected' && typeof status === 'number' && status < 500;
}

/** Whether the desk itself is at fault, and not what it was asked. */
export const isDeskFault = (error: AppError): boolean =>
  !isPermanent(error) &&
  isAppError(error, 'upstream-unreachable', 'upstream-timeout', 'upstream-unreadable', 'upstream-rate-limited', 'upstream-rejected');

/**
 * When what was tried in vain is tried again: a refusal after the time that the household has chosen, anything else after pauses that double, up to that
 * time. `retryMs` 0 is the next cycle. Pure.
 */
export function failedAt(error: AppError, former: Failure | undefined, now: Instant, retryMs: Duration): Failed {
  const permanent = isPermanent(error);
  const attempts = (former?.attempts ?? 0) + 1;
  const growing = Math.min(FIRST_PAUSE * 2 ** Math.min(attempts - 1, 20), retryMs);
  const pause = Math.max(permanent ? retryMs : growing, error.retryAfterMs ?? 0);
  // The desk's own words, where there are any: they are what people look for.
  const { said } = error.details;
  const message = typeof said === 'string' && said !== '' ? said : error.message;
  return { failure: { at: now, code: error.code, message, permanent, attempts }, nextAt: now + pause };
}
