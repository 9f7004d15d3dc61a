import { MAX_EPISODE_RANGE, type OwnIds } from '#core/media/index.ts';
import {
  type CallOptions,
  type ImageKind,
  imageOf,
  type MediaServer,
  type ServerIdentity,
  type UpstreamCapabilities,
  type UpstreamConnection,
  type UpstreamImage,
  type UpstreamItem,
  type UpstreamShow,
  type UpstreamUser,
  type WatchlistKeeper,
  withRaw,
} from '#core/upstreams/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { type Clock, type Instant, minutes } from '#kernel/instant.ts';
import { believableRange, pathsOf, toItem, toLibrary, toSession, toShelfItem, toShow } from './plex.map.ts';
import { type PlexItem, plexAccounts, plexIdentity, plexItem, plexRoot, plexSections, plexSession } from './plex.wire.ts';
import type { PlexCalls } from './plex-calls.ts';
import { faultOf, readPlexLibrary, readPlexShelf } from './plex-library.ts';

export const PLEX_CAPABILITIES: UpstreamCapabilities = {
  datedMarks: false,
  countedMarks: false,
  markRaisesCount: true,
  unwatchClearsDate: true,
  ratings: true,
};

const LIBRARY_IDENTIFIER = 'com.plexapp.plugins.library';
/** Takes the user's rating away. */
const UNRATED = -1;
const SHOW_IS_FRESH_FOR = minutes(5);
/** Lists are refused, or will be, where nobody says how much of them is wanted. */
const WHOLE_SEASON = { offset: 0, size: 10_000 };
/** Whether there is more than one is all that is asked. */
const A_FEW = { offset: 0, size: 10 };
/** How high a picture is for its width. */
const SHAPES: Readonly<Record<ImageKind, number>> = { poster: 3 / 2, background: 9 / 16 };

export type PlexServerDeps = Readonly<{
  connection: UpstreamConnection;
  calls: PlexCalls;
  /** With the owner's token where the connection has one: users and sessions are shown to no one else. */
  ownerCalls: PlexCalls;
  clock: Clock;
  ownIds: () => OwnIds;
  watchlist: WatchlistKeeper;
}>;

