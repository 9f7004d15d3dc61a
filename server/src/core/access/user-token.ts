import type { LoginId } from '#kernel/ids.ts';
import { loginId } from '#kernel/ids.ts';
import { type Duration, hours, type Instant } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import type { Audience } from './surface.ts';

export const SESSION_LENGTH: Duration = hours(48);

const PURPOSE = 'user-token';

/** What a signed token says. `iat` and `exp` are unix seconds, as everywhere in the trade. */
export type UserToken = Readonly<{
  username: string;
  /** The login by its number: a name may be given to somebody else later. */
  login: LoginId;
  iat: number;
  exp: number;
  /** The login's token version when it was issued. */
  ver: number;
  aud: Audience;
}>;

/** base64url(payload) "." hex HMAC. */
export function signUserToken(secrets: Secrets, token: UserToken): string {
  const payload = Buffer.from(JSON.stringify(token), 'utf8').toString('base64url');
  return `${payload}.${secrets.hmac(PURPOSE, payload)}`;
}

/** The token where the signature is ours and its time has not passed; undefined for anything else, whatever it is. */
export function readUserToken(secrets: Secrets, text: string, now: Instant): UserToken | undefined {
  const match = /^([A-Za-z0-9_-]{1,2048})\.([0-9a-f]{64})$/.exec(text);
  const [, payload = '', signature = ''] = match ?? [];
  if (!match || !secrets.verifyHmac(PURPOSE, payload, signature)) return undefined;
  const value = parse(payload);
  if (!isRecord(value)) return undefined;
  const { username, login, iat, exp, ver, aud } = value;
  if (typeof username !== 'string' || typeof login !== 'number' || typeof iat !== 'number') return undefined;
  if (typeof exp !== 'number' || typeof ver !== 'number' || typeof aud !== 'string' || exp * 1_000 <= now) return undefined;
  return { username, login: loginId(login), iat, exp, ver, aud: aud as Audience };
}

/** A payload that we signed parses; the guard is for one that an older release signed in another shape. */
function parse(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
