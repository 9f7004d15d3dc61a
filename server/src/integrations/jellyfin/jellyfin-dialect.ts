import { at, type Dialect, type Routes } from '#integrations/mediabrowser/index.ts';
import { toIso } from '#kernel/instant.ts';

const ITEM_QUERY = {
  fields: 'ProviderIds,DateCreated,Path,Overview,Genres,ParentId,OriginalTitle,Width,Height',
  enableUserData: true,
  enableImages: false,
  excludeLocationTypes: 'Virtual',
  // A server that groups movies into collections lists the collection in their place, unless it is told not to.
  collapseBoxSetItems: false,
};

const spell = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** The first version that has the paths with `userId` as a query, and takes user data from outside. */
const NEW_PATHS = [10, 9] as const;

/** A server that does not say its version is taken for a new one: the old paths end with 10.11. */
export function hasNewPaths(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  if (major === undefined || minor === undefined || Number.isNaN(major) || Number.isNaN(minor)) return true;
  return major > NEW_PATHS[0] || (major === NEW_PATHS[0] && minor >= NEW_PATHS[1]);
}

/** Header values are quoted text: a quote or a line break in a name must not end it early. */
const quoted = (value: string): string => `"${value.replace(/["\\\r\n]/g, '')}"`;

export function createJellyfinDialect({ deviceId, version }: Readonly<{ deviceId: string; version: string }>): Dialect {
  const client = `Client="Usherr", Device="Usherr", DeviceId=${quoted(deviceId)}, Version=${quoted(version)}`;

  const newRoutes: Routes = {
    headers: (token) => ({ authorization: `MediaBrowser Token=${quoted(token)}, ${client}` }),
    items: (userId) => ({ path: '/Items', query: { userId } }),
    itemQuery: ITEM_QUERY,
    spell,
    views: (userId) => ({ path: '/UserViews', query: { userId } }),
    user: (userId) => ({ path: at('Users', userId) }),
    users: { path: '/Users' },
    ancestors: (userId, itemId) => ({ path: at('Items', itemId, 'Ancestors'), query: { userId } }),
    played: (userId, itemId) => ({ path: at('UserPlayedItems', itemId), query: { userId } }),
    favourite: (userId, itemId) => ({ path: at('UserFavoriteItems', itemId), query: { userId } }),
    datePlayed: toIso,
    userData: (userId, itemId) => ({ path: at('UserItems', itemId, 'UserData'), query: { userId } }),
  };

  const { userData: _unknownToThem, ...oldest } = newRoutes;
  const oldRoutes: Routes = {
    ...oldest,
    headers: (token) => ({ 'x-emby-token': token }),
    items: (userId) => ({ path: at('Users', userId, 'Items') }),
    views: (userId) => ({ path: at('Users', userId, 'Views') }),
    played: (userId, itemId) => ({ path: at('Users', userId, 'PlayedItems', itemId) }),
    favourite: (userId, itemId) => ({ path: at('Users', userId, 'FavoriteItems', itemId) }),
  };

  return {
    type: 'jellyfin',
    title: 'Jellyfin',
    capabilities: {
      datedMarks: true,
      countedMarks: true,
      markRaisesCount: true,
      unwatchClearsDate: true,
      replayUnmarks: true,
      ratings: false,
    },
    routes: (serverVersion) => (hasNewPaths(serverVersion) ? newRoutes : oldRoutes),
    routesDependOnVersion: true,
    userDataIsWhole: false,
    // Absent members stay as they are: without `Played` a position can neither watch nor un-watch.
    positionBody: ({ ticks, at: instant }) => ({ PlaybackPositionTicks: ticks, LastPlayedDate: toIso(instant) }),
    countBody: ({ playCount }) => ({ PlayCount: playCount }),
    signInHeaders: { authorization: `MediaBrowser ${client}` },
  };
}
