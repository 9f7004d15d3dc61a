import type { FakeMediaServerOptions } from '#core/upstreams/media-server.fake.ts';
import {
  createMediaBrowserFake,
  type FakeHappening,
  type FakeOperation,
  type FakeServer,
  type FakeVendor,
  type MediaBrowserFake,
} from '#integrations/mediabrowser/mediabrowser.fake.ts';
import { type Dto, type DtoStyle, itemDto, netDate } from '#integrations/mediabrowser/mediabrowser-dto.fake.ts';
import type { Instant } from '#kernel/instant.ts';

export type EmbyFake = MediaBrowserFake;

const KEYS: Readonly<Record<string, string>> = { tvmaze: 'Tv Maze', anidb: 'AniDB', anilist: 'AniList', mal: 'MyAnimeList' };
const providerKey = (provider: string): string => KEYS[provider] ?? provider.charAt(0).toUpperCase() + provider.slice(1);
const EVENT_FIELDS = new Set(['providerids', 'datecreated', 'path', 'overview', 'genres', 'parentid']);
const TICKS_PER_MS = 10_000;

function userOperation(method: string, [, userId = '', third, itemId = '', fifth]: readonly string[]): FakeOperation | undefined {
  switch (`${method} ${third ?? ''}${itemId === '' ? '' : '/*'}${fifth === undefined ? '' : `/${fifth}`}`) {
    case 'GET ':
      return { kind: 'user', userId };
    case 'GET Views':
      return { kind: 'views', userId };
    case 'GET Items':
      return { kind: 'items', userId };
    case 'POST PlayedItems/*':
      return { kind: 'mark', userId, itemId };
    case 'DELETE PlayedItems/*':
    case 'POST PlayedItems/*/Delete':
      return { kind: 'unmark', userId, itemId };
    case 'POST FavoriteItems/*':
      return { kind: 'like', userId, itemId };
    case 'DELETE FavoriteItems/*':
    case 'POST FavoriteItems/*/Delete':
      return { kind: 'unlike', userId, itemId };
    case 'POST Items/*/UserData':
      return { kind: 'user-data', userId, itemId };
    default:
      return undefined;
  }
}

/** Emby answers below `/` and below `/emby` alike. */
function operationOf(method: string, sent: readonly string[], query: Readonly<Record<string, string>>): FakeOperation | undefined {
  const path = sent[0] === 'emby' ? sent.slice(1) : sent;
  switch (`${method} /${path.join('/')}`) {
    case 'GET /System/Info/Public':
      return { kind: 'public-info' };
    case 'GET /System/Info':
      return { kind: 'info' };
    case 'POST /Users/AuthenticateByName':
      return { kind: 'sign-in' };
    case 'GET /Users/Query':
      return { kind: 'users' };
    case 'GET /Sessions':
      return { kind: 'sessions' };
    default:
  }
  if (path[0] === 'Users') return userOperation(method, path);
  if (method === 'GET' && path[0] === 'Items' && path[2] === 'Ancestors') {
    return { kind: 'ancestors', itemId: path[1] ?? '', ...(query.userid !== undefined && { userId: query.userid }) };
  }
  return undefined;
}

/** `yyyyMMddHHmmss` in UTC, and nothing else: another form is not read as a date. */
function parseDatePlayed(text: string): Instant | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)?.slice(1).map(Number);
  if (!parts) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function payload(event: string, { user, item, state, at }: FakeHappening, server: FakeServer, more: Dto = {}): Dto {
  const style: DtoStyle = { serverId: server.uuid, providerKey, playsOnDemand: true };
  const { UserData: _kept, LocationType: _unsaid, ...described } = itemDto(item, state, style, EVENT_FIELDS);
  return {
    Title: `${event} ${item.title.title}`,
    Date: netDate(at),
    Event: event,
    ...(user && { User: { Name: user.name, Id: user.id } }),
    Item: described,
    Server: { Name: server.name, Id: server.uuid, Version: server.version },
    ...more,
  };
}

function events(happening: FakeHappening, server: FakeServer): readonly Dto[] {
  const { item, state } = happening;
  const stopped = (completed: boolean): Dto => ({
    Session: { Client: 'Fake TV', DeviceName: 'Living room', DeviceId: 'fake-tv', Id: 'fake-session' },
    PlaybackInfo: {
      PlayedToCompletion: completed,
      PositionTicks: (completed ? (item.title.durationMs ?? 0) : state.positionMs) * TICKS_PER_MS,
      PlaylistIndex: 0,
      PlaylistLength: 1,
    },
  });
  switch (happening.kind) {
    case 'finished':
      return [payload('playback.stop', happening, server, stopped(true))];
    case 'paused':
      return [payload('playback.stop', happening, server, stopped(false))];
    case 'marked':
      return [payload('item.markplayed', happening, server)];
    case 'unmarked':
      return [payload('item.markunplayed', happening, server)];
    case 'written':
      return [];
    case 'added':
      return [payload('library.new', happening, server)];
  }
}

/** An Emby 4.9 (or `options.version`) with its webhooks in today's form. */
export function createEmbyFake(options: FakeMediaServerOptions = {}): Promise<EmbyFake> {
  let items = 1_000;
  const vendor: FakeVendor = {
    type: 'emby',
    version: options.version ?? '4.9.1.80',
    newItemId: () => {
      items += 1;
      return String(items);
    },
    providerKey,
    playsOnDemand: true,
    userDataIsWhole: true,
    userDataIsAnswered: false,
    tokenOf: ({ headers }) => {
      const token = headers['x-emby-token'];
      return Array.isArray(token) ? undefined : token;
    },
    operationOf,
    parseDatePlayed,
    usersReply: (users) => ({ Items: users, TotalRecordCount: users.length }),
    eventHeaders: (server) => ({ 'content-type': 'application/json', 'user-agent': `Emby Server/${server.version}` }),
    events,
  };
  return createMediaBrowserFake(options, vendor);
}
