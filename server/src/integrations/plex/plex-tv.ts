import { XMLParser } from 'fast-xml-parser';
import type {
  BrowserSignIn,
  CallOptions,
  DeviceSignIn,
  DiscoveredServer,
  HouseholdUser,
  UpstreamConnection,
  UpstreamUser,
} from '#core/upstreams/index.ts';
import { AppError, invalid, isAppError } from '#kernel/app-error.ts';
import { fromIso, fromUnix, type Instant } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import type { HttpClient } from '#platform/http-client/index.ts';
import { numberOf } from './plex.map.ts';
import {
  type PlexResource,
  plexHome,
  plexPin,
  plexResources,
  plexSharedServers,
  plexSwitch,
  plexTvAccount,
  plexXmlUsers,
} from './plex.wire.ts';
import { type PlexClientName, plexHeaders, type Readable, readable } from './plex-calls.ts';

/** A sign-in at plex.tv/link or in a browser. `authToken` is there once its person has agreed. */
export type PlexPin = Readonly<{
  id: number;
  code: string;
  authToken?: string;
  /** Where the person agrees. */
  authUrl: string;
  /** The names under which we asked, and under which the token works. */
  clientHeaders: Readonly<Record<string, string>>;
  /** All that plex.tv said. */
  payload: Readonly<Record<string, unknown>>;
}>;

export type PlexTv = Readonly<{
  generatePin(options: CallOptions): Promise<PlexPin>;
  checkPin(pin: Readonly<{ id: number | string; code: string }>, options: CallOptions): Promise<PlexPin>;
  signInInBrowser: BrowserSignIn;
  deviceSignIn: DeviceSignIn;
  discover(token: string, options: CallOptions): Promise<readonly DiscoveredServer[]>;
  listHouseholdUsers(connection: UpstreamConnection, options: CallOptions): Promise<readonly UpstreamUser[]>;
  tokenForUser(connection: UpstreamConnection, user: HouseholdUser, options: CallOptions): Promise<string>;
  /**
   * A token of plex.tv itself that is the connection's own user's, whoever else's there may be. Throws `upstream-forbidden` where that user
   * has no account at plex.tv, or where nobody has given us a token of theirs.
   */
  ownToken(connection: UpstreamConnection, options: CallOptions): Promise<string>;
}>;

/** The power over other users: the admin's token where the connection has one. */
export const ownerTokenOf = (connection: UpstreamConnection): string => {
  const { ADMIN_TOKEN: admin } = connection.options ?? {};
  return typeof admin === 'string' && admin !== '' ? admin : connection.token;
};

const OWNER = '1';

type HomeMember = Readonly<{ id: string; uuid: string; name: string; admin: boolean; protected: boolean | undefined }>;

/** Whoever has an account has a name and an address there; whom the admin of a home has made has neither. */
const isManaged = ({ username, email }: Readonly<{ username?: string | null; email?: string | null }>): boolean => !username && !email;

/** A PIN, empty where there is none, and the option that holds it. */
type Pin = Readonly<{ value: string; option: string }>;

/** The admin of the home has an option of their own; PLEX_USER_PIN is theirs where the account is. */
function pinFor(member: HomeMember, user: HouseholdUser, { userId, options = {} }: UpstreamConnection): Pin {
  const isOwn = userId === OWNER || userId === member.id || options.plex_user_uuid === member.uuid;
  const names = member.admin ? ['ADMIN_PLEX_USER_PIN', ...(isOwn ? ['PLEX_USER_PIN'] : [])] : ['PLEX_USER_PIN'];
  const [first = ''] = names;
  const name = names.find((one) => pinIn(options[one]) !== '') ?? first;
  return { value: user.pin ?? pinIn(options[name]), option: `options.${name}` };
}

const pinIn = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '');

const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  // Else signs that are written by their number stay so.
  htmlEntities: true,
  isArray: (name) => name === 'User' || name === 'Server' || name === 'SharedServer',
});

