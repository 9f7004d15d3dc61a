import type { BaseItemDto } from '@jellyfin/sdk/lib/generated-client/models/base-item-dto.js';
import type { UserItemDataDto } from '@jellyfin/sdk/lib/generated-client/models/user-item-data-dto.js';
import type { FakeState } from '#core/upstreams/media-server.fake.ts';
import { type Instant, toIso } from '#kernel/instant.ts';
import { ticksOfMs } from './mediabrowser.wire.ts';
import type { ShelfItem, ShelfLibrary, ShelfShow, ShelfUser } from './mediabrowser-shelf.fake.ts';

export type Dto = Record<string, unknown>;
/** The members that the vendor's own description knows, so that the fake can invent none. */
type Known<T> = { [Member in keyof T]?: T[Member] | undefined };
export type DtoStyle = Readonly<{
  serverId: string;
  providerKey(provider: string): string;
  /** Emby's listings hold count and date only where they are asked for. */
  playsOnDemand: boolean;
}>;

/** Seven digits of a second, as .NET writes them. */
export const netDate = (instant: Instant): string => `${toIso(instant).slice(0, -1)}0000Z`;

const providerIds = (ids: Readonly<Record<string, string>>, style: DtoStyle): Record<string, string> =>
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
  } satisfies Known<UserItemDataDto>;
}

/** Without the members that have no value: the family leaves them out. */
const spoken = (members: Dto): Dto => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

/** Members that are sent only where the query asks for them. */
const onDemand = (item: ShelfItem, style: DtoStyle): Dto =>
  ({
    DateCreated: netDate(item.addedAt),
    Path: item.title.path,
    ProviderIds: providerIds(item.title.ids ?? {}, style),
    Overview: item.title.overview,
    Genres: [...(item.title.genres ?? [])],
    ParentId: item.seasonId ?? item.libraryId,
  }) satisfies Known<BaseItemDto>;

function episodeDto({ title, show, seasonId }: ShelfItem): Dto {
  const [first, ...others] = title.episodes ?? [];
  return {
    ...(show && { SeriesName: show.title, SeriesId: show.id, SeasonId: seasonId, SeasonName: `Season ${title.season ?? 1}` }),
    ParentIndexNumber: title.season,
    IndexNumber: first,
    IndexNumberEnd: others.at(-1),
  } satisfies Known<BaseItemDto>;
}

export function itemDto(item: ShelfItem, state: FakeState, style: DtoStyle, fields: ReadonlySet<string>): Dto {
  const { title } = item;
  const asked = Object.entries(onDemand(item, style)).filter(([name]) => fields.has(name.toLowerCase()));
  return spoken({
    Name: title.title,
    ServerId: style.serverId,
    Id: item.id,
    Type: title.kind === 'movie' ? 'Movie' : 'Episode',
    MediaType: 'Video',
    IsFolder: false,
    LocationType: 'FileSystem',
    ImageTags: {},
    BackdropImageTags: [],
    RunTimeTicks: title.durationMs === undefined ? undefined : ticksOfMs(title.durationMs),
    ProductionYear: title.year,
    PremiereDate: title.releasedOn === undefined ? undefined : `${title.releasedOn}T00:00:00.0000000Z`,
    ...Object.fromEntries(asked),
    ...(title.kind === 'episode' && episodeDto(item)),
    UserData: userDataDto(state, item.id, style, fields),
  });
}

export const showDto = (show: ShelfShow, state: FakeState, style: DtoStyle, fields: ReadonlySet<string>): Dto => ({
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
    IsFavorite: state.favorite ?? false,
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
