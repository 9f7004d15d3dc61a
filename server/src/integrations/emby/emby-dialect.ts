import type { UpstreamState } from '#core/upstreams/index.ts';
import { at, type Dialect, type Routes } from '#integrations/mediabrowser/index.ts';
import { type Instant, toIso } from '#kernel/instant.ts';

/** Emby's listings leave count and date of plays out unless they are asked for by name. */
const ITEM_QUERY = {
  Fields:
    'ProviderIds,DateCreated,Path,Overview,Genres,ParentId,OriginalTitle,PremiereDate,ProductionYear,Width,Height,Size,UserDataPlayCount,UserDataLastPlayedDate',
  EnableUserData: true,
  EnableImages: false,
  // A server that groups movies into collections lists the collection in their place, unless it is told not to.
  GroupItemsIntoCollections: false,
};

const quoted = (value: string): string => `"${value.replace(/["\\\r\n]/g, '')}"`;

/** Emby takes an absent flag for false: whatever is changed is sent with everything else as it is. */
const wholeBody = (state: UpstreamState & Readonly<{ lastPlayedAt: Instant }>, ticks: number) => ({
  PlaybackPositionTicks: ticks,
  LastPlayedDate: toIso(state.lastPlayedAt),
  Played: state.played,
  IsFavorite: state.favorite ?? false,
  ...(state.playCount !== undefined && { PlayCount: state.playCount }),
  ...(state.rating !== undefined && { Rating: state.rating }),
});

export function createEmbyDialect({ deviceId, version }: Readonly<{ deviceId: string; version: string }>): Dialect {
  const client = `Emby Client="Usherr", Device="Usherr", DeviceId=${quoted(deviceId)}, Version=${quoted(version)}`;
  const routes: Routes = {
    headers: (token) => ({ 'x-emby-token': token }),
    items: (userId) => ({ path: at('Users', userId, 'Items') }),
    itemQuery: ITEM_QUERY,
    spell: (name) => name,
    views: (userId) => ({ path: at('Users', userId, 'Views'), query: { IncludeExternalContent: false } }),
    user: (userId) => ({ path: at('Users', userId) }),
    users: { path: '/Users/Query' },
    ancestors: (userId, itemId) => ({ path: at('Items', itemId, 'Ancestors'), query: { UserId: userId } }),
    played: (userId, itemId) => ({ path: at('Users', userId, 'PlayedItems', itemId) }),
    favourite: (userId, itemId) => ({ path: at('Users', userId, 'FavoriteItems', itemId) }),
    datePlayed: (instant) => toIso(instant).slice(0, 19).replace(/\D/g, ''),
    userData: (userId, itemId) => ({ path: at('Users', userId, 'Items', itemId, 'UserData') }),
  };
  return {
    type: 'emby',
    title: 'Emby',
    capabilities: {
      datedMarks: true,
      countedMarks: true,
      markRaisesCount: true,
      unwatchClearsDate: true,
      replayUnmarks: true,
      ratings: false,
    },
    routes: () => routes,
    routesDependOnVersion: false,
    userDataIsWhole: true,
    positionBody: ({ ticks, at: instant, played, now }) =>
      wholeBody({ ...now, played: now?.played ?? played, lastPlayedAt: instant, positionMs: 0 }, ticks),
    countBody: ({ playCount, at: instant, now }) => wholeBody({ ...now, lastPlayedAt: now.lastPlayedAt ?? instant, playCount }, 0),
    signInHeaders: { 'x-emby-authorization': client },
  };
}
