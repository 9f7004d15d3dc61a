import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '#core/connections/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { FakeMediaServer, FakeUser } from '#core/upstreams/media-server.fake.ts';
import { createEmbyFake } from '#integrations/emby/emby.fake.ts';
import { createJellyfinFake } from '#integrations/jellyfin/jellyfin.fake.ts';
import { createPlexFake } from '#integrations/plex/plex.fake.ts';
import { isAppError } from '#kernel/app-error.ts';
import type { PersonId } from '#kernel/ids.ts';
import { type Config, loadConfig } from '#platform/config/index.ts';
import { demoEpisodes, demoMovies } from './demo-titles.ts';
import { type House, openHouse } from './house.ts';

/** A household of three people with three media servers, all made up but for the titles, so that a newcomer sees the main job happen. */

const PASSWORD = 'demo-password';
const DAY = 86_400_000;
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

type Server = Readonly<{ fake: FakeMediaServer; ids: ReadonlyMap<string, string>; users: Readonly<Record<string, FakeUser>> }>;

const nameOf = (title: (typeof demoMovies)[number]): string =>
  title.kind === 'movie' ? title.title : `${title.show?.title} ${title.season}x${title.episodes?.[0]}`;

function stock(fake: FakeMediaServer, people: readonly string[]): Server {
  const movies = fake.addLibrary({ name: 'Movies', kind: 'movies' });
  const shows = fake.addLibrary({ name: 'Shows', kind: 'shows' });
  fake.addLibrary({ name: 'Music', kind: 'music' });
  const ids = new Map([
    ...demoMovies.map((title) => [nameOf(title), fake.addTitle(movies, title)] as const),
    ...demoEpisodes.map((title) => [nameOf(title), fake.addTitle(shows, title)] as const),
  ]);
  const [, ...others] = people;
  const users = Object.fromEntries([[people[0], fake.owner], ...others.map((name) => [name, fake.addUser({ name })])]) as Record<
    string,
    FakeUser
  >;
  return { fake, ids, users };
}

function watched({ fake, ids, users }: Server, person: string, titles: readonly string[], daysAgo: number): void {
  for (const [index, title] of titles.entries()) {
    const [id, user] = [ids.get(title), users[person]];
    if (id !== undefined && user !== undefined)
      fake.setState(user.id, id, { played: true, playCount: 1, lastPlayedAt: Date.now() - (daysAgo + index) * DAY });
  }
}

const seasonOf = (show: string, season: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${show} ${season}x${index + 1}`);

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'usherr-demo-'));
  await live(folder).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    process.stderr.write(
      `${isAppError(error) ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(1);
  });
}

async function live(folder: string): Promise<void> {
  const people = ['main', 'ben', 'cleo'] as const;
  const plexFake = await createPlexFake({ name: 'Living room' });
  const servers = {
    plex: stock(plexFake, people),
    jellyfin: stock(await createJellyfinFake({ name: 'Attic' }), people),
    emby: stock(await createEmbyFake({ name: 'Cabin' }), people),
  };
  watched(servers.plex, 'main', ['Alien', 'Aliens', 'Arrival', 'Heat', ...seasonOf('Twin Peaks', 1, 8)], 40);
  watched(servers.jellyfin, 'main', ['Amélie', 'Blade Runner', ...seasonOf('Severance', 1, 9)], 20);
  watched(servers.jellyfin, 'ben', ['The Matrix', 'Dune', ...seasonOf('The Expanse', 1, 10)], 30);
  watched(servers.emby, 'ben', ['Jaws', ...seasonOf('Breaking Bad', 1, 7)], 60);
  watched(servers.emby, 'cleo', ['My Neighbor Totoro', 'Spirited Away', 'Toy Story', 'WALL·E'], 10);

  const config: Config = {
    ...loadConfig(),
    // Its servers post their events here, whatever others call the house.
    publicUrl: undefined,
    basePath: '',
    dataDir: folder,
    databaseUrl: undefined,
    apiKey: undefined,
    secret: undefined,
    admin: { username: 'demo', password: PASSWORD },
    logLevel: 'error',
  };
  const house = await openHouse({ config, role: 'whole', plexTvUrl: plexFake.plexTvUrl, plexDiscoverUrl: plexFake.discoverUrl });
  const address = await house.listen();
  say(
    `\nThe demo household is at ${address}. Sign in as demo, password ${PASSWORD}. It lives in ${folder} and is gone when you stop it.\n`,
  );

  const accounts = await connect(house, servers, people, address);
  say(`Three people, three servers, ${demoMovies.length} movies and ${demoEpisodes.length} episodes on each. What was watched, before:`);
  report(servers, people);
  await house.rooms.watchSync.runImport({
    signal: new AbortController().signal,
    log: () => undefined,
    progress: () => undefined,
    breathe: async () => undefined,
  });
  await settled(house, accounts);
  say('\nUsherr has read all three servers and told each what the others knew. After:');
  report(servers, people);

  say('\nAnd live: main finishes "Interstellar" on Plex …');
  const id = servers.plex.ids.get('Interstellar') ?? '';
  const began = Date.now();
  await servers.plex.fake.finish(servers.plex.fake.owner.id, id);
  await settledTitle(servers, 'Interstellar');
  say(`… and ${Date.now() - began} ms later Jellyfin and Emby show it as watched.\n\nStop with Ctrl+C.`);

  process.once('SIGINT', () => void close(house, servers, folder));
  process.once('SIGTERM', () => void close(house, servers, folder));
}

