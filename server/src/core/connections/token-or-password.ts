import type { CallOptions, IssuedToken, MediaServerDriver } from '#core/upstreams/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';

/**
 * The token to keep for what somebody gave as one: `name:password` is exchanged once where the vendor gives tokens for passwords, and the
 * password is not kept. Anything else is a token already.
 * @throws AppError `invalid`, naming `token`, where the server does not take the password
 */
export async function tokenOrPassword(
  driver: Pick<MediaServerDriver, 'signIn'>,
  { url, token }: Readonly<{ url: string; token: string }>,
  call: CallOptions,
): Promise<Pick<IssuedToken, 'token'> & Partial<IssuedToken>> {
  const colon = token.indexOf(':');
  if (colon <= 0 || driver.signIn === undefined) return { token };
  return driver.signIn({ url, username: token.slice(0, colon), password: token.slice(colon + 1) }, call).catch((cause: unknown) => {
    throw isAppError(cause, 'upstream-unauthorized')
      ? new AppError('invalid', `token: ${cause.message}`, { cause, details: { field: 'token' } })
      : cause;
  });
}