/** One account on one Plex Media Server. */
export function createPlexServer({ connection, calls, ownerCalls, clock, ownIds, watchlist }: PlexServerDeps): MediaServer {
  const maxEpisodeRange = connection.maxEpisodeRange ?? MAX_EPISODE_RANGE;
  const shows = new Map<string, Readonly<{ at: Instant; ids: OwnIds; show: UpstreamShow | undefined }>>();
  let uuid = connection.uuid;

  /** Made as small as is needed. Undefined where this server does not do that: some refuse it, and then the picture itself is there. */
  async function scaled(
    path: string,
    kind: ImageKind,
    { width, signal }: CallOptions & Readonly<{ width?: number }>,
  ): Promise<UpstreamImage | undefined> {
    if (width === undefined) return undefined;
    const query = { url: path, width, height: Math.round(width * SHAPES[kind]), minSize: 1, upscale: 0 };
    try {
      return await imageOf(calls.name, () => calls.picture('/photo/:/transcode', { signal }, query));
    } catch (cause) {
      if (isAppError(cause, 'upstream-rejected', 'upstream-unauthorized', 'upstream-forbidden', 'upstream-unreadable')) return undefined;
      throw cause;
    }
  }

  /** What only the owner is shown. Servers before 1.41.7 refuse everybody else as if their token were none: the root tells whether it is. */
  async function ofOwner<T>(ask: () => Promise<T>, options: CallOptions): Promise<T> {
    try {
      return await ask();
    } catch (cause) {
      if (!isAppError(cause, 'upstream-unauthorized')) throw cause;
      await ownerCalls.get('/', plexRoot, options);
      throw ownersAlone(calls.name, cause);
    }
  }

  /** The well-formed items of a path; undefined where there is no such thing on the server. */
  async function readSome(path: string, span: typeof WHOLE_SEASON | undefined, options: CallOptions) {
    try {
      return await calls.page(path, {}, span, options);
    } catch (cause) {
      if (!isAppError(cause, 'upstream-not-found')) throw cause;
      // A 404 may be a proxy's. Only a server that answers for itself says that an item is gone.
      await calls.get('/identity', plexIdentity, options);
      return undefined;
    }
  }

  async function readOne(upstreamId: string, options: CallOptions): Promise<{ raw: PlexItem; sectionId: string | undefined } | undefined> {
    const page = await readSome(`/library/metadata/${encodeURIComponent(upstreamId)}`, undefined, options);
    const raw = page?.items[0];
    if (raw === undefined) return undefined;
    if (plexItem.Check(raw)) return { raw, sectionId: page?.sectionId };
    throw new AppError('upstream-unreadable', `${calls.name}: item ${upstreamId} is unreadable: ${faultOf(raw)}.`);
  }

  async function showOf(raw: PlexItem, options: CallOptions): Promise<UpstreamShow | undefined> {
    if (raw.type !== 'episode' || raw.grandparentRatingKey === undefined) return undefined;
    const id = String(raw.grandparentRatingKey);
    const known = shows.get(id);
    if (known !== undefined && known.ids === ownIds() && clock.now() - known.at < SHOW_IS_FRESH_FOR) return known.show;
    if (shows.size > 500) shows.clear();
    const read = await readOne(id, options);
    const show = read === undefined ? undefined : toShow(read.raw, ownIds());
    shows.set(id, { at: clock.now(), ids: ownIds(), show });
    return show;
  }

  /** Asks for the season, once, where the item would stand for several episodes: another item may stand for one of them. */
  async function sharesItsFile(raw: PlexItem, options: CallOptions): Promise<boolean> {
    if (raw.parentRatingKey === undefined) return false;
    const season = await readSome(`/library/metadata/${encodeURIComponent(raw.parentRatingKey)}/children`, WHOLE_SEASON, options);
    const paths = new Set(pathsOf(raw));
    return (season?.items ?? []).some(
      (other) =>
        plexItem.Check(other) && String(other.ratingKey) !== String(raw.ratingKey) && [...pathsOf(other)].some((path) => paths.has(path)),
    );
  }

  async function searchGuid(guid: string, options: CallOptions): Promise<readonly PlexItem[]> {
    const found: PlexItem[] = [];
    for (const type of typesOfGuid(guid)) {
      const page = await calls.page('/library/all', { guid, type, includeGuids: 1 }, A_FEW, options);
      for (const raw of page.items) if (plexItem.Check(raw)) found.push(raw);
    }
    return found;
  }

  async function searchTitle(text: string, options: CallOptions & Readonly<{ limit: number }>): Promise<readonly PlexItem[]> {
    const found = new Map<string, PlexItem>();
    for (const { type, field } of TITLE_QUERIES) {
      const page = await calls.page('/library/all', { type, [field]: text, includeGuids: 1 }, { offset: 0, size: options.limit }, options);
      for (const raw of page.items) if (plexItem.Check(raw)) found.set(String(raw.ratingKey), raw);
    }
    return [...found.values()];
  }

  async function itemOf(raw: PlexItem, sectionId: string | undefined, options: CallOptions): Promise<UpstreamItem | undefined> {
    const show = await showOf(raw, options);
    const spans = raw.type === 'episode' && believableRange(raw, maxEpisodeRange) !== undefined;
    const episodes = spans && !(await sharesItsFile(raw, options)) ? 'range' : 'alone';
    const item = toItem(raw, { libraryId: sectionId ?? '', show, maxEpisodeRange, episodes, ownIds: ownIds() });
    return item && withRaw(options.raw, item, raw);
  }

  async function uuidOf(options: CallOptions): Promise<string> {
    uuid ??= (await calls.get('/identity', plexIdentity, options)).MediaContainer.machineIdentifier;
    return uuid;
  }

  return {
    ...watchlist,
    capabilities: PLEX_CAPABILITIES,

    async identify(options) {
      const { MediaContainer: identity } = await calls.get('/identity', plexIdentity, options);
      // /identity is open to all; the root is not.
      const { MediaContainer: root } = await calls.get('/', plexRoot, options);
      const said = { uuid: identity.machineIdentifier, name: root.friendlyName ?? '', version: identity.version ?? '' };
      return withRaw<ServerIdentity>(options.raw, said, { identity, root });
    },

    serverUuid: async (options) => (await calls.get('/identity', plexIdentity, options)).MediaContainer.machineIdentifier,

    async listUsers(options) {
      const { MediaContainer: container } = await ofOwner(() => ownerCalls.get('/accounts', plexAccounts, options), options);
      return (container.Account ?? [])
        .filter((account) => String(account.id) !== '0' && account.name)
        .map((account) => {
          const user = { id: String(account.id), name: account.name ?? '', admin: String(account.id) === '1' };
          return withRaw<UpstreamUser>(options.raw, user, account);
        });
    },

    async listLibraries(options) {
      const { MediaContainer: container } = await calls.get('/library/sections', plexSections, options);
      return (container.Directory ?? []).map(toLibrary);
    },

    readLibrary: (library, options) => readPlexLibrary({ calls, library, clock, ownIds }, { ...options, maxEpisodeRange }),

    readShelf: (library, options) => readPlexShelf({ calls, library, clock, ownIds }, options),

    async readShelfItem(upstreamId, options) {
      const read = await readOne(upstreamId, options);
      return read && toShelfItem(read.raw, ownIds());
    },

    async rate(upstreamId, rating, options) {
      const query = { identifier: LIBRARY_IDENTIFIER, key: upstreamId, rating: rating ?? UNRATED };
      await calls.tell({ method: 'PUT', path: '/:/rate', query, retry: 'safe' }, options);
    },

    async readItem(upstreamId, options) {
      const read = await readOne(upstreamId, options);
      return read && itemOf(read.raw, read.sectionId, options);
    },

    async findByGuid(guid, options) {
      const found = await searchGuid(guid, options);
      const [only] = found;
      // A search across libraries may leave out which one the item is in, so the item is read itself.
      const whole = only && found.length === 1 ? await readOne(String(only.ratingKey), options) : undefined;
      return whole && itemOf(whole.raw, whole.sectionId, options);
    },

    async searchTitles(text, options) {
      const items: UpstreamItem[] = [];
      for (const raw of (await searchTitle(text, options)).slice(0, options.limit)) {
        const item = await itemOf(raw, raw.librarySectionID === undefined ? undefined : String(raw.librarySectionID), options);
        if (item) items.push(item);
      }
      return items;
    },

    async readImage({ upstreamId, showUpstreamId }, kind, options) {
      // The picture of an episode is a scene of it: people know a series by its poster.
      const read =
        (showUpstreamId === undefined ? undefined : await readOne(showUpstreamId, options)) ?? (await readOne(upstreamId, options));
      const path = kind === 'poster' ? read?.raw.thumb : read?.raw.art;
      // Only what lies on this very server: the token goes along.
      if (!path?.startsWith('/')) return undefined;
      return (await scaled(path, kind, options)) ?? imageOf(calls.name, () => calls.picture(path, options));
    },

    async markPlayed(upstreamId, options) {
      const query = { identifier: LIBRARY_IDENTIFIER, key: upstreamId };
      // Every scrobble adds a play, so a lost answer is not asked for again.
      await calls.tell({ method: 'GET', path: '/:/scrobble', query, retry: 'never' }, options);
      return undefined;
    },

    async markUnplayed(upstreamId, options) {
      const query = { identifier: LIBRARY_IDENTIFIER, key: upstreamId };
      await calls.tell({ method: 'GET', path: '/:/unscrobble', query, retry: 'safe' }, options);
      return undefined;
    },

    async setPosition(upstreamId, options) {
      const query = {
        ratingKey: upstreamId,
        key: `/library/metadata/${upstreamId}`,
        identifier: LIBRARY_IDENTIFIER,
        state: 'stopped',
        time: Math.round(options.positionMs),
        ...(options.durationMs !== undefined && { duration: Math.round(options.durationMs) }),
      };
      // Plex leaves a timeline alone that does not come from a client it knows; it knows itself.
      const headers = { 'x-plex-client-identifier': await uuidOf(options) };
      await calls.tell({ method: 'POST', path: '/:/timeline', query, headers, retry: 'safe' }, options);
    },

    async listSessions(options) {
      const { items } = await ofOwner(() => ownerCalls.page('/status/sessions', {}, undefined, options), options);
      return items.filter((raw) => plexSession.Check(raw)).map((raw) => withRaw(options.raw, toSession(raw), raw));
    },
  };
}

const ownersAlone = (name: string, cause: AppError): AppError =>
  new AppError('upstream-forbidden', `${name}: the server shows this to its owner alone.`, { cause });

const MOVIE_TYPE = 1;
const EPISODE_TYPE = 4;

const TITLE_QUERIES = [
  { type: MOVIE_TYPE, field: 'title' },
  { type: EPISODE_TYPE, field: 'episode.title' },
  { type: EPISODE_TYPE, field: 'show.title' },
] as const;

/** Plex searches one type of item at a time. A guid that ends in season and episode is an episode's. */
function typesOfGuid(guid: string): readonly number[] {
  if (guid.startsWith('plex://movie/')) return [MOVIE_TYPE];
  if (guid.startsWith('plex://episode/') || /\/\d+\/\d+(?:\?|$)/.test(guid)) return [EPISODE_TYPE];
  return [MOVIE_TYPE, EPISODE_TYPE];
}
