import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRecord } from '#kernel/json.ts';
import { loadConfig } from '#platform/config/index.ts';
import type { JournalEdge } from '#platform/journal/index.ts';
import type { HouseOptions } from '../../src/app.ts';
import { openHouse } from '../../src/house.ts';

/** A whole house as a process of its own, which ends as a power cut would end it. The test starts it with this as JSON in its argument. */
export type HouseProcess = Readonly<{
  dataDir: string;
  plexTvUrl?: string;
  plexDiscoverUrl?: string;
  callDeadlineMs?: number;
  patienceMs?: number;
  role?: 'whole' | 'front';
  /** Listens on a free port and says where. */
  listens?: boolean;
  work?: 'import' | 'export' | 'import-forever' | 'replicate' | 'replicate-forever' | 'track';
  /** Where Simkl is. */
  simkl?: HouseOptions['simkl'];
  /** How far its clock is ahead of the real one. */
  aheadMs?: number;
  die?: Readonly<{
    edge: JournalEdge;
    /** Of the changes that reach the edge, from 1. */
    nth: number;
    /** Only these changes are counted. */
    action?: string;
    /** Only changes whose kind begins so. */
    kind?: string;
    /** True: it stays at the edge until somebody kills it. False: it dies there by itself, at once. */
    waits: boolean;
  }>;
}>;

const options = JSON.parse(process.argv[2] ?? '') as HouseProcess;

/** Written before the next statement is run, whatever becomes of this process then. */
const say = (...words: readonly (string | number)[]): void => void writeSync(1, `${words.join(' ')}\n`);

let reached = 0;

async function onEdge(edge: JournalEdge, { kind, payload }: Readonly<{ kind: string; payload: unknown }>): Promise<void> {
  if (edge !== options.die?.edge || !kind.startsWith(options.die.kind ?? '')) return;
  const { action } = options.die;
  if (action !== undefined && !(isRecord(payload) && payload.action === action)) return;
  reached += 1;
  if (reached !== options.die.nth) return;
  say('edge', edge);
  if (!options.die.waits) process.kill(process.pid, 'SIGKILL');
  await sleep(120_000);
}

const { dataDir, plexTvUrl, plexDiscoverUrl, callDeadlineMs, patienceMs, role = 'whole', aheadMs } = options;
const config = loadConfig({ USHERR_DATA_DIR: dataDir, USHERR_HOST: '127.0.0.1', USHERR_PORT: '4848', USHERR_LOG_LEVEL: 'warn' });
const house = await openHouse({
  config: { ...config, port: 0 },
  role,
  onEdge,
  ...(plexTvUrl !== undefined && { plexTvUrl }),
  ...(options.simkl !== undefined && { simkl: options.simkl }),
  ...(plexDiscoverUrl !== undefined && { plexDiscoverUrl }),
  ...(callDeadlineMs !== undefined && { callDeadlineMs }),
  ...(patienceMs !== undefined && { patienceMs }),
  ...(aheadMs !== undefined && { clock: { now: () => Date.now() + aheadMs } }),
  logOutput: { write: (line) => process.stderr.write(line) },
});
say('ready', options.listens ? await house.listen() : '');

const request = {
  signal: new AbortController().signal,
  log: () => undefined,
  progress: () => undefined,
  breathe: async () => undefined,
};
const { watchSync, requestReplication, trackerSync } = house.rooms;
/** A cycle is a job of the house, which runs one at a time: it is asked for, and not waited for. */
const cycle = async (): Promise<void> => {
  await requestReplication.wake();
  await sleep(20);
};
const track = async (): Promise<void> => {
  for (const link of await trackerSync.list()) await trackerSync.run(link.id, { full: false, byHand: false }, request);
};
const WORKS = {
  track,
  import: watchSync.runImport,
  export: watchSync.runExport,
  'import-forever': watchSync.runImport,
  replicate: cycle,
  'replicate-forever': cycle,
};
if (options.work !== undefined) {
  do {
    await WORKS[options.work](request).catch((error: unknown) => void process.stderr.write(`${String(error)}\n`));
    say('done', options.work);
  } while (options.work.endsWith('-forever'));
}
