import type { DeskKind } from '#core/upstreams/index.ts';
import type { MoodyReply } from '#core/upstreams/moody-http.fake.ts';
import { hasRight } from './seerr-changes.fake.ts';
import { type FakeMedia, type FakeRequest, type FakeUser, MEDIA, mailOf, PERMISSION, type SeerrWorld, STATUS } from './seerr-world.fake.ts';

type Dto = Readonly<Record<string, unknown>>;

export type RepliesOptions = Readonly<{
  world: SeerrWorld;
  version: string;
  /** Releases of the Jellyfin family. */
  jellyfin: boolean;
  arrIsDown(): boolean;
}>;

/** The bodies of a Seerr, in the shapes of the real one. Rows of lists are kept as text, since there may be fifty thousand. */
export function createSeerrReplies({ world, version, jellyfin, arrIsDown }: RepliesOptions) {
  const pages = new Map<string, Buffer>();
  let pagesOf = -1;

  function userDto(user: FakeUser, full: boolean): Dto {
    const local = user.plexId === undefined && user.jellyfinUserId === undefined;
    return {
      permissions: user.permissions,
      warnings: [],
      id: user.id,
      ...(full && { email: mailOf(user) }),
      plexUsername: user.plexUsername ?? null,
      ...(jellyfin && { jellyfinUsername: user.jellyfinUsername ?? null }),
      username: local ? user.name : null,
      recoveryLinkExpirationDate: null,
      userType: typeOf(user),
      ...(full && { plexId: user.plexId ?? null }),
      ...(jellyfin && { jellyfinUserId: user.jellyfinUserId ?? null }),
      avatar: `/avatarproxy/${user.id}`,
      avatarETag: null,
      avatarVersion: null,
      ...quotaDto(user),
      createdAt: user.createdAt,
      updatedAt: user.createdAt,
      requestCount: user.asked,
      displayName: (local ? undefined : (user.plexUsername ?? user.jellyfinUsername)) ?? user.name,
    };
  }

  const mediaDto = (media: FakeMedia): Dto => ({
    downloadStatus: [],
    downloadStatus4k: [],
    id: media.id,
    mediaType: media.kind,
    tmdbId: media.tmdbId,
    tvdbId: media.tvdbId ?? null,
    imdbId: media.imdbId ?? null,
    status: media.status,
    status4k: media.status4k,
    createdAt: media.createdAt,
    updatedAt: media.createdAt,
    lastSeasonChange: media.createdAt,
    mediaAddedAt: media.createdAt,
    serviceId: null,
    serviceId4k: null,
    externalServiceId: null,
    externalServiceId4k: null,
    externalServiceSlug: null,
    externalServiceSlug4k: null,
    ratingKey: null,
    ratingKey4k: null,
    ...(jellyfin && { jellyfinMediaId: null, jellyfinMediaId4k: null }),
  });

  const seasonDtos = (request: FakeRequest): readonly Dto[] =>
    request.seasons.map(({ id, number, status }) => ({
      id,
      seasonNumber: number,
      status,
      createdAt: request.createdAt,
      updatedAt: request.updatedAt,
    }));

  const headDto = (request: FakeRequest): Dto => ({
    id: request.id,
    status: request.status,
    createdAt: request.createdAt,
    updatedAt: request.updatedAt,
    type: request.media.kind,
    is4k: request.is4k,
    serverId: null,
    profileId: null,
    rootFolder: null,
    languageProfileId: null,
    tags: null,
    isAutoRequest: false,
  });

  const peopleOf = (request: FakeRequest, full: boolean): Dto => ({
    modifiedBy: request.modifiedBy ? userDto(request.modifiedBy, full) : null,
    requestedBy: userDto(request.requestedBy, full),
  });

  const requestDto = (request: FakeRequest, full: boolean): Dto => ({
    ...headDto(request),
    media: mediaDto(request.media),
    seasons: seasonDtos(request),
    ...peopleOf(request, full),
    seasonCount: request.seasons.length,
  });

  const seesPeople = (caller: FakeUser): boolean => hasRight(caller, PERMISSION.MANAGE_USERS);

  /** A POST's answer was written before the title was handed on, has no seasons for a movie, and keeps nothing of the people back. */
  function createdDto(request: FakeRequest): Dto {
    const { seasons, seasonCount: _count, media, ...rest } = requestDto(request, true);
    const status = request.is4k ? 'status4k' : 'status';
    const stale = (media as Dto)[status] === MEDIA.processing ? MEDIA.pending : (media as Dto)[status];
    return { ...rest, media: { ...(media as Dto), [status]: stale }, ...(request.media.kind === 'tv' && { seasons }) };
  }

  /** Everything but the people, whose number of requests moves all the time. */
  function textOf(request: FakeRequest): string {
    request.text ??= JSON.stringify({
      ...headDto(request),
      media: mediaDto(request.media),
      seasons: seasonDtos(request),
      seasonCount: request.seasons.length,
      canRemove: true,
    }).slice(0, -1);
    return request.text;
  }

  const pageInfo = (skip: number, take: number, total: number): Dto => ({
    pages: Math.ceil(total / take),
    pageSize: take,
    results: total,
    page: Math.ceil(skip / take) + 1,
  });

  const services = (): Dto => ({
    radarr: arrIsDown() ? [{ id: 0, name: 'Radarr' }] : [],
    sonarr: arrIsDown() ? [{ id: 0, name: 'Sonarr' }] : [],
  });

  function requestPage(rows: readonly FakeRequest[], skip: number, take: number, caller: FakeUser): string {
    const full = seesPeople(caller);
    const people = new Map<FakeUser, string>();
    const personText = (user: FakeUser | undefined): string => {
      if (user === undefined) return 'null';
      const text = people.get(user) ?? JSON.stringify(userDto(user, full));
      people.set(user, text);
      return text;
    };
    const texts = rows
      .slice(skip, skip + take)
      .map((row) => `${textOf(row)},"modifiedBy":${personText(row.modifiedBy)},"requestedBy":${personText(row.requestedBy)}}`);
    const info = JSON.stringify(pageInfo(skip, take, rows.length));
    return `{"pageInfo":${info},"results":[${texts.join(',')}],"serviceErrors":${JSON.stringify(services())}}`;
  }

  const detailsOf = (kind: DeskKind, tmdbId: number, caller: FakeUser): Dto => {
    const { title, year, seasons, tvdbId, imdbId } = world.titleOf(kind, tmdbId);
    const [media] = world.mediaFor(kind, tmdbId);
    const mediaInfo = media && {
      ...mediaDto(media),
      requests: media.requests.map((request) => requestDto(request, seesPeople(caller))),
      issues: [],
      seasons: [...media.seasons].map(([seasonNumber, season]) => ({ seasonNumber, ...season })),
    };
    const own =
      kind === 'movie'
        ? { title, releaseDate: `${year}-06-01`, runtime: 120, ...(imdbId && { imdbId }) }
        : {
            name: title,
            firstAirDate: `${year}-06-01`,
            numberOfSeasons: seasons,
            seasons: Array.from({ length: seasons }, (_, index) => ({
              id: tmdbId * 100 + index,
              seasonNumber: index + 1,
              name: `Season ${index + 1}`,
            })),
          };
    return {
      id: tmdbId,
      ...own,
      overview: 'A title of the fake.',
      externalIds: { ...(imdbId && { imdbId }), ...(tvdbId && { tvdbId }) },
      ...(mediaInfo && { mediaInfo }),
    };
  };

  return {
    status: (): Dto => ({ version, commitTag: 'local', updateAvailable: false, commitsBehind: 0, restartRequired: false }),
    me: (caller: FakeUser): Dto => ({ ...userDto(caller, true), settings: { id: caller.id, locale: '' } }),
    user: userDto,
    request: (request: FakeRequest, caller: FakeUser): Dto => requestDto(request, seesPeople(caller)),
    created: createdDto,
    media: mediaDto,
    details: detailsOf,
    /** A page that was given before and has not changed is given again as it is. */
    requests(key: string, rows: () => readonly FakeRequest[], skip: number, take: number, caller: FakeUser): MoodyReply {
      if (pagesOf !== world.revision()) pages.clear();
      pagesOf = world.revision();
      const known = pages.get(key) ?? Buffer.from(requestPage(rows(), skip, take, caller));
      pages.set(key, known);
      return { body: known };
    },
    users(rows: readonly FakeUser[], skip: number, take: number, caller: FakeUser): MoodyReply {
      const results = rows.slice(skip, skip + take).map((user) => userDto(user, seesPeople(caller)));
      return { body: { pageInfo: pageInfo(skip, take, rows.length), results } };
    },
    emptyPage: (skip: number, take: number, total: number): MoodyReply => ({
      body: { pageInfo: pageInfo(skip, take, total), results: [], serviceErrors: services() },
    }),
    count(): Dto {
      const all = [...world.requests.values()];
      const of = (fits: (request: FakeRequest) => boolean): number => all.filter(fits).length;
      return {
        total: all.length,
        movie: of((each) => each.media.kind === 'movie'),
        tv: of((each) => each.media.kind === 'tv'),
        pending: of((each) => each.status === STATUS.pending),
        approved: of((each) => each.status === STATUS.approved),
        declined: of((each) => each.status === STATUS.declined),
        processing: of((each) => each.status === STATUS.approved && world.statusOf(each) !== MEDIA.available),
        available: of((each) => each.status === STATUS.approved && world.statusOf(each) === MEDIA.available),
        completed: of((each) => each.status === STATUS.completed),
      };
    },
  };
}

const quotaDto = ({ movieQuota, tvQuota }: FakeUser): Dto => ({
  movieQuotaLimit: movieQuota?.limit ?? null,
  movieQuotaDays: movieQuota?.days ?? null,
  tvQuotaLimit: tvQuota?.limit ?? null,
  tvQuotaDays: tvQuota?.days ?? null,
});

/** Of Plex, of the desk alone, of Jellyfin. */
const typeOf = ({ plexId, jellyfinUserId }: FakeUser): number => (plexId !== undefined ? 1 : jellyfinUserId === undefined ? 2 : 3);

export type SeerrReplies = ReturnType<typeof createSeerrReplies>;
