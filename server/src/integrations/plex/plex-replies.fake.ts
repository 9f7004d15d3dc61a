import type { FakeEntry, FakePlexUser, PlexWorld } from './plex-world.fake.ts';

export type FakePlexName = Readonly<{ uuid: string; name: string; version: string }>;
type Container = Readonly<Record<string, unknown>>;

const TYPE_BY_NUMBER: Readonly<Record<string, FakeEntry['type']>> = { '1': 'movie', '2': 'show', '3': 'season', '4': 'episode' };

/** The bodies of a Plex Media Server, in the shapes and with the omissions of the real one. */
export function createPlexReplies(world: PlexWorld, server: FakePlexName) {
  const pages = new Map<string, string>();
  let pagesOf = -1;

  const parentsOf = (entry: FakeEntry): Container => {
    const season = entry.type === 'episode' ? entry.parent : undefined;
    const show = season?.parent ?? (entry.type === 'season' ? entry.parent : undefined);
    if (entry.type === 'season' && show) {
      return { parentRatingKey: show.id, parentGuid: show.guid, parentKey: `/library/metadata/${show.id}`, parentTitle: show.title };
    }
    if (!season || !show) return {};
    return {
      parentRatingKey: season.id,
      grandparentRatingKey: show.id,
      parentGuid: season.guid,
      grandparentGuid: show.guid,
      grandparentKey: `/library/metadata/${show.id}`,
      parentKey: `/library/metadata/${season.id}`,
      grandparentTitle: show.title,
      parentTitle: season.title,
      parentIndex: season.index,
    };
  };

  const mediaOf = (entry: FakeEntry): Container => {
    if (entry.path === undefined) return {};
    const extension = entry.path.slice(entry.path.lastIndexOf('.') + 1);
    const file = { id: entry.partId, key: `/library/parts/${entry.partId}/${entry.addedAt}/file.${extension}`, duration: entry.durationMs };
    const part = { ...file, file: entry.path, size: 4_831_838_208, container: extension };
    return {
      Media: [
        {
          id: Number(entry.id) + 100_000,
          duration: entry.durationMs,
          bitrate: 9_370,
          width: 1_920,
          height: 1_080,
          aspectRatio: 1.78,
          audioChannels: 6,
          audioCodec: 'ac3',
          videoCodec: 'hevc',
          videoResolution: '1080',
          container: extension,
          videoFrameRate: '24p',
          optimizedForStreaming: 0,
          Part: [part],
        },
      ],
    };
  };

  /** What Plex says of an item to one user. Counts and offsets of zero are left out, as Plex does. */
  function metadataOf(entry: FakeEntry, user: FakePlexUser, withGuids: boolean): Container {
    const viewing = world.viewing(user.id, entry.id);
    return {
      ratingKey: entry.id,
      key: `/library/metadata/${entry.id}${entry.type === 'show' || entry.type === 'season' ? '/children' : ''}`,
      ...parentsOf(entry),
      guid: entry.guid,
      type: entry.type,
      title: entry.title,
      summary: entry.overview ?? '',
      index: entry.index,
      userRating: viewing?.userRating,
      lastRatedAt: viewing?.lastRatedAt,
      viewOffset: viewing?.viewOffset || undefined,
      viewCount: viewing?.viewCount || undefined,
      lastViewedAt: viewing?.lastViewedAt,
      year: entry.year,
      thumb: `/library/metadata/${entry.id}/thumb/${entry.addedAt}`,
      art: `/library/metadata/${entry.id}/art/${entry.addedAt}`,
      duration: entry.durationMs,
      originallyAvailableAt: entry.releasedOn,
      addedAt: entry.addedAt,
      updatedAt: entry.addedAt,
      ...mediaOf(entry),
      ...(entry.genres.length > 0 && { Genre: entry.genres.map((tag) => ({ tag })) }),
      ...(withGuids && entry.guids.length > 0 && { Guid: entry.guids.map((id) => ({ id })) }),
    };
  }

  const listed = (items: readonly Container[], more: Container = {}): Container => ({
    MediaContainer: { size: items.length, ...more, ...(items.length > 0 && { Metadata: items }) },
  });

  return {
    metadataOf,
    identity: (): Container => ({
      MediaContainer: { size: 0, claimed: true, machineIdentifier: server.uuid, version: server.version },
    }),
    root: (user: FakePlexUser): Container => ({
      MediaContainer: {
        size: 1,
        friendlyName: server.name,
        machineIdentifier: server.uuid,
        version: server.version,
        myPlex: true,
        myPlexUsername: user.name,
        platform: 'Linux',
        Directory: [{ count: 1, key: 'library', title: 'library' }],
      },
    }),
    sections: (): Container => ({
      MediaContainer: {
        size: world.libraries.size,
        allowSync: false,
        title1: 'Plex Library',
        ...(world.libraries.size > 0 && {
          Directory: [...world.libraries.values()].map((library) => ({
            allowSync: true,
            art: `/:/resources/${library.type}-fanart.jpg`,
            composite: `/library/sections/${library.id}/composite/1700000000`,
            thumb: `/:/resources/${library.type}.png`,
            filters: true,
            refreshing: false,
            key: library.id,
            type: library.type,
            title: library.name,
            agent: library.type === 'show' ? 'tv.plex.agents.series' : `tv.plex.agents.${library.type === 'movie' ? 'movie' : 'music'}`,
            scanner: library.type === 'show' ? 'Plex TV Series' : 'Plex Movie',
            language: 'en-US',
            uuid: library.uuid,
            updatedAt: 1_700_000_000,
            createdAt: 1_600_000_000,
            scannedAt: 1_700_000_000,
            content: true,
            directory: true,
            contentChangedAt: 1,
            hidden: 0,
            Location: [{ id: Number(library.id), path: `/media/${library.name}` }],
          })),
        }),
      },
    }),
    /** One page of a library, kept as text until something changes: a benchmark asks for the same pages again. */
    page(libraryId: string, type: string, span: Readonly<{ start: number; size: number }>, user: FakePlexUser, withGuids: boolean): string {
      if (pagesOf !== world.revision()) pages.clear();
      pagesOf = world.revision();
      const key = [libraryId, type, span.start, span.size, user.id, withGuids].join(' ');
      const kept = pages.get(key);
      if (kept !== undefined) return kept;
      const library = world.libraries.get(libraryId);
      const all = world.list(libraryId, TYPE_BY_NUMBER[type] ?? (library?.type === 'show' ? 'show' : 'movie'));
      const items = all.slice(span.start, span.start + span.size).map((entry) => metadataOf(entry, user, withGuids));
      const more = {
        totalSize: all.length,
        offset: span.start,
        allowSync: true,
        librarySectionID: Number(libraryId),
        librarySectionTitle: library?.name,
      };
      const text = JSON.stringify(listed(items, more));
      pages.set(key, text);
      return text;
    },
    countOf: (libraryId: string, type: string): number => world.list(libraryId, TYPE_BY_NUMBER[type] ?? 'movie').length,
    emptyPage: (libraryId: string, type: string, start: number): Container =>
      listed([], { totalSize: world.list(libraryId, TYPE_BY_NUMBER[type] ?? 'movie').length, offset: start, allowSync: true }),
    item: (entry: FakeEntry, user: FakePlexUser): Container =>
      listed([{ ...metadataOf(entry, user, true), librarySectionID: Number(entry.libraryId) }], {
        librarySectionID: Number(entry.libraryId),
        librarySectionTitle: world.libraries.get(entry.libraryId)?.name,
        identifier: 'com.plexapp.plugins.library',
      }),
    children: (parent: FakeEntry, user: FakePlexUser): Container =>
      listed([...world.entries.values()].filter((entry) => entry.parent === parent).map((entry) => metadataOf(entry, user, false))),
    search: (query: Readonly<Record<string, string>>, user: FakePlexUser): Container => {
      const { guid, type, title } = query;
      const holds = (text: string | undefined, wanted: string | undefined): boolean =>
        wanted === undefined || (text ?? '').toLowerCase().includes(wanted.toLowerCase());
      const found = [...world.entries.values()].filter(
        (entry) =>
          (guid === undefined || entry.guid === guid) &&
          (type === undefined || TYPE_BY_NUMBER[type] === entry.type) &&
          holds(entry.title, title ?? query['episode.title']) &&
          holds(entry.parent?.parent?.title, query['show.title']),
      );
      return listed(
        found.map((entry) => ({ ...metadataOf(entry, user, true), librarySectionID: Number(entry.libraryId) })),
        { totalSize: found.length, offset: 0 },
      );
    },
    accounts: (): Container => ({
      MediaContainer: {
        size: world.users.size + 1,
        identifier: 'com.plexapp.system.accounts',
        Account: [{ id: 0, key: '/accounts/0', name: '' }, ...[...world.users.values()].map((user) => accountOf(user))],
      },
    }),
    sessions: (): Container =>
      listed(
        [...world.sessions].map(([userId, itemId]) => ({
          ...metadataOf(world.entry(itemId), world.user(userId), true),
          sessionKey: userId,
          User: { id: userId, title: world.user(userId).name },
          Player: { machineIdentifier: `player-of-${userId}`, state: 'playing', title: 'Living room', local: true },
          Session: { id: `session-${userId}`, bandwidth: 5_212, location: 'lan' },
        })),
      ),
    event: (name: string, user: FakePlexUser, entry: FakeEntry): Container => {
      const { Media: _media, ...metadata } = metadataOf(entry, user, true);
      const library = world.libraries.get(entry.libraryId);
      const place = { librarySectionID: Number(entry.libraryId), librarySectionTitle: library?.name, librarySectionType: library?.type };
      return {
        event: name,
        user: user.id === world.owner.id,
        owner: true,
        Account: { id: Number(user.id), thumb: '', title: user.name },
        Server: { title: server.name, uuid: server.uuid },
        Player:
          name === 'library.new' ? {} : { local: true, publicAddress: '192.0.2.10', title: 'Living room', uuid: `player-of-${user.id}` },
        Metadata: { ...place, ...metadata },
      };
    },
  };
}

const accountOf = (user: FakePlexUser): Container => ({ id: Number(user.id), key: `/accounts/${user.id}`, name: user.name, thumb: '' });

export type PlexReplies = ReturnType<typeof createPlexReplies>;

/** Plex's other tongue: members of a container are attributes, objects and lists of them are elements. */
export function toXml(name: string, value: Container): string {
  const attributes: string[] = [];
  const children: string[] = [];
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined || member === null) continue;
    if (Array.isArray(member)) children.push(...member.map((one: Container) => toXml(key, one)));
    else if (typeof member === 'object') children.push(toXml(key, member as Container));
    else attributes.push(` ${key}="${escapeXml(typeof member === 'boolean' ? String(Number(member)) : String(member))}"`);
  }
  const opening = `<${name}${attributes.join('')}`;
  return children.length === 0 ? `${opening}/>` : `${opening}>${children.join('')}</${name}>`;
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
