import { join } from 'node:path';
import { AppError, isAppError, messageOf } from '#kernel/app-error.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Config } from '#platform/config/index.ts';
import { type Database, type MigrationReport, migrate, openDatabase } from '#platform/db/index.ts';
import { migrations } from './migrations.ts';

/**
 * The database of the house with the latest schema; closed again where the schema cannot be brought there.
 * @throws AppError `misconfigured`, also where nothing can be written to it
 */
export async function openMigrated(config: Config, clock: Clock): Promise<Readonly<{ database: Database; migrated: MigrationReport }>> {
  const file = join(config.dataDir, 'usherr.db');
  const database = await openDatabase({ file, ...(config.databaseUrl !== undefined && { url: config.databaseUrl }) });
  const migrated = await migrate(database, migrations, clock.now()).catch(async (cause: unknown) => {
    await database.close();
    throw isAppError(cause) ? cause : unwritable(database.place, cause);
  });
  return { database, migrated };
}

const unwritable = (place: string, cause: unknown): AppError =>
  new AppError(
    'misconfigured',
    `The database ${place} cannot be written to: ${messageOf(cause)}. Check that there is room, and that Usherr has the right to write there.`,
    { cause },
  );
