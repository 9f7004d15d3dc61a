import type { Account, NewAccount } from '#core/connections/index.ts';
import { createMediaGraph } from '#core/media/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { Plan } from '#core/plans/index.ts';
import type { FakeTitle } from '#core/upstreams/media-server.fake.ts';
import { createViewingStore, type KnownPlay, type StoredViewing } from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { eventually, expectHeard, type Household, type HouseholdOptions, type ServerKind, startHousehold } from './household.ts';

export const ALL_SERVERS = ['plex', 'jellyfin', 'emby'] as const;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const START = Math.floor(Date.now() / 1_000) * 1_000;

/** So long before these tests began; dates of servers are whole seconds. */
export const ago = (ms: number): Instant => START - ms;

const LONG_AGO = 400 * DAY;

export const alien: FakeTitle = {
  kind: 'movie',
  title: 'Alien',
  year: 1979,
  ids: { imdb: 'tt0078748', tmdb: '348' },
  addedAt: ago(LONG_AGO),
  durationMs: 117 * MINUTE,
};
export const heat: FakeTitle = {
  kind: 'movie',
  title: 'Heat',
  year: 1995,
  ids: { imdb: 'tt0113277', tmdb: '949' },
  addedAt: ago(LONG_AGO),
  durationMs: 170 * MINUTE,
};
const twinPeaks = { title: 'Twin Peaks', year: 1990, ids: { tvdb: '70533', imdb: 'tt0098936' } };

export const episodeOf = (episode: number, more: Partial<FakeTitle> = {}): FakeTitle => ({
  kind: 'episode',
  title: `Episode ${episode}`,
  show: twinPeaks,
  season: 1,
  episodes: [episode],
  ids: { tvdb: String(127_130 + episode) },
  addedAt: ago(LONG_AGO),
  durationMs: 47 * MINUTE,
  ...more,
});

export const movieNumber = (number: number): FakeTitle => ({
  kind: 'movie',
  title: `Movie ${number}`,
  year: 1950 + (number % 70),
  ids: { imdb: `tt${String(9_000_000 + number)}`, tmdb: String(700_000 + number) },
  addedAt: ago(LONG_AGO),
  durationMs: 100 * MINUTE,
});

/** Starts a household, does the work, and ends it whatever came of it. */
export async function inHousehold(options: HouseholdOptions, work: (home: Household) => Promise<void>): Promise<void> {
  const home = await startHousehold(options);
  try {
    await work(home);
  } finally {
    await home.close();
  }
}

const shelves = new WeakMap<object, { movies: string; shows: string }>();

/** The libraries of a fake, made at the first need. */
export function shelvesOf(home: Household, kind: ServerKind): { movies: string; shows: string } {
  const fake = home.fake(kind);
  const known = shelves.get(fake);
  if (known) return known;
  const made = { movies: fake.addLibrary({ name: 'Movies', kind: 'movies' }), shows: fake.addLibrary({ name: 'Shows', kind: 'shows' }) };
  shelves.set(fake, made);
  return made;
}

/** Puts a title on one server; answers its id there. */
export function shelve(home: Household, kind: ServerKind, title: FakeTitle): string {
  const { movies, shows } = shelvesOf(home, kind);
  return home.fake(kind).addTitle(title.kind === 'movie' ? movies : shows, title);
}

/** Puts the same titles on each of these servers; answers their ids, by server and name. */
export function shelveAll<Name extends string>(
  home: Household,
  titles: Readonly<Record<Name, FakeTitle>>,
  kinds: readonly ServerKind[] = ALL_SERVERS,
): Record<ServerKind, Record<Name, string>> {
  const ids = kinds.map((kind) => {
    const entries = Object.entries<FakeTitle>(titles).map(([name, title]) => [name, shelve(home, kind, title)]);
    return [kind, Object.fromEntries(entries)];
  });
  return Object.fromEntries(ids) as Record<ServerKind, Record<Name, string>>;
}

/** The owner's account on each of these servers, imported from and exported to unless told. */
export async function connectAll(
  home: Household,
  kinds: readonly ServerKind[] = ALL_SERVERS,
  wish: Partial<NewAccount> = {},
): Promise<Record<ServerKind, Account>> {
  const accounts: [ServerKind, Account][] = [];
  for (const kind of kinds) accounts.push([kind, await home.addBackend(kind, wish)]);
  return Object.fromEntries(accounts) as Record<ServerKind, Account>;
}

export type Told = readonly Readonly<{ level: string; text: string }>[];

function request(wish: Readonly<{ backend?: string; person?: PersonId }>, lines: { level: string; text: string }[]) {
  return {
    signal: AbortSignal.timeout(25_000),
    log: (level: string, text: string) => void lines.push({ level, text }),
    progress: () => undefined,
    breathe: async () => undefined,
    ...wish,
  };
}

/** An import of everybody's accounts, or of one; answers what it said. Its pushes go on by themselves: see `settled`. */
export async function importNow(home: Household, wish: Readonly<{ backend?: string; person?: PersonId }> = {}): Promise<Told> {
  const lines: { level: string; text: string }[] = [];
  await home.rooms.watchSync.runImport(request(wish, lines));
  return lines;
}

export async function exportNow(home: Household, wish: Readonly<{ backend?: string; person?: PersonId }> = {}): Promise<Told> {
  const lines: { level: string; text: string }[] = [];
  await home.rooms.watchSync.runExport(request(wish, lines));
  return lines;
}

export async function proposeNow(home: Household, person: PersonId = MAIN_PERSON): Promise<Plan> {
  return home.rooms.watchSync.proposeFirstSync(person, request({ person }, []));
}

/** Waits until nothing is due, running or to be heard any more: no push, no webhook's read, no plan. */
export async function settled(home: Household, withinMs?: number): Promise<void> {
  await eventually(async () => {
    await expectHeard(home);
    const { jobs } = await home.rooms.jobs.list({ statuses: ['pending', 'running'] }, 1, 100);
    const due = jobs.filter((job) => job.status === 'running' || job.runAt <= home.rooms.clock.now());
    if (due.length > 0) throw new Error(`still at work: ${due.map((job) => job.name).join(', ')}`);
    // What has ended meanwhile may have told something.
    await expectHeard(home);
  }, withinMs);
}

/** Import, and wait until everybody has been told. */
export async function sync(home: Household): Promise<void> {
  await importNow(home);
  await settled(home);
}

export type Standing = Readonly<{ mediaIds: readonly MediaId[]; viewing: StoredViewing | undefined; plays: readonly KnownPlay[] }>;

/** Where the person of an account stands with the (first) title of an item. */
export async function standing(home: Household, account: Account, upstreamId: string): Promise<Standing> {
  const { database, clock } = home.rooms;
  const [copy] = await createMediaGraph(database, { clock }).copiesOnServer(account.server.id, [upstreamId]);
  const mediaIds = copy?.mediaIds ?? [];
  const viewing = createViewingStore(database);
  const [first] = mediaIds;
  if (first === undefined) return { mediaIds, viewing: undefined, plays: [] };
  return {
    mediaIds,
    viewing: (await viewing.viewings(account.personId, mediaIds)).get(first),
    plays: (await viewing.plays(account.personId, [first])).get(first) ?? [],
  };
}

/** The calls by which a fake was changed: marks, un-marks, positions. */
export const changesMade = (home: Household, kind: ServerKind) =>
  home
    .fake(kind)
    .calls.filter(({ method, path }) => /scrobble|timeline|PlayedItems|UserData$/i.test(path) && (kind === 'plex' || method !== 'GET'));

export { eventually, type Household, type ServerKind };
