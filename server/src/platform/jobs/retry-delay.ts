import { type AppErrorCode, isAppError } from '#kernel/app-error.ts';
import { type Duration, minutes, seconds } from '#kernel/instant.ts';

const DELAYS: readonly Duration[] = [seconds(5), seconds(30), minutes(2), minutes(10), minutes(30)];

/** The pause after the attempt of this number (from 1): it grows, so that a server that is ill is not kept ill. */
export const retryDelay = (attempt: number): Duration => DELAYS[Math.min(Math.max(attempt, 1), DELAYS.length) - 1] ?? minutes(30);

/** Faults that another attempt would only repeat. */
const FINAL: readonly AppErrorCode[] = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not-found',
  'not-acceptable',
  'too-large',
  'stopped-by-guard',
  'misconfigured',
];

export const isFinal = (error: unknown): boolean => isAppError(error, ...FINAL);