/** What plex.tv keeps and a server does not: sign-ins, a person's servers, the home and its guests. */
export function createPlexTv(deps: Readonly<{ http: HttpClient; client: PlexClientName }>): PlexTv {
  const headersFor = (token?: string): Record<string, string> => ({
    ...plexHeaders(deps.client),
    ...(token !== undefined && { 'x-plex-token': token }),
  });

  async function get<T>(path: string, shape: Readable<T>, token: string, { signal }: CallOptions): Promise<T> {
    return readable(shape, await deps.http.getJson(path, { signal, headers: headersFor(token) }), `plex.tv: ${path}`);
  }

  async function getXml<T>(path: string, shape: Readable<T>, token: string, { signal }: CallOptions): Promise<T> {
    const text = await deps.http.getText(path, { signal, headers: { ...headersFor(token), accept: 'application/xml' } });
    return readable(shape, parseContainer(text), `plex.tv: ${path}`);
  }

  const listResources = (token: string, { signal }: CallOptions): Promise<readonly PlexResource[]> =>
    deps.http
      .getJson('/api/v2/resources', { signal, headers: headersFor(token), query: { includeHttps: 1, includeRelay: 0 } })
      .then((answer) => readable(plexResources, answer, 'plex.tv: /api/v2/resources'));

  const pinOf = (answer: unknown): PlexPin => {
    const pin = readable(plexPin, answer, 'plex.tv: /api/v2/pins');
    const hash = new URLSearchParams({
      clientID: deps.client.clientIdentifier,
      code: pin.code,
      'context[device][product]': deps.client.product,
    });
    return {
      id: Number(pin.id),
      code: pin.code,
      ...(pin.authToken ? { authToken: pin.authToken } : {}),
      authUrl: `https://app.plex.tv/auth#?${hash}`,
      clientHeaders: plexHeaders(deps.client),
      payload: isRecord(answer) ? answer : {},
    };
  };

  /** The plex.tv id of whoever owns the server; its own items and events call them 1. */
  async function ownerIdOf(uuid: string | undefined, token: string, options: CallOptions): Promise<string | undefined> {
    const server = uuid === undefined ? undefined : (await listResources(token, options)).find((one) => one.clientIdentifier === uuid);
    if (server === undefined) return undefined;
    if (server.ownerId !== undefined && server.ownerId !== null) return String(server.ownerId);
    return server.owned === true ? String((await get('/api/v2/user', plexTvAccount, token, options)).id) : undefined;
  }

  async function homeUsers(token: string, options: CallOptions) {
    return (await get('/api/v2/home/users', plexHome, token, options)).users;
  }

  /** The token with which a user's own plex.tv token is worth something on this server. */
  async function serverToken(uuid: string, token: string, options: CallOptions): Promise<string> {
    const server = (await listResources(token, options)).find((one) => one.clientIdentifier === uuid);
    if (server?.accessToken) return server.accessToken;
    throw new AppError('upstream-forbidden', 'plex.tv: this user has no access to the server. Share a library of it with them first.');
  }

  /** The user of the home as plex.tv knows them. What a list has told already is not asked for again. */
  async function memberOf(user: HouseholdUser, token: string, options: CallOptions): Promise<HomeMember | undefined> {
    const { id, uuid, name = `user ${id}`, admin = false } = user;
    if (uuid !== undefined && user.protected !== undefined) return { id, uuid, name, admin, protected: user.protected };
    const found = (await homeUsers(token, options)).find((one) => one.uuid === uuid || String(one.id) === id);
    if (!found) return undefined;
    const shown = found.title || found.username || name;
    return { id: String(found.id), uuid: found.uuid, name: shown, admin: found.admin === true, protected: found.protected };
  }

  async function switchTo(member: HomeMember, pin: Pin, token: string, { signal }: CallOptions): Promise<string> {
    if (member.protected === true && pin.value === '') {
      throw invalid(pin.option, `${member.name} has a PIN at plex.tv, and it is needed to become that user: set this option to it`);
    }
    const path = `/api/v2/home/users/${encodeURIComponent(member.uuid)}/switch`;
    const query = member.protected === false || pin.value === '' ? {} : { pin: pin.value };
    try {
      const reply = await deps.http.send({ method: 'POST', path, query, signal, headers: headersFor(token) });
      return readable(plexSwitch, reply.json(), 'plex.tv: the switch of users').authToken;
    } catch (cause) {
      if (!isAppError(cause, 'upstream-unauthorized', 'upstream-forbidden')) throw cause;
      throw switchRefused(member, pin, query.pin !== undefined, cause);
    }
  }

  async function guestToken(connection: UpstreamConnection, id: string, token: string, options: CallOptions): Promise<string> {
    const uuid = needUuid(connection);
    const path = `/api/servers/${encodeURIComponent(uuid)}/shared_servers`;
    const { SharedServer: shared = [] } = await getXml(path, plexSharedServers, token, options);
    const found = shared.find((one) => one.userID === id && one.accessToken);
    if (found?.accessToken) return found.accessToken;
    throw new AppError(
      'upstream-not-found',
      `plex.tv: no user ${id} in the home of this account or among those that the server is shared with.`,
    );
  }

  /** Who a token belongs to; undefined where it is none of plex.tv's: the token of a server need not be. */
  async function holderOf(token: string, options: CallOptions) {
    try {
      return await get('/api/v2/user', plexTvAccount, token, options);
    } catch (cause) {
      if (isAppError(cause, 'upstream-unauthorized', 'upstream-forbidden')) return undefined;
      throw cause;
    }
  }

  type Holder = NonNullable<Awaited<ReturnType<typeof holderOf>>>;

  async function isUserOf({ uuid, userId, options = {} }: UpstreamConnection, holder: Holder, token: string, call: CallOptions) {
    if (userId === String(holder.id) || (holder.uuid && options.plex_user_uuid === holder.uuid)) return true;
    if (userId !== OWNER || uuid === undefined) return false;
    return (await listResources(token, call)).some((one) => one.clientIdentifier === uuid && one.owned === true);
  }

  /** The token where it is the connection's own user's. */
  async function ifOwn(connection: UpstreamConnection, token: unknown, call: CallOptions): Promise<string | undefined> {
    if (typeof token !== 'string' || token === '') return undefined;
    const holder = await holderOf(token, call);
    if (holder === undefined || !(await isUserOf(connection, holder, token, call))) return undefined;
    if (isManaged(holder)) throw managed(holder.title || `user ${holder.id}`);
    return token;
  }

  /** The member of the home that the connection's user is. */
  async function ownMember({ userId, options = {} }: UpstreamConnection, admin: unknown, call: CallOptions) {
    if (typeof admin !== 'string' || admin === '' || userId === undefined || userId === OWNER) return undefined;
    const found = (await homeUsers(admin, call)).find((one) => String(one.id) === userId || one.uuid === options.plex_user_uuid);
    if (found && isManaged(found)) throw managed(found.title);
    return (
      found && {
        admin,
        user: { id: String(found.id), uuid: found.uuid, name: found.title, admin: found.admin === true, protected: found.protected },
      }
    );
  }

  async function ownToken(connection: UpstreamConnection, call: CallOptions): Promise<string> {
    const { PLEX_TV_TOKEN: given, ADMIN_TOKEN: admin, plex_user_name: name } = connection.options ?? {};
    const own = (await ifOwn(connection, given, call)) ?? (await ifOwn(connection, connection.token, call));
    if (own !== undefined) return own;
    const member = await ownMember(connection, admin, call);
    if (member === undefined) throw noToken(String(name ?? `user ${connection.userId ?? OWNER}`));
    return switchTo(member.user, pinFor(member.user, { id: member.user.id }, connection), member.admin, call);
  }

  async function generatePin({ signal }: CallOptions): Promise<PlexPin> {
    const reply = await deps.http.send({ method: 'POST', path: '/api/v2/pins', query: { strong: true }, signal, headers: headersFor() });
    return pinOf(reply.json());
  }

  async function checkPin({ id, code }: Readonly<{ id: number | string; code: string }>, { signal }: CallOptions): Promise<PlexPin> {
    return pinOf(await deps.http.getJson(`/api/v2/pins/${encodeURIComponent(id)}`, { signal, query: { code }, headers: headersFor() }));
  }

  return {
    generatePin,
    checkPin,
    ownToken,

    deviceSignIn: {
      atServer: false,
      async begin(_place, options) {
        const { id, code, authUrl } = await generatePin(options);
        return { ticket: `${id} ${code}`, url: authUrl };
      },
      async finish(ticket, _place, options) {
        const [id = '', code = ''] = ticket.split(' ');
        const { authToken } = await checkPin({ id, code }, options);
        if (authToken === undefined) return undefined;
        const { id: own, title, username } = await get('/api/v2/user', plexTvAccount, authToken, options);
        return { token: authToken, userId: String(own), userName: title || username || `user ${own}` };
      },
    },

    signInInBrowser: {
      async begin(options) {
        const { id, code, authUrl } = await generatePin(options);
        return { ticket: `${id} ${code}`, url: authUrl };
      },
      async finish(ticket, options) {
        const [id = '', code = ''] = ticket.split(' ');
        const { authToken } = await checkPin({ id, code }, options);
        if (authToken === undefined) return undefined;
        const { id: own, title, username } = await get('/api/v2/user', plexTvAccount, authToken, options);
        const servers = await listResources(authToken, options);
        const owned = new Set(servers.flatMap((server) => (server.owned === true ? [server.clientIdentifier] : [])));
        return {
          name: title || username || `user ${own}`,
          // A server calls its owner 1, whoever that is.
          is: ({ serverUuid, userId }) => userId === String(own) || (userId === OWNER && owned.has(serverUuid)),
        };
      },
    },

    async discover(token, options) {
      const servers = (await listResources(token, options)).filter((one) => one.provides?.split(',').includes('server'));
      return servers.flatMap((server) =>
        (server.connections ?? []).map((connection) => {
          const port = numberOf(connection.port);
          return {
            name: server.name ?? '',
            uuid: server.clientIdentifier,
            uri: connection.uri,
            ...(connection.address !== undefined && { address: connection.address }),
            ...(port !== undefined && { port }),
            local: connection.local === true,
            owned: server.owned === true,
            ...(server.productVersion && { version: server.productVersion }),
            ...(server.accessToken && server.accessToken !== token && { token: server.accessToken }),
          };
        }),
      );
    },

    async listHouseholdUsers(connection, options) {
      const token = ownerTokenOf(connection);
      const owner = await ownerIdOf(connection.uuid, token, options);
      const home = (await homeUsers(token, options)).map((user): UpstreamUser => {
        const updatedAt = changedAt(user.updatedAt);
        return {
          id: String(user.id) === owner ? OWNER : String(user.id),
          ...(String(user.id) === owner && { aliases: [String(user.id)] }),
          uuid: user.uuid,
          name: user.title || user.username || '',
          admin: user.admin === true,
          guest: user.guest === true,
          protected: user.protected === true,
          ...(updatedAt !== undefined && { updatedAt }),
        };
      });
      const seen = new Set(home.map((user) => user.id));
      const { User: invited = [] } = await getXml('/api/users', plexXmlUsers, token, options);
      const guests = invited
        .filter((user) => !seen.has(user.id) && hasServer(user.Server, connection.uuid))
        .map(
          (user): UpstreamUser => ({
            id: user.id,
            name: user.title || user.username || '',
            admin: false,
            guest: true,
            protected: user.protected === '1',
          }),
        );
      return [...home, ...guests];
    },

    async tokenForUser(connection, user, options) {
      const token = ownerTokenOf(connection);
      const uuid = needUuid(connection);
      if (user.id === OWNER) return serverToken(uuid, token, options);
      const member = await memberOf(user, token, options);
      if (member === undefined) return guestToken(connection, user.id, token, options);
      return serverToken(uuid, await switchTo(member, pinFor(member, user, connection), token, options), options);
    },
  };
}

