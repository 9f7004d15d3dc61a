import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, messageOf } from '#kernel/app-error.ts';
import type { Duration } from '#kernel/instant.ts';

export type FolderHold = Readonly<{
  /** Once is enough; more does no harm. */
  release(): void;
}>;

const LOOK_AGAIN_MS = 100;

/**
 * Makes this the only process that runs on the folder, until it releases it or ends, in whatever way: the system itself
 * forgets the lock of a process that was killed, where a file with a process id in it would stay behind and lie. Waits
 * `withinMs` for another one that is closing, then throws `misconfigured`.
 */
export async function holdFolder(folder: string, withinMs: Duration): Promise<FolderHold> {
  // What is watched is nobody else's business. A folder that is there keeps the rights that it was given.
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw new AppError('misconfigured', `The data folder ${folder} cannot be made: ${messageOf(cause)}. Check its rights.`, { cause });
  });
  const until = performance.now() + withinMs;
  for (;;) {
    const hold = tryToHold(join(folder, 'usherr.lock'));
    if (hold) return hold;
    if (performance.now() >= until) {
      throw new AppError(
        'misconfigured',
        `Another Usherr runs on the data folder ${folder}. Stop it first, or give this one a folder of its own with USHERR_DATA_DIR.`,
      );
    }
    await sleep(LOOK_AGAIN_MS);
  }
}

function tryToHold(file: string): FolderHold | undefined {
  let connection: DatabaseSync | undefined;
  try {
    connection = new DatabaseSync(file, { timeout: 0 });
    connection.exec('begin exclusive');
    const held = connection;
    return {
      release() {
        if (held.isOpen) held.close();
      },
    };
  } catch (cause) {
    connection?.close();
    if (/locked|busy/i.test(messageOf(cause))) return undefined;
    throw unusable(file, cause);
  }
}

const unusable = (file: string, cause: unknown): AppError =>
  new AppError('misconfigured', `${file}, by which the data folder is held, cannot be used: ${messageOf(cause)}. Check its rights.`, {
    cause,
  });
