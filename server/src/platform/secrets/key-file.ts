import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#kernel/app-error.ts';

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

const barred = (message: string, cause: unknown): AppError => new AppError('misconfigured', message, { cause });

export const readIfThere = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw barred(`${path} cannot be read. Give the user that runs Usherr the right to read it.`, error);
  }
};

/**
 * Writes a file that nobody else may read, all of it or nothing, unless it is there already: two processes that start at once
 * must end up with one key, and a power cut must not leave half of it.
 */
export const writeOnce = (path: string, text: string): void => {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = openSync(draft, 'wx', 0o600);
    try {
      writeSync(file, `${text}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    throw barred(`${path} cannot be written. Give the user that runs Usherr the right to write to its folder.`, error);
  } finally {
    rmSync(draft, { force: true });
  }
};

const KEY_BYTES = 32;
const PRIVATE = 0o600;

/**
 * The key material of `secret.key` in the folder, made at the first call.
 * @throws AppError `misconfigured` when the file cannot be read or written, or holds no key.
 */
export const loadKeyFile = (folder: string): string => {
  const path = join(folder, 'secret.key');
  mkdirSync(folder, { recursive: true });
  if (readIfThere(path) === undefined) writeOnce(path, randomBytes(KEY_BYTES).toString('hex'));
  const text = readIfThere(path) ?? '';
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new AppError(
      'misconfigured',
      `${path} does not hold a key of Usherr. Restore it from a backup, or set USHERR_SECRET to its former content.`,
    );
  }
  keepPrivate(path);
  return text;
};

/** A restored backup may come with the rights of an ordinary file. */
function keepPrivate(path: string): void {
  if (process.platform === 'win32' || (statSync(path).mode & 0o777) === PRIVATE) return;
  try {
    chmodSync(path, PRIVATE);
  } catch (error) {
    throw barred(
      `${path} may be read by others, and its rights cannot be changed. Make it readable by the user that runs Usherr alone.`,
      error,
    );
  }
}