const managed = (name: string): AppError =>
  new AppError(
    'upstream-forbidden',
    `plex.tv: ${name} is a managed user without an account of their own, and such users have no watchlist. Nobody else's is taken for theirs.`,
  );

const noToken = (name: string): AppError =>
  new AppError(
    'upstream-forbidden',
    `plex.tv: the token of ${name} is good on the server only. Set options.PLEX_TV_TOKEN to one of theirs (or, in a home, options.ADMIN_TOKEN to the admin's).`,
  );

function switchRefused({ name }: HomeMember, { option }: Pin, withPin: boolean, cause: unknown): AppError {
  if (withPin) return invalid(option, `plex.tv does not take this PIN for ${name}: set this option to theirs`, cause);
  const ways = `Sign in again as the admin of the home, or set ${option} if they have a PIN.`;
  return new AppError('upstream-forbidden', `plex.tv did not let us become ${name}. ${ways}`, { cause });
}

function needUuid(connection: UpstreamConnection): string {
  if (connection.uuid) return connection.uuid;
  throw invalid('uuid', "the server's own id is needed to ask plex.tv about it");
}

const hasServer = (servers: readonly Readonly<{ machineIdentifier?: string }>[] | undefined, uuid: string | undefined): boolean =>
  uuid === undefined || (servers ?? []).some((server) => server.machineIdentifier === uuid);

function changedAt(value: string | number | null | undefined): Instant | undefined {
  return typeof value === 'number' ? fromUnix(value) : fromIso(value);
}

/** The attributes and children of an XML answer's MediaContainer; undefined where it is no such thing (a login page, half an answer). */
function parseContainer(text: string): unknown {
  try {
    const parsed: unknown = xml.parse(text, true);
    const { MediaContainer: container } = isRecord(parsed) ? parsed : {};
    // An element without attributes and children is read as an empty text.
    return container === '' ? {} : container;
  } catch {
    return undefined;
  }
}
