import type { FakeTitle } from '#core/upstreams/media-server.fake.ts';
import type { MoodyReply, MoodyRequest } from '#core/upstreams/moody-http.fake.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { toUnix } from '#kernel/instant.ts';
import type { CataloguedTitle, PlexCatalogue } from './plex-catalogue.fake.ts';
import type { FakePlexUser, PlexWorld } from './plex-world.fake.ts';

/** A title that Plex knows, whether any server has it or not. */
export type FakeCatalogueTitle = Readonly<{ kind: 'movie' | 'show'; title: string; year?: number; ids?: FakeTitle['ids'] }>;

const refusal = (status: number, error: string, message: string): MoodyReply => ({
  status,
  body: { Error: { error, message, statusCode: status } },
});
const NOT_FOUND = refusal(404, 'Not Found', 'Not Found');
const LIST = '/library/sections/watchlist/all';
const KINDS: Readonly<Record<string, string>> = { '1': 'movie', '2': 'show' };
/** What it gives where nobody says how much. */
const DEFAULT_SIZE = 20;

/** The part of plex.tv that keeps watchlists, of people and not of servers. */
export function createPlexDiscoverFake(world: PlexWorld, catalogue: PlexCatalogue, clock: Clock) {
  const lists = new Map<string, Map<string, Instant>>();
  let isDescribed = true;

  const listOf = (userId: string): Map<string, Instant> => {
    const list = lists.get(userId) ?? new Map<string, Instant>();
    lists.set(userId, list);
    return list;
  };
  const spanOf = ({ query, headers }: MoodyRequest): { start: number; size: number } => {
    const told = (name: string): string | undefined => query[name] ?? (headers[name.toLowerCase()] as string | undefined);
    return {
      start: Number(told('X-Plex-Container-Start') ?? 0),
      size: Number(told('X-Plex-Container-Size') ?? DEFAULT_SIZE),
    };
  };
  const wordsOf = ({ id, kind, title, year, guids }: CataloguedTitle, withGuids: boolean) => ({
    ratingKey: id,
    key: `/library/metadata/${id}`,
    guid: `plex://${kind}/${id}`,
    type: kind,
    title,
    ...(year !== undefined && { year }),
    addedAt: 1_291_852_800,
    userState: false,
    ...(withGuids && guids.length > 0 && { Guid: guids.map((guid) => ({ id: guid })) }),
  });
  const container = (more: Readonly<Record<string, unknown>>): MoodyReply => ({
    body: { MediaContainer: { identifier: 'tv.plex.provider.discover', ...more } },
  });

  function page(request: MoodyRequest, user: FakePlexUser, isEmpty = false): MoodyReply {
    const titles = [...listOf(user.id)].sort(([, one], [, other]) => other - one).map(([id]) => catalogue.title(id));
    const { start, size } = spanOf(request);
    const shown = isEmpty ? [] : titles.slice(start, start + size);
    return container({
      librarySectionID: 'watchlist',
      librarySectionTitle: 'Watchlist',
      offset: start,
      totalSize: titles.length,
      size: shown.length,
      ...(shown.length > 0 && { Metadata: shown.map((title) => wordsOf(title, isDescribed && request.query.includeGuids === '1')) }),
    });
  }

  function answerTitle(request: MoodyRequest, path: string, user: FakePlexUser): MoodyReply {
    const [, id = '', state] = /^\/library\/metadata\/([0-9a-f]+)(\/userState)?$/.exec(path) ?? [];
    const title = catalogue.find(id);
    if (title === undefined) return NOT_FOUND;
    if (state === undefined) return container({ size: 1, Metadata: [wordsOf(title, request.query.includeGuids === '1')] });
    const at = listOf(user.id).get(id);
    return container({ size: 1, UserState: { ratingKey: id, type: title.kind, ...(at !== undefined && { watchlistedAt: toUnix(at) }) } });
  }

  function answerMatch({ query }: MoodyRequest): MoodyReply {
    const found = catalogue.byGuid(KINDS[query.type ?? ''] ?? '', query.guid ?? '');
    return found ? container({ size: 1, Metadata: [wordsOf(found, query.includeGuids === '1')] }) : container({ size: 0 });
  }

  function answerAction({ method, query }: MoodyRequest, path: string, user: FakePlexUser): MoodyReply {
    if (method !== 'PUT') return refusal(405, 'Method Not Allowed', 'Method Not Allowed');
    const id = query.ratingKey ?? '';
    if (catalogue.find(id) === undefined) return NOT_FOUND;
    const list = listOf(user.id);
    if (path.endsWith('/removeFromWatchlist')) list.delete(id);
    else if (!list.has(id)) list.set(id, clock.now());
    return container({ size: 0 });
  }

  const userOf = ({ headers, query }: MoodyRequest): FakePlexUser | undefined => {
    const given = headers['x-plex-token'] ?? query['X-Plex-Token'];
    return [...world.users.values()].find((user) => user.tvToken === given && user.hasAccount);
  };

  const isChange = (path: string): boolean => path.startsWith('/actions/');

  return {
    isChange,
    isLaterPage: (request: MoodyRequest): boolean => request.path === LIST && spanOf(request).start > 0,
    unauthorized: (): MoodyReply => refusal(401, 'Unauthorized', 'Invalid token'),
    emptyPage(request: MoodyRequest): MoodyReply {
      const user = userOf(request);
      return user ? page(request, user, true) : refusal(401, 'Unauthorized', 'Invalid token');
    },
    answer(request: MoodyRequest): MoodyReply {
      const user = userOf(request);
      if (user === undefined) return refusal(401, 'Unauthorized', 'Invalid token');
      if (request.path === LIST) return page(request, user);
      if (request.path === '/library/metadata/matches') return answerMatch(request);
      return isChange(request.path) ? answerAction(request, request.path, user) : answerTitle(request, request.path, user);
    },
    /** By the person, without a call. */
    wish(userId: string, id: string, wanted: boolean, at: Instant = clock.now()): void {
      world.user(userId);
      if (wanted) listOf(userId).set(catalogue.title(id).id, at);
      else listOf(userId).delete(id);
    },
    watchlistOf: (userId: string): readonly string[] => [...listOf(userId).keys()],
    /** False: lists come without the ids of other providers, as they do at times. */
    describeWatchlists(described: boolean): void {
      isDescribed = described;
    },
    addToCatalogue({ kind, title, year, ids = {} }: FakeCatalogueTitle): string {
      return catalogue.idFor(kind, { title, year, guids: Object.entries(ids).map(([source, id]) => `${source}://${id}`) });
    },
  };
}
