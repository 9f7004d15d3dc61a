import type { FakeMediaServer, FakeUser } from '#core/upstreams/media-server.fake.ts';
import type { DemoStage } from '#features/demo/index.ts';
import { createEmbyFake } from '#integrations/emby/emby.fake.ts';
import { createJellyfinFake } from '#integrations/jellyfin/jellyfin.fake.ts';
import { createPlexFake } from '#integrations/plex/plex.fake.ts';
import { demoEpisodes, demoMovies } from './demo-titles.ts';

/** Three servers of a household of three, all made up but for the titles. The first person owns them. */

const PEOPLE = ['main', 'ben', 'cleo'] as const;
const DAY = 86_400_000;

export type DemoServer = Readonly<{ fake: FakeMediaServer; ids: ReadonlyMap<string, string>; users: Readonly<Record<string, FakeUser>> }>;
export type DemoServers = Awaited<ReturnType<typeof openDemoServers>>;

const nameOf = (title: (typeof demoMovies)[number]): string =>
  title.kind === 'movie' ? title.title : `${title.show?.title} ${title.season}x${title.episodes?.[0]}`;

function stock(fake: FakeMediaServer): DemoServer {
  const movies = fake.addLibrary({ name: 'Movies', kind: 'movies' });
  const shows = fake.addLibrary({ name: 'Shows', kind: 'shows' });
  fake.addLibrary({ name: 'Music', kind: 'music' });
  const ids = new Map([
    ...demoMovies.map((title) => [nameOf(title), fake.addTitle(movies, title)] as const),
    ...demoEpisodes.map((title) => [nameOf(title), fake.addTitle(shows, title)] as const),
  ]);
  const [owner, ...others] = PEOPLE;
  const users = Object.fromEntries([[owner, fake.owner], ...others.map((name) => [name, fake.addUser({ name })])]);
  return { fake, ids, users: users as Record<string, FakeUser> };
}

function watched({ fake, ids, users }: DemoServer, person: string, titles: readonly string[], daysAgo: number): void {
  for (const [index, title] of titles.entries()) {
    const [id, user] = [ids.get(title), users[person]];
    if (id !== undefined && user !== undefined)
      fake.setState(user.id, id, { played: true, playCount: 1, lastPlayedAt: Date.now() - (daysAgo + index) * DAY });
  }
}

const seasonOf = (show: string, season: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${show} ${season}x${index + 1}`);

/** Opens them on free ports, with what each of the three has watched. */
export async function openDemoServers() {
  const plexFake = await createPlexFake({ name: 'Living room' });
  const servers = {
    plex: stock(plexFake),
    jellyfin: stock(await createJellyfinFake({ name: 'Attic' })),
    emby: stock(await createEmbyFake({ name: 'Cabin' })),
  };
  watched(servers.plex, 'main', ['Alien', 'Aliens', 'Arrival', 'Heat', ...seasonOf('Twin Peaks', 1, 8)], 40);
  watched(servers.jellyfin, 'main', ['Amélie', 'Blade Runner', ...seasonOf('Severance', 1, 9)], 20);
  watched(servers.jellyfin, 'ben', ['The Matrix', 'Dune', ...seasonOf('The Expanse', 1, 10)], 30);
  watched(servers.emby, 'ben', ['Jaws', ...seasonOf('Breaking Bad', 1, 7)], 60);
  watched(servers.emby, 'cleo', ['My Neighbor Totoro', 'Spirited Away', 'Toy Story', 'WALL·E'], 10);
  return {
    servers,
    people: PEOPLE,
    plexTvUrl: plexFake.plexTvUrl,
    plexDiscoverUrl: plexFake.discoverUrl,
    async close(): Promise<void> {
      for (const { fake } of Object.values(servers)) await fake.close();
    },
  };
}

/** An account of one of the three on one of the servers. */
export function demoAccount(type: string, { fake, users }: DemoServer, person: string) {
  const user = users[person] ?? fake.owner;
  return {
    name: person === 'main' ? type : `${type}_${person}`,
    type,
    url: fake.baseUrl,
    token: user.token,
    user: user.id,
    importEnabled: true,
    exportEnabled: true,
    options: type === 'plex' ? { ADMIN_TOKEN: fake.owner.token } : {},
  };
}

const DISPLAY_NAMES: Readonly<Record<string, string>> = { ben: 'Ben', cleo: 'Cleo' };

/** The same household, to be looked at inside a house: its accounts wait for their first plan. */
export async function openDemoStage(): Promise<DemoStage> {
  const { servers, people, close } = await openDemoServers();
  const others = people.filter((name) => name !== 'main');
  return {
    people: others.map((name) => ({ name, displayName: DISPLAY_NAMES[name] ?? name })),
    accounts: people.flatMap((person) =>
      Object.entries(servers).map(([type, server]) => ({
        ...demoAccount(type, server, person),
        consent: 'pending' as const,
        person: person === 'main' ? undefined : person,
      })),
    ),
    hook(account, url) {
      // A server has one address for its events: those of its owner tell of all its users.
      const server = Object.values(servers).find(({ fake }) => fake.baseUrl === account.server.url);
      if (server?.fake.owner.id === account.userId) server.fake.sendEventsTo(url);
    },
    close,
  };
}
