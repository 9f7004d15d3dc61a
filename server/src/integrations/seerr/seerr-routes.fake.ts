import type { DeskKind } from '#core/upstreams/index.ts';
import type { MoodyReply, MoodyRequest } from '#core/upstreams/moody-http.fake.ts';
import { isRecord } from '#kernel/json.ts';
import type { Agent } from './seerr-agent.fake.ts';
import { type AskBody, type Asking, said } from './seerr-asking.fake.ts';
import { type Changes, hasRight } from './seerr-changes.fake.ts';
import { FORBIDDEN, invalidBody, notFound, spanOf, unknownQuery, unsupportedBody } from './seerr-checks.fake.ts';
import type { SeerrReplies } from './seerr-replies.fake.ts';
import { type FakeRequest, type FakeUser, MEDIA, PERMISSION, type SeerrWorld, STATUS } from './seerr-world.fake.ts';

export type Call = Readonly<{
  request: MoodyRequest;
  caller: FakeUser;
  /** The parts of the path that vary. */
  parts: readonly string[];
  query: Readonly<Record<string, string>>;
  body: Readonly<Record<string, unknown>>;
}>;

export type Route = Readonly<{
  method: string;
  path: RegExp;
  /** Any of these bits; absent: everybody. */
  right?: number;
  query?: readonly string[];
  /** The names of what must be in the JSON body. Absent: no body is needed. */
  body?: readonly string[];
  answer(call: Call): MoodyReply | Promise<MoodyReply>;
}>;

export type RoutesDeps = Readonly<{
  world: SeerrWorld;
  replies: SeerrReplies;
  asking: Asking;
  changes: Changes;
  agent: Agent;
  /** What TMDB takes: the time between looking for a twin and writing the request. */
  pause(): Promise<void>;
  /** Releases of the Jellyfin family know a direction and a media type. */
  modern: boolean;
}>;

/** SQLite takes no more variables in one statement, and the real one puts each row's id in. */
const MOST_ROWS = 32_766;
type Filter = (request: FakeRequest, mediaStatus: number) => boolean;
const FILTERS: Readonly<Record<string, Filter>> = {
  all: () => true,
  approved: ({ status }) => status === STATUS.approved,
  available: ({ status }, media) => status >= STATUS.approved && media === MEDIA.available,
  pending: ({ status }) => status === STATUS.pending,
  processing: ({ status }, media) => status === STATUS.approved && media !== MEDIA.available,
  unavailable: (_request, media) => media !== MEDIA.available,
  failed: ({ status }) => status === STATUS.failed,
  deleted: (_request, media) => media === MEDIA.deleted,
  completed: ({ status }) => status === STATUS.completed,
};
const KINDS: readonly unknown[] = ['movie', 'tv'];
const GONE: MoodyReply = { status: 404, body: { message: 'Request not found.' } };
const DONE: MoodyReply = { status: 204, body: '' };

