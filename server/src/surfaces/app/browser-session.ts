import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#kernel/app-error.ts';
import type { Instant } from '#kernel/instant.ts';

const NAME = 'usherr_session';

type Kept = Readonly<{ token: string; expiresAt: Instant; secure: boolean; basePath: string }>;

/** Only our own API gets it, no script can read it, and no other site's page makes a browser send it. */
const limits = (basePath: string) => ({ path: `${basePath}/api/v1`, httpOnly: true, sameSite: 'strict' as const });

/** Whether the browser came by TLS. A proxy that is not trusted cannot tell, but the name that it was asked by may be known to be behind TLS. */
export const isByTls = ({ protocol, host }: FastifyRequest, publicUrl: URL | undefined): boolean =>
  protocol === 'https' || (publicUrl?.protocol === 'https:' && publicUrl.host === host);

/** Signs a browser in: the token lies in a cookie from here on. */
export function keepInBrowser(reply: FastifyReply, { token, expiresAt, secure, basePath }: Kept): void {
  reply.header('set-cookie', stringifySetCookie({ name: NAME, value: token, ...limits(basePath), secure, expires: new Date(expiresAt) }));
}

export function forgetInBrowser(reply: FastifyReply, basePath: string): void {
  reply.header('set-cookie', stringifySetCookie({ name: NAME, value: '', ...limits(basePath), expires: new Date(0) }));
}

/** Whether a page of this very house sent it. Browsers name the page that writes; older ones and plain http know `Origin` alone. */
function isFromOurPage({ headers, host, method }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || (site === 'none' && method === 'GET');
  const { origin } = headers;
  if (origin === undefined) return method === 'GET' || method === 'HEAD';
  return URL.canParse(origin) && new URL(origin).host === host;
}

/**
 * The token of the signed-in browser, or nothing.
 * @throws AppError `forbidden` where another site's page makes the browser write in the person's name
 */
export function browserToken(request: FastifyRequest): string {
  const { cookie } = request.headers;
  const token = cookie === undefined ? '' : (parseCookie(cookie)[NAME] ?? '');
  if (token !== '' && !isFromOurPage(request)) {
    throw new AppError('forbidden', 'Another site asked for this in your name. Open Usherr itself and try again.');
  }
  return token;
}
