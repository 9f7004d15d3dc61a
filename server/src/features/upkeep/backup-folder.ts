import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, lstat, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ToldRecord } from '#core/upstreams/index.ts';
import { AppError, invalid, isAppError, messageOf } from '#kernel/app-error.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { dayInName, namesIn } from './backup-files.ts';
import { readBackup } from './backup-reader.ts';
import { recordOfPortable } from './portable-record.ts';

export type BackupFile = Readonly<{
  name: string;
  /** Made by the clock, and deleted by it one day. */
  automatic: boolean;
  /** In bytes. */
  size: number;
  at: Instant;
}>;

export type KeptBackup = Readonly<{ is: 'taken' | 'there' } | { is: 'refused'; reason: string }>;

export type BackupFolder = Readonly<{
  /** Newest first; only those of the person with that name, where one is given. */
  list(person?: string): Promise<readonly BackupFile[]>;
  /** A backup by its name; `file` is where it lies. Throws `invalid` for what could lead elsewhere, `not-found`. */
  get(name: string, person?: string): Promise<BackupFile & Readonly<{ file: string }>>;
  /** For good. Throws as `get` does. */
  remove(name: string, person?: string): Promise<BackupFile>;
  /** The records of a backup, by its name in the folder or by its whole path. Throws `invalid` naming `file`. */
  open(file: string): Promise<AsyncIterable<readonly ToldRecord[]>>;
  /** Puts a backup that lies elsewhere into the folder, once it has been read to its end. */
  keep(backup: Readonly<{ name: string; file: string }>, how: Readonly<{ dryRun: boolean }>): Promise<KeptBackup>;
}>;

const NAME = /^[a-z0-9_][\w.-]{0,199}\.json(\.zip)?$/i;

/** A name that stays in its folder. */
const isPlainName = (name: string): boolean =>
  name !== '' && !name.startsWith('.') && !['/', '\\', '..', '\0', '\n'].some((part) => name.includes(part));

const isBackupName = (name: string): boolean => NAME.test(name) && isPlainName(name);

/** Names of persons hold no dot. */
const belongsTo = (name: string, person: string): boolean => name.startsWith(`${person}.`);

export type BackupFolderDeps = Readonly<{
  folder: string;
  clock: Clock /** Dated backups of before that day (`YYYYMMDD`) are deleted. */;
  oldestDay(): string;
}>;

/** The folder of portable backups. No spelling of a name leads out of it: a name is one plain word, and what it names is no link. */
export function createBackupFolder({ folder, clock, oldestDay }: BackupFolderDeps): BackupFolder {
  async function found(name: string): Promise<BackupFile & Readonly<{ file: string }>> {
    const file = join(folder, name);
    const known = await lstat(file).catch(() => undefined);
    if (known?.isFile() !== true) throw new AppError('not-found', `There is no backup "${name}".`);
    return { name, automatic: dayInName(name) !== undefined, size: known.size, at: known.mtimeMs, file };
  }

  async function get(name: string, person?: string) {
    if (!isPlainName(name)) throw invalid('filename', 'must be the plain name of a backup, such as main.plex.20260328.json.zip');
    if (!isBackupName(name)) throw new AppError('not-found', `There is no backup "${name}".`);
    if (person !== undefined && !belongsTo(name, person)) throw new AppError('not-found', `There is no backup "${name}" of ${person}.`);
    return found(name);
  }

  async function* records(file: string, name: string): AsyncGenerator<readonly ToldRecord[]> {
    let position = 0;
    for await (const page of readBackup(file, name)) {
      const from = position;
      position += page.length;
      yield page.map((entry, index) => recordOfPortable(entry, from + index + 1, clock.now()));
    }
  }

  async function placeOf(given: string): Promise<string> {
    if (isAbsolute(given)) {
      if ((await stat(given).catch(() => undefined))?.isFile() === true) return given;
      throw invalid('file', `there is no file ${given} where the server runs`);
    }
    const known = await get(given).catch((error: unknown) => {
      if (isAppError(error)) throw invalid('file', `there is no backup "${given}" in the folder of backups`, error);
      throw error;
    });
    return known.file;
  }

  return {
    async list(person) {
      const files: BackupFile[] = [];
      for (const name of await namesIn(folder)) {
        if (!isBackupName(name) || (person !== undefined && !belongsTo(name, person))) continue;
        const known = await found(name).catch(() => undefined);
        if (known) files.push({ name, automatic: known.automatic, size: known.size, at: known.at });
      }
      return files.sort((one, other) => other.at - one.at || (one.name < other.name ? -1 : 1));
    },
    get,
    async remove(name, person) {
      const { file, ...known } = await get(name, person);
      await rm(file, { force: true });
      return known;
    },
    async open(given) {
      const file = await placeOf(given);
      return { [Symbol.asyncIterator]: () => records(file, given)[Symbol.asyncIterator]() };
    },
    async keep(backup, { dryRun }) {
      if (!isBackupName(backup.name)) return { is: 'refused', reason: 'its name is no name of a backup' };
      try {
        return await keep(backup, dryRun);
      } catch (error) {
        if (isAppError(error, 'invalid')) return { is: 'refused', reason: messageOf(error).replace(/^file: \S+ is/, 'it is') };
        throw error;
      }
    },
  };

  async function keep({ name, file }: Readonly<{ name: string; file: string }>, dryRun: boolean): Promise<KeptBackup> {
    const own = keptName(name, oldestDay());
    const there = await found(own).catch(() => undefined);
    if (there)
      return (await sameBytes(there.file, file)) ? { is: 'there' } : { is: 'refused', reason: 'there is another backup of that name' };
    for await (const _ of readBackup(file, name));
    if (!dryRun) await takeIn(file, folder, own);
    return { is: 'taken' };
  }
}

/** A backup that is older than any of ours gets a name without a date: it would be gone within minutes. */
const keptName = (name: string, oldest: string): string => {
  const day = dayInName(name);
  return day === undefined || day >= oldest ? name : name.replace(`.${day}.`, `.from-${day}.`);
};

async function takeIn(file: string, folder: string, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const part = join(folder, `${name}.part`);
  await copyFile(file, part);
  const written = await open(part, 'r+');
  await written.chmod(0o600);
  await written.sync();
  await written.close();
  await rename(part, join(folder, name));
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

const sameBytes = async (one: string, other: string): Promise<boolean> => (await digestOf(one)) === (await digestOf(other));
