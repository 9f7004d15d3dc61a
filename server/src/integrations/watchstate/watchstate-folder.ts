import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { HouseholdSource, LeftEntry, LeftHousehold, LeftPerson, Refusal, ToldRecord } from '#core/upstreams/index.ts';
import { invalid, isAppError, messageOf } from '#kernel/app-error.ts';
import type { Clock } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import { fileIn, readConfig } from './config-files.ts';
import { instantIn, objectIn } from './loose-values.ts';
import { accountsIn } from './servers.map.ts';
import { sharedItems } from './shared-items.ts';
import { copyDatabase, openStateDatabase, type StateDatabase } from './state-database.store.ts';
import { recordOf } from './state-row.map.ts';

const PAGE = 500;
const IDENTITY = /^[a-z0-9_]{1,64}$/;

/** Where an identity's files are, the newer layout first. */
type Place = Readonly<{ person: string; servers: string; ignore: string; databases: readonly string[] }>;

const MAIN: Place = {
  person: 'main',
  servers: 'config/servers.yaml',
  ignore: 'config/ignore.yaml',
  databases: ['db/watchstate_v02.db', 'db/watchstate_v01.db'],
};

const placeOf = (identity: string): Place => ({
  person: identity,
  servers: `users/${identity}/servers.yaml`,
  ignore: `users/${identity}/ignore.yaml`,
  databases: [`users/${identity}/watchstate_v02.db`, `users/${identity}/user_v01.db`],
});

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).then(
    (names) => names.sort(),
    () => [],
  );

const foldersIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { withFileTypes: true }).catch(() => []))
    .flatMap((entry) => (entry.isDirectory() && !entry.name.startsWith('.') ? [entry.name] : []))
    .sort();

/** Reads the data folder of WatchState: what is mounted at `/config` in its container. */
export const createWatchstateFolder = ({ clock }: Readonly<{ clock: Clock }>): HouseholdSource => ({
  title: 'WatchState',
  async open(folder, scratch, signal) {
    const root = await realpath(folder).catch(() => undefined);
    if (root === undefined || !(await stat(root)).isDirectory()) {
      throw invalid('folder', `there is no folder ${folder} where the server runs; in a container it has to be mounted`);
    }
    return readFolder({ root, scratch, signal, clock });
  },
});

type Reading = Readonly<{ root: string; scratch: string; signal: AbortSignal; clock: Clock }>;

async function readFolder(reading: Reading): Promise<LeftHousehold> {
  const { root } = reading;
  const refused: Refusal[] = [];
  const opened: StateDatabase[] = [];
  const places = [MAIN];
  for (const identity of await foldersIn(join(root, 'users'))) {
    if (IDENTITY.test(identity) && identity !== MAIN.person) places.push(placeOf(identity));
    else refused.push({ what: `users/${identity}`, reason: 'it is no name of an identity: a to z, digits and underscores' });
  }
  try {
    const people: LeftPerson[] = [];
    for (const place of places) people.push(await readPerson(reading, place, refused, opened));
    const [main] = people;
    if (people.length === 1 && main?.accounts.length === 0 && opened.length === 0 && refused.length === 0) {
      throw invalid('folder', `${root} has neither config/servers.yaml nor db/watchstate_v02.db: it is not a data folder of WatchState`);
    }
    return {
      people,
      ...(await readEntries(root, refused)),
      backups: await backupsIn(root),
      refused: [...refused, ...(await unread(root))],
      close: async () => closeAll(opened),
    };
  } catch (error) {
    closeAll(opened);
    throw error;
  }
}

const closeAll = (opened: readonly StateDatabase[]): void => {
  for (const database of opened) database.close();
};

