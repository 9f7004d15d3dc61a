import { AppError, type AppErrorOptions, messageOf } from '#kernel/app-error.ts';

/** What every message of one call begins with. */
export type CallPlace = Readonly<{ name: string; address: string; method: string; path: string; redact(text: string): string }>;

type Faults = Readonly<{ cause?: unknown; details?: Readonly<Record<string, unknown>>; retryAfterMs?: number | undefined }>;

function fault(code: AppError['code'], place: CallPlace, sentence: string, more: Faults = {}): AppError {
  const options: AppErrorOptions = {
    details: redacted({ server: place.name, method: place.method, path: place.path, ...more.details }, place.redact),
    ...(more.cause !== undefined && { cause: more.cause }),
    ...(more.retryAfterMs !== undefined && { retryAfterMs: more.retryAfterMs }),
  };
  return new AppError(code, place.redact(`${place.name}: ${sentence}`), options);
}

const redacted = (details: Readonly<Record<string, unknown>>, redact: CallPlace['redact']): Record<string, unknown> =>
  Object.fromEntries(Object.entries(details).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]));

const call = (place: CallPlace): string => `${place.method} ${place.path}`;

export const timedOut = (place: CallPlace, timeoutMs: number): AppError =>
  fault(
    'upstream-timeout',
    place,
    `${call(place)} at ${place.address} was not answered within ${Math.round(timeoutMs / 100) / 10} s. Is the server busy?`,
    {
      details: { sent: 'maybe' },
    },
  );

export const cancelled = (place: CallPlace, cause: unknown): AppError =>
  fault('cancelled', place, `${call(place)} was called off before its answer came.`, { cause });

export const tooManyWaiting = (place: Pick<CallPlace, 'name' | 'redact'>): AppError =>
  new AppError('unavailable', place.redact(`${place.name}: too many calls wait for this server already. Try again when it has caught up.`));

/** Faults in which the server cannot have seen the call. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export function unreachable(place: CallPlace, cause: unknown): AppError {
  const code = faultCode(cause);
  const reason = code === undefined ? messageOf(cause) : (REASONS[code] ?? messageOf(cause));
  return fault('upstream-unreachable', place, `${call(place)} at ${place.address} failed: ${reason}.`, {
    cause,
    details: { reason: code ?? 'unknown', sent: code !== undefined && NEVER_SENT.has(code) ? 'no' : 'maybe' },
  });
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at this address and port; is the server running',
  ENOTFOUND: 'there is no such host name',
  EAI_AGAIN: 'the host name could not be looked up',
  EHOSTUNREACH: 'there is no way to this host',
  ENETUNREACH: 'there is no way to this network',
  ECONNRESET: 'the server closed the connection',
  UND_ERR_SOCKET: 'the server closed the connection',
  UND_ERR_CONNECT_TIMEOUT: 'the server did not take the connection',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed; switch the certificate check off for this server if that is on purpose',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed; switch the certificate check off for this server if that is on purpose',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
  CERT_HAS_EXPIRED: 'its certificate has expired',
};

function faultCode(cause: unknown): string | undefined {
  if (typeof cause !== 'object' || cause === null) return undefined;
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  return 'cause' in cause ? faultCode(cause.cause) : undefined;
}

export function refused(place: CallPlace, status: number, retryAfterMs: number | undefined): AppError {
  const more = { details: { status }, retryAfterMs };
  const said = `${call(place)} was answered with ${status}`;
  switch (status) {
    case 401:
      return fault('upstream-unauthorized', place, `${said}: the server does not take our token. Sign in to it again.`, more);
    case 403:
      return fault('upstream-forbidden', place, `${said}: our account there has no right to do this.`, more);
    case 404:
      return fault('upstream-not-found', place, `${said}: the server has no such thing.`, more);
    case 429:
      return fault('upstream-rate-limited', place, `${said}: the server asks us to slow down.`, more);
    default:
      return fault('upstream-rejected', place, status >= 500 ? `${said}: the server has a fault of its own.` : `${said}.`, more);
  }
}

export const redirected = (place: CallPlace, status: number, to: string | undefined): AppError =>
  fault(
    'upstream-rejected',
    place,
    to === undefined
      ? `${call(place)} was answered with a redirect (${status}) that leads nowhere.`
      : `${call(place)} was answered with a redirect (${status}) to ${to}, and our token goes nowhere but to ${place.address}. If that is the server's right address, put it in the settings.`,
    { details: { status, ...(to !== undefined && { location: to }) } },
  );

export const tooLarge = (place: CallPlace, maxBytes: number): AppError =>
  fault(
    'upstream-unreadable',
    place,
    `${call(place)} was answered with more than ${Math.round(maxBytes / 1_048_576)} MiB, which is more than we read.`,
    {
      details: { maxBytes },
    },
  );

const HTML = /^\s*<(?:!doctype\s+html|html|head|body)/i;

/**
 * Why a text is not the JSON that was expected. The parser's own error is not kept: its message quotes the text, which may hold a token.
 */
export function notJson(place: CallPlace, text: string, contentType: string | undefined): AppError {
  const said = `${call(place)} was answered with`;
  if (text.trim() === '') return fault('upstream-unreadable', place, `${said} nothing where JSON was expected.`);
  if (HTML.test(text) || contentType?.includes('text/html')) {
    return fault('upstream-unreadable', place, `${said} a web page: is there a proxy or a login page in front of it?`);
  }
  const opening = text.trimStart()[0];
  if (opening === '{' || opening === '[')
    return fault('upstream-unreadable', place, `${said} JSON that breaks off or is malformed (${text.length} characters).`);
  return fault('upstream-unreadable', place, `${said} something that is not JSON${contentType === undefined ? '' : ` (${contentType})`}.`);
}
