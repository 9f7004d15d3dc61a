import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '#core/connections/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import type { PersonId } from '#kernel/ids.ts';
import { type Config, loadConfig } from '#platform/config/index.ts';
import { demoAccount, openDemoServers, type DemoServer as Server } from './demo-servers.ts';
import { demoEpisodes, demoMovies } from './demo-titles.ts';
import { type House, openHouse } from './house.ts';

/** A household of three people with three media servers, all made up but for the titles, so that a newcomer sees the main job happen. */

const PASSWORD = 'demo-password';
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

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
  const { servers, people, plexTvUrl, plexDiscoverUrl, close } = await openDemoServers();
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
  const house = await openHouse({ config, role: 'whole', plexTvUrl, plexDiscoverUrl });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end(house, close, folder));
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

function addAccount(house: House, { type, server, name, personId }: Wish): Promise<Account> {
  return house.rooms.connections.create({ ...demoAccount(type, server, name), personId, consent: 'given' });
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

async function end(house: House, close: () => Promise<void>, folder: string): Promise<void> {
  await house.close();
  await close();
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
}

await main();
