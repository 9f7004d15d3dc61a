import type {
  CallOptions,
  MediaServer,
  MediaServerDriver,
  ServerIdentity,
  UpstreamConnection,
  UpstreamUser,
} from '#core/upstreams/index.ts';
import { AppError, invalid, isAppError, isUpstreamFault } from '#kernel/app-error.ts';
import { seconds } from '#kernel/instant.ts';

/** Somebody waits for the answer: the five minutes that a big library's page may take are too long here. */
const PROBE_TIMEOUT = seconds(30);
/** Where the answer is not needed, nobody waits for it long. */
const GLIMPSE_TIMEOUT = seconds(10);
const NAMES_SHOWN = 20;

export type Probed = Readonly<{
  identity: ServerIdentity;
  /** Undefined where the token may not list users: then the user is taken as it was given. */
  user: UpstreamUser | undefined;
}>;

/** Asks the server who it is. Throws `invalid` for a token, address or server id at fault, and the upstream's fault otherwise. */
export async function probeServer(
  driver: MediaServerDriver,
  connection: UpstreamConnection,
  options: CallOptions,
): Promise<Readonly<{ server: MediaServer; identity: ServerIdentity }>> {
  const timeoutMs = Math.min(connection.timeoutMs ?? PROBE_TIMEOUT, PROBE_TIMEOUT);
  const server = driver.connect({ ...connection, timeoutMs });
  const identity = await server.identify(options).catch((error: unknown) => {
    throw named(error, driver.title, connection.url);
  });
  if (connection.uuid !== undefined && connection.uuid !== identity.uuid) {
    throw invalid('uuid', `the server at ${connection.url} is another one: its id is ${identity.uuid}`);
  }
  return { server, identity };
}

/**
 * For what is stored without being verified: a server that does not answer is believed to be the one that it is said to be; another one that
 * answers is not. Throws `invalid` on `field` for another one.
 */
export async function refuseAnother(
  driver: MediaServerDriver,
  connection: UpstreamConnection,
  { uuid, field }: Readonly<{ uuid: string; field: 'url' | 'uuid' }>,
  { signal }: CallOptions,
): Promise<void> {
  const server = driver.connect({ ...connection, timeoutMs: Math.min(connection.timeoutMs ?? GLIMPSE_TIMEOUT, GLIMPSE_TIMEOUT) });
  const there = await server.serverUuid({ signal }).catch((error: unknown) => {
    if (isUpstreamFault(error)) return undefined;
    throw error;
  });
  if (there === undefined || there === uuid) return;
  const advice = field === 'url' ? ', and this account is of another. Send its uuid as well, or add it as an account of its own' : '';
  throw invalid(field, `the server at ${connection.url} is another one: its id is ${there}${advice}`);
}

/** As `probeServer`, and the user of the account with it: throws `invalid` where the server has no such user. */
export async function probeAccount(
  driver: MediaServerDriver,
  connection: UpstreamConnection,
  user: string | undefined,
  options: CallOptions,
): Promise<Probed> {
  const { server, identity } = await probeAnyUser(driver, connection, options);
  const users = await server.listUsers(options).catch(unlisted);
  if (users === undefined) {
    if (user !== undefined) return { identity, user: undefined };
    throw invalid('user', `is missing, and the token may not list the users of ${identity.name}`);
  }
  if (user === undefined) return { identity, user: onlyUser(users, identity) };
  const found = findUser(users, user) ?? (await findInHousehold(driver, connection, user, options));
  if (!found) throw invalid('user', `${identity.name} has no user ${user}; it has ${namesOf(users)}`);
  return { identity, user: found };
}

/**
 * Whose account it is comes second: a server that is asked as a user it does not know says no more than that something is not there. A
 * token that is worth nothing without its user is tried as that user.
 */
async function probeAnyUser(driver: MediaServerDriver, connection: UpstreamConnection, options: CallOptions) {
  const { userId, ...anybody } = connection;
  try {
    return await probeServer(driver, anybody, options);
  } catch (error) {
    if (userId === undefined || !(error instanceof AppError) || error.faults[0]?.field !== 'token') throw error;
    return probeServer(driver, connection, options);
  }
}

function unlisted(error: unknown): undefined {
  // A token that may not list users is a good token all the same. A server that fails just now is not: try again later.
  if (isAppError(error, 'upstream-unauthorized', 'upstream-forbidden', 'upstream-not-found')) return undefined;
  throw error;
}

const namesOf = (users: readonly UpstreamUser[]): string =>
  users.length === 0
    ? 'none'
    : users
        .slice(0, NAMES_SHOWN)
        .map((user) => `${user.name} (${user.id})`)
        .join(', ');

function onlyUser(users: readonly UpstreamUser[], identity: ServerIdentity): UpstreamUser {
  const [only, ...others] = users;
  if (only && others.length === 0) return only;
  throw invalid('user', `is missing: say whose account it is. ${identity.name} has ${namesOf(users)}`);
}

/** By id, else by the id beyond the server, else by name where only one has it. */
function findUser(users: readonly UpstreamUser[], wanted: string): UpstreamUser | undefined {
  const byId = users.find((user) => user.id === wanted) ?? users.find((user) => user.uuid === wanted || user.aliases?.includes(wanted));
  if (byId) return byId;
  const named = users.filter((user) => user.name.toLowerCase() === wanted.toLowerCase());
  return named.length === 1 ? named[0] : undefined;
}

async function findInHousehold(
  driver: MediaServerDriver,
  connection: UpstreamConnection,
  wanted: string,
  options: CallOptions,
): Promise<UpstreamUser | undefined> {
  const users = await driver.listHouseholdUsers?.(connection, options).catch(unlisted);
  return users && findUser(users, wanted);
}

/** The upstream's fault as a fault of the input that caused it, where it can be told. */
function named(error: unknown, title: string, url: string): unknown {
  if (isAppError(error, 'upstream-unauthorized', 'upstream-forbidden')) {
    return invalid('token', `${title} at ${url} does not accept this token`, error);
  }
  if (isAppError(error, 'upstream-not-found', 'upstream-unreadable')) {
    return invalid('url', `what answers at ${url} is not ${title} (a wrong path, or a proxy's own page?)`, error);
  }
  if (!isUpstreamFault(error)) return error;
  const { code, message, details, retryAfterMs } = error;
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  return new AppError(code, message, { cause: error, details, ...wait, faults: [{ field: 'url', message }] });
}
