import type { FakeMediaServerOptions } from '#core/upstreams/media-server.fake.ts';
import {
  createMediaBrowserFake,
  type FakeHappening,
  type FakeOperation,
  type FakeServer,
  type FakeVendor,
  type MediaBrowserFake,
} from '#integrations/mediabrowser/mediabrowser.fake.ts';
import { type Dto, netDate } from '#integrations/mediabrowser/mediabrowser-dto.fake.ts';
import { newHexId } from '#integrations/mediabrowser/mediabrowser-shelf.fake.ts';
import { fromIso } from '#kernel/instant.ts';
import { hasNewPaths } from './jellyfin-dialect.ts';

export type JellyfinFake = MediaBrowserFake;

const KEYS: Readonly<Record<string, string>> = { anidb: 'AniDB', anilist: 'AniList', mal: 'MyAnimeList', tvmaze: 'TvMaze' };
const TICKS_PER_MS = 10_000;

/** From 10.9 on; the paths below `/Users/{id}` stayed until 10.10, and 10.11 knows them no more. */
function newOperation(method: string, path: readonly string[], query: Readonly<Record<string, string>>): FakeOperation | undefined {
  const [first, second, third] = path;
  const user = query.userid === undefined ? {} : { userId: query.userid };
  switch (`${method} ${first}/${second === undefined ? '' : '*'}${third === undefined ? '' : `/${third}`}`) {
    case 'GET UserViews/':
      return { kind: 'views', ...user };
    case 'GET Items/':
      return { kind: 'items', ...user };
    case 'POST UserPlayedItems/*':
      return { kind: 'mark', ...user, itemId: second ?? '' };
    case 'DELETE UserPlayedItems/*':
      return { kind: 'unmark', ...user, itemId: second ?? '' };
    case 'POST UserFavoriteItems/*':
      return { kind: 'like', ...user, itemId: second ?? '' };
    case 'DELETE UserFavoriteItems/*':
      return { kind: 'unlike', ...user, itemId: second ?? '' };
    case 'POST UserItems/*/UserData':
      return { kind: 'user-data', ...user, itemId: second ?? '' };
    default:
      return undefined;
  }
}

function oldOperation(method: string, [first, userId = '', third, itemId]: readonly string[]): FakeOperation | undefined {
  if (first !== 'Users') return undefined;
  switch (`${method} ${third}${itemId === undefined ? '' : '/*'}`) {
    case 'GET Views':
      return { kind: 'views', userId };
    case 'GET Items':
      return { kind: 'items', userId };
    case 'POST PlayedItems/*':
      return { kind: 'mark', userId, itemId: itemId ?? '' };
    case 'DELETE PlayedItems/*':
      return { kind: 'unmark', userId, itemId: itemId ?? '' };
    case 'POST FavoriteItems/*':
      return { kind: 'like', userId, itemId: itemId ?? '' };
    case 'DELETE FavoriteItems/*':
      return { kind: 'unlike', userId, itemId: itemId ?? '' };
    default:
      return undefined;
  }
}

function commonOperation(method: string, path: readonly string[], query: Readonly<Record<string, string>>): FakeOperation | undefined {
  const whole = `${method} /${path.join('/')}`;
  if (whole === 'GET /System/Info/Public') return { kind: 'public-info' };
  if (whole === 'GET /System/Info') return { kind: 'info' };
  if (whole === 'POST /Users/AuthenticateByName') return { kind: 'sign-in' };
  if (whole === 'GET /Users') return { kind: 'users' };
  if (whole === 'GET /Sessions') return { kind: 'sessions' };
  if (method === 'GET' && path[0] === 'Users' && path.length === 2) return { kind: 'user', userId: path[1] ?? '' };
  if (method === 'GET' && path[0] === 'Items' && path[2] === 'Ancestors') {
    return { kind: 'ancestors', itemId: path[1] ?? '', ...(query.userid !== undefined && { userId: query.userid }) };
  }
  return undefined;
}

const supports = (version: string, major: number, minor: number): boolean => {
  const [own = 0, ownMinor = 0] = version.split('.').map(Number);
  return own > major || (own === major && ownMinor >= minor);
};