/** What a Seerr answers to whom, path by path. */
export function createRoutes({ world, replies, asking, changes, agent, pause, modern }: RoutesDeps): readonly Route[] {
  const requestOf = ([id]: readonly string[]): FakeRequest | undefined => world.requests.get(Number(id));
  const seesAll = (caller: FakeUser): boolean => hasRight(caller, PERMISSION.MANAGE_REQUESTS | PERMISSION.REQUEST_VIEW);

  /** Undefined: everybody's. */
  const ownerFor = (caller: FakeUser, requestedBy: string | undefined): number | undefined => {
    if (!seesAll(caller)) return caller.id;
    return requestedBy === undefined ? undefined : Number(requestedBy);
  };

  function rowsFor({ query, caller }: Call, fits: Filter): readonly FakeRequest[] {
    const { filter = 'all', requestedBy, mediaType = 'all' } = query;
    const owner = ownerFor(caller, requestedBy);
    const all = world.listed();
    if (filter === 'all' && owner === undefined && mediaType === 'all') return all;
    return all.filter(
      (each) =>
        fits(each, world.statusOf(each)) &&
        (owner === undefined || each.requestedBy.id === owner) &&
        (mediaType === 'all' || each.media.kind === mediaType),
    );
  }

  function list(call: Call): MoodyReply {
    const { query, caller, request } = call;
    const { filter = 'all', requestedBy } = query;
    const fits = Object.hasOwn(FILTERS, filter) ? FILTERS[filter] : undefined;
    if (fits === undefined) {
      return invalidBody('.query.filter', `should be equal to one of the allowed values: ${Object.keys(FILTERS).join(', ')}`);
    }
    if (!seesAll(caller) && requestedBy !== undefined && Number(requestedBy) !== caller.id) {
      return said(403, "You do not have permission to view this user's requests.").refused;
    }
    const rows = rowsFor(call, fits);
    const span = spanOf(query, rows.length);
    if ('refused' in span) return span.refused;
    const { skip, take } = span;
    if (Math.min(take, rows.length - skip) > MOST_ROWS) return said(500, 'SQLITE_ERROR: too many SQL variables').refused;
    const sorted = (): readonly FakeRequest[] => (query.sortDirection === 'asc' ? rows : rows.toReversed());
    return replies.requests(`${caller.id} ${JSON.stringify(request.query)}`, sorted, skip, take, caller);
  }

  async function ask({ caller, body }: Call): Promise<MoodyReply> {
    const fault = askFault(body);
    if (fault) return fault;
    const examined = asking.examine(caller, body as AskBody);
    if ('refused' in examined) return examined.refused;
    await pause();
    const made = asking.make(examined);
    return 'refused' in made ? made.refused : { status: 201, body: replies.created(made) };
  }

  function editRequest({ parts, body, caller }: Call): MoodyReply {
    const request = requestOf(parts);
    if (request === undefined) return GONE;
    if (!KINDS.includes(body.mediaType)) return invalidBody('.body.mediaType', 'should be equal to one of the allowed values: movie, tv');
    if (request.media.kind === 'movie') return { body: replies.request(request, caller) };
    const seasons = Array.isArray(body.seasons) ? (body.seasons as readonly number[]) : [];
    if (seasons.length === 0) return said(500, 'Missing seasons. If you want to cancel a series request, use the DELETE method.').refused;
    const owner = typeof body.userId === 'number' ? world.users.get(body.userId) : request.requestedBy;
    if (owner === undefined) return said(500, `Could not find any entity of type "User" matching: ${String(body.userId)}`).refused;
    const seasonCount = request.seasons.length;
    changes.edit(request, seasons, owner);
    return { body: { ...replies.request(request, caller), seasonCount } };
  }

  function removeRequest({ parts, caller }: Call): MoodyReply {
    const request = requestOf(parts);
    if (request === undefined) return GONE;
    // Anybody may take back what is pending, whoever asked for it.
    const may = request.status === STATUS.pending || hasRight(caller, PERMISSION.MANAGE_REQUESTS);
    if (!may) return said(401, 'You do not have permission to delete this request.').refused;
    changes.remove(request);
    return DONE;
  }

  function decide({ parts, caller }: Call): MoodyReply {
    const [, verb] = parts;
    if (verb !== 'approve' && verb !== 'decline' && verb !== 'retry') {
      return invalidBody('.params.status', 'should be equal to one of the allowed values: approve, decline');
    }
    const request = requestOf(parts);
    if (request === undefined) return GONE;
    if (verb === 'approve') changes.approve(request, caller);
    else if (verb === 'decline') changes.decline(request, caller);
    else {
      changes.setRequestStatus(request, STATUS.approved);
      asking.handOn(request);
    }
    return { body: replies.request(request, caller) };
  }

  function setMedia({ parts: [id, status = ''], body }: Call): MoodyReply {
    const media = world.media.get(Number(id));
    if (media === undefined) return said(404, 'Media does not exist.').refused;
    const seasons = Array.isArray(body.seasons)
      ? body.seasons.flatMap((each: unknown) => (isRecord(each) ? [Number(each.seasonNumber)] : []))
      : undefined;
    const fault = changes.setMedia(media, { status, is4k: body.is4k === true, seasons });
    return fault ?? { body: replies.media(media) };
  }

  function details(kind: DeskKind, { parts: [id], caller }: Call): MoodyReply {
    if (world.titleOf(kind, Number(id)).tmdb === 'fine') return { body: replies.details(kind, Number(id), caller) };
    return said(500, `Unable to retrieve ${kind === 'movie' ? 'movie' : 'series'}.`).refused;
  }

  function listUsers({ query, caller }: Call): MoodyReply {
    const span = spanOf(query, world.users.size);
    return 'refused' in span ? span.refused : replies.users([...world.users.values()], span.skip, span.take, caller);
  }

  const userOr404 = ({ parts: [id] }: Call, answer: (user: FakeUser) => MoodyReply): MoodyReply => {
    const user = world.users.get(Number(id));
    return user ? answer(user) : said(404, 'User not found.').refused;
  };

  const { ADMIN, MANAGE_REQUESTS, MANAGE_USERS } = PERMISSION;
  const span = ['take', 'skip'];
  return [
    { method: 'GET', path: /^\/auth\/me$/, answer: ({ caller }) => ({ body: replies.me(caller) }) },
    { method: 'GET', path: /^\/user$/, query: [...span, 'sort', 'q', 'includeIds'], answer: listUsers },
    {
      method: 'GET',
      path: /^\/user\/(\d+)$/,
      right: MANAGE_USERS,
      answer: (call) => userOr404(call, (user) => ({ body: replies.user(user, true) })),
    },
    {
      method: 'GET',
      path: /^\/user\/(\d+)\/quota$/,
      answer: (call) => userOr404(call, (user) => ({ body: { movie: asking.quotaOf(user, 'movie'), tv: asking.quotaOf(user, 'tv') } })),
    },
    {
      method: 'GET',
      path: /^\/request$/,
      query: [...span, 'filter', 'sort', 'requestedBy', ...(modern ? ['sortDirection', 'mediaType'] : [])],
      answer: list,
    },
    { method: 'POST', path: /^\/request$/, body: ['mediaType', 'mediaId'], answer: ask },
    { method: 'GET', path: /^\/request\/count$/, answer: () => ({ body: replies.count() }) },
    {
      method: 'GET',
      path: /^\/request\/([^/]+)$/,
      answer({ parts, caller }) {
        const request = requestOf(parts);
        return request ? { body: replies.request(request, caller) } : GONE;
      },
    },
    { method: 'PUT', path: /^\/request\/([^/]+)$/, right: MANAGE_REQUESTS, body: ['mediaType'], answer: editRequest },
    { method: 'DELETE', path: /^\/request\/([^/]+)$/, answer: removeRequest },
    { method: 'POST', path: /^\/request\/([^/]+)\/([^/]+)$/, right: MANAGE_REQUESTS, answer: decide },
    { method: 'GET', path: /^\/movie\/(\d+)$/, query: ['language'], answer: (call) => details('movie', call) },
    { method: 'GET', path: /^\/tv\/(\d+)$/, query: ['language'], answer: (call) => details('tv', call) },
    {
      method: 'POST',
      path: /^\/media\/(\d+)\/(available|partial|processing|pending|unknown|deleted)$/,
      right: MANAGE_REQUESTS,
      body: [],
      answer: setMedia,
    },
    {
      method: 'DELETE',
      path: /^\/media\/(\d+)$/,
      right: MANAGE_REQUESTS,
      answer({ parts: [id] }) {
        const media = world.media.get(Number(id));
        if (media === undefined) return said(404, 'Media not found').refused;
        world.removeMedia(media);
        return DONE;
      },
    },
    { method: 'GET', path: /^\/settings\/notifications\/webhook$/, right: ADMIN, answer: () => ({ body: agent.shown() }) },
    {
      method: 'POST',
      path: /^\/settings\/notifications\/webhook$/,
      right: ADMIN,
      body: [],
      answer: ({ body }) => (agent.take(body) ? { body: agent.shown() } : said(500, 'Unexpected token in JSON').refused),
    },
    {
      method: 'POST',
      path: /^\/settings\/notifications\/webhook\/test$/,
      right: ADMIN,
      body: [],
      answer() {
        agent.test();
        return DONE;
      },
    },
  ];
}

