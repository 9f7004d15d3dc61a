import type { openDatabase } from '#platform/db/index.ts';
export type InTransaction = typeof openDatabase;
