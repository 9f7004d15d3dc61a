/**
 * The closed list of faults. Each surface maps every code to its own status and body, so that a new code is a
 * compile error in every surface until somebody has decided what it means there.
 */
export type AppErrorCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'not-acceptable'
  | 'too-large'
  | 'rate-limited'
  | 'stopped-by-guard'
  | 'cancelled'
  | 'unavailable'
  | 'misconfigured'
  | 'upstream-unreachable'
  | 'upstream-timeout'
  | 'upstream-unauthorized'
  | 'upstream-forbidden'
  | 'upstream-not-found'
  | 'upstream-rejected'
  | 'upstream-rate-limited'
  | 'upstream-unreadable';

/** One fault of one input: `field` is the path that its sender would recognise (`options.client.timeout`, `?page`). */
export type FieldFault = Readonly<{ field: string; message: string }>;

export type AppErrorOptions = Readonly<{
  cause?: unknown;
  /** What a caller may show or log. Never a secret. */
  details?: Readonly<Record<string, unknown>>;
  faults?: readonly FieldFault[];
  /** Milliseconds after which the same call may be worth another try. */
  retryAfterMs?: number;
}>;

/** The only error that a room throws on purpose; anything else is a bug. The message is for people: what, where, what to do. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
  readonly faults: readonly FieldFault[];
  readonly retryAfterMs: number | undefined;

  constructor(code: AppErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details ?? {};
    this.faults = options.faults ?? [];
    this.retryAfterMs = options.retryAfterMs;
  }
}

export const isAppError = (error: unknown, ...codes: AppErrorCode[]): error is AppError =>
  error instanceof AppError && (codes.length === 0 || codes.includes(error.code));

/** True for faults of another server, whatever kind: our own state is sound and the next run may succeed. */
export const isUpstreamFault = (error: unknown): error is AppError => error instanceof AppError && error.code.startsWith('upstream-');

/** An `invalid` error about one named input. */
export const invalid = (field: string, message: string, cause?: unknown): AppError =>
  new AppError('invalid', `${field}: ${message}`, { faults: [{ field, message }], ...(cause !== undefined && { cause }) });

/** The text of any thrown thing, without its stack. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
