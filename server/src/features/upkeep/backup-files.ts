import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

const DATED = /^[a-z0-9_]+\.[a-z0-9_]+\.(\d{4})(\d{2})(\d{2})\.json(\.zip)?$/;

export type BackupWriter = Readonly<{ add(items: readonly object[]): Promise<void>; finish(): Promise<void>; abandon(): Promise<void> }>;

/** Writes a JSON array a page at a time. The file has its name only once it is whole, so that no half of a backup is taken for one. */
export async function writeBackup(folder: string, name: string): Promise<BackupWriter> {
  const part = join(folder, `${name}.part`);
  const file = await open(part, 'w', 0o600);
  let first = true;
  await file.write('[');
  return {
    async add(items) {
      if (items.length === 0) return;
      await file.write(`${first ? '\n' : ',\n'}${items.map((item) => JSON.stringify(item)).join(',\n')}`);
      first = false;
    },
    async finish() {
      await file.write('\n]\n');
      await file.sync();
      await file.close();
      await rename(part, join(folder, name));
    },
    async abandon() {
      await file.close();
      await rm(part, { force: true });
    },
  };
}

/** Deletes the dated backups of before that day (`YYYYMMDD`); those without a date were kept by a person, and stay. Answers which went. */
export async function pruneBackups(folder: string, before: string): Promise<readonly string[]> {
  const gone: string[] = [];
  for (const name of await namesIn(folder)) {
    const [, year, month, day] = DATED.exec(name) ?? [];
    if (year === undefined || `${year}${month}${day}` >= before) continue;
    await rm(join(folder, name), { force: true });
    gone.push(name);
  }
  return gone;
}

/** Empty where the folder is not there yet. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