/** The validator before the handlers: the first thing that is wrong with a body that asks for a title. */
function askFault(body: Readonly<Record<string, unknown>>): MoodyReply | undefined {
  if (!KINDS.includes(body.mediaType)) return invalidBody('.body.mediaType', 'should be equal to one of the allowed values: movie, tv');
  if (typeof body.mediaId !== 'number') return invalidBody('.body.mediaId', 'should be number');
  if (body.is4k !== undefined && typeof body.is4k !== 'boolean') return invalidBody('.body.is4k', 'should be boolean');
  const number = ['tvdbId', 'serverId', 'profileId', 'languageProfileId'].find((name) => name in body && typeof body[name] !== 'number');
  if (number !== undefined) return invalidBody(`.body.${number}`, 'should be number');
  const { seasons } = body;
  const isList = Array.isArray(seasons) && seasons.every((each) => typeof each === 'number' && each >= 0);
  return seasons === undefined || seasons === 'all' || isList ? undefined : invalidBody('.body.seasons', 'should be array');
}

/** Finds the route, and says what is wrong with the call before anybody handles it. */
export function routeOf(routes: readonly Route[], request: MoodyRequest, path: string): Route | MoodyReply {
  const here = routes.filter((each) => each.path.test(path));
  const route = here.find((each) => each.method === request.method);
  if (here.length === 0) return notFound(request.path);
  if (route === undefined) {
    const message = `${request.method} method not allowed`;
    return { status: 405, body: { message, errors: [{ path: request.path, message }] } };
  }
  return unknownQuery(request, route.query ?? []) ?? (route.body ? unsupportedBody(request, route.body) : undefined) ?? route;
}

export const mayUse = (route: Route, caller: FakeUser): MoodyReply | undefined =>
  route.right === undefined || hasRight(caller, route.right) ? undefined : FORBIDDEN;
