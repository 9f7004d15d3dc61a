import type { MediaServerDriver, UpstreamConnection } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { seconds } from '#kernel/instant.ts';
import { normalUrl, refuseFaults, tokenFault, urlFault } from './account-input.ts';
import { type AccountOptions, readOptions } from './account-options.ts';

export type Drivers = Readonly<Record<string, MediaServerDriver>>;

/** A server that is not stored yet, or not as it will be. */
export type UnsavedConnection = Readonly<{
  type: string;
  url?: string | undefined;
  token?: string | undefined;
  uuid?: string | undefined;
  user?: string | undefined;
  options?: Readonly<Record<string, unknown>> | undefined;
}>;

type ConnectionParts = Readonly<{
  url: string;
  token: string;
  userId?: string | undefined;
  uuid?: string | undefined;
  /** Secret ones included. */
  options: AccountOptions;
}>;

/** An account as a driver takes it. */
export function connectionOf({ url, token, userId, uuid, options }: ConnectionParts): UpstreamConnection {
  const { 'client.timeout': timeout, 'client.verify_host': verifyHost, MAX_EPISODE_RANGE: range } = options;
  return {
    url,
    token,
    options,
    ...(userId !== undefined && { userId }),
    ...(uuid !== undefined && { uuid }),
    ...(typeof timeout === 'number' && { timeoutMs: seconds(timeout) }),
    ...(typeof verifyHost === 'boolean' && { verifyHost }),
    ...(typeof range === 'number' && { maxEpisodeRange: range }),
  };
}

export const isDriven = (drivers: Drivers, type: string): boolean => Object.hasOwn(drivers, type);

/** Throws `invalid` for a type that there is no driver for. */
export function driverFor(drivers: Drivers, type: string): MediaServerDriver {
  const found = isDriven(drivers, type) ? drivers[type] : undefined;
  if (found) return found;
  const message = `must be one of ${Object.keys(drivers).join(', ')}`;
  throw new AppError('invalid', `type: ${message}.`, { faults: [{ field: 'type', message }] });
}

/** What was typed in as a driver takes it. Throws `invalid` with all faults. */
export function connectionTo(drivers: Drivers, { type, url, token, uuid, user, options }: UnsavedConnection): UpstreamConnection {
  driverFor(drivers, type);
  const read = readOptions(options ?? {});
  refuseFaults([urlFault(url), tokenFault(token), ...read.faults]);
  return connectionOf({
    url: normalUrl(url ?? ''),
    token: (token ?? '').trim(),
    options: { ...read.plain, ...read.secret },
    uuid: uuid || undefined,
    userId: user || undefined,
  });
}
