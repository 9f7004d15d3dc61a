import { setTimeout as sleep } from 'node:timers/promises';
import { openHouse } from '../server/src/house.ts';
import { loadConfig } from '../server/src/platform/config/index.ts';

const TICK_MS = 10;

/** What the house writes lines for: so many in a second, for so many seconds, numbered from 0, each with the time at which it was written. */
export type LogOrder = Readonly<{ perSecond: number; seconds: number }>;

/** Lines at their times: what was missed while the process was busy is made up for at the next tick. */
async function write(log: (fields: object, message: string) => void, { perSecond, seconds }: LogOrder): Promise<number> {
  const begun = performance.now();
  const total = perSecond * seconds;
  for (let written = 0; written < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - begun) * perSecond) / 1_000));
    for (; written < due; written++) log({ backend: 'attic', person: 'main' }, `line ${written} written at ${Date.now()}`);
    await sleep(TICK_MS);
  }
  return total;
}

/** The whole house in a process of its own, whose logging room is told what to write. */
if (process.send !== undefined) {
  const { API_KEY = '', FOLDER = '' } = process.env;
  const config = loadConfig({ USHERR_DATA_DIR: FOLDER, USHERR_HOST: '127.0.0.1', USHERR_API_KEY: API_KEY, USHERR_LOG_LEVEL: 'info' });
  const house = await openHouse({ config: { ...config, port: 0 }, logOutput: { write: () => undefined } });
  const logger = house.rooms.logging.logger('task');
  logger.info('the first line, so that there is a file');
  process.on('message', (order: LogOrder) => {
    void write((fields, message) => logger.info(fields, message), order).then((written) => process.send?.({ written }));
  });
  process.send({ address: await house.listen(), filename: `task.${house.rooms.logging.today()}.log` });
  process.on('disconnect', () => process.exit(0));
}
