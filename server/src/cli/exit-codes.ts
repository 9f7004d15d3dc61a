import { AppError, type AppErrorCode, isAppError } from '#kernel/app-error.ts';

/** What a command ends with. Scripts rely on these numbers: none ever changes its meaning. */
export const EXIT = {
  ok: 0,
  /** It was tried, and did not succeed. */
  failed: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** No server answers at the address. */
  unreachable: 3,
  /** The server does not accept the key, or the key may not do this. */
  refused: 4,
  /** A run stopped and asks: a plan waits for an answer. */
  guarded: 5,
} as const;

const BY_CODE: Readonly<Partial<Record<AppErrorCode, number>>> = {
  unauthenticated: EXIT.refused,
  forbidden: EXIT.refused,
  'stopped-by-guard': EXIT.guarded,
};

export const unreachable = (url: string, cause: unknown): AppError =>
  new AppError('unavailable', `No server answers at ${url}. Is it running? Another address is given with --url or USHERR_URL.`, {
    cause,
    details: { exit: EXIT.unreachable },
  });

export const usage = (message: string): AppError => new AppError('invalid', message, { details: { exit: EXIT.usage } });

export function exitCodeOf(error: unknown): number {
  if (!isAppError(error)) return EXIT.failed;
  return typeof error.details.exit === 'number' ? error.details.exit : (BY_CODE[error.code] ?? EXIT.failed);
}
