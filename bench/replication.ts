import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { createRooms, type Rooms } from '../server/src/app.ts';
import { isAtRest } from '../server/src/features/request-replication/at-rest.ts';
import { titlesOf } from '../server/src/features/request-replication/title-facts.ts';
import { planned } from '../server/src/features/request-replication/title-keeper.ts';
import { closeRooms } from '../server/src/house.ts';
import { createSeerrFake, type FakeSeerr } from '../server/src/integrations/seerr/seerr.fake.ts';
import { loadConfig } from '../server/src/platform/config/index.ts';
import { TRACKED_RULES, trackedRequests } from '../server/tests/support/tracked-requests.ts';
import { type Figure, median, type Reading } from './figure.ts';

const REQUESTS = 1_000;
const SUBORDINATES = ['A', 'B', 'C'];
const ANSWER_MS = 20;
/** Calls of which the time of one after another is measured. */
const SAMPLE = 50;
const TRACKED = 50_000;
const PLAN_MS = 1_000;
/** Each right after the bare reads that it is held against: both take some 50 ms, of which whatever else the machine does is a large part. */
const QUIET_PAIRS = 5;

/** One primary Seerr and three subordinates: the first round, a round in which nothing differs, and the plan of a very large one. */
export const replicationFigure: Figure = {
  id: 'replication',
  title: 'Request replication',
  async measure({ runs, folder, tell }) {
    const first: Reading[] = [];
    const quiet: Reading[] = [];
    const plans: Reading[] = [];
    for (let run = 1; run <= runs; run += 1) {
      const measured = await oneRound(await mkdtemp(join(folder, 'replication-')));
      first.push(measured.first);
      quiet.push(...measured.quiet);
      plans.push({ value: planLarge() });
      const again = median(measured.quiet.map(({ value }) => value));
      tell(`replication ${run}/${runs}: ${measured.first.value.toFixed(0)} ms for all, ${again.toFixed(0)} ms when quiet`);
    }
    const calls = `${REQUESTS} requests to ${SUBORDINATES.length} subordinates, to one call after another`;
    return [
      { name: calls, unit: '×', bar: 0.2, against: { row: 'baseline', times: 0.2 }, readings: first },
      {
        name: 'A round in which nothing differs, to its bare reads',
        unit: '×',
        bar: 1.2,
        against: { row: 'baseline', times: 1.2 },
        readings: quiet,
      },
      { name: `Plan of ${TRACKED} tracked requests`, unit: 'ms', bar: PLAN_MS, against: { row: 'route', times: 1_000 }, readings: plans },
    ];
  },
};

async function oneRound(folder: string): Promise<Readonly<{ first: Reading; quiet: readonly Reading[] }>> {
  const rooms = await createRooms({ config: loadConfig({ USHERR_DATA_DIR: folder, USHERR_LOG_LEVEL: 'error' }) });
  const fakes: FakeSeerr[] = [];
  try {
    for (const name of ['Primary', ...SUBORDINATES]) {
      const fake = await createSeerrFake();
      fakes.push(fake);
      const role = name === 'Primary' ? ('primary' as const) : ('subordinate' as const);
      await rooms.desks.create({ name, url: fake.baseUrl, apiKey: fake.apiKey(), role });
    }
    const [primary] = fakes;
    for (let tmdbId = 1; tmdbId <= REQUESTS; tmdbId += 1) primary?.addRequest({ kind: 'movie', tmdbId });
    for (const fake of fakes) fake.setDelay(ANSWER_MS);
    const oneCall = await oneAfterAnother(rooms);
    const all = await timed(() => rooms.requestReplication.runCycle(context()));
    // The listings are others than before: this one finds out that nothing is left to do, and is not yet a quiet one.
    await rooms.requestReplication.runCycle(context());
    const quiet: Reading[] = [];
    for (let pair = 1; pair <= QUIET_PAIRS; pair += 1) {
      const base = await timed(() => readAll(rooms));
      quiet.push({ base, value: await timed(() => rooms.requestReplication.runCycle(context())) });
    }
    return { first: { value: all, base: oneCall * REQUESTS * SUBORDINATES.length }, quiet };
  } finally {
    await closeRooms(rooms);
    for (const fake of fakes) await fake.close();
  }
}

async function readAll({ desks }: Rooms): Promise<void> {
  await Promise.all((await desks.list()).map(async (desk) => (await desks.connect(desk)).listRequests(context())));
}

const context = () => ({ signal: AbortSignal.timeout(120_000), log: () => undefined, progress: () => undefined });

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** What one request takes where nothing else is under way, on a desk of its own. */
async function oneAfterAnother({ desks }: Rooms): Promise<number> {
  const fake = await createSeerrFake();
  fake.setDelay(ANSWER_MS);
  const desk = await desks.create({ name: 'Sample', url: fake.baseUrl, apiKey: fake.apiKey(), role: 'disabled' });
  const client = await desks.connect(desk);
  const took = await timed(async () => {
    for (let tmdbId = 1; tmdbId <= SAMPLE; tmdbId += 1) await client.ask({ kind: 'movie', tmdbId, is4k: false, seasons: [] }, context());
  });
  await desks.remove(desk.id);
  await fake.close();
  return took / SAMPLE;
}

/** Every hundredth request is new, every hundredth was approved since; the others are as they were. */
function planLarge(): number {
  const given = trackedRequests(TRACKED);
  const started = performance.now();
  let steps = 0;
  for (const facts of titlesOf(given).values()) if (!isAtRest(facts)) steps += planned(facts, TRACKED_RULES).plan.steps.length;
  const took = performance.now() - started;
  if (steps === 0) throw new Error('nothing was planned');
  return took;
}
