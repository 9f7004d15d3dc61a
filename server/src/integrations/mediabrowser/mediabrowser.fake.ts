import type { FakeMediaServer, FakeMediaServerOptions, FakeState, FakeUser } from '#core/upstreams/media-server.fake.ts';
import { createMoodyHttp, FAKE_IMAGE, type MoodyReply, type MoodyRequest } from '#core/upstreams/moody-http.fake.ts';
import { type Instant, systemClock } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import { instantOf, msOfTicks } from './mediabrowser.wire.ts';
import { type Dto, type DtoStyle, itemDto, sessionDto, showDto, userDataDto, userDto, viewDto } from './mediabrowser-dto.fake.ts';
import { createShelf, newHexId, type ShelfItem, type ShelfUser } from './mediabrowser-shelf.fake.ts';

/** What a request asks for, whatever path of whatever version it came by. */
export type FakeOperation = Readonly<{
  kind:
    | 'public-info'
    | 'info'
    | 'sign-in'
    | 'users'
    | 'user'
    | 'views'
    | 'items'
    | 'ancestors'
    | 'mark'
    | 'unmark'
    | 'user-data'
    | 'like'
    | 'unlike'
    | 'sessions';
  userId?: string;
  itemId?: string;
}>;

export type FakeHappening = Readonly<{
  /** `written`: its user data came from outside. */
  kind: 'finished' | 'paused' | 'marked' | 'unmarked' | 'written' | 'added';
  user?: ShelfUser;
  item: ShelfItem;
  state: FakeState;
  at: Instant;
}>;

export type FakeServer = Readonly<{ uuid: string; name: string; version: string }>;

/** What Jellyfin and Emby show of themselves differently. */
export type FakeVendor = Readonly<{
  type: string;
  version: string;
  newItemId(): string;
  providerKey(provider: string): string;
  playsOnDemand: boolean;
  /** True where a write of user data takes absent members for false. */
  userDataIsWhole: boolean;
  /** True where a write of user data is answered with what it has become. */
  userDataIsAnswered: boolean;
  tokenOf(request: MoodyRequest): string | undefined;
  operationOf(method: string, path: readonly string[], query: Readonly<Record<string, string>>): FakeOperation | undefined;
  parseDatePlayed(text: string): Instant | undefined;
  usersReply(users: readonly Dto[]): unknown;
  eventHeaders(server: FakeServer): Readonly<Record<string, string>>;
  /** The payloads of one happening, in the order of the real server. */
  events(happening: FakeHappening, server: FakeServer): readonly Dto[];
}>;

export type MediaBrowserFake = FakeMediaServer &
  Readonly<{
    /** A key of the dashboard, which acts for every user and is none. */
    apiKey: string;
    /** The password of every user. */
    password: string;
    /** From now on changes of this item are taken and come to nothing, as where old user data stands before the new. */
    keepNothingOf(upstreamId: string): void;
  }>;

const PASSWORD = 'open-sesame';
const UNAUTHORIZED: MoodyReply = { status: 401, type: 'text/plain', body: 'Unauthorized' };
const FORBIDDEN: MoodyReply = { status: 403, type: 'text/plain', body: 'Forbidden' };
const NOT_FOUND: MoodyReply = { status: 404, type: 'text/plain', body: 'Not Found' };

const lowerKeys = (query: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name.toLowerCase(), value]));
const segmentsOf = (path: string): readonly string[] => path.split('/').filter((part) => part !== '');

