import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { createJellyfinFake } from '../server/src/integrations/jellyfin/jellyfin.fake.ts';
import { letAppInto } from './app-inside.ts';
import { startHouse } from './bench-house.ts';
import { memoryOf } from './child.ts';
import { type Figure, percentile, type Reading } from './figure.ts';
import { layHistory } from './history-rows.ts';
import { EPISODES_PER_SHOW, movieAt } from './library.ts';

const EPISODES = 500_000;
const SHOWS = EPISODES / EPISODES_PER_SHOW;
const MOVIES = 50_000 - SHOWS;
const CHANGES = 100;
const WRITES = 1_000;
const ASKED = 60;
const ALL_ITEMS = '/sync/all-items/?extended=full&episode_watched_at=yes&include_all_episodes=yes';

/** Beside the library lie as many movies that nobody has seen as the runs will write. */
async function furnish(folder: string, unseen: number): Promise<void> {
  const fake = await createJellyfinFake();
  try {
    const house = await startHouse(folder);
    const { baseUrl: url, owner } = fake;
    for (const name of ['attic', 'barn']) await house.addBackend({ type: 'jellyfin', url, token: owner.token, user: owner.id, name });
    await house.close();
    layHistory(folder, EPISODES + MOVIES + unseen, {
      movies: MOVIES + unseen,
      watched: (n) => n < MOVIES || n >= MOVIES + unseen,
      numbered: true,
    });
    // Nobody saw that history come: the house is to make its library as that of a household that was there before the tracker.
    const db = new DatabaseSync(join(folder, 'usherr.db'));
    db.exec('delete from tracker_person');
    db.close();
  } finally {
    await fake.close();
  }
}

/** The libraries of a house that had a history before it had a tracker are made by a job of their own. */
async function untilFilled(folder: string, tell: (text: string) => void): Promise<void> {
  const db = new DatabaseSync(join(folder, 'usherr.db'), { readOnly: true });
  const begun = performance.now();
  const filled = db.prepare('select count(*) as done from tracker_person where person_id = 1 and filled_at is not null');
  while (Number(filled.get()?.done) === 0) await sleep(500);
  db.close();
  tell(`tracker: a library of ${MOVIES + SHOWS} titles was made in ${Math.round((performance.now() - begun) / 1_000)} s`);
}

type Whole = Readonly<Record<'movies' | 'shows', readonly Readonly<{ seasons?: readonly Readonly<{ episodes: readonly unknown[] }>[] }>[]>>;

/** What would be measured of a library that is not whole is worth nothing: all of it has to be in the one answer. */
async function mustBeWhole({ address, headers }: App): Promise<void> {
  const response = await fetch(`${address}${ALL_ITEMS}`, { headers });
  const { movies, shows } = (await response.json()) as Whole;
  const episodes = shows.reduce((sum, show) => sum + (show.seasons ?? []).reduce((all, season) => all + season.episodes.length, 0), 0);
  const found = `${movies.length} movies, ${shows.length} shows and ${episodes} episodes`;
  if (movies.length !== MOVIES || shows.length !== SHOWS || episodes !== EPISODES)
    throw new Error(`The library is not whole: it has ${found}.`);
}

type App = Readonly<{ address: string; headers: Readonly<Record<string, string>> }>;

async function ask({ address, headers }: App, path: string): Promise<number> {
  const started = performance.now();
  const response = await fetch(`${address}${path}`, { headers });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${path} was answered ${response.status}`);
  return performance.now() - started;
}

async function writeMovies({ address, headers }: App, from: number, count: number): Promise<number> {
  const movies = Array.from({ length: count }, (_, n) => ({
    watched_at: '2025-06-01T20:00:00Z',
    ids: { imdb: movieAt(MOVIES + from + n).imdb },
  }));
  const started = performance.now();
  const response = await fetch(`${address}/sync/history`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ movies }),
  });
  const { added, not_found: missing } = (await response.json()) as { added: { movies: number }; not_found: { movies: unknown[] } };
  if (response.status !== 201 || missing.movies.length > 0) throw new Error(`Of ${count} titles ${missing.movies.length} are unknown.`);
  if (added.movies !== count) throw new Error(`Of ${count} titles ${added.movies} are new.`);
  return performance.now() - started;
}

/** The whole library in one answer: how long each 30 MB of it take, and by how much the house grows meanwhile. */
async function streamAll({ address, headers }: App, pid: number | undefined): Promise<Readonly<{ ms: number; grewMb: number }>> {
  const before = memoryOf(pid);
  let [bytes, most] = [0, before];
  const started = performance.now();
  const response = await fetch(`${address}${ALL_ITEMS}`, { headers });
  for await (const part of response.body ?? []) {
    bytes += (part as Uint8Array).length;
    most = Math.max(most, memoryOf(pid));
  }
  return { ms: ((performance.now() - started) / bytes) * 30_000_000, grewMb: most - before };
}

/** An app that follows a library of 50,000 titles and 500,000 episodes, as apps of Simkl do. */
export const trackerFigure: Figure = {
  id: 'tracker',
  title: 'Apps that follow a library',
  async measure({ runs, folder, tell }) {
    const data = await mkdtemp(join(folder, 'tracker-'));
    await furnish(data, runs * (CHANGES + WRITES));
    const headers = await letAppInto(data);
    const house = await startHouse(data);
    const found = {
      delta: [] as Reading[],
      activities: [] as Reading[],
      writes: [] as Reading[],
      stream: [] as Reading[],
      memory: [] as Reading[],
    };
    try {
      await untilFilled(data, tell);
      const app = { address: house.address, headers };
      await mustBeWhole(app);
      for (let run = 0; run < runs; run++) {
        const first = run * (CHANGES + WRITES);
        const since = new Date().toISOString();
        await sleep(1_100);
        await writeMovies(app, first, CHANGES);
        const deltas: number[] = [];
        const activities: number[] = [];
        for (let n = 0; n < ASKED; n++) {
          deltas.push(await ask(app, `/sync/all-items/?date_from=${since}`));
          activities.push(await ask(app, '/sync/activities'));
        }
        found.delta.push({ value: percentile(deltas, 0.95) });
        found.activities.push({ value: percentile(activities, 0.95) });
        found.writes.push({ value: await writeMovies(app, first + CHANGES, WRITES) });
        const { ms, grewMb } = await streamAll(app, house.pid);
        found.stream.push({ value: ms });
        found.memory.push({ value: grewMb });
        const told = [found.delta, found.activities, found.writes, found.stream, found.memory].map((all) =>
          Math.round(all.at(-1)?.value ?? 0),
        );
        tell(
          `tracker ${run + 1}/${runs}: delta ${told[0]} ms, activities ${told[1]} ms, writes ${told[2]} ms, 30 MB ${told[3]} ms, ${told[4]} MB`,
        );
      }
    } finally {
      await house.close();
    }
    const against = (times: number) => ({ row: 'route', times }) as const;
    return [
      { name: `Delta of ${CHANGES} changes, p95`, unit: 'ms', bar: 10, against: against(10), readings: found.delta },
      { name: 'Activities, p95', unit: 'ms', bar: 3, against: against(3), readings: found.activities },
      { name: `${WRITES} history writes in one body`, unit: 'ms', bar: 1_000, against: against(1_000), readings: found.writes },
      { name: '30 MB of all items', unit: 'ms', bar: 1_000, against: against(1_000), readings: found.stream },
      { name: 'Growth while all items are streamed', unit: 'MB', bar: 150, against: { row: 'memory', times: 2.5 }, readings: found.memory },
    ];
  },
};
