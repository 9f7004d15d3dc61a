import type {
  FakeCall,
  FakeMediaServer,
  FakeMediaServerOptions,
  FakeMood,
  FakeMoodOptions,
  FakeUser,
} from '#core/upstreams/media-server.fake.ts';
import { createMoodyHttp, FAKE_IMAGE, type MoodyReply, type MoodyRequest } from '#core/upstreams/moody-http.fake.ts';
import { type Instant, systemClock } from '#kernel/instant.ts';
import { createPlexDiscoverFake, type FakeCatalogueTitle } from './plex-discover.fake.ts';
import { createPlexReplies, toXml } from './plex-replies.fake.ts';
import { createPlexTvFake } from './plex-tv.fake.ts';
import { createPlexWorld, type FakePlexUser } from './plex-world.fake.ts';

export type FakePlexOptions = FakeMediaServerOptions & Readonly<{ ownerName?: string; ownerPin?: string }>;

/** A Plex Media Server and, under `plexTvUrl`, the plex.tv that belongs to it. */
export type FakePlex = FakeMediaServer &
  Readonly<{
    plexTvUrl: string;
    /** Where watchlists are, with moods and calls of its own. */
    discoverUrl: string;
    discoverCalls: readonly FakeCall[];
    setDiscoverMood(mood: FakeMood, options?: FakeMoodOptions): void;
    /** A member of the home with an account of their own at plex.tv; whom `addUser` adds to it has none. */
    addMember(user: Readonly<{ name: string; pin?: string }>): FakeUser;
    /** With which a person is known at plex.tv, beyond this server. */
    plexTvTokenOf(userId: string): string;
    /** The id of the title by which watchlists know it; undefined where Plex does not know the title. */
    catalogueIdOf(upstreamId: string): string | undefined;
    addToCatalogue(title: FakeCatalogueTitle): string;
    wish(userId: string, catalogueId: string, wanted: boolean, at?: Instant): void;
    watchlistOf(userId: string): readonly string[];
    describeWatchlists(described: boolean): void;
    approvePin(code: string, userId?: string): void;
    /** Sends one of Plex's events as it is, without changing anything: `library.new`, `media.resume`, … */
    sendEvent(event: string, userId: string, upstreamId: string): Promise<void>;
  }>;

const TV = '/plex.tv';
const CHANGES = new Set(['/:/scrobble', '/:/unscrobble', '/:/timeline', '/:/rate']);
const SCALED = '/photo/:/transcode';
const OF_ITEMS = /^\/(?:library|photo)\//;
const GET_OR_PUT = new Set(['GET', 'PUT']);
/** Lists that are given to whoever says how much of them is wanted. */
const LISTS = /^\/library\/(?:all|sections\/[^/]+\/all|metadata\/[^/]+\/children)$/;

const page = (status: number, title: string): MoodyReply => ({
  status,
  type: 'text/html',
  headers: { 'x-plex-protocol': '1.0' },
  body: `<html><head><title>${title}</title></head><body><h1>${status} ${title}</h1></body></html>`,
});
const UNAUTHORIZED = page(401, 'Unauthorized');
const FORBIDDEN = page(403, 'Forbidden');
const BAD_REQUEST = page(400, 'Bad Request');
const NOT_FOUND = page(404, 'Not Found');
const DONE: MoodyReply = { status: 200, type: 'text/html', body: '' };