async function connect(
  house: House,
  servers: Readonly<Record<string, Server>>,
  people: readonly string[],
  address: string,
): Promise<readonly Account[]> {
  const accounts: Account[] = [];
  for (const name of people) {
    const personId = name === 'main' ? MAIN_PERSON : (await house.rooms.people.create(name)).id;
    for (const [type, server] of Object.entries(servers)) accounts.push(await addAccount(house, { type, server, name, personId }));
  }
  const { connections } = house.rooms;
  for (const account of accounts.filter((one) => one.personId === MAIN_PERSON)) {
    const token = await connections.webhookTokenOf(account);
    servers[account.server.type]?.fake.sendEventsTo(`${new URL(address).origin}/v1/api/webhook?apikey=${token}`);
  }
  return accounts;
}

type Wish = Readonly<{ type: string; server: Server; name: string; personId: PersonId }>;

function addAccount(house: House, { type, server: { fake, users }, name, personId }: Wish): Promise<Account> {
  const user = users[name] ?? fake.owner;
  return house.rooms.connections.create({
    personId,
    name: name === 'main' ? type : `${type}_${name}`,
    type,
    url: fake.baseUrl,
    token: user.token,
    user: user.id,
    importEnabled: true,
    exportEnabled: true,
    consent: 'given',
    options: type === 'plex' ? { ADMIN_TOKEN: fake.owner.token } : {},
  });
}

function report(servers: Readonly<Record<string, Server>>, people: readonly string[]): void {
  for (const name of people) {
    const counts = Object.entries(servers).map(([type, { fake, ids, users }]) => {
      const user = users[name];
      const count = user === undefined ? 0 : [...ids.values()].filter((id) => fake.stateOf(user.id, id).played).length;
      return `${type} ${String(count).padStart(3)}`;
    });
    say(`  ${name.padEnd(5)} ${counts.join('   ')}`);
  }
}

async function settled(house: House, accounts: readonly Account[]): Promise<void> {
  for (const account of accounts) {
    for (let tries = 0; tries < 600 && (await house.rooms.watchSync.pushStatus(account)).waiting > 0; tries += 1) await pause(50);
  }
}

async function settledTitle(servers: Readonly<Record<string, Server>>, title: string): Promise<void> {
  const there = ({ fake, ids }: Server): boolean => fake.stateOf(fake.owner.id, ids.get(title) ?? '').played;
  for (let tries = 0; tries < 600 && !Object.values(servers).every(there); tries += 1) await pause(10);
}

async function close(house: House, servers: Readonly<Record<string, Server>>, folder: string): Promise<void> {
  await house.close();
  for (const { fake } of Object.values(servers)) await fake.close();
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
}

await main();
