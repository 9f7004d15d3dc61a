import { peopleMigrations } from '#core/people/index.ts';
import { viewingMigrations } from '#core/viewing/index.ts';
import type { Migration } from '#platform/db/index.ts';

/** Every step of the schema, oldest first. New steps are added at the end; a step that has landed is never edited or moved. */
export const migrations: readonly Migration[] = [...peopleMigrations, ...viewingMigrations];
