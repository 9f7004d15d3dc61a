import { randomBytes } from 'node:crypto';
import { isProvider } from '#core/media/index.ts';
import type { FakeState, FakeTitle, FakeUser } from '#core/upstreams/media-server.fake.ts';
import { type Clock, fromUnix, type Instant, toUnix } from '#kernel/instant.ts';
import { createPlexCatalogue, hexId } from './plex-catalogue.fake.ts';

/** What the fake server holds: Plex's own things in Plex's own units (seconds for dates, milliseconds for positions). */
export type FakeLibrary = Readonly<{ id: string; name: string; type: 'movie' | 'show' | 'artist'; uuid: string }>;

export type FakeEntry = {
  readonly id: string;
  readonly libraryId: string;
  readonly type: 'movie' | 'show' | 'season' | 'episode';
  readonly title: string;
  readonly guid: string;
  readonly guids: readonly string[];
  readonly year?: number | undefined;
  readonly index?: number | undefined;
  readonly parent?: FakeEntry | undefined;
  readonly path?: string | undefined;
  partId: number;
  addedAt: number;
  readonly durationMs?: number | undefined;
  readonly overview?: string | undefined;
  readonly genres: readonly string[];
  readonly releasedOn?: string | undefined;
};

export type FakeViewing = {
  viewCount: number;
  lastViewedAt?: number | undefined;
  viewOffset: number;
  userRating?: number | undefined;
  lastRatedAt?: number | undefined;
};
export type FakePlexUser = FakeUser &
  Readonly<{
    plexTvId: string;
    guest: boolean;
    /** At plex.tv, with a name and a watchlist of their own; the admin of a home can make users who have none. */
    hasAccount: boolean;
    pin?: string;
    tvToken: string;
  }>;

const MODERN = ['imdb', 'tmdb', 'tvdb'];
const OWNER_ON_PLEX_TV = '1000001';
export const token = (): string => randomBytes(10).toString('hex');

