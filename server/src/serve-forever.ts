import { isAppError, messageOf } from '#kernel/app-error.ts';
import { loadConfig } from '#platform/config/index.ts';
import { openHouse } from './house.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** The process: opens the house, listens, and closes it at a signal. A house that cannot open ends the process with 1. */
export async function serveForever(): Promise<void> {
  await start().catch(fail);
}

async function start(): Promise<void> {
  // What is made from here on is for this user and its group: the database holds who watched what, and hashes of passwords.
  process.umask(0o027);
  const house = await openHouse({ config: loadConfig(), role: 'front' });
  const { migrated } = house.rooms;
  if (migrated.copy !== undefined)
    say(`The database was copied to ${migrated.copy} before ${migrated.applied.length} steps of its schema were applied.`);
  // Before listening, which may fail: the key is stored by now, and is never shown again.
  if (house.words.ownerKey !== undefined) say(`Owner's API key, shown only now: ${house.words.ownerKey}`);
  const address = await house.listen();
  say(`\nUsherr is at ${address}`);
  if (house.words.setupCode !== undefined) say(`Set-up code, needed once to create the owner: ${house.words.setupCode}`);

  let ending = false;
  const end = (signal: NodeJS.Signals): void => {
    if (ending) process.exit(1);
    ending = true;
    say(`\n${signal}: closing. Once more ends at once; nothing is lost either way.`);
    house.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

function fail(error: unknown): void {
  process.stderr.write(
    `${isAppError(error) ? error.message : error instanceof Error ? (error.stack ?? error.message) : messageOf(error)}\n`,
  );
  process.exit(1);
}
