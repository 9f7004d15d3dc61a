import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '#platform/config/index.ts';
import type { JournalEdge } from '#platform/journal/index.ts';
import { openHouse } from '../../src/house.ts';

/** A whole house as a process of its own, which ends as a power cut would end it. The test starts it with this as JSON in its argument. */
export type HouseProcess = Readonly<{
  dataDir: string;
  plexTvUrl?: string;
  callDeadlineMs?: number;
  patienceMs?: number;
  role?: 'whole' | 'front';
  /** Listens on a free port and says where. */
  listens?: boolean;
  work?: 'import' | 'export' | 'import-forever';
  die?: Readonly<{
    edge: JournalEdge;
    /** Of the changes that reach the edge, from 1. */
    nth: number;
    /** True: it stays at the edge until somebody kills it. False: it dies there by itself, at once. */
    waits: boolean;
  }>;
}>;

const options = JSON.parse(process.argv[2] ?? '') as HouseProcess;

/** Written before the next statement is run, whatever becomes of this process then. */
const say = (...words: readonly (string | number)[]): void => void writeSync(1, `${words.join(' ')}\n`);

let reached = 0;

async function onEdge(edge: JournalEdge): Promise<void> {
  if (edge !== options.die?.edge) return;
  reached += 1;
  if (reached !== options.die.nth) return;
  say('edge', edge);
  if (!options.die.waits) process.kill(process.pid, 'SIGKILL');
  await sleep(120_000);
}

const { dataDir, plexTvUrl, callDeadlineMs, patienceMs, role = 'whole' } = options;
const config = loadConfig({ USHERR_DATA_DIR: dataDir, USHERR_HOST: '127.0.0.1', USHERR_PORT: '4848', USHERR_LOG_LEVEL: 'warn' });
const house = await openHouse({
  config: { ...config, port: 0 },
  role,
  onEdge,
  ...(plexTvUrl !== undefined && { plexTvUrl }),
  ...(callDeadlineMs !== undefined && { callDeadlineMs }),
  ...(patienceMs !== undefined && { patienceMs }),
  logOutput: { write: (line) => process.stderr.write(line) },
});
say('ready', options.listens ? await house.listen() : '');

const request = {
  signal: new AbortController().signal,
  log: () => undefined,
  progress: () => undefined,
  breathe: async () => undefined,
};
const { watchSync } = house.rooms;
if (options.work !== undefined) {
  do {
    await (options.work === 'export' ? watchSync.runExport(request) : watchSync.runImport(request)).catch((error: unknown) =>
      process.stderr.write(`${String(error)}\n`),
    );
    say('done', options.work);
  } while (options.work === 'import-forever');
}
