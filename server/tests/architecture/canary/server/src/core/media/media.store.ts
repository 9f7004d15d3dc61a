import { openDatabase } from '#platform/db/index.ts';
export const store = openDatabase;
