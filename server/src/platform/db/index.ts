export { type Generated, type Insertable, type Kysely, type Selectable, sql, type Transaction, type Updateable } from 'kysely';
export type { Database, DatabaseKind, DatabaseOptions, Handle } from './database.ts';
export { openDatabase } from './database.ts';
export { type FolderHold, holdFolder } from './folder-hold.ts';
export { insertRows } from './insert-rows.ts';
export type { ColumnKind, RowValue } from './json-rows.ts';
export { idList, jsonRows, textList } from './json-rows.ts';
export type { Migration, MigrationReport, SchemaWords } from './migrations.ts';
export { migrate, statementsOf } from './migrations.ts';
