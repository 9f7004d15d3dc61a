import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account, NewAccount } from '#core/connections/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { FakeMediaServer, FakeUser } from '#core/upstreams/media-server.fake.ts';
import { createEmbyFake } from '#integrations/emby/emby.fake.ts';
import { createJellyfinFake } from '#integrations/jellyfin/jellyfin.fake.ts';
import { createPlexFake } from '#integrations/plex/plex.fake.ts';
import type { Clock } from '#kernel/instant.ts';
import { loadConfig } from '#platform/config/index.ts';
import type { HouseOptions } from '../../src/app.ts';
import { type House, openHouse } from '../../src/house.ts';
import type { DATABASES } from './databases.ts';
import { openPostgres } from './postgres.ts';

export type ServerKind = 'plex' | 'jellyfin' | 'emby';

export const API_KEY = 'household-owner-key';

export type HouseholdOptions = Readonly<{
  database?: (typeof DATABASES)[number];
  servers?: readonly ServerKind[];
  clock?: Clock;
  house?: Partial<HouseOptions>;
  /** Variables of its environment, besides those that every household has. */
  environment?: Readonly<Record<string, string>>;
}>;

export type Household = Awaited<ReturnType<typeof startHousehold>>;

/** A whole house on a free port, with fakes of media servers that know it. Everything is real but the servers. */
export async function startHousehold({
  database = 'sqlite',
  servers = ['plex', 'jellyfin', 'emby'],
  clock,
  house: extra,
  environment = {},
}: HouseholdOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'usherr-house-'));
  const postgres = database === 'postgres' ? await openPostgres() : undefined;
  const fakes = new Map<ServerKind, FakeMediaServer>();
  const timing = clock ? { clock } : {};
  const plex = servers.includes('plex') ? await createPlexFake(timing) : undefined;
  if (plex) fakes.set('plex', plex);
  if (servers.includes('jellyfin')) fakes.set('jellyfin', await createJellyfinFake(timing));
  if (servers.includes('emby')) fakes.set('emby', await createEmbyFake(timing));

  const config = loadConfig({
    // Programs of the machine are found as a real start finds them.
    PATH: process.env.PATH,
    USHERR_DATA_DIR: folder,
    USHERR_HOST: '127.0.0.1',
    USHERR_PORT: '0',
    USHERR_API_KEY: API_KEY,
    USHERR_ADMIN_USERNAME: 'owner',
    USHERR_ADMIN_PASSWORD: 'a long enough password',
    USHERR_LOG_LEVEL: 'warn',
    ...(postgres && { USHERR_DATABASE_URL: postgres.url }),
    ...environment,
  });
  const lines: string[] = [];
  const open = (): Promise<House> =>
    openHouse({
      config: { ...config, port: 0 },
      ...timing,
      ...(plex && { plexTvUrl: plex.plexTvUrl, plexDiscoverUrl: plex.discoverUrl }),
      logOutput: { write: (line) => lines.push(line) },
      ...extra,
    });
  let house = await open();
  let address = await house.listen();

  const fake = (kind: ServerKind): FakeMediaServer => {
    const found = fakes.get(kind);
    if (!found) throw new Error(`this household has no ${kind}`);
    return found;
  };

  const household = {
    get house() {
      return house;
    },
    get rooms() {
      return house.rooms;
    },
    get address() {
      return address;
    },
    fake,
    /** The Plex of the household, with its plex.tv. */
    get plex() {
      if (!plex) throw new Error('this household has no plex');
      return plex;
    },
    fakes: [...fakes.values()],
    logLines: lines,
    config,

    /** A person's account on one of the fakes, imported from and exported to unless told. */
    addBackend(kind: ServerKind, wish: Partial<NewAccount> & { as?: FakeUser } = {}): Promise<Account> {
      const { as, ...account } = wish;
      const server = fake(kind);
      const user = as ?? server.owner;
      return house.rooms.connections.create({
        personId: MAIN_PERSON,
        name: kind,
        type: kind,
        url: server.baseUrl,
        token: user.token,
        user: user.id,
        importEnabled: true,
        exportEnabled: true,
        consent: 'given',
        ...account,
      });
    },

    /** The fake's events reach this house from now on. */
    async hook(kind: ServerKind, account: Account): Promise<void> {
      const token = await house.rooms.connections.webhookTokenOf(account);
      fake(kind).sendEventsTo(`${address}/v1/api/webhook?apikey=${token}`);
    },

    async get(path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: unknown; headers: Headers }> {
      return read(await fetch(`${address}${path}`, { headers: { 'x-apikey': API_KEY, ...headers } }));
    },
    async send(
      method: string,
      path: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ): Promise<{ status: number; body: unknown; headers: Headers }> {
      const content = body === undefined ? {} : { body: JSON.stringify(body) };
      const type = body === undefined ? {} : { 'content-type': 'application/json' };
      return read(await fetch(`${address}${path}`, { method, ...content, headers: { 'x-apikey': API_KEY, ...type, ...headers } }));
    },

    /** Ends the process and starts it again on the same data. */
    async restart(): Promise<void> {
      await house.close();
      await household.start();
    },
    /** The house alone ends; the servers go on, and whoever likes may use its data. */
    stop: (): Promise<void> => house.close(),
    /** After a `stop`. */
    async start(): Promise<void> {
      house = await open();
      address = await house.listen();
    },
    async close(): Promise<void> {
      await house.close();
      for (const server of fakes.values()) await server.close();
      await postgres?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return household;
}

async function read(response: Response): Promise<{ status: number; body: unknown; headers: Headers }> {
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') === true && text !== '';
  return { status: response.status, body: json ? (JSON.parse(text) as unknown) : text, headers: response.headers };
}

/** Waits until the assertion holds, and fails with its last error when it does not within the time. */
/** Fails while an event has not been heard by all: what follows from it may not even be asked for yet. */
export async function expectHeard(home: Household): Promise<void> {
  const { events } = await home.rooms.events.recent(undefined, { offset: 0, limit: 500 });
  const waiting = events.filter((event) => event.waiting.length > 0);
  if (waiting.length > 0)
    throw new Error(`not heard yet: ${waiting.map((event) => `${event.topic} by ${event.waiting.join()}`).join(', ')}`);
}

export async function eventually(assertion: () => void | Promise<void>, withinMs = 20_000): Promise<void> {
  const end = Date.now() + withinMs;
  for (;;) {
    try {
      await assertion();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
