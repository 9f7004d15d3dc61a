import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, type Migration, migrate, openDatabase } from '#platform/db/index.ts';
import { migrations } from '../../src/migrations.ts';
import { openPostgres } from './postgres.ts';

export const DATABASES = ['sqlite', 'postgres'] as const;

export type TestDatabase = Readonly<{ database: Database; url?: string; file: string; close(): Promise<void> }>;

/** A fresh database of that kind with the whole schema, or with the steps given. */
export async function openTestDatabase(kind: (typeof DATABASES)[number], steps: readonly Migration[] = migrations): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'usherr-db-'));
  const postgres = kind === 'postgres' ? await openPostgres() : undefined;
  const file = join(folder, 'usherr.db');
  const database = await openDatabase({ file, ...(postgres && { url: postgres.url }) });
  await migrate(database, steps, 0);
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