function payload(type: string, { user, item, state, at }: FakeHappening, server: FakeServer): Dto {
  const { title } = item;
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    ServerId: server.uuid,
    ServerName: server.name,
    ServerVersion: server.version,
    ServerUrl: '',
    NotificationType: type,
    Timestamp: netDate(at),
    UtcTimestamp: netDate(at),
    Name: title.title,
    Overview: title.overview ?? '',
    Tagline: '',
    ItemId: item.id,
    ItemType: title.kind === 'movie' ? 'Movie' : 'Episode',
    ...(title.durationMs !== undefined && { RunTimeTicks: title.durationMs * TICKS_PER_MS }),
    ...(title.year !== undefined && { Year: title.year }),
    ...(item.show && { SeriesName: item.show.title, SeriesId: item.show.id, SeasonId: item.seasonId }),
    ...(title.season !== undefined && { SeasonNumber: title.season, SeasonNumber00: two(title.season) }),
    ...(title.episodes?.[0] !== undefined && { EpisodeNumber: title.episodes[0], EpisodeNumber00: two(title.episodes[0]) }),
    ...Object.fromEntries(Object.entries(title.ids ?? {}).map(([provider, id]) => [`Provider_${provider}`, id])),
    ...(user && { NotificationUsername: user.name, UserId: user.id, PlaybackPositionTicks: state.positionMs * TICKS_PER_MS }),
  };
}

const saved = (reason: string, happening: FakeHappening, server: FakeServer): Dto => ({
  ...payload('UserDataSaved', happening, server),
  Likes: false,
  Rating: 0,
  PlayCount: happening.state.playCount,
  Favorite: happening.state.favorite ?? false,
  Played: happening.state.played,
  SaveReason: reason,
});

/** As the plugin's "Generic" destination sends them with "Send All Properties". */
function events(happening: FakeHappening, server: FakeServer): readonly Dto[] {
  const stopped = (completed: boolean): Dto => ({
    ...payload('PlaybackStop', happening, server),
    PlayedToCompletion: completed,
    IsPaused: false,
    IsAutomated: false,
    DeviceName: 'Living room',
    ClientName: 'Fake TV',
  });
  switch (happening.kind) {
    case 'finished':
      return [saved('PlaybackFinished', happening, server), stopped(true)];
    case 'paused':
      return [saved('PlaybackFinished', happening, server), stopped(false)];
    case 'marked':
    case 'unmarked':
      return [saved('TogglePlayed', happening, server)];
    case 'written':
      return [saved('UpdateUserData', happening, server)];
    case 'added':
      return [payload('ItemAdded', happening, server)];
  }
}

/**
 * A Jellyfin with the paths and the token header of its version: `10.8.x` knows `/Users/{id}/…` and X-Emby-Token, `10.9` and `10.10`
 * both forms, and `10.11` only the new paths with the token in the Authorization header.
 */
export function createJellyfinFake(options: FakeMediaServerOptions = {}): Promise<JellyfinFake> {
  const version = options.version ?? '10.11.8';
  const onlyNew = supports(version, 10, 11);
  const vendor: FakeVendor = {
    type: 'jellyfin',
    version,
    newItemId: newHexId,
    providerKey: (provider) => KEYS[provider] ?? provider.charAt(0).toUpperCase() + provider.slice(1),
    playsOnDemand: false,
    userDataIsWhole: false,
    userDataIsAnswered: true,
    tokenOf: ({ headers }) => {
      const authorization = /^MediaBrowser\b.*\bToken="([^"]*)"/i.exec(headers.authorization ?? '')?.[1];
      const old = headers['x-emby-token'];
      return authorization ?? (onlyNew || Array.isArray(old) ? undefined : old);
    },
    operationOf: (method, path, query) =>
      commonOperation(method, path, query) ??
      (hasNewPaths(version) ? newOperation(method, path, query) : undefined) ??
      (onlyNew ? undefined : oldOperation(method, path)),
    parseDatePlayed: fromIso,
    usersReply: (users) => users,
    eventHeaders: (server) => ({ 'content-type': 'text/plain; charset=utf-8', 'user-agent': `Jellyfin-Server/${server.version}` }),
    events,
  };
  return createMediaBrowserFake(options, vendor);
}
