const HIDDEN = '[hidden]';

/** Members that carry a credential, in whatever spelling: X-Plex-Token, api_key, X-Emby-Authorization, Set-Cookie. */
const SECRET_MEMBER = /token|authorization|password|passwd|secret|cookie|api[-_]?key|^pin$|^pw$/i;

/**
 * Credentials inside texts: query members, the Token="…" of a MediaBrowser header, bearer values, the user of a URL, and tokens that are
 * a step of a path. The texts are looked at as JSON, where a quote is preceded by a backslash.
 */
const IN_TEXT: readonly (readonly [RegExp, string])[] = [
  [/([?&;][^=&?\s"]*(?:token|api[-_]?key|password|secret|signature|authorization|code)[^=&?\s"]*=)[^&#\s"\\<>]+/gi, `$1${HIDDEN}`],
  [/(\btoken=\\?["'])[^"'\\]+/gi, `$1${HIDDEN}`],
  [/(\b(?:bearer|basic)\s+)[A-Za-z0-9+/._~=-]{6,}/gi, `$1${HIDDEN}`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s"@]+@/gi, `$1${HIDDEN}@`],
  // Where the path is the only place for it, a token says what it is for and goes on with its bits.
  [/(\/[a-z]+-)[0-9a-f]{32}(?![0-9a-f])/g, `$1${HIDDEN}`],
];

/** The text without the credentials that it carries. */
export const redactText = (text: string): string =>
  IN_TEXT.reduce((kept, [pattern, replacement]) => kept.replace(pattern, replacement), text);

const DEEPEST = 6;

/** A copy of what is logged in which every member that names a credential is hidden, at any depth; errors become plain members. */
export const redactFields = (fields: object): Record<string, unknown> => {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) copy[name] = member(name, value, 0);
  return copy;
};

const member = (name: string, value: unknown, depth: number): unknown => {
  const tells = typeof value === 'string' || (typeof value === 'object' && value !== null);
  return tells && value !== '' && SECRET_MEMBER.test(name) ? HIDDEN : redactValue(value, depth + 1);
};

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return '[deep]';
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof Date || value instanceof URL) return value.toJSON();
  if (Array.isArray(value)) return value.map((entry) => redactValue(entry, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, member(name, entry, depth)]));
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  const own = Object.fromEntries(Object.entries(error).map(([name, entry]) => [name, member(name, entry, depth)]));
  return {
    ...own,
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(error.cause !== undefined && { cause: redactValue(error.cause, depth + 1) }),
  };
}