async function readPerson(reading: Reading, place: Place, refused: Refusal[], opened: StateDatabase[]): Promise<LeftPerson> {
  const { root, clock } = reading;
  const servers = await readConfig(root, place.servers);
  const { accounts, lastRuns, refused: strange } = accountsIn(place.servers, servers.told);
  const ignored = await readConfig(root, place.ignore);
  refused.push(...servers.refused, ...strange, ...ignored.refused);
  const database = await openFirst(reading, place, refused);
  if (database) opened.push(database);
  return {
    name: place.person,
    accounts,
    ignoreRules: Object.entries(objectIn(ignored.told).told).map(([rule, created]) => {
      const createdAt = instantIn(created);
      return { rule, ...(createdAt !== undefined && { createdAt }) };
    }),
    records: database?.count ?? 0,
    async *history() {
      if (database === undefined) return;
      const context = { now: clock.now(), lastRuns, shared: sharedItems(database.sharedClaims()) };
      let after = Number.MIN_SAFE_INTEGER;
      for (let rows = database.page(after, PAGE); rows.length > 0; rows = database.page(after, PAGE)) {
        yield rows.map((row): ToldRecord => recordOf(row, context));
        after = Number(rows.at(-1)?.id);
      }
    },
  };
}

/** The copy of the newest database that is there. One that cannot be read is told, and an older one does not take its place. */
async function openFirst({ root, scratch, signal }: Reading, place: Place, refused: Refusal[]): Promise<StateDatabase | undefined> {
  for (const name of place.databases) {
    const file = await fileIn(root, ...name.split('/'));
    if (file === undefined) continue;
    signal.throwIfAborted();
    const copy = join(scratch, `${place.person}.db`);
    try {
      await copyDatabase(file, copy);
      return openStateDatabase(copy);
    } catch (error) {
      if (isAppError(error)) throw error;
      refused.push({ what: name, reason: `its history cannot be read: ${messageOf(error)}` });
      return undefined;
    }
  }
  return undefined;
}

async function readEntries(root: string, refused: Refusal[]): Promise<Pick<LeftHousehold, 'customIds' | 'suppressions' | 'mapping'>> {
  const guid = await readConfig(root, 'config/guid.yaml');
  const suppress = await readConfig(root, 'config/suppress.yaml');
  const mapper = await readConfig(root, 'config/mapper.yaml');
  refused.push(...guid.refused, ...suppress.refused, ...mapper.refused);
  const custom = objectIn(guid.told).told;
  const listed = (file: string, part: string, told: unknown): LeftEntry[] =>
    (Array.isArray(told) ? told : []).map((entry: unknown, index) => {
      const value = objectIn(entry).told as JsonObject;
      return { what: `${file}: ${part} ${String(value.name ?? value.id ?? index + 1)}`, value };
    });
  return {
    customIds: [...listed('guid.yaml', 'guid', custom.guids), ...listed('guid.yaml', 'link', custom.links)],
    suppressions: Object.entries(objectIn(suppress.told).told).map(([id, rule]) => ({
      what: `suppress.yaml: ${id}`,
      value: { id, ...objectIn(rule).told } as JsonObject,
    })),
    mapping: listed('mapper.yaml', 'row', objectIn(mapper.told).told.map ?? mapper.told),
  };
}

async function backupsIn(root: string): Promise<LeftHousehold['backups']> {
  const found: { name: string; file: string }[] = [];
  for (const name of await namesIn(join(root, 'backup'))) {
    const file = /\.json(\.zip)?$/.test(name) ? await fileIn(root, 'backup', name) : undefined;
    if (file !== undefined) found.push({ name, file });
  }
  return found;
}

/** Settings that have no counterpart here are named, without their values. */
async function unread(root: string): Promise<readonly Refusal[]> {
  const file = await fileIn(root, 'config', '.env');
  const names =
    file === undefined
      ? []
      : [...(await readFile(file, 'utf8')).matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/gm)].map(([, name]) => name);
  const settings = [...new Set(names)].map((name) => ({
    what: `config/.env: ${name}`,
    reason: 'settings are not taken: what has a counterpart is set here by hand',
  }));
  const others: Refusal[] = [];
  for (const name of ['config/config.yaml', 'config/events.php']) {
    if ((await fileIn(root, ...name.split('/'))) !== undefined)
      others.push({ what: name, reason: 'it changes how WatchState itself works' });
  }
  return [...settings, ...others];
}
