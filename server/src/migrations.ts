import type { Migration } from '#platform/db/index.ts';

/** Every step of the schema, oldest first. New steps are added at the end; a step that has landed is never edited or moved. */
export const migrations: readonly Migration[] = [];
