import type { FakeState } from '#core/upstreams/media-server.fake.ts';
import { type Instant, toIso } from '#kernel/instant.ts';
import { ticksOfMs } from './mediabrowser.wire.ts';
import type { ShelfItem, ShelfLibrary, ShelfShow, ShelfUser } from './mediabrowser-shelf.fake.ts';

export type Dto = Record<string, unknown>;
export type DtoStyle = Readonly<{
  serverId: string;
  providerKey(provider: string): string;
  /** Emby's listings hold count and date only where they are asked for. */
  playsOnDemand: boolean;
}>;

/** Seven digits of a second, as .NET writes them. */
export const netDate = (instant: Instant): string => `${toIso(instant).slice(0, -1)}0000Z`;

const providerIds = (ids: Readonly<Record<string, string>>, style: DtoStyle): Dto =>
  Object.fromEntries(Object.entries(ids).map(([provider, id]) => [style.providerKey(provider), id]));

export function userDataDto(state: FakeState, itemId: string, style: DtoStyle, fields?: ReadonlySet<string>): Dto {
  const withCount = !style.playsOnDemand || fields === undefined || fields.has('userdataplaycount');
  const withDate = !style.playsOnDemand || fields === undefined || fields.has('userdatalastplayeddate');
  return {
    PlaybackPositionTicks: ticksOfMs(state.positionMs),
    PlayCount: withCount ? state.playCount : 0,
    IsFavorite: state.favorite ?? false,
    ...(withDate && state.lastPlayedAt !== undefined && { LastPlayedDate: netDate(state.lastPlayedAt) }),
    Played: state.played,
    Key: itemId,
    ItemId: itemId,
  };
}

export function itemDto(item: ShelfItem, state: FakeState, style: DtoStyle, fields: ReadonlySet<string>): Dto {
  const { title } = item;
  const episodes = title.episodes ?? [];
  const last = episodes.at(-1);
  return {
    Name: title.title,
    ServerId: style.serverId,
    Id: item.id,
    Type: title.kind === 'movie' ? 'Movie' : 'Episode',
    MediaType: 'Video',
    IsFolder: false,
    LocationType: 'FileSystem',
    ImageTags: {},
    BackdropImageTags: [],
    ...(title.durationMs !== undefined && { RunTimeTicks: ticksOfMs(title.durationMs) }),
    ...(title.year !== undefined && { ProductionYear: title.year }),
    ...(title.releasedOn !== undefined && { PremiereDate: `${title.releasedOn}T00:00:00.0000000Z` }),
    ...(fields.has('datecreated') && { DateCreated: netDate(item.addedAt) }),
    ...(fields.has('path') && title.path !== undefined && { Path: title.path }),
    ...(fields.has('providerids') && { ProviderIds: providerIds(title.ids ?? {}, style) }),
    ...(fields.has('overview') && title.overview !== undefined && { Overview: title.overview }),
    ...(fields.has('genres') && { Genres: title.genres ?? [] }),
    ...(fields.has('parentid') && { ParentId: item.seasonId ?? item.libraryId }),
    ...(item.show && {
      SeriesName: item.show.title,
      SeriesId: item.show.id,
      SeasonId: item.seasonId,
      SeasonName: `Season ${title.season ?? 1}`,
    }),
    ...(title.season !== undefined && { ParentIndexNumber: title.season }),
    ...(episodes[0] !== undefined && { IndexNumber: episodes[0] }),
    ...(last !== undefined && last !== episodes[0] && { IndexNumberEnd: last }),
    UserData: userDataDto(state, item.id, style, fields),
  };
}

export const showDto = (show: ShelfShow, style: DtoStyle, fields: ReadonlySet<string>): Dto => ({
  Name: show.title,
  ServerId: style.serverId,
  Id: show.id,
  Type: 'Series',
  IsFolder: true,
  LocationType: 'FileSystem',
  ImageTags: {},
  BackdropImageTags: [],
  ...(show.year !== undefined && { ProductionYear: show.year }),
  ...(fields.has('providerids') && { ProviderIds: providerIds(show.ids, style) }),
  UserData: {
    PlaybackPositionTicks: 0,
    PlayCount: 0,
    IsFavorite: false,
    Played: false,
    UnplayedItemCount: 0,
    Key: show.id,
    ItemId: show.id,
  },
});

const COLLECTION_TYPES = { movies: 'movies', shows: 'tvshows', music: 'music' } as const;

export const viewDto = (library: ShelfLibrary, style: DtoStyle): Dto => ({
  Name: library.name,
  ServerId: style.serverId,
  Id: library.id,
  Type: 'CollectionFolder',
  CollectionType: COLLECTION_TYPES[library.kind],
  IsFolder: true,
  ImageTags: {},
  BackdropImageTags: [],
});

export const userDto = (user: ShelfUser, style: DtoStyle): Dto => ({
  Name: user.name,
  ServerId: style.serverId,
  Id: user.id,
  HasPassword: true,
  HasConfiguredPassword: true,
  Policy: {
    IsAdministrator: user.admin,
    IsHidden: false,
    IsDisabled: false,
    AuthenticationProviderId: 'default',
    PasswordResetProviderId: 'default',
  },
});

export const sessionDto = (user: ShelfUser, item: ShelfItem, state: FakeState, style: DtoStyle): Dto => ({
  Id: `session-${user.id}`,
  UserId: user.id,
  UserName: user.name,
  Client: 'Fake TV',
  DeviceName: 'Living room',
  DeviceId: `device-${user.id}`,
  LastActivityDate: netDate(state.lastPlayedAt ?? item.addedAt),
  NowPlayingItem: itemDto(item, state, style, new Set()),
  PlayState: { PositionTicks: ticksOfMs(state.positionMs), CanSeek: true, IsPaused: false, IsMuted: false, RepeatMode: 'RepeatNone' },
});
