import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, type Migration, migrate, openDatabase } from '#platform/db/index.ts';
import { migrations } from '../../src/migrations.ts';
import { openPostgres } from './postgres.ts';

export const DATABASES = ['sqlite', 'postgres'] as const;

export type TestDatabase = Readonly<{ database: Database; url?: string; file: string; close(): Promise<void> }>;

const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'usherr-db-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const emptyFiles = new WeakMap<readonly Migration[], Promise<Buffer>>();

/** The bytes of an empty SQLite file with these steps. All of them take longer than most tests, so a worker takes them once. */
const emptyFile = (steps: readonly Migration[]): Promise<Buffer> => {
  const known = emptyFiles.get(steps);
  if (known !== undefined) return known;
  const made = inFolder(async (folder) => {
    const file = join(folder, 'empty.db');
    const database = await openDatabase({ file });
    await migrate(database, steps, 0);
    await database.close();
    return readFile(file);
  });
  emptyFiles.set(steps, made);
  return made;
};

/** A fresh database of that kind with the whole schema, or with the steps given. */
export async function openTestDatabase(kind: (typeof DATABASES)[number], steps: readonly Migration[] = migrations): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'usherr-db-'));
  const postgres = kind === 'postgres' ? await openPostgres() : undefined;
  const file = join(folder, 'usherr.db');
  if (!postgres) await writeFile(file, await emptyFile(steps));
  const database = await openDatabase({ file, ...(postgres && { url: postgres.url }) });
  if (postgres) await migrate(database, steps, 0);
  return {
    database,
    file,
    ...(postgres && { url: postgres.url }),
    async close() {
      await database.close();
      await postgres?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