export function createPlexWorld(options: Readonly<{ clock: Clock; skewMs: number; ownerName: string; ownerPin?: string | undefined }>) {
  const libraries = new Map<string, FakeLibrary>();
  const entries = new Map<string, FakeEntry>();
  const lists = new Map<string, FakeEntry[]>();
  const shows = new Map<string, FakeEntry>();
  const parts = new Map<string, number>();
  const users = new Map<string, FakePlexUser>();
  const viewings = new Map<string, Map<string, FakeViewing>>();
  const sessions = new Map<string, string>();
  const catalogue = createPlexCatalogue();
  const episodeIds = new Map<string, string>();
  let lastId = 100;
  let revision = 0;

  const now = (): number => toUnix(options.clock.now() + options.skewMs);
  const serverTime = (at: Instant | undefined): number => (at === undefined ? now() : toUnix(at + options.skewMs));
  const nextId = (): number => {
    lastId += 1;
    return lastId;
  };

  function mustHave<T>(found: T | undefined, what: string): T {
    if (found === undefined) throw new Error(`The fake Plex has no ${what}.`);
    return found;
  }

  function partOf(path: string | undefined): number {
    const known = path === undefined ? undefined : parts.get(path);
    const part = known ?? nextId();
    if (path !== undefined) parts.set(path, part);
    return part;
  }

  const episodeIdFor = ([guid = '']: readonly string[]): string => {
    const id = episodeIds.get(guid) ?? hexId();
    episodeIds.set(guid, id);
    return id;
  };

  /** Episodes of old agents carry the ids of their series, and their own place behind them. */
  function guidsOf(
    kind: 'movie' | 'show' | 'episode',
    { ids = {}, title, year }: Pick<FakeTitle, 'ids' | 'title' | 'year'>,
  ): { guid: string; guids: string[] } {
    const guids = MODERN.flatMap((source) => (ids[source] === undefined ? [] : [`${source}://${ids[source]}`]));
    const { anidb, mal } = ids;
    const [plugin] = Object.keys(ids).filter((name) => !isProvider(name));
    if (plugin !== undefined) return { guid: `com.plexapp.agents.${plugin}://${ids[plugin]}?lang=en`, guids };
    if (anidb !== undefined) return { guid: `com.plexapp.agents.hama://anidb-${anidb}?lang=en`, guids };
    if (mal !== undefined) return { guid: `net.fribbtastic.coding.plex.myanimelist://${mal}?lang=en`, guids };
    if (guids.length === 0) return { guid: `local://${hexId()}`, guids };
    return { guid: `plex://${kind}/${kind === 'episode' ? episodeIdFor(guids) : catalogue.idFor(kind, { title, year, guids })}`, guids };
  }

  function put(entry: FakeEntry): FakeEntry {
    entries.set(entry.id, entry);
    const key = `${entry.libraryId} ${entry.type}`;
    const list = lists.get(key) ?? [];
    list.push(entry);
    lists.set(key, list);
    revision += 1;
    return entry;
  }

  function showOf(libraryId: string, title: NonNullable<FakeTitle['show']>): FakeEntry {
    const key = `${libraryId} ${title.upstreamId ?? `${title.title} ${title.year}`}`;
    const known = shows.get(key);
    if (known) return known;
    const show = put({
      id: title.upstreamId ?? String(nextId()),
      libraryId,
      type: 'show',
      title: title.title,
      ...guidsOf('show', title),
      year: title.year,
      partId: 0,
      addedAt: now(),
      genres: [],
    });
    shows.set(key, show);
    return show;
  }

  function seasonOf(show: FakeEntry, index: number): FakeEntry {
    const key = `${show.id} season ${index}`;
    const known = shows.get(key);
    if (known) return known;
    const title = index === 0 ? 'Specials' : `Season ${index}`;
    const guid = `plex://season/${hexId()}`;
    const season = put({ ...show, id: String(nextId()), type: 'season', title, guid, guids: [], index, parent: show });
    shows.set(key, season);
    return season;
  }

  function addTitle(libraryId: string, title: FakeTitle): string {
    mustHave(libraries.get(libraryId), `library ${libraryId}`);
    const show = title.kind === 'episode' ? showOf(libraryId, title.show ?? { title: 'Unknown series' }) : undefined;
    const parent = show && seasonOf(show, title.season ?? 1);
    return put({
      id: title.upstreamId ?? String(nextId()),
      libraryId,
      type: title.kind,
      title: title.title,
      ...guidsOf(title.kind, title),
      year: title.year,
      index: parent && title.episodes?.[0],
      parent,
      path: title.path,
      partId: partOf(title.path),
      addedAt: title.addedAt === undefined ? now() : toUnix(title.addedAt),
      durationMs: title.durationMs,
      overview: title.overview,
      genres: title.genres ?? [],
      releasedOn: title.releasedOn,
    }).id;
  }

  function addUser(
    user: Readonly<{ id?: string; name: string; pin?: string; guest?: boolean; account?: boolean }>,
    owner = false,
  ): FakePlexUser {
    const id = user.id ?? String(1_000_000 + nextId());
    const added: FakePlexUser = {
      id,
      name: user.name,
      token: token(),
      guest: user.guest === true,
      hasAccount: owner || user.guest === true || user.account === true,
      plexTvId: owner ? OWNER_ON_PLEX_TV : id,
      tvToken: token(),
      ...(user.guest !== true && { uuid: randomBytes(8).toString('hex') }),
      ...(user.pin !== undefined && { pin: user.pin }),
    };
    // The owner's plex.tv token is also the one of the server.
    const stored = owner ? { ...added, tvToken: added.token } : added;
    users.set(id, stored);
    return stored;
  }

  /** Plex keeps what a user did by the guid of the title: all items that were recognised as it, in whatever library, have one state. */
  const stateKey = (itemId: string): string => entries.get(itemId)?.guid ?? itemId;

  /** For writing: the state is made where there was none. */
  function viewingOf(userId: string, itemId: string): FakeViewing {
    mustHave(users.get(userId), `user ${userId}`);
    mustHave(entries.get(itemId), `item ${itemId}`);
    revision += 1;
    const own = viewings.get(userId) ?? new Map<string, FakeViewing>();
    viewings.set(userId, own);
    const viewing = own.get(stateKey(itemId)) ?? { viewCount: 0, viewOffset: 0 };
    own.set(stateKey(itemId), viewing);
    return viewing;
  }

  const owner = addUser({ id: '1', name: options.ownerName, ...(options.ownerPin !== undefined && { pin: options.ownerPin }) }, true);
  return {
    owner,
    catalogue,
    users,
    libraries,
    entries,
    sessions,
    now,
    serverTime,
    addTitle,
    addUser: (user: Parameters<typeof addUser>[0]) => addUser(user),
    revision: () => revision,
    entry: (id: string) => mustHave(entries.get(id), `item ${id}`),
    user: (id: string) => mustHave(users.get(id), `user ${id}`),
    userByToken: (given: string | undefined) => [...users.values()].find((user) => user.token === given),
    viewing: (userId: string, itemId: string): Readonly<FakeViewing> | undefined => viewings.get(userId)?.get(stateKey(itemId)),
    /** Oldest first, as `sort=addedAt` gives them. */
    list: (libraryId: string, type: FakeEntry['type']): readonly FakeEntry[] =>
      (lists.get(`${libraryId} ${type}`) ?? []).sort((one, other) => one.addedAt - other.addedAt || Number(one.id) - Number(other.id)),
    addLibrary(library: Readonly<{ id?: string; name: string; kind: 'movies' | 'shows' | 'music' }>): string {
      const id = library.id ?? String(libraries.size + 1);
      const type = library.kind === 'movies' ? 'movie' : library.kind === 'shows' ? 'show' : 'artist';
      libraries.set(id, { id, name: library.name, type, uuid: hexId() });
      return id;
    },
    removeTitle(id: string): void {
      const entry = mustHave(entries.get(id), `item ${id}`);
      entries.delete(id);
      const key = `${entry.libraryId} ${entry.type}`;
      lists.set(
        key,
        (lists.get(key) ?? []).filter((other) => other !== entry),
      );
      revision += 1;
    },
    /** Plex keeps what was watched when a file is replaced. */
    replaceCopy(id: string, addedAt: Instant): void {
      const entry = mustHave(entries.get(id), `item ${id}`);
      entry.addedAt = toUnix(addedAt);
      entry.partId = nextId();
      revision += 1;
    },
    scrobble(userId: string, itemId: string, at?: Instant): void {
      const viewing = viewingOf(userId, itemId);
      viewing.viewCount += 1;
      viewing.viewOffset = 0;
      viewing.lastViewedAt = serverTime(at);
    },
    unscrobble(userId: string, itemId: string): void {
      Object.assign(viewingOf(userId, itemId), { viewCount: 0, viewOffset: 0, lastViewedAt: undefined });
    },
    rate(userId: string, itemId: string, rating: number | undefined): void {
      const viewing = viewingOf(userId, itemId);
      // Below nothing is what takes a rating away.
      viewing.userRating = rating === undefined || rating < 0 ? undefined : rating;
      viewing.lastRatedAt = viewing.userRating === undefined ? undefined : now();
    },
    /** A stop in the last tenth counts as watched, as on a real server. */
    leaveAt(userId: string, itemId: string, positionMs: number): void {
      const { durationMs } = mustHave(entries.get(itemId), `item ${itemId}`);
      const viewing = viewingOf(userId, itemId);
      if (durationMs !== undefined && positionMs >= durationMs * 0.9) {
        viewing.viewCount += 1;
        viewing.viewOffset = 0;
      } else viewing.viewOffset = positionMs;
      viewing.lastViewedAt = now();
    },
    stateOf(userId: string, itemId: string): FakeState {
      const viewing = viewings.get(userId)?.get(stateKey(itemId)) ?? { viewCount: 0, viewOffset: 0 };
      return {
        played: viewing.viewCount > 0,
        playCount: viewing.viewCount,
        positionMs: viewing.viewOffset,
        ...(viewing.lastViewedAt !== undefined && { lastPlayedAt: fromUnix(viewing.lastViewedAt) }),
        ...(viewing.userRating !== undefined && { rating: viewing.userRating }),
        ...(viewing.lastRatedAt !== undefined && { ratedAt: fromUnix(viewing.lastRatedAt) }),
      };
    },
    setState(userId: string, itemId: string, state: Partial<FakeState>): void {
      const viewing = viewingOf(userId, itemId);
      const count = state.playCount ?? viewing.viewCount;
      viewing.viewCount = playCountFor(state.played, count);
      viewing.viewOffset = state.positionMs ?? viewing.viewOffset;
      if ('lastPlayedAt' in state) viewing.lastViewedAt = state.lastPlayedAt === undefined ? undefined : toUnix(state.lastPlayedAt);
      if ('rating' in state) {
        viewing.userRating = state.rating;
        viewing.lastRatedAt = state.ratedAt === undefined ? undefined : toUnix(state.ratedAt);
      }
    },
  };
}

function playCountFor(played: boolean | undefined, count: number): number {
  if (played === undefined) return count;
  return played ? Math.max(1, count) : 0;
}

export type PlexWorld = ReturnType<typeof createPlexWorld>;