/** What a write of user data says; where it is taken as a whole, what it leaves out is said to be nothing. */
function stateSent(body: Readonly<Record<string, unknown>>, whole: boolean): Partial<FakeState> {
  const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : whole ? false : undefined);
  const said: Readonly<Record<keyof FakeState, unknown>> = {
    played: flag(body.Played),
    favorite: flag(body.IsFavorite),
    positionMs: msOfTicks(body.PlaybackPositionTicks) ?? (whole ? 0 : undefined),
    lastPlayedAt: instantOf(body.LastPlayedDate),
    playCount: typeof body.PlayCount === 'number' ? body.PlayCount : undefined,
    rating: undefined,
    ratedAt: undefined,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

/** A stateful server of the family over real HTTP. Every user's password is `open-sesame`. */
export async function createMediaBrowserFake(options: FakeMediaServerOptions, vendor: FakeVendor): Promise<MediaBrowserFake> {
  const clock = options.clock ?? systemClock;
  const skew = options.clockSkewMs ?? 0;
  const now = (): Instant => clock.now() + skew;
  const server: FakeServer = { uuid: options.uuid ?? newHexId(), name: options.name ?? `Fake ${vendor.type}`, version: vendor.version };
  const style: DtoStyle = { serverId: server.uuid, providerKey: vendor.providerKey, playsOnDemand: vendor.playsOnDemand };
  const shelf = createShelf({ newItemId: vendor.newItemId, now });
  const owner: FakeUser = shelf.addUser({ name: 'owner', admin: true });
  const apiKey = newHexId();
  const sessions = new Map<string, Readonly<{ user: ShelfUser; token: string }>>();
  const unchanging = new Set<string>();

  const operationOf = (request: MoodyRequest): FakeOperation | undefined =>
    vendor.operationOf(request.method, segmentsOf(request.path), lowerKeys(request.query));

  /** Who asks: a user, or the key, which may act as anybody. */
  function callerOf(request: MoodyRequest): ShelfUser | 'key' | undefined {
    const token = vendor.tokenOf(request);
    if (token === undefined) return undefined;
    if (token === apiKey) return 'key';
    const signedIn = [...sessions.values()].find((session) => session.token === token);
    return signedIn?.user ?? [...shelf.users.values()].find((user) => user.token === token);
  }

  function describe(full: boolean): MoodyReply {
    const own = { ServerName: server.name, Version: server.version, Id: server.uuid, LocalAddress: http.baseUrl };
    return { body: full ? { ...own, OperatingSystem: 'Linux' } : own };
  }

  function signIn(request: MoodyRequest): MoodyReply {
    const { Username: name, Pw: password } = isRecord(request.body) ? request.body : {};
    const user = [...shelf.users.values()].find((each) => each.name === name);
    if (!user || password !== PASSWORD) return UNAUTHORIZED;
    const said = String(request.headers['x-emby-authorization'] ?? request.headers.authorization ?? '');
    const token = newHexId();
    // Whoever signs in again on the same device ends the session that they had there.
    sessions.set(`${/DeviceId="([^"]+)"/i.exec(said)?.[1] ?? ''} ${user.id}`, { user, token });
    return {
      body: {
        User: userDto(user, style),
        SessionInfo: { UserId: user.id, UserName: user.name },
        AccessToken: token,
        ServerId: server.uuid,
      },
    };
  }

  function listItems(request: MoodyRequest, userId: string): MoodyReply {
    const query = lowerKeys(request.query);
    const fields = new Set((query.fields ?? '').toLowerCase().split(','));
    const render = (id: string): Dto | undefined => {
      const item = shelf.items.get(id);
      if (item) return itemDto(item, shelf.stateOf(userId, id), style, fields);
      const show = shelf.shows.get(id);
      return show && showDto(show, shelf.stateOf(userId, id), style, fields);
    };
    const ids = query.ids === undefined ? idsOf(query) : query.ids.split(',').filter((id) => shelf.items.has(id) || shelf.shows.has(id));
    const start = Number(query.startindex ?? 0);
    const page = query.limit === undefined ? ids.slice(start) : ids.slice(start, start + Number(query.limit));
    return { body: { Items: page.map(render), TotalRecordCount: ids.length, StartIndex: start } };
  }

  function idsOf(query: Readonly<Record<string, string>>): readonly string[] {
    const wanted = query.searchterm?.toLowerCase();
    if (wanted !== undefined)
      return [...shelf.items].flatMap(([id, item]) => (item.title.title.toLowerCase().includes(wanted) ? [id] : []));
    const library = shelf.libraries.get(query.parentid ?? '');
    if (!library || library.kind === 'music') return [];
    const types = new Set((query.includeitemtypes ?? '').toLowerCase().split(','));
    if (types.has('series')) return library.shows;
    const kind = library.items.length === 0 ? undefined : shelf.items.get(library.items[0] ?? '')?.title.kind;
    return kind !== undefined && types.size === 1 && types.has(kind)
      ? library.items.filter((id) => shelf.items.get(id)?.title.kind === kind)
      : library.items.filter((id) => types.has(shelf.items.get(id)?.title.kind ?? ''));
  }

  function listAncestors(itemId: string): MoodyReply {
    const item = shelf.items.get(itemId);
    const library = shelf.libraries.get(item?.libraryId ?? shelf.shows.get(itemId)?.libraryId ?? '');
    if (!library) return NOT_FOUND;
    const above: Dto[] = item?.show
      ? [
          { Id: item.seasonId, Type: 'Season', Name: `Season ${item.title.season ?? 1}` },
          { Id: item.show.id, Type: 'Series', Name: item.show.title },
        ]
      : [];
    return { body: [...above, viewDto(library, style), { Id: 'root', Type: 'AggregateFolder', Name: 'root' }] };
  }

  function writeUserData(request: MoodyRequest, userId: string, itemId: string): MoodyReply {
    if (!shelf.items.has(itemId)) return NOT_FOUND;
    if (!unchanging.has(itemId))
      shelf.setState(userId, itemId, stateSent(isRecord(request.body) ? request.body : {}, vendor.userDataIsWhole));
    const state = shelf.stateOf(userId, itemId);
    void happened('written', userId, itemId, state);
    return vendor.userDataIsAnswered ? { body: userDataDto(state, itemId, style) } : { status: 204 };
  }

  /** Series are liked as movies are. */
  function like(userId: string, itemId: string, favorite: boolean): MoodyReply {
    if (!shelf.items.has(itemId) && !shelf.shows.has(itemId)) return NOT_FOUND;
    shelf.setState(userId, itemId, { favorite });
    return { body: userDataDto(shelf.stateOf(userId, itemId), itemId, style) };
  }

  function mark(request: MoodyRequest, user: ShelfUser, itemId: string, played: boolean): MoodyReply {
    const item = shelf.items.get(itemId);
    if (!item) return NOT_FOUND;
    const sent = lowerKeys(request.query).dateplayed;
    const at = sent === undefined ? undefined : vendor.parseDatePlayed(sent);
    if (sent !== undefined && at === undefined) return { status: 400, type: 'text/plain', body: 'DatePlayed is not a date.' };
    if (unchanging.has(itemId)) return { body: userDataDto(shelf.stateOf(user.id, itemId), itemId, style) };
    const state = played ? shelf.mark(user.id, itemId, at) : shelf.unmark(user.id, itemId);
    // As the real ones do: a mark by the API is told like one by hand, after its answer.
    void tell({ kind: played ? 'marked' : 'unmarked', user, item, state, at: now() });
    return { body: userDataDto(state, itemId, style) };
  }

  const forServer = (operation: FakeOperation, request: MoodyRequest): MoodyReply | undefined => {
    switch (operation.kind) {
      case 'public-info':
      case 'info':
        return describe(operation.kind === 'info');
      case 'sign-in':
        return signIn(request);
      case 'users':
        return { body: vendor.usersReply([...shelf.users.values()].map((each) => userDto(each, style))) };
      case 'sessions':
        return { body: [...shelf.sessions].flatMap(([userId, id]) => sessionOf(userId, id)) };
      case 'ancestors':
        return listAncestors(operation.itemId ?? '');
      default:
        return undefined;
    }
  };

  function forUser({ kind, itemId = '' }: FakeOperation, request: MoodyRequest, user: ShelfUser): MoodyReply {
    switch (kind) {
      case 'views':
        return { body: viewsReply() };
      case 'user':
        return { body: userDto(user, style) };
      case 'items':
        return listItems(request, user.id);
      case 'mark':
      case 'unmark':
        return mark(request, user, itemId, kind === 'mark');
      case 'like':
      case 'unlike':
        return like(user.id, itemId, kind === 'like');
      case 'user-data':
        return writeUserData(request, user.id, itemId);
      default:
        return NOT_FOUND;
    }
  }

  function answer(operation: FakeOperation, request: MoodyRequest, caller: ShelfUser | 'key'): MoodyReply {
    const mayActFor = caller === 'key' || caller.admin || (operation.userId ?? caller.id) === caller.id;
    if (!mayActFor) return FORBIDDEN;
    const user = shelf.users.get(operation.userId ?? (caller === 'key' ? '' : caller.id));
    return forServer(operation, request) ?? (user ? forUser(operation, request, user) : NOT_FOUND);
  }

  function viewsReply(): Dto {
    const views = [...shelf.libraries.values()].map((library) => viewDto(library, style));
    return { Items: views, TotalRecordCount: views.length, StartIndex: 0 };
  }

  function sessionOf(userId: string, itemId: string): readonly Dto[] {
    const user = shelf.users.get(userId);
    const item = shelf.items.get(itemId);
    return user && item ? [sessionDto(user, item, shelf.stateOf(userId, itemId), style)] : [];
  }

  /** Pictures are open to all; an episode has a poster and no background. */
  function pictureOf(path: string): MoodyReply | undefined {
    const [, id, kind] = /\/items\/([^/]+)\/images\/(primary|backdrop)$/i.exec(path) ?? [];
    if (id === undefined) return undefined;
    const isThere = shelf.shows.has(id) || (shelf.items.has(id) && (kind?.toLowerCase() === 'primary' || !shelf.items.get(id)?.show));
    return isThere ? { type: 'image/png', headers: { 'last-modified': new Date(now()).toUTCString() }, body: FAKE_IMAGE } : NOT_FOUND;
  }

  function handle(request: MoodyRequest): MoodyReply {
    const picture = pictureOf(request.path);
    if (picture) return picture;
    const operation = operationOf(request);
    if (operation === undefined) return NOT_FOUND;
    const open = operation.kind === 'public-info' || operation.kind === 'sign-in';
    const caller = open ? 'key' : callerOf(request);
    return caller === undefined ? UNAUTHORIZED : answer(operation, request, caller);
  }

  const http = await createMoodyHttp({
    clock,
    ...(options.port !== undefined && { port: options.port }),
    handler: handle,
    unauthorizedReply: () => UNAUTHORIZED,
    isLaterPage: (request) => operationOf(request)?.kind === 'items' && Number(lowerKeys(request.query).startindex ?? 0) > 0,
    emptyPageReply: (request) => {
      const reply = handle(request);
      return isRecord(reply.body) ? { ...reply, body: { ...reply.body, Items: [] } } : reply;
    },
    isChange: (request) => ['mark', 'unmark', 'user-data', 'like', 'unlike'].includes(operationOf(request)?.kind ?? ''),
  });

  async function tell(happening: FakeHappening): Promise<void> {
    for (const event of vendor.events(happening, server)) {
      await http.sendWebhook({ headers: vendor.eventHeaders(server), body: JSON.stringify(event) });
    }
  }
  const userOf = (id: string): ShelfUser => {
    const user = shelf.users.get(id);
    if (!user) throw new Error(`The fake has no user ${id}.`);
    return user;
  };
  const happened = (kind: FakeHappening['kind'], userId: string, id: string, state: FakeState, at = now()): Promise<void> =>
    tell({ kind, user: userOf(userId), item: shelf.itemOf(id), state, at });

  return {
    type: vendor.type,
    baseUrl: http.baseUrl,
    uuid: server.uuid,
    owner,
    apiKey,
    password: PASSWORD,
    keepNothingOf: (id) => void unchanging.add(id),
    addUser: (user) => shelf.addUser({ ...user, admin: false }),
    users: () => [...shelf.users.values()],
    addLibrary: shelf.addLibrary,
    addTitle: (libraryId, title) => {
      const item = shelf.addTitle(libraryId, title);
      void tell({ kind: 'added', item, state: { played: false, playCount: 0, positionMs: 0 }, at: now() });
      return item.id;
    },
    removeTitle: shelf.removeTitle,
    replaceCopy: shelf.replaceCopy,
    stateOf: shelf.stateOf,
    setState: shelf.setState,
    finish: (userId, id, at) => {
      const seen = at === undefined ? now() : at + skew;
      return happened('finished', userId, id, shelf.finish(userId, id, seen), seen);
    },
    markByHand: (userId, id, played) =>
      happened(played ? 'marked' : 'unmarked', userId, id, played ? shelf.mark(userId, id, now()) : shelf.unmark(userId, id)),
    pauseAt: (userId, id, positionMs) => happened('paused', userId, id, shelf.pauseAt(userId, id, positionMs)),
    startSession: (userId, id) => {
      userOf(userId);
      shelf.sessions.set(userId, shelf.itemOf(id).id);
    },
    endSession: (userId) => {
      shelf.sessions.delete(userId);
    },
    sendEventsTo: http.sendEventsTo,
    webhookReplies: http.webhookReplies,
    calls: http.calls,
    forgetCalls: http.forgetCalls,
    setMood: http.setMood,
    close: http.close,
  };
}
