import { AppError, type AppErrorCode } from '#kernel/app-error.ts';
import { seerrRefusal } from './seerr.wire.ts';

const LONGEST = 500;
const GONE = /^request not found\.?$/i;
const NO_CSRF_TOKEN = /invalid csrf token/i;
/** The desk asks TMDB before it makes anything. */
const TMDB_FAILED = /\[TMDB\]/;
const TMDB_HAS_NOT = /\[TMDB\].*\bstatus code 404\b/;

type Said = Readonly<{
  text: string;
  /** The envelope of the guard before the handlers: a key that is wrong, a user that is none, a right that is missing for the route. */
  byGuard: boolean;
}>;

/** The desk's own words, whichever of its envelopes they come in; undefined where the body is not the desk's. */
function saidIn(body: string): Said | undefined {
  const refusal = parsed(body);
  if (!seerrRefusal.Check(refusal)) return undefined;
  const { message, error, errors } = refusal;
  const inner = (errors ?? []).flatMap((each) => (each.message ? [each.message] : []));
  const text = message || error || inner.join('; ');
  return text ? { text: text.slice(0, LONGEST), byGuard: !message && Boolean(error) } : undefined;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** What a refusal of Seerr means. `keyAlone`: the call was made as the key's own user, whom no route is closed to. */
export function explainRefusal(keyAlone: boolean): (fault: AppError, body: string) => AppError {
  return (fault, body) => {
    const status = Number(fault.details.status);
    const said = saidIn(body);
    if (said === undefined) return status === 404 ? strangers404(fault) : fault;
    const byGuard = said.byGuard && status === 403;
    if (status === 401 || (byGuard && keyAlone)) return worded(fault, said, { code: 'upstream-unauthorized' });
    if (status === 404 && !GONE.test(said.text)) return strangers404(fault, said);
    if (byGuard) return worded(fault, said, { nothingDone: true, byGuard: true });
    return worded(fault, said, judged(status, said.text));
  };
}

type Judgement = Readonly<{ code?: AppErrorCode; permanent?: true; nothingDone?: true; byGuard?: true }>;

function judged(status: number, text: string): Judgement {
  if (TMDB_FAILED.test(text)) return { nothingDone: true, ...(TMDB_HAS_NOT.test(text) && { permanent: true }) };
  if (status >= 500 || status === 429) return {};
  return { nothingDone: true, permanent: true };
}

const HINTS: readonly Readonly<{ of: (code: AppErrorCode, text: string) => boolean; hint: string }>[] = [
  {
    of: (code) => code === 'upstream-unauthorized',
    hint: "It does not take our API key. Put the one from Seerr's own settings (General) into the settings of this desk.",
  },
  {
    of: (_code, text) => NO_CSRF_TOKEN.test(text),
    hint: 'CSRF protection is on there, and the token that it handed out did not help. Switch "Enable CSRF Protection" off in Seerr\'s settings (Network) and restart it.',
  },
];

function worded(fault: AppError, { text }: Said, { code = fault.code, permanent, nothingDone, byGuard }: Judgement): AppError {
  const hint = HINTS.find(({ of }) => of(code, text))?.hint;
  const sentence = /[.!?]$/.test(text) ? text : `${text}.`;
  return new AppError(
    code,
    [`${callOf(fault)} was answered with ${String(fault.details.status)}: ${sentence}`, hint].filter(Boolean).join(' '),
    {
      cause: fault,
      details: {
        ...fault.details,
        said: text,
        ...(permanent && { permanent }),
        ...(nothingDone && { sent: 'no' }),
        ...(byGuard && { byGuard }),
      },
      ...(fault.retryAfterMs !== undefined && { retryAfterMs: fault.retryAfterMs }),
    },
  );
}

/** A proxy has 404s too, and so has a path that a release does not know. Neither says that a request is gone. */
function strangers404(fault: AppError, said?: Said): AppError {
  const words = said === undefined ? 'with a page that is not Seerr’s' : `saying "${said.text}"`;
  return new AppError(
    'upstream-unreadable',
    `${callOf(fault)} was answered with 404, ${words}. Is the address right, and is there a proxy in front of it?`,
    { cause: fault, details: { ...fault.details, ...(said && { said: said.text }) } },
  );
}

const callOf = ({ details }: AppError): string => `${String(details.server)}: ${String(details.method)} ${String(details.path)}`;

export const isCsrfRefusal = (error: AppError): boolean =>
  error.details.status === 403 && typeof error.details.said === 'string' && NO_CSRF_TOKEN.test(error.details.said);

export const isGuards = ({ details }: AppError): boolean => details.byGuard === true;
