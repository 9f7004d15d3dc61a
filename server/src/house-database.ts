import { join } from 'node:path';
import type { Clock } from '#kernel/instant.ts';
import type { Config } from '#platform/config/index.ts';
import { type Database, type MigrationReport, migrate, openDatabase } from '#platform/db/index.ts';
import { migrations } from './migrations.ts';

/** The database of the house with the latest schema; closed again where the schema cannot be brought there. */
export async function openMigrated(config: Config, clock: Clock): Promise<Readonly<{ database: Database; migrated: MigrationReport }>> {
  const file = join(config.dataDir, 'usherr.db');
  const database = await openDatabase({ file, ...(config.databaseUrl !== undefined && { url: config.databaseUrl }) });
  try {
    return { database, migrated: await migrate(database, migrations, clock.now()) };
  } catch (error) {
    await database.close();
    throw error;
  }
}