export async function createPlexFake(options: FakePlexOptions = {}): Promise<FakePlex> {
  const clock = options.clock ?? systemClock;
  const world = createPlexWorld({
    clock,
    skewMs: options.clockSkewMs ?? 0,
    ownerName: options.ownerName ?? 'owner',
    ownerPin: options.ownerPin,
  });
  const server = {
    uuid: options.uuid ?? '53e1e5a5ac591276f17ae2d8695b8ab4b5b89bb1',
    name: options.name ?? 'Fake Plex',
    version: options.version ?? '1.41.3.9314-a0bfb8370',
  };
  const replies = createPlexReplies(world, server);
  const tv = createPlexTvFake(world, server, () => http.baseUrl);

  const argument = (request: MoodyRequest, name: string): string | undefined => {
    const header = request.headers[name.toLowerCase()];
    return typeof header === 'string' ? header : request.query[name];
  };
  const spanOf = (request: MoodyRequest): { start: number; size: number } => ({
    start: Number(argument(request, 'X-Plex-Container-Start') ?? 0),
    size: Number(argument(request, 'X-Plex-Container-Size') ?? Number.MAX_SAFE_INTEGER),
  });
  const sectionOf = (path: string): string | undefined => /^\/library\/sections\/([^/]+)\/all$/.exec(path)?.[1];

  /** JSON where it is asked for, else XML. */
  function spoken(
    request: MoodyRequest,
    body: string | Readonly<Record<string, unknown>>,
    headers: Record<string, string> = {},
  ): MoodyReply {
    const plex = { 'x-plex-protocol': '1.0', ...headers };
    if (request.headers.accept?.includes('json')) return { headers: plex, body };
    const parsed = (typeof body === 'string' ? JSON.parse(body) : body) as { MediaContainer: Readonly<Record<string, unknown>> };
    return {
      headers: plex,
      type: 'text/xml;charset=utf-8',
      body: `<?xml version="1.0" encoding="UTF-8"?>\n${toXml('MediaContainer', parsed.MediaContainer)}`,
    };
  }

  function answerPage(request: MoodyRequest, section: string, user: FakePlexUser): MoodyReply {
    if (!world.libraries.has(section)) return NOT_FOUND;
    const { type = '', includeGuids } = request.query;
    const span = spanOf(request);
    return spoken(request, replies.page(section, type, span, user, includeGuids === '1'), {
      'x-plex-container-start': String(span.start),
      'x-plex-container-total-size': String(replies.countOf(section, type)),
    });
  }

  function isPictured(path: string): boolean {
    const [, pictured = ''] = /^\/library\/metadata\/([^/]+)\/(?:thumb|art)\/\d+$/.exec(path) ?? [];
    return world.entries.has(pictured);
  }

  /** The picture that is named, made smaller. */
  function answerScaled({ query }: MoodyRequest): MoodyReply {
    const isWhole = [query.width, query.height].every((side) => /^[1-9]\d{0,3}$/.test(side ?? ''));
    return isWhole && isPictured(query.url ?? '') ? { type: 'image/png', body: FAKE_IMAGE } : NOT_FOUND;
  }

  function answerLibrary(request: MoodyRequest, path: string, user: FakePlexUser): MoodyReply {
    if (path === '/library/sections') return spoken(request, replies.sections());
    if (path === SCALED) return answerScaled(request);
    if (isPictured(path)) return { type: 'image/png', body: FAKE_IMAGE };
    if (path === '/library/all') return spoken(request, replies.search(request.query, user));
    const section = sectionOf(path);
    if (section !== undefined) return answerPage(request, section, user);
    const [, id = '', children] = /^\/library\/metadata\/([^/]+)(\/children)?$/.exec(path) ?? [];
    const entry = world.entries.get(id);
    if (entry === undefined) return NOT_FOUND;
    return spoken(request, children === undefined ? replies.item(entry, user) : replies.children(entry, user));
  }

  function answerTimeline(request: MoodyRequest, user: FakePlexUser, id: string): MoodyReply {
    // A timeline from a client that the server does not know is answered, and changes nothing.
    if (request.headers['x-plex-client-identifier'] === server.uuid) world.leaveAt(user.id, id, Number(request.query.time ?? 0));
    return spoken(request, { MediaContainer: { size: 0 } });
  }

  /** Marks are GET by custom and PUT by the book. */
  function answerMark(request: MoodyRequest, path: string, user: FakePlexUser, id: string): MoodyReply {
    if (!GET_OR_PUT.has(request.method) || request.query.identifier !== 'com.plexapp.plugins.library') return BAD_REQUEST;
    if (path === '/:/scrobble') world.scrobble(user.id, id);
    else if (path === '/:/unscrobble') world.unscrobble(user.id, id);
    else world.rate(user.id, id, Number(request.query.rating));
    return DONE;
  }

  function answerChange(request: MoodyRequest, path: string, user: FakePlexUser): MoodyReply {
    const id = request.query.ratingKey ?? request.query.key ?? '';
    if (!world.entries.has(id)) return NOT_FOUND;
    return path === '/:/timeline' ? answerTimeline(request, user, id) : answerMark(request, path, user, id);
  }

  const isUnmeasured = (request: MoodyRequest, path: string): boolean =>
    LISTS.test(path) && argument(request, 'X-Plex-Container-Size') === undefined;

  const NOT_YOURS = server.version.localeCompare('1.41.7', 'en', { numeric: true }) < 0 ? UNAUTHORIZED : FORBIDDEN;
  /** Users and sessions are shown to the owner alone. */
  const OWNERS_ONLY: ReadonlyMap<string, () => Readonly<Record<string, unknown>>> = new Map([
    ['/accounts', replies.accounts],
    ['/status/sessions', replies.sessions],
  ]);

  function answerOwner(request: MoodyRequest, path: string, user: FakePlexUser): MoodyReply {
    const body = OWNERS_ONLY.get(path);
    if (body === undefined) return NOT_FOUND;
    return user === world.owner ? spoken(request, body()) : NOT_YOURS;
  }

  function answerServer(request: MoodyRequest, path: string): MoodyReply {
    if (path === '/identity') return spoken(request, replies.identity());
    const user = world.userByToken(argument(request, 'X-Plex-Token'));
    if (user === undefined) return UNAUTHORIZED;
    if (path === '') return spoken(request, replies.root(user));
    if (CHANGES.has(path)) return answerChange(request, path, user);
    if (isUnmeasured(request, path)) return BAD_REQUEST;
    if (OF_ITEMS.test(path)) return answerLibrary(request, path, user);
    return answerOwner(request, path, user);
  }

  const http = await createMoodyHttp({
    clock,
    ...(options.port !== undefined && { port: options.port }),
    unauthorizedReply: () => UNAUTHORIZED,
    emptyPageReply: (request) =>
      spoken(request, replies.emptyPage(sectionOf(request.path) ?? '', request.query.type ?? '', spanOf(request).start)),
    isLaterPage: (request) => sectionOf(request.path) !== undefined && spanOf(request).start > 0,
    isChange: (request) => CHANGES.has(request.path.replace(/\/+$/, '')),
    handler(request) {
      const path = request.path.replace(/\/+$/, '');
      return path.startsWith(TV) ? tv.answer(request, path.slice(TV.length)) : answerServer(request, path);
    },
  });

  const discover = createPlexDiscoverFake(world, world.catalogue, clock);
  const discoverHttp = await createMoodyHttp({
    clock,
    handler: discover.answer,
    unauthorizedReply: discover.unauthorized,
    emptyPageReply: discover.emptyPage,
    isLaterPage: discover.isLaterPage,
    isChange: (request) => discover.isChange(request.path),
  });

  const sendEvent = (event: string, userId: string, upstreamId: string): Promise<void> => {
    const body = new FormData();
    body.append('payload', JSON.stringify(replies.event(event, world.user(userId), world.entry(upstreamId))));
    return http.sendWebhook({ headers: { 'user-agent': `PlexMediaServer/${server.version}` }, body });
  };
  const shown = ({ id, name, token, uuid }: FakePlexUser): FakeUser => ({ id, name, token, ...(uuid !== undefined && { uuid }) });

  return {
    type: 'plex',
    baseUrl: http.baseUrl,
    plexTvUrl: http.baseUrl + TV,
    uuid: server.uuid,
    owner: shown(world.owner),
    addUser: (user) => shown(world.addUser(user)),
    users: () => [...world.users.values()].map(shown),
    addLibrary: world.addLibrary,
    addTitle: world.addTitle,
    removeTitle: world.removeTitle,
    replaceCopy: world.replaceCopy,
    stateOf: world.stateOf,
    setState: world.setState,
    async finish(userId, upstreamId, at) {
      world.scrobble(userId, upstreamId, at);
      await sendEvent('media.scrobble', userId, upstreamId);
      await sendEvent('media.stop', userId, upstreamId);
    },
    async markByHand(userId, upstreamId, played) {
      if (played) world.scrobble(userId, upstreamId);
      else world.unscrobble(userId, upstreamId);
    },
    async pauseAt(userId, upstreamId, positionMs) {
      world.leaveAt(userId, upstreamId, positionMs);
      await sendEvent('media.stop', userId, upstreamId);
    },
    startSession(userId, upstreamId) {
      world.sessions.set(userId, upstreamId);
      void sendEvent('media.play', userId, upstreamId);
    },
    endSession: (userId) => void world.sessions.delete(userId),
    sendEventsTo: http.sendEventsTo,
    webhookReplies: http.webhookReplies,
    calls: http.calls,
    forgetCalls: http.forgetCalls,
    setMood: http.setMood,
    async close() {
      await Promise.all([http.close(), discoverHttp.close()]);
    },
    discoverUrl: discoverHttp.baseUrl,
    discoverCalls: discoverHttp.calls,
    setDiscoverMood: discoverHttp.setMood,
    addMember: (user) => shown(world.addUser({ ...user, account: true })),
    plexTvTokenOf: (userId) => world.user(userId).tvToken,
    catalogueIdOf: (upstreamId) => /^plex:\/\/(?:movie|show)\/(.+)$/.exec(world.entry(upstreamId).guid)?.[1],
    addToCatalogue: discover.addToCatalogue,
    wish: discover.wish,
    watchlistOf: discover.watchlistOf,
    describeWatchlists: discover.describeWatchlists,
    approvePin: tv.approvePin,
    sendEvent,
  };
}
