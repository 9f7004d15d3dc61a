import { openDatabase } from '#platform/db/index.ts';
export const x = openDatabase;
