import type { CallOptions, MediaServerDriver, UpstreamConnection, UpstreamUser } from '#core/upstreams/index.ts';
import { type AppError, isAppError } from '#kernel/app-error.ts';

type Listing = Readonly<{ users: readonly UpstreamUser[] } | { refusal: AppError }>;

/** A token that may not list users is a good token all the same. A server that fails is not passed over. */
const listing = (asked: Promise<readonly UpstreamUser[]>): Promise<Listing> =>
  asked.then(
    (users) => ({ users }),
    (error: unknown) => {
      if (isAppError(error, 'upstream-unauthorized', 'upstream-forbidden', 'upstream-not-found')) return { refusal: error };
      throw error;
    },
  );

/** The server's own users, and those of the household whom only the vendor knows; one entry for each id, ordered as they came. */
export async function listUsers(
  driver: MediaServerDriver,
  connection: UpstreamConnection,
  call: CallOptions,
): Promise<readonly UpstreamUser[]> {
  const [own, household] = await Promise.all([
    listing(driver.connect(connection).listUsers(call)),
    driver.listHouseholdUsers ? listing(driver.listHouseholdUsers(connection, call)) : undefined,
  ]);
  if ('refusal' in own && (household === undefined || 'refusal' in household)) throw own.refusal;
  const byId = new Map<string, UpstreamUser>();
  for (const list of [own, household]) {
    if (list === undefined || 'refusal' in list) continue;
    for (const user of list.users) byId.set(user.id, { ...byId.get(user.id), ...user });
  }
  return [...byId.values()];
}
